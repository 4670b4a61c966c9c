// Cards keyed one after the other: Enter goes on to the next field, and what is typed is kept as it comes.
const form = document.querySelector("[data-keying]");
const said = form.querySelector("[data-said]");
const SOON = 1200;
let waits = 0;
let changed = false;
let sending = false;

const fields = () => [...form.querySelectorAll("select, textarea, input:not([type=hidden])")];

function typed() {
  const told = new FormData(form);
  told.set("do", "keep");
  told.set("quiet", "1");
  return told;
}

function tell(text, failed) {
  said.textContent = text;
  said.classList.toggle("fault", failed);
  if (failed) said.setAttribute("role", "alert"); else said.removeAttribute("role");
}

async function keep() {
  clearTimeout(waits);
  if (sending || !changed) return;
  sending = true;
  changed = false;
  try {
    const answer = await fetch(location.href, { method: "POST", body: typed() });
    if (answer.status !== 204) throw new Error(String(answer.status));
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    tell(`${form.dataset.kept} ${time}`, false);
  } catch {
    changed = true;
    tell(form.dataset.failed, true);
  }
  sending = false;
  if (changed) waits = setTimeout(keep, 4 * SOON);
}

form.addEventListener("input", () => {
  changed = true;
  clearTimeout(waits);
  waits = setTimeout(keep, SOON);
});
form.addEventListener("change", keep);

form.addEventListener("keydown", (event) => {
  const field = event.target;
  const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  if (event.key !== "Enter" || !plain || !field.matches("select, textarea, input")) return;
  event.preventDefault();
  const all = fields();
  const next = all[all.indexOf(field) + 1] ?? form.querySelector("button[value=hand]");
  next.focus();
  if (next.closest("fieldset") !== field.closest("fieldset")) next.closest("fieldset")?.scrollIntoView({ block: "start" });
});

form.addEventListener("submit", () => { changed = false; });
// Whoever leaves the page within a second of their last word finds it again too.
addEventListener("pagehide", () => {
  if (changed) navigator.sendBeacon(location.href, typed());
});
