"""A workshop at the site's door: the screen, what it sends, telephones with a code."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.support.readings_made import portrait_of, uid
from tests.support.table import QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.doors.site.readings import joined
from courtepointe.portraits.readings import actions
from courtepointe.portraits.readings.models import HandsCounted, Reply, VoteCount, Workshop
from courtepointe.portraits.resilience.values import PortraitSeen


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    cache.clear()
    return table_and_around()


@pytest.fixture
def portrait(table: Table) -> PortraitSeen:
    return portrait_of(table)


@pytest.fixture
def opened(table: Table, portrait: PortraitSeen) -> Workshop:
    now = timezone.now()
    number = actions.open_workshop(table.slug, portrait.number, "Soirée du 12", by=table.coordinator, now=now)  # fmt: skip
    return Workshop.objects.get(pk=number)


def at(name: str, lang: str = "en", **where: object) -> str:
    with translation.override(lang):
        return reverse(name, kwargs=where)


def ballot(opened: Workshop, lang: str = "en") -> str:
    return at("workshop_vote", lang, code=opened.code)


def vote(client: Client, opened: Workshop, state: str, dimension: str = "REL", **more: Any) -> Any:
    sent = {"do": "vote", "dimension": dimension, "state": state}
    return client.post(ballot(opened), sent, **more)


def entry(number: int, **told: object) -> dict[str, object]:
    held = {"uid": str(uid(number)), "kind": "note", "dimension": "REL", "typed": timezone.now().isoformat()}  # fmt: skip
    return {**held, **told}


def send(client: Client, table: Table, opened: Workshop, *entries: object) -> Any:
    address = at("space_reading_send", slug=table.slug, number=opened.pk)
    return client.post(address, {"entries": json.dumps(list(entries))})


def test_a_workshop_is_opened_run_and_closed_on_its_pages(
    table: Table, portrait: PortraitSeen
) -> None:
    client = signed_in(table.coordinator)
    page = at("space_reading_workshops", slug=table.slug, number=portrait.number)
    answer = client.post(page, {"do": "open", "name": "Jeudi"})
    opened = Workshop.objects.get()
    own = at("space_reading_workshop", slug=table.slug, number=opened.pk)
    assert answer.headers["Location"] == own
    told = client.get(own).content.decode()
    assert opened.code in told
    client.post(own, {"do": "hands", "dimension": "REL", "present": 8, "fragile": 9, "absent": 0})
    client.post(own, {"do": "note", "dimension": "REL", "text": "On se connaît."})
    told = unescape(client.get(own).content.decode())
    assert "On se connaît." in told
    assert "The middle answer is “fragile”." in told
    refused = client.post(own, {"do": "hands", "dimension": "REL", "present": 0, "fragile": 0, "absent": 0})  # fmt: skip
    assert refused.status_code == 400
    client.post(own, {"do": "close"})
    assert opened.code not in unescape(client.get(own).content.decode())
    assert Client().get(ballot(opened)).status_code == 404


def test_a_workshop_forgotten_open_is_said_to_be_over_and_can_be_closed(
    table: Table, portrait: PortraitSeen, opened: Workshop
) -> None:
    client = signed_in(table.coordinator)
    listed = at("space_reading_workshops", slug=table.slug, number=portrait.number)
    own = at("space_reading_workshop", slug=table.slug, number=opened.pk)
    screen = at("space_reading_screen", slug=table.slug, number=opened.pk)
    Workshop.objects.update(opened=timezone.now() - timedelta(hours=1))
    assert "· open<" in unescape(client.get(listed).content.decode())
    Workshop.objects.update(opened=timezone.now() - timedelta(days=1))
    assert "its day is over, nobody closed it" in unescape(client.get(listed).content.decode())
    told = unescape(client.get(own).content.decode())
    assert "telephones join it no more" in told
    assert opened.code not in told
    held = unescape(client.get(screen).content.decode())
    assert "The day of this workshop is over" in held
    assert 'data-open=""' in held
    assert client.post(own, {"do": "close"}).status_code == 302
    assert "· closed<" in unescape(client.get(listed).content.decode())


def test_small_counts_are_not_told(table: Table, opened: Workshop) -> None:
    client = signed_in(table.coordinator)
    own = at("space_reading_workshop", slug=table.slug, number=opened.pk)
    client.post(own, {"do": "hands", "dimension": "REL", "present": 1, "fragile": 9, "absent": 0})
    told = unescape(client.get(own).content.decode())
    # Nine would give the one away, by what is left of ten.
    assert told.count("<dd>a few, not told</dd>") == 2
    assert "<dd>10</dd>" in told


def test_the_screen_shows_every_dimension_with_what_it_needs_to_run_alone(
    table: Table, opened: Workshop
) -> None:
    client = signed_in(table.coordinator)
    page = client.get(at("space_reading_screen", slug=table.slug, number=opened.pk))
    told = unescape(page.content.decode())
    assert told.count("data-dimension=") == 8
    assert opened.code in told
    worker = client.get(at("space_reading_worker", slug=table.slug, number=opened.pk))
    assert worker.headers["Content-Type"].startswith("text/javascript")
    held = json.loads(worker.content.decode().removeprefix("const HELD = ").split(";\n")[0])
    assert held["page"] == at("space_reading_screen", slug=table.slug, number=opened.pk)
    assert any(one.endswith(".woff2") for one in held["files"])
    assert signed_in(table.member).get(held["page"]).status_code == 403


def test_what_the_screen_sends_is_kept_once_and_each_fault_is_told(
    table: Table, opened: Workshop
) -> None:
    client = signed_in(table.coordinator)
    sent = [
        entry(1, text="Premier"),
        entry(2, kind="hands", counts={"present": 4, "fragile": 2}),
        entry(3, text=" "),
    ]
    for _ in range(2):
        told = send(client, table, opened, *sent).json()
        assert set(told["kept"]) == {str(uid(1)), str(uid(2))}
        assert list(told["refused"]) == [str(uid(3))]
    assert HandsCounted.objects.count() == 1
    assert told["open"] is True


@pytest.mark.parametrize(
    "bad", ["", "{}", "[1]", '[{"uid": "x"}]', "[" * 5_000, json.dumps([{}] * 201), "[null]"]
)
def test_what_cannot_be_read_is_refused_whole(table: Table, opened: Workshop, bad: str) -> None:
    client = signed_in(table.coordinator)
    address = at("space_reading_send", slug=table.slug, number=opened.pk)
    assert client.post(address, {"entries": bad}).status_code == 400
    assert not opened.notes.exists()


def test_a_telephone_joins_with_the_code_and_votes_once(opened: Workshop) -> None:
    phone = Client()
    found = phone.get(at("workshop_join"), {"code": f" {opened.code.lower()} "})
    assert found.headers["Location"] == ballot(opened)
    assert phone.get(ballot(opened)).status_code == 200
    assert vote(phone, opened, "fragile").status_code == 302
    told = unescape(phone.get(ballot(opened)).content.decode())
    assert told.count("Your vote is counted.</p>") == 1
    again = vote(phone, opened, "present")
    assert again.status_code == 409
    assert "already voted" in again.content.decode()
    quietly = vote(phone, opened, "present", headers={"Accept": "application/json"})
    assert (quietly.status_code, quietly.json()["counted"]) == (200, True)
    assert vote(Client(), opened, "present").status_code == 302
    assert sum(VoteCount.objects.values_list("count", flat=True)) == 2


def test_a_wrong_code_or_state_is_told_and_nothing_is_counted(opened: Workshop) -> None:
    phone = Client()
    missed = phone.get(at("workshop_join"), {"code": "ZZZZZZ"})
    assert missed.status_code == 400
    assert "No open workshop has this code" in missed.content.decode()
    assert phone.get(at("workshop_vote", code="ZZZZZZ")).status_code == 404
    for state, dimension in (("weak", "REL"), ("present", "XXX"), ("", "")):
        assert vote(phone, opened, state, dimension).status_code == 400
    assert not VoteCount.objects.filter(count__gt=0).exists()


def test_an_address_that_guesses_codes_waits(
    opened: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joined, "RATES", {"wrong": 3, "votes": 1, "replies": 1})
    phone = Client()
    codes = [phone.get(at("workshop_vote", code=f"ZZZZZ{n}")).status_code for n in range(6)]
    assert codes == [404, 404, 404, 409, 409, 409]
    cache.clear()
    assert vote(Client(), opened, "present").status_code == 302
    assert vote(Client(), opened, "present").status_code == 409


def test_a_telephone_replies_and_its_words_wait_for_review(table: Table, opened: Workshop) -> None:
    phone = Client()
    sent = {"do": "reply", "dimension": "REL", "about": "reading", "text": "Pas chez nous.", "agreed": "on"}  # fmt: skip
    assert phone.post(ballot(opened), sent).status_code == 302
    assert "will be reviewed" in phone.get(f"{ballot(opened)}?thanks=1").content.decode()
    assert Reply.objects.get().state == "waiting"
    past = unescape(signed_in(table.coordinator).get(at("space_history", slug=table.slug)).content.decode())  # fmt: skip
    (line,) = re.findall(r"<strong>Reply of a resident</strong>[^<]*", past)
    assert "from a telephone or a public page" in line and "the operator" not in line
    answer = phone.post(ballot(opened), {**sent, "text": ""})
    assert answer.status_code == 400


def test_the_public_page_tells_nothing_of_the_portrait(opened: Workshop) -> None:
    told = unescape(Client().get(ballot(opened, "fr")).content.decode())
    assert "Soirée du 12" in told
    assert "Portrait de résilience de" not in told
    assert opened.name in told


def test_another_workspace_runs_nothing(table: Table, opened: Workshop) -> None:
    client = signed_in(table.stranger)
    for name in ("workshop", "screen", "worker", "send"):
        address = at(f"space_reading_{name}", slug=table.other, number=opened.pk)
        assert client.get(address).status_code == 404
    assert client.post(at("space_reading_send", slug=table.other, number=opened.pk), {"entries": json.dumps([entry(1, text="X")])}).status_code == 404  # fmt: skip
