// Drawing a limit on the map. The shape is written in the form's own field: what is sent is what is seen there.
import { TerraDraw, TerraDrawPolygonMode, TerraDrawSelectMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { names, palette, quietMap } from "courtepointe/style";

const room = document.querySelector("[data-draw]");
const field = document.querySelector(room.dataset.field);
const said = room.querySelector("[data-said]");
const tools = room.querySelector("[data-tools]");
const words = room.dataset;

function modes() {
  const c = palette();
  const look = {
    fillColor: c["sequential-2"], fillOpacity: 0.5, outlineColor: c["data-strong"], outlineWidth: 3,
    closingPointColor: c.focus, closingPointWidth: 7, closingPointOutlineColor: c.paper, closingPointOutlineWidth: 2,
  };
  const points = {
    selectionPointColor: c["data-strong"], selectionPointWidth: 6, selectionPointOutlineColor: c.paper, selectionPointOutlineWidth: 2,
    midPointColor: c.paper, midPointWidth: 4, midPointOutlineColor: c["data-strong"], midPointOutlineWidth: 2,
    selectedPolygonColor: c["sequential-2"], selectedPolygonFillOpacity: 0.5,
    selectedPolygonOutlineColor: c["data-strong"], selectedPolygonOutlineWidth: 3,
  };
  const flags = { feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true } } };
  return [
    new TerraDrawPolygonMode({ styles: look, showCoordinatePoints: true }),
    new TerraDrawSelectMode({ flags: { polygon: flags }, styles: points }),
  ];
}

function polygons(drawing) {
  return drawing.getSnapshot().filter((one) => one.geometry.type === "Polygon" && one.properties.mode === "polygon");
}

function write(drawing) {
  const drawn = polygons(drawing).map((one) => one.geometry.coordinates);
  field.value = drawn.length ? JSON.stringify({ type: "MultiPolygon", coordinates: drawn }) : "";
}

function restore(drawing) {
  if (!field.value.trim()) return;
  let shape;
  try { shape = JSON.parse(field.value); } catch { return; }
  const parts = shape.type === "Polygon" ? [shape.coordinates] : shape.type === "MultiPolygon" ? shape.coordinates : [];
  drawing.addFeatures(parts.map((coordinates) => ({
    type: "Feature", geometry: { type: "Polygon", coordinates: [coordinates[0]] }, properties: { mode: "polygon" },
  })));
}

async function start() {
  const shapes = await (await fetch(words.shapes)).json();
  const container = room.querySelector(".canvas");
  const map = await quietMap(container, { shapes, bounds: JSON.parse(words.bounds) });
  container.querySelector(".waiting")?.remove();
  names(map, shapes, document.documentElement.lang);
  const drawing = new TerraDraw({ adapter: new TerraDrawMapLibreGLAdapter({ map }), modes: modes() });
  drawing.start();
  restore(drawing);
  drawing.setMode("polygon");
  tools.hidden = false;
  drawing.on("finish", (id, context) => {
    write(drawing);
    if (context.action === "draw") said.textContent = words.drawn;
  });
  map.on("mousemove", "land", (event) => {
    if (!polygons(drawing).length) said.textContent = event.features[0].properties[document.documentElement.lang];
  });
  tools.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.act;
    if (act === "draw") drawing.setMode("polygon");
    if (act === "change") drawing.setMode("select");
    if (act === "erase") { drawing.clear(); write(drawing); drawing.setMode("polygon"); said.textContent = words.erased; }
    if (act) for (const one of tools.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one.dataset.act === (act === "erase" ? "draw" : act)));
  });
}

start().catch(() => {
  room.querySelector(".waiting").textContent = words.failed;
  document.querySelector("details[data-written]")?.setAttribute("open", "");
});
