"""Fast equals slow: weights, effective numbers, intervals and medians of surveys."""

from __future__ import annotations

import numpy as np
import pytest
from tests.oracle import slow_survey as slow

from courtepointe.core.rounding import Z95
from courtepointe.core.survey import Margin, effective_n, ordered_median, raked, wilson


@pytest.mark.parametrize("seed", range(6))
def test_raking_people_is_fitting_their_table(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(30, 80))
    of = [rng.integers(0, 3, n), rng.integers(0, 2, n)]
    people = [rng.uniform(80, 200, 3), rng.uniform(80, 200, 2)]
    margins = [Margin(str(i), one, counts) for i, (one, counts) in enumerate(zip(of, people, strict=True))]  # fmt: skip
    fast = raked(margins, least=1e-6, most=1e6, rounds=5_000)
    expected = slow.rake([one.tolist() for one in of], [one.tolist() for one in people])
    np.testing.assert_allclose(fast.values, expected, rtol=1e-5)


@pytest.mark.parametrize(("share", "n"), [(0.0, 1.0), (0.25, 20.0), (0.5, 7.3), (1.0, 12.0), (0.93, 61.9)])  # fmt: skip
def test_wilson_is_what_the_score_test_does_not_refuse(share: float, n: float) -> None:
    assert wilson(share, n) == pytest.approx(slow.wilson(share, n, Z95), abs=1e-9)


def test_the_effective_number_is_that_of_variances() -> None:
    weights = np.random.default_rng(4).uniform(0.3, 3.0, 57)
    assert effective_n(weights) == pytest.approx(slow.kish(weights.tolist()))


def test_a_weighted_median_is_that_of_as_many_people() -> None:
    rng = np.random.default_rng(11)
    for _ in range(200):
        n = int(rng.integers(1, 12))
        places, weights = rng.integers(0, 5, n), rng.integers(1, 6, n)
        fast = ordered_median(places, weights.astype(np.float64), n_answers=5)
        assert fast.place == slow.median(places.tolist(), weights.tolist())
        assert fast.low <= fast.place <= fast.high


def test_its_interval_is_that_of_a_bootstrap_within_an_answer() -> None:
    rng = np.random.default_rng(2026)
    for _ in range(12):
        n = 80
        places = rng.choice(5, n, p=[0.1, 0.2, 0.3, 0.25, 0.15])
        weights = rng.uniform(0.5, 2.0, n)
        fast = ordered_median(places, weights, n_answers=5)
        low, high = slow.bootstrap_median(places, weights, rng=rng)
        assert abs(fast.low - low) <= 1
        assert abs(fast.high - high) <= 1


def test_intervals_of_weighted_shares_cover_the_truth() -> None:
    """A thousand samples in which some people are reached three times as easily as others."""
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(1_000):
        tenant = rng.random(120) < 0.75  # half of those who live there
        yes = rng.random(120) < np.where(tenant, 0.3, 0.6)
        margin = Margin("tenure", (~tenant).astype(np.int64), np.array([500.0, 500.0]))
        weights = raked([margin]).values
        share = float(weights[yes].sum() / weights.sum())
        low, high = wilson(share, effective_n(weights))
        held += low <= 0.45 <= high
    assert 930 <= held <= 980
