"""How unequal an indicator is over units: the gap first, then indices, between groups and within."""

from __future__ import annotations

import numpy as np

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.areas import area_type_of
from courtepointe.atlas.query.cluster_tests import errors_of
from courtepointe.atlas.query.cluster_values import End, Unequal
from courtepointe.atlas.query.clusters import (
    LEAST,
    check_measure,
    check_values,
    groups_of,
    has_value,
    units_within,
)
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.values import AreaKey, TypeFigures
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.access import Concentration, Theil, concentration, gini, theil
from courtepointe.core.typing import Bools, Floats, Ints

TENTH = 0.1
MOST_HELD = 0.5
"""The part of the units that must lie in areas of a type for it to part them."""
SURFACES = ("persons_per_km2",)
"""Units of what is counted on a surface: nobody is a square kilometre."""


def unequal_of(
    kept: Kept,
    found: TypeFigures,
    indicator: Indicator,
    within: AreaKey | None,
    *,
    along: TypeFigures | None,
) -> Unequal:
    """Say how unequal an indicator is.

    Parameters
    ----------
    kept : Kept
    found : TypeFigures
    indicator : Indicator
    within : AreaKey or None
    along : TypeFigures or None
        Of another indicator on the same areas, by which units are put in order.

    Returns
    -------
    Unequal

    Raises
    ------
    NoAnswer
        ``clusters_of_a_count``, ``map_without_values``, ``clusters_too_few``.
    """
    check_measure(indicator)
    asked = units_within(kept, found.type_and_vintage, within)
    valued = asked & has_value(found.figures)
    check_values(tuple(found.figures[row] for row in np.flatnonzero(asked).tolist()), indicator)
    rows = np.flatnonzero(valued)
    figures = [found.figures[row] for row in rows.tolist()]
    values = np.array([figure.value for figure in figures], dtype=np.float64)
    base = _base(figures, indicator)
    weights = np.ones(rows.size) if base is None else base
    groups, parent = _holders(kept, found.type_and_vintage, within, rows)
    held = parent >= 0
    can = bool((values >= 0.0).all() and (weights * values).sum() > 0.0)
    leaning = _leaning(values, weights, rows, along, indicator) if can and along else None
    return Unequal(
        found.type_and_vintage,
        indicator.code,
        within,
        int(rows.size),
        int((asked & ~valued).sum()),
        None if base is None else float(base.sum()),
        _end(values, weights, sign=1.0),
        _end(values, weights, sign=-1.0),
        gini(values, weights) if can else None,
        theil(values, weights) if can else None,
        groups,
        int(np.unique(parent[held]).size),
        int((~held).sum()) if groups else 0,
        _parted(values[held], weights[held], parent[held]) if can and groups else None,
        "" if along is None else along.indicator,
        None if leaning is None else leaning[0],
        0 if leaning is None else leaning[1],
        _noise(figures, values, weights),
    )


def _base(figures: list[Figure], indicator: Indicator) -> Floats | None:
    """Give how many each value speaks of, where all say it."""
    held = [figure.denominator for figure in figures]
    if indicator.unit in SURFACES or any(not one or one <= 0.0 for one in held):
        return None
    return np.array(held, dtype=np.float64)


def _end(values: Floats, weights: Floats, *, sign: float) -> End:
    """Find the units with the least values that hold a tenth of all; with -1, the greatest values."""
    ordered = sign * values
    order = np.argsort(ordered, kind="stable")
    counted = np.cumsum(weights[order])
    place = int(np.searchsorted(counted, TENTH * counted[-1] * (1.0 - 1e-12)))
    held = ordered <= ordered[order[place]]
    return End(float(values[order[place]]), float(weights[held].sum()), int(held.sum()))


def _holders(
    kept: Kept, type_and_vintage: str, within: AreaKey | None, rows: Ints
) -> tuple[str, Ints]:
    """Choose what parts the units: the finest type above theirs whose areas hold most of them.

    Returns
    -------
    str
        Empty where there is none.
    (n_units,) int
        The area that holds each; -1 for none.
    """
    own = area_type_of(kept.pack, type_and_vintage).order
    above = -1 if within is None else area_type_of(kept.pack, within.type_and_vintage).order
    orders = {name: area_type_of(kept.pack, name).order for name in kept.pack.area_tables}
    finest = sorted((order, name) for name, order in orders.items() if above < order < own)[::-1]
    for _, name in finest:
        parent = groups_of(kept, type_and_vintage, name)[rows]
        held = parent[parent >= 0]
        if held.size > MOST_HELD * rows.size and np.unique(held).size > 1:
            return name, parent
    return "", np.full(rows.size, -1, dtype=np.int64)


def _parted(values: Floats, weights: Floats, group: Ints) -> Theil | None:
    """Give Theil's indices of units in groups; None where they have nothing."""
    return theil(values, weights, group=group) if (weights * values).sum() > 0.0 else None


def _leaning(
    values: Floats, weights: Floats, rows: Ints, along: TypeFigures, indicator: Indicator
) -> tuple[Concentration, int] | None:
    """Give the concentration of values along another indicator, over units with both."""
    others = [along.figures[row].value for row in rows.tolist()]
    both: Bools = np.array([one is not None for one in others], dtype=np.bool_)
    share = values / 100.0 if indicator.unit == "percent" else values
    if both.sum() < LEAST or (weights * share)[both].sum() <= 0.0:
        return None
    rank = np.array([one for one in others if one is not None], dtype=np.float64)
    return concentration(share[both], rank, weights[both]), int(both.sum())


def _noise(figures: list[Figure], values: Floats, weights: Floats) -> float | None:
    """Give the part of the variance of values that their errors make; None where one is unknown."""
    error, known = errors_of(figures)
    mean = float((weights * values).sum() / weights.sum())
    spread = float((weights * np.square(values - mean)).sum())
    if not known.all() or spread <= 0.0:
        return None
    return min(float((weights * np.square(error)).sum()) / spread, 1.0)
