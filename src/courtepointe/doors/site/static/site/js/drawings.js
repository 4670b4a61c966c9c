// Charts and maps, drawn by the server for this width and this light, set in the page with its own font.
const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};
// The widths that the server draws; the widest that the place can hold.
const WIDTHS = [720, 540, 358];
const width = (place) => WIDTHS.find((one) => one <= place.clientWidth + 12) ?? WIDTHS.at(-1);
// Asked each time: a part of a page that comes later brings its own.
const places = () => [...document.querySelectorAll("[data-drawing]")];

// An address of ours, asked at the width of a place and in the light of the page.
export function asked(told, place) {
  const address = new URL(told, location.href);
  address.searchParams.set("w", width(place));
  if (dark()) address.searchParams.set("scheme", "dark");
  return address;
}

async function draw(place) {
  if (place.dataset.explored) return;
  const address = asked(place.dataset.drawing, place);
  if (place.dataset.drawn === address.href) return;
  place.dataset.drawn = address.href;
  const response = await fetch(address);
  if (!response.ok) { place.textContent = place.dataset.alt; return; }
  set(place, await response.text());
}

function set(place, text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  place.replaceChildren(document.importNode(parsed.documentElement, true));
  place.removeAttribute("role");
  place.removeAttribute("aria-label");
}

// The picture again, in the place of a chart that was explored.
export async function redraw(place) {
  delete place.dataset.explored;
  delete place.dataset.drawn;
  await draw(place);
}

const each = (place) => draw(place).catch(() => { place.textContent = place.dataset.alt; });
export const all = () => Promise.all(places().map(each));
all();

// A browser that prints does not wait for what is on its way: what is not there yet is had at once.
addEventListener("beforeprint", () => {
  for (const place of places().filter((one) => !one.firstElementChild)) {
    const address = asked(place.dataset.drawing, place);
    const request = new XMLHttpRequest();
    request.open("GET", address, false);
    try { request.send(); } catch { continue; }
    if (request.status === 200) { place.dataset.drawn = address.href; set(place, request.responseText); }
  }
});
document.addEventListener("theme", all);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
let timer = 0;
addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(all, 200); });
