"""The rule of medians from bands: bands added up over the units, a quantile read in the sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.aggregate.quantities import Quantity
from courtepointe.core.aggregate.rules import Found
from courtepointe.core.aggregate.terms import Group, Question
from courtepointe.core.bands import (
    BandQuantiles,
    quantile_ratios_from_bands,
    quantiles_from_bands,
)
from courtepointe.core.intervals import uncertainty_codes
from courtepointe.core.rounding import rounding_variance
from courtepointe.core.typing import Bools, Floats, Ints


def bands_rule(question: Question, quantities: Sequence[Quantity]) -> Found:
    """Add bands up over units where all of them are known, and read their median."""
    columns = [_one_from_bands(question, quantity) for quantity in quantities]
    used = np.stack([column.used for column in columns])
    count = question.members.count(used)
    return Found(
        used=used,
        count=count,
        value=np.stack([column.value for column in columns], axis=1),
        half_width=np.zeros(count.shape),
        defined=np.stack([column.defined for column in columns], axis=1),
        uncertainty=np.stack([column.uncertainty for column in columns], axis=1),
        lacking=np.stack([column.lacking for column in columns], axis=1),
        low=np.stack([column.low for column in columns], axis=1),
        high=np.stack([column.high for column in columns], axis=1),
        open_band=np.stack([column.open_band for column in columns], axis=1),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """One banded quantity over the areas: (n_areas,) but for ``used``, (n_units,)."""

    used: Bools
    value: Floats
    low: Floats
    high: Floats
    defined: Bools
    uncertainty: Ints
    lacking: Floats
    open_band: Bools


def _one_from_bands(question: Question, quantity: Quantity) -> _Column:
    """Read one median in the bands of every area."""
    assert quantity.bands is not None
    group = Group.of(question.block, [(variable,) for variable in quantity.numerator])
    used = np.asarray(group.known(question.block).all(axis=0), np.bool_)
    everywhere = np.broadcast_to(used, (len(quantity.numerator), used.size))
    lacking = np.asarray(group.lacking(question.block, everywhere).any(axis=0), np.bool_)
    n_lacking = question.members.count(lacking[None, :])[:, 0]
    read = _read(question, quantity, group, everywhere, n_lacking > 0.0)
    unsaid = quantity.bands.sampled == 1.0
    shape = read.open_band.shape
    rounded = np.full(shape, bool((group.base > 1).any()))
    sampled = np.full(shape, bool(group.sampled.any()) or not unsaid)
    silent = read.open_band | np.logical_and(n_lacking > 0.0, unsaid)
    return _Column(
        used=used,
        value=np.nan_to_num(read.value) * quantity.scale,
        low=np.nan_to_num(read.low) * quantity.scale,
        high=np.nan_to_num(read.high) * quantity.scale,
        defined=np.isfinite(read.value),
        uncertainty=uncertainty_codes(sampled, rounded, silent),
        lacking=n_lacking,
        open_band=read.open_band,
    )


def _read(
    question: Question, quantity: Quantity, group: Group, used: Bools, lacking: Bools
) -> BandQuantiles:
    """Read the quantity of every area: by published intervals where all are there."""
    members, block = question.members, question.block
    counts = members.sum(group.values(block, used))
    cell = np.array([rounding_variance(base) for base in group.base.tolist()])
    variance = cell * members.sum_squared(used[:1].astype(np.float64))
    by_intervals = variance + members.sum_squared(group.variance(block, used))
    plain = _quantiles(counts, quantity, np.where(lacking[:, None], variance, by_intervals))
    if lacking.all() or not group.sampled.any():
        return plain
    told = _quantiles(counts, quantity, by_intervals, told=True)
    return BandQuantiles(
        *(
            np.where(lacking, getattr(plain, name), getattr(told, name))
            for name in ("value", "low", "high", "open_band")
        )
    )


def _quantiles(
    counts: Floats, quantity: Quantity, variance: Floats, *, told: bool = False
) -> BandQuantiles:
    """Read every area's; ``told``: the variance holds that of the sample already."""
    bands, below = quantity.bands, quantity.bands_below
    assert bands is not None
    bands = replace(bands, sampled=1.0) if told else bands
    if below is None:
        return quantiles_from_bands(counts, bands, band_variance=variance)
    below = replace(below, sampled=1.0) if told else below
    return quantile_ratios_from_bands(counts, bands, below, band_variance=variance)
