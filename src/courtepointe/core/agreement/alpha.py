"""Krippendorff's alpha: any number of coders, codes missing, nominal or ordinal."""

from __future__ import annotations

import numpy as np

from courtepointe.core.agreement.values import MISSING, Agreement, Metric, Status, checked
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints

FEWEST_DRAWS = 100


def krippendorff_alpha(
    ratings: Ints,
    *,
    n_categories: int,
    metric: Metric = Metric.NOMINAL,
    n_draws: int = 0,
    rng: np.random.Generator | None = None,
) -> Agreement:
    """Give Krippendorff's alpha.

    Parameters
    ----------
    ratings : (n_coders, n_units) int
        Codes from 0, in their order for an ordinal metric; `MISSING` where a coder did not code a unit.
    n_categories : int
    metric : Metric
    n_draws : int
        Draws of the bootstrap interval; 0 for none, else 100 or more.
    rng : numpy.random.Generator or None
        Needed where there are draws.

    Returns
    -------
    Agreement

    Raises
    ------
    BadInput
        ``core_shape``, ``agreement_code``, ``agreement_draws``.

    Notes
    -----
    ``1 - observed / expected`` disagreement, over all pairs of codes of a unit, each unit weighing as its codes:
    Krippendorff, *Computing Krippendorff's alpha-reliability* (2011), of which the worked examples are in the tests.
    Units with one code are left out. The interval is that of percentiles over draws of units with replacement; draws
    in which only one code is left have no alpha and are left out. It is told from ten units and half the draws on.
    """
    if n_draws and (rng is None or n_draws < FEWEST_DRAWS):
        raise BadInput("agreement_draws", value=n_draws, expected=FEWEST_DRAWS)
    pairs, counts = _coincidences(checked(ratings, n_categories), n_categories)
    n_units = len(pairs)
    if n_units == 0:
        return Agreement(Status.NO_UNIT, None, None, None, None, None, 0)
    whole = counts.sum(axis=0)
    if (whole > 0).sum() < 2:
        return Agreement(Status.ONE_CODE_ONLY, None, None, None, 1.0, 1.0, n_units)
    observed, expected = _disagreements(pairs.sum(axis=0)[None], whole[None], metric)
    value = 1.0 - float(observed[0] / expected[0])
    low, high = _interval(pairs, counts, metric, n_draws, rng)
    widest = float(_distances(whole[None], metric).max())
    told = [1.0 - float(one[0]) / widest for one in (observed, expected)]
    return Agreement(Status.TOLD, value, low, high, told[0], told[1], n_units)


def _coincidences(ratings: Ints, n_categories: int) -> tuple[Floats, Floats]:
    """Give, of each unit with two codes or more, its pairs of codes, each unit weighing as its codes, and its counts."""
    counts = (ratings[:, :, None] == np.arange(n_categories)).sum(axis=0).astype(np.float64)
    coded = (ratings != MISSING).sum(axis=0)
    counts, coded = counts[coded >= 2], coded[coded >= 2]
    pairs = counts[:, :, None] * counts[:, None, :]
    places = np.arange(n_categories)
    pairs[:, places, places] -= counts
    return pairs / (coded[:, None, None] - 1.0), counts


def _distances(counts: Floats, metric: Metric) -> Floats:
    """Give the squared distances between codes; (n_draws, n_categories) -> (n_draws, n_categories, n_categories)."""
    n_categories = counts.shape[1]
    if metric is Metric.NOMINAL:
        plain = 1.0 - np.eye(n_categories)
        return np.broadcast_to(plain, (len(counts), n_categories, n_categories))
    # Sum of the counts from one code to the other, less half of both ends: a difference of middles of cumulated counts.
    middles = np.cumsum(counts, axis=1) - counts / 2.0
    return np.square(middles[:, :, None] - middles[:, None, :])


def _disagreements(pairs: Floats, counts: Floats, metric: Metric) -> tuple[Floats, Floats]:
    """Give the observed and the expected disagreement of each draw."""
    distances = _distances(counts, metric)
    total = counts.sum(axis=1)
    observed = (pairs * distances).sum(axis=(1, 2)) / total
    by_chance = counts[:, :, None] * counts[:, None, :]
    expected = (by_chance * distances).sum(axis=(1, 2)) / (total * (total - 1.0))
    return observed, expected


FEWEST_UNITS = 10


def _interval(
    pairs: Floats, counts: Floats, metric: Metric, n_draws: int, rng: np.random.Generator | None
) -> tuple[float | None, float | None]:
    n_units, n_categories = counts.shape
    if rng is None or not n_draws or n_units < FEWEST_UNITS:
        return None, None
    weights = rng.multinomial(n_units, np.full(n_units, 1.0 / n_units), size=n_draws).astype(np.float64)  # fmt: skip
    drawn = weights @ counts
    drawn_pairs = (weights @ pairs.reshape(n_units, -1)).reshape(n_draws, n_categories, n_categories)  # fmt: skip
    kept = (drawn > 0).sum(axis=1) >= 2
    if kept.sum() * 2 < n_draws:
        return None, None
    observed, expected = _disagreements(drawn_pairs[kept], drawn[kept], metric)
    low, high = np.quantile(1.0 - observed / expected, [0.025, 0.975])
    return float(low), float(high)
