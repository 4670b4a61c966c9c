// Charts and maps, drawn by the server for this width and this light, set in the page with its own font.
const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};
// The widths that the server draws; the widest that the place can hold.
const WIDTHS = [720, 540, 358];
const width = (place) => WIDTHS.find((one) => one <= place.clientWidth + 12) ?? WIDTHS.at(-1);
const places = [...document.querySelectorAll("[data-drawing]")];

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
  const parsed = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
  place.replaceChildren(document.importNode(parsed.documentElement, true));
  place.removeAttribute("role");
  place.removeAttribute("aria-label");
}

const all = () => places.forEach((place) => draw(place).catch(() => { place.textContent = place.dataset.alt; }));
all();
document.addEventListener("theme", all);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
let timer = 0;
addEventListener("resize", () => { clearTimeout(timer); timer = setTimeout(all, 200); });
