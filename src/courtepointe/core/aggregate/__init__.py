"""Published units added up to any area, honestly.

>>> block = CellBlock.of(values=..., known=..., people=..., rounded_to=..., sampled=...)
>>> estimate_area(block, [total(0), share((1,), (2,))], units=positions, shares=parts)
>>> estimate_areas(block, [total(0)], membership=membership(area=..., unit=..., share=..., ...))
"""

from courtepointe.core.aggregate.areas import estimate_area, estimate_areas
from courtepointe.core.aggregate.cells import CellBlock
from courtepointe.core.aggregate.estimates import (
    COVERAGE_CAUTION,
    COVERAGE_LEAST,
    Answer,
    Estimate,
    Estimates,
)
from courtepointe.core.aggregate.members import membership
from courtepointe.core.aggregate.quantities import (
    Quantity,
    Rule,
    mean,
    median,
    median_range,
    quantile,
    quantile_ratio,
    ratio,
    share,
    total,
)
from courtepointe.core.intervals import Uncertainty

__all__ = [
    "COVERAGE_CAUTION",
    "COVERAGE_LEAST",
    "Answer",
    "CellBlock",
    "Estimate",
    "Estimates",
    "Quantity",
    "Rule",
    "Uncertainty",
    "estimate_area",
    "estimate_areas",
    "mean",
    "median",
    "median_range",
    "membership",
    "quantile",
    "quantile_ratio",
    "ratio",
    "share",
    "total",
]
