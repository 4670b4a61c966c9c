"""From what the units say together to the figure that people read."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.atlas.query.asides import Aside
from courtepointe.atlas.query.cells import Cells
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.aggregate import Answer, Estimate, Quantity, Rule
from courtepointe.core.aggregate import Uncertainty as Accounted

FEW_UNITS = 3
"""Fewer units than this say little of an area that they only roughly stand for."""
METHOD_OF = {rule: Method(rule.value) for rule in Rule}
UNCERTAINTY_OF = {one: Uncertainty(one.value) for one in Accounted}


@dataclass(frozen=True, slots=True)
class Basis:
    """What all figures of an area that rest on the same cells have in common.

    Attributes
    ----------
    sources : tuple of str
    release : str
    period : str
    made_of : tuple of (str, int)
        ``TYPE:VINTAGE`` of the published units, and how many of each.
    split : bool
        Whether some of them count in part.
    few : bool
        Whether there are too few units for an area that they only roughly stand for.
    """

    sources: tuple[str, ...]
    release: str
    period: str
    made_of: tuple[tuple[str, int], ...]
    split: bool
    few: bool

    @classmethod
    def of(cls, cells: Cells, *, split: bool = False, few: bool = False) -> Basis:
        """Read it of the cells."""
        release = cells.release
        return cls((release.source,), release.code, release.period, cells.made_of, split, few)


def figure_of(
    indicator: Indicator,
    quantity: Quantity,
    estimate: Estimate,
    *,
    aside: Aside,
    basis: Basis,
) -> Figure:
    """Write the figure of one area from the estimate of its units.

    Parameters
    ----------
    aside : Aside
        What is said beside the quantity in these cells.
    basis : Basis
        Of the published units that stand for the area.
    """
    status = _status(estimate, aside.missing)
    ranged = quantity.rule is Rule.RANGE_OF_MEDIANS and estimate.low is not None
    stated = status.has_value and (ranged or estimate.value is not None)
    return Figure(
        indicator=indicator.code,
        value=estimate.value,
        unit=indicator.unit,
        status=status,
        method=METHOD_OF[quantity.rule] if stated else Method.NOT_COMPUTED,
        low=estimate.low,
        high=estimate.high,
        uncertainty=Uncertainty.UNKNOWN if ranged else UNCERTAINTY_OF[estimate.uncertainty],
        coverage=estimate.coverage,
        n_units=estimate.n_units,
        n_units_missing=estimate.n_units_missing,
        sources=basis.sources,
        release=basis.release,
        period=basis.period,
        numerator=estimate.numerator,
        denominator=estimate.denominator,
        missing=aside.missing,
        cautions=_cautions(estimate, aside, basis) if stated else (),
        made_of=basis.made_of,
    )


def _status(estimate: Estimate, missing: tuple[tuple[Status, int], ...]) -> Status:
    if estimate.answer is Answer.GIVEN:
        return Status.AGGREGATED
    if estimate.answer is Answer.UNDEFINED:
        return Status.NOT_APPLICABLE
    return missing[0][0] if missing else Status.NOT_AVAILABLE


def _cautions(estimate: Estimate, aside: Aside, basis: Basis) -> tuple[str, ...]:
    if not (basis.split or basis.few or estimate.open_band or estimate.needs_caution):
        return aside.cautions
    found = list(aside.cautions)
    if estimate.needs_caution:
        found.append("partial_coverage")
    if basis.split:
        found.append("interpolated")
    if basis.few:
        found.append("few_units")
    if estimate.open_band:
        found.append("open_band")
    return tuple(found)
