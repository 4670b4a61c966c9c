"""Clusters of an indicator over the units of a type: told only where chance and error leave them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from courtepointe.atlas.figures import Figure, Measure
from courtepointe.atlas.query.areas import area_table, position_of
from courtepointe.atlas.query.cluster_tests import (
    AGAIN,
    DRAWS,
    RATE,
    REDRAWN,
    STAYS,
    Tests,
    scaled,
    tests_of,
)
from courtepointe.atlas.query.cluster_values import Clusters, ClusterUnit, WhyNot
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.nesting import by_point
from courtepointe.atlas.query.values import AreaKey, TypeFigures
from courtepointe.atlas.recipe.values import Indicator, Words
from courtepointe.core.errors import NoAnswer
from courtepointe.core.space import Neighbours, Quadrant, contiguity
from courtepointe.core.typing import Bools, Ints

LEAST = 10
"""Of fewer units nothing is said: their neighbours are most of them."""
HAIR_M = 1.0
"""Limits drawn twice touch where they are this near."""


def neighbours_of(kept: Kept, type_and_vintage: str) -> Neighbours:
    """Give which areas of a type touch, worked out once for a pack."""
    return kept.once(
        ("neighbours", type_and_vintage),
        lambda: contiguity(kept.division_shapes(type_and_vintage), tolerance_m=HAIR_M),
    )


def units_within(kept: Kept, type_and_vintage: str, within: AreaKey | None) -> Bools:
    """Say which areas of a type have their inner point in an area: (n_areas,)."""
    table = area_table(kept.pack, type_and_vintage)
    if within is None:
        return np.ones(len(table), dtype=np.bool_)
    holder = kept.pack.area_tables[within.type_and_vintage]
    parent = groups_of(kept, table.type_and_vintage, holder.type_and_vintage)
    return np.asarray(parent == position_of(holder, within.code), np.bool_)


def groups_of(kept: Kept, type_and_vintage: str, holders: str) -> Ints:
    """Give the area of another type that holds the inner point of each; -1 for none: (n_areas,)."""
    tables = kept.pack.area_tables
    return kept.once(
        ("by point", type_and_vintage, holders),
        lambda: by_point(tables[type_and_vintage], tables[holders]),
    )


def has_value(figures: tuple[Figure, ...]) -> Bools:
    """Say which figures state a value: (n,)."""
    return np.array([figure.value is not None for figure in figures], dtype=np.bool_)


def check_measure(indicator: Indicator) -> None:
    """Refuse counts, whose values follow the size of areas: `NoAnswer` ``clusters_of_a_count``."""
    if indicator.measure is Measure.COUNT:
        raise NoAnswer("clusters_of_a_count", indicator=indicator.code)


def check_values(figures: tuple[Figure, ...], indicator: Indicator) -> None:
    """Refuse too few values, or none at all.

    Raises
    ------
    NoAnswer
        ``map_without_values``, ``clusters_too_few``.
    """
    n_valued = int(has_value(figures).sum())
    if n_valued == 0 and len(figures) >= LEAST:
        raise NoAnswer("map_without_values", indicator=indicator.code)
    if n_valued < LEAST:
        raise NoAnswer("clusters_too_few", value=n_valued, expected=LEAST)


def clusters_of(
    kept: Kept, found: TypeFigures, indicator: Indicator, within: AreaKey | None
) -> Clusters:
    """Find the clusters of an indicator.

    Parameters
    ----------
    kept : Kept
    found : TypeFigures
    indicator : Indicator
    within : AreaKey or None
        Only the units whose inner point lies in this area.

    Returns
    -------
    Clusters

    Raises
    ------
    NoAnswer
        ``clusters_of_a_count``; ``map_without_values``; ``clusters_too_few``; ``space_all_equal``;
        ``space_no_pairs``.

    Notes
    -----
    See ``docs/methods/space.md``.
    """
    check_measure(indicator)
    asked = np.flatnonzero(units_within(kept, found.type_and_vintage, within))
    figures = tuple(found.figures[place] for place in asked.tolist())
    valued = has_value(figures)
    check_values(figures, indicator)
    inside = np.zeros(len(found.codes), dtype=np.bool_)
    inside[asked] = True
    touching = neighbours_of(kept, found.type_and_vintage).narrowed(inside)
    held = tuple(figure for figure in figures if figure.value is not None)
    if len({figure.value for figure in held}) == 1:
        raise NoAnswer("space_all_equal", value=held[0].value)
    tests = tests_of(scaled(held, indicator), touching.narrowed(valued))
    units = _units(kept, found, asked, touching, valued, tests)
    return Clusters(
        found.type_and_vintage, indicator.code, within, units, tests.whole, tests.p_whole,
        tests.smoothed is not None, RATE, DRAWS, AGAIN, REDRAWN, STAYS,
    )  # fmt: skip


def _units(
    kept: Kept, found: TypeFigures, asked: Ints, touching: Neighbours, valued: Bools, tests: Tests
) -> tuple[ClusterUnit, ...]:
    """Put positions back into codes: one unit for each area asked about."""
    table = kept.pack.area_tables[found.type_and_vintage]
    keep = valued[touching.unit] | ~valued[touching.row]
    ends = np.concatenate([[0], np.cumsum(keep)])[touching.first].tolist()
    codes = [table.codes[row] for row in asked.tolist()]
    near = [codes[place] for place in touching.unit[keep].tolist()]
    told = iter(_told(tests))
    units = []
    for place, row in enumerate(asked.tolist()):
        rest = next(told) if valued[place] else _UNTOLD
        units.append(
            ClusterUnit(
                AreaKey.of(found.type_and_vintage, codes[place]),
                Words(table.names_fr[row], table.names_en[row]),
                found.figures[row],
                tuple(near[ends[place] : ends[place + 1]]),
                *rest,
            )
        )
    return tuple(units)


Told = tuple[float | None, Quadrant, float | None, float | None, float | None, float | None, WhyNot]
_UNTOLD: Told = (None, Quadrant.NONE, None, None, None, None, WhyNot.NO_VALUE)


def _told(tests: Tests) -> Iterator[Told]:
    """Give what the tests say of each unit with a value, in the order of `ClusterUnit`."""
    smoothed = [None] * tests.p.size if tests.smoothed is None else tests.smoothed.tolist()
    columns = (tests.quadrant, tests.index, tests.p, tests.q, tests.stays)
    quadrants = list(Quadrant)
    for smooth, side, index, p, q, stays, why in zip(
        smoothed, *(column.tolist() for column in columns), tests.why_not, strict=True
    ):
        if why is WhyNot.NO_NEIGHBOUR:
            yield smooth, Quadrant.NONE, None, None, None, None, why
            continue
        asked = why in (WhyNot.NOTHING, WhyNot.INTERVAL)
        yield smooth, quadrants[side], index, p, q, stays if asked else None, why
