// The hours of a study: what is told of an hour changes as the slider moves; without this, the button asks.
const PAUSE_MS = 120;
const form = document.querySelector("form[data-hours]");
let waits, going;

function words(range) {
  const n = Number(range.value);
  const told = form.dataset.words
    .replace("{n}", String(n))
    .replace("{all}", range.max)
    .replace("{day}", String(Math.floor((n - 1) / 24) + 1));
  range.setAttribute("aria-valuetext", told);
  form.querySelector("output").textContent = told;
}

async function show() {
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  going?.abort();
  going = new AbortController();
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: going.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, fresh] = [document, page].map((one) => one.getElementById("at-this-hour"));
    if (old && fresh) old.replaceWith(fresh);
    // Scenarios differ in their hours.
    const [held, its] = [form, page].map((one) => one.querySelector("#at-hour"));
    if (its && its.max !== held.max) held.max = its.max;
    form.dataset.words = page.querySelector("form[data-hours]")?.dataset.words ?? form.dataset.words;
    words(held);
  } catch {
    // Another hour was asked meanwhile, or the network is away: what is shown stays.
  }
}

if (form) {
  form.querySelector("button").hidden = true;
  form.addEventListener("input", (event) => {
    if (event.target.type === "range") words(event.target);
    clearTimeout(waits);
    waits = setTimeout(show, PAUSE_MS);
  });
}
