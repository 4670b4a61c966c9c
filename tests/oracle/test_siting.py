"""Chosen sites are the best of all choices, and the ties that are told are all the ties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle import slow_siting as slow

from courtepointe.core.siting import Answer, Terms, p_median, p_median_on_plane


@st.composite
def towns(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, int]:
    n_rows, n_sites = draw(st.integers(1, 9)), draw(st.integers(2, 7))
    chance = np.random.default_rng(draw(st.integers(0, 10_000)))
    # Few different distances make many ties; some towns have distances that are no whole numbers.
    distance = chance.integers(0, 6, (n_rows, n_sites)).astype(np.float64)
    if draw(st.booleans()):
        distance = distance + chance.random((n_rows, n_sites))
    people = chance.integers(0, 5, n_rows).astype(np.float64)
    return distance, people, draw(st.integers(1, n_sites))


def all_of(answer: Answer) -> list[tuple[int, ...]]:
    return sorted(tuple(one.tolist()) for one in (answer.sites, *answer.alternatives))


@given(towns())
def test_the_median_and_all_its_ties(town: tuple[np.ndarray, np.ndarray, int]) -> None:
    distance, people, n_open = town
    least, ties = slow.best(
        slow.choices(distance.shape[1], n_open), slow.median(distance.tolist(), people.tolist())
    )
    told = p_median(distance, people, n_open=n_open).answer
    assert told.proven and told.every_alternative
    assert told.objective == pytest.approx(least)
    assert told.bound == told.objective
    assert all_of(told) == ties


@given(towns(), st.data())
def test_the_median_under_terms(
    town: tuple[np.ndarray, np.ndarray, int], data: st.DataObject
) -> None:
    distance, people, n_open = town
    n_sites = distance.shape[1]
    order = data.draw(st.permutations(range(n_sites)))
    n_existing = data.draw(st.integers(0, min(2, n_sites - 1)))
    n_forced = data.draw(st.integers(0, min(n_open, n_sites - n_existing)))
    n_never = data.draw(st.integers(0, n_sites - n_existing - n_forced))
    existing = order[:n_existing]
    forced = order[n_existing : n_existing + n_forced]
    never = order[n_sites - n_never :] if n_never else []
    more = min(max(n_open, n_forced), n_sites - n_existing - n_never)
    if more + n_existing == 0:
        return
    terms = Terms(n_sites, *(np.array(one, dtype=np.int64) for one in (forced, never, existing)))
    all_ = slow.choices(n_sites, more + n_existing, forced=[*existing, *forced], forbidden=never)
    least, ties = slow.best(all_, slow.median(distance.tolist(), people.tolist()))
    told = p_median(distance, people, n_open=more, terms=terms).answer
    assert told.proven
    assert told.objective == pytest.approx(least)
    assert all_of(told) == ties


@given(towns(), st.data())
def test_a_refused_site_is_answered_as_if_it_had_never_been(
    town: tuple[np.ndarray, np.ndarray, int], data: st.DataObject
) -> None:
    distance, people, n_open = town
    n_sites = distance.shape[1]
    n_open = min(n_open, n_sites - 1)
    site = data.draw(st.integers(0, n_sites - 1))
    least, ties = slow.best(
        slow.choices(n_sites, n_open, forbidden=[site]),
        slow.median(distance.tolist(), people.tolist()),
    )
    told = p_median(distance, people, n_open=n_open).refused(site).answer
    assert told.objective == pytest.approx(least)
    assert all_of(told) == ties
    assert site not in told.sites


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(1, 60), st.booleans())
def test_the_nearest_few_answer_as_the_whole_table(seed: int, n_open: int, floored: bool) -> None:
    chance = np.random.default_rng(seed)
    points = chance.random((80, 2)) * 100.0
    people = chance.integers(1, 9, 80).astype(np.float64)
    far = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1)))
    far = np.floor(far) if floored else far
    whole = p_median(far, people, n_open=n_open).answer
    near = p_median_on_plane(points, points, people, n_open=n_open, floored=floored).answer
    assert whole.proven and near.proven
    assert near.objective == pytest.approx(whole.objective)
