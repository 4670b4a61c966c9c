"""Which dimensions tell two units of a profile apart, of all those that are looked at together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from courtepointe.core.composite.profile import Profile, Standing
from courtepointe.core.errors import BadInput
from courtepointe.core.multiplicity import false_discovery
from courtepointe.core.typing import Floats, Ints


class Verdict(IntEnum):
    """Whether two scores can be told apart."""

    NO_ANSWER = 0
    """One of the two has no score, or holds a value whose error nobody knows."""
    NOT_APART = 1
    APART = 2


@dataclass(frozen=True, slots=True)
class Apart:
    """Two units, dimension by dimension.

    Attributes
    ----------
    verdict : (n_dimensions,) int
        Of `Verdict`.
    difference, low, high : (n_dimensions,) float
        First score minus second, with its interval; 0 where one of the two has no score.
    p_value : (n_dimensions,) float
        Two-sided, from the draws; 1 where there is no answer.
    """

    verdict: Ints
    difference: Floats
    low: Floats
    high: Floats
    p_value: Floats


def apart_in(
    told: Profile, *, first: int, second: int, rate: float = 0.05, share: float = 0.95
) -> Apart:
    """Tell two units of the same profile apart, by their difference in each draw.

    Parameters
    ----------
    told : Profile
        Of both units in one call: goalposts and weights then move for both alike, and what moves
        both does not blur what lies between them.
    first, second : int
        Positions of the units.
    rate : float, above 0 and under 1
        The part of the dimensions told apart that may be chance, on average.
    share : float, above 0 and under 1
        Of the draws that an interval holds.

    Returns
    -------
    Apart

    Raises
    ------
    BadInput
        ``composite_share``, ``rate_out_of_range``.

    Notes
    -----
    ``p = 2 (1 + min(#{d <= 0}, #{d >= 0})) / (1 + n_draws)``, at most 1, and the false discovery
    rate over all dimensions with an answer (`false_discovery`); the interval must leave zero out
    as well. Guarantee: exchanging the two units changes signs only. Where one unit is a part of
    the other, their errors go together and fewer differences are claimed, not more.
    """
    if not 0.0 < share < 1.0:
        raise BadInput("composite_share", share=share, draws=told.draws.shape[1])
    pair = [first, second]
    scored = (told.standing[pair] == Standing.SCORED).all(axis=0)
    answered = scored & (told.n_no_error[pair] == 0).all(axis=0)
    difference = np.where(scored, told.score[first] - told.score[second], 0.0)
    draws = np.where(scored, told.draws[first] - told.draws[second], 0.0)
    # Draws that differ in the last digits only are alike.
    draws = np.where(np.abs(draws) < 1e-9, 0.0, draws)
    tails = ((1.0 - share) / 2.0, (1.0 + share) / 2.0)
    low, high = np.quantile(draws, tails, axis=0)
    low, high = np.minimum(low, difference), np.maximum(high, difference)
    rarer = np.minimum((draws <= 0.0).sum(axis=0), (draws >= 0.0).sum(axis=0))
    p_value = np.where(answered, np.minimum(2.0 * (1 + rarer) / (1 + len(draws)), 1.0), 1.0)
    verdict = np.where(answered, Verdict.NOT_APART, Verdict.NO_ANSWER)
    found = false_discovery(p_value[answered], rate=rate)
    outside = (low[answered] > 0.0) | (high[answered] < 0.0)
    verdict[answered] = np.where(found & outside, Verdict.APART, Verdict.NOT_APART)
    return Apart(verdict, difference, low, high, p_value)
