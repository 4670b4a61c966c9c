"""A hundred squares where values gather in a corner, and one more beyond the water, as a pack in memory.

Of 10 x 10 squares of a hundred metres, coded by row and column from ``00`` at the south-west, the sixteen at
the south-west have high values. Square ``99`` has nothing. ``ile`` lies apart. Two halves, ``A`` in the west and
``B`` in the east, hold the squares.

``households_one_person_share`` is counted in full but for rounding; ``immigrants_share`` has the same values with
intervals as wide as what it tells apart; ``unemployment_rate`` comes of a sample without intervals;
``degree_share`` is one half everywhere; ``low_income_share`` is known of five squares; ``mean_rent`` of none.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.support import town as base

from courtepointe.atlas.figures import Status
from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.recipe.values import AreaType, Boundary, KeyRule

SIDE = 10
SQUARES = "carreau:2021"
HALVES = "moitie:2021"
CORNER = frozenset(f"{row}{column}" for row in range(4) for column in range(4))
X = Status.SUPPRESSED


def mosaic() -> Pack:
    """Give the squares beside the town's own areas."""
    pack = base.town()
    recipe = base.with_recipe(
        pack,
        area_types=(
            *pack.recipe.area_types,
            AreaType("moitie", base.words("Moitié", "Half"), base.words("Moitiés", "Halves"), "ville", 35),
            AreaType("carreau", base.words("Carreau", "Square"), base.words("Carreaux", "Squares"), "ville", 40),
        ),
        boundaries=(
            *pack.recipe.boundaries,
            *(Boundary(*name.split(":"), "limites", KeyRule("code")) for name in (HALVES, SQUARES)),
        ),
        fit=replace(pack.recipe.fit, units=(SQUARES, *pack.recipe.fit.units)),
    ).recipe  # fmt: skip
    squares = [
        (f"{row}{column}", f"Carreau {row}{column}",
         base.square(column * 100, row * 100, column * 100 + 100, row * 100 + 100))
        for row in range(SIDE) for column in range(SIDE)
    ]  # fmt: skip
    squares.append(("ile", "L’Île", base.square(5000, 5000, 5100, 5100)))
    halves = [
        ("A", "Ouest", base.square(0, 0, 500, 1000)),
        ("B", "Est", base.square(500, 0, 1000, 1000)),
    ]
    tables = {HALVES: base._areas(HALVES, halves), SQUARES: base._areas(SQUARES, squares)}
    codes = [code for code, _, _ in squares]
    rows = _rows(codes)
    return replace(
        pack,
        recipe=recipe,
        content_hash="mosaic",
        area_tables=dict(pack.area_tables) | tables,
        release_tables=dict(pack.release_tables)
        | {("profil", SQUARES): base._table("profil", SQUARES, rows)},
    )


def _rows(codes: list[str]) -> dict[str, list[base.Cell]]:
    """Write the cells of each variable."""
    rng = np.random.default_rng(4)
    high = np.array([code in CORNER for code in codes])
    share = np.where(high, 0.5, 0.2) + rng.integers(-5, 6, len(codes)) / 100
    part: list[base.Cell] = [float(round(200 * one / 5) * 5) for one in share]
    sampled: list[base.Cell] = [(n, max(n - 45.0, 0.0), n + 45.0) for n in part]  # type: ignore[operator,type-var]
    whole: list[base.Cell] = [200.0] * len(codes)
    none: list[base.Cell] = [Status.UNRELIABLE] * len(codes)
    few: list[base.Cell] = [*([20.0, 30.0, 20.0, 25.0, 40.0]), *none[5:]]
    rows = {
        "population": [400.0] * len(codes),
        "households": whole,
        "households_one_person": part,
        "household_income_median": [float(v) for v in np.where(high, 40_000, 60_000)],
        "households_under_40k": part,
        "immigrants": sampled,
        "immigrants_base": [(200.0, 199.0, 201.0)] * len(codes),
        "unemployed": part,
        "labour_force": whole,
        "degree": [100.0] * len(codes),
        "degree_base": whole,
        "low_income": few,
        "low_income_base": [200.0] * len(codes),
        "rent_mean": none,
        "renters": none,
    }
    for name, cells in rows.items():
        if name != "population":
            cells[codes.index("99")] = X
    return {name: list(cells) for name, cells in rows.items()}
