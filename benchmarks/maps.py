"""How long does it take to put values into the best classes, and to draw a country's units as a map?

For classes the peer is jenkspy (Fisher-Jenks in C++), which answers the same question: the runs with
the least variance inside. For drawing, no library in the lock makes a map with legend and words; the
peer is GeoPandas asked for the bare minimum: `simplify_coverage`, a shade for each area, and
shapely's own `svg()` of each shape in one file. Ours writes legend, patterns and description too.
`COURTEPOINTE_BENCH_AREAS` sets how many areas are drawn (3,249; Montréal has some 3,200 dissemination areas).
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas
import jenkspy
import numpy as np
import shapely

import measure
from courtepointe.atlas.figures import Status
from courtepointe.core.clusters import best_clusters
from courtepointe.press.maps import MapArea, draw_choropleth
from courtepointe.press.palette import LIGHT

SIDE = int(np.sqrt(int(os.environ.get("COURTEPOINTE_BENCH_AREAS", "3249"))))
CLASSES = 5
WIDTH = 720
AREA_PATHS = re.compile(r'class="map-area[^>]* d="([^"]*)"')
STEP_M, JITTER_M, POINTS = 400.0, 4.0, 20


def classes_ours(argument: Mapping[str, Any]) -> list[float]:
    """Give the greatest value of each class."""
    values = np.load(argument["path"])
    distinct, counts = np.unique(values, return_counts=True)
    ends = best_clusters(distinct, counts.astype(float), number=CLASSES)
    return [float(value) for value in distinct[ends]]


def classes_jenkspy(argument: Mapping[str, Any]) -> list[float]:
    """Give the greatest value of each class."""
    breaks = jenkspy.jenks_breaks(np.load(argument["path"]), n_classes=CLASSES)
    return [float(value) for value in breaks[1:]]


def _areas(argument: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    held = np.load(argument["path"], allow_pickle=True)
    return shapely.from_wkb(held), np.linspace(0.0, 100.0, len(held))


def draw_ours(argument: Mapping[str, Any]) -> measure.Timed:
    """Draw the areas by quantiles, with legend and description; give how many shapes there are."""
    shapes, values = _areas(argument)
    areas = [
        MapArea(str(n), str(n), shape, float(value), Status.PUBLISHED, f"{value:.1f}")
        for n, (shape, value) in enumerate(zip(shapes, values, strict=True))
    ]
    return _timed(
        lambda: (
            draw_choropleth(
                areas, title="x", unit="percent", lang="fr", decimals=1, width=WIDTH
            ).svg
        ),
        lambda svg: sum(lines.count("M") for lines in AREA_PATHS.findall(svg)),
    )


def draw_geopandas(argument: Mapping[str, Any]) -> measure.Timed:
    """Simplify, shade by quantiles, and write each shape's own SVG; give how many there are."""
    shapes, values = _areas(argument)
    frame = geopandas.GeoSeries(shapes)

    def draw() -> str:
        west, south, east, north = frame.total_bounds
        metres = (east - west) / WIDTH
        limits = np.quantile(values, np.arange(1, CLASSES) / CLASSES)
        shades = np.array(LIGHT.sequential)[np.searchsorted(limits, values, side="right")]
        simple = frame.simplify_coverage(0.35 * metres)
        body = "".join(
            shape.svg(scale_factor=metres, fill_color=shade)
            for shape, shade in zip(simple, shades, strict=True)
        )
        box = f"{west} {south} {east - west} {north - south}"
        return f'<svg viewBox="{box}">{body}</svg>'

    return _timed(draw, lambda svg: svg.count("<path"))


def _timed(draw: Callable[[], str], counted: Callable[[str], int]) -> measure.Timed:
    """Time a drawing; count its shapes afterwards."""
    started = time.perf_counter()
    svg = draw()
    return measure.Timed(time.perf_counter() - started, counted(svg))


SIDES = {
    "classes_ours": classes_ours,
    "classes_jenkspy": classes_jenkspy,
    "draw_ours": draw_ours,
    "draw_geopandas": draw_geopandas,
}


def values_of(count: int) -> np.ndarray:
    """Make shares of three kinds of neighbourhoods, no two alike."""
    rng = np.random.default_rng(20260101)
    centre = rng.choice([20.0, 45.0, 70.0], count)
    return np.clip(rng.normal(centre, 8.0), 0.0, 100.0) + rng.uniform(0, 1e-6, count)


def lattice() -> np.ndarray:
    """Make jagged areas that fit each other exactly."""
    rng = np.random.default_rng(20260101)
    jitter = rng.uniform(-JITTER_M, JITTER_M, (2, SIDE + 1, SIDE + 1, POINTS))
    jitter[..., 0] = 0.0
    return np.array([_area(i, j, jitter) for i in range(SIDE) for j in range(SIDE)])


def _area(i: int, j: int, jitter: np.ndarray) -> Any:
    """Draw one area by its four edges, each shared with a neighbour."""
    along = np.linspace(0.0, STEP_M, POINTS, endpoint=False)
    x, y = i * STEP_M, j * STEP_M
    south = np.column_stack([x + along, y + jitter[0, i, j]])
    north = np.column_stack([x + along, y + STEP_M + jitter[0, i, j + 1]])
    west = np.column_stack([x + jitter[1, i, j], y + along])
    east = np.column_stack([x + STEP_M + jitter[1, i + 1, j], y + along])
    corner = np.array([[x + STEP_M, y + STEP_M]])
    back = np.vstack([corner, north[:0:-1], [[x, y + STEP_M]], west[:0:-1]])
    return shapely.Polygon(np.vstack([south, east, back]))


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask for classes of a city's and of a province's units, then for a drawing."""
    for count in (3_200, 13_600):
        path = folder / f"values_{count}.npy"
        np.save(path, values_of(count))
        yield measure.Question(
            "five best classes",
            f"{count:,} values",
            {"path": str(path)},
            (("jenkspy", "classes_jenkspy"),),
            "classes_ours",
        )
    path = folder / "areas.npy"
    np.save(path, shapely.to_wkb(lattice()))
    yield measure.Question(
        "draw a shaded map",
        f"{SIDE * SIDE:,} areas",
        {"path": str(path)},
        (("GeoPandas with shapely's svg()", "draw_geopandas"),),
        "draw_ours",
    )


if __name__ == "__main__":
    measure.answer(SIDES, questions)
