"""A run begins, its stages move, its notes add up; three people, one who left, and an agent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.engagement.programme.actions import (
    StageChange,
    add_missing_stages,
    add_news,
    add_own_stage,
    begin_run,
    change_run,
    change_stage,
    close_run,
    move_stage,
)
from courtepointe.engagement.programme.models import StageCard
from courtepointe.engagement.programme.path import stages
from courtepointe.engagement.programme.queries import (
    card_of,
    cards_of,
    missing_stages,
    news_of,
    records_of,
    run_of,
    runs_of,
)
from courtepointe.engagement.programme.values import Card, Phase
from courtepointe.people.queries import changes_of
from courtepointe.people.values import Person

TODAY = date(2026, 6, 1)


def card(table: Table, number: int) -> Card:
    found = card_of(table.id, number)
    assert found is not None
    return found[1]


def test_a_run_lays_every_stage_and_phase_once(table: Table, run: int, agent: Person) -> None:
    laid = cards_of(run)
    assert [one.stage for one in laid] == list(stages())
    assert all(one.due and one.state == "todo" for one in laid)
    assert len(records_of(Phase, run)) == 7 and missing_stages(run) == ()
    with pytest.raises(Refused, match="a_programme_runs"):
        begin_run(table.slug, name="x", starts=TODAY, ends=date(2027, 1, 1), by=agent, now=NOW)


def test_a_run_may_begin_without_dates_and_gain_stages_later(table: Table, agent: Person) -> None:
    run = begin_run(
        table.slug,
        name="  Court  parcours ",
        starts=TODAY,
        ends=date(2026, 9, 1),
        usual_dates=False,
        by=agent,
        now=NOW,
    )
    assert run_of(table.id).name == "Court parcours"  # type: ignore[union-attr]
    assert not records_of(Phase, run) and not any(one.due for one in cards_of(run))
    StageCard.objects.filter(stage="spaces_tried").delete()
    assert missing_stages(run) == ("spaces_tried",)
    assert add_missing_stages(table.slug, by=agent, now=NOW) == 1
    assert [one.stage for one in cards_of(run)] == list(stages())


def test_a_run_is_refused_whole(table: Table, agent: Person) -> None:
    for told in ({"name": " "}, {"ends": TODAY}, {"ends": TODAY - timedelta(days=1)}):
        values: dict[str, Any] = {"name": "x", "starts": TODAY, "ends": date(2027, 1, 1)} | told
        with pytest.raises(BadInput):
            begin_run(table.slug, **values, by=agent, now=NOW)
    assert runs_of(table.id) == () and not StageCard.objects.exists()


def test_a_stage_moves_and_its_days_follow(table: Table, run: int, agent: Person) -> None:
    number = cards_of(run)[0].number
    move_stage(table.slug, number, state="doing", by=agent, now=NOW)
    assert (card(table, number).began, card(table, number).done_on) == (TODAY, None)
    later = NOW + timedelta(days=9)
    move_stage(table.slug, number, state="done", by=agent, now=later)
    assert (card(table, number).began, card(table, number).done_on) == (TODAY, date(2026, 6, 10))
    move_stage(table.slug, number, state="doing", by=agent, now=later)
    assert (card(table, number).began, card(table, number).done_on) == (TODAY, None)
    move_stage(table.slug, number, state="todo", by=agent, now=later)
    assert (card(table, number).began, card(table, number).done_on) == (None, None)
    with pytest.raises(BadInput, match="why_aside_needed"):
        move_stage(table.slug, number, state="aside", why="  ", by=agent, now=NOW)
    with pytest.raises(BadInput, match="programme_unknown_choice"):
        move_stage(table.slug, number, state="fini", by=agent, now=NOW)
    move_stage(table.slug, number, state="aside", why="fait par la Table", by=agent, now=NOW)
    assert card(table, number).why_aside == "fait par la Table"
    move_stage(table.slug, number, state="doing", by=agent, now=NOW)
    assert card(table, number).why_aside == ""
    assert {one.by for one in changes_of(table.id) if one.what == "programme.stagecard"} == {"Eli"}


def test_a_stage_s_days_hold_together(table: Table, run: int, agent: Person) -> None:
    number = cards_of(run)[0].number
    bare = StageChange(due=None, began=None, done_on=None, carrier="", evidence="")
    told = StageChange(TODAY, None, None, "agent", " un compte rendu ", title="ignoré")
    change_stage(table.slug, number, told, by=agent, now=NOW)
    assert card(table, number).evidence == "un compte rendu" and card(table, number).title == ""
    refused = {
        "day_to_come": StageChange(None, date(2026, 6, 2), None, "", ""),
        "done_day_follows_state": StageChange(None, None, TODAY, "", ""),
        "programme_unknown_choice": StageChange(None, None, None, "Ana", ""),
    }
    for code, change in refused.items():
        with pytest.raises((BadInput, Refused), match=code):
            change_stage(table.slug, number, change, by=agent, now=NOW)
    move_stage(table.slug, number, state="done", by=agent, now=NOW)
    with pytest.raises(Refused, match="done_day_follows_state"):
        change_stage(table.slug, number, bare, by=agent, now=NOW)
    with pytest.raises(BadInput, match="ends_before_it_begins"):
        change_stage(
            table.slug, number, StageChange(None, TODAY, date(2026, 5, 1), "", ""), by=agent, now=NOW
        )  # fmt: skip


def test_a_stage_of_their_own_is_kept_last_and_keeps_its_words(
    table: Table, run: int, agent: Person
) -> None:
    number = add_own_stage(table.slug, strand="spaces", title="Jardin  partagé", by=agent, now=NOW)
    mine = cards_of(run)[-1]
    assert (mine.number, mine.title, mine.is_own) == (number, "Jardin partagé", True)
    told = StageChange(TODAY, None, None, "", "", title="Jardin", asks="Un bail")
    change_stage(table.slug, number, told, by=agent, now=NOW)
    assert card(table, number).asks == "Un bail"
    for values in ({"strand": "spaces", "title": " "}, {"strand": "autre", "title": "x"}):
        with pytest.raises(BadInput):
            add_own_stage(table.slug, **values, by=agent, now=NOW)


def test_notes_are_added_by_members_and_one_sets_another_right(table: Table, run: int) -> None:
    number = cards_of(run)[0].number
    first = add_news(table.slug, card=number, on=date(2026, 5, 2), text="12 rencontres", by=table.member, now=NOW)  # fmt: skip
    second = add_news(table.slug, card=number, on=date(2026, 5, 3), text="21 rencontres", corrects=first, by=table.member, now=NOW)  # fmt: skip
    add_news(table.slug, on=TODAY, text="Bilan du mois", by=table.coordinator, now=NOW)
    assert card(table, number).last_news == date(2026, 5, 3)
    assert [one.corrects for one in news_of(run, card=number)] == [first, None]
    assert [one.by for one in news_of(run)] == ["Ana", "Bao", "Bao"]
    for told in (
        {"text": " ", "on": TODAY},
        {"text": "x", "on": TODAY + timedelta(days=1)},
        {"text": "x", "on": TODAY, "corrects": second},
    ):
        with pytest.raises((BadInput, NotFound)):
            add_news(table.slug, **told, by=table.member, now=NOW)  # type: ignore[arg-type]
    assert len(news_of(run)) == 3


def test_what_can_never_be_taken_away_is_not_kept_twice(
    table: Table, run: int, agent: Person
) -> None:
    """A form sent twice by a hand that trembles leaves one note and one stage."""
    card, told = cards_of(run)[0].number, {"on": TODAY, "text": "12 rencontres"}
    first, again = (add_news(table.slug, card=card, **told, by=agent, now=NOW) for _ in range(2))
    assert first == again and len(news_of(run)) == 1
    for another in ({"by": table.member}, {"card": None}, {"text": "13 rencontres"}):
        add_news(table.slug, **{"card": card, **told, "by": agent, "now": NOW, **another})  # type: ignore[arg-type]
    assert len(news_of(run)) == 4
    own = {"strand": "spaces", "title": "Jardin"}
    one, two = (add_own_stage(table.slug, **own, by=agent, now=NOW) for _ in range(2))  # type: ignore[arg-type]
    other = add_own_stage(table.slug, **own, due=TODAY, by=agent, now=NOW)  # type: ignore[arg-type]
    assert one == two != other and sum(c.is_own for c in cards_of(run)) == 2


def test_days_are_of_this_century(table: Table, run: int, agent: Person) -> None:
    """A year of which a digit slipped stopped the page: years end at 9999."""
    far = (date(9999, 12, 31), date(202, 1, 1))
    for day in far:
        writes = (
            lambda day=day: change_run(table.slug, name="x", starts=min(day, TODAY), ends=max(day, TODAY), note="", by=agent, now=NOW),
            lambda day=day: add_own_stage(table.slug, strand="spaces", title="x", due=day, by=agent, now=NOW),
            lambda day=day: add_news(table.slug, on=day, text="x", by=agent, now=NOW),
            lambda day=day: change_stage(table.slug, cards_of(run)[0].number, StageChange(day, None, None, "", ""), by=agent, now=NOW),
        )  # fmt: skip
        for write in writes:
            with pytest.raises(BadInput, match="programme_day_far"):
                write()
    with pytest.raises(BadInput, match="day_to_come"):
        close_run(table.slug, on=TODAY + timedelta(days=1), by=agent, now=NOW)
    with pytest.raises(BadInput, match="programme_day_far"):
        begin_run(table.other, name="x", starts=date(9999, 1, 1), ends=far[0], by=table.stranger, now=NOW)  # fmt: skip
    assert run_of(table.id).closed is None  # type: ignore[union-attr]


def test_only_those_who_may_write_write(table: Table, run: int) -> None:
    number = cards_of(run)[0].number
    writes = (
        lambda who: move_stage(table.slug, number, state="doing", by=who, now=NOW),
        lambda who: add_own_stage(table.slug, strand="spaces", title="x", by=who, now=NOW),
        lambda who: add_missing_stages(table.slug, by=who, now=NOW),
        lambda who: change_run(table.slug, name="x", starts=TODAY, ends=date(2027, 1, 1), note="", by=who, now=NOW),
        lambda who: close_run(table.slug, on=TODAY, by=who, now=NOW),
    )  # fmt: skip
    for write in writes:
        with pytest.raises(NotAllowed, match="role_needed"):
            write(table.member)
        for who in (table.former, table.stranger):
            with pytest.raises(NotFound, match="unknown_workspace"):
                write(who)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            add_news(table.slug, on=TODAY, text="x", by=who, now=NOW)
    assert card(table, number).state == "todo" and news_of(run) == ()


def test_a_stranger_s_own_run_opens_no_other(table: Table, run: int) -> None:
    number = cards_of(run)[0].number
    begin_run(table.other, name="x", starts=TODAY, ends=date(2027, 1, 1), by=table.stranger, now=NOW)  # fmt: skip
    with pytest.raises(NotFound, match="unknown_stage"):
        move_stage(table.other, number, state="done", by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_stage"):
        add_news(table.other, card=number, on=TODAY, text="x", by=table.stranger, now=NOW)


def test_a_closed_run_is_read_and_no_longer_written(table: Table, run: int, agent: Person) -> None:
    number = cards_of(run)[0].number
    with pytest.raises(BadInput, match="ends_before_it_begins"):
        close_run(table.slug, on=date(2025, 1, 1), by=agent, now=NOW)
    close_run(table.slug, on=TODAY, by=agent, now=NOW)
    with pytest.raises(Refused, match="no_programme_runs"):
        move_stage(table.slug, number, state="done", by=agent, now=NOW)
    again = begin_run(table.slug, name="Suite", starts=TODAY, ends=date(2028, 1, 1), by=agent, now=NOW)  # fmt: skip
    assert [one.number for one in runs_of(table.id)] == [again, run]
    assert run_of(table.id, run).closed == TODAY  # type: ignore[union-attr]
    with pytest.raises(NotFound, match="unknown_stage"):
        move_stage(table.slug, number, state="done", by=agent, now=NOW)
