"""Readings in versions, validated by a group; replies reviewed before they are shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.support.readings_made import GROUP, TEXT, portrait_of, seen, validated, written
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.actions import destroy_all_due
from courtepointe.people.models import HistoryRow
from courtepointe.portraits.readings import actions, queries
from courtepointe.portraits.readings.models import Reading, Reply
from courtepointe.portraits.readings.values import NewReply, Validation
from courtepointe.portraits.resilience.actions import close_portrait
from courtepointe.portraits.resilience.values import PortraitSeen

LATER = NOW + timedelta(days=9)


@pytest.fixture
def portrait(table: Table) -> PortraitSeen:
    return portrait_of(table)


def keys(table: Table) -> dict[str, Any]:
    return {"by": table.coordinator, "now": NOW}


def write(table: Table, portrait: PortraitSeen, after: int = 0, **told: str) -> int:
    return actions.write_reading(
        table.slug, portrait.number, "REL", written(after, **told), **keys(table)
    )


def test_a_version_supersedes_the_one_before_and_rewrites_none(
    table: Table, portrait: PortraitSeen
) -> None:
    first = write(table, portrait)
    second = write(table, portrait, 1, text_fr="Autrement dit.", text_en="In other words.")
    stands = queries.readings_of(portrait)["REL"]
    assert (stands.number, stands.version) == (second, 2)
    assert stands.text is not None
    assert stands.text.en == "In other words."
    before = queries.versions_of(portrait, "REL")[1]
    assert (before.number, before.text_fr, before.superseded) == (first, TEXT, NOW.date())
    assert before.text is not None
    assert before.text.en == TEXT


def test_two_people_who_write_at_once_lose_nothing(table: Table, portrait: PortraitSeen) -> None:
    write(table, portrait)
    with pytest.raises(Refused, match="reading_moved_on"):
        write(table, portrait, 0)
    assert Reading.objects.count() == 1


def test_a_reading_says_something_in_known_words(table: Table, portrait: PortraitSeen) -> None:
    empty = {"number_view": "", "local_view": " ", "text_fr": ""}
    with pytest.raises(BadInput, match="reading_empty"):
        write(table, portrait, **empty)
    for name in ("agreement", "state"):
        with pytest.raises(BadInput, match="reading_unknown_kind"):
            write(table, portrait, **{name: "bad"})
    with pytest.raises(BadInput, match="resilience_unknown_kind"):
        actions.write_reading(table.slug, portrait.number, "XXX", written(), **keys(table))
    with pytest.raises(BadInput, match="gathering_text_too_long"):
        write(table, portrait, text_fr="x" * 5_000)
    assert not Reading.objects.exists()


def test_a_closed_edition_takes_no_reading_and_still_takes_replies(
    table: Table, portrait: PortraitSeen
) -> None:
    close_portrait(table.slug, portrait.number, **keys(table))
    with pytest.raises(Refused, match="portrait_closed"):
        write(table, portrait)
    what = NewReply("REL", "reading", "Ce n’est pas ce que je vis.")
    actions.add_reply(table.slug, portrait.number, what, **keys(table))
    assert len(queries.replies_to_review(portrait, now=NOW)) == 1


def test_who_may_not_write_does_not_and_a_stranger_finds_nothing(
    table: Table, portrait: PortraitSeen
) -> None:
    number = write(table, portrait)
    what = Validation(GROUP, NOW.date())
    with pytest.raises(NotAllowed):
        actions.write_reading(
            table.slug, portrait.number, "REL", written(1), by=table.member, now=NOW
        )
    with pytest.raises(NotAllowed):
        actions.validate_reading(table.slug, number, what, by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        actions.validate_reading(table.slug, number, what, by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_reading"):
        actions.validate_reading(table.other, number, what, by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_resilience_portrait"):
        actions.write_reading(
            table.other, portrait.number, "REL", written(1), by=table.stranger, now=NOW
        )


def test_a_group_validates_the_version_that_stands_once(
    table: Table, portrait: PortraitSeen
) -> None:
    number = write(table, portrait)
    validated(table, number)
    held = queries.reading(seen(table), number)
    assert (held.validated, held.validated_by, held.people) == (NOW.date(), GROUP, 34)
    with pytest.raises(Refused, match="reading_already_validated"):
        validated(table, number)
    write(table, portrait, 1)
    with pytest.raises(Refused, match="reading_superseded"):
        validated(table, number)


def test_validation_asks_for_a_text_a_group_and_a_day(table: Table, portrait: PortraitSeen) -> None:
    bare = write(table, portrait, text_fr="")
    with pytest.raises(BadInput, match="reading_text_needed"):
        validated(table, bare)
    number = write(table, portrait, 1)
    for day in (NOW.date() + timedelta(days=1), NOW.date() - timedelta(days=1)):
        with pytest.raises(BadInput, match="reading_day"):
            validated(table, number, day)
    for what, code in (
        (Validation(" ", NOW.date()), "gathering_line_needed"),
        (Validation(GROUP, NOW.date(), 0), "gathering_number"),
    ):
        with pytest.raises(BadInput, match=code):
            actions.validate_reading(table.slug, number, what, **keys(table))
    for what, code in (
        (Validation(GROUP, NOW.date(), meeting=99), "unknown_meeting"),
        (Validation(GROUP, NOW.date(), decision=99), "unknown_decision"),
    ):
        with pytest.raises(NotFound, match=code):
            actions.validate_reading(table.slug, number, what, **keys(table))
    assert Reading.objects.filter(validated=None).count() == 2


def test_a_reply_is_reviewed_before_it_is_shown(table: Table, portrait: PortraitSeen) -> None:
    what = NewReply("REL", "numbers", "La rue a changé depuis.", "locataire", agreed=True)
    number = actions.add_reply(table.slug, portrait.number, what, by=table.member, now=NOW)
    assert queries.replies_shown(portrait, now=NOW) == {}
    with pytest.raises(NotAllowed):
        actions.show_reply(table.slug, number, by=table.member, now=NOW)
    actions.show_reply(table.slug, number, **keys(table))
    (shown,) = queries.replies_shown(portrait, now=NOW)["REL"]
    assert (shown.text, shown.told_by, shown.about) == (what.text, "locataire", "numbers")
    actions.decline_reply(table.slug, number, "Une personne s’y reconnaît.", **keys(table))
    assert queries.replies_shown(portrait, now=NOW) == {}
    (declined,) = queries.replies_declined(portrait, now=NOW)
    assert declined.why == "Une personne s’y reconnaît."


def test_a_reply_without_consent_is_never_shown(table: Table, portrait: PortraitSeen) -> None:
    number = actions.add_reply(
        table.slug, portrait.number, NewReply("REL", "reading", "Pour vous."), **keys(table)
    )
    with pytest.raises(Refused, match="reply_not_agreed"):
        actions.show_reply(table.slug, number, **keys(table))
    for what, code in (
        (NewReply("REL", "weather", "Texte"), "reading_unknown_kind"),
        (NewReply("XXX", "reading", "Texte"), "resilience_unknown_kind"),
        (NewReply("REL", "reading", " "), "gathering_line_needed"),
    ):
        with pytest.raises(BadInput, match=code):
            actions.add_reply(table.slug, portrait.number, what, **keys(table))
    with pytest.raises(NotFound, match="unknown_reply"):
        actions.show_reply(table.other, number, by=table.stranger, now=NOW)


def test_a_reply_ends_on_its_day_or_when_it_is_taken_back(
    table: Table, portrait: PortraitSeen
) -> None:
    what = NewReply("REL", "reading", "Un mot de trop.", agreed=True)
    first, second = (
        actions.add_reply(table.slug, portrait.number, what, **keys(table)) for _ in range(2)
    )
    actions.show_reply(table.slug, second, **keys(table))
    actions.destroy_reply(table.slug, first, **keys(table))
    assert not HistoryRow.objects.filter(
        what="readings.reply", key=str(first), after__has_key="text"
    ).exists()
    much_later = NOW + timedelta(days=731)
    assert queries.replies_shown(portrait, now=much_later) == {}
    destroy_all_due(now=much_later)
    assert not Reply.objects.exists()
