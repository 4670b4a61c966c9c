"""How long does the portrait of a drawn area take, once the pack is open?

The peer is GeoPandas, asked the same the usual way: spatial index, intersection, half of the
surface, then every count and share of the recipe with pandas. Ours also gives intervals, coverage,
statuses and missing reasons; the peer gives values only. Each side opens, answers once to warm up,
then answers about twenty polygons: its seconds are the median of one answer.
`COURTEPOINTE_BENCH_PACK` names a pack to ask too, such as Montréal's.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas
import shapely

import measure
from courtepointe.atlas.figures import Measure, Status
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import STATUS_CODE, AreaTable, Pack, ReleaseTable
from courtepointe.atlas.query.atlas import Atlas
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
ASKED = 20
UNITS = "tract:2021"


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


def drawn(shapes: np.ndarray) -> list[shapely.Geometry]:
    """Draw circles that hold some hundred units, each around a unit of the middle half."""
    rng = np.random.default_rng(7)
    central = np.arange(len(shapes) // 4, 3 * len(shapes) // 4)
    centres = shapely.centroid(shapes[rng.choice(central, ASKED)])
    radius = np.sqrt(100 * np.median(shapely.area(shapes)) / np.pi)
    return [shapely.buffer(centre, radius * rng.uniform(0.5, 1.5)) for centre in centres]


def opened(argument: Mapping[str, Any]) -> Pack:
    """Open the pack that is named, or make the lattice."""
    if argument["pack"]:
        return open_pack(argument["pack"])
    return lattice(argument["n_units"], np.random.default_rng(20210511))


def unit_type_of(pack: Pack) -> str:
    """Give the finest units with values."""
    held = {area for _, area in pack.release_tables}
    return next(units for units in pack.recipe.fit.units if units in held)


def compared(pack: Pack, unit_type: str) -> list[Indicator]:
    """Give the counts and shares whose variables one release alone has, nearly everywhere.

    Ours chooses a release area by area, and gives no value where too little is covered: the peer
    has no such rules to compare with.
    """
    tables = [pack.release_tables.get((r.code, unit_type)) for r in pack.recipe.releases]
    rows = [
        (n, t.values[row]) for t in tables if t is not None for row, n in enumerate(t.variables)
    ]
    held = [name for name, _ in rows]
    sparse = {name for name, values in rows if np.isnan(values).mean() > 0.05}
    return [
        indicator
        for indicator in pack.recipe.indicators
        if indicator.aggregation in ("sum", "ratio_of_sums")
        and all(held.count(name) == 1 and name not in sparse for name in indicator.variables())
    ]


def ours(argument: Mapping[str, Any]) -> measure.Timed:
    """Ask our atlas for whole portraits."""
    pack = opened(argument)
    atlas = Atlas(pack)
    unit_type = unit_type_of(pack)
    codes = [indicator.code for indicator in compared(pack, unit_type)]

    def ask(area: shapely.Geometry) -> list[float | None]:
        portrait = atlas.portrait_of_shape(area, in_metres=True)
        values = {figure.indicator: figure.value for figure in portrait.figures}
        return [values[code] for code in codes]

    return timed(ask, drawn(pack.area_tables[unit_type].shapes))


def by_geopandas(argument: Mapping[str, Any]) -> measure.Timed:
    """Ask GeoPandas for the values alone."""
    pack = opened(argument)
    unit_type = unit_type_of(pack)
    frame = frame_of(pack, unit_type)
    indicators = compared(pack, unit_type)

    def ask(area: shapely.Geometry) -> list[float | None]:
        touched = frame.iloc[frame.sindex.query(area, predicate="intersects")]
        inside = touched.geometry.intersection(area).area / touched["surface_m2"]
        # As plain pandas: a GeoDataFrame looks after its geometry at each step, five times slower.
        units = pandas.DataFrame(touched[inside >= 0.5].drop(columns="geometry"))
        return [value_of(units, indicator) for indicator in indicators]

    return timed(ask, drawn(pack.area_tables[unit_type].shapes))


def value_of(units: pandas.DataFrame, indicator: Indicator) -> float | None:
    """Add up, or divide sums over the units that have both."""
    known = units[list(dict.fromkeys(indicator.variables()))].dropna()
    above = float(known[list(indicator.numerator)].to_numpy().sum())
    if not indicator.denominator:
        return indicator.scale * above
    below = float(known[list(indicator.denominator)].to_numpy().sum())
    return indicator.scale * above / below if below != 0.0 else None


def frame_of(pack: Pack, unit_type: str) -> geopandas.GeoDataFrame:
    """Put units and their values in one table."""
    areas = pack.area_tables[unit_type]
    columns: dict[str, Any] = {"code": areas.codes, "surface_m2": areas.surface_m2}
    for release in pack.recipe.releases:
        table = pack.release_tables.get((release.code, unit_type))
        for row, name in enumerate(() if table is None else table.variables):
            columns[name] = np.asarray(table.values[row])
    return geopandas.GeoDataFrame(columns, geometry=areas.shapes, crs=pack.recipe.metric_crs)


def timed(
    ask: Callable[[shapely.Geometry], list[float | None]], areas: list[shapely.Geometry]
) -> measure.Timed:
    """Ask about each area; once before, to warm up."""
    ask(areas[0])
    seconds, values = [], []
    for area in areas:
        start = time.perf_counter()
        found = ask(area)
        seconds.append(time.perf_counter() - start)
        values.append(found)
    return measure.Timed(float(np.median(seconds)), values)


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask about a city, about a country, and about the pack that is named."""
    peers = ((f"geopandas {geopandas.__version__}", "by_geopandas"),)
    for n_units in (1_004, 57_936):
        argument = {"pack": None, "n_units": n_units}
        size = f"{n_units:,} units, {2 * COUNTS - 1} figures"
        yield measure.Question("portrait of a drawn area", size, argument, peers)
    named = os.environ.get("COURTEPOINTE_BENCH_PACK")
    if named:
        recipe = open_pack(named).recipe
        size = f"{recipe.code}, {len(recipe.indicators)} figures"
        argument = {"pack": named, "n_units": 0}
        yield measure.Question("portrait of a drawn area", size, argument, peers)


if __name__ == "__main__":
    measure.answer({"ours": ours, "by_geopandas": by_geopandas}, questions)
