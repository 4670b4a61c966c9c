// Who reaches a hub on foot, answered as one asks: a slider, a place put on the map by hand or by
// keyboard. The form without script is the same question; the address always says what is shown.
const form = document.querySelector("[data-walk-form]");
const status = document.querySelector("[data-walk-status]");
const help = document.querySelector("[data-walk-help]");
const part = (name, within = document) => within.querySelector(`[data-part=${name}]`);
const ground = () => document.querySelector("[data-walk-ground]");
const STEP = 8;
const FAR = 48;
let waiting = null;
let sliding = false;
let timer = 0;
let cross = null;

// ---------------------------------------------------------------- the question and its answer

function query() {
  const told = new URLSearchParams();
  const lasting = new Set(["outage", "day", "hour", "place", "point"]);
  for (const [name, value] of new FormData(form)) {
    if (lasting.has(name) && (value === "" || (name === "outage" && value === "0"))) continue;
    told.append(name, value);
  }
  if (!told.has("day")) told.delete("hour");
  return told.toString();
}

async function ask(search, { history: how = "push" } = {}) {
  waiting?.abort();
  waiting = new AbortController();
  const address = new URL(location.pathname, location.href);
  address.search = search;
  const fragment = new URL(address);
  fragment.searchParams.set("fragment", "1");
  fragment.searchParams.set("base", ground()?.dataset.walkBase ?? "");
  const busy = document.querySelector("main");
  busy.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(fragment, { signal: waiting.signal, headers: { Accept: "text/html" } });
    // A question with faults is answered too, with 400; somebody who was signed out is sent elsewhere.
    if ((!response.ok && response.status !== 400) || response.redirected) throw new Error(String(response.status));
    put(new DOMParser().parseFromString(await response.text(), "text/html"));
    status.textContent = "";
  } catch (error) {
    if (error.name === "AbortError") return;
    status.textContent = status.dataset.failed;
    status.classList.remove("unseen");
    return;
  } finally {
    busy.removeAttribute("aria-busy");
  }
  if (how === "push") history.pushState(null, "", address);
  else if (how === "replace") history.replaceState(null, "", address);
  // The page in the other language asks the same.
  document.querySelectorAll(".tongue a[hreflang]").forEach((link) => { link.search = address.search; });
}

// A chart is drawn once a slider rests.
let resting = 0;
function drawn() {
  clearTimeout(resting);
  if (!document.querySelector("[data-drawing]")) return;
  resting = setTimeout(async () => (await import("courtepointe/drawings")).all(), 250);
}

// What changed takes the place of what was; the map itself stays where only what lies over it changed.
function put(answer) {
  // Whoever parses without scripts finds pictures in there: each would be asked for twice.
  answer.querySelectorAll("noscript").forEach((one) => one.remove());
  for (const name of ["told", "said", "kept", "tables"]) {
    const came = part(name, answer);
    if (came && part(name)) part(name).replaceChildren(...came.childNodes);
  }
  drawn();
  // A question that cannot be read has no answer: the one before does not pass for it.
  const faulty = !part("tables", answer);
  for (const name of ["map", "tables"]) if (part(name)) part(name).hidden = faulty;
  const map = part("map", answer);
  const focused = document.activeElement === ground();
  if (map) {
    part("map").replaceChildren(...map.childNodes);
    opened();
    if (focused) ground().focus({ preventScroll: true });
  }
  const over = part("over", answer)?.querySelector(".gain-over");
  if (over && ground()) {
    ground().querySelector(".gain-over").replaceWith(document.importNode(over, true));
    document.querySelector("[data-walk-added]").hidden = !ground().querySelector(".site.added");
  }
}

// ---------------------------------------------------------------- the form

function worded(slider) {
  const output = form.querySelector(`output[for="${slider.id}"]`);
  const n = Number(slider.value);
  const words = n === 0 ? output.dataset.wordsNone : n === 1 ? output.dataset.wordsOne : output.dataset.wordsMany;
  output.textContent = words.replace("{n}", slider.value);
  slider.setAttribute("aria-valuetext", output.textContent);
}

// The form says what the address says: after going back, and after a link of the page.
function filled(search) {
  const told = new URLSearchParams(search);
  if (!told.has("asked")) { form.reset(); form.querySelectorAll("input[type=range]").forEach(worded); return; }
  const begun = { outage: "0", hour: "12" };
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden") continue;
    if (field.type === "checkbox") field.checked = told.getAll(field.name).includes(field.value);
    else field.value = told.get(field.name) ?? begun[field.name] ?? "";
    if (field.type === "range") worded(field);
  }
}

form.querySelectorAll("input[type=range]").forEach((slider) => {
  worded(slider);
  slider.addEventListener("input", () => {
    worded(slider);
    if (slider.name === "hour" && !form.elements.day.value) return;
    clearTimeout(timer);
    // One step back in history for a whole drag.
    timer = setTimeout(() => { ask(query(), { history: sliding ? "replace" : "push" }); sliding = true; }, 60);
  });
  slider.addEventListener("change", () => setTimeout(() => { sliding = false; }, 120));
});

form.addEventListener("change", (event) => {
  if (event.target.type === "range") return;
  // A place of the directory or a point: the last one that was chosen.
  if (event.target.name === "place" && event.target.value) form.elements.point.value = "";
  if (event.target.name === "point" && event.target.value) form.elements.place.value = "";
  ask(query());
});

form.addEventListener("submit", (event) => { event.preventDefault(); ask(query()); });

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-walk-ask]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const { search } = new URL(link.href);
  filled(search);
  // The link goes with its part of the page: whoever used the keyboard goes on from the answer.
  ask(search).then(() => { if (!link.isConnected) part("told").focus({ preventScroll: true }); });
});

addEventListener("popstate", () => { filled(location.search); ask(location.search, { history: "none" }); });

// ---------------------------------------------------------------- the map

const sheet = () => ground().querySelector("svg.map");

// Where a pixel of the drawing lies: a cubic of its place across and down, from -1 to 1 (see reach_map.py).
function degrees(x, y) {
  const held = JSON.parse(ground().dataset.walkDegrees);
  const across = (2 * x) / held.width - 1;
  const down = (2 * y) / held.height - 1;
  let latitude = 0, longitude = 0, term = 0;
  for (let total = 0; total < 4; total += 1) {
    for (let i = total; i >= 0; i -= 1) {
      const power = across ** i * down ** (total - i);
      latitude += held.latitude[term] * power;
      longitude += held.longitude[term] * power;
      term += 1;
    }
  }
  return `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
}

function place(x, y) {
  form.elements.place.value = "";
  form.elements.point.value = degrees(x, y);
  ask(query());
}

function takeAway() {
  form.elements.place.value = form.elements.point.value = "";
  ask(query());
}

// The cross of the keyboard stands in the middle at first, then where it was left.
function crossed() {
  const drawn = sheet();
  const { width, height } = drawn.viewBox.baseVal;
  cross ??= { x: width / 2, y: height / 2 };
  cross.x = Math.min(Math.max(cross.x, 1), width - 1);
  cross.y = Math.min(Math.max(cross.y, 1), height - 1);
  let mark = drawn.querySelector(".walk-cross");
  if (!mark) {
    mark = document.createElementNS(drawn.namespaceURI, "path");
    mark.setAttribute("class", "walk-cross");
    mark.setAttribute("d", "M-14 0H14M0 -14V14");
    drawn.append(mark);
  }
  mark.setAttribute("transform", `translate(${cross.x} ${cross.y})`);
}

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const move = MOVES[event.key];
  if (move) {
    const step = event.shiftKey ? FAR : STEP;
    cross.x += move[0] * step;
    cross.y += move[1] * step;
    crossed();
  } else if (event.key === "Enter" || event.key === " ") place(cross.x, cross.y);
  else if (event.key === "Delete" || event.key === "Backspace") takeAway();
  else return;
  event.preventDefault();
}

// A map that came is opened to hand and keyboard.
function opened() {
  const here = ground();
  here.tabIndex = 0;
  here.setAttribute("role", "application");
  here.setAttribute("aria-label", here.dataset.label);
  if (document.activeElement === here) crossed();
  here.addEventListener("focus", () => { if (here.matches(":focus-visible")) crossed(); });
  here.addEventListener("blur", () => sheet()?.querySelector(".walk-cross")?.remove());
  here.addEventListener("keydown", (event) => { crossed(); pressed(event); });
  here.addEventListener("click", (event) => {
    const drawn = sheet();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawn.getScreenCTM().inverse());
    const { width, height } = drawn.viewBox.baseVal;
    const held = JSON.parse(here.dataset.walkDegrees);
    if (at.x < 0 || at.y < 0 || at.x > width || at.y > held.height) return;
    cross = { x: at.x, y: Math.min(at.y, height) };
    place(at.x, at.y);
  });
}

if (ground()) {
  help.hidden = false;
  opened();
}
part("told").tabIndex = -1;
