"""Indicators of a portrait become scores by dimension: fixed goalposts, an interval in three causes, no total."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from courtepointe.core.composite.profile import Profile, Standing, profile
from courtepointe.core.composite.readings import Known, Readings, Rule
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.values import DimensionNumbers, Score

METHOD = "resilience-profile-1"
SEED, N_DRAWS = 1, 2000
SHARE = 0.95
"""Of the draws that an interval holds."""
LEAST_COVERAGE = 0.5
"""The part of a dimension's weight that must be known before it has a score."""
NO_INDICATOR, COVERAGE, WEIGHTS = "no_indicator", "coverage", "weights"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The numbers of a portrait, with what they rest on.

    Attributes
    ----------
    used : mapping of dimension to what was read
        As JSON keeps it: observations and goalposts by indicator.
    digest : str
        The mark of the rule and of what was read.
    """

    numbers: Mapping[str, DimensionNumbers]
    used: Mapping[str, Mapping[str, Any]]
    releases: tuple[str, ...]
    digest: str

    def kept(self, dimension: str) -> dict[str, Any]:
        """Give what is kept of a dimension with how it was had: the fields of a kept score, by name."""
        return {
            "numbers": self.numbers[dimension].kept(),
            "used": self.used[dimension],
            "method": METHOD,
            "digest": self.digest,
            "seed": SEED,
            "releases": list(self.releases),
        }


@dataclass(frozen=True, slots=True)
class NumbersSeen:
    """The numbers of a portrait as they are told, with how they were had.

    Attributes
    ----------
    used : mapping of dimension to what was read
        By indicator: the observation, its value and interval, goalposts, weight.
    digest : str
        The mark of the rule and of all that was read.
    kept : datetime or None
        When they were kept; None where they follow what is observed.
    """

    numbers: Mapping[str, DimensionNumbers]
    used: Mapping[str, Mapping[str, Any]]
    releases: tuple[str, ...]
    method: str
    seed: int
    digest: str
    kept: datetime | None


def reckon(dimensions: Sequence[str], some: Sequence[IndicatorSeen]) -> Reckoned:
    """Score each dimension by its chosen indicators; a dimension of others alone is left out."""
    asked = [one for one in some if one.counts and one.dimension in dimensions]
    heavy = _weighed(asked)
    counted = [one for one in asked if heavy[one.dimension] > 0.0]
    told = _profiled(dimensions, counted)
    numbers = {
        code: _numbers(code, place, [one for one in asked if one.dimension == code], told)
        for place, code in enumerate(dimensions)
    }
    used = used_of(dimensions, asked)
    releases = {one.newest.taken for one in asked if one.newest is not None and one.newest.taken}
    rule = [METHOD, SEED, N_DRAWS, LEAST_COVERAGE, used]
    digest = hashlib.sha256(json.dumps(rule, sort_keys=True).encode()).hexdigest()
    return Reckoned(numbers, used, tuple(sorted(releases)), digest)


def used_of(
    dimensions: Sequence[str], some: Sequence[IndicatorSeen]
) -> Mapping[str, Mapping[str, Any]]:
    """Give what each dimension rests on, as JSON keeps it: observations and goalposts of its chosen indicators."""
    return {
        code: _used([one for one in some if one.counts and one.dimension == code])
        for code in dimensions
    }


def rule_of(dimensions: Sequence[str], some: Sequence[IndicatorSeen], **doubts: float) -> Rule:
    """Make the rule of a profile: the mean by part, then by dimension, of chosen weights."""
    order = {code: place for place, code in enumerate(dimensions)}
    return Rule(
        goalposts=np.array([[one.posts.low, one.posts.high] for one in some]).reshape(-1, 2),
        polarity=np.array([one.polarity for one in some], dtype=np.int64),
        weight=np.array([effective_weights(some)[one.code] for one in some]),
        dimension=np.array([order[one.dimension] for one in some], dtype=np.int64),
        n_dimensions=len(dimensions),
        least_coverage=LEAST_COVERAGE,
        **doubts,
    )


def effective_weights(some: Sequence[IndicatorSeen]) -> Mapping[str, float]:
    """Give what each indicator weighs in its dimension: parts weigh alike, and sum to 1.

    A part whose indicators all weigh nothing is no part of it.
    """
    parts: dict[str, dict[str, float]] = {}
    for one in some:
        held = parts.setdefault(one.dimension, {})
        held[one.part] = held.get(one.part, 0.0) + one.weight
    told = {}
    for one in some:
        held = parts[one.dimension]
        n_parts = sum(1 for whole in held.values() if whole > 0.0)
        told[one.code] = one.weight / held[one.part] / n_parts if held[one.part] > 0.0 else 0.0
    return told


def readings_of(editions: Sequence[Sequence[ObservationSeen | None]]) -> Readings:
    """Make the readings of a profile: an edition a row, an indicator a column."""
    known = [[_known(one) for one in row] for row in editions]
    ends = [[_ends(one) for one in row] for row in editions]
    array = np.array(ends, dtype=float).reshape(len(editions), -1, 3)
    return Readings(
        array[..., 0], array[..., 1], array[..., 2], np.array(known, dtype=np.int64).reshape(array.shape[:2])
    )  # fmt: skip


def _known(one: ObservationSeen | None) -> int:
    if one is None or one.value is None:
        return Known.MISSING
    if one.interval == "exact":
        return Known.EXACT
    return Known.NO_ERROR if one.low is None else Known.INTERVAL


def _ends(one: ObservationSeen | None) -> tuple[float, float, float]:
    if one is None or one.value is None:
        return 0.0, 0.0, 0.0
    if one.low is None or one.high is None:
        return one.value, one.value, one.value
    return one.value, one.low, one.high


def _weighed(some: Sequence[IndicatorSeen]) -> Mapping[str, float]:
    told: dict[str, float] = {}
    for one in some:
        told[one.dimension] = told.get(one.dimension, 0.0) + one.weight
    return told


def _profiled(dimensions: Sequence[str], some: Sequence[IndicatorSeen]) -> Profile | None:
    if not some:
        return None
    rule, readings = rule_of(dimensions, some), readings_of([[one.newest for one in some]])
    return profile(readings, rule, rng=np.random.default_rng(SEED), share=SHARE, n_draws=N_DRAWS)


def _numbers(
    code: str, place: int, some: Sequence[IndicatorSeen], told: Profile | None
) -> DimensionNumbers:
    n_used = sum(one.has_value for one in some)
    why, score = "", None
    if not some:
        why = NO_INDICATOR
    elif told is None or told.standing[0, place] == Standing.NOT_ASKED:
        why = WEIGHTS
    elif told.standing[0, place] != Standing.SCORED:
        why = COVERAGE
    else:
        score = score_of(told, 0, place, coverage=n_used / len(some))
    n_assets = sum(one.asset for one in some)
    n_no_error = sum(_known(one.newest) == Known.NO_ERROR for one in some)
    return DimensionNumbers(
        code, score, why, n_used, len(some) - n_used, n_assets, len(some) - n_assets, n_no_error
    )


def score_of(told: Profile, unit: int, place: int, *, coverage: float) -> Score:
    """Give the score of a dimension; the half-widths of the three causes add up in squares to the interval's."""
    low, high = float(told.low[unit, place]), float(told.high[unit, place])
    half = (high - low) / 2.0
    data, missing, method = (
        half * math.sqrt(float(part[unit, place]))
        for part in (told.of_data, told.of_missing, told.of_method)
    )
    value = float(told.score[unit, place])
    return Score(value, low, high, data, missing, method, coverage)


def _used(some: Sequence[IndicatorSeen]) -> Mapping[str, Any]:
    return {
        one.code: {
            "observation": one.newest and one.newest.number,
            "value": one.newest and one.newest.value,
            "low": one.newest and one.newest.low,
            "high": one.newest and one.newest.high,
            "status": one.newest and one.newest.status,
            "posts": [one.posts.low, one.posts.high],
            "polarity": one.polarity,
            "part": one.part,
            "weight": one.weight,
        }
        for one in some
    }
