"""Workshops: one vote a telephone, entries once in whatever order, nothing after the close."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.readings_made import DEVICE, hands, note, portrait_of, seen, uid
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.actions import destroy_all_due
from courtepointe.people.models import HistoryRow
from courtepointe.portraits.readings import actions, queries
from courtepointe.portraits.readings.access import workshop_joined
from courtepointe.portraits.readings.models import VoteCast, VoteCount, Workshop
from courtepointe.portraits.readings.values import Entry, NewReply, WorkshopSeen
from courtepointe.portraits.resilience.actions import add_own_part, end_own_part
from courtepointe.portraits.resilience.framework import part_names
from courtepointe.portraits.resilience.values import NewOwnPart, PortraitSeen

SOON = NOW + timedelta(minutes=40)


@pytest.fixture
def portrait(table: Table) -> PortraitSeen:
    return portrait_of(table)


@pytest.fixture
def opened(table: Table, portrait: PortraitSeen) -> Workshop:
    number = actions.open_workshop(table.slug, portrait.number, "Soirée du 12", **keys(table))
    return Workshop.objects.get(pk=number)


def keys(table: Table, now: Any = NOW) -> dict[str, Any]:
    return {"by": table.coordinator, "now": now}


def held(table: Table, opened: Workshop) -> WorkshopSeen:
    return queries.workshop(seen(table), opened.pk, now=NOW)


def test_a_workshop_has_a_code_and_shows_telephones_its_dimensions(
    table: Table, portrait: PortraitSeen, opened: Workshop
) -> None:
    typed = f" {opened.code[:3].lower()} {opened.code[3:]}"
    joined = workshop_joined(typed, now=NOW)
    assert (joined.name, len(joined.dimensions)) == ("Soirée du 12", 8)
    (one,) = queries.workshops_of(portrait, now=NOW)
    assert (one.code, one.is_open, one.votes) == (opened.code, True, {})
    with pytest.raises(NotFound, match="workshop_code_unknown"):
        workshop_joined("ZZZZZZ", now=NOW)
    with pytest.raises(NotFound, match="workshop_code_unknown"):
        workshop_joined(opened.code, now=NOW + timedelta(days=1))


def test_a_telephone_votes_once_on_a_dimension(table: Table, opened: Workshop) -> None:
    actions.vote(opened.code, "REL", "fragile", device=DEVICE, now=NOW)
    for state in ("fragile", "present"):
        with pytest.raises(Refused, match="already_voted"):
            actions.vote(opened.code, "REL", state, device=DEVICE, now=NOW)
    actions.vote(opened.code, "COM", "present", device=DEVICE, now=NOW)
    actions.vote(opened.code, "REL", "present", device="e" * 32, now=NOW)
    votes = held(table, opened).votes
    assert dict(votes["REL"].counts) == {"present": 1, "fragile": 1, "absent": 0}
    assert votes["COM"].total == 1


def test_a_vote_in_unknown_words_or_without_a_device_is_not_counted(opened: Workshop) -> None:
    for dimension, state, device, code in (
        ("REL", "unknown", DEVICE, "reading_unknown_kind"),
        ("XXX", "present", DEVICE, "resilience_unknown_kind"),
        ("REL", "present", "", "vote_without_device"),
        ("REL", "present", "x" * 300, "vote_without_device"),
    ):
        with pytest.raises(BadInput, match=code):
            actions.vote(opened.code, dimension, state, device=device, now=NOW)
    assert not VoteCount.objects.filter(count__gt=0).exists()


def test_a_closed_workshop_takes_no_vote_and_forgets_who_voted(
    table: Table, opened: Workshop
) -> None:
    actions.vote(opened.code, "REL", "fragile", device=DEVICE, now=NOW)
    marks = set(VoteCast.objects.values_list("device", flat=True))
    actions.close_workshop(table.slug, opened.pk, **keys(table, SOON))
    with pytest.raises(NotFound, match="workshop_code_unknown"):
        actions.vote(opened.code, "REL", "fragile", device="e" * 32, now=SOON)
    with pytest.raises(NotFound, match="workshop_code_unknown"):
        actions.reply_from_workshop(opened.code, NewReply("REL", "reading", "Trop tard"), now=SOON)
    with pytest.raises(Refused, match="reading_workshop_closed"):
        actions.close_workshop(table.slug, opened.pk, **keys(table, SOON))
    assert not VoteCast.objects.exists()
    lines = HistoryRow.objects.filter(what="readings.votecast")
    assert not any(set(map(str, line.after.values())) & marks for line in lines)
    assert held(table, opened).votes["REL"].total == 1


def test_what_was_kept_without_a_network_comes_in_once_in_any_order(
    table: Table, opened: Workshop
) -> None:
    first, second = NOW + timedelta(minutes=5), NOW + timedelta(minutes=9)
    sent = [hands(2, second, 4, 9, 1), note(3, first, "On se connaît."), hands(1, first, 5, 8, 1)]
    actions.close_workshop(table.slug, opened.pk, **keys(table, SOON))
    for entries in (sent[:2], sent, sent[::-1]):
        answer = actions.keep_entries(table.slug, opened.pk, entries, **keys(table, SOON))
        assert set(answer.values()) == {None}
    now_held = held(table, opened)
    assert dict(now_held.hands["REL"].tally.counts) == {"present": 4, "fragile": 9, "absent": 1}
    assert [one.text for one in now_held.notes] == ["On se connaît."]
    assert opened.hands.count() == 2


def test_an_entry_that_is_refused_does_not_stop_the_others(table: Table, opened: Workshop) -> None:
    sent = [
        hands(1, NOW, 0, 0, 0),
        hands(2, NOW, -1, 2, 0),
        note(3, NOW, "  "),
        note(4, NOW + timedelta(days=1), "Demain"),
        note(5, NOW, "Rien", dimension="XXX"),
        Entry(uid(6), "vote", "REL", NOW),
        note(7, NOW - timedelta(hours=3), "Avant l’heure"),
    ]
    answer = actions.keep_entries(table.slug, opened.pk, sent, **keys(table))
    codes = [error.code if error else "" for error in answer.values()]
    assert codes == [
        "hands_not_counted", "gathering_number", "gathering_line_needed", "entry_moment",
        "resilience_unknown_kind", "reading_unknown_kind", "",
    ]  # fmt: skip
    (kept,) = held(table, opened).notes
    assert kept.typed == opened.opened


def test_only_a_dimension_is_noted_of_and_one_that_was_ended_since_still_is(
    table: Table, portrait: PortraitSeen
) -> None:
    own = add_own_part(table.slug, NewOwnPart("", "Le pont"), **keys(table))
    part = add_own_part(table.slug, NewOwnPart("REL", "Les ruelles"), **keys(table))
    number = actions.open_workshop(table.slug, portrait.number, "Soirée", **keys(table))
    later = add_own_part(table.slug, NewOwnPart("", "Le quai"), **keys(table))
    end_own_part(table.slug, own, **keys(table))
    codes = [f"own-{own}", f"own-{later}", f"own-{part}", next(iter(part_names()))]
    entries = [note(n, SOON, "Dit.", dimension=code) for n, code in enumerate(codes, start=1)]
    told = actions.keep_entries(table.slug, number, entries, **keys(table, SOON))
    refused = [told[one.uid] for one in entries]
    assert refused[:2] == [None, None]
    assert [one and one.code for one in refused[2:]] == ["resilience_unknown_kind"] * 2
    notes = queries.workshop(seen(table), number, now=SOON).notes
    assert [one.dimension for one in notes] == codes[:2]


def test_a_workshop_that_nobody_closed_is_not_open_after_its_day(
    table: Table, opened: Workshop
) -> None:
    before, after = (NOW + timedelta(hours=hours) for hours in (23, 24))
    one = queries.workshop(seen(table), opened.pk, now=before)
    assert (one.is_open, one.is_forgotten) == (True, False)
    one = queries.workshop(seen(table, after), opened.pk, now=after)
    assert (one.is_open, one.is_forgotten, one.closed) == (False, True, None)
    actions.close_workshop(table.slug, opened.pk, **keys(table, after))
    one = queries.workshop(seen(table, after), opened.pk, now=after)
    assert (one.is_open, one.is_forgotten) == (False, False)


def test_a_reply_sent_twice_from_a_telephone_is_one(
    portrait: PortraitSeen, opened: Workshop
) -> None:
    what = NewReply("REL", "reading", "Notre rue n’y est pas.", agreed=True)
    for one in (what, what, replace(what, text="Ni la ruelle.")):
        actions.reply_from_workshop(opened.code, one, now=NOW)
    assert len(queries.replies_to_review(portrait, now=NOW)) == 2


def test_what_a_workshop_that_nobody_closed_holds_of_people_ends_too(
    table: Table, opened: Workshop
) -> None:
    actions.vote(opened.code, "REL", "absent", device=DEVICE, now=NOW)
    actions.keep_entries(table.slug, opened.pk, [note(1, NOW, "On se connaît.")], **keys(table))
    destroy_all_due(now=NOW + timedelta(days=1))
    assert VoteCast.objects.exists()
    destroy_all_due(now=NOW + timedelta(days=2))
    assert not VoteCast.objects.exists()
    assert not HistoryRow.objects.filter(what="readings.votecast").exclude(after={}).exists()
    assert [one.text for one in held(table, opened).notes] == ["On se connaît."]
    destroy_all_due(now=NOW + timedelta(days=732))
    assert held(table, opened).notes == ()
    assert held(table, opened).tally("REL").total == 1


def test_workshops_are_listed_with_as_many_questions_to_the_base_however_many_they_are(
    table: Table, portrait: PortraitSeen, opened: Workshop, django_assert_max_num_queries: Any
) -> None:
    actions.keep_entries(table.slug, opened.pk, [note(1, NOW, "On se connaît.")], **keys(table))
    with CaptureQueriesContext(connection) as one:
        queries.workshops_of(portrait, now=NOW)
    for name in ("A", "B", "C"):
        actions.open_workshop(table.slug, portrait.number, name, **keys(table))
    with django_assert_max_num_queries(len(one)):
        found = queries.workshops_of(portrait, now=NOW)
    assert [len(held.notes) for held in found] == [0, 0, 0, 1]


def test_only_who_writes_runs_a_workshop(
    table: Table, portrait: PortraitSeen, opened: Workshop
) -> None:
    with pytest.raises(NotAllowed):
        actions.open_workshop(table.slug, portrait.number, "X", by=table.member, now=NOW)
    with pytest.raises(NotAllowed):
        actions.keep_entries(table.slug, opened.pk, [note(1, NOW, "X")], by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_reading_workshop"):
        actions.close_workshop(table.other, opened.pk, by=table.stranger, now=NOW)


def test_telephones_and_hands_are_added_and_replies_wait_for_review(
    table: Table, portrait: PortraitSeen, opened: Workshop
) -> None:
    actions.vote(opened.code, "REL", "absent", device=DEVICE, now=NOW)
    actions.keep_entries(table.slug, opened.pk, [hands(1, NOW, 5, 8, 1)], **keys(table))
    assert dict(held(table, opened).tally("REL").counts) == {
        "present": 5, "fragile": 8, "absent": 2,
    }  # fmt: skip
    assert held(table, opened).tally("COM").total == 0
    what = NewReply("REL", "reading", "Notre rue n’y est pas.", agreed=True)
    actions.reply_from_workshop(opened.code, what, now=NOW)
    (reply,) = queries.replies_to_review(portrait, now=NOW)
    assert (reply.came, reply.text) == ("workshop", what.text)
