"""The pages of contributions: contribute, review one after the other, read, bring telephones, withdraw."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from tests.doors.site.test_space import signed
from tests.support.contributed import (
    ONE,
    PLACE,
    SKILL,
    TWO,
    a_photo,
    a_place,
    accepted,
    contributed,
    telephone,
)
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.town import town

from courtepointe.people.actions import stand_on
from courtepointe.places.assets.actions import correct
from courtepointe.places.assets.models import Contribution, ContributionPhoto
from courtepointe.press.photos import read_photo

TYPED = {
    "name": "La Maille", "needs": ["cool", "company"], "open_to": ["everyone"], "conditions": "gratuit",
    "where": "45.5088, -73.5540", "zone": "près du parc", "confidence": "own_eyes",
    "visibility": "partners", "agree": "on",
}  # fmt: skip


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def at(table: Table, name: str = "space_assets", *, lang: str = "fr", **where: object) -> str:
    with override(lang):
        return reverse(name, kwargs={"slug": table.slug, **where})


def to_contribute(table: Table, form: str = "assets", chosen: str = "place") -> str:
    return at(table, "space_assets_propose", form=form) + (f"?class={chosen}" if chosen else "")


READ = ("space_assets", "space_assets_list", "space_assets_points")
MEMBERS = ("space_assets_choose",)
REVIEWERS = ("space_assets_queue", "space_assets_bring")


def test_who_reaches_which_page(table: Table) -> None:
    for name in (*READ, *MEMBERS, *REVIEWERS):
        for lang in ("fr", "en"):
            assert signed(table.coordinator).get(at(table, name, lang=lang)).status_code == 200
        expected = 403 if name in REVIEWERS else 200
        assert signed(table.member).get(at(table, name)).status_code == expected
        for who in (table.former, table.stranger):
            assert signed(who).get(at(table, name)).status_code == 404


def test_a_member_contributes_what_a_telephone_would_ask(table: Table) -> None:
    bao, address = signed(table.member), to_contribute(table)
    page = bao.get(address).content.decode()
    assert 'name="name"' in page and 'name="skill"' not in page and 'name="agree"' in page
    without = bao.post(address, {k: v for k, v in TYPED.items() if k != "agree"})
    assert without.status_code == 400 and not Contribution.objects.exists()
    assert bao.post(address, {**TYPED, "where": "ici"}).status_code == 400
    photo = SimpleUploadedFile("17.jpg", a_photo(), "image/jpeg")
    done = bao.post(address, {**TYPED, "photo": photo})
    row = Contribution.objects.get()
    assert done.headers["Location"] == at(table, "space_asset", number=row.pk)
    assert (row.category, row.visibility, row.state, row.consent_how) == (["place"], "partners", "proposed", "online")  # fmt: skip
    assert row.point == {"lon": -73.554, "lat": 45.5088, "accuracy_m": None}
    assert ContributionPhoto.objects.get().people_seen == "unknown"
    assert "La Maille" in bao.get(done.headers["Location"]).content.decode()


def test_of_a_person_no_point_and_no_name_is_asked(table: Table) -> None:
    page = signed(table.member).get(to_contribute(table, chosen="people")).content.decode()
    assert 'name="skill"' in page and 'name="where"' not in page and 'name="photo"' not in page
    typed = {"skill": "réparer des vélos", "needs": "tools", "visibility": "workspace", "agree": "on", "where": "45, -73"}  # fmt: skip
    assert (
        signed(table.member).post(to_contribute(table, chosen="people"), typed).status_code == 302
    )
    row = Contribution.objects.get()
    assert row.is_person and row.point is None


def test_a_note_and_an_observation_have_their_own_forms(table: Table) -> None:
    bao = signed(table.member)
    assert bao.get(to_contribute(table, "inconnu", "")).status_code == 404
    note = {"fragility": ["heat"], "seen": "Pas d’ombre", "seen_on": "2026-05-30", "visibility": "public", "agree": "on"}  # fmt: skip
    assert bao.post(to_contribute(table, "place-notes", ""), note).status_code == 302
    stop = {"zone": "rue A", "where": "45.5 -73.5", "direction": "strength", "dimension": "safety", "seen": "Bien éclairé", "walked_on": "2026-05-30", "visibility": "public", "agree": "on"}  # fmt: skip
    assert bao.post(to_contribute(table, "walk", ""), stop).status_code == 302
    kinds = {row.kind: row.category for row in Contribution.objects.all()}
    assert kinds == {"vulnerability": ["heat"], "observation": ["safety"]}


def put_right(number: int, **more: Any) -> dict[str, Any]:
    return {"do": "accept", "text-name": "La Maille", "text-conditions": "gratuit", "category": "place", "needs": ["cool"], "visibility": "workspace", "point": "", **more}  # fmt: skip


def test_a_reviewer_goes_through_the_queue(table: Table) -> None:
    first = contributed(table, {**PLACE, "name": "Première"})
    clued = contributed(table, {**PLACE, "conditions": "voir Mme Roy"}, key="hand:2")
    third = contributed(table, {**PLACE, "name": "Troisième"}, key="hand:3")
    ana = signed(table.coordinator)
    look = {
        number: at(table, "space_assets_review", number=number) for number in (first, clued, third)
    }
    assert ana.get(at(table, "space_assets_queue")).headers["Location"] == look[clued]
    page = ana.get(look[clued]).content.decode()
    assert "Mme Roy" in page and f'href="{look[first]}"' in page and "autofocus" in page
    assert ana.post(look[clued], put_right(clued)).headers["Location"] == look[first]
    row = Contribution.objects.get(pk=clued)
    assert (row.state, row.texts["conditions"], row.choices["needs"]) == ("accepted", "gratuit", ["cool"])  # fmt: skip
    refused = ana.post(look[first], {"do": "refuse", "why": ""})
    assert refused.status_code == 400 and Contribution.objects.get(pk=first).state == "proposed"
    assert ana.post(look[first], {"do": "refuse", "why": "un domicile"}).headers["Location"] == look[third]  # fmt: skip
    assert ana.post(look[third], {"do": "merge", "into": str(clued)}).status_code == 302
    assert Contribution.objects.get(pk=third).merged_into_id == clued
    assert ana.get(at(table, "space_assets_queue")).status_code == 200
    wider = ana.post(look[clued], put_right(clued, visibility="public"))
    assert wider.status_code == 400 and Contribution.objects.get(pk=clued).visibility == "workspace"


def test_others_do_not_review(table: Table) -> None:
    number = contributed(table)
    look = at(table, "space_assets_review", number=number)
    for who, code in ((table.member, 403), (table.former, 404), (table.stranger, 404)):
        assert signed(who).get(look).status_code == code
        assert signed(who).post(look, put_right(number)).status_code == code
    assert Contribution.objects.get().state == "proposed"


def test_a_list_is_narrowed_printed_and_put_on_a_map(table: Table) -> None:
    number = accepted(table)
    correct(table.slug, number, texts={"name": "La Maille"}, category=["place"], needs=["cool"], point=(-73.554, 45.5088), by=table.coordinator, now=NOW)  # fmt: skip
    accepted(table, SKILL, key="hand:2")
    bao = signed(table.member)
    page = bao.get(at(table)).content.decode()
    assert "La Maille" in page and "réparer des vélos" in page
    narrowed = bao.get(at(table), {"need": "tools"}).content.decode()
    assert "La Maille" not in narrowed and "réparer des vélos" in narrowed
    assert bao.get(at(table), {"need": "or"}).status_code == 200
    assert "La Maille" in bao.get(at(table, "space_assets_list")).content.decode()
    points = json.loads(bao.get(at(table, "space_assets_points")).content)
    assert [one["properties"]["name"] for one in points["features"]] == ["La Maille"]
    assert bao.get(at(table, "space_asset", number=number)).status_code == 200


def test_the_territory_is_drawn_where_the_atlas_shows_it(table: Table) -> None:
    day = date(2026, 1, 1)
    stand_on(
        table.slug, atlas_code=town().recipe.code, area_key="quartier:2014:1", name="Vieux-Moulin",
        since=day, by=table.coordinator, now=NOW,
    )  # fmt: skip
    page = signed(table.member).get(at(table)).content.decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="map"' in page


def test_a_photo_is_shown_once_somebody_looked_at_it(table: Table) -> None:
    number = accepted(table, by=table.coordinator, photos={"a.jpg": read_photo(a_photo(), file="a.jpg")})  # fmt: skip
    photo = ContributionPhoto.objects.get().pk
    address = at(table, "space_assets_photo", number=photo)
    assert signed(table.coordinator).get(address).headers["Content-Type"] == "image/jpeg"
    assert signed(table.member).get(address).status_code == 404
    seen, told = at(table, "space_assets_seen", number=photo), {"seen": "nobody", "back": str(number)}  # fmt: skip
    assert signed(table.member).post(seen, told).status_code == 403
    assert signed(table.coordinator).post(seen, told).headers["Location"] == at(table, "space_asset", number=number)  # fmt: skip
    assert signed(table.member).get(address).status_code == 200
    assert signed(table.stranger).get(address).status_code == 404


def test_files_of_telephones_are_looked_at_then_taken_in(table: Table) -> None:
    ana, address = signed(table.coordinator), at(table, "space_assets_bring")
    files = [telephone("assets", a_place(), name="a.json"), telephone("assets", a_place(), a_place(TWO, name="Le Nœud", conditions="Mme Roy"), name="b.json")]  # fmt: skip
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    kept = ana.post(address, {"form": "assets", "files": sent})
    look = kept.headers["Location"]
    page = ana.get(look).content.decode()
    assert "Le Nœud" in page and not Contribution.objects.exists()
    for who, code in ((table.member, 403), (table.former, 404), (table.stranger, 404)):
        assert signed(who).get(look).status_code == code
        assert signed(who).post(look, {"do": "take"}).status_code == code
    done = ana.post(look, {"do": "take"})
    assert "?batch=" in done.headers["Location"]
    assert {row.source_key for row in Contribution.objects.all()} == {ONE, TWO}
    assert ana.get(look).status_code == 404
    assert ana.post(address, {"form": "assets"}).status_code == 400
    again = ana.post(address, {"form": "assets", "files": [SimpleUploadedFile("x.json", files[0][1])]})  # fmt: skip
    assert ana.post(again.headers["Location"], {"do": "drop"}).headers["Location"] == address


def test_a_faulty_file_is_told_and_not_taken(table: Table) -> None:
    ana, address = signed(table.coordinator), at(table, "space_assets_bring")
    name, content = telephone("assets", a_place(where="95 -73 0 0"))
    look = ana.post(address, {"form": "assets", "files": [SimpleUploadedFile(name, content)]}).headers["Location"]  # fmt: skip
    assert "disabled" in ana.get(look).content.decode()
    assert ana.post(look, {"do": "take"}).status_code == 400 and not Contribution.objects.exists()
    assert ana.post(address, {"form": "assets", "files": [SimpleUploadedFile("x.bin", b"\x00\x01")]}).status_code == 400  # fmt: skip


def test_a_form_for_telephones_bears_the_name_of_the_workspace(table: Table) -> None:
    for code in ("assets", "place-notes", "walk"):
        file = signed(table.member).get(at(table, "space_assets_form", form=code))
        assert file.status_code == 200 and file.content[:2] == b"PK"
    assert signed(table.member).get(at(table, "space_assets_form", form="rien")).status_code == 404
    assert (
        signed(table.stranger).get(at(table, "space_assets_form", form="walk")).status_code == 404
    )


def test_who_contributed_withdraws_from_the_page_and_after_having_left(table: Table) -> None:
    number = contributed(table)
    away = at(table, "space_asset_withdraw", number=number)
    assert signed(table.stranger).post(away).status_code == 404
    assert signed(table.member).post(away).status_code == 302
    assert Contribution.objects.get(pk=number).state == "withdrawn"
    other = contributed(table, key="hand:2")
    Contribution.objects.filter(pk=other).update(by_id=table.former.id)
    with override("fr"):
        mine, gone = reverse("own_contributions"), reverse("own_withdraw", args=[other])
    assert "La Maille" not in signed(table.stranger).get(mine).content.decode()
    assert "La Maille" in signed(table.former).get(mine).content.decode()
    assert signed(table.stranger).post(gone).status_code == 404
    assert signed(table.former).post(gone).headers["Location"] == mine
    assert Contribution.objects.get(pk=other).state == "withdrawn"
