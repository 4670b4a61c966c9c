"""Two shares of one area read together: how many may be both, and why that is all one can say.

Who is A and who is B were counted apart. That both are many in an area does not say that they are
the same people: the least and the most who may be both follow from the counts of its units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.figures import Figure, Measure
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.units import UnitData
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.joint import Bounds, Ends, bounds_of, bounds_of_all, narrowed
from courtepointe.core.rounding import Z95, rounding_half_width
from courtepointe.core.typing import Floats, Ints

GIVEN = ""


@dataclass(frozen=True, slots=True)
class Joint:
    """Two figures of one area, and the bounds of those who are both.

    Attributes
    ----------
    reason : str
        Empty where there are bounds; else why there are none: ``not_shares``, ``universe`` (the
        two speak of different people), ``same_question`` (two answers to one question),
        ``no_value``, ``protected``, ``no_units`` (no release has both for the area's units).
    low, high : float or None
        Persons (or what the universe is made of).
    low_share, high_share : float or None
        In percent of the base, which is ``base``.
    n_units, n_units_missing : int
        Units bounded one by one; those that lack a cell, of which nothing is said.
    errors_known : bool
        Whether the bounds account for the error of every count.
    """

    first: Figure
    second: Figure
    universe: str
    reason: str
    low: float | None = None
    high: float | None = None
    low_share: float | None = None
    high_share: float | None = None
    base: float | None = None
    n_units: int = 0
    n_units_missing: int = 0
    errors_known: bool = True


@dataclass(frozen=True, slots=True)
class Together:
    """Counts of groups of one area, and the bounds of those who are of all of them at once.

    Attributes
    ----------
    reason : str
        Empty where there are bounds; else why there are none: ``not_counts``, ``unit`` (some are
        counted in people, others in households), ``same_question``, ``no_value``, ``protected``,
        ``no_units``.
    low, high, base : float or None
        In the unit of the counts; ``base`` is all of whom the groups are a part.
    n_units, n_units_missing : int
        Units bounded one by one; those that lack a cell, of which nothing is said.
    """

    figures: tuple[Figure, ...]
    reason: str
    low: float | None = None
    high: float | None = None
    base: float | None = None
    n_units: int = 0
    n_units_missing: int = 0
    errors_known: bool = True


@dataclass(frozen=True, slots=True)
class _Counted:
    """A count in every unit, with its ends there and over all units together."""

    value: Floats
    each: Ends
    together: Ends


@dataclass(frozen=True, slots=True)
class _Whole:
    """The units of an area that have every cell, and how many lack one."""

    units: Ints
    shares: Floats
    n_missing: int
    errors_known: bool


def joint_of(kept: Kept, portrait: Portrait, first: Indicator, second: Indicator) -> Joint:
    """Bound how many are both.

    Parameters
    ----------
    kept : Kept
    portrait : Portrait
    first, second : Indicator

    Returns
    -------
    Joint

    Notes
    -----
    Counts are taken from the one release that has both for the units that stand for the area. Each
    lies between its ends: the publisher's interval, and 4 on both sides where cells are rounded to
    base 5. The bounds by units and those of the area's own sums hold both, and what they have in
    common is given. See ``docs/methods/joint-reading.md``.
    """
    ours, theirs = portrait.figure(first.code), portrait.figure(second.code)
    reason = _reason(kept, first, second, (ours, theirs))
    data = None if reason else _release(kept, portrait, {*first.variables(), *second.variables()})
    if reason or data is None:
        return Joint(ours, theirs, first.universe, reason or "no_units")
    read = {code for one in (first, second) for code in (*one.numerator, *one.denominator)}
    whole = _whole(kept, portrait, data, read)
    if not whole.units.size:
        return Joint(ours, theirs, first.universe, "no_units")
    units, shares = whole.units, whole.shares
    a, b = (_counted(data, one.numerator, units, shares) for one in (first, second))
    bases = [_counted(data, one.denominator, units, shares) for one in (first, second)]
    base = bases[0] if first.denominator == second.denominator else _wider(*bases)
    by_units = bounds_of(a.each, b.each, base.each, shares=shares)
    by_sums = bounds_of(a.together, b.together, base.together, shares=np.ones(1))
    bounds = narrowed(by_units, by_sums) or by_sums
    people = float((base.value * shares).sum())
    return _told(
        Joint(ours, theirs, first.universe, GIVEN, n_units=units.size,
              n_units_missing=whole.n_missing, errors_known=whole.errors_known),
        bounds, people,
    )  # fmt: skip


def together_of(
    kept: Kept, portrait: Portrait, some: Sequence[Indicator], base: Indicator
) -> Together:
    """Bound how many are of all groups at once, each counted by itself.

    Parameters
    ----------
    kept : Kept
    portrait : Portrait
    some : sequence of Indicator
        Counts of persons, or of households.
    base : Indicator
        The count of all: it holds every group, whatever universe each was asked of.

    Returns
    -------
    Together

    Notes
    -----
    As `joint_of`, with the bounds of Fréchet for as many groups as there are. Groups that were asked
    of different universes are bounded within the widest, which holds them all: the bounds are then
    wider, and hold. See ``docs/methods/joint-reading.md``.
    """
    figures = tuple(portrait.figure(one.code) for one in some)
    wanted = {code for one in (*some, base) for code in one.numerator}
    reason = _reason_of_counts(kept, some, base, figures)
    data = None if reason else _release(kept, portrait, wanted)
    if reason or data is None:
        return Together(figures, reason or "no_units")
    whole = _whole(kept, portrait, data, wanted)
    if not whole.units.size:
        return Together(figures, "no_units")
    units, shares = whole.units, whole.shares
    counted = [_counted(data, one.numerator, units, shares) for one in some]
    every = _counted(data, base.numerator, units, shares)
    by_units = bounds_of_all([one.each for one in counted], every.each, shares=shares)
    sums = [one.together for one in counted]
    by_sums = bounds_of_all(sums, every.together, shares=np.ones(1))
    bounds = narrowed(by_units, by_sums) or by_sums
    people = float((every.value * shares).sum())
    return Together(
        figures, GIVEN, bounds.low, min(bounds.high, people), people, units.size,
        whole.n_missing, whole.errors_known,
    )  # fmt: skip


def _reason_of_counts(
    kept: Kept, some: Sequence[Indicator], base: Indicator, figures: Sequence[Figure]
) -> str:
    """Say why there can be no bounds; empty where there can."""
    if any(one.measure is not Measure.COUNT or not one.numerator for one in (*some, base)):
        return "not_counts"
    if {one.unit for one in some} != {base.unit}:
        return "unit"
    questions = [one.dimension for one in some if one.dimension is not None]
    if len(questions) != len(set(questions)):
        return "same_question"
    if _guarded(kept, figures):
        return "protected"
    return "no_value" if any(figure.value is None for figure in figures) else GIVEN


def _told(joint: Joint, bounds: Bounds, people: float) -> Joint:
    share = 100.0 / people if people > 0.0 else 0.0
    return Joint(
        joint.first,
        joint.second,
        joint.universe,
        GIVEN if people > 0.0 else "no_value",
        bounds.low,
        min(bounds.high, people),
        min(bounds.low * share, 100.0),
        min(bounds.high * share, 100.0),
        people,
        joint.n_units,
        joint.n_units_missing,
        joint.errors_known,
    )


def of_a_whole(indicator: Indicator) -> bool:
    """Whether it is a part of a count in percent, as both of two read together must be."""
    return (
        indicator.measure in (Measure.SHARE, Measure.RATE)
        and indicator.aggregation == "ratio_of_sums"
        and indicator.unit == "percent"
    )


def _reason(kept: Kept, first: Indicator, second: Indicator, figures: tuple[Figure, Figure]) -> str:
    """Say why there can be no bounds; empty where there can."""
    if not (of_a_whole(first) and of_a_whole(second)) or first.code == second.code:
        return "not_shares"
    if first.universe != second.universe:
        return "universe"
    if first.dimension is not None and first.dimension == second.dimension:
        return "same_question"
    if _guarded(kept, figures):
        return "protected"
    return "no_value" if any(figure.value is None for figure in figures) else GIVEN


def _guarded(kept: Kept, figures: Sequence[Figure]) -> bool:
    guarded = {r.code for r in kept.pack.recipe.releases if r.protection is not None}
    return any(figure.release in guarded for figure in figures)


def _release(kept: Kept, portrait: Portrait, wanted: set[str]) -> UnitData | None:
    for data in kept.data_on(portrait.fit.unit_type):
        if data.release.protection is None and wanted <= set(data.rows):
            return data
    return None


def _whole(kept: Kept, portrait: Portrait, data: UnitData, variables: set[str]) -> _Whole:
    """Keep the units of an area that have every cell of some variables."""
    units, shares = _units(kept, portrait)
    cells = np.array(sorted({data.rows[code] for code in variables}))
    whole = data.block.known[np.ix_(cells, units)].all(axis=0)
    lacking = data.block.lacking[np.ix_(cells, units[whole])].any()
    return _Whole(units[whole], shares[whole], int((~whole).sum()), not lacking)


def _units(kept: Kept, portrait: Portrait) -> tuple[Ints, Floats]:
    codes = kept.units(portrait.fit.unit_type).table.codes
    at = {code: place for place, code in enumerate(codes)}
    places = [at[code] for code in portrait.fit.unit_codes]
    return np.array(places, dtype=np.int64), np.array(portrait.fit.unit_shares, dtype=np.float64)


def _counted(data: UnitData, variables: tuple[str, ...], units: Ints, shares: Floats) -> _Counted:
    """Add up the cells of a count in each unit, and over all of them, with its ends."""
    rows = [data.rows[code] for code in variables]
    value = data.block.values[np.ix_(np.array(rows), units)].sum(axis=0)
    variance = data.block.variance[np.ix_(np.array(rows), units)]
    rounded = [int(data.block.rounded_to[row]) for row in rows]
    off = float(sum(base - 1 for base in rounded if base > 1))
    half = Z95 * np.sqrt(variance.sum(axis=0)) + off
    n_cells = sum(1 for base in rounded if base > 1) * units.size
    base = max(rounded)
    spread = float((variance * np.square(shares)).sum())
    rounding = rounding_half_width(n_cells, base=base) if base > 1 else 0.0
    whole = np.array([float((value * shares).sum())])
    wide = np.sqrt(Z95 * Z95 * spread + rounding * rounding)
    return _Counted(value, _ends(value, half), _ends(whole, np.array([wide])))


def _ends(value: Floats, half: Floats) -> Ends:
    return Ends(np.maximum(value - half, 0.0), np.maximum(value + half, 0.0))


def _wider(one: _Counted, other: _Counted) -> _Counted:
    """Take the larger of two bases in every unit: the least who are both is then never too high."""
    each, together = (
        Ends(np.maximum(a.low, b.low), np.maximum(a.high, b.high))
        for a, b in ((one.each, other.each), (one.together, other.together))
    )
    return _Counted(np.maximum(one.value, other.value), each, together)
