// A chart that answers: asked for by a button, drawn in the page from the specification of its picture.
import { asked, redraw } from "courtepointe/drawings";

// Bundles made for any page: each leaves its name on the window, where the next one finds it.
async function libraries() {
  await import("vega");
  await import("vega-lite");
  await import("vega-embed");
  return globalThis.vegaEmbed;
}

const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
document.querySelector("main").append(tip);

function say(text, x, y) {
  tip.hidden = !text;
  tip.textContent = text ?? "";
  if (!text) return;
  const { width, height } = tip.getBoundingClientRect();
  const below = y + 16 + height < innerHeight ? y + 16 : y - 16 - height;
  tip.style.left = `${Math.max(8, Math.min(x - width / 2, innerWidth - width - 8))}px`;
  tip.style.top = `${Math.max(8, below)}px`;
}

const hush = () => say(null);
addEventListener("scroll", hush, { passive: true });
addEventListener("keydown", (event) => { if (event.key === "Escape") hush(); });

const pointed = (_, event, item, text) => say(text, event.clientX, event.clientY);

// Each row is a stop of the keyboard, and says to a screen reader what it says to a pointer.
function stops(drawn) {
  const rows = [...drawn.querySelectorAll(".rows_marks path")];
  for (const row of rows) {
    row.setAttribute("tabindex", "0");
    row.setAttribute("role", "img");
    row.addEventListener("focus", () => {
      const box = row.getBoundingClientRect();
      say(row.getAttribute("aria-label"), box.left + box.width / 2, box.bottom - 8);
    });
    row.addEventListener("blur", hush);
  }
  return rows;
}

async function show(place, told, embed) {
  const address = asked(told, place);
  if (place.dataset.explored === address.href) return [];
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  const drawn = document.createElement("div");
  // Interpreted, never evaluated: the policy of the page allows no code made from text.
  const { view } = await embed(drawn, await response.json(), {
    mode: "vega-lite", renderer: "svg", ast: true, actions: false, defaultStyle: false, tooltip: pointed,
  });
  await view.runAsync();
  // Vega names its parts in English to screen readers; rows and titles speak for themselves.
  drawn.querySelectorAll("[aria-roledescription]").forEach((one) => one.removeAttribute("aria-roledescription"));
  place.replaceChildren(drawn);
  place.dataset.explored = address.href;
  place.removeAttribute("role");
  place.removeAttribute("aria-label");
  return stops(drawn);
}

// A chart is explored until its button is pressed again, which brings the picture back.
export async function explore(button) {
  const place = button.closest("figure").querySelector("[data-drawing]");
  if (place.dataset.explored) {
    hush();
    await redraw(place);
    name(button, button.dataset.more);
    return;
  }
  const embed = await libraries();
  const rows = await show(place, button.dataset.chart, embed);
  name(button, button.dataset.back);
  rows[0]?.focus({ preventScroll: true });
  if (place.dataset.follows) return;
  place.dataset.follows = "yes";
  // What was drawn stays if a new width or light cannot be had.
  const again = () => { if (place.dataset.explored) show(place, button.dataset.chart, embed).catch(() => {}); };
  let timer = 0;
  document.addEventListener("theme", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(again, 200); });
}

function name(button, words) {
  const title = button.getAttribute("aria-label").slice(button.textContent.length);
  button.textContent = words;
  button.setAttribute("aria-label", words + title);
}
