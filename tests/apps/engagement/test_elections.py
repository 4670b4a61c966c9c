"""Elections and quorums: rules worked by hand, then a founding assembly from its call to its seats."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.gathered import COMMITTEE, DAY, Gathered
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.actions.committees import (
    begin_committee,
    call_election,
    count_election,
    end_committee,
    fill_seat,
    leave_seat,
    seat_elected,
    settle_tie,
    stand,
    withdraw_candidate,
)
from courtepointe.engagement.actions.meetings import call_meeting
from courtepointe.engagement.elections import check_count, elect, quorum_of
from courtepointe.engagement.queries.committees import committee, committees, election, elections_of
from courtepointe.engagement.values.meetings import (
    Counted,
    NewCommittee,
    NewElection,
    NewMeeting,
    NewSeat,
)
from courtepointe.people.access import workspace_to

HAND = [
    ({1: 9, 2: 5, 3: 2}, 2, {1, 2}, set()),
    ({1: 9, 2: 5, 3: 5}, 2, {1}, {2, 3}),
    ({1: 5, 2: 5, 3: 5}, 3, {1, 2, 3}, set()),
    ({1: 4, 2: 0, 3: 0}, 2, {1}, set()),
    ({1: 4, 2: 4}, 1, set(), {1, 2}),
    ({1: 7, 2: 3}, 5, {1, 2}, set()),
]


@pytest.mark.parametrize(("votes", "seats", "elected", "tied"), HAND)
def test_elections_worked_by_hand(
    votes: dict[int, int], seats: int, elected: set[int], tied: set[int]
) -> None:
    result = elect(votes.keys(), votes, seats=seats)
    assert (result.elected, result.tied) == (elected, tied)


def test_no_more_candidates_than_seats_are_elected_without_a_vote() -> None:
    assert elect([4, 7], {}, seats=2).elected == {4, 7}
    with pytest.raises(BadInput, match="votes_missing"):
        elect([4, 7], {}, seats=1)
    with pytest.raises(BadInput, match="votes_missing"):
        elect([4, 7], {4: 1}, seats=1)


@given(st.dictionaries(st.integers(1, 8), st.integers(0, 9), min_size=1), st.integers(1, 5))
def test_laws_of_elections(votes: dict[int, int], seats: int) -> None:
    result = elect(votes.keys(), votes, seats=seats)
    assert len(result.elected) <= seats and not result.elected & result.tied
    outside = set(votes) - result.elected - result.tied
    for one in result.elected:
        assert votes[one] > 0 and all(votes[other] < votes[one] for other in result.tied)
        assert all(votes[other] <= votes[one] for other in outside)
    if result.tied:
        assert len({votes[one] for one in result.tied}) == 1
        assert len(result.elected) + len(result.tied) > seats > len(result.elected)
    more = elect(votes.keys(), votes, seats=seats + 1)
    assert result.elected <= more.elected, "a seat more unseats nobody"


@pytest.mark.parametrize(
    ("voting", "percent", "quorum"),
    [(8, 50, 5), (9, 50, 5), (0, 50, 0), (9, 0, 0), (9, 100, 9), (12, 33, 4), (1, 50, 1)],
)
def test_a_quorum(voting: int, percent: int, quorum: int) -> None:
    assert quorum_of(voting, percent=percent) == quorum


WRONG = [(10, 11, 5, 0, [5]), (10, 8, 9, 0, [5]), (10, 8, 8, 9, [0]), (10, 8, 8, 2, [7]), (10, 8, 8, 0, [8, 8, 1])]  # fmt: skip


@pytest.mark.parametrize(("eligible", "present", "cast", "spoiled", "votes"), WRONG)
def test_counts_that_disagree_are_refused(
    eligible: int, present: int, cast: int, spoiled: int, votes: list[int]
) -> None:
    with pytest.raises(BadInput, match="count_disagrees"):
        check_count(votes, eligible=eligible, present=present, cast=cast, spoiled=spoiled, seats=2)
    check_count([6, 6], eligible=10, present=8, cast=8, spoiled=2, seats=2)


@pytest.mark.django_db
def test_a_founding_assembly(table: Table) -> None:
    slug, k = table.slug, {"by": table.coordinator, "now": NOW}
    board = begin_committee(slug, NewCommittee("board", "Conseil d’administration", DAY), **k)
    assembly = call_meeting(
        slug,
        NewMeeting("Assemblée de fondation", NOW, NOW.replace(hour=20), "founding", board),
        **k,
    )
    vote = call_election(
        slug, board, NewElection("Premier conseil", 2, DAY, quorum=20, meeting=assembly), **k
    )
    with pytest.raises(Refused, match="nobody_stands"):
        count_election(slug, vote, Counted(40, 31, 31, 0, {}), **k)
    alix, bo, cy, dani = (
        stand(slug, vote, name, organisation=of, **k)
        for name, of in (("Alix", ""), ("Bo", "CLSC"), ("Cy", ""), ("Dani", ""))
    )
    with pytest.raises(Refused, match="candidate_stands_already"):
        stand(slug, vote, " Alix ", **k)
    withdraw_candidate(slug, dani, **k)
    with pytest.raises(BadInput, match="count_disagrees"):
        count_election(slug, vote, Counted(40, 31, 32, 0, {alix: 1, bo: 1, cy: 1}), **k)
    count_election(slug, vote, Counted(40, 31, 30, 2, {alix: 20, bo: 14, cy: 14}), **k)
    seen = workspace_to("read", slug, by=table.member, now=NOW)
    told = election(seen, vote)
    assert told.is_tied and told.state == "held"
    assert {c.name: c.elected for c in told.candidates} == {"Alix": True, "Bo": None, "Cy": None}
    with pytest.raises(BadInput, match="tie_settled_wrong"):
        settle_tie(slug, vote, [bo, cy], why="au sort", **k)
    settle_tie(slug, vote, [cy], why="tirage au sort", **k)
    with pytest.raises(Refused, match="no_tie"):
        settle_tie(slug, vote, [cy], why="encore", **k)
    for _ in range(2):
        assert seat_elected(slug, vote, role="member", since=DAY, until=date(2028, 6, 1), **k) == 2
    held = committee(seen, board, now=NOW)
    assert [(seat.name, seat.until) for seat in held.seats] == [
        ("Alix", date(2028, 6, 1)),
        ("Cy", date(2028, 6, 1)),
    ]
    assert held.quorum == 2, "half of two seats is both: more than half"
    with pytest.raises(Refused, match="election_over"):
        stand(slug, vote, "Tard", **k)


@pytest.mark.django_db
def test_without_quorum_nobody_is_elected(table: Table, made: Gathered) -> None:
    k = {"by": table.coordinator, "now": NOW}
    vote = call_election(table.slug, made.committee, NewElection("C. A.", 1, DAY, quorum=20), **k)
    one = stand(table.slug, vote, "Alix", **k)
    count_election(table.slug, vote, Counted(40, 19, 19, 0, {one: 19}), **k)
    seen = workspace_to("read", table.slug, by=table.member, now=NOW)
    told = elections_of(seen, made.committee)[0]
    assert (told.state, told.candidates[0].elected, told.is_tied) == ("without_quorum", None, False)
    with pytest.raises(Refused, match="nobody_elected"):
        seat_elected(table.slug, vote, role="chair", since=DAY, until=None, **k)


@pytest.mark.django_db
def test_terms_and_ends(table: Table, made: Gathered) -> None:
    k = {"by": table.coordinator, "now": NOW}
    seen = workspace_to("read", table.slug, by=table.member, now=NOW)
    second = fill_seat(
        table.slug, made.committee, NewSeat("member", DAY, person="Alix", votes=False), **k
    )
    assert committee(seen, made.committee, now=NOW).quorum == 1, (
        "a seat without a vote counts for no quorum"
    )
    leave_seat(table.slug, second, date(2026, 6, 30), why="déménage", **k)
    later = NOW.replace(month=7)
    told = committee(seen, made.committee, now=later)
    assert [s.name for s in told.seats] == ["Comité logement"] and [
        s.name for s in told.former
    ] == ["Alix"]
    with pytest.raises(BadInput, match="ends_before_it_begins"):
        leave_seat(table.slug, made.seat, date(2020, 1, 1), **k)
    with pytest.raises(BadInput, match="seat_of_nobody"):
        fill_seat(table.slug, made.committee, NewSeat("chair", DAY), **k)
    with pytest.raises(BadInput, match="gathering_unknown_kind"):
        begin_committee(table.slug, NewCommittee("cabal", "x", DAY), **k)
    end_committee(table.slug, made.committee, date(2026, 7, 1), **k)
    told = committee(seen, made.committee, now=later.replace(day=2))
    assert told.ended == date(2026, 7, 1) and told.seats == () and len(told.former) == 2
    with pytest.raises(Refused, match="committee_ended"):
        fill_seat(table.slug, made.committee, NewSeat("chair", DAY, person="x"), **k)
    begin_committee(table.slug, COMMITTEE, **k)
    assert [c.ended is None for c in committees(seen, now=later)] == [True, False]
