// A shaded map to explore: limits come as vector tiles, what is shaded as one list, and here they meet.
import * as maplibre from "maplibre-gl";
import { mapStyles, colour, freeze } from "courtepointe/style";
import { redraw } from "courtepointe/drawings";

const SIDE = 12;
const SUPPRESSED = "suppressed";
const OVER = ["missing", SUPPRESSED, "stripes-dark", "stripes-light"];

export async function explore(button) {
  const figure = button.closest("figure");
  const place = figure.querySelector("[data-drawing]");
  if (place.dataset.explored) return back(button, figure, place);
  const asked = button.dataset;
  const answer = await fetch(asked.shades);
  if (!answer.ok) throw new Error(String(answer.status));
  const told = await answer.json();
  await mapStyles();
  const container = document.createElement("div");
  container.className = "canvas";
  place.dataset.explored = "1";
  place.replaceChildren(container);
  const [first, last] = JSON.parse(asked.zooms);
  const held = { told, layer: asked.layer, colon: asked.colon, tiles: location.origin + asked.tiles, first, last };
  const map = new maplibre.Map({
    container, style: styleOf(held), bounds: JSON.parse(asked.bounds),
    fitBoundsOptions: { padding: 24, animate: false }, minZoom: first, maxZoom: 18,
    attributionControl: false, dragRotate: false, pitchWithRotate: false, maxPitch: 0, fadeDuration: 0,
    locale: JSON.parse(document.querySelector("meta[name=map-words]").content),
  });
  freeze(map);
  map.on("style.load", () => OVER.forEach((name) => pattern(map, name)));
  const again = () => { if (place.contains(container)) map.setStyle(styleOf(held)); };
  document.addEventListener("theme", again);
  container.map = map;
  map.once("remove", () => document.removeEventListener("theme", again));
  let failed = null;
  map.on("error", ({ error }) => { failed ??= error; });
  const legend = legendOf(told);
  container.after(legend.list);
  button.dataset.more ??= button.textContent;
  button.textContent = asked.back;
  pointing(map, held, figure.querySelector("[data-said]"), legend);
  map.on("click", "land", ({ features: [one] }) => {
    location.href = asked.area.replace("CODE", encodeURIComponent(one.properties.code));
  });
  await new Promise((done) => map.once("idle", done));
  if (failed) { await back(button, figure, place); throw failed; }
  place.dataset.ready = "1";
  map.getCanvas().focus();
}

async function back(button, figure, place) {
  place.querySelector(".canvas").map.remove();
  delete place.dataset.ready;
  button.textContent = button.dataset.more;
  figure.querySelector("[data-said]").textContent = "";
  await redraw(place);
}

// By code: the class from 1 to 5, and what is drawn over it. An object is found in at once, a list is not.
function shadesOf(told) {
  const steps = {}, dark = {}, light = {}, missing = {}, suppressed = {};
  const doubts = new Set(told.unsure);
  told.codes.forEach((code, at) => {
    const place = told.class_of[at];
    if (place === 0) {
      (told.statuses[told.status[at]].status === SUPPRESSED ? suppressed : missing)[code] = 1;
      return;
    }
    const step = told.classes[place - 1].step;
    steps[code] = step;
    if (doubts.has(at)) (seenDark(step) ? dark : light)[code] = 1;
  });
  return { steps, missing, suppressed, "stripes-dark": dark, "stripes-light": light };
}

function brightness(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// Dark stripes where they stand out more than light ones.
function seenDark(step) {
  const [dark, light] = [colour("ink"), colour("paper")].map(brightness).sort((a, b) => a - b);
  const under = brightness(colour(`sequential-${step}`));
  return (under + 0.05) / (dark + 0.05) >= (light + 0.05) / (under + 0.05);
}

function styleOf({ told, layer, tiles, first, last }) {
  const shades = shadesOf(told);
  const code = ["get", "code"];
  const among = (held) => ["has", code, ["literal", held]];
  const filled = { id: "land", type: "fill", source: "areas", "source-layer": layer };
  const ramp = [1, 2, 3, 4, 5].flatMap((step) => [step, colour(`sequential-${step}`)]);
  const over = OVER
    .filter((name) => Object.keys(shades[name]).length)
    .map((name) => ({ ...filled, id: name, filter: among(shades[name]), paint: { "fill-pattern": name } }));
  return {
    version: 8,
    sources: { areas: { type: "vector", tiles: [tiles], minzoom: first, maxzoom: last } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("water") } },
      { ...filled, paint: { "fill-antialias": false,
        "fill-color": ["match", ["get", code, ["literal", shades.steps]], ...ramp, colour("paper")] } },
      ...over,
      { ...filled, id: "limits", type: "line", paint: { "line-color": colour("paper"), "line-width": 0.6 } },
      { ...filled, id: "near", type: "line", filter: among({}), paint: { "line-color": colour("ink"), "line-width": 3 } },
    ],
  };
}

// The same hatches, dots and stripes as on paper, drawn once for this light.
function pattern(map, name) {
  if (map.hasImage(name)) return;
  const ratio = Math.ceil(devicePixelRatio);
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE * ratio, height: SIDE * ratio });
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  const light = name.startsWith("stripes");
  if (!light) { pen.fillStyle = colour("paper"); pen.fillRect(0, 0, SIDE, SIDE); }
  const tones = [colour("ink"), colour("paper")].sort((a, b) => brightness(a) - brightness(b));
  pen.strokeStyle = pen.fillStyle = { missing: colour("missing"), suppressed: colour("missing"), "stripes-dark": tones[0], "stripes-light": tones[1] }[name];
  if (name === "suppressed") {
    for (const x of [3, 9]) for (const y of [3, 9]) { pen.beginPath(); pen.arc(x, y, 1.1, 0, 7); pen.fill(); }
  } else {
    const up = light ? -1 : 1;
    pen.lineWidth = light ? 1.3 : 2;
    for (let x = -SIDE; x <= 2 * SIDE; x += SIDE / 2) {
      pen.beginPath(); pen.moveTo(x, up > 0 ? 0 : SIDE); pen.lineTo(x + SIDE, up > 0 ? SIDE : 0); pen.stroke();
    }
  }
  map.addImage(name, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: ratio });
}

function legendOf(told) {
  const list = document.createElement("ul");
  list.className = "samples";
  const items = told.classes.map(({ text, step }) => item(list, text, `step-${step}`));
  const lost = told.class_of.map((place, at) => (place ? "" : told.statuses[told.status[at]].status)).filter(Boolean);
  if (told.unsure.length) item(list, told.legend.striped, "striped");
  if (lost.some((one) => one !== SUPPRESSED)) item(list, told.legend.missing, "missing");
  if (lost.includes(SUPPRESSED)) item(list, told.legend.suppressed, SUPPRESSED);
  return { list, light: (place) => items.forEach((one, at) => one.classList.toggle("near", at === place - 1)) };
}

function item(list, text, kind) {
  const line = document.createElement("li");
  const sample = Object.assign(document.createElement("span"), { className: `sample ${kind}` });
  sample.setAttribute("aria-hidden", "true");
  line.append(sample, text);
  list.append(line);
  return line;
}

// Pointing at an area, or bringing it under the middle with the keyboard, says it in the line below.
function pointing(map, { told, colon }, said, legend) {
  const at = new Map(told.codes.map((code, place) => [code, place]));
  const lang = document.documentElement.lang;
  const digits = { minimumFractionDigits: told.decimals, maximumFractionDigits: told.decimals };
  const format = new Intl.NumberFormat(`${lang}-CA`, digits);
  const written = (value) => format.format(value).replaceAll("\u00a0", "\u202f");
  let near = null;
  const show = (feature) => {
    const code = feature?.properties.code ?? null;
    if (near === code) return;
    near = code;
    map.setFilter("near", ["==", ["get", "code"], code ?? ""]);
    if (code === null) { legend.light(0); return; }
    const place = at.get(code);
    const value = told.value[place], low = told.low[place], high = told.high[place];
    const text = value === null ? told.statuses[told.status[place]].text : told.unit_text.replace("{n}", written(value));
    const wide = value === null || low === null || high === null ? "" : ` (${written(low)}–${written(high)})`;
    said.textContent = `${feature.properties.name}${colon}${text}${wide}`;
    legend.light(told.class_of[place]);
  };
  map.on("mousemove", "land", (event) => { map.getCanvas().style.cursor = "pointer"; show(event.features[0]); });
  map.on("mouseleave", "land", () => { map.getCanvas().style.cursor = ""; show(null); });
  map.on("moveend", (event) => {
    if (event.originalEvent?.type?.startsWith?.("mouse")) return;
    const { width, height } = map.getCanvas().getBoundingClientRect();
    show(map.queryRenderedFeatures([width / 2, height / 2], { layers: ["land"] })[0]);
  });
}
