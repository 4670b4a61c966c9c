// Coding with keys: the cursor stands on a sentence, a key says what it tells of, a key its direction.
// What is done waits in a line of its own until the site has it, on this device too: nothing is lost.
const room = document.querySelector("[data-coding]");
const list = room.querySelector("[role=listbox]");
const units = [...list.querySelectorAll("[role=option]")];
const said = room.querySelector("[data-said]");
const where = room.querySelector("[data-where]");
const told = room.dataset;
// Whoever signs in next on this device does not send what somebody else coded.
const STORE = `coding ${told.who} ${location.pathname}`;
const KEPT = new Set(["sign_in_needed", "form_expired", "sent_twice"]);
const PAUSE_MS = 5000;

const button = (name, value) => room.querySelector(`[data-${name}="${CSS.escape(value)}"]`);
const words = (name, value) => button(name, value)?.querySelector("span")?.textContent ?? value;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

let at = Number(told.at) - 1;
let from = at;
let what = "";
let strength = "";
let codings = null;
let waiting = kept();
let sending = false;
let later = 0;

// A laptop that serves a room without https has no randomUUID.
function newId() {
  return crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function kept() {
  try { return JSON.parse(localStorage.getItem(STORE)) ?? []; } catch { return []; }
}

function keep() {
  told.waiting = String(waiting.length);
  try {
    if (waiting.length) localStorage.setItem(STORE, JSON.stringify(waiting));
    else localStorage.removeItem(STORE);
  } catch {
    // A device that keeps nothing: what waits stays on this page.
  }
}

function say(text, failed = false) {
  said.textContent = text;
  said.classList.toggle("fault", failed);
}

const ends = () => [Math.min(at, from), Math.max(at, from)];

function place(to, extend, focus = true) {
  at = Math.max(0, Math.min(units.length - 1, to));
  if (!extend) from = at;
  const [first, last] = ends();
  units.forEach((unit, n) => {
    unit.setAttribute("aria-selected", String(n >= first && n <= last));
    unit.tabIndex = n === at ? 0 : -1;
  });
  where.textContent = filled(told.place, { n: first === last ? first + 1 : `${first + 1}–${last + 1}`, all: units.length });
  const address = new URL(location.href);
  address.searchParams.set("at", String(at + 1));
  history.replaceState(null, "", address);
  if (focus) units[at].focus();
}

function pressed(name, value) {
  for (const one of room.querySelectorAll(`[data-${name}][aria-pressed]`)) {
    one.setAttribute("aria-pressed", String(one.getAttribute(`data-${name}`) === value));
  }
}

function anew() {
  what = "";
  strength = "";
  pressed("what", "");
  pressed("strength", "2");
}

function tells(code) {
  what = code;
  pressed("what", code);
  say(filled(told.begun, { what: words("what", code) }));
}

function clearly(value) {
  strength = value;
  pressed("strength", value);
  if (what) say(filled(told.clearly, { what: words("what", what), strength: words("strength", value) }));
}

function directs(direction) {
  if (!what) return void say(told.first);
  const [first, last] = ends();
  const act = { id: newId(), do: "code", mark: told.mark, first: first + 1, last: last + 1, what, direction, strength: strength || "2" };
  say(filled(told.coded, { what: words("what", what), direction: words("direction", direction) }));
  anew();
  line(act);
}

function line(act) {
  waiting.push(act);
  keep();
  draw();
  send();
}

// The first act and those that are the same at once are one code on the site; undoing is done there, in its turn.
async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(later);
  while (waiting.length) {
    const act = waiting[0];
    let answer, body;
    try {
      const sent = new FormData(room.querySelector("[data-send]"));
      for (const [name, value] of Object.entries(act)) sent.set(name, value);
      answer = await fetch(location.pathname, { method: "POST", body: sent, headers: { Accept: "application/json" } });
      body = await answer.json();
      if (answer.status >= 500 || KEPT.has(body.code)) throw new Error(body.code);
    } catch {
      say(told.failed, true);
      later = setTimeout(send, PAUSE_MS);
      break;
    }
    waiting.shift();
    keep();
    if (answer.ok) {
      if (act.do === "undo") takenBack(body.codings);
      else if (said.classList.contains("fault")) say(told.again);
      codings = body.codings;
    } else {
      say(body.sentence, true);
    }
    draw();
  }
  sending = false;
}

const same = (one, other) => one.number === other.number && one.strength === other.strength;

function takenBack(now) {
  const gone = (codings ?? []).find((one) => !now.some((other) => same(one, other)));
  if (!gone) return void say(told.nothing);
  const back = now.some((one) => one.number === gone.number);
  const text = back ? told.back : filled(told.undone, { what: words("what", gone.what), direction: words("direction", gone.direction) });
  place(gone.first - 1, false);
  say(text);
}

function chip(one, waits) {
  const made = document.createElement("span");
  made.className = waits ? "mark-of-code waits" : "mark-of-code";
  const span = one.last === one.first ? "" : ` · ${one.first}–${one.last}`;
  made.textContent = `${words("what", one.what)} · ${words("direction", one.direction)}${span}${waits ? ` (${told.waits})` : ""}`;
  return made;
}

function draw() {
  if (codings === null && !waiting.length) return;
  const coming = waiting.filter((one) => one.do === "code");
  const all = [...(codings ?? []).map((one) => [one, false]), ...coming.map((one) => [one, true])];
  units.forEach((unit, n) => {
    const marks = all.filter(([one]) => one.first === n + 1).map(([one, waits]) => chip(one, waits));
    if (codings !== null) unit.querySelector("[data-marks]").replaceChildren(...marks);
    unit.classList.toggle("covered", all.some(([one]) => one.first <= n + 1 && n + 1 <= one.last));
  });
}

const MOVES = {
  up: () => place(at - 1, false),
  down: () => place(at + 1, false),
  more: () => place(at + 1, true),
  less: () => place(at - 1, true),
  undo: () => { anew(); line({ id: newId(), do: "undo", at: at + 1 }); },
};

function moved(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const up = key === "ArrowUp" || key === "k";
  if (up || key === "ArrowDown" || key === "j") place(at + (up ? -1 : 1), event.shiftKey);
  else if (key === "Home") place(0, event.shiftKey);
  else if (key === "End") place(units.length - 1, event.shiftKey);
  else return false;
  return true;
}

function coded(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // Where digits are written with Shift, the key itself says which it is.
  const digit = /^\d$/.test(key) ? key : /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const direction = room.querySelector(`[data-direction][data-key="${CSS.escape(key)}"], [data-direction][data-sign="${CSS.escape(key === "=" ? "+" : key)}"]`);
  if (what && direction) directs(direction.dataset.direction);
  else if (what && digit && button("strength", digit)) clearly(digit);
  else if (key === "u") MOVES.undo();
  else if (key === "Escape") { anew(); say(told.cleared); }
  else {
    const named = room.querySelector(`[data-what][data-key="${CSS.escape(digit ?? key)}"]`);
    if (named) tells(named.dataset.what);
    else if (direction) say(told.first);
    else return false;
  }
  return true;
}

list.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // A key that is held down moves on; it does not code again.
  if (moved(event) || event.repeat || coded(event)) event.preventDefault();
});

list.addEventListener("click", (event) => {
  const unit = event.target.closest("[role=option]");
  if (unit && !String(getSelection())) place(units.indexOf(unit), event.shiftKey);
});

room.addEventListener("click", (event) => {
  const { do: move, what: code, strength: value, direction } = event.target.closest("button")?.dataset ?? {};
  if (move) MOVES[move]();
  else if (code) tells(code);
  else if (value) clearly(value);
  else if (direction) directs(direction);
});

addEventListener("online", send);

async function begin() {
  keep();
  place(at, false, true);
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.ok) codings = (await answer.json()).codings;
  } catch {
    // What the page was drawn with stays.
  }
  draw();
  send();
}

begin();
