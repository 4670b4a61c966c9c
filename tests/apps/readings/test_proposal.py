"""What two views propose, worked by hand: order alone, unknown where a side is silent, people decide."""

from __future__ import annotations

import pytest

from courtepointe.portraits.readings.kinds import data, words_of
from courtepointe.portraits.readings.proposal import Marks, Proposal, marks, proposed, voted
from courtepointe.portraits.resilience.values import DimensionVoices, Score

BY = Marks(fragile_from=40.0, present_from=60.0, passages=3, sources=2)


def score(low: float, high: float) -> Score:
    return Score((low + high) / 2, low, high, 0.0, 0.0, 0.0, 1.0)


def voices(up: int, down: int, both: int = 0, sources: int = 2) -> DimensionVoices:
    return DimensionVoices("REL", up, down, both, sources, {}, None)


@pytest.mark.parametrize(
    ("numbers", "people", "agreement", "state", "reason"),
    [
        # either side silent: unknown, however sure the other is
        (None, voices(9, 0), "unknown", "unknown", "no_numbers"),
        (None, None, "unknown", "unknown", "no_numbers"),
        (score(70, 80), None, "unknown", "unknown", "few_voices"),
        (score(70, 80), voices(2, 0), "unknown", "unknown", "few_voices"),
        (score(70, 80), voices(9, 0, sources=1), "unknown", "unknown", "few_voices"),
        # both point the same way
        (score(70, 80), voices(3, 0), "agreement", "present", "both_strong"),
        (score(60, 80), voices(4, 1), "agreement", "present", "both_strong"),
        (score(45, 55), voices(1, 4), "agreement", "fragile", "both_fragile"),
        (score(30, 55), voices(0, 4), "agreement", "fragile", "both_fragile"),
        # absent: the whole interval is, and nobody told of a strength
        (score(10, 39.9), voices(0, 3), "agreement", "absent", "both_fragile"),
        (score(10, 39.9), voices(1, 4), "agreement", "fragile", "both_fragile"),
        (score(10, 40), voices(0, 3), "agreement", "fragile", "both_fragile"),
        # they do not say the same: no state is proposed
        (score(70, 80), voices(0, 5), "tension", "unknown", "numbers_stronger"),
        (score(10, 30), voices(5, 0), "tension", "unknown", "people_stronger"),
        # people say both: 2 and 2; 3 up, 1 down, 2 contradictions
        (score(70, 80), voices(2, 2), "tension", "unknown", "people_divided"),
        (score(10, 30), voices(3, 1, 2), "tension", "unknown", "people_divided"),
        # five up, one down, one contradiction: the median is a strength either way
        (score(70, 80), voices(5, 1, 1), "agreement", "present", "both_strong"),
        # the interval covers the mark of what is present
        (score(55, 65), voices(9, 0), "unknown", "unknown", "numbers_wide"),
        (score(10, 90), voices(0, 9), "unknown", "unknown", "numbers_wide"),
    ],
)
def test_cases_worked_by_hand(
    numbers: Score | None,
    people: DimensionVoices | None,
    agreement: str,
    state: str,
    reason: str,
) -> None:
    assert proposed(numbers, people, by=BY) == Proposal(agreement, state, reason)


def test_every_reason_and_state_has_words_in_both_languages() -> None:
    for name in ("agreements", "states", "reasons"):
        assert all(one.fr and one.en for one in words_of(name).values())
    assert proposed(None, None, by=BY).why.en == words_of("reasons")["no_numbers"].en


def test_the_marks_in_force_are_data_and_in_order() -> None:
    held = marks()
    assert 0 < held.fragile_from < held.present_from < 100
    assert (held.passages, held.sources) == (data("marks")["voices"]["passages"], 2)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({}, None),
        ({"present": 3, "fragile": 1, "absent": 1}, ("present", "present")),
        ({"present": 2, "fragile": 2}, ("fragile", "present")),
        ({"present": 2, "absent": 2}, ("absent", "present")),
        ({"present": 5, "fragile": 1, "absent": 5}, ("fragile", "fragile")),
    ],
)
def test_votes_have_a_lower_and_an_upper_median(
    counts: dict[str, int], expected: tuple[str, str] | None
) -> None:
    assert voted(counts) == expected
