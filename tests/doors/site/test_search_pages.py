"""The officer looks for somebody in what people wrote: each line leads to its page, the register keeps the rest."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.support.examples import plant_all
from tests.support.gathered import gather
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.space.rows_shown import LEADS, PAGES, ROOMS, address_of
from courtepointe.engagement.models import Meeting
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import ask_about_me, receive_request
from courtepointe.people.models import RequestSearch
from courtepointe.people.queries.free_texts import free_texts, kinds_searched


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def officer(table: Table) -> Client:
    return signed_in(table.coordinator)


def at(table: Table, rest: str) -> str:
    return f"/en/space/{table.slug}/{rest}"


def asked(table: Table) -> int:
    return receive_request(
        table.slug, "access", name="Émilie Œuvrard", contact="514 555-0177", detail="", received=NOW.date(),
        by=table.coordinator, now=NOW,
    )  # fmt: skip


def test_one_click_finds_what_people_wrote_and_the_register_says_what_was_done(
    table: Table, officer: Client
) -> None:
    gather(table)
    Meeting.objects.update(minutes="Selon Emilie OEUVRARD, il faut <b>planter</b>.")
    number = asked(table)
    request = officer.get(at(table, f"privacy/requests/{number}/")).content.decode()
    assert 'name="words" value="Émilie Œuvrard\n514 555-0177"' in request
    search = at(table, f"privacy/requests/{number}/search/")
    looked = officer.post(search, {"do": "search", "words": "Émilie Œuvrard\n514 555-0177"})
    page = looked.content.decode()
    assert looked.status_code == 200
    assert "<mark>Emilie OEUVRARD</mark>" in page and "&lt;b&gt;planter" in page
    meeting = Meeting.objects.all()[0].pk
    assert f'href="{at(table, f"meetings/{meeting}/")}"' in page
    kept = RequestSearch.objects.get()
    told = {"do": "done", "search": str(kept.pk), "done": "Retirée du procès-verbal."}
    assert officer.post(search, {**told, "done": ""}).status_code == 400
    done = officer.post(search, told)
    assert done.headers["Location"] == at(table, f"privacy/requests/{number}/#searches")
    register = " ".join(officer.get(done.headers["Location"]).content.decode().split())
    assert "Retirée du procès-verbal." in register and "Looked for on" in register
    assert "meetings (1)" in register and "planter" not in register, "counts, never what they say"


def test_words_that_are_too_short_are_told_and_nothing_is_kept(
    table: Table, officer: Client
) -> None:
    search = at(table, f"privacy/requests/{asked(table)}/search/")
    assert "Émilie Œuvrard" in officer.get(search).content.decode(), "begun with the request’s own"
    for words in ("al", "12", ""):
        answer = officer.post(search, {"do": "search", "words": words})
        assert answer.status_code == 400
    assert "everybody would be found" in officer.post(search, {"do": "search", "words": "al"}).content.decode()  # fmt: skip
    none = officer.post(search, {"do": "search", "words": "Zzyzx"})
    assert "No text holds these words." in none.content.decode()
    assert RequestSearch.objects.count() == 1


def test_a_member_s_own_request_is_looked_for_by_their_address_too(
    table: Table, officer: Client
) -> None:
    number = ask_about_me(table.id, "access", detail="", by=table.member, now=NOW)
    page = officer.get(at(table, f"privacy/requests/{number}/search/")).content.decode()
    assert "Bao\nbao@example.org" in page


def test_who_may_look(table: Table) -> None:
    search = at(table, f"privacy/requests/{asked(table)}/search/")
    for who, status in ((table.member, 403), (table.former, 404), (table.stranger, 404)):
        assert signed_in(who).get(search).status_code == status
        assert signed_in(who).post(search, {"do": "search", "words": "Émilie"}).status_code == status  # fmt: skip
    assert signed_in(None).get(search).status_code == 302
    assert not RequestSearch.objects.exists()


def test_every_kind_of_rows_in_which_people_write_leads_to_a_page(table: Table) -> None:
    assert kinds_searched() == PAGES.keys(), "a new kind of rows says on which page it is shown"
    assert ROOMS.keys() <= PAGES.keys()


def test_every_line_that_is_found_leads_to_a_page_that_opens(table: Table, officer: Client) -> None:
    plant_all(table)
    seen = workspace_to("officer", table.slug, by=table.coordinator, now=NOW)
    space = Space(seen, table.coordinator, NOW, "en")
    found = free_texts(table.id, "sentinelle\nVieux\nPlace\n555-0", leads=LEADS)
    assert len(found.found) > 15
    for kind in found.found:
        for line in kind.lines[:2]:
            address = address_of(space, kind.model, line.leads)
            assert officer.get(address).status_code == 200, (kind.model, address)
