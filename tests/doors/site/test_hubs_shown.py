"""Everyone sees a hub that a person showed: what a neighbour needs, nothing of who holds it, gone at once."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.support.comb import comb_served, degrees
from tests.support.directory import PLACE, entry
from tests.support.hub_made import AGREEMENT, HUB, PAGE, Made, form
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.core.errors import BadInput, Refused
from courtepointe.hubs.actions.hubs import change_hub, form_hub
from courtepointe.hubs.actions.run import write_mode
from courtepointe.hubs.actions.shown import hide_hub, show_hub
from courtepointe.hubs.models import Hub, HubPage
from courtepointe.hubs.shown import NewPage
from courtepointe.hubs.values import NewMode
from courtepointe.people.models import HistoryRow, Workspace

LISTS = ("/fr/poles/", "/en/hubs/")
PAGES = ("/fr/poles/pole-saint-pierre/", "/en/hubs/pole-saint-pierre/")
DATA = ("/api/v1/hubs", "/api/v1/hubs/pole-saint-pierre")


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Made:
    return form(table)


def show(table: Table, made: Made) -> None:
    show_hub(table.slug, made.hub, PAGE, by=table.coordinator, now=NOW)


def place_in_town(x: float = 50, y: float = 200, *, visibility: str = "public") -> None:
    row = entry(PLACE)
    longitude, latitude = degrees(x, y)
    row.values = {**row.values, "longitude": longitude, "latitude": latitude}
    row.visibility = visibility
    row.save()


def main(visitor: Client, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200 and not answer.cookies, address
    return answer.content.decode().partition("<main")[2].partition("</main")[0]


def test_nothing_is_shown_until_somebody_says_so(table: Table, made: Made, visitor: Client) -> None:
    assert "Aucun quartier" in main(visitor, LISTS[0])
    assert visitor.get(DATA[0]).json()["total"] == 0
    for address in (*PAGES, DATA[1], "/fr/poles/nulle-part/"):
        assert visitor.get(address).status_code == 404
    assert "/fr/lieux/" not in visitor.get("/fr/methodes/").content.decode()
    show(table, made)
    assert "Pôle Saint-Pierre" in main(visitor, LISTS[0])
    assert "/fr/lieux/" in visitor.get("/fr/methodes/").content.decode()
    assert "/fr/poles/" in visitor.get("/fr/lieux/").content.decode()


def test_a_page_says_what_a_neighbour_needs_and_when_it_was_verified(
    table: Table, made: Made, visitor: Client
) -> None:
    show(table, made)
    place_in_town()
    told = main(visitor, PAGES[1])
    for word in (
        "Pôle Saint-Pierre", "Ouvert à toutes et à tous.", PAGE.opening, PAGE.arriving, "1212, rue Panet",
        "Panne de plus de quatre heures", "120 people", "40 available", "half of our confidence is gone after 2 years",
        "Step-free access", "Winter", "No level is reached today; it aims at: base", "verified on",
        "Shown by Table de quartier de Vieux-Moulin since",
    ):  # fmt: skip
        assert word in told, word
    assert 'class="site"' in told, "its place is on the map"


def test_no_page_and_no_data_tell_keys_posts_promises_agreements_or_who(
    table: Table, made: Made, visitor: Client
) -> None:
    show(table, made)
    place_in_town()
    hidden = (
        "Ouvre la grande salle", "direction", AGREEMENT.about, "keys_", "role_", "kit_", "agreement_", "Ana",
        "Le double des clés", "agent", "inspector", "volunteers", "supervision", "upkeep",
    )  # fmt: skip
    for address in (*LISTS, *PAGES):
        told = main(visitor, address)
        assert [word for word in hidden if word in told] == [], address
    for address in DATA:
        told = visitor.get(address).content.decode()
        assert [word for word in hidden if word in told] == [], address


def test_a_place_that_the_directory_keeps_to_itself_is_not_told(
    table: Table, made: Made, visitor: Client
) -> None:
    show(table, made)
    place_in_town(visibility="members")
    for address in (*LISTS, *PAGES):
        told = main(visitor, address)
        assert "Panet" not in told and PLACE not in told and "<svg" not in told, address
    (one,) = visitor.get(DATA[0]).json()["hubs"]
    assert one["places"] == [] and one["host"] == ""


def test_it_is_hidden_at_once_and_its_address_stays_for_another_time(
    table: Table, made: Made, visitor: Client
) -> None:
    show(table, made)
    answer = visitor.get(DATA[1])
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    hide_hub(table.slug, made.hub, by=table.coordinator, now=NOW)
    for address in (*PAGES, DATA[1]):
        assert visitor.get(address).status_code == 404, address
    assert "Saint-Pierre" not in main(visitor, LISTS[0]) + visitor.get(DATA[0]).content.decode()
    with pytest.raises(Refused, match="hub_not_shown"):
        hide_hub(table.slug, made.hub, by=table.coordinator, now=NOW)
    change_hub(table.slug, made.hub, replace(HUB, name="Autre nom"), by=table.coordinator, now=NOW)
    show(table, made)
    assert "Autre nom" in main(visitor, PAGES[0]), "what was printed still leads there"


def test_an_ended_hub_or_a_closed_workspace_shows_nothing_and_comes_back_only_when_asked(
    table: Table, made: Made, visitor: Client
) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    show(table, made)
    change_hub(table.slug, made.hub, replace(HUB, status="ended"), **k)
    assert visitor.get(PAGES[0]).status_code == 404
    change_hub(table.slug, made.hub, HUB, **k)
    assert visitor.get(PAGES[0]).status_code == 404, "taken up again, it waits for somebody's word"
    show(table, made)
    Workspace.objects.filter(slug=table.slug).update(closed=NOW)
    assert visitor.get(PAGES[0]).status_code == visitor.get(DATA[1]).status_code == 404


def test_a_text_that_may_name_somebody_is_refused_and_later_left_out(
    table: Table, made: Made, visitor: Client
) -> None:
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    with pytest.raises(BadInput, match="hub_tells_somebody") as found:
        show_hub(table.slug, made.hub, NewPage("Appelez le 514 555-0177"), **k)
    assert found.value.facts["value"] == "514 555-0177"
    assert HubPage.objects.get(hub_id=made.hub).shown_since is None
    show(table, made)
    change_hub(table.slug, made.hub, replace(HUB, about="Voir Mme Tremblay", serves="a@b.ca"), **k)
    write_mode(table.slug, made.hub, NewMode("disruption", "Panne\nAppel de Mme Tremblay", "supervision"), **k)  # fmt: skip
    for address in PAGES:
        told = main(visitor, address)
        assert "Tremblay" not in told and "a@b.ca" not in told and "Pôle Saint-Pierre" in told


def test_who_showed_it_and_when_is_kept_and_only_the_workspace_reads_it(
    table: Table, made: Made
) -> None:
    ana = signed_in(table.coordinator)
    with translation.override("en"):
        address = reverse("space_hub", kwargs={"slug": table.slug, "number": made.hub})
    assert "Nobody outside of the workspace sees this hub." in ana.get(address).content.decode()
    sent = ana.post(address, {"do": "show", "opening": "Le jour", "arriving": ""})
    assert sent.status_code == 302
    page = HubPage.objects.get(hub_id=made.hub)
    assert page.opening == "Le jour" and page.shown_by_id == table.coordinator.id
    assert HistoryRow.objects.filter(what="hubs.hubpage").latest("pk").by_name == "Ana"
    told = ana.get(address).content.decode()
    assert "by Ana." in told and f"/en/hubs/{page.name}/" in told
    assert signed_in(table.member).post(address, {"do": "hide"}).status_code == 403
    assert signed_in(table.stranger).post(address, {"do": "hide"}).status_code == 404
    assert signed_in(None).post(address, {"do": "hide"}).status_code == 403
    assert HubPage.objects.get(hub_id=made.hub).shown_since is not None
    assert ana.post(address, {"do": "hide"}).status_code == 302
    assert HubPage.objects.get(hub_id=made.hub).shown_since is None


def test_everyone_may_read_it_and_nobody_may_write_there(
    table: Table, made: Made, visitor: Client
) -> None:
    show(table, made)
    for who in (table.coordinator, table.member, table.stranger, None):
        assert signed_in(who).get(PAGES[0]).status_code == 200
    for address in (*PAGES, *LISTS):
        assert visitor.post(address).status_code == 405
    assert visitor.post(DATA[1]).status_code == 405


def links_of(paper: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(paper)) as held:
        return {
            str(note.A.URI)
            for page in held.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        }


def test_the_sign_leads_to_the_public_page_while_it_is_shown(table: Table, made: Made) -> None:
    Hub.objects.filter(pk=made.hub).update(link="")
    ana = signed_in(table.coordinator)
    with translation.override("fr"):
        address = reverse("space_hub_sign", kwargs={"slug": table.slug, "number": made.hub})
    before = links_of(ana.get(address).content)
    show(table, made)
    shown = links_of(ana.get(address).content)
    assert shown - before == {"http://localhost/fr/poles/pole-saint-pierre/"}
    hide_hub(table.slug, made.hub, by=table.coordinator, now=NOW)
    assert links_of(ana.get(address).content) == before


def test_two_hubs_of_one_name_have_two_addresses_and_more_hubs_ask_no_more_questions(
    table: Table, made: Made, visitor: Client
) -> None:
    show(table, made)
    with CaptureQueriesContext(connection) as few:
        main(visitor, LISTS[0])
    names = []
    for _ in range(3):
        number = form_hub(table.slug, HUB, by=table.coordinator, now=NOW)
        names.append(show_hub(table.slug, number, PAGE, by=table.coordinator, now=NOW))
    assert names == ["pole-saint-pierre-2", "pole-saint-pierre-3", "pole-saint-pierre-4"]
    with CaptureQueriesContext(connection) as many:
        assert main(visitor, LISTS[0]).count("<h2") == 4
    assert len(many) == len(few)


def test_the_map_walks_the_streets_where_there_are_some(
    table: Table, made: Made, visitor: Client, tmp_path: Path
) -> None:
    show(table, made)
    place_in_town()
    assert 'class="walk' not in main(visitor, LISTS[1])
    comb_served(tmp_path)
    told = main(visitor, LISTS[1])
    for kind in ("walk-1", "walk-2", "beyond"):
        assert f'class="walk {kind}"' in told
    place_in_town(900_000, 900_000)
    assert "<svg" not in main(visitor, LISTS[1]).partition("<ul")[0], "nothing to draw in this city"
