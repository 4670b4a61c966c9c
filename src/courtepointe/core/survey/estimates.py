"""A share, a mean, a median of weighted answers, each with what chance leaves open."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.rounding import Z95
from courtepointe.core.survey.design import checked, effective_n
from courtepointe.core.typing import Bools, Floats, Ints

ROUND_OFF = 1e-12


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of a survey, with its 95 % interval.

    Attributes
    ----------
    value, low, high : float
    n : int, persons
        Who answered.
    n_effective : float, persons
        How many answers of equal weight would be as sure; see `effective_n`.
    """

    value: float
    low: float
    high: float
    n: int
    n_effective: float

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise BadInput("core_interval_reversed", low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class MedianPlace:
    """The median of ordered answers: positions in their list, from 0."""

    place: int
    low: int
    high: int
    n: int
    n_effective: float


def wilson(share: float, n: float, *, z: float = Z95) -> tuple[float, float]:
    """Give the interval of a share by the score test.

    Parameters
    ----------
    share : float, 0 to 1
    n : float, persons
        Above 0; need not be whole.
    z : float, standard deviations

    Returns
    -------
    low, high : float, 0 to 1
        They hold the share.

    Raises
    ------
    BadInput
        ``survey_share``.

    Notes
    -----
    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927):
    all shares p with ``|share - p| <= z * sqrt(p (1 - p) / n)``. 5 of 20 gives 0.11186 to 0.46870.
    """
    if not 0.0 <= share <= 1.0 or not n > 0.0:
        raise BadInput("survey_share", value=share, expected="0-1")
    square = z * z / n
    middle = (share + square / 2.0) / (1.0 + square)
    half = math.sqrt(share * (1.0 - share) * square + square * square / 4.0) / (1.0 + square)
    low = 0.0 if share == 0.0 else max(0.0, middle - half)
    high = 1.0 if share == 1.0 else min(1.0, middle + half)
    return min(low, share), max(high, share)


def _somebody(size: int, weights: Floats) -> Floats:
    held = checked(weights)
    if size != held.size:
        raise BadInput("core_shape", array="weights", shape=held.size, expected=size)
    if size == 0:
        raise NoAnswer("survey_nobody")
    return held


def weighted_share(yes: Bools, weights: Floats) -> Estimate:
    """Say which share of those who answered say yes.

    Parameters
    ----------
    yes : (n_people,) bool
        Of those who answered.
    weights : (n_people,) float, above 0

    Returns
    -------
    Estimate
        0 to 1, with the interval of Wilson at the effective number of answers.

    Raises
    ------
    NoAnswer
        ``survey_nobody``.
    BadInput
        ``core_shape``, ``survey_weights``.

    Notes
    -----
    Intervals of a share at the effective size hold better than those of a normal where few say yes or few
    answered: E. L. Korn and B. I. Graubard, "Confidence intervals for proportions with small expected number of
    positive counts estimated from survey data", Survey Methodology 24 (1998). They take the exact interval at that
    size; the score interval, taken here, is nearer to 95 % and less wide.
    """
    held = _somebody(yes.size, weights)
    value = min(1.0, float(held[yes].sum() / held.sum()))
    if yes.all():
        value = 1.0
    n = effective_n(held)
    return Estimate(value, *wilson(value, n), yes.size, n)


def weighted_mean(values: Floats, weights: Floats) -> Estimate:
    """Give the mean of numbers that people answered.

    Parameters
    ----------
    values : (n_people,) float
    weights : (n_people,) float, above 0

    Returns
    -------
    Estimate

    Raises
    ------
    NoAnswer
        ``survey_nobody``; ``survey_one_alone``: one answer says nothing of what others would say.
    BadInput
        ``core_shape``, ``survey_weights``, ``core_not_a_number``.

    Notes
    -----
    Linearised variance of a ratio, ``n / (n - 1) * sum w**2 (x - mean)**2 / (sum w)**2`` (Kish 1965, section 6.3),
    with Student's t of ``n - 1``.
    """
    held = _somebody(values.size, weights)
    if not np.isfinite(values).all():
        raise BadInput("core_not_a_number", array="values")
    if values.size == 1:
        raise NoAnswer("survey_one_alone")
    n = values.size
    mean = float((held * values).sum() / held.sum())
    square = float((np.square(held) * np.square(values - mean)).sum() / held.sum() ** 2)
    half = float(stdtrit(n - 1, 0.975)) * math.sqrt(square * n / (n - 1))
    return Estimate(mean, mean - half, mean + half, n, effective_n(held))


def ordered_median(places: Ints, weights: Floats, *, n_answers: int) -> MedianPlace:
    """Give the median of answers that only have an order.

    Parameters
    ----------
    places : (n_people,) int, 0 to ``n_answers - 1``
        Position of each answer in their list.
    weights : (n_people,) float, above 0
    n_answers : int

    Returns
    -------
    MedianPlace
        The first answer at or under which half of the weight lies; its interval holds every answer that may be
        the median.

    Raises
    ------
    NoAnswer
        ``survey_nobody``.
    BadInput
        ``core_shape``, ``survey_weights``, ``survey_answer_place``.

    Notes
    -----
    The interval inverts the test of the median: an answer k may be it where the score interval of "at or under k"
    reaches one half and that of "under k" falls below (R. S. Woodruff, "Confidence intervals for medians and other
    position measures", JASA 47, 1952). No draw is made, and one answer alone leaves every answer possible, which a
    bootstrap of one or of answers that are all alike does not see.
    """
    held = _somebody(places.size, weights)
    if (places < 0).any() or (places >= n_answers).any():
        raise BadInput("survey_answer_place", value=int(places.max()), expected=n_answers)
    n = effective_n(held)
    under = np.cumsum(np.bincount(places, weights=held, minlength=n_answers)) / held.sum()
    under = np.clip(under, 0.0, 1.0)
    under[int(places.max()) :] = 1.0
    ends = [wilson(float(share), n) for share in under]
    last = n_answers - 1
    place = int(np.argmax(under >= 0.5 - ROUND_OFF))
    low = next(k for k in range(n_answers) if k == last or ends[k][1] >= 0.5)
    high = next(k for k in range(n_answers) if k == last or ends[k][0] >= 0.5)
    return MedianPlace(place, min(low, place), max(high, place), places.size, n)
