"""The areas most alike: worked by hand, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.peers import NORMAL, nearest, scale_of
from courtepointe.core.typing import Bools, Floats

VALUES: Floats = np.array([[1.0, 10.0], [2.0, 10.0], [3.0, 20.0], [4.0, 30.0], [90.0, 30.0]])
EVERY: Bools = np.ones((5, 2), dtype=np.bool_)
CODES = ("e", "d", "c", "b", "a")


def test_a_robust_scale_worked_by_hand() -> None:
    """Median 3, deviations 2 1 0 1 87: their median is 1; 90 does not count for more."""
    told = scale_of(VALUES, EVERY)
    assert told.centre.tolist() == [3.0, 20.0]
    assert told.spread == pytest.approx([NORMAL * 1.0, NORMAL * 10.0])
    assert told.scores(VALUES)[0] == pytest.approx([-2 / NORMAL, -1 / NORMAL])


def test_a_plain_scale_worked_by_hand() -> None:
    told = scale_of(VALUES[:3], EVERY[:3], method="plain")
    assert told.centre == pytest.approx([2.0, 40 / 3])
    assert told.spread == pytest.approx([1.0, math.sqrt(100 / 3)])


def test_the_normal_factor_is_that_of_the_normal_law() -> None:
    sample = np.random.default_rng(3).normal(0, 5, (4001, 1))
    told = scale_of(sample, np.ones_like(sample, dtype=np.bool_))
    assert told.spread[0] == pytest.approx(5, rel=0.05)


def test_what_does_not_vary_or_is_hardly_known_is_not_used() -> None:
    values = np.array([[1.0, 5.0], [1.0, 6.0], [1.0, 7.0], [2.0, 8.0]])
    known = np.array([[True, True], [True, True], [True, False], [True, False]])
    told = scale_of(values, known)
    assert told.usable.tolist() == [False, False]
    assert told.scores(values).tolist() == [[0.0, 0.0]] * 4


def peers_of(place: int, n_peers: int, weights: tuple[float, float] = (1.0, 1.0)) -> list[str]:
    scores = VALUES / [1.0, 10.0]
    eligible = np.arange(5) != place
    found = nearest(scores, scores[place], weights=np.array(weights), eligible=eligible,
                    codes=CODES, n_peers=n_peers)  # fmt: skip
    return [CODES[position] for position in found.positions.tolist()]


def test_the_nearest_come_first_and_ties_by_code() -> None:
    """From (2, 1): e lies at (1, 1), c at (3, 2), b at (4, 3)."""
    assert peers_of(1, 3) == ["e", "c", "b"]
    assert peers_of(1, 9) == ["e", "c", "b", "a"]
    tie = nearest(np.array([[1.0], [3.0], [2.0]]), np.array([2.0]), weights=np.ones(1), n_peers=2,
                  eligible=np.array([True, True, False]), codes=("z", "m", "x"))  # fmt: skip
    assert tie.positions.tolist() == [1, 0]


def test_contributions_are_parts_of_the_squared_distance() -> None:
    scores = np.array([[0.0, 0.0], [3.0, 1.0], [0.0, 0.0]])
    found = nearest(scores, scores[0], weights=np.array([1.0, 3.0]), n_peers=2,
                    eligible=np.array([False, True, True]), codes="abc")  # fmt: skip
    assert found.positions.tolist() == [2, 1]
    assert found.distance == pytest.approx([0.0, math.sqrt((9 + 3) / 4)])
    assert found.contribution == pytest.approx(np.array([[0.0, 0.0], [0.75, 0.25]]))


def test_a_weight_of_none_leaves_a_variable_out() -> None:
    assert peers_of(3, 2, weights=(0.0, 1.0)) == ["a", "c"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weights": np.array([0.0, 0.0])}, "peers_weights"),
        ({"weights": np.array([2.0, -1.0])}, "peers_weights"),
        ({"n_peers": 0}, "peers_number"),
    ],
)
def test_a_group_that_cannot_be_is_refused(change: dict[str, object], code: str) -> None:
    asked = {"weights": np.ones(2), "eligible": EVERY[:, 0], "codes": CODES, "n_peers": 2} | change
    with pytest.raises(BadInput) as refused:
        nearest(VALUES, VALUES[0], **asked)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_an_unknown_scale_and_a_number_that_is_none_are_refused() -> None:
    with pytest.raises(BadInput, match="peers_scale"):
        scale_of(VALUES, EVERY, method="rank")
    holed = VALUES.copy()
    holed[2, 1] = np.nan
    with pytest.raises(BadInput, match="core_not_a_number"):
        scale_of(holed, EVERY)
    assert scale_of(holed, ~np.isnan(holed)).usable.all()
