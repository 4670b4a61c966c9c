"""Everyone sees what was meant for everyone, accepted and still agreed to: places, never who noted them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.contributed import PLACE, SKILL, a_photo, accepted, contributed
from tests.support.table import NOW, QUICK, Table, table_and_around

from courtepointe.people.models import Workspace
from courtepointe.places.assets.actions import refuse, withdraw
from courtepointe.places.assets.models import Contribution, ContributionPhoto
from courtepointe.press.photos import read_photo

OPEN = {**PLACE, "visibility": "public"}


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def page(table: Table, visitor: Client, lang: str = "fr") -> str:
    word = {"fr": "atouts", "en": "assets"}[lang]
    answer = visitor.get(f"/{lang}/{word}/{table.slug}/")
    assert answer.status_code == 200 and not answer.cookies
    return answer.content.decode()


def test_nothing_is_shown_until_something_is_meant_for_all(table: Table, visitor: Client) -> None:
    accepted(table, PLACE)
    contributed(table, {**OPEN, "name": "Attend"}, key="a")
    refuse(table.slug, contributed(table, {**OPEN, "name": "Refusé"}, key="b"), why="déjà là", by=table.coordinator, now=NOW)  # fmt: skip
    for number in range(6):
        accepted(table, {**SKILL, "visibility": "public"}, key=f"skill {number}")
    seen = visitor.get("/fr/atouts/").content.decode()
    assert "Aucun quartier" in seen and "Vieux-Moulin" not in seen
    for address in (f"/fr/atouts/{table.slug}/", f"/fr/atouts/{table.slug}.geojson", "/fr/atouts/nulle-part/"):  # fmt: skip
        assert visitor.get(address).status_code == 404
    assert "/fr/lieux/" not in visitor.get("/fr/methodes/").content.decode()
    accepted(table, OPEN, key="c")
    assert "Vieux-Moulin" in visitor.get("/fr/atouts/").content.decode()
    assert "/fr/atouts/" in visitor.get("/fr/lieux/").content.decode()
    assert "/fr/lieux/" in visitor.get("/fr/methodes/").content.decode(), "the door is in the frame"


def test_a_place_is_shown_without_who_when_how_or_what_may_name_somebody(
    table: Table, visitor: Client
) -> None:
    photos = {"a.jpg": read_photo(a_photo(), file="a.jpg")}
    number = accepted(table, {**OPEN, "conditions": "La clé est chez Mme Tremblay, 514 555-0177"}, photos=photos)  # fmt: skip
    ContributionPhoto.objects.update(people_seen="agreed")
    accepted(table, {**OPEN, "name": "Jardin", "conditions": "De 9 h à 17 h"}, key="b")
    accepted(table, {**SKILL, "visibility": "public"}, key="c")
    for lang in ("fr", "en"):
        seen = page(table, visitor, lang)
        assert "La Maille" in seen and "Jardin" in seen and "De 9 h à 17 h" in seen
        for hidden in ("Tremblay", "0177", "Bao", "2026-05-30", "30 mai", "vélos", "près du parc", "hand:", "photo", f'"{number}"'):  # fmt: skip
            assert hidden not in seen.partition("<main")[2].partition("</main")[0], hidden


def test_a_title_that_may_name_somebody_gives_way_to_what_the_place_is(
    table: Table, visitor: Client
) -> None:
    accepted(table, {**OPEN, "name": "Chez Mme Tremblay, app. 4"})
    seen = page(table, visitor)
    assert "Tremblay" not in seen and "<strong>Un lieu</strong>" in seen
    assert "Tremblay" not in visitor.get(f"/fr/atouts/{table.slug}.geojson").content.decode()


def test_points_are_given_of_places_only(table: Table, visitor: Client) -> None:
    number = accepted(table, OPEN)
    accepted(table, {**SKILL, "visibility": "public"}, key="b")
    accepted(table, PLACE, key="c")
    Contribution.objects.filter(is_person=False).update(point={"lon": -73.554, "lat": 45.5088})
    answer = visitor.get(f"/en/assets/{table.slug}.geojson")
    assert answer.headers["Content-Type"] == "application/geo+json"
    (one,) = answer.json()["features"]
    assert one["id"] == number and one["geometry"]["coordinates"] == [-73.554, 45.5088]
    assert one["properties"]["day"] is None and one["properties"]["confidence"] == ""


def test_what_is_taken_back_is_gone_at_once_and_so_is_a_closed_workspace(
    table: Table, visitor: Client
) -> None:
    number = accepted(table, OPEN)
    accepted(table, {**OPEN, "name": "Jardin"}, key="b")
    assert "La Maille" in page(table, visitor)
    withdraw(number, by=table.member, now=NOW)
    seen = page(table, visitor)
    assert "La Maille" not in seen and "Jardin" in seen
    Contribution.objects.filter(state="accepted").update(consent_withdrawn=NOW)
    assert visitor.get(f"/fr/atouts/{table.slug}/").status_code == 404
    Contribution.objects.filter(state="accepted").update(consent_withdrawn=None)
    Workspace.objects.filter(slug=table.slug).update(closed=NOW)
    assert visitor.get(f"/fr/atouts/{table.slug}/").status_code == 404
    assert "Vieux-Moulin" not in visitor.get("/fr/atouts/").content.decode()


def test_many_are_shown_in_pages_and_ask_no_more_questions(table: Table, visitor: Client) -> None:
    accepted(table, {**OPEN, "name": "Lieu 000"})
    with CaptureQueriesContext(connection) as few:
        page(table, visitor)
    (row,) = Contribution.objects.all()
    told = {name: getattr(row, name) for name in ("workspace_id", "kind", "form", "category", "choices", "visibility", "consent_on", "consent_how", "state", "made", "source")}  # fmt: skip
    Contribution.objects.bulk_create(
        Contribution(**told, texts={"name": f"Lieu {n:03d}"}, source_key=f"k{n}") for n in range(1, 260)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        seen = page(table, visitor)
    assert len(many) == len(few) and "Lieu 199" in seen and "Lieu 200" not in seen
    more = visitor.get(f"/fr/atouts/{table.slug}/?after=200").content.decode()
    assert "Lieu 200" in more and "Lieu 259" in more and "Lieu 199" not in more
    for odd in ("9999", "-1", "x", "", "1" * 40):
        assert visitor.get(f"/fr/atouts/{table.slug}/?after={odd}").status_code == 200
    assert visitor.post(f"/fr/atouts/{table.slug}/").status_code == 405
