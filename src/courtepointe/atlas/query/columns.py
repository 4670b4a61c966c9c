"""One indicator over all areas of a type as columns: what a map shades, for a country in an instant.

The same answers as `answers` gives figure by figure. Areas that a release has a row for are read
in one go; the others, and whatever a protected release says, go the long way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.atlas.figures import Figure, Status, Uncertainty
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.values import FLAG_NO_ROW, STATUS_CODE
from courtepointe.atlas.query.answers import FINAL, Asking, answers
from courtepointe.atlas.query.direct import own_variable
from courtepointe.atlas.query.fit import Members
from courtepointe.atlas.query.kept import Kept
from courtepointe.atlas.query.plan import PLACES, quantity_of
from courtepointe.atlas.query.protected import guards
from courtepointe.atlas.query.subjects import type_asking
from courtepointe.atlas.query.units import WITH_VALUE, UnitData
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.aggregate import (
    Answer,
    Estimates,
    Quantity,
    Rule,
    estimate_areas,
    membership,
)
from courtepointe.core.aggregate.estimates import ANSWERS
from courtepointe.core.intervals import UNCERTAINTIES
from courtepointe.core.intervals import Uncertainty as Accounted
from courtepointe.core.rounding import rounding_half_width
from courtepointe.core.typing import Bools, Codes, Floats, Ints

FINAL_CODES = np.array([STATUS_CODE[status] for status in FINAL], dtype=np.uint8)
UNKNOWN = UNCERTAINTIES.index(
    next(u for u in UNCERTAINTIES if u.value == Uncertainty.UNKNOWN.value)
)

NOTHING_KNOWN = ANSWERS.index(Answer.NOTHING_KNOWN)
EXACT = UNCERTAINTIES.index(Accounted.NONE)


@dataclass(frozen=True, slots=True)
class TypeColumns:
    """The figures of a type, one array for each part of them.

    Attributes
    ----------
    codes : (n_areas,) tuple of str
        In the order of the area table.
    status : (n_areas,) uint8
        Positions in `STATUS_ORDER`.
    value, low, high : (n_areas,) float, unit of the indicator
        NaN where there is none.
    error_known : (n_areas,) bool
        False where a value comes from a sample whose error nobody published.
    period : str
        Of the latest figure with a value; empty where none has one.
    sources : tuple of str
        Codes of those that the values are from.
    """

    type_and_vintage: str
    indicator: str
    codes: tuple[str, ...]
    status: Codes
    value: Floats
    low: Floats
    high: Floats
    error_known: Bools
    period: str = ""
    sources: tuple[str, ...] = ()

    @property
    def has_value(self) -> Bools:
        """Where something is stated."""
        return np.isin(self.status, WITH_VALUE)


@dataclass(slots=True)
class _Filling:
    """Columns while they are being filled."""

    status: Codes
    value: Floats
    low: Floats
    high: Floats
    error_known: Bools
    asked: Bools
    """Where a publisher's own word stands."""

    @classmethod
    def empty(cls, n_areas: int) -> _Filling:
        none = np.full(n_areas, np.nan)
        status = np.full(n_areas, STATUS_CODE[Status.NOT_AVAILABLE], dtype=np.uint8)
        return cls(status, none, none.copy(), none.copy(), np.ones(n_areas, np.bool_),
                   np.zeros(n_areas, np.bool_))  # fmt: skip

    def take(self, other: _Filling, where: Bools) -> None:
        """Take over some rows of other columns."""
        for name in ("status", "value", "low", "high", "error_known"):
            getattr(self, name)[where] = getattr(other, name)[where]


def columns_of(kept: Kept, type_and_vintage: str, indicator: Indicator) -> TypeColumns:
    """Give an indicator over all areas of a type.

    Parameters
    ----------
    kept : Kept
    type_and_vintage : str
    indicator : Indicator

    Returns
    -------
    TypeColumns
        What `answers` says of each area.
    """
    codes = kept.pack.area_tables[type_and_vintage].codes
    found = _Filling.empty(len(codes))
    origins: dict[tuple[str, str], None] = {}
    if not guards(kept) and indicator.aggregation != PLACES:
        for data in kept.data_on(type_and_vintage):
            if _read(data, indicator, found):
                origins[data.release.period or "", data.release.source] = None
        _read_themselves(kept, type_and_vintage, indicator, found)
    rest = np.flatnonzero(~found.asked)
    if rest.size:
        told = _long_way(kept, type_and_vintage, indicator, rest)
        _write(found, rest, told)
        for figure in told:
            if figure.status.has_value:
                origins |= {(figure.period or "", source): None for source in figure.sources}
    return TypeColumns(
        type_and_vintage, indicator.code, codes, found.status, found.value, found.low, found.high,
        found.error_known, max((period for period, _ in origins), default=""),
        tuple(dict.fromkeys(source for _, source in origins)),
    )  # fmt: skip


def _long_way(kept: Kept, type_and_vintage: str, indicator: Indicator, rest: Ints) -> list[Figure]:
    """Ask figure by figure about some of the areas."""
    asking = type_asking(kept, type_and_vintage, method=FitMethod.BEST_FIT)
    if rest.size < len(asking.own_rows):
        asking = _some_of(asking, rest)
    return [figures[0] for figures in answers(kept, asking, [indicator])]


def _some_of(asking: Asking, rest: Ints) -> Asking:
    every = asking.members_on

    def members_on(unit_type: str) -> Sequence[Members | None]:
        held = every(unit_type)
        return [held[place] for place in rest.tolist()]

    rows = tuple(asking.own_rows[place] for place in rest.tolist())
    return replace(asking, shapes=asking.shapes[rest], members_on=members_on, own_rows=rows)


def _read_themselves(
    kept: Kept, type_and_vintage: str, indicator: Indicator, found: _Filling
) -> None:
    """Say of units that are asked as areas why they have nothing.

    The long way asks such an area as its own and only unit, or as the larger one that it makes up
    alone. Here all that have no value either way are told from those that may have one.
    """
    asking = type_asking(kept, type_and_vintage, method=FitMethod.BEST_FIT)
    if asking.unit_types != (type_and_vintage,):
        return
    plan = kept.plan(asking.unit_types)
    chances = [
        (asked.release, quantity)
        for asked in (*plan.asked, *plan.ranges)
        for one, quantity in zip(asked.indicators, asked.quantities, strict=True)
        if one.code == indicator.code
    ]
    rest = np.flatnonzero(~found.asked)
    reason = np.full(rest.size, STATUS_CODE[plan.nothing[indicator.code].status], np.uint8)
    nothing = np.ones(rest.size, np.bool_)
    for place, (release, quantity) in enumerate(chances):
        data = kept.data(release, type_and_vintage)
        for level in kept.levels(release, type_and_vintage):
            parent = level.nesting.parent[rest]
            nothing &= (parent < 0) | (level.nesting.n_children[parent] != 1)
        nothing &= _alone(data, quantity, rest).answer[:, 0] == NOTHING_KNOWN
        if place == 0:
            reason = _reasons(data, quantity, rest)
    found.status[rest[nothing]] = reason[nothing]
    found.asked[rest[nothing]] = True


def _write(found: _Filling, places: Ints, figures: Iterable[Figure]) -> None:
    for place, figure in zip(places.tolist(), figures, strict=True):
        found.status[place] = STATUS_CODE[figure.status]
        found.error_known[place] = figure.uncertainty is not Uncertainty.UNKNOWN
        for column, number in (
            (found.value, figure.value),
            (found.low, figure.low),
            (found.high, figure.high),
        ):
            column[place] = np.nan if number is None else number


def _read(data: UnitData, indicator: Indicator, found: _Filling) -> bool:
    """Read all rows of one release where none before it states a value; say if it stated any."""
    n_areas = found.status.size
    quantity = quantity_of(indicator, data.rows)
    variable = own_variable(indicator, data)
    here = _Filling.empty(n_areas)
    there = np.zeros(n_areas, np.bool_)
    if variable is not None:
        there = ~_no_row(data.flags[data.rows[variable]])
        here.take(_published(data, indicator, variable, quantity), there)
    if quantity is not None:
        no_row = _no_row(data.flags[list(quantity.variables)]).all(axis=0)
        computed = ~there & ~no_row
        _compute(data, quantity, here, np.flatnonzero(computed))
        there |= computed
    states = there & np.isin(here.status, WITH_VALUE)
    final = there & np.isin(here.status, FINAL_CODES)
    stated = np.isin(found.status, WITH_VALUE) & found.asked
    new = final & ~stated & (states | ~found.asked)
    found.take(here, new)
    found.asked |= new
    return bool((new & states).any())


def _no_row(flags: Codes) -> Bools:
    return np.asarray(flags & FLAG_NO_ROW, np.bool_)


def _alone(data: UnitData, quantity: Quantity, places: Ints) -> Estimates:
    """Compute a quantity on the one unit that each of some areas is."""
    n, one = places.size, np.arange(places.size)
    alone = membership(area=one, unit=one, share=np.ones(n), n_areas=n, n_units=n)
    variables = sorted(set(quantity.variables))
    block = data.block.narrowed(np.array(variables), places)
    quantity = quantity.on({variable: place for place, variable in enumerate(variables)})
    return estimate_areas(block, [quantity], membership=alone)


def _published(
    data: UnitData, indicator: Indicator, variable: str, quantity: Quantity | None
) -> _Filling:
    """State the publisher's own values with the publisher's intervals, else those of rounding."""
    place = data.rows[variable]
    known = data.block.known[place]
    made = _Filling.empty(known.size)
    made.status[:] = np.where(known, STATUS_CODE[Status.PUBLISHED], data.status[place])
    made.value[known] = data.table.values[place][known]
    low, high = (np.asarray(t[place], np.float64) for t in (data.table.low, data.table.high))
    own = known & np.isfinite(low) & np.isfinite(high)
    made.low[own], made.high[own] = low[own], high[own]
    rest = known & ~own
    declared = data.declared.get(variable)
    if declared is not None and declared.sampled:
        made.error_known[rest] = False
    elif declared is not None and declared.rounded_to > 1:
        half = rounding_half_width(1, base=declared.rounded_to)
        value = made.value[rest]
        made.low[rest] = np.maximum(value - half, np.minimum(0.0, value))
        made.high[rest] = value + half
    elif quantity is not None and quantity.rule is Rule.RATIO_OF_SUMS and rest.any():
        ceiling = 100.0 if indicator.unit == "percent" else np.inf
        _of_parts(made, data, quantity, np.flatnonzero(rest), ceiling)
    return made


def _of_parts(
    made: _Filling, data: UnitData, quantity: Quantity, places: Ints, ceiling: float
) -> None:
    """Give values published without an interval that of the two cells they were computed from."""
    estimates = _alone(data, quantity, places)
    parts = estimates.has_parts[:, 0]
    unknown = parts & (estimates.uncertainty[:, 0] == UNKNOWN)
    made.error_known[places[unknown]] = False
    some = parts & (estimates.uncertainty[:, 0] != EXACT) & estimates.has_half_width[:, 0]
    value, half = made.value[places[some]], estimates.half_width[some, 0]
    made.low[places[some]] = np.maximum(value - half, np.minimum(0.0, value))
    made.high[places[some]] = np.minimum(value + half, np.maximum(ceiling, value))


def _reasons(data: UnitData, quantity: Quantity, places: Ints) -> Codes:
    """Say why areas lack a value: the status of the first cell that is not there."""
    status = np.full(places.size, STATUS_CODE[Status.NOT_AVAILABLE], dtype=np.uint8)
    unsaid = np.ones(places.size, np.bool_)
    for variable in quantity.variables:
        lacking = unsaid & ~data.block.known[variable, places]
        status[lacking] = data.status[variable, places[lacking]]
        unsaid &= ~lacking
    return status


def _compute(data: UnitData, quantity: Quantity, made: _Filling, places: Ints) -> None:
    """Divide the parts that a release has for some areas."""
    if places.size == 0:
        return
    estimates = _alone(data, quantity, places)
    answer = estimates.answer[:, 0]
    given = answer == ANSWERS.index(Answer.GIVEN)
    status = _reasons(data, quantity, places)
    status[answer == ANSWERS.index(Answer.UNDEFINED)] = STATUS_CODE[Status.NOT_APPLICABLE]
    status[given] = STATUS_CODE[Status.AGGREGATED]
    made.status[places] = status
    for name, has in (("value", "has_value"), ("low", "has_interval"), ("high", "has_interval")):
        there = getattr(estimates, has)[:, 0]
        getattr(made, name)[places[there]] = getattr(estimates, name)[there, 0]
    made.error_known[places] = ~(given & (estimates.uncertainty[:, 0] == UNKNOWN))
