"""What two views propose, for every score and all voices: silence is unknown, order alone decides."""

from __future__ import annotations

from statistics import median_high, median_low

from hypothesis import given
from hypothesis import strategies as st

from courtepointe.portraits.readings.proposal import Marks, Proposal, proposed, voted
from courtepointe.portraits.resilience.values import DimensionVoices, Score

BY = Marks(fragile_from=40.0, present_from=60.0, passages=3, sources=2)
ORDER = ("absent", "fragile", "present")
COUNTS = st.integers(0, 12)
ENDS = st.lists(st.floats(0, 100), min_size=2, max_size=2).map(sorted)


def score(ends: list[float]) -> Score:
    return Score(sum(ends) / 2, ends[0], ends[1], 0.0, 0.0, 0.0, 1.0)


def voices(up: int, down: int, both: int, sources: int = 5) -> DimensionVoices:
    return DimensionVoices("REL", up, down, both, sources, {}, None)


@given(ENDS, COUNTS, COUNTS, COUNTS, st.integers(0, 4))
def test_a_state_is_proposed_only_where_the_two_agree(
    ends: list[float], up: int, down: int, both: int, sources: int
) -> None:
    found = proposed(score(ends), voices(up, down, both, sources), by=BY)
    assert (found.state == "unknown") == (found.agreement != "agreement")
    if sources < BY.sources or up + down + both < BY.passages:
        assert (found.agreement, found.state) == ("unknown", "unknown")


@given(COUNTS, COUNTS, COUNTS)
def test_without_numbers_nothing_is_proposed(up: int, down: int, both: int) -> None:
    assert proposed(None, voices(up, down, both), by=BY) == Proposal("unknown", "unknown", "no_numbers")  # fmt: skip


@given(ENDS, COUNTS, COUNTS, COUNTS)
def test_one_more_strength_never_turns_people_towards_fragility(
    ends: list[float], up: int, down: int, both: int
) -> None:
    before, after = (proposed(score(ends), voices(n, down, both), by=BY) for n in (up, up + 1))
    if before.state == "present":
        assert after.state == "present"
    if after.state == "absent":
        assert before.state in ("absent", "unknown")


@given(st.lists(st.sampled_from(ORDER), min_size=1, max_size=30))
def test_votes_have_the_medians_of_their_places(answers: list[str]) -> None:
    places = [ORDER.index(one) for one in answers]
    counts = {state: answers.count(state) for state in ORDER}
    assert voted(counts) == (ORDER[median_low(places)], ORDER[median_high(places)])
