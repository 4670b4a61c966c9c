"""The fast arithmetic of agreement equals its slow twin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.slow_agreement import slow_alpha, slow_kappa, slow_mean

from courtepointe.core.agreement import (
    MISSING,
    Metric,
    cohen_kappa,
    krippendorff_alpha,
    saturation,
)

CODES = 4


@st.composite
def ratings(draw: st.DrawFn) -> np.ndarray:
    n_coders, n_units = draw(st.integers(2, 4)), draw(st.integers(1, 7))
    code = st.integers(MISSING, CODES - 1)
    rows = draw(st.lists(st.lists(code, min_size=n_units, max_size=n_units), min_size=n_coders, max_size=n_coders))  # fmt: skip
    return np.array(rows, dtype=np.int64)


@given(ratings(), st.sampled_from(list(Metric)))
@settings(deadline=None)
def test_alpha_is_that_of_all_pairs(given_ratings: np.ndarray, metric: Metric) -> None:
    units = [[int(code) for code in unit if code != MISSING] for unit in given_ratings.T]
    slow = slow_alpha(units, ordinal=metric is Metric.ORDINAL)
    fast = krippendorff_alpha(given_ratings, n_categories=CODES, metric=metric).value
    assert fast == (None if slow is None else pytest.approx(slow, abs=1e-9))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
@settings(deadline=None)
def test_kappa_is_that_of_all_pairs(pairs: list[tuple[int, int]]) -> None:
    first, second = np.array(pairs, dtype=np.int64).T
    slow = slow_kappa(pairs)
    fast = cohen_kappa(first, second, n_categories=CODES).value
    assert fast == (None if slow is None else pytest.approx(slow, abs=1e-9))


@given(st.lists(st.frozensets(st.integers(0, 4)), min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_the_mean_curve_is_that_of_all_orders(sources: list[frozenset[int]]) -> None:
    table = np.array([[code in one for code in range(5)] for one in sources], dtype=np.bool_)
    fast = saturation(table, n_orders=1, rng=np.random.default_rng(0)).mean
    assert fast.tolist() == pytest.approx(slow_mean(sources))
