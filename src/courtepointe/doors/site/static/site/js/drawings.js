// Charts and maps, drawn by the server for this width and this light, set in the page with its own font.
const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};
const narrow = () => matchMedia("(max-width: 40rem)").matches;
const places = [...document.querySelectorAll("[data-drawing]")];

async function draw(place) {
  const address = new URL(place.dataset.drawing, location.href);
  address.searchParams.set("w", narrow() ? place.dataset.narrow : place.dataset.wide);
  if (dark()) address.searchParams.set("scheme", "dark");
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
matchMedia("(max-width: 40rem)").addEventListener("change", all);
