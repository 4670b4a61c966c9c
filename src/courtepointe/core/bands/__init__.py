"""The median, or any quantile, of counts in bands: read where it falls, with its interval.

Medians of units are never averaged: their bands are added up, and the quantile is read in the
band that holds it. See ``docs/methods/median-from-bands.md``.
"""

from courtepointe.core.bands.density import leans
from courtepointe.core.bands.quantiles import (
    quantile_from_bands,
    quantile_ratio_from_bands,
    quantile_ratios_from_bands,
    quantiles_from_bands,
)
from courtepointe.core.bands.values import BandQuantile, BandQuantiles, Bands

__all__ = [
    "BandQuantile",
    "BandQuantiles",
    "Bands",
    "leans",
    "quantile_from_bands",
    "quantile_ratio_from_bands",
    "quantile_ratios_from_bands",
    "quantiles_from_bands",
]
