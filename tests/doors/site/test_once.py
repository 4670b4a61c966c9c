"""A form sent twice is done once; the same words on a page drawn anew are done anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from tests.doors.site.test_space import at, signed
from tests.support.table import QUICK, Table, table_and_around

from courtepointe.doors.site import once
from courtepointe.engagement.models import Committee

ADDRESS = "comites/"


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.clear()


def sent(token: str, **told: str) -> dict[str, Any]:
    committee = {"kind": "working", "name": "Verdissement – sœurs", "begins": "2026-06-01"}
    return {"do": "begin", "csrfmiddlewaretoken": token} | committee | told


def test_a_double_click_begins_one_committee(table: Table) -> None:
    client = signed(table.coordinator)
    first = client.post(at(table, ADDRESS), sent("a"))
    second = client.post(at(table, ADDRESS), sent("a"))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Committee.objects.count() == 1


def test_a_page_drawn_anew_is_done_anew(table: Table) -> None:
    client = signed(table.coordinator)
    client.post(at(table, ADDRESS), sent("a"))
    client.post(at(table, ADDRESS), sent("b"))
    assert Committee.objects.count() == 2


def test_what_somebody_else_sent_is_not_theirs(table: Table) -> None:
    """The token alone says nothing: who sent it counts."""
    signed(table.coordinator).post(at(table, ADDRESS), sent("a"))
    assert signed(table.member).post(at(table, ADDRESS), sent("a")).status_code == 403
    assert Committee.objects.count() == 1


def test_a_refused_form_may_be_sent_again_as_it_is(table: Table) -> None:
    client = signed(table.coordinator)
    for _ in range(2):
        assert client.post(at(table, ADDRESS), sent("a", name="")).status_code == 400
    assert client.post(at(table, ADDRESS), sent("a")).status_code == 302
    assert Committee.objects.count() == 1


def test_the_second_waits_for_the_first_and_gives_up_in_words(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is still under way: its place is held, and nothing is known yet."""
    monkeypatch.setattr(once, "PATIENCE", 2)
    monkeypatch.setattr(once, "LOOKED", 0)
    monkeypatch.setattr(once, "fingerprint_of", lambda request: "held")
    cache.set("held", once.UNDER_WAY)
    page = signed(table.coordinator).post(at(table, ADDRESS), sent("a"))
    assert page.status_code == 409
    assert "deux fois" in page.content.decode()
    assert Committee.objects.count() == 0
