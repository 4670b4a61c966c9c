// A chart that answers: asked for by a button, drawn in the page from the specification of its picture.
import { asked } from "courtepointe/drawings";

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
document.body.append(tip);

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

export async function explore(button) {
  const place = button.closest("figure").querySelector("[data-drawing]");
  const told = button.dataset.chart;
  const embed = await libraries();
  const rows = await show(place, told, embed);
  button.parentElement.remove();
  rows[0]?.focus({ preventScroll: true });
  // What was drawn stays if a new width or light cannot be had.
  const again = () => { show(place, told, embed).catch(() => {}); };
  let timer = 0;
  document.addEventListener("theme", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(again, 200); });
}
