"""Tests among peers, and many of them at once: worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.multiplicity import adjusted, false_discovery
from courtepointe.core.stand_out import LEAST_PEERS, AmongPeers, among_peers, p_of_margin


def one(
    value: float, peers: list[float], *, error: float = 0.0, theirs: float = 0.0, known: bool = True
) -> AmongPeers:
    held = np.array(peers)[:, None]
    there = np.ones_like(held, dtype=np.bool_)
    return among_peers(np.array([value]), np.array([error]), np.array([known]),
                       peers=(held, np.full_like(held, theirs), there))  # fmt: skip


def test_one_among_five_worked_by_hand() -> None:
    """Mean 3, S**2 = 2.5: t = 6 / sqrt(3) = 3.464 on 4 degrees of freedom."""
    told = one(9.0, [1, 2, 3, 4, 5])
    assert told.difference[0] == 6.0 and told.centre[0] == 3.0
    assert told.deviation[0] == pytest.approx(math.sqrt(3))
    assert told.p_value[0] == pytest.approx(0.02572, abs=1e-4)


def test_an_error_beyond_that_of_the_peers_widens() -> None:
    plain, alike = one(9.0, [1, 2, 3, 4, 5]), one(9.0, [1, 2, 3, 4, 5], error=1, theirs=1)
    wide = one(9.0, [1, 2, 3, 4, 5], error=3, theirs=1)
    assert alike.p_value[0] == plain.p_value[0]
    assert wide.deviation[0] == pytest.approx(math.sqrt(3 + 9 - 1))


@pytest.mark.parametrize(
    "told",
    [
        one(9.0, [1, 2, 3, 4, 5], known=False),
        one(9.0, [1, 2, 3]),
        one(9.0, [2.2, 2.2, 2.2, 2.2]),
    ],
)
def test_what_cannot_be_tested_is_not(told: AmongPeers) -> None:
    assert not told.tested[0] and told.p_value[0] == 1.0 and told.difference[0] == 0.0


def test_peers_without_an_error_are_left_out() -> None:
    peers = np.array([[1.0], [2.0], [3.0], [4.0], [500.0]])
    there = np.array([[True]] * LEAST_PEERS + [[False]])
    told = among_peers(np.array([9.0]), np.zeros(1), np.ones(1, np.bool_),
                       peers=(peers, np.zeros_like(peers), there))  # fmt: skip
    assert told.n_peers[0] == 4 and told.centre[0] == 2.5


def test_tables_that_do_not_meet_and_numbers_that_are_none_are_refused() -> None:
    good = (np.zeros((5, 1)), np.zeros((5, 1)), np.ones((5, 1), np.bool_))
    with pytest.raises(BadInput, match="peers_shape"):
        among_peers(np.zeros(2), np.zeros(2), np.ones(2, np.bool_), peers=good)
    with pytest.raises(BadInput, match="core_not_a_number"):
        among_peers(np.array([np.nan]), np.zeros(1), np.ones(1, np.bool_), peers=good)


def test_a_margin_as_a_p_value() -> None:
    told = p_of_margin(np.array([2.0, 4.0, 0.0, 3.0, 0.0]), np.array([2.0, 2.0, 2.0, 0.0, 0.0]))
    assert told[:3] == pytest.approx([0.05, 2 * 0.5 * math.erfc(1.96 * 2 / math.sqrt(2)), 1.0],
                                     abs=1e-5)  # fmt: skip
    assert told[3:].tolist() == [0.0, 1.0]


def test_discoveries_of_the_original_article() -> None:
    """Benjamini and Hochberg 1995, section 3.2: 15 tests at 5 %, the four least are discoveries."""
    p = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
                  0.4262, 0.5719, 0.6528, 0.7590, 1.0])  # fmt: skip
    shuffled = np.random.default_rng(1).permutation(15)
    found = false_discovery(p[shuffled], rate=0.05)
    assert sorted(p[shuffled][found].tolist()) == [0.0001, 0.0004, 0.0019, 0.0095]


def test_adjusted_values_never_fall_and_nothing_has_none() -> None:
    assert adjusted(np.array([0.01, 0.02, 0.03])) == pytest.approx([0.03, 0.03, 0.03])
    assert adjusted(np.array([0.5, 0.01])) == pytest.approx([0.5, 0.02])
    assert adjusted(np.array([])).size == 0 and false_discovery(np.array([]), rate=0.1).size == 0


def test_rates_and_chances_out_of_range_are_refused() -> None:
    for rate in (0.0, 1.0, -0.1):
        with pytest.raises(BadInput, match="rate_out_of_range"):
            false_discovery(np.array([0.1]), rate=rate)
    with pytest.raises(BadInput, match="p_value_out_of_range"):
        adjusted(np.array([0.1, 1.2]))
    with pytest.raises(BadInput, match="p_value_out_of_range"):
        adjusted(np.array([0.1, math.nan]))
