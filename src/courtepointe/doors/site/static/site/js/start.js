// What every page may use: the drawer behind numbers, the search that suggests, light or dark,
// and the parts that a page asks for by an attribute, loaded only then.
import { openDrawer } from "courtepointe/drawer";

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-drawer]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  openDrawer(link);
});

// A link to a form that is folded unfolds it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link) document.getElementById(link.hash.slice(1))?.querySelector(":scope > details")?.setAttribute("open", "");
});

// Text that comes back with the browser's "back" was typed after what was read then: its mark comes back too, or
// what somebody else wrote meanwhile would be written over.
const mark = (form) => (form?.elements.after?.type === "hidden" ? form.elements.after : null);
document.addEventListener("input", ({ target: { form } }) => {
  const after = mark(form), read = history.state?.read, key = form?.elements.do?.value ?? "";
  if (!after || read?.[key] === after.value) return;
  history.replaceState({ ...history.state, read: { ...read, [key]: after.value } }, "");
});
addEventListener("pageshow", () => {
  const read = history.state?.read ?? {};
  for (const form of document.forms) {
    const after = mark(form), was = read[form.elements.do?.value ?? ""];
    const typed = [...form.elements].some((one) => one.type !== "hidden" && "defaultValue" in one && one.value !== one.defaultValue);
    if (after && was && typed) after.value = was;
  }
});

const themeSwitch = document.querySelector("[data-theme-switch]");
if (themeSwitch) {
  themeSwitch.hidden = false;
  themeSwitch.addEventListener("click", () => {
    const root = document.documentElement;
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const next = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch { /* not kept, still applied */ }
    document.dispatchEvent(new CustomEvent("theme"));
  });
}

// On a telephone a row of rooms is wider than the screen: it begins where the reader is.
for (const here of document.querySelectorAll(".rooms a[aria-current]")) {
  const row = here.closest(".rooms");
  row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.clientWidth) / 2;
}

for (const box of document.querySelectorAll("[data-seek]")) {
  box.addEventListener("focusin", async () => {
    const { suggest } = await import("courtepointe/search");
    suggest(box);
  }, { once: true });
}

for (const button of document.querySelectorAll("[data-explore]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const { explore } = await import("courtepointe/map");
    await explore(button);
  });
}

for (const button of document.querySelectorAll("[data-chart]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    // Not disabled meanwhile: a button that is disabled loses the keyboard's place.
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      const { explore } = await import("courtepointe/chart");
      await explore(button);
    } catch {
      button.parentElement.querySelector("[role=status]").textContent = button.dataset.failed;
    }
    button.removeAttribute("aria-busy");
  });
}

for (const button of document.querySelectorAll("[data-shades]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      const { explore } = await import("courtepointe/shaded");
      await explore(button);
    } catch {
      button.closest("figure").querySelector("[data-said]").textContent = button.dataset.failed;
    }
    button.removeAttribute("aria-busy");
  });
}

for (const pair of document.querySelectorAll("[data-echo]")) {
  // A list and a map show the same areas: pointing at one shows it on the other.
  const light = (event, on) => {
    const href = event.target.closest?.("a")?.getAttribute("href");
    if (href) pair.querySelectorAll(`a[href="${CSS.escape(href)}"]`).forEach((link) => link.classList.toggle("near", on));
  };
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    pair.addEventListener(name, (event) => light(event, on));
  }
}

if (document.querySelector("[data-drawing]")) import("courtepointe/drawings");

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = button.dataset.done;
  });
}

// On paper nothing is folded.
addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

if (document.querySelector("[data-draw]")) import("courtepointe/draw");
if (document.querySelector("[data-units]")) import("courtepointe/units");
if (document.querySelector("[data-walk-form]")) import("courtepointe/walked");
if (document.querySelector("[data-keying]")) import("courtepointe/keying");
if (document.querySelector("[data-together], [data-ballot]")) import("courtepointe/together");
