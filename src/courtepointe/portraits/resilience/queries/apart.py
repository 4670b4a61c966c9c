"""Can two editions be told apart, or a territory and what it is read against? Else nothing is said of a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.comparable import estimate
from courtepointe.atlas.figures import Figure
from courtepointe.core.compare import Difference, Estimate, difference
from courtepointe.core.composite.profile import profile
from courtepointe.core.composite.profile_apart import Verdict, apart_in
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.queries.indicators import indicators_of
from courtepointe.portraits.resilience.queries.portraits import dimensions_of
from courtepointe.portraits.resilience.scoring import N_DRAWS, SEED, readings_of, rule_of
from courtepointe.portraits.resilience.values import PortraitSeen


@dataclass(frozen=True, slots=True)
class DimensionApart:
    """A dimension in an edition and in the one before, on the indicators that both have with the same goalposts.

    Attributes
    ----------
    verdict : str
        ``apart``, ``not_apart``, ``no_answer``; ``nothing_shared`` where no indicator is in both.
    difference, low, high : float
        Points of 100, now minus before, on those indicators.
    n_shared : int
    moved : tuple of str
        Indicators whose goalposts or direction are others than before: left out.
    """

    verdict: str
    difference: float
    low: float
    high: float
    n_shared: int
    moved: tuple[IndicatorSeen, ...]


WORDS = {
    Verdict.APART: "apart", Verdict.NOT_APART: "not_apart", Verdict.NO_ANSWER: "no_answer",
}  # fmt: skip


def editions_apart(workspace: int, portrait: PortraitSeen) -> Mapping[str, DimensionApart]:
    """Say of each dimension whether an edition can be told apart from the one before; empty for a first one."""
    if portrait.follows is None:
        return {}
    now = indicators_of(workspace, portrait.number)
    before = {one.code: one for one in indicators_of(workspace, portrait.follows)}
    both = [(one, before[one.code]) for one in now if one.code in before]
    return _apart(tuple(dimensions_of(workspace)), both)


def _apart(
    dimensions: Sequence[str], both: Sequence[tuple[IndicatorSeen, IndicatorSeen]]
) -> Mapping[str, DimensionApart]:
    both = [pair for pair in both if pair[0].dimension in dimensions]
    shared = [pair for pair in both if _same_posts(*pair)]
    weighty = {one.dimension for one, _ in shared if one.weight > 0.0}
    shared = [pair for pair in shared if pair[0].dimension in weighty]
    told = {}
    found = None
    if shared:
        rule = rule_of(dimensions, [now for now, _ in shared])
        readings = readings_of(
            [[now.newest for now, _ in shared], [was.newest for _, was in shared]]
        )
        scored = profile(readings, rule, rng=np.random.default_rng(SEED), n_draws=N_DRAWS)
        found = apart_in(scored, first=0, second=1)
    for place, code in enumerate(dimensions):
        moved = tuple(
            now for now, was in both if now.dimension == code and not _same_posts(now, was)
        )
        n_shared = sum(now.dimension == code for now, _ in shared)
        if found is None or n_shared == 0:
            told[code] = DimensionApart("nothing_shared", 0.0, 0.0, 0.0, 0, moved)
            continue
        told[code] = DimensionApart(
            WORDS[Verdict(int(found.verdict[place]))],
            float(found.difference[place]),
            float(found.low[place]),
            float(found.high[place]),
            n_shared,
            moved,
        )
    return told


def _same_posts(now: IndicatorSeen, before: IndicatorSeen) -> bool:
    ours, theirs = now.posts, before.posts
    return (ours.low, ours.high, ours.polarity) == (theirs.low, theirs.high, theirs.polarity)


def apart_from(found: ObservationSeen | None, other: ObservationSeen | Figure | None) -> Difference | None:  # fmt: skip
    """Subtract another value from an observation, with the margin of the difference; None where one has no value.

    Where the other holds the territory whole, their errors go together: the margin is then too wide
    rather than too narrow, so that no difference is claimed in excess.
    """
    if found is None or found.value is None or other is None or other.value is None:
        return None
    theirs = estimate(other) if isinstance(other, Figure) else _estimate(other)
    return difference(_estimate(found), theirs)


def _estimate(one: ObservationSeen) -> Estimate:
    assert one.value is not None
    return Estimate(one.value, one.low, one.high, exact=one.interval == "exact")
