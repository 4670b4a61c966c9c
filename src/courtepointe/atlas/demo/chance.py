"""Chance that depends on the seed and on what is drawn, never on the order of drawing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from courtepointe.core.typing import AnyArray, Floats, Ints

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)

TOPICS = (
    "blocks",
    "divisions",
    "quarters",
    "character",
    "people_2021",
    "people_2016",
    "survey",
    "rounding_2021",
    "rounding_2016",
    "quality",
    "streets",
    "places",
    "names",
    "pantry",
    "ordered_table",
)
"""Only ever appended to: the place of a topic is part of its draws."""


def generator(seed: int, *, region: int, topic: str) -> np.random.Generator:
    """Give the generator of one topic of one region, independent of all others."""
    return np.random.default_rng(np.random.SeedSequence([seed, region, TOPICS.index(topic)]))


def noise(i: Ints, j: Ints, *, seed: int) -> Floats:
    """Give a number in [0, 1) for each pair of integers, always the same one.

    Parameters
    ----------
    i, j : (n,) int
    seed : int

    Returns
    -------
    (n,) float

    Notes
    -----
    SplitMix64 over the pair: regions drawn apart agree on the nodes that they share.
    """
    with np.errstate(over="ignore"):
        key = i.astype(np.uint64) * _GOLDEN + j.astype(np.uint64) * _MIX_2
        key = key + np.uint64(seed % 2**32) * _MIX_1
        key = (key ^ (key >> np.uint64(30))) * _MIX_1
        key = (key ^ (key >> np.uint64(27))) * _MIX_2
        key = key ^ (key >> np.uint64(31))
    numbers: Floats = (key >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return numbers


def pick(rng: np.random.Generator, odds: Floats) -> Ints:
    """Draw one category for each row of odds, which need not sum to one.

    Parameters
    ----------
    odds : (n, n_categories) float, not negative, a positive one in every row

    Returns
    -------
    (n,) int
    """
    edges = np.cumsum(odds, axis=1)
    at = rng.random(len(odds))[:, None] * edges[:, -1:]
    return whole(np.minimum((at >= edges).sum(axis=1), odds.shape[1] - 1))


def logistic(x: AnyArray) -> Floats:
    """Turn log-odds into chances."""
    chances: Floats = 1.0 / (1.0 + np.exp(-x))
    return chances


def added(part: Ints, values: AnyArray, n_parts: int) -> Floats:
    """Add values that bear the same number.

    Parameters
    ----------
    part : (n,) int, 0 to ``n_parts - 1``
    values : (n,) number

    Returns
    -------
    (n_parts,) float
    """
    sums: Floats = np.bincount(part, values.astype(np.float64), n_parts).astype(np.float64)
    return sums


def odds_of(logs: Sequence[AnyArray]) -> Floats:
    """Turn one array of log-odds a category into a table, a row for each of who draws."""
    table: Floats = np.exp(np.column_stack(logs))
    return table


def whole(numbers: AnyArray) -> Ints:
    """Keep the whole part."""
    integers: Ints = numbers.astype(np.int64)
    return integers
