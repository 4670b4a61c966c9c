"""A composite index: raw indicators, and every step up to a score that says how sure it is."""

from courtepointe.core.composite.counts import Count
from courtepointe.core.composite.gather import (
    ampi,
    copeland,
    effective_weights,
    gather,
    ranks_downward,
)
from courtepointe.core.composite.steps import Raw, Steps, index_of
from courtepointe.core.composite.values import (
    Imputation,
    Mean,
    Method,
    Scale,
    Treatment,
    Tree,
    Weighting,
)

__all__ = [
    "Count",
    "Imputation",
    "Mean",
    "Method",
    "Raw",
    "Scale",
    "Steps",
    "Treatment",
    "Tree",
    "Weighting",
    "ampi",
    "copeland",
    "effective_weights",
    "gather",
    "index_of",
    "ranks_downward",
]
