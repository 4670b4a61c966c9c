// A map to explore: asked for by a button, it takes the place of the drawn one and keeps its links.
import { names, pointing, quietMap } from "courtepointe/style";

export async function explore(button) {
  const figure = button.closest("figure");
  const drawn = figure.querySelector("svg");
  const said = figure.querySelector("[data-said]");
  const shapes = await (await fetch(button.dataset.explore)).json();
  const container = document.createElement("div");
  container.className = "canvas";
  drawn.replaceWith(container);
  const bounds = JSON.parse(button.dataset.bounds);
  const map = await quietMap(container, { shapes, bounds });
  button.remove();
  names(map, shapes, document.documentElement.lang);
  pointing(map, { said, lang: document.documentElement.lang });
  const here = shapes.features.find((one) => one.properties.code === button.dataset.here);
  if (here) map.setFeatureState({ source: "areas", id: here.id }, { on: true });
  map.on("click", "land", (event) => {
    const address = event.features[0].properties.address;
    if (address) location.href = address;
  });
  map.getCanvas().focus();
}
