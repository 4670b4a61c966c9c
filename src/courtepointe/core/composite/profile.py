"""A few places, often one, by dimension: fixed goalposts, a score that says how sure it is, no total."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from courtepointe.core.composite.readings import Readings, Rule
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints

HIGH = 100.0
"""Scores are 0 to this."""
LEAST_DRAWS = 100
NOISE = 1e-18
"""A variance of no more is that of the last digits."""


class Standing(IntEnum):
    """Whether a dimension has a score."""

    SCORED = 0
    TOO_LITTLE = 1
    """Less is known than the rule asks for."""
    NOTHING_KNOWN = 2
    NOT_ASKED = 3
    """No indicator belongs to it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Scores of dimensions from 0 to 100, more is better, each with what it rests on.

    Attributes
    ----------
    indicator : (n_units, n_indicators) float
        Each indicator on its goalposts; 0 where missing.
    standing : (n_units, n_dimensions) int
        Of `Standing`; what follows is 0 where a dimension is not `SCORED`, but for the counts
        and the coverage.
    score, low, high : (n_units, n_dimensions) float
        The weighted mean of what is known, and the interval of all three causes together.
    of_data, of_missing, of_method : (n_units, n_dimensions) float, 0 to 1
        What each cause has in the spread; they sum to 1, or to 0 where nothing is in doubt.
    coverage : (n_units, n_dimensions) float, 0 to 1
        The weight of what is known.
    n_used, n_missing : (n_units, n_dimensions) int
    n_no_error : (n_units, n_dimensions) int
        Values in use whose error nobody knows: the interval is then too narrow, and by how much
        is not known.
    draws : (n_units, n_draws, n_dimensions) float
        The same draw of goalposts and weights for all units, errors and gaps drawn apart.
    """

    indicator: Floats
    standing: Ints
    score: Floats
    low: Floats
    high: Floats
    of_data: Floats
    of_missing: Floats
    of_method: Floats
    coverage: Floats
    n_used: Ints
    n_missing: Ints
    n_no_error: Ints
    draws: Floats


def profile(
    readings: Readings, rule: Rule, *, rng: np.random.Generator, n_draws: int = 2000,
    share: float = 0.95,
) -> Profile:  # fmt: skip
    """Score the dimensions of one unit or a few, by goalposts that do not depend on the others.

    Parameters
    ----------
    readings : Readings
    rule : Rule
    rng : numpy.random.Generator
    n_draws : int, 100 or more
    share : float, above 0 and under 1
        Of the draws that an interval holds.

    Returns
    -------
    Profile

    Raises
    ------
    BadInput
        ``composite_shape``, ``composite_share``.

    Notes
    -----
    A draw moves every value by its interval (half of a normal law on each side, as wide as that
    side), puts every gap anywhere between the goalposts with the same chance, and moves goalposts
    and weights as the rule says; the score is then the weighted mean of all indicators. For the
    share of a cause the other two are held: gaps at the score of what is known, so that the mean
    stays that of what is known. Guarantees: an interval holds its score; a unit's score does not
    depend on the others. Sources: E. Tate, "Uncertainty analysis for a social vulnerability
    index", Annals of the Association of American Geographers 103 (2013), for causes drawn apart;
    OECD and JRC, Handbook on constructing composite indicators (2008), for goalposts.
    """
    if readings.value.shape[1] != len(rule.weight):
        raise BadInput(
            "composite_shape", value=readings.value.shape[1], expected=len(rule.weight)
        )  # fmt: skip
    if not 0.0 < share < 1.0 or n_draws < LEAST_DRAWS:
        raise BadInput("composite_share", share=share, draws=n_draws)
    members, there = rule.members, readings.there
    at = np.where(there, _placed(readings.filled, rule.goalposts, rule), 0.0)
    asked, held = rule.weight @ members, (there * rule.weight) @ members
    coverage = _part(held, np.broadcast_to(asked, held.shape))
    standing = _standing(coverage, asked, rule.least_coverage)
    scored = standing == Standing.SCORED
    score = np.where(scored, _part((at * rule.weight) @ members, held), 0.0)
    causes = _drawn(readings, rule, score, rng=rng, n_draws=n_draws)
    draws = np.where(scored[:, None, :], causes[-1], 0.0)
    tails = ((1.0 - share) / 2.0, (1.0 + share) / 2.0)
    low, high = np.quantile(draws, tails, axis=1)
    spread = np.where(scored, causes[:-1].var(axis=2), 0.0)
    spread = np.where(spread > NOISE, spread, 0.0)
    parts = _part(spread, np.broadcast_to(spread.sum(axis=0), spread.shape))
    n_used, n_missing, n_no_error = (
        (mask @ members).astype(np.int64) for mask in (there, ~there, readings.unsure)
    )
    return Profile(
        at, standing, score, np.minimum(low, score), np.maximum(high, score),
        parts[0], parts[1], parts[2], coverage, n_used, n_missing, n_no_error, draws,
    )  # fmt: skip


def _part(some: Floats, whole: Floats) -> Floats:
    """Divide; 0 where there is nothing to have a part of."""
    return np.divide(some, whole, out=np.zeros_like(some), where=whole > 0.0)


def _standing(coverage: Floats, asked: Floats, least: float) -> Ints:
    told = np.where(coverage >= least - 1e-12, Standing.SCORED, Standing.TOO_LITTLE)
    told = np.where(coverage == 0.0, Standing.NOTHING_KNOWN, told)
    return np.where(asked == 0.0, Standing.NOT_ASKED, told)


def _placed(values: Floats, posts: Floats, rule: Rule) -> Floats:
    """Put values on 0 to 100 between goalposts, cut there."""
    share = np.clip((values - posts[..., 0]) / (posts[..., 1] - posts[..., 0]), 0.0, 1.0)
    return HIGH * np.where(rule.polarity > 0, share, 1.0 - share)


def _gathered(at: Floats, weight: Floats, rule: Rule) -> Floats:
    """Give the weighted mean of each dimension's indicators, draw by draw."""
    whole = np.broadcast_to(weight @ rule.members, (len(at), rule.n_dimensions))
    return _part((at * weight) @ rule.members, whole)


def _drawn(
    readings: Readings, rule: Rule, score: Floats, *, rng: np.random.Generator, n_draws: int
) -> Floats:
    """Draw scores for data, gaps and method apart, then all together: (4, n_units, n_draws, n_dimensions)."""
    of_method, *of_units = rng.spawn(1 + len(score))
    shape = (n_draws, len(rule.weight))
    wide = (rule.goalposts[:, 1] - rule.goalposts[:, 0])[:, None]
    posts = rule.goalposts + rule.posts_by * wide * of_method.uniform(-1.0, 1.0, (*shape, 2))
    weight = rule.weight * (1.0 + rule.weights_by * of_method.uniform(-1.0, 1.0, shape))
    told = np.empty((4, len(score), n_draws, rule.n_dimensions))
    for unit, own in enumerate(of_units):
        value, there = readings.filled[unit], readings.there[unit]
        moved = value + readings.errors(unit, own.standard_normal(shape))
        anywhere = HIGH * own.random(shape)
        held = score[unit, rule.dimension]
        for cause, (values, ends, gaps, weights) in enumerate(
            (
                (moved, rule.goalposts, held, rule.weight),
                (np.broadcast_to(value, shape), rule.goalposts, anywhere, rule.weight),
                (value, posts, held, weight),
                (moved, posts, anywhere, weight),
            )
        ):
            at = np.where(there, _placed(values, ends, rule), gaps)
            told[cause, unit] = _gathered(at, weights, rule)
    return told
