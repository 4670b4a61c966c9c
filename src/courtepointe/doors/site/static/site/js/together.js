// A room reads a portrait together: one dimension a screen; what is counted and noted is kept in the browser first,
// then sent, each once, whether the network is there or not.
const SOON_MS = 5000;
const room = document.querySelector("[data-together]");
const ballot = document.querySelector("[data-ballot]");

function stored(key) {
  try { return JSON.parse(localStorage.getItem(key) ?? "[]"); } catch { return []; }
}

function store(key, held) {
  try { localStorage.setItem(key, JSON.stringify(held)); return true; } catch { return false; }
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function filled(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}

function runRoom() {
  const words = JSON.parse(room.dataset.words);
  const key = `together-${room.dataset.number}`;
  const token = room.querySelector("[name=csrfmiddlewaretoken]").value;
  const state = room.querySelector("[data-state]");
  const all = [...room.querySelectorAll("[data-dimension]")];
  let counts = JSON.parse(room.dataset.counts);
  let sending = false;
  let again = false;
  let open = Boolean(room.dataset.open);

  // Where a browser stores nothing, the page itself keeps it, for as long as it stays open.
  let unstored = null;
  // Another tab may have kept something meanwhile: the store is read each time, never a copy of it.
  const entries = () => unstored ?? stored(key);
  const waiting = () => entries().filter((one) => !one.sent && !one.refused);

  function change(edit) {
    const held = entries();
    edit(held);
    unstored = store(key, held) ? null : held;
    draw();
  }

  function drawOne(section) {
    const list = section.querySelector("[data-kept]");
    list.querySelectorAll("[data-local]").forEach((one) => one.remove());
    for (const entry of entries().filter((one) => one.dimension === section.dataset.dimension)) {
      if (list.querySelector(`[data-uid="${CSS.escape(entry.uid)}"]`)) continue;
      const line = document.createElement("li");
      line.dataset.local = entry.uid;
      const told = document.createElement("p");
      told.textContent = entry.kind === "hands" ? filled(words.hands, entry.counts) : entry.text;
      const where = document.createElement("p");
      where.className = "soft small";
      where.textContent = entry.refused ? `${words.refused} ${entry.refused}` : entry.sent ? words.sent : words.here;
      line.append(told, where);
      if (entry.refused) {
        const drop = document.createElement("button");
        drop.type = "button";
        drop.className = "button quiet";
        drop.textContent = words.drop;
        drop.addEventListener("click", () => change((held) => held.splice(held.findIndex((one) => one.uid === entry.uid), 1)));
        line.append(drop);
      }
      list.append(line);
    }
    section.querySelector("[data-votes]").textContent = filled(words.votes, { n: counts[section.dataset.dimension] ?? 0 });
  }

  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }

  function draw() {
    all.forEach(drawOne);
    const n = waiting().length;
    if (n) say(`${filled(words.waits, { n })}. ${navigator.onLine ? "" : words.away}`.trim());
    else if (!navigator.onLine) say(words.away);
    else say(entries().length ? words.back : "");
  }

  async function send() {
    if (sending) { again = true; return; }
    sending = true;
    const going = waiting().slice(0, 100).map(({ uid, kind, dimension, typed, text, counts: hands }) => ({ uid, kind, dimension, typed, text, counts: hands }));
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token);
    body.set("entries", JSON.stringify(going));
    try {
      const asked = going.length ? { method: "POST", body } : {};
      const answer = await fetch(room.dataset.send, { ...asked, headers: { Accept: "application/json" }, redirect: "error" });
      if (answer.status === 401 || answer.status === 403) { say(`${filled(words.waits, { n: waiting().length })}. ${words.signed}`); return; }
      if (!answer.ok) return;
      const told = await answer.json();
      counts = told.counts;
      open = told.open;
      change((held) => {
        for (const one of held) {
          if (told.kept.includes(one.uid)) one.sent = true;
          if (told.refused[one.uid]) one.refused = told.refused[one.uid];
        }
      });
    } catch {
      draw();
    } finally {
      sending = false;
      if (again) { again = false; send(); }
    }
  }

  function keep(entry) {
    change((held) => held.push({ uid: newId(), typed: new Date().toISOString(), ...entry }));
    send();
  }

  function show(place, focus) {
    const at = Math.max(0, Math.min(all.length - 1, place));
    all.forEach((one, n) => { one.hidden = n !== at; });
    all[at].querySelector("[data-place]").textContent = filled(words.place, { n: at + 1, all: all.length });
    room.querySelectorAll("[data-go]").forEach((one) => { one.setAttribute("aria-disabled", String((Number(one.dataset.go) < 0 && at === 0) || (Number(one.dataset.go) > 0 && at === all.length - 1))); });
    history.replaceState(null, "", `#${all[at].dataset.dimension}`);
    if (focus) { all[at].focus({ preventScroll: true }); scrollTo(0, 0); }
  }

  const here = () => all.findIndex((one) => !one.hidden);

  room.addEventListener("click", (event) => {
    const go = event.target.closest("[data-go]");
    if (go) show(here() + Number(go.dataset.go), true);
    const step = event.target.closest("[data-step]");
    if (step) {
      const field = step.parentElement.querySelector("input");
      field.value = String(Math.max(0, Math.min(2000, (Number(field.value) || 0) + Number(step.dataset.step))));
    }
  });

  addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input, textarea, select");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (typing || !plain || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    show(here() + (event.key === "ArrowRight" ? 1 : -1), true);
  });

  room.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const { dimension } = form.closest("[data-dimension]").dataset;
    if (form.matches("[data-hands]")) {
      const told = Object.fromEntries([...form.querySelectorAll("input")].map((one) => [one.name, Number(one.value) || 0]));
      if (!Object.values(told).some(Boolean)) { form.querySelector("input").focus(); return; }
      keep({ kind: "hands", dimension, counts: told });
      form.reset();
    } else {
      const text = form.elements.text.value.trim();
      if (!text) { form.elements.text.focus(); return; }
      keep({ kind: "note", dimension, text });
      form.reset();
    }
  });

  // What the page itself shows was taken: the device need not hold it any longer.
  change((held) => {
    for (let n = held.length - 1; n >= 0; n -= 1) {
      if (held[n].sent && room.querySelector(`[data-uid="${CSS.escape(held[n].uid)}"]`)) held.splice(n, 1);
    }
  });
  show(Math.max(0, all.findIndex((one) => `#${one.dataset.dimension}` === location.hash)));
  addEventListener("online", send);
  addEventListener("offline", draw);
  addEventListener("storage", (event) => { if (event.key === key) draw(); });
  setInterval(send, SOON_MS);
  send();
  hold();

  async function hold() {
    if (!("serviceWorker" in navigator)) return;
    const held = await navigator.serviceWorker.getRegistration(location.pathname);
    if (open) {
      await navigator.serviceWorker.register(room.dataset.worker);
      await navigator.serviceWorker.ready;
      room.dataset.held = "1";
      return;
    }
    // A workshop that is over leaves nothing on the device once all is sent.
    if (waiting().length) return;
    await held?.unregister();
    const end = `-${room.dataset.number}-${document.documentElement.lang}`;
    for (const name of await caches.keys()) if (name.startsWith("together-") && name.endsWith(end)) await caches.delete(name);
  }
}

function runBallot() {
  const key = `ballot-${ballot.dataset.code}`;
  // Where a browser stores nothing, the page itself keeps a vote until it is sent.
  let unstored = null;
  const votes = () => unstored ?? stored(key);

  function keepVotes(held) {
    unstored = store(key, held) ? null : held;
  }

  function said(dimension, text) {
    const section = document.getElementById(dimension);
    const line = section?.querySelector("[data-said]");
    if (line) line.textContent = text;
    return section;
  }

  function done(dimension) {
    const section = said(dimension, ballot.dataset.counted);
    const form = section?.querySelector("form");
    // The button that was pressed goes: whoever has no mouse goes on from what is said in its place.
    if (form?.contains(document.activeElement)) section.querySelector("[data-said]").focus();
    form?.remove();
  }

  async function sendOne(vote) {
    const form = document.querySelector(`form[data-vote="${CSS.escape(vote.dimension)}"]`);
    if (!form) return true;
    const body = new FormData(form);
    body.set("state", vote.state);
    const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (told.counted) done(vote.dimension);
    else said(vote.dimension, told.said ?? "");
    return true;
  }

  async function sendAll() {
    for (const vote of votes()) {
      try {
        await sendOne(vote);
        keepVotes(votes().filter((one) => one.dimension !== vote.dimension));
      } catch {
        said(vote.dimension, ballot.dataset.waits);
      }
    }
  }

  ballot.addEventListener("submit", (event) => {
    event.preventDefault();
    const dimension = event.target.dataset.vote;
    const held = votes().filter((one) => one.dimension !== dimension);
    keepVotes([...held, { dimension, state: event.submitter.value }]);
    said(dimension, ballot.dataset.waits);
    sendAll();
  });
  // Words stay in the page until the network is there: the browser would put its own page in their place.
  const reply = document.querySelector("[data-reply]");
  const away = document.querySelector("[data-away]");
  reply.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await fetch(location.pathname, { method: "HEAD" });
      reply.submit();
    } catch {
      away.textContent = away.dataset.away;
    }
  });
  addEventListener("online", sendAll);
  addEventListener("online", () => { away.textContent = ""; });
  setInterval(() => { if (votes().length) sendAll(); }, SOON_MS);
  sendAll();
}

if (room) runRoom();
if (ballot) runBallot();
