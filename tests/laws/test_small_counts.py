"""Laws of small counts: nothing small is told, nothing small can be worked out, order of units."""

import itertools

import numpy as np
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core.disclosure import tellable
from courtepointe.core.typing import Bools, Floats

LEAST = 4
N_UNITS = 4


@st.composite
def questions(draw: st.DrawFn) -> tuple[sp.csr_matrix, Floats]:
    """Some sums of whole units, and small true counts."""
    counts = draw(st.lists(st.integers(0, 9), min_size=N_UNITS, max_size=N_UNITS))
    rows = draw(
        st.lists(
            st.lists(st.sampled_from([0.0, 1.0]), min_size=N_UNITS, max_size=N_UNITS),
            min_size=1,
            max_size=6,
        )
    )
    return sp.csr_matrix(np.array(rows)), np.array(counts, dtype=np.float64)


WORLDS = np.array(list(itertools.product(range(14), repeat=N_UNITS)), dtype=np.float64)
"""All whole counts that an attacker could think of: the slow and obvious attack."""


@given(questions())
@settings(max_examples=60, deadline=None)
def test_no_small_total_is_told(asked: tuple[sp.csr_matrix, Floats]) -> None:
    matrix, counts = asked
    totals = matrix @ counts
    chosen = tellable(matrix, counts, least=LEAST)
    assert not (chosen & (totals > 0) & (totals < LEAST)).any()


@given(questions())
@settings(max_examples=25, deadline=None)
def test_nobody_can_work_out_a_small_count_of_one_unit(
    asked: tuple[sp.csr_matrix, Floats],
) -> None:
    matrix, counts = asked
    chosen = tellable(matrix, counts, least=LEAST)
    told = matrix.toarray()[chosen]
    worlds = WORLDS[(told @ counts == WORLDS @ told.T).all(axis=1)]
    counted = told.any(axis=0)
    for unit in np.flatnonzero(counted & (counts > 0) & (counts < LEAST)):
        assert len(set(worlds[:, unit].tolist())) > 1


@given(questions(), st.permutations(range(N_UNITS)))
@settings(max_examples=40, deadline=None)
def test_the_order_of_units_does_not_matter(
    asked: tuple[sp.csr_matrix, Floats], order: list[int]
) -> None:
    matrix, counts = asked

    def choose(places: list[int]) -> Bools:
        return tellable(sp.csr_matrix(matrix[:, places]), counts[places], least=LEAST)

    assert choose(list(range(N_UNITS))).tolist() == choose(order).tolist()


@given(questions())
@settings(max_examples=40, deadline=None)
def test_asking_again_changes_nothing(asked: tuple[sp.csr_matrix, Floats]) -> None:
    matrix, counts = asked
    chosen = tellable(matrix, counts, least=LEAST)
    told = sp.csr_matrix(matrix[np.flatnonzero(chosen)])
    assert tellable(told, counts, least=LEAST, told=told).all()
