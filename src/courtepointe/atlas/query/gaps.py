"""Two ways to the same quantity, and what lies between them: shown, never hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.answers import Asking, answers
from courtepointe.atlas.query.areas import area_table, found_key
from courtepointe.atlas.query.fit import Members, exact_members
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.subjects import official_subject
from courtepointe.atlas.query.values import AreaKey, Gap
from courtepointe.atlas.recipe.values import Indicator, Reconciliation, Words
from courtepointe.core.errors import NoAnswer, NotFound

OUTSIDE = "people_outside_division"
OUTSIDE_NAME = Words(
    "Personnes du territoire de comparaison et personnes dans l’un ou l’autre des territoires du découpage",
    "People of the area of comparison, and people in any area of the division",
)


def reconciled(kept: Kept, key: AreaKey | None, *, method: FitMethod) -> tuple[Gap, ...]:
    """Give the recipe's reconciliations that concern an area, or all of them.

    Notes
    -----
    The page of an area of comparison also says how many of its people live in no area of the home
    division.
    """
    found = [
        _reconciled(kept, one, key, method=method)
        for one in kept.pack.recipe.reconciliations
        if key is None or one.area in (str(key), key.type_and_vintage)
    ]
    cities = kept.pack.recipe.cities
    if cities and (key is None or str(key) == cities[0]):
        found.append(outside_division(kept, kept.pack.recipe.home, method=method))
    return tuple(found)


def _reconciled(kept: Kept, one: Reconciliation, key: AreaKey | None, *, method: FitMethod) -> Gap:
    asking = _asking(kept, one.area, method=method)
    figure = _figure(kept, asking, one.indicator)
    return _gap(one.code, one.name, figure, _figure(kept, asking, one.against))


def _gap(code: str, name: Words, figure: Figure, against: Figure) -> Gap:
    known = figure.value is not None and against.value is not None
    gap = figure.value - against.value if known else None  # type: ignore[operator]
    return Gap(code=code, name=name, figure=figure, against=against, gap=gap)


def _asking(kept: Kept, area: str, *, method: FitMethod) -> Asking:
    """Ask about one area, or about all areas of a type together."""
    if area.count(":") >= 2:
        key = found_key(kept.pack, AreaKey.parse(area))
        return official_subject(kept, key, method=method).asking
    return together(kept, area_table(kept.pack, area).type_and_vintage, method=method)


def together(kept: Kept, type_and_vintage: str, *, method: FitMethod) -> Asking:
    """Ask about all areas of a type as if they were one: each unit counts once at most."""
    types = kept.unit_types_under(type_and_vintage)

    def members_on(unit_type: str) -> list[Members | None]:
        return [_united(kept, unit_type, type_and_vintage, method)]

    shapes = kept.pack.area_tables[type_and_vintage].shapes
    return Asking(shapes[:1], types, members_on)


def _united(kept: Kept, unit_type: str, area_type: str, method: FitMethod) -> Members:
    if unit_type == area_type:
        units = kept.units(unit_type)
        return exact_members(units, np.arange(len(units.table), dtype=np.int64))
    inside = 1.0 - kept.division(unit_type, area_type, method).outside
    counted = np.flatnonzero(inside > 0.0).astype(np.int64)
    first = kept.division(unit_type, area_type, method).members[0]
    fit = replace(
        first.fit,
        method=method,
        unit_codes=kept.units(unit_type).codes(counted),
        unit_shares=tuple(inside[counted].tolist()),
        inside_shares=tuple(inside[counted].tolist()),
        out_codes=(),
    )
    return Members(fit, counted, inside[counted])


def _figure(kept: Kept, asking: Asking, code: str) -> Figure:
    return answers(kept, asking, [_indicator(kept, code)])[0][0]


def _indicator(kept: Kept, code: str) -> Indicator:
    for indicator in kept.pack.recipe.indicators:
        if indicator.code == code:
            return indicator
    raise NotFound("unknown_indicator", value=code)


def outside_division(kept: Kept, type_and_vintage: str, *, method: FitMethod) -> Gap:
    """Put the people of the first comparator's area beside those in any area of a type.

    Raises
    ------
    NoAnswer
        ``no_comparator`` where the recipe compares with nothing, or has no count of people.
    """
    recipe = kept.pack.recipe
    people = next(
        (
            i
            for i in recipe.indicators
            if i.aggregation == "sum" and i.numerator == (recipe.fit.people,)
        ),
        None,
    )
    if not recipe.cities or people is None:
        raise NoAnswer("no_comparator", area_type=type_and_vintage)
    against = _figure(kept, _asking(kept, recipe.cities[0], method=method), people.code)
    figure = _figure(kept, together(kept, type_and_vintage, method=method), people.code)
    return _gap(OUTSIDE, OUTSIDE_NAME, figure, against)
