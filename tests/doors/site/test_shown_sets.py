"""Every set that may be agreed on shows something to the receiver, with the receiver's rights, and no contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.doors.site.test_space import signed
from tests.support.gathered import gather
from tests.support.table import QUICK, Table, table_and_around

from courtepointe.doors.site.space.sharing import PAGES, SHOWN
from courtepointe.people.actions import answer_agreement, offer_agreement, revoke_agreement
from courtepointe.people.roles import shared_sets


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def shown(table: Table, what: str) -> str:
    """Offer a set to the funder, accept it, and read what they then read."""
    now, today = timezone.now(), timezone.localdate()
    number = offer_agreement(
        table.slug,
        receiver=table.other,
        what=what,
        purpose="se coordonner",
        since=today,
        until=today + timedelta(days=9),
        by=table.coordinator,
        now=now,
    )
    answer_agreement(table.other, number, accepted=True, by=table.stranger, now=now)
    page = signed(table.stranger).get(f"/fr/espace/{table.other}/partages/{number}/", follow=True)
    assert page.status_code == 200
    for who in (table.coordinator, table.member, table.former):
        closed = signed(who).get(f"/fr/espace/{table.other}/partages/{number}/")
        assert closed.status_code == 404
    revoke_agreement(table.slug, number, side="owner", why="lu", by=table.coordinator, now=now)
    return page.content.decode()


def test_every_set_has_a_page() -> None:
    assert set(shared_sets()) == set(SHOWN) | set(PAGES)


def test_the_register_of_decisions_crosses_without_anybody(table: Table) -> None:
    assert "Aucune décision" in shown(table, "decisions")
    gather(table)
    page = shown(table, "decisions")
    assert "Ouvrir dès 30 °C." in page and "Le plan canicule" in page
    assert "Comité logement" not in page and "Alix" not in page


def test_the_calendar_crosses_with_meetings_and_activities_alone(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather(table)
    monkeypatch.setattr("courtepointe.doors.site.gathering.shown.LATELY", timedelta(days=3650))
    page = shown(table, "calendar")
    assert "Rencontre de juin" in page and "Soupe de quartier" in page
    assert "Cogner aux portes" not in page and "Mirabelle" not in page
