"""How long does it take to read boundaries into valid shapes, and to find where they overlap?

The peer is GeoPandas, asked the usual way: `read_file`, `to_crs`, `make_valid`; then a spatial join
with itself and the surface of every intersection. `COURTEPOINTE_BENCH_AREAS` sets how many areas
(19,600; a country has some 57,900 dissemination areas).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely

import measure
from courtepointe.core import shapes as core
from courtepointe.formats.boundaries import read_boundaries, write_geojson

SIDE = int(np.sqrt(int(os.environ.get("COURTEPOINTE_BENCH_AREAS", "19600"))))
POINTS = 20
"""Of each of the four edges of an area."""
STEP_M, JITTER_M = 400.0, 4.0
METRIC = "EPSG:3347"
SLIVER_M2 = 1.0


def read_ours(argument: Mapping[str, Any]) -> list[float]:
    """Read, move, check and mend; give how many areas and their surface in km2."""
    shapes = read_boundaries(argument["path"], to_crs=METRIC).shapes
    return [len(shapes), float(shapely.area(shapes).sum() / 1e6)]


def read_geopandas(argument: Mapping[str, Any]) -> list[float]:
    """Read, move and mend with GeoPandas."""
    shapes = geopandas.read_file(argument["path"]).to_crs(METRIC).geometry.make_valid()
    return [len(shapes), float(shapes.area.sum() / 1e6)]


def _saved(argument: Mapping[str, Any]) -> np.ndarray:
    return shapely.from_wkb(np.load(argument["path"], allow_pickle=True))


def overlaps_ours(argument: Mapping[str, Any]) -> list[float]:
    """Give how many pairs overlap, and by how many square metres together."""
    found = core.overlaps(_saved(argument), min_m2=SLIVER_M2)
    return [len(found), float(found.area_m2.sum())]


def overlaps_geopandas(argument: Mapping[str, Any]) -> list[float]:
    """Join the areas with themselves and intersect every pair that meets."""
    areas = geopandas.GeoDataFrame(geometry=_saved(argument))
    pairs = areas.sjoin(areas, predicate="intersects")
    pairs = pairs[pairs.index < pairs["index_right"]]
    other = areas.geometry.iloc[pairs["index_right"]]
    shared = pairs.geometry.intersection(other, align=False).area
    return [int((shared > SLIVER_M2).sum()), float(shared[shared > SLIVER_M2].sum())]


SIDES = {
    "read_ours": read_ours,
    "read_geopandas": read_geopandas,
    "overlaps_ours": overlaps_ours,
    "overlaps_geopandas": overlaps_geopandas,
}


def lattice(n_widened: int) -> np.ndarray:
    """Make jagged areas that fit each other exactly, but for some that are widened."""
    rng = np.random.default_rng(20260101)
    along = np.linspace(0.0, STEP_M, POINTS, endpoint=False)
    jitter = rng.uniform(-JITTER_M, JITTER_M, (2, SIDE + 1, SIDE + 1, POINTS))
    jitter[..., 0] = 0.0
    shapes = np.array([_area(i, j, along, jitter) for i in range(SIDE) for j in range(SIDE)])
    widened = rng.choice(len(shapes), n_widened, replace=False)
    shapes[widened] = shapely.buffer(shapes[widened], 3.0)
    return shapes


def _area(i: int, j: int, along: np.ndarray, jitter: np.ndarray) -> Any:
    """Draw one area by its four edges, each shared with a neighbour."""
    x, y = 7_500_000.0 + i * STEP_M, 1_200_000.0 + j * STEP_M
    south = np.column_stack([x + along, y + jitter[0, i, j]])
    north = np.column_stack([x + along, y + STEP_M + jitter[0, i, j + 1]])
    west = np.column_stack([x + jitter[1, i, j], y + along])
    east = np.column_stack([x + STEP_M + jitter[1, i + 1, j], y + along])
    corner = np.array([[x + STEP_M, y + STEP_M]])
    back = np.vstack([corner, north[:0:-1], [[x, y + STEP_M]], west[:0:-1]])
    return shapely.Polygon(np.vstack([south, east, back]))


def write_files(folder: str, n_widened: int) -> tuple[int, int]:
    """Write the lattice as GeoJSON and with some areas widened; tell areas and bytes."""
    exact = lattice(0)
    codes = [{"code": f"{place:08d}"} for place in range(len(exact))]
    text = write_geojson(exact, codes, crs=METRIC, decimals=9)
    Path(folder, "areas.geojson").write_bytes(text)
    for count in (0, n_widened):
        np.save(Path(folder, f"areas_{count}.npy"), shapely.to_wkb(lattice(count)))
    return len(exact), len(text)


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask for the reading of a GeoJSON, then for overlaps, none and some."""
    n_widened = SIDE * SIDE // 100
    # In a process of its own: the memory of this one would count as that of both sides.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        n_areas, n_bytes = pool.submit(write_files, str(folder), n_widened).result()
    yield measure.Question(
        "read boundaries",
        f"{n_areas:,} areas, {n_bytes / 1e6:.0f} MB",
        {"path": str(folder / "areas.geojson")},
        (("GeoPandas", "read_geopandas"),),
        "read_ours",
        1e-6,
    )
    for count in (0, n_widened):
        yield measure.Question(
            "overlaps of areas",
            f"{n_areas:,} areas, {count} widened",
            {"path": str(folder / f"areas_{count}.npy")},
            (("GeoPandas", "overlaps_geopandas"),),
            "overlaps_ours",
            1e-6,
        )


if __name__ == "__main__":
    measure.answer(SIDES, questions)
