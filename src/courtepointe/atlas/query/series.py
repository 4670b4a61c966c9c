"""A portrait through time: every figure again, from the releases of other periods.

All points speak of the same ground: the units that stand for the area in the portrait. Data on units
of another vintage come over by a declared correspondence, which says the part of each older unit that
lies in the area; two vintages are never joined by their codes alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.values import CorrespondenceTable
from courtepointe.atlas.query.answers import Asking, answers
from courtepointe.atlas.query.division import WHOLE, division_spread, older_shares, widened
from courtepointe.atlas.query.fit import Members, members_of
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.plan import BANDED, PLACES, PUBLISHED_ONLY
from courtepointe.atlas.query.series_values import (
    BreakKind,
    Carried,
    Series,
    SeriesBreak,
    SeriesChange,
    SeriesPoint,
)
from courtepointe.atlas.query.surfaces import without_surfaces
from courtepointe.atlas.query.units import UnitSet
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.aggregate import COVERAGE_CAUTION, COVERAGE_LEAST
from courtepointe.core.change import change
from courtepointe.core.compare import Estimate
from courtepointe.core.errors import NoAnswer
from courtepointe.core.fit import Chosen
from courtepointe.core.typing import Floats, Ints


@dataclass(frozen=True, slots=True)
class _Era:
    """The releases of one period on one type of units."""

    period: str
    unit_type: str
    releases: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Ground:
    """The area on the units of an era.

    Attributes
    ----------
    members : Members
    joined : float, 0 to 1
        Part of the area's people who live in units that the correspondence speaks of.
    spread : (n_units,) float or None
        What the division of each unit adds to a variance (see `division_spread`).
    """

    members: Members
    joined: float
    carried: Carried
    correspondence: str | None
    spread: Floats | None = None


def series_of(
    kept: Kept, portrait: Portrait, indicators: Sequence[Indicator] | None = None
) -> dict[str, Series]:
    """Give the series of a portrait's figures, all of them at once.

    Parameters
    ----------
    kept : Kept
    portrait : Portrait
        Its fit is the chosen geography, its figures are the points of their own periods.
    indicators : sequence of Indicator, optional
        Those wanted; all where none are named.

    Returns
    -------
    dict of indicator -> Series
        Of the indicators that something may be said of; with one point where there is no past.
    """
    wanted = [
        indicator
        for indicator in (kept.pack.recipe.indicators if indicators is None else indicators)
        if indicator.aggregation not in (PLACES, PUBLISHED_ONLY)
    ]
    points: dict[str, list[SeriesPoint]] = {indicator.code: [] for indicator in wanted}
    now = {figure.indicator: figure for figure in portrait.figures}
    for era in _eras(kept, portrait.fit.unit_type):
        asked = [one for one in wanted if _is_past(now[one.code], era)]
        ground = _ground(kept, portrait, era) if asked else None
        if ground is None:
            continue
        if ground.carried is Carried.SPLIT_UNITS:
            asked = without_surfaces(kept.pack.recipe, asked)
        figures = answers(kept, _asking(kept, portrait, era, ground), asked)[0]
        for indicator, figure in zip(asked, figures, strict=True):
            if figure.release in era.releases:
                told = widened(kept, indicator, figure, ground.members, ground.spread)
                points[indicator.code].append(_point(era, ground, told))
    alike = _alike(kept, portrait, wanted, points)
    return {
        one.code: _series(kept, portrait, one, points[one.code], alike.get(one.code, now[one.code]))
        for one in wanted
    }


def refuse_unjoined(kept: Kept, on: str, indicator: Indicator) -> None:
    """Refuse a question through time that only a missing correspondence leaves without a past.

    Raises
    ------
    NoAnswer
        ``no_correspondence``, naming what is not joined and what is.
    """
    tables = kept.pack.release_tables
    joined = {older for older, newer in kept.pack.correspondences if newer == on}
    for _, unit_type in sorted(tables):
        same_kind = unit_type.partition(":")[0] == on.partition(":")[0]
        if not same_kind or unit_type == on or unit_type in joined:
            continue
        if any(indicator in asked.indicators for asked in kept.plan((unit_type,)).asked):
            raise NoAnswer(
                "no_correspondence",
                from_type=unit_type,
                to_type=on,
                expected=", ".join(sorted(joined)) or "—",
            )


def _eras(kept: Kept, on: str) -> tuple[_Era, ...]:
    """Give the periods that can be told on a geography, the earliest first."""
    reachable = {on} | {older for older, newer in kept.pack.correspondences if newer == on}
    found: dict[tuple[str, str], set[str]] = {}
    for release in kept.pack.recipe.releases:
        for unit_type in reachable if not release.custom_tabulation else ():
            if (release.code, unit_type) in kept.pack.release_tables:
                found.setdefault((release.period, unit_type), set()).add(release.code)
    return tuple(
        _Era(period, unit_type, frozenset(releases))
        for (period, unit_type), releases in sorted(found.items())
    )


def _is_past(now: Figure, era: _Era) -> bool:
    """Whether an era may have another point than the portrait's own."""
    return now.period is not None and now.period != era.period


def _ground(kept: Kept, portrait: Portrait, era: _Era) -> _Ground | None:
    """Find the area on the units of an era; None where none of them stands for it."""
    fit = portrait.fit
    units = kept.units(fit.unit_type)
    at = _positions(kept, fit.unit_type)
    places = np.array([at[code] for code in fit.unit_codes], dtype=np.int64)
    shares = np.array(fit.unit_shares)
    if era.unit_type == fit.unit_type:
        return _Ground(Members(fit, places, shares), 1.0, Carried.OWN_UNITS, None)
    table = kept.pack.correspondences[era.unit_type, fit.unit_type]
    parts = older_shares(table, places, shares, n_newer=len(units.table))
    older = kept.units(era.unit_type)
    inside = np.flatnonzero(parts[: len(older.table)] > 0.0)
    if inside.size == 0:
        return None
    members = _older_members(older, inside, parts[inside])
    carried = Carried.SPLIT_UNITS if members.split else Carried.SAME_LIMITS
    spread = division_spread(table, places, shares, n_newer=len(units.table))[inside]
    joined = _joined(units, places, shares, table)
    return _Ground(members, joined, carried, table.method, spread)


def _positions(kept: Kept, unit_type: str) -> Mapping[str, int]:
    codes = kept.pack.area_tables[unit_type].codes
    return kept.once(
        ("positions", unit_type), lambda: {code: place for place, code in enumerate(codes)}
    )


def _older_members(units: UnitSet, inside: Ints, parts: Floats) -> Members:
    whole = bool((parts == 1.0).all())
    none = np.zeros(0, dtype=np.int64)
    method = FitMethod.EXACT if whole else FitMethod.AS_DRAWN
    return members_of(units, Chosen(inside, parts, parts, none), covered=1.0, method=method)


def _joined(units: UnitSet, places: Ints, shares: Floats, table: CorrespondenceTable) -> float:
    """Give the part of the area's people in units that came from somewhere."""
    people = units.weighing(places) * shares
    known = np.isin(places, table.to_position[table.share > 0.0])
    everyone = float(people.sum())
    if everyone <= 0.0:
        return float(known.mean()) if known.size else 0.0
    return float(people[known].sum()) / everyone


def _asking(kept: Kept, portrait: Portrait, era: _Era, ground: _Ground) -> Asking:
    """Ask the releases of an era; a unit that stayed itself may have a row of its own."""
    own_type, rows = _own_row(kept, portrait, era, ground)
    return Asking(
        shapes=np.array([None], dtype=object),
        unit_types=(era.unit_type,),
        members_on=lambda unit_type: [ground.members if unit_type == era.unit_type else None],
        own_type=own_type,
        own_rows=rows,
        releases=era.releases,
    )


def _own_row(
    kept: Kept, portrait: Portrait, era: _Era, ground: _Ground
) -> tuple[str | None, tuple[int, ...]]:
    key = portrait.area.key
    if key is None:
        return None, ()
    if era.unit_type == portrait.fit.unit_type:
        at = _positions(kept, key.type_and_vintage)
        return key.type_and_vintage, (at[key.code],)
    alone = ground.members.units.size == 1 and not ground.members.split
    if alone and key.type_and_vintage == portrait.fit.unit_type:
        return era.unit_type, (int(ground.members.units[0]),)
    return None, ()


def _point(era: _Era, ground: _Ground, figure: Figure) -> SeriesPoint:
    told = _less_joined(figure, ground.joined)
    return SeriesPoint(era.period, era.unit_type, told, ground.carried, ground.correspondence)


def _less_joined(figure: Figure, joined: float) -> Figure:
    """Lower the coverage by the people whose units came from nowhere; too few: no value."""
    if joined >= 1.0 - WHOLE or figure.coverage is None:
        return figure
    coverage = figure.coverage * joined
    if not figure.status.has_value or coverage >= COVERAGE_CAUTION - WHOLE:
        return replace(figure, coverage=coverage)
    if coverage >= COVERAGE_LEAST - WHOLE:
        cautions = tuple(dict.fromkeys((*figure.cautions, "partial_coverage")))
        return replace(figure, coverage=coverage, cautions=cautions)
    return replace(
        figure,
        value=None,
        low=None,
        high=None,
        status=Status.NOT_AVAILABLE,
        method=Method.NOT_COMPUTED,
        uncertainty=Uncertainty.NONE,
        coverage=coverage,
        numerator=None,
        denominator=None,
        cautions=(),
    )


_RECOMPUTED: Mapping[str, tuple[Method, ...]] = {
    "sum": (Method.CUSTOM_TABULATION,),
} | dict.fromkeys(
    ("ratio_of_sums", "weighted_mean", *BANDED), (Method.PUBLISHED, Method.CUSTOM_TABULATION)
)
"""What is computed again from units beside a computed past: a rate is published with one decimal,
a median read in bands is not the publisher's, and a custom tabulation follows other limits than
units do."""


def _alike(
    kept: Kept,
    portrait: Portrait,
    wanted: Sequence[Indicator],
    points: Mapping[str, list[SeriesPoint]],
) -> dict[str, Figure]:
    """Compute the present again from units where the past is, so that the two are alike."""
    now = {figure.indicator: figure for figure in portrait.figures}
    other = [
        one
        for one in wanted
        if now[one.code].method in _RECOMPUTED.get(one.aggregation, ())
        and any(_computed(point.figure) for point in points[one.code])
    ]
    if not other:
        return {}
    fit = portrait.fit
    periods = {now[one.code].period for one in other}
    found: dict[str, Figure] = {}
    for era in _eras(kept, fit.unit_type):
        if era.unit_type == fit.unit_type and era.period in periods:
            ground = _ground(kept, portrait, era)
            assert ground is not None
            asking = replace(_asking(kept, portrait, era, ground), own_type=None, own_rows=())
            for figure in answers(kept, asking, other)[0]:
                if figure.status.has_value and figure.period == now[figure.indicator].period:
                    found[figure.indicator] = figure
    return found


def _computed(figure: Figure) -> bool:
    own = (Method.PUBLISHED, Method.CUSTOM_TABULATION)
    return figure.status.has_value and figure.method not in own


def _series(
    kept: Kept, portrait: Portrait, indicator: Indicator, past: list[SeriesPoint], now: Figure
) -> Series:
    on = portrait.fit.unit_type
    points = list(past)
    if now.period is not None:
        points.append(SeriesPoint(now.period, on, now, Carried.OWN_UNITS))
    points.sort(key=lambda point: (point.period, point.unit_type))
    points = _one_each(points)
    breaks: list[SeriesBreak] = []
    changes: list[SeriesChange] = []
    stated = [point for point in points if point.figure.status.has_value]
    for before, after in itertools.pairwise(stated):
        between = _breaks(kept, before, after)
        breaks += between
        if all(one.comparable for one in between):
            changes += _change(indicator, before, after)
    return Series(now.indicator, on, tuple(points), tuple(breaks), tuple(changes))


def _one_each(points: list[SeriesPoint]) -> list[SeriesPoint]:
    """Keep one point a period: that on the series' own units, else the first with a value."""
    best: dict[str, SeriesPoint] = {}
    for point in points:
        held = best.get(point.period)
        better = held is not None and (
            (point.figure.status.has_value, point.carried is Carried.OWN_UNITS)
            > (held.figure.status.has_value, held.carried is Carried.OWN_UNITS)
        )
        if held is None or better:
            best[point.period] = point
    return list(best.values())


def _breaks(kept: Kept, before: SeriesPoint, after: SeriesPoint) -> list[SeriesBreak]:
    code, periods = before.figure.indicator, (before.period, after.period)
    found = [
        SeriesBreak(BreakKind(one.kind), *periods, comparable=one.comparable, words=one.words)
        for one in kept.pack.recipe.breaks
        if (one.before, one.after) == (before.figure.release, after.figure.release)
        and (code in one.indicators or "*" in one.indicators)
    ]
    ranged = Method.RANGE_OF_MEDIANS
    if (before.figure.method is ranged) is not (after.figure.method is ranged):
        found.append(SeriesBreak(BreakKind.METHOD, *periods, comparable=False))
    if Carried.SPLIT_UNITS in (before.carried, after.carried):
        found.append(SeriesBreak(BreakKind.LIMITS, *periods, comparable=True))
    return found


def _change(indicator: Indicator, before: SeriesPoint, after: SeriesPoint) -> list[SeriesChange]:
    first, second = _estimate(indicator, before), _estimate(indicator, after)
    if first is None or second is None:
        return []
    unit = "points" if after.figure.unit == "percent" else after.figure.unit
    return [SeriesChange(before.period, after.period, unit, change(first, second))]


def change_over(
    indicator: Indicator, series: Series, before: str, after: str
) -> SeriesChange | None:
    """Give the change between any two periods of a series; None where they may not be subtracted."""
    points = {point.period: point for point in series.points}
    parted = any(
        not one.comparable and before <= one.before and one.after <= after for one in series.breaks
    )
    if parted or before not in points or after not in points:
        return None
    return next(iter(_change(indicator, points[before], points[after])), None)


def _estimate(indicator: Indicator, point: SeriesPoint) -> Estimate | None:
    """Take a point's value with its error.

    A full count of a split unit is no longer exact. Means are published with few decimals: half
    of the last one, which no mean of them can exceed, is added to both ends.
    """
    figure = point.figure
    if figure.value is None:
        return None
    if point.carried is Carried.SPLIT_UNITS and figure.uncertainty is Uncertainty.UNKNOWN:
        return Estimate(figure.value)
    exact = figure.uncertainty is Uncertainty.NONE and figure.low is None
    if indicator.aggregation == "weighted_mean" and figure.uncertainty is not Uncertainty.UNKNOWN:
        printed = 0.5 * 10.0**-indicator.decimals
        low = figure.value if figure.low is None else figure.low
        high = figure.value if figure.high is None else figure.high
        return Estimate(figure.value, low - printed, high + printed)
    return Estimate(figure.value, figure.low, figure.high, exact=exact)
