"""Profiles side by side: which differences can be told, and which cannot; no order, no total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np

from courtepointe.core.compare import Estimate, difference
from courtepointe.core.multiplicity import false_discovery
from courtepointe.core.stand_out import p_of_margin
from courtepointe.portraits.readings.values import ReadingSeen, ReplySeen, Scale
from courtepointe.portraits.resilience.values import DimensionNumbers, Score

RATE = 0.05
"""The part of the differences told that may be chance, over all that are looked at together."""


class Verdict(StrEnum):
    """What can be said of two scores of a dimension."""

    APART = "apart"
    NOT_APART = "not_apart"
    OTHER_SCALE = "other_scale"
    """They do not rest on the same indicators, weights and goalposts."""
    NO_SCORE = "no_score"
    NO_ERROR = "no_error"
    """One of the two rests on a value whose error nobody knows: its interval is too narrow."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A portrait by dimension, without those of the neighbourhood's own.

    Attributes
    ----------
    name : str
        Of the neighbourhood, or of the edition.
    numbers : mapping of dimension to DimensionNumbers
    scales : mapping of dimension to Scale
    unsure : frozenset of str
        Dimensions that rest on a value whose error nobody knows.
    readings : mapping of dimension to ReadingSeen
    replies : mapping of dimension to tuple of ReplySeen
        Those that are shown.
    agreed : mapping of dimension to ReadingSeen
        Of ours: the version that others are shown, where its numbers rest on something else than today's.
    is_shown : bool
        Whether it is shown by an agreement: then a dimension stands as it was validated, or does not.
    """

    name: str
    begun: date
    closed: date | None
    numbers: Mapping[str, DimensionNumbers]
    scales: Mapping[str, Scale]
    unsure: frozenset[str]
    readings: Mapping[str, ReadingSeen]
    replies: Mapping[str, tuple[ReplySeen, ...]]
    agreed: Mapping[str, ReadingSeen] = field(default_factory=dict)
    is_shown: bool = False

    def score(self, dimension: str) -> Score | None:
        """Give the score of a dimension, where it has one."""
        held = self.numbers.get(dimension)
        return held.score if held else None


@dataclass(frozen=True, slots=True)
class Told:
    """What can be said of a dimension beside another profile; ``gap`` is ours less theirs, 0 without a verdict."""

    verdict: Verdict
    gap: float


def told_apart(
    ours: Profile, others: Sequence[Profile], *, dimensions: Sequence[str]
) -> Mapping[tuple[str, int], Told]:
    """Say of each dimension and each other profile, by its place, whether the two can be told apart.

    Notes
    -----
    The margin of each difference is that of `courtepointe.core.compare.difference`; all that are looked
    at together are held to a false discovery rate (`courtepointe.core.multiplicity`). What moves both
    scores alike (goalposts, weights) is in both intervals, so that too few differences are claimed
    rather than too many.
    """
    found: dict[tuple[str, int], Told] = {}
    asked: list[tuple[str, int]] = []
    gaps, margins = [], []
    for code in dimensions:
        for place, other in enumerate(others):
            one, two = ours.score(code), other.score(code)
            if one is None or two is None:
                found[code, place] = Told(Verdict.NO_SCORE, 0.0)
            elif ours.scales.get(code) != other.scales.get(code):
                found[code, place] = Told(Verdict.OTHER_SCALE, 0.0)
            elif code in (ours.unsure | other.unsure):
                found[code, place] = Told(Verdict.NO_ERROR, 0.0)
            else:
                apart = difference(_estimate(one), _estimate(two))
                asked.append((code, place))
                gaps.append(apart.difference)
                margins.append(apart.margin or 0.0)
    p_values = p_of_margin(np.array(gaps, dtype=float), np.array(margins, dtype=float))
    apart_all = false_discovery(p_values, rate=RATE)
    for key, gap, apart_here in zip(asked, gaps, apart_all.tolist(), strict=True):
        found[key] = Told(Verdict.APART if apart_here else Verdict.NOT_APART, gap)
    return found


def _estimate(score: Score) -> Estimate:
    return Estimate(score.value, score.low, score.high)
