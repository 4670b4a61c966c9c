"""How long does the portrait of a drawn area take? Ours, and GeoPandas asked the same the usual way.

    .venv/bin/python benchmarks/drawn_area.py            # 1,004 tracts, then 57,936 areas
    .venv/bin/python benchmarks/drawn_area.py PACK       # a pack of yours, as well

Both answer in turn, area by area, on the same random polygons: fit by half of the surface, then
every count and share of the recipe. Ours also gives intervals, coverage, statuses and medians; the
peer gives values only. Memory is that of the arrays that each keeps ready between questions; the
shapes themselves are shared and not counted.
"""

from __future__ import annotations

import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas
import shapely

from courtepointe.atlas.figures import Measure, Status
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import STATUS_CODE, AreaTable, Pack, ReleaseTable
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import (
    AreaType,
    Boundary,
    FitPlan,
    Indicator,
    KeyRule,
    Licence,
    Recipe,
    Release,
    Section,
    Source,
    Steward,
    Universe,
    Variable,
    Words,
)

COUNTS = 50
"""Counts of the lattice's census; each but the first is also a share of the first."""
SIDE_M = 500.0
EAST, NORTH = 300_000.0, 5_000_000.0
ROUNDS = 20
UNITS = "tract:2021"


@dataclass(frozen=True)
class Asked:
    """One run of questions: seconds of each, and the values that were found."""

    seconds: list[float]
    values: list[dict[str, float]]


def lattice(n_units: int, rng: np.random.Generator) -> Pack:
    """Make a pack of bent squares with `COUNTS` counts, rounded to base 5, 2 % suppressed."""
    shapes = bent_squares(n_units, rng)
    codes = tuple(f"{place:06d}" for place in range(n_units))
    blank = ("",) * n_units
    areas = AreaTable(UNITS, codes, codes, codes, blank, blank, shapes, shapely.area(shapes))
    total = rng.integers(200, 8000, n_units)
    values = np.stack(
        [total, *(rng.binomial(total, rng.uniform(0.02, 0.6)) for _ in range(COUNTS - 1))]
    )
    status = np.full(values.shape, STATUS_CODE[Status.PUBLISHED], dtype=np.uint8)
    status[1:, rng.random(n_units) < 0.02] = STATUS_CODE[Status.SUPPRESSED]
    known = status == STATUS_CODE[Status.PUBLISHED]
    counts = np.where(known, np.round(values / 5) * 5.0, np.nan)
    nothing = np.full(values.shape, np.nan)
    names = tuple(f"v{place}" for place in range(COUNTS))
    table = ReleaseTable(
        "census", UNITS, names, counts, nothing, nothing, status, np.zeros_like(status)
    )
    return Pack(
        recipe=recipe(names), content_hash="lattice", loaded_sources={}, area_tables={UNITS: areas},
        release_tables={("census", UNITS): table}, place_tables={}, overlaps={}, blocks=None,
        division_shapes={}, report={},
    )  # fmt: skip


def bent_squares(n_units: int, rng: np.random.Generator) -> np.ndarray:
    """Draw a lattice of squares whose shared limits have some forty points a side."""
    width = int(np.ceil(np.sqrt(n_units)))
    steps = np.linspace(0.0, 1.0, 11)[:-1]
    unit = np.concatenate([
        np.stack([steps, np.zeros(10)], 1), np.stack([np.ones(10), steps], 1),
        np.stack([1 - steps, np.ones(10)], 1), np.stack([np.zeros(10), 1 - steps], 1),
    ])  # fmt: skip
    column, row = np.arange(n_units) % width, np.arange(n_units) // width
    corner = np.stack([column, row], axis=1)[:, None, :]
    points = (corner + unit[None]) * SIDE_M
    phase = rng.uniform(0, 2 * np.pi, 2)
    bend = 40.0 * np.sin(points[..., ::-1] / 130.0 + phase)
    return shapely.polygons(points + bend + (EAST, NORTH))


def recipe(names: tuple[str, ...]) -> Recipe:
    """Declare the lattice: every variable as a count, all but the first also as a share."""
    words = Words("", "")
    counts = [
        Indicator(n, "all", words, "people", Measure.COUNT, "persons", "sum", (n,)) for n in names
    ]
    shares = [
        Indicator(
            f"{n}_share", "all", words, "people", Measure.SHARE, "percent", "ratio_of_sums",
            (n,), (names[0],), scale=100.0,
        )
        for n in names[1:]
    ]  # fmt: skip
    indicators = (*counts, *shares)
    variables = tuple(Variable(n, column=n, rounded_to=5) for n in names)
    return Recipe(
        code="lattice", name=words, metric_crs="EPSG:32188", home=UNITS,
        stewards=(Steward("all", words),), licences=(Licence("free", words, "", words),),
        sources=(Source("census", "", words, "free", words, ("census.csv",)),),
        area_types=(AreaType("tract", words, words, "all", 60),),
        boundaries=(Boundary("tract", "2021", "census", KeyRule("code")),),
        releases=(Release("census", "census", "table", words, "2021", variables, area=UNITS),),
        universes=(Universe("people", words),), indicators=indicators,
        sections=(Section("all", words, tuple(i.code for i in indicators)),),
        fit=FitPlan((UNITS,), people=names[0]),
    )  # fmt: skip


def drawn(shapes: np.ndarray, rng: np.random.Generator) -> list[shapely.Geometry]:
    """Draw areas of some hundred units, anywhere: circles of bent limits, in metres."""
    centres = shapely.centroid(shapes[rng.integers(0, len(shapes), ROUNDS)])
    radius = np.sqrt(100 * np.median(shapely.area(shapes)) / np.pi)
    return [shapely.buffer(centre, radius * rng.uniform(0.5, 1.5)) for centre in centres]


def ours(pack: Pack, areas: list[shapely.Geometry]) -> tuple[Asked, float]:
    """Ask our atlas."""
    tracemalloc.start()
    atlas = Atlas(pack)
    atlas.portrait_of_shape(areas[0], in_metres=True)
    kept_mb = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return timed(
        lambda area: values_of(atlas.portrait_of_shape(area, in_metres=True)), areas
    ), kept_mb


def values_of(portrait: Portrait) -> dict[str, float]:
    """Take the values that are stated."""
    return {f.indicator: f.value for f in portrait.figures if f.value is not None}


def peer(pack: Pack, unit_type: str, areas: list[shapely.Geometry]) -> tuple[Asked, float]:
    """Ask GeoPandas: spatial join, overlay, half of the surface, sums and shares."""
    tracemalloc.start()
    frame = frame_of(pack, unit_type)
    _ = frame.sindex
    kept_mb = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return timed(lambda area: by_geopandas(pack, frame, area), areas), kept_mb


def frame_of(pack: Pack, unit_type: str) -> geopandas.GeoDataFrame:
    """Put units and their values in one table; a variable of two releases is left out of it.

    Ours chooses the release area by area: the peer has no such rule to compare with.
    """
    areas = pack.area_tables[unit_type]
    columns: dict[str, Any] = {"code": areas.codes, "surface_m2": areas.surface_m2}
    twice = set()
    for release in pack.recipe.releases:
        table = pack.release_tables.get((release.code, unit_type))
        for row, name in enumerate(() if table is None else table.variables):
            if name in columns:
                twice.add(name)
            columns[name] = np.asarray(table.values[row])
    frame = geopandas.GeoDataFrame(columns, geometry=areas.shapes, crs=pack.recipe.metric_crs)
    frame.attrs["twice"] = twice
    return frame


def by_geopandas(
    pack: Pack, frame: geopandas.GeoDataFrame, area: shapely.Geometry
) -> dict[str, float]:
    """Answer one question the usual way."""
    touched = frame.iloc[frame.sindex.query(area, predicate="intersects")]
    inside = touched.geometry.intersection(area).area / touched["surface_m2"]
    # As plain pandas: a GeoDataFrame looks after its geometry at each step, five times slower.
    units = pandas.DataFrame(touched[inside >= 0.5].drop(columns="geometry"))
    found = {}
    for indicator in pack.recipe.indicators:
        if indicator.aggregation not in ("sum", "ratio_of_sums"):
            continue
        if not set(indicator.variables()) <= set(units.columns) - frame.attrs["twice"]:
            continue
        known = units[list(dict.fromkeys(indicator.variables()))].dropna()
        above = known[list(indicator.numerator)].to_numpy().sum()
        if indicator.denominator:
            below = known[list(indicator.denominator)].to_numpy().sum()
            found[indicator.code] = indicator.scale * above / below if below != 0 else np.nan
        else:
            found[indicator.code] = indicator.scale * above
    return found


def timed(
    ask: Callable[[shapely.Geometry], dict[str, float]], areas: list[shapely.Geometry]
) -> Asked:
    """Ask about each area; the first one once before, to warm up."""
    ask(areas[0])
    seconds, values = [], []
    for area in areas:
        start = time.perf_counter()
        found = ask(area)
        seconds.append(time.perf_counter() - start)
        values.append(found)
    return Asked(seconds, values)


def same(mine: Asked, theirs: Asked) -> bool:
    """Whether all values that both state are equal, and there are some of them in every answer."""
    for a, b in zip(mine.values, theirs.values, strict=True):
        both = set(a) & set(b)
        if len(both) < 10 or not all(np.isclose(a[k], b[k], rtol=1e-9) for k in both):
            return False
    return True


def line(name: str, pack: Pack, unit_type: str, rng: np.random.Generator) -> dict[str, Any]:
    """Measure both in turn on one pack."""
    shapes = pack.area_tables[unit_type].shapes
    areas = drawn(shapes, rng)
    mine, ours_mb = ours(pack, areas)
    theirs, peer_mb = peer(pack, unit_type, areas)
    ours_s, peer_s = float(np.median(mine.seconds)), float(np.median(theirs.seconds))
    return {
        "name": name,
        "size": f"{len(shapes)} units, {len(pack.recipe.indicators)} indicators",
        "ours_s": round(ours_s, 5),
        "ours_p95_s": round(float(np.quantile(mine.seconds, 0.95)), 5),
        "ours_mb": round(ours_mb, 1),
        "peer": f"geopandas {geopandas.__version__}",
        "peer_s": round(peer_s, 5),
        "peer_mb": round(peer_mb, 1),
        "ratio": round(ours_s / peer_s, 3),
        "same_answer": same(mine, theirs),
    }


def main() -> None:
    """Print one JSON line a size."""
    rng = np.random.default_rng(20210511)
    for n_units in (1_004, 57_936):
        print(json.dumps(line("drawn area", lattice(n_units, rng), UNITS, rng)), flush=True)
    for folder in sys.argv[1:]:
        pack = open_pack(Path(folder))
        unit_type = next(
            u for u in pack.recipe.fit.units if any(u == a for _, a in pack.release_tables)
        )
        print(json.dumps(line(f"drawn area, {pack.recipe.code}", pack, unit_type, rng)), flush=True)


if __name__ == "__main__":
    main()
