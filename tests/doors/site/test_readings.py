"""The pages of shared readings: both views, versions, validation, replies; cards on paper."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.support.evidence_made import brought, coded
from tests.support.readings_made import GROUP, TEXT, portrait_of, scored, written
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.portraits.readings import actions
from courtepointe.portraits.readings.models import Reading, Reply
from courtepointe.portraits.readings.values import NewReply
from courtepointe.portraits.resilience.actions import observe
from courtepointe.portraits.resilience.models import Indicator
from courtepointe.portraits.resilience.numbers import NewObservation
from courtepointe.portraits.resilience.values import PortraitSeen

TYPED = {
    "do": "write", "number_view": "Peu de chiffres.", "local_view": "On s’entraide.",
    "agreement": "tension", "state": "fragile", "text_fr": "Les liens tiennent.", "text_en": "", "after": "0",
}  # fmt: skip


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def portrait(table: Table) -> PortraitSeen:
    return portrait_of(table)


def at(table: Table, name: str, lang: str = "en", **where: object) -> str:
    with translation.override(lang):
        return reverse(name, kwargs={"slug": table.slug, **where})


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def one_page(table: Table, portrait: PortraitSeen, lang: str = "en") -> str:
    return at(table, "space_reading", lang, number=portrait.number, code="REL")


def test_both_views_stand_side_by_side_and_unknown_is_an_answer(
    table: Table, portrait: PortraitSeen
) -> None:
    client = signed_in(table.member)
    told = words(client, at(table, "space_readings", number=portrait.number))
    assert told.count("The numbers say…") == told.count("People say…") == 8
    assert "No number was chosen for this dimension yet." in told
    assert "It is for people to decide." in told
    assert "it is never averaged away" in told
    french = words(client, at(table, "space_readings", "fr", number=portrait.number))
    assert "Les données manquent pour cette dimension." in french


def test_numbers_and_voices_propose_and_the_reason_is_told(
    table: Table, portrait: PortraitSeen
) -> None:
    scored(table.slug, portrait.number, 75.0, 5.0, by=table.coordinator)
    first, second = (brought(table, portrait.number, title=title) for title in ("Un", "Deux"))
    for source, place, direction in ((first, 0, "fragility"), (first, 2, "fragility"), (second, 0, "fragility"), (second, 1, "strength")):  # fmt: skip
        coded(table, source, place, "SBE", direction)
    client = signed_in(table.member)
    for name, more in (("space_reading", {"code": "SBE"}), ("space_resilience_dimension", {"code": "SBE"})):  # fmt: skip
        told = words(client, at(table, name, number=portrait.number, **more))
        assert "The numbers show strengths, people tell of fragilities." in told
        assert "Agreement: the two do not say the same." in told
        assert "State: not known yet." in told
    told = words(client, at(table, "space_reading", number=portrait.number, code="SBE"))
    assert "out of 100, by 1 indicator." in told
    assert "1 passage tells of a strength, 3 passages tell of fragilities, from 2 sources." in told


def test_an_interval_that_is_too_narrow_says_so(table: Table, portrait: PortraitSeen) -> None:
    scored(table.slug, portrait.number, 62, 4, by=table.coordinator)
    client = signed_in(table.coordinator)
    pages = [
        at(table, "space_readings", number=portrait.number),
        at(table, "space_reading", number=portrait.number, code="SBE"),
        at(table, "space_resilience_portrait", number=portrait.number),
    ]
    unsure = "Values whose error nobody knows: 1; the interval is too narrow."
    assert not any(unsure in words(client, one) for one in pages)
    number = Indicator.objects.get().pk
    what = NewObservation("2026", "Table", 62.0)
    observe(table.slug, number, what, by=table.coordinator, now=NOW + timedelta(hours=1))
    assert all(unsure in words(client, one) for one in pages)


def test_a_reading_is_written_validated_and_superseded_on_its_page(
    table: Table, portrait: PortraitSeen
) -> None:
    client, page = signed_in(table.coordinator), one_page(table, portrait)
    assert client.post(page, TYPED).status_code == 302
    told = words(client, page)
    assert "Les liens tiennent." in told
    assert "No group of people validated it yet." in told
    assert "Today: No number was chosen for this dimension yet." in told
    made = Reading.objects.get()
    sent = {"do": "validate", "number": made.pk, "by_whom": GROUP, "people": "34", "on": str(made.written)}  # fmt: skip
    assert client.post(page, sent).status_code == 302
    assert f"by {GROUP} (34 people)" in words(client, page)
    client.post(page, {**TYPED, "text_fr": "Autrement.", "after": "1"})
    told = words(client, page)
    assert "Version 2" in told
    assert "Superseded on" in told


def test_a_reading_without_text_is_not_validated_and_what_was_typed_stays(
    table: Table, portrait: PortraitSeen
) -> None:
    client, page = signed_in(table.coordinator), one_page(table, portrait)
    client.post(page, {**TYPED, "text_fr": ""})
    made = Reading.objects.get()
    sent = {"do": "validate", "number": made.pk, "by_whom": GROUP, "on": str(made.written)}
    answer = client.post(page, sent)
    assert answer.status_code == 400
    told = unescape(answer.content.decode())
    assert "A reading is validated once it is written" in told
    assert GROUP in told


def test_who_wrote_meanwhile_is_told_and_the_second_is_kept_after_it(
    table: Table, portrait: PortraitSeen
) -> None:
    client, page = signed_in(table.coordinator), one_page(table, portrait)
    actions.write_reading(table.slug, portrait.number, "REL", written(), by=table.coordinator, now=NOW)  # fmt: skip
    answer = client.post(page, TYPED)
    told = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert "Somebody wrote version 1" in told
    assert TEXT in told
    assert "Les liens tiennent." in told
    assert 'name="after" value="1"' in told
    again = answer.context["deeds"]["write"].form
    kept = {name: again[name].value() for name in TYPED if name != "do"}
    assert kept == {name: value for name, value in {**TYPED, "after": "1"}.items() if name != "do"}
    assert client.post(page, {**TYPED, "after": "1"}).status_code == 302
    assert Reading.objects.filter(superseded=None).get().version == 2


def test_what_the_page_said_by_itself_is_not_kept_as_somebodys_words(
    table: Table, portrait: PortraitSeen
) -> None:
    scored(table.slug, portrait.number, 75.0, 5.0, by=table.coordinator)
    page = at(table, "space_reading", number=portrait.number, code="SBE")
    client = signed_in(table.coordinator)
    given = client.get(page).context["deeds"]["write"].form
    views = {name: str(given[name].value()) for name in ("number_view", "local_view")}
    assert "Between 69 and 82 out of 100" in views["number_view"]
    client.post(page, {**TYPED, **views})
    made = Reading.objects.get()
    assert (made.number_view, made.local_view, made.text_fr) == ("", "", TYPED["text_fr"])
    french = words(client, at(table, "space_reading", "fr", number=portrait.number, code="SBE"))
    assert "Entre 69 et 82 sur 100" in french
    assert "Between" not in french
    own = {**views, "number_view": "Peu de chiffres.", "text_fr": "", "after": "1"}
    client.post(page, {**TYPED, **own})
    made = Reading.objects.get(version=2)
    assert (made.number_view, made.local_view) == ("Peu de chiffres.", "")
    client.post(page, {**TYPED, **views, "text_fr": "", "after": "2"})
    assert Reading.objects.get(version=3).number_view == views["number_view"]


def test_words_of_strangers_are_never_markup(table: Table, portrait: PortraitSeen) -> None:
    client, page = signed_in(table.coordinator), one_page(table, portrait)
    client.post(page, {**TYPED, "text_fr": "<script>x</script>"})
    assert b"<script>x" not in client.get(page).content
    listed = at(table, "space_readings", number=portrait.number)
    assert b"<script>x" not in client.get(listed).content


def test_a_reply_is_handed_in_reviewed_and_shown_beside(
    table: Table, portrait: PortraitSeen
) -> None:
    member, coordinator = signed_in(table.member), signed_in(table.coordinator)
    page = one_page(table, portrait)
    sent = {"do": "reply", "about": "numbers", "text": "Ma rue a changé.", "told_by": "locataire", "agreed": "on"}  # fmt: skip
    assert member.post(page, sent).status_code == 302
    assert "Ma rue a changé." not in words(member, page)
    told = words(coordinator, page)
    assert "Ma rue a changé." in told
    listed = at(table, "space_readings", number=portrait.number)
    assert "1 reply waits for review" in words(coordinator, listed)
    number = Reply.objects.get().pk
    assert member.post(page, {"do": "show", "number": number}).status_code == 403
    assert coordinator.post(page, {"do": "show", "number": number}).status_code == 302
    assert "Ma rue a changé." in words(member, page)
    assert "Ma rue a changé." in words(member, listed)


def test_a_reply_is_declined_with_a_reason_or_destroyed(
    table: Table, portrait: PortraitSeen
) -> None:
    client, page = signed_in(table.coordinator), one_page(table, portrait)
    numbers = [
        actions.add_reply(
            table.slug, portrait.number, NewReply("REL", "reading", text), by=table.member, now=NOW
        )
        for text in ("Premier mot", "Second mot")
    ]
    answer = client.post(page, {"do": "decline", "number": numbers[0], "why": ""})
    assert answer.status_code == 400
    client.post(page, {"do": "decline", "number": numbers[0], "why": "Nomme quelqu’un"})
    client.post(page, {"do": "destroy", "number": numbers[1]})
    told = words(client, page)
    assert "Nomme quelqu’un" in told
    assert "Second mot" not in told


def test_a_reply_that_is_shown_is_taken_back_where_it_is_read(
    table: Table, portrait: PortraitSeen
) -> None:
    """The consent says that it can be withdrawn at any time: the page must offer it."""
    who: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    texts = ("Montrée", "Laissée")
    numbers = [actions.add_reply(table.slug, portrait.number, NewReply("REL", "reading", text, agreed=True), **who) for text in texts]  # fmt: skip
    actions.show_reply(table.slug, numbers[0], **who)
    actions.decline_reply(table.slug, numbers[1], "Répète une autre", **who)
    client, page = signed_in(table.coordinator), one_page(table, portrait)
    offered = re.findall(r'name="do" value="destroy"><input type="hidden" name="number" value="(\d+)"', words(client, page))  # fmt: skip
    assert sorted(map(int, offered)) == numbers
    assert 'value="destroy"' not in words(signed_in(table.member), page)
    for number in numbers:
        client.post(page, {"do": "destroy", "number": number})
    told = words(client, page)
    assert not any(text in told for text in texts)


def test_who_may_not_write_is_not_offered_to_and_is_refused(
    table: Table, portrait: PortraitSeen
) -> None:
    client, page = signed_in(table.member), one_page(table, portrait)
    assert "Write what you read together" not in words(client, page)
    assert client.post(page, TYPED).status_code == 403
    stranger = signed_in(table.stranger)
    assert stranger.get(page).status_code == 404
    other = {"slug": table.other, "number": portrait.number}
    for name, more in (("space_readings", {}), ("space_reading", {"code": "REL"})):
        assert stranger.get(reverse(name, kwargs={**other, **more})).status_code == 404
    assert client.get(at(table, "space_reading", number=portrait.number, code="XXX")).status_code == 404  # fmt: skip


def test_cards_are_printed_in_both_languages(table: Table, portrait: PortraitSeen) -> None:
    client = signed_in(table.member)
    for lang in ("fr", "en"):
        answer = client.get(at(table, "space_reading_cards", lang, number=portrait.number))
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")
