// Our own quiet map style, in the colours of the page: no tile, font or image from elsewhere.
import * as maplibre from "maplibre-gl";

maplibre.setWorkerUrl(import.meta.resolve("maplibre-gl/worker"));

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export function palette() {
  return Object.fromEntries(
    ["water", "land", "paper", "line", "rule", "ink", "accent", "data", "data-strong", "sequential-2", "focus"]
      .map((name) => [name, colour(name)]),
  );
}

// The tints of the quilt, as parts.css mixes them.
const TINTS = [[1, 24], [5, 34], [3, 26], [2, 22], [6, 30], [4, 30]];

function mixed(name, part) {
  const parse = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const [over, under] = [parse(colour(name)), parse(colour("paper"))];
  return `rgb(${over.map((one, at) => Math.round((one * part + under[at] * (100 - part)) / 100)).join(",")})`;
}

const tinted = () => ["match", ["get", "tint"],
  ...TINTS.flatMap(([category, part], at) => [at + 1, mixed(`category-${category}`, part)]), colour("land")];

export function quietStyle(shapes) {
  const c = palette();
  return {
    version: 8,
    sources: { areas: { type: "geojson", data: shapes } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": c.paper } },
      { id: "land", type: "fill", source: "areas", paint: {
        "fill-color": ["case", ["boolean", ["feature-state", "on"], false], c["sequential-2"], tinted()] } },
      { id: "limits", type: "line", source: "areas", paint: {
        "line-color": ["case", ["boolean", ["feature-state", "near"], false], c.ink, c.paper],
        "line-width": ["case", ["boolean", ["feature-state", "near"], false], 3, 1.6] } },
    ],
  };
}

// MapLibre's own sheet, fetched with the first map of a page.
export async function mapStyles() {
  if (!document.querySelector("link[data-maplibre]")) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.dataset.maplibre = "";
    link.href = document.documentElement.dataset.maplibreCss ?? document.querySelector("meta[name=maplibre-css]").content;
    document.head.append(link);
    await new Promise((done) => { link.onload = done; link.onerror = done; });
  }
}

// North stays up; a scale, and buttons beside what the wheel and the keys do.
export function freeze(map) {
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ unit: "metric" }), "bottom-left");
}

export async function quietMap(container, { shapes, bounds }) {
  await mapStyles();
  const map = new maplibre.Map({
    container, style: quietStyle(shapes), bounds, fitBoundsOptions: { padding: 24, animate: false },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, maxPitch: 0, fadeDuration: 0,
    locale: JSON.parse(document.querySelector("meta[name=map-words]").content),
  });
  freeze(map);
  document.addEventListener("theme", () => map.setStyle(quietStyle(shapes)));
  await new Promise((done) => map.once("load", done));
  return map;
}

export function pointing(map, { said, lang }) {
  // Pointing at an area names it, in the line that screen readers hear.
  let near = null;
  map.on("mousemove", "land", (event) => {
    const [feature] = event.features;
    if (near === feature.id) return;
    if (near !== null) map.setFeatureState({ source: "areas", id: near }, { near: false });
    near = feature.id;
    map.setFeatureState({ source: "areas", id: near }, { near: true });
    map.getCanvas().style.cursor = "pointer";
    if (said) said.textContent = feature.properties[lang];
  });
  map.on("mouseleave", "land", () => {
    if (near !== null) map.setFeatureState({ source: "areas", id: near }, { near: false });
    near = null;
    map.getCanvas().style.cursor = "";
  });
}

export function names(map, shapes, lang) {
  // A name stands where its area is wide enough for it.
  const labels = shapes.features.map(({ properties: held }) => {
    const element = document.createElement("span");
    element.className = "label";
    element.textContent = held[lang];
    element.setAttribute("aria-hidden", "true");
    new maplibre.Marker({ element }).setLngLat(held.middle).addTo(map);
    element.removeAttribute("role");
    element.removeAttribute("tabindex");
    return { element, held };
  });
  const show = () => {
    for (const { element, held } of labels) {
      const wide = map.project([held.east, held.middle[1]]).x - map.project([held.west, held.middle[1]]).x;
      element.classList.toggle("off", wide < element.textContent.length * 6.5);
    }
  };
  map.on("moveend", show);
  show();
}
