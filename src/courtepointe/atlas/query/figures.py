"""From what the units say together to the figure that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.atlas.pack.values import (
    FLAG_HIGH_NON_RESPONSE,
    FLAG_REVISED,
    FLAG_USE_WITH_CAUTION,
    STATUS_ORDER,
)
from courtepointe.atlas.query.cells import Cells
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.aggregate import Answer, Estimate, Quantity, Rule

FEW_UNITS = 3
"""Fewer units than this say little of an area that they only roughly stand for."""
FLAG_CAUTIONS = (
    (FLAG_USE_WITH_CAUTION, "use_with_caution"),
    (FLAG_HIGH_NON_RESPONSE, "high_non_response"),
    (FLAG_REVISED, "revised"),
)


def figure_of(
    indicator: Indicator,
    quantity: Quantity,
    estimate: Estimate,
    *,
    cells: Cells,
    split: bool,
    few: bool,
) -> Figure:
    """Write the figure of one area from the estimate of its units.

    Parameters
    ----------
    cells : Cells
        The published units that stand for the area.
    split : bool
        Whether some of them count in part.
    few : bool
        Whether there are too few units for an area that they only roughly stand for.
    """
    missing = missing_reasons(quantity, cells) if estimate.n_units_missing > 0 else ()
    status = _status(estimate, missing)
    ranged = quantity.rule is Rule.RANGE_OF_MEDIANS and estimate.low is not None
    stated = status.has_value and (ranged or estimate.value is not None)
    release = cells.release
    return Figure(
        indicator=indicator.code,
        value=estimate.value,
        unit=indicator.unit,
        status=status,
        method=Method(quantity.rule.value) if stated else Method.NOT_COMPUTED,
        low=estimate.low,
        high=estimate.high,
        uncertainty=Uncertainty.UNKNOWN if ranged else Uncertainty(estimate.uncertainty.value),
        coverage=estimate.coverage,
        n_units=estimate.n_units,
        n_units_missing=estimate.n_units_missing,
        sources=(release.source,),
        release=release.code,
        period=release.period,
        numerator=estimate.numerator,
        denominator=estimate.denominator,
        missing=missing,
        cautions=_cautions(quantity, estimate, cells, split, few) if stated else (),
        made_of=cells.made_of,
    )


def _status(estimate: Estimate, missing: tuple[tuple[Status, int], ...]) -> Status:
    if estimate.answer is Answer.GIVEN:
        return Status.AGGREGATED
    if estimate.answer is Answer.UNDEFINED:
        return Status.NOT_APPLICABLE
    return missing[0][0] if missing else Status.NOT_AVAILABLE


def missing_reasons(quantity: Quantity, cells: Cells) -> tuple[tuple[Status, int], ...]:
    """Count the units without a value by reason, the most frequent first.

    Notes
    -----
    A unit that lacks several cells is counted once, for the first of them in the order of the
    formula. On ties the order of `STATUS_ORDER` decides.
    """
    reason = np.full(cells.n_units, -1, dtype=np.int64)
    for variable in quantity.variables:
        lacking = (reason < 0) & ~cells.known(variable)
        if lacking.any():
            reason[lacking] = cells.status(variable)[lacking]
    counts = Counter(reason[reason >= 0].tolist())
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple((STATUS_ORDER[code], count) for code, count in ordered)


def _cautions(
    quantity: Quantity, estimate: Estimate, cells: Cells, split: bool, few: bool
) -> tuple[str, ...]:
    found = list(flag_cautions(cells, quantity.variables))
    if estimate.needs_caution:
        found.append("partial_coverage")
    if split:
        found.append("interpolated")
    if few:
        found.append("few_units")
    if estimate.open_band:
        found.append("open_band")
    return tuple(found)


def flag_cautions(cells: Cells, variables: Sequence[int]) -> tuple[str, ...]:
    """Tell what the publisher says to mind about the cells of some units."""
    bits = 0
    for variable in variables:
        if cells.flagged(variable):
            flags = cells.flags(variable)[cells.known(variable)]
            bits |= int(np.bitwise_or.reduce(flags, initial=0))
    return tuple(caution for flag, caution in FLAG_CAUTIONS if bits & flag)
