// Holds the screen of a workshop in the browser: the page and what it needs, for when the network drops.
// The site's own script names what is held (HELD) and loads this one.
const CACHE = HELD.name;
const files = new Set(HELD.files);
const PATIENCE_MS = 3000;
const TRIES = 4;

// The network of a room is poor: what does not come is asked for again before it is given up.
async function hold(cache, address) {
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      await cache.add(address);
      return;
    } catch {
      await new Promise((done) => { setTimeout(done, 400 * 2 ** tried); });
    }
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    // One file that is not there must not leave the room without the others.
    await Promise.all([HELD.page, ...HELD.files].map((one) => hold(cache, one)));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => { event.waitUntil(self.clients.claim()); });

function inTime(request) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("slow")), PATIENCE_MS);
    fetch(request).then(resolve, reject);
  });
}

async function page(request) {
  const cache = await caches.open(CACHE);
  let answer;
  try {
    answer = await inTime(request);
  } catch {
    return (await cache.match(HELD.page, { ignoreVary: true })) ?? Response.error();
  }
  if (answer.ok && !answer.redirected) await cache.put(HELD.page, answer.clone());
  // Who may no longer read it holds it no longer.
  else if (answer.status === 403 || answer.status === 404) await cache.delete(HELD.page);
  return answer;
}

// What is held answers at once: a network that is there in name only would keep the room waiting.
async function file(event) {
  const cache = await caches.open(CACHE);
  const held = await cache.match(event.request, { ignoreVary: true });
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.ok) await cache.put(event.request, answer.clone());
    return answer;
  });
  if (!held) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return held;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === HELD.page) event.respondWith(page(request));
  else if (files.has(pathname)) event.respondWith(file(event));
});
