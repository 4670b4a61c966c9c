"""What is due, stale, done, late: worked by hand, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.engagement.programme.board import (
    Due,
    Stale,
    as_shared,
    by_when,
    drift,
    dues,
    phases_now,
    progress,
    side_by_side,
    silent_days,
    stale,
    told_count,
    when,
)
from courtepointe.engagement.programme.values import (
    Achievement,
    Card,
    Communication,
    Phase,
    Risk,
    Run,
    Sector,
)

TODAY = date(2026, 6, 15)
CARD = Card(
    number=1,
    strand="spaces",
    stage="spaces_agreed",
    title="",
    asks="",
    state="todo",
    why_aside="",
    carrier="",
    due=None,
    began=None,
    done_on=None,
    evidence="",
    last_news=None,
    stale_days=30,
    holds_days=365,
)
PHASE = Phase(1, "settle", "", date(2026, 3, 1), date(2026, 5, 1), None, None, "")
RUN = Run(1, "Essai", date(2026, 1, 1), date(2027, 1, 1), None, "")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-400, "overdue"), (-1, "overdue"), (0, "today"), (1, "week"), (7, "week"), (8, "later")],
)
def test_a_day_is_past_today_in_seven_days_or_later(days: int, expected: str) -> None:
    assert when(TODAY + timedelta(days=days), today=TODAY) == expected


def test_what_is_done_set_aside_or_dropped_is_expected_no_more() -> None:
    cards = [replace(CARD, number=n, state=s, due=TODAY) for n, s in enumerate(("todo", "doing", "done", "aside"))]  # fmt: skip
    told = Communication(5, "residents", "Bonjour", "poster", ("fr",), ago(2), "", "planned", None, "")  # fmt: skip
    risk = Risk(6, "Départ", "possible", "serious", "", "", ago(-3), "closed")
    found = dues(
        cards=cards,
        communications=[told, replace(told, number=7, state="sent")],
        risks=[risk],
        phases=[PHASE, replace(PHASE, number=2, began=ago(90), ended=ago(40))],
    )
    assert found == (
        Due("phase_start", 1, date(2026, 3, 1)),
        Due("phase_end", 1, date(2026, 5, 1)),
        Due("communication", 5, ago(2)),
        Due("card", 0, TODAY),
        Due("card", 1, TODAY),
    )
    parted = by_when(found, today=TODAY)
    assert [len(parted[name]) for name in ("overdue", "today", "week", "later")] == [3, 2, 0, 0]


def test_a_stage_under_way_is_asked_about_after_its_silence() -> None:
    card = replace(CARD, state="doing", began=ago(100))
    assert stale(card, today=TODAY) == Stale(1, "silent", 100)
    assert stale(replace(card, last_news=ago(29)), today=TODAY) is None
    assert stale(replace(card, last_news=ago(30)), today=TODAY) == Stale(1, "silent", 30)
    assert silent_days(replace(card, last_news=ago(200)), today=TODAY) == 100, "the later of both"
    assert stale(replace(card, state="todo", due=ago(300)), today=TODAY) is None, "late, not silent"
    assert stale(replace(card, state="aside"), today=TODAY) is None


def test_what_is_done_wants_its_proof_and_is_seen_again_when_it_no_longer_holds() -> None:
    card = replace(CARD, state="done", began=ago(500), done_on=ago(400))
    assert stale(card, today=TODAY) == Stale(1, "unproved", 400)
    proved = replace(card, evidence="entente signée")
    assert stale(proved, today=TODAY) == Stale(1, "again", 400)
    assert stale(replace(proved, last_news=ago(10)), today=TODAY) is None, "it was seen since"
    assert stale(replace(proved, holds_days=None), today=TODAY) is None


def test_progress_counts_facts_and_keeps_a_sector_s_own_stages_apart() -> None:
    cards = [
        replace(CARD, number=1, state="done", done_on=ago(3), evidence="oui"),
        replace(CARD, number=2, state="doing", began=ago(60)),
        replace(CARD, number=3, due=ago(1)),
        replace(CARD, number=4, state="aside"),
        replace(CARD, number=5, stage="", title="À nous", state="done", done_on=ago(3), evidence="x"),
    ]  # fmt: skip
    (told,) = progress(cards, strands=["spaces"], today=TODAY)
    assert (told.n_stages, told.n_todo, told.n_doing, told.n_done, told.n_aside) == (4, 1, 1, 1, 1)
    assert (told.n_own, told.n_own_done) == (1, 1)
    assert (told.n_stale, told.n_overdue, told.silent_days) == (1, 1, 60)
    (empty,) = progress([], strands=["spaces"], today=TODAY)
    assert empty.n_stages == 0 and empty.silent_days is None


@given(st.lists(st.sampled_from(["todo", "doing", "done", "aside"])), st.integers(0, 4))
def test_stages_of_their_own_never_move_what_is_compared(states: list[str], own: int) -> None:
    cards = [replace(CARD, number=n, state=state, began=ago(9)) for n, state in enumerate(states)]
    mine = [replace(CARD, number=99, stage="", title="À nous", state="done") for _ in range(own)]
    (with_own,), (without,) = (
        progress(held, strands=["spaces"], today=TODAY) for held in (cards + mine, cards)
    )
    compared = ("n_stages", "n_todo", "n_doing", "n_done", "n_aside")
    assert all(getattr(with_own, name) == getattr(without, name) for name in compared)
    assert sum(getattr(without, name) for name in compared[1:]) == without.n_stages


def test_a_phase_runs_late_by_days() -> None:
    told = drift(PHASE, today=TODAY)
    assert (told.start_days, told.end_days) == (106, 45), "neither begun nor ended"
    told = drift(replace(PHASE, began=date(2026, 2, 27)), today=TODAY)
    assert (told.start_days, told.end_days, told.is_open) == (-2, 45, True)
    told = drift(replace(PHASE, began=PHASE.starts, ended=PHASE.ends), today=TODAY)
    assert (told.start_days, told.end_days, told.is_open) == (0, 0, False)
    told = drift(PHASE, today=date(2026, 2, 1))
    assert (told.start_days, told.end_days) == (None, None)


def test_phases_of_today() -> None:
    now = replace(PHASE, ends=date(2026, 7, 1))
    assert phases_now([PHASE, now], today=TODAY) == (now,)
    begun = replace(PHASE, began=ago(99))
    assert phases_now([begun, replace(begun, ended=ago(1))], today=TODAY) == (begun,)


@pytest.mark.parametrize(("count", "told"), [(None, None), (0, 0), (1, -1), (4, -1), (5, 5)])
def test_small_counts_of_people_do_not_leave(count: int | None, told: int | None) -> None:
    assert told_count(count) == told


def test_sectors_stand_in_the_order_of_the_alphabet_whatever_they_did() -> None:
    done = replace(CARD, state="done", done_on=ago(1), evidence="x")
    names = ("Rosemont", "Éperon", "eau-vive", "Ahuntsic", "Zénith")
    party = Achievement(1, "Fête", "", TODAY, 3, 12, 2, "shared", "", None)
    sectors = [
        Sector(i, name, name, RUN, (replace(CARD, due=ago(5)),) + (done,) * i, (), (party,))
        for i, name in enumerate(names)
    ]
    told = side_by_side(sectors, strands=["spaces"], today=TODAY)
    assert [one.sector.name for one in told] == ["Ahuntsic", "eau-vive", "Éperon", "Rosemont", "Zénith"]  # fmt: skip
    assert told == side_by_side(reversed(sectors), strands=["spaces"], today=TODAY)
    assert told[0].sector.achievements == (as_shared(party),)
    assert (as_shared(party).residents, as_shared(party).volunteers) == (-1, 12)
    assert all(one.n_overdue == 1 for one in told)


def test_nothing_is_late_in_a_run_that_is_closed() -> None:
    closed = Sector(1, "a", "A", replace(RUN, closed=ago(1)), (replace(CARD, due=ago(5)),), (), ())
    (told,) = side_by_side([closed], strands=["spaces"], today=TODAY)
    assert told.n_overdue == told.n_stale == 0 and told.phases_now == ()
