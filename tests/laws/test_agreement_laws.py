"""What is true of any agreement, of any curve of new codes, and of any cutting of a text in sentences."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core.agreement import (
    MISSING,
    Metric,
    breadth_of,
    cohen_kappa,
    krippendorff_alpha,
    saturation,
)
from courtepointe.portraits.evidence.sentences import moved, sentences_of

CODES = 4
PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)
LIMITS = {"sources_from": [1, 3, 6], "groups_from": [1, 3, 6], "days_to": [365, 1096, 2192]}


@given(PAIRS, st.permutations(range(CODES)), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_who_is_first_the_order_of_units_and_the_names_of_codes_do_not_matter(
    pairs: list[tuple[int, int]], renamed: list[int], random: np.random.Generator
) -> None:
    first, second = np.array(pairs, dtype=np.int64).T
    other = np.array(renamed)
    shuffled = np.array(random.sample(range(len(pairs)), len(pairs)))
    kappas = [
        cohen_kappa(a, b, n_categories=CODES).value
        for a, b in ((first, second), (second, first), (other[first], other[second]), (first[shuffled], second[shuffled]))
    ]  # fmt: skip
    alphas = [
        krippendorff_alpha(np.stack(rows), n_categories=CODES).value
        for rows in ((first, second), (second, first), (other[first], other[second]), (first[shuffled], second[shuffled]))
    ]  # fmt: skip
    for values in (kappas, alphas):
        assert values == [values[0] if values[0] is None else pytest.approx(values[0])] * 4


@given(st.integers(0, 10_000), st.integers(3, 6), st.sampled_from(list(Metric)))
@settings(deadline=None)
def test_the_order_of_many_coders_does_not_matter_and_one_who_coded_nothing_is_not_there(
    seed: int, n_coders: int, metric: Metric
) -> None:
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, CODES, (n_coders, 12))
    codes[rng.random(codes.shape) < 0.3] = MISSING
    nobody = np.full((1, 12), MISSING)
    told = [
        krippendorff_alpha(rows, n_categories=CODES, metric=metric)
        for rows in (codes, codes[rng.permutation(n_coders)], np.vstack([codes, nobody]))
    ]
    values = [one.value for one in told]
    assert len({one.status for one in told}) == 1 and len({one.n_units for one in told}) == 1
    if values[0] is not None:
        assert values == pytest.approx([values[0]] * 3)
        assert values[0] <= 1.0


@given(PAIRS)
@settings(deadline=None)
def test_ordinal_alpha_is_the_same_read_backwards(pairs: list[tuple[int, int]]) -> None:
    rows = np.array(pairs, dtype=np.int64).T
    told = [
        krippendorff_alpha(one, n_categories=CODES, metric=Metric.ORDINAL).value
        for one in (rows, CODES - 1 - rows)
    ]
    assert told[0] == (told[1] if told[1] is None else pytest.approx(told[1]))


@given(PAIRS)
@settings(deadline=None)
def test_all_alike_is_one_and_nothing_is_above_it(pairs: list[tuple[int, int]]) -> None:
    first, second = np.array(pairs, dtype=np.int64).T
    for value in (
        cohen_kappa(first, second, n_categories=CODES).value,
        krippendorff_alpha(np.stack([first, second]), n_categories=CODES).value,
    ):
        assert value is None or -1.0 <= value <= 1.0
    same = cohen_kappa(first, first, n_categories=CODES).value
    assert same is None or same == pytest.approx(1.0)


@given(st.integers(1, 8), st.integers(0, 6), st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=40)
def test_the_curve_never_falls_and_ends_with_all_codes(
    n_sources: int, n_codes: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    used = rng.random((n_sources, n_codes)) < 0.4
    told = saturation(used, n_orders=50, rng=rng)
    for curve in (told.so_far, told.mean, told.low, told.high):
        assert (np.diff(curve) >= -1e-9).all()
        assert curve[-1] == pytest.approx(int(used.any(axis=0).sum()))
    assert int(told.new.sum()) == told.so_far[-1]


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 4_000))
def test_more_and_newer_evidence_is_never_thinner(n_sources: int, n_groups: int, age: int) -> None:
    now = breadth_of(n_sources=n_sources, n_groups=n_groups, age_days=age, **LIMITS)
    for more in ((1, 0, 0), (0, 1, 0), (0, 0, -1)):
        then = breadth_of(n_sources=n_sources + more[0], n_groups=n_groups + more[1], age_days=max(age + more[2], 0), **LIMITS)  # fmt: skip
        assert then.whole >= now.whole


TEXTS = st.text(alphabet="ab É.!?…»« \n\u202f12", max_size=80)


@given(TEXTS)
def test_sentences_hold_each_letter_once_in_order(text: str) -> None:
    held = sentences_of(text)
    assert [one.number for one in held] == list(range(len(held)))
    assert all(a.end <= b.start for a, b in pairwise(held))
    kept = "".join(text[one.start : one.end] for one in held)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] for one in held)


@given(TEXTS, TEXTS, TEXTS, st.text(alphabet="xyz", min_size=1, max_size=6))
def test_a_passage_that_a_correction_does_not_touch_keeps_its_words(
    before: str, gone: str, new: str, piece: str
) -> None:
    for old, then, start in (
        (f"{before}{gone}{piece}", f"{before}{new}{piece}", len(before) + len(gone)),
        (f"{piece}{before}{gone}", f"{piece}{before}{new}", 0),
    ):
        found = moved(old, then, start, start + len(piece))
        assert found is not None
        assert then[found[0] : found[1]] == piece
