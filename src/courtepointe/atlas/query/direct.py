"""Figures of areas that a release has a row for: the publisher's own value stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.atlas.pack.values import FLAG_NO_ROW, STATUS_ORDER
from courtepointe.atlas.query.asides import asides, flag_cautions
from courtepointe.atlas.query.cells import Cells
from courtepointe.atlas.query.figures import Basis, figure_of
from courtepointe.atlas.query.plan import BANDED, PUBLISHED_ONLY, quantity_of
from courtepointe.atlas.query.units import UnitData
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.aggregate import Estimate, Quantity, estimate_areas, membership
from courtepointe.core.rounding import rounding_half_width
from courtepointe.core.typing import Ints


def direct_figures(
    data: UnitData, indicators: Sequence[Indicator], rows: Ints
) -> list[list[Figure | None]]:
    """Give the figures of areas from their own rows, by indicator then by area.

    Parameters
    ----------
    rows : (n_areas,) int
        Positions of the areas in the release's table.

    Returns
    -------
    list of (n_indicators,) lists of (n_areas,) Figure or None
        None where the release has no row or no such variable: another way may answer.

    Notes
    -----
    The publisher's own figure is stated where there is one; where the release has its parts
    only, they are divided for this one unit. What is suppressed stays suppressed.
    """
    quantities = [quantity_of(indicator, data.rows) for indicator in indicators]
    estimates = _estimates(data, quantities, rows)
    return [
        _of_indicator(data, indicator, quantity, estimates[place], rows)
        for place, (indicator, quantity) in enumerate(zip(indicators, quantities, strict=True))
    ]


def _estimates(
    data: UnitData, quantities: Sequence[Quantity | None], rows: Ints
) -> list[list[Estimate]]:
    """Compute each quantity on each area's one unit: by quantity, then by area."""
    wanted = [place for place, quantity in enumerate(quantities) if quantity is not None]
    found: list[list[Estimate]] = [[] for _ in quantities]
    if not wanted or rows.size == 0:
        return found
    one = np.arange(rows.size)
    alone = membership(
        area=one, unit=one, share=np.ones(rows.size), n_areas=rows.size, n_units=rows.size
    )
    asked = [quantity for quantity in quantities if quantity is not None]
    table = estimate_areas(data.block.pick(rows), asked, membership=alone)
    for area in range(rows.size):
        for place, estimate in zip(wanted, table.of_area(area), strict=True):
            found[place].append(estimate)
    return found


def _of_indicator(
    data: UnitData,
    indicator: Indicator,
    quantity: Quantity | None,
    estimates: list[Estimate],
    rows: Ints,
) -> list[Figure | None]:
    variable = own_variable(indicator, data)
    figures: list[Figure | None] = []
    for place, row in enumerate(rows.tolist()):
        estimate = estimates[place] if estimates else None
        if variable is not None and not _has_no_row(data, variable, row):
            figures.append(_published(data, indicator, variable, row, estimate))
        elif estimate is not None and quantity is not None:
            figures.append(_computed(data, indicator, quantity, estimate, row))
        else:
            figures.append(None)
    return figures


def own_variable(indicator: Indicator, data: UnitData) -> str | None:
    """Name the variable that is the publisher's own figure of an indicator, if it has one."""
    if indicator.published in data.rows:
        return indicator.published
    if indicator.aggregation in (*BANDED, "weighted_mean", PUBLISHED_ONLY):
        return indicator.value if indicator.value in data.rows else None
    single = indicator.aggregation == "sum" and len(indicator.numerator) == 1
    if single and indicator.scale == 1.0 and indicator.numerator[0] in data.rows:
        return indicator.numerator[0]
    return None


def _has_no_row(data: UnitData, variable: str, row: int) -> bool:
    return bool(data.flags[data.rows[variable], row] & FLAG_NO_ROW)


def _published(
    data: UnitData, indicator: Indicator, variable: str, row: int, estimate: Estimate | None
) -> Figure:
    """State the publisher's own value, or why there is none."""
    place = data.rows[variable]
    known = bool(data.block.known[place, row])
    status = Status.PUBLISHED if known else STATUS_ORDER[int(data.status[place, row])]
    value = float(data.table.values[place, row]) if known else None
    ceiling = 100.0 if indicator.unit == "percent" else np.inf
    low, high, uncertainty = _interval(data, variable, row, value, estimate, ceiling)
    parts = estimate if known else None
    return Figure(
        indicator=indicator.code,
        value=value,
        unit=indicator.unit,
        status=status,
        method=_method(data) if known else Method.NOT_COMPUTED,
        low=low,
        high=high,
        uncertainty=uncertainty,
        coverage=1.0 if known else 0.0,
        n_units=1,
        n_units_missing=0 if known else 1,
        sources=(data.release.source,),
        release=data.release.code,
        period=data.release.period,
        numerator=None if parts is None else parts.numerator,
        denominator=None if parts is None else parts.denominator,
        missing=() if known else ((status, 1),),
        cautions=flag_cautions(int(data.flags[place, row])) if known else (),
    )


def _method(data: UnitData) -> Method:
    return Method.CUSTOM_TABULATION if data.release.custom_tabulation else Method.PUBLISHED


def _interval(
    data: UnitData,
    variable: str,
    row: int,
    value: float | None,
    estimate: Estimate | None,
    ceiling: float,
) -> tuple[float | None, float | None, Uncertainty]:
    """Give the publisher's interval as it is, else that of rounding.

    A rate that is published without an interval is as uncertain as the two cells that it was
    computed from.
    """
    place = data.rows[variable]
    if value is None:
        return None, None, Uncertainty.NONE
    low, high = float(data.table.low[place, row]), float(data.table.high[place, row])
    if np.isfinite(low) and np.isfinite(high):
        return low, high, Uncertainty.SAMPLING
    declared = data.declared.get(variable)
    if declared is not None and declared.sampled:
        return None, None, Uncertainty.UNKNOWN
    if declared is not None and declared.rounded_to > 1:
        half = rounding_half_width(1, base=declared.rounded_to)
        return max(value - half, min(0.0, value)), value + half, Uncertainty.ROUNDING
    return _interval_of_parts(value, estimate, ceiling)


def _interval_of_parts(
    value: float, estimate: Estimate | None, ceiling: float
) -> tuple[float | None, float | None, Uncertainty]:
    if estimate is None or estimate.denominator is None:
        return None, None, Uncertainty.NONE
    uncertainty = Uncertainty(estimate.uncertainty.value)
    if uncertainty is Uncertainty.NONE or estimate.half_width is None:
        return None, None, uncertainty
    low, high = value - estimate.half_width, value + estimate.half_width
    return max(low, min(0.0, value)), min(high, max(ceiling, value)), uncertainty


def _computed(
    data: UnitData, indicator: Indicator, quantity: Quantity, estimate: Estimate, row: int
) -> Figure | None:
    """Divide the parts that the release has for this unit; None where it has no row at all."""
    flags = data.flags[list(quantity.variables), row]
    if bool((flags & FLAG_NO_ROW).all()):
        return None
    cells = Cells.of(data, np.array([row]))
    figure = figure_of(
        indicator,
        quantity,
        estimate,
        aside=asides([quantity], cells)[0],
        basis=Basis.of(cells),
    )
    if data.release.custom_tabulation and figure.status.has_value:
        return replace(figure, method=Method.CUSTOM_TABULATION)
    return figure
