"""A known truth, published as the publisher does: do 95 % intervals hold it 95 times in 100?

Thousands of small areas at once, with a fixed seed. Each unit's truth is rounded at random to base
5, or a quarter of its households is asked and the answer published with its interval, then rounded.
"""

from __future__ import annotations

import numpy as np
import pytest

from courtepointe.core.aggregate import (
    CellBlock,
    Estimates,
    Quantity,
    estimate_areas,
    mean,
    median,
    membership,
    share,
    total,
)
from courtepointe.core.bands import Bands

N_AREAS = 4_000
Z = 1.959963984540054
PART = 0.25


def rounded(truth: np.ndarray, rng: np.random.Generator, base: int = 5) -> np.ndarray:
    """Round up with the chance that the remainder gives, down otherwise."""
    down = np.floor(truth / base) * base
    return down + base * (rng.random(truth.shape) < (truth - down) / base)


def areas_of(n_units: int, shares: np.ndarray | None = None) -> object:
    """Make areas of as many units each."""
    area = np.repeat(np.arange(N_AREAS), n_units)
    parts = np.ones(area.size) if shares is None else np.tile(shares, N_AREAS)
    return membership(
        area=area, unit=np.arange(area.size), share=parts, n_areas=N_AREAS, n_units=area.size
    )


def block(
    values: list[np.ndarray], *, intervals: dict[int, tuple[np.ndarray, np.ndarray]] | None = None
) -> CellBlock:
    """Publish variables rounded to base 5; ``intervals`` gives some their low and high."""
    table = np.array(values)
    low, high = (np.full(table.shape, np.nan) for _ in range(2))
    for place, ends in (intervals or {}).items():
        low[place], high[place] = ends
    return CellBlock.of(
        values=table,
        known=np.ones(table.shape, bool),
        low=low,
        high=high,
        has_interval=~np.isnan(low),
        rounded_to=np.full(len(values), 5),
        sampled=~np.isnan(low[:, 0]),
        people=np.ones(table.shape[1]),
    )


def score_interval(part: np.ndarray, asked: np.ndarray, base: np.ndarray) -> tuple[np.ndarray, ...]:
    """Give a count's interval as score intervals are made: wider than normal ones where rare."""
    size = asked / (1 - asked / base)
    shrink = 1 + Z**2 / size
    middle = (part + Z**2 / (2 * size)) / shrink
    half = Z / shrink * np.sqrt(part * (1 - part) / size + Z**2 / (4 * size**2))
    return base * (middle - half), base * (middle + half)


def covered(table: Estimates, truth: np.ndarray, quantity: int = 0) -> float:
    """Give the part of areas whose interval holds the truth."""
    assert table.has_interval[:, quantity].all()
    low, high = table.low[:, quantity], table.high[:, quantity]
    return float(np.mean((low <= truth + 1e-9) & (truth <= high + 1e-9)))


def by_area(truth: np.ndarray, n_units: int) -> np.ndarray:
    """Add the truth up."""
    return np.asarray(truth.reshape(N_AREAS, n_units).sum(axis=1))


@pytest.mark.parametrize("n_units", [10, 12, 17, 40])
def test_sums_of_ten_and_more_rounded_cells(n_units: int) -> None:
    rng = np.random.default_rng(20 + n_units)
    truth = rng.integers(0, 700, N_AREAS * n_units).astype(float)
    town = block([rounded(truth, rng)])
    table = estimate_areas(town, [total(0)], membership=areas_of(n_units))
    assert 0.93 <= covered(table, by_area(truth, n_units)) <= 0.97


@pytest.mark.parametrize("n_units", range(1, 10))
def test_sums_of_fewer_than_ten_rounded_cells_hold_at_least_95(n_units: int) -> None:
    rng = np.random.default_rng(40 + n_units)
    truth = rng.integers(0, 700, N_AREAS * n_units).astype(float)
    town = block([rounded(truth, rng)])
    table = estimate_areas(town, [total(0)], membership=areas_of(n_units))
    # the exact chance is 95.0 % or more (tests/oracle); 4,000 areas show it to within 0.7
    assert covered(table, by_area(truth, n_units)) >= 0.943


@pytest.mark.parametrize("n_units", [3, 20])
def test_split_units(n_units: int) -> None:
    rng = np.random.default_rng(60 + n_units)
    truth = rng.integers(0, 700, N_AREAS * n_units).astype(float)
    parts = rng.uniform(0.1, 1.0, n_units)
    town = block([rounded(truth, rng)])
    table = estimate_areas(town, [total(0)], membership=areas_of(n_units, parts))
    held = covered(table, (truth.reshape(N_AREAS, n_units) * parts).sum(axis=1))
    assert 0.93 <= held <= (1.0 if n_units < 10 else 0.97)


@pytest.mark.parametrize("n_units", [1, 4, 25])
def test_shares_of_rounded_counts(n_units: int) -> None:
    rng = np.random.default_rng(80 + n_units)
    base = rng.integers(150, 700, N_AREAS * n_units).astype(float)
    some = rng.binomial(base.astype(int), 0.3).astype(float)
    town = block([rounded(some, rng), rounded(base, rng)])
    table = estimate_areas(town, [share((0,), (1,))], membership=areas_of(n_units))
    truth = 100 * by_area(some, n_units) / by_area(base, n_units)
    assert 0.93 <= covered(table, truth) <= (0.985 if n_units < 10 else 0.97)


def quarter_asked(
    base: np.ndarray, some: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Ask exactly a quarter of each unit; give the estimate and its interval."""
    asked = np.round(base * PART).astype(int)
    found = rng.hypergeometric(some.astype(int), (base - some).astype(int), asked)
    return base * found / asked, score_interval(found / asked, asked, base)


@pytest.mark.parametrize("chance", [0.08, 0.4])
def test_sampled_sums_and_shares(chance: float) -> None:
    rng = np.random.default_rng(int(1000 * chance))
    n_units = 14
    base = rng.integers(180, 500, N_AREAS * n_units).astype(float)
    some = rng.binomial(base.astype(int), chance).astype(float)
    estimate, (low, high) = quarter_asked(base, some, rng)
    town = block(
        [rounded(estimate, rng), rounded(base, rng)], intervals={0: (low, high), 1: (base, base)}
    )
    asked: list[Quantity] = [total(0), share((0,), (1,))]
    table = estimate_areas(town, asked, membership=areas_of(n_units))
    some_there, base_there = by_area(some, n_units), by_area(base, n_units)
    assert 0.93 <= covered(table, some_there) <= 0.97
    assert 0.93 <= covered(table, 100 * some_there / base_there, 1) <= 0.97


def about(middle: np.ndarray, half: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give a normal interval, not cut."""
    return middle - half, middle + half


def test_a_share_of_a_base_that_is_sampled_too() -> None:
    # Everyone is asked with a chance of one in four: numerator and base move together.
    rng = np.random.default_rng(7)
    n_units = 14
    base = rng.integers(180, 500, N_AREAS * n_units)
    some = rng.binomial(base, 0.35)
    with_it, without = rng.binomial(some, PART), rng.binomial(base - some, PART)
    spread = np.sqrt((1 - PART) / PART**2)
    top, bottom = with_it / PART, (with_it + without) / PART
    town = block(
        [rounded(top, rng), rounded(bottom, rng)],
        intervals={
            0: about(top, Z * spread * np.sqrt(with_it)),
            1: about(bottom, Z * spread * np.sqrt(with_it + without)),
        },
    )
    table = estimate_areas(town, [share((0,), (1,))], membership=areas_of(n_units))
    truth = 100 * by_area(some, n_units) / by_area(base, n_units)
    assert 0.93 <= covered(table, truth) <= 0.97


@pytest.mark.parametrize("n_units", [3, 15])
def test_means_weighted_by_rounded_bases(n_units: int) -> None:
    rng = np.random.default_rng(100 + n_units)
    base = rng.integers(20, 300, N_AREAS * n_units).astype(float)
    size = rng.uniform(1.5, 3.5, base.size)
    table_of = np.array([size, rounded(base, rng)])
    town = CellBlock.of(
        values=table_of,
        known=np.ones(table_of.shape, bool),
        rounded_to=np.array([0, 5]),
        people=base,
    )
    table = estimate_areas(town, [mean(0, (1,))], membership=areas_of(n_units))
    truth = by_area(size * base, n_units) / by_area(base, n_units)
    assert 0.93 <= covered(table, truth) <= (0.99 if n_units < 10 else 0.97)


def test_the_median_of_a_sample_in_bands() -> None:
    # Twenty bands, as the census has of income. With five, the interval is wider than it need be.
    rng = np.random.default_rng(9)
    n_units, n_bands = 6, 20
    edges = tuple(float(edge) for edge in range(0, 10 * n_bands + 1, 10))
    size = N_AREAS * n_units
    truth = rng.poisson(15.0 + 10.0 * np.sin(np.arange(n_bands) / 6)[:, None], (n_bands, size))
    asked = rng.binomial(truth, PART) / PART
    bands = tuple(range(n_bands))
    town = CellBlock.of(
        values=rounded(asked, rng),
        known=np.ones(truth.shape, bool),
        rounded_to=np.full(n_bands, 5),
        sampled=np.ones(n_bands, bool),
        people=np.ones(size),
    )
    table = estimate_areas(
        town, [median(bands, Bands(edges, sampled=PART))], membership=areas_of(n_units)
    )
    everyone = CellBlock.of(
        values=truth.astype(float), known=np.ones(truth.shape, bool), people=np.ones(size)
    )
    plain = estimate_areas(everyone, [median(bands, Bands(edges))], membership=areas_of(n_units))
    assert 0.93 <= covered(table, plain.value[:, 0]) <= 0.97


def test_the_median_of_wide_bands_with_published_intervals() -> None:
    rng = np.random.default_rng(11)
    n_units, edges = 6, (0.0, 10.0, 20.0, 30.0, 40.0, 50.0)
    size, bands = N_AREAS * n_units, (0, 1, 2, 3, 4)
    truth = rng.poisson(np.array([40.0, 60.0, 80.0, 70.0, 50.0])[:, None], (5, size))
    asked = rng.binomial(truth, PART)
    half = Z * np.sqrt((1 - PART) / PART**2 * asked)
    ends = {place: about(row / PART, half[place]) for place, row in enumerate(asked)}
    town = block([rounded(row / PART, rng) for row in asked], intervals=ends)
    table = estimate_areas(town, [median(bands, Bands(edges))], membership=areas_of(n_units))
    everyone = CellBlock.of(
        values=truth.astype(float), known=np.ones(truth.shape, bool), people=np.ones(size)
    )
    plain = estimate_areas(everyone, [median(bands, Bands(edges))], membership=areas_of(n_units))
    assert 0.93 <= covered(table, plain.value[:, 0]) <= 0.97
