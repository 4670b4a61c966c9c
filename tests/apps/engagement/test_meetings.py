"""Meetings from their call to their minutes, and the register of decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.support.gathered import AGO, DAY, DECISION, LATER, MEETING, SINCE, SOON, Gathered
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.actions.committees import begin_committee, fill_seat
from courtepointe.engagement.actions.decisions import (
    decide,
    end_decision,
    keep_decision,
    revise_decision,
)
from courtepointe.engagement.actions.meetings import (
    add_item,
    call_meeting,
    cancel_meeting,
    change_item,
    change_meeting,
    hold_meeting,
    note_presence,
    order_items,
    write_minutes,
)
from courtepointe.engagement.models import Meeting
from courtepointe.engagement.queries.calendar import moments
from courtepointe.engagement.queries.meetings import (
    coming_meetings,
    decision,
    due_for_review,
    meeting,
    past_meetings,
    register,
)
from courtepointe.engagement.texts import line, text
from courtepointe.engagement.values.meetings import NewCommittee, NewItem, NewSeat
from courtepointe.people.access import workspace_to
from courtepointe.people.models import HistoryRow

pytestmark = pytest.mark.django_db


def reader(table: Table):  # type: ignore[no-untyped-def]
    return workspace_to("read", table.slug, by=table.member, now=NOW)


def test_a_meeting_from_its_call_to_its_minutes(table: Table, made: Gathered) -> None:
    slug, k = table.slug, {"by": table.coordinator, "now": NOW}
    third, _fourth = (
        fill_seat(slug, made.committee, NewSeat("member", DAY, person=name), **k)
        for name in ("Bo", "Cy")
    )
    number = call_meeting(
        slug, replace(MEETING, committee=made.committee, starts=AGO, ends=SINCE), **k
    )
    first, second = (
        add_item(slug, number, NewItem(title, 20), **k) for title in ("Accueil", "Budget")
    )
    order_items(slug, number, [second, first], **k)
    with pytest.raises(BadInput, match="agenda_order"):
        order_items(slug, number, [second], **k)
    change_item(
        slug,
        second,
        NewItem("Budget", 30, "Trésorerie", "Le solde est de 400 $.\n\nOn continue."),
        **k,
    )
    note_presence(slug, number, {made.seat: "present", third: "excused"}, guests=2, **k)
    note_presence(slug, number, {third: "present"}, guests=3, **k)
    write_minutes(slug, number, "Ouverture à 19 h.\r\n\r\nMerci.", **k)
    hold_meeting(slug, number, **k)
    decide(slug, replace(DECISION, meeting=number), **k)
    told = meeting(reader(table), number)
    assert (told.line.state, told.line.committee, told.guests) == ("held", "Comité de pilotage", 3)
    assert [item.title for item in told.agenda] == ["Budget", "Accueil"]
    assert (
        told.agenda[0].notes.startswith("Le solde")
        and told.minutes == "Ouverture à 19 h.\n\nMerci."
    )
    assert [(p.seat.name, p.status) for p in told.presence] == [
        ("Bo", "present"),
        ("Comité logement", "present"),
        ("Cy", "expected"),
    ]
    assert (told.quorum, told.voting_present) == (2, 2)
    assert [d.committee for d in told.decisions] == ["Comité de pilotage"]
    assert [m.number for m in past_meetings(reader(table), now=NOW)] == [number]
    assert [m.number for m in coming_meetings(reader(table), now=NOW)] == [made.meeting]
    assert coming_meetings(reader(table), now=NOW, committee=made.committee) == ()


def test_calendars_hear_of_changes_and_of_cancelling(table: Table, made: Gathered) -> None:
    k = {"by": table.coordinator, "now": NOW}

    def told():  # type: ignore[no-untyped-def]
        return next(m for m in moments(table.id, since=NOW) if m.what == "meeting")

    first = told()
    assert (first.sequence, first.state) == (0, "confirmed")
    change_meeting(table.slug, made.meeting, MEETING, **k)
    assert told().sequence == 0, "the same words sent twice change nothing"
    change_meeting(
        table.slug, made.meeting, replace(MEETING, starts=SOON + timedelta(hours=1)), **k
    )
    change_meeting(table.slug, made.meeting, replace(MEETING, committee=made.committee), **k)
    assert told().sequence == 2 and told().uid == first.uid
    assert HistoryRow.objects.filter(what="engagement.meeting", verb="changed").count() == 2
    cancel_meeting(table.slug, made.meeting, why="tempête", **k)
    cancel_meeting(table.slug, made.meeting, why="tempête", **k)
    assert (told().sequence, told().state) == (3, "cancelled")


def test_what_cannot_be_is_refused(table: Table, made: Gathered) -> None:
    k = {"by": table.coordinator, "now": NOW}
    with pytest.raises(BadInput, match="gathering_hours"):
        call_meeting(table.slug, replace(MEETING, ends=SOON), **k)
    with pytest.raises(BadInput, match="gathering_line_needed"):
        call_meeting(table.slug, replace(MEETING, title=" \u202e "), **k)
    with pytest.raises(BadInput, match="gathering_text_too_long"):
        call_meeting(table.slug, replace(MEETING, title="x" * 201), **k)
    with pytest.raises(NotFound, match="unknown_committee"):
        call_meeting(table.slug, replace(MEETING, committee=999), **k)
    with pytest.raises(Refused, match="gathering_not_yet"):
        hold_meeting(table.slug, made.meeting, **k)
    with pytest.raises(BadInput, match="gathering_unknown_kind"):
        note_presence(table.slug, made.meeting, {made.seat: "asleep"}, **k)
    with pytest.raises(BadInput, match="seat_of_another_committee"):
        note_presence(table.slug, made.meeting, {made.seat: "present"}, **k)
    past = call_meeting(
        table.slug, replace(MEETING, starts=AGO, ends=SINCE, committee=made.committee), **k
    )
    note_presence(table.slug, past, {made.seat: "present"}, **k)
    other = begin_committee(table.slug, NewCommittee("psq", "Suivi", DAY), **k)
    with pytest.raises(Refused, match="meeting_has_presence"):
        change_meeting(
            table.slug, past, replace(MEETING, starts=AGO, ends=SINCE, committee=other), **k
        )
    hold_meeting(table.slug, past, **k)
    with pytest.raises(Refused, match="gathering_held"):
        cancel_meeting(table.slug, past, **k)
    assert Meeting.objects.count() == 2


def test_the_register_numbers_and_never_rewrites(table: Table, made: Gathered) -> None:
    slug, k = table.slug, {"by": table.coordinator, "now": NOW}
    second = decide(slug, replace(DECISION, text="Acheter deux clés.", review=None), **k)
    old = decide(
        slug, replace(DECISION, text="Fonder la table.", taken=date(2024, 5, 2), review=None), **k
    )
    assert [d.label for d in register(reader(table))] == ["2026-2", "2026-1", "2024-1"]
    new = revise_decision(
        slug,
        made.decision,
        replace(
            DECISION, text="Ouvrir dès 28 °C.", taken=date(2026, 7, 1), review=date(2027, 6, 1)
        ),
        **k,
    )
    was, now_is = decision(reader(table), made.decision), decision(reader(table), new)
    assert (was.state, was.replaced_by, was.text) == ("revised", "2026-3", "Ouvrir dès 30 °C.")
    assert (now_is.label, now_is.replaces, now_is.state) == ("2026-3", "2026-1", "in_force")
    end_decision(slug, second, date(2026, 8, 1), why="Les clés sont là.", **k)
    assert {d.label: d.state for d in register(reader(table), state="in_force")} == {
        "2026-3": "in_force",
        "2024-1": "in_force",
    }
    for gone in (made.decision, second):
        with pytest.raises(Refused, match="decision_ended"):
            keep_decision(slug, gone, review=None, **k)
    assert [d.label for d in register(reader(table), words="28 ouvrir")] == ["2026-3"]
    with pytest.raises(BadInput, match="gathering_line_needed"):
        end_decision(slug, old, DAY, why=" ", **k)
    with pytest.raises(BadInput, match="ends_before_it_begins"):
        end_decision(slug, old, date(2020, 1, 1), why="x", **k)


def test_what_is_due_for_review(table: Table, made: Gathered) -> None:
    slug, k = table.slug, {"by": table.coordinator, "now": NOW}
    decide(slug, replace(DECISION, review=date(2026, 12, 1)), **k)
    overdue = decide(slug, replace(DECISION, taken=date(2025, 1, 1), review=date(2026, 1, 1)), **k)
    assert [d.number for d in due_for_review(reader(table), now=NOW)] == [overdue, made.decision]
    keep_decision(slug, overdue, review=date(2027, 1, 1), why="relue en comité", **k)
    assert [d.number for d in due_for_review(reader(table), now=NOW)] == [made.decision]
    assert HistoryRow.objects.filter(why="relue en comité").count() == 1


def test_words_are_kept_as_they_are_and_tricks_are_not() -> None:
    assert line("  Œuvre – « ᐃ »\t\n d’été ") == "Œuvre – « ᐃ » d’été"
    assert line("a\u202eb\x00c") == "abc"
    assert text("un \r\n\r\n  deux\x07  \n") == "un\n\n  deux"
    assert LATER > SOON
