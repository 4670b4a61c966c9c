"""The pages of the directory: who reaches them, what their buttons do, what nobody may see."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from tests.support.directory import (
    ORGANISATION,
    PLACE,
    SECRET,
    SECRETS,
    SERVICE,
    entry,
    taken_in,
    told,
    uid,
    writing,
)
from tests.support.table import NOW, QUICK, Table, table_and_around

from courtepointe.people.actions import answer_agreement, offer_agreement, stand_on
from courtepointe.people.models import Account
from courtepointe.people.values import Person
from courtepointe.places.actions import change_fields, look_for_doubles, show_to
from courtepointe.places.models import Candidate, Capacity, Entry, Part, Proposal, Waiting


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def signed(who: Person) -> Client:
    client = Client(HTTP_HOST="localhost")
    account = Account.objects.get(pk=who.id)
    client.force_login(account)
    Authenticator.objects.get_or_create(user=account, type="totp", data={"secret": "x"})
    return client


def at(held: Table, name: str, lang: str = "fr", /, **where: object) -> str:
    with override(lang):
        return reverse(name, kwargs={"slug": held.slug, **where})


def pages(table: Table) -> dict[str, tuple[str, str]]:
    """Give each page with the right that it asks for."""
    number = entry(PLACE).pk
    part = Part.objects.get(table="address").pk
    return {
        at(table, "space_directory"): ("read", "space_directory"),
        at(table, "space_record", number=number): ("read", ""),
        at(table, "space_directory_file", ending="json"): ("read", ""),
        at(table, "space_new_record", kind="location"): ("contribute", ""),
        at(table, "space_edit_record", number=number): ("contribute", ""),
        at(table, "space_new_detail", number=number, table="phone"): ("write", ""),
        at(table, "space_detail", number=number, part=part): ("write", ""),
        at(table, "space_take_in"): ("write", ""),
        at(table, "space_pairs"): ("write", ""),
    }


def test_three_people_and_one_who_left_at_every_page(table: Table) -> None:
    taken_in(table)
    for address, (right, _) in pages(table).items():
        assert signed(table.coordinator).get(address).status_code == 200, address
        member = signed(table.member).get(address)
        assert member.status_code == (403 if right == "write" else 200), address
        assert not [one for one in SECRETS if one in member.content.decode()], address
        for who in (table.former, table.stranger):
            page = signed(who).get(address)
            assert page.status_code == 404 and "Maille" not in page.content.decode(), address
        assert Client(HTTP_HOST="localhost").get(address).status_code in (302, 403)
        other = address.replace(table.slug, table.other)
        if re.search(r"/\d+/", other):
            assert signed(table.stranger).get(other).status_code == 404, other


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_record_says_where_each_field_comes_from(table: Table, lang: str) -> None:
    taken_in(table, dated=date(2026, 3, 31))
    page = signed(table.coordinator).get(at(table, "space_record", lang, number=entry(PLACE).pk))
    told_ = page.content.decode()
    assert "Le fichier de la table" in told_ and "1212, rue Panet" in told_
    assert SECRET in told_, "the coordinator may see contacts"
    assert "120 seats" in told_
    plain = signed(table.member).get(at(table, "space_record", lang, number=entry(PLACE).pk))
    assert SECRET not in plain.content.decode() and "Panet" in plain.content.decode()


def act(table: Table, number: int, who: str = "coordinator", **sent: object) -> int:
    client = signed(getattr(table, who))
    return client.post(at(table, "space_record", number=number), sent).status_code


def test_the_buttons_of_a_record_do_what_they_say(table: Table) -> None:
    taken_in(table)
    place, service = entry(PLACE).pk, entry(SERVICE).pk
    assert act(table, place, do="verify") == 302
    assert entry(PLACE).verified_on is not None
    assert act(table, place, do="show", visibility="public") == 302
    assert entry(PLACE).visibility == "public"
    assert act(table, place, do="show", visibility="moon") == 400
    assert act(table, place, do="count", unit="lits", maximum="12", available="13") == 400
    assert act(table, place, do="count", unit="lits", maximum="12", available="3") == 302
    assert Capacity.objects.get(unit="lits").available == 3
    assert act(table, place, do="drop", which=Capacity.objects.get(unit="lits").pk) == 302
    joined = Entry.objects.get(table="service_at_location").pk
    assert act(table, service, do="offer_no_more", which=joined) == 302
    assert act(table, service, do="offer", place=str(place)) == 302
    assert act(table, service, do="close", on="2026-01-01", why="fin") == 302
    assert entry(SERVICE).closed == date(2026, 1, 1)
    assert act(table, service, do="open") == 302
    assert act(table, place, do="explode") == 404
    for do in ("verify", "open", "accept", "drop"):
        assert act(table, place, "member", do=do) == 403
        assert act(table, place, "stranger", do=do) == 404


def test_a_member_s_correction_waits_and_a_coordinator_takes_it(table: Table) -> None:
    taken_in(table)
    number = entry(ORGANISATION).pk
    form = {"name": "La Grande Maille", "description": "Un centre – ouvert à tous"}
    answer = signed(table.member).post(at(table, "space_edit_record", number=number), form)
    assert answer.status_code == 302 and entry(ORGANISATION).values["name"] == "La Maille"
    (waits,) = Proposal.objects.all()
    page = signed(table.coordinator).get(at(table, "space_record", number=number))
    assert "La Grande Maille" in page.content.decode()
    assert act(table, number, "member", do="take", which=waits.pk) == 403
    assert act(table, number, do="take", which=waits.pk) == 302
    assert entry(ORGANISATION).values["name"] == "La Grande Maille"


def test_a_record_is_added_and_a_wrong_one_keeps_what_was_typed(table: Table) -> None:
    taken_in(table)
    client = signed(table.coordinator)
    address = at(table, "space_new_record", kind="service")
    wrong = client.post(address, {"name": "Répit", "organization_id": ORGANISATION, "status": "active", "url": "exemple"})  # fmt: skip
    assert wrong.status_code == 400 and "Répit" in wrong.content.decode()
    right = client.post(address, {"name": "Répit", "organization_id": ORGANISATION, "status": "active", "minimum_age": "12"})  # fmt: skip
    assert right.status_code == 302
    row = Entry.objects.get(folded=" repit")
    assert row.values["minimum_age"] == 12 and str(row.owner) == ORGANISATION
    assert client.get(at(table, "space_new_record", kind="contact")).status_code == 404


def test_details_are_added_corrected_and_removed(table: Table) -> None:
    taken_in(table)
    client, number = signed(table.coordinator), entry(PLACE).pk
    hours = {"byday": "SA", "opens_at": "10:00", "closes_at": "16:00"}
    added = client.post(at(table, "space_new_detail", number=number, table="schedule"), hours)
    assert added.status_code == 302
    part = Part.objects.filter(table="schedule").latest("pk")
    assert part.values["freq"] == "WEEKLY" and part.holder_id == number
    one = at(table, "space_detail", number=number, part=part.pk)
    assert client.post(one, {**hours, "closes_at": "17:00"}).status_code == 302
    assert Part.objects.get(pk=part.pk).values["closes_at"] == "17:00"
    assert client.post(one, {"do": "remove"}).status_code == 302
    assert client.get(one).status_code == 404
    person = {"name": "Nadia", "title": "", "department": "", "email": "n@example.org"}
    assert client.post(at(table, "space_new_detail", number=number, table="contact"), person).status_code == 302  # fmt: skip
    assert "Nadia" not in str(Part.objects.filter(table="contact").values_list("values", "more"))
    elsewhere = at(table, "space_new_detail", number=number, table="metadata")
    assert client.get(elsewhere).status_code == 404


def sent(table: Table, name: str, content: bytes, **more: object) -> Any:
    file = SimpleUploadedFile(name, content)
    form = {"do": "file", "file": file, "name": "", "dated": "", "visibility": "workspace", **more}
    return signed(table.coordinator).post(at(table, "space_take_in"), form)


def test_a_file_is_looked_at_taken_in_and_undone(table: Table) -> None:
    answer = sent(table, "répertoire.json", json.dumps(told()).encode())
    assert answer.status_code == 302 and Entry.objects.count() == 0
    client = signed(table.coordinator)
    page = client.get(answer.url).content.decode()
    assert "Centre Saint-Pierre" in page and SECRET not in page
    for who in ("member", "former", "stranger"):
        assert signed(getattr(table, who)).get(answer.url).status_code in (403, 404)
    done = client.post(answer.url, {"do": "take"})
    assert done.status_code == 302 and "batch=" in done.url and Entry.objects.count() == 4
    batch = done.url.split("batch=")[1]
    assert client.get(answer.url).status_code == 404, "it waits no more"
    assert client.post(at(table, "space_undo", batch=batch), {"why": "essai"}).status_code == 302
    assert Entry.objects.count() == 0
    again = sent(table, "a.json", json.dumps(told()).encode())
    assert client.post(again.url, {"do": "drop"}).status_code == 302
    assert Waiting.objects.count() == Entry.objects.count() == 0


def test_faults_are_said_with_their_row_and_nothing_waits(table: Table) -> None:
    text = f"id,name,description,year_incorporated\n{ORGANISATION},A,a,1998\n{PLACE},,b,dix\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("organizations.csv", text)
    answer = sent(table, "a.zip", out.getvalue())
    page = answer.content.decode()
    assert answer.status_code == 400 and page.count("organizations.csv:3") == 2 and "dix" in page
    for name, content in (
        ("a.json", b"{"),
        ("a.csv", b"x,y\n1,2\n"),
        ("a.csv", b"nom,latitude\nA,loin\n"),
        ("a.pdf", b"%PDF-1.4"),
        ("../../a.json", b"[]x"),
    ):
        answer = sent(table, name, content)
        assert answer.status_code == 400 and 'role="alert"' in answer.content.decode(), name
    assert Waiting.objects.count() == 0


def test_a_table_without_coordinates_enters_and_is_to_be_located(table: Table) -> None:
    content = "buildingid,buildingName,address,boroughName\n1,Chalet du parc,12 Rue A,VERDUN\n"
    answer = sent(table, "batiments.csv", content.encode())
    client = signed(table.coordinator)
    client.post(answer.url, {"do": "take"})
    page = client.get(at(table, "space_directory") + "?state=unlocated").content.decode()
    assert "Chalet du parc" in page
    assert Part.objects.get(table="address").values["region"] == "VERDUN"


def test_the_atlas_s_places_of_the_territories_are_taken_in(table: Table) -> None:
    client = signed(table.coordinator)
    form = {"do": "atlas", "layer": "?", "visibility": "workspace"}
    page = client.get(at(table, "space_take_in")).content.decode()
    layers = re.findall(r'name="layer" value="(\w+)"', page)
    assert not layers, "no territory yet"
    from courtepointe.doors.served import served

    pack = served().pack
    form["layer"] = pack.recipe.places[0].code
    refused = client.post(at(table, "space_take_in"), form)
    assert refused.status_code == 400
    home = pack.area_tables[pack.recipe.home]
    key = f"{home.type_and_vintage}:{home.codes[0]}"
    stand_on(table.slug, atlas_code=pack.recipe.code, area_key=key, name="Ici", since=date(2020, 1, 1), by=table.coordinator, now=NOW)  # fmt: skip
    answer = client.post(at(table, "space_take_in"), form)
    assert answer.status_code == 302
    client.post(answer.url, {"do": "take"})
    there = Entry.objects.filter(table="location")
    everywhere = len(pack.place_tables[form["layer"]].ids)
    assert 0 < there.count() < everywhere
    assert all(one.is_located for one in there)


def test_doubles_are_decided_on_their_page(table: Table) -> None:
    places = [
        {"id": uid(50 + n), "location_type": "physical", "name": name, "latitude": 45.5, "longitude": -73.6}
        for n, name in enumerate(("Bibliothèque Père-Ambroise", "Bibl. Pere Ambroise"))
    ]  # fmt: skip
    taken_in(table, {"locations": places})
    client, address = signed(table.coordinator), at(table, "space_pairs")
    assert client.post(address, {"do": "look"}).status_code == 302
    (pair,) = Candidate.objects.all()
    assert "Pere Ambroise" in client.get(address).content.decode()
    client.post(address, {"do": "later", "pair": pair.pk})
    assert "Pere Ambroise" not in client.get(address).content.decode()
    assert "Pere Ambroise" in client.get(address + "?decided=later").content.decode()
    done = client.post(address, {"do": "first", "pair": pair.pk})
    assert done.status_code == 302 and Entry.objects.count() == 1
    assert client.post(address, {"do": "first", "pair": pair.pk}).status_code == 409
    assert client.post(address, {"do": "x", "pair": pair.pk}).status_code == 404
    assert signed(table.member).post(address, {"do": "look"}).status_code == 403


def test_the_export_is_a_file_that_the_reader_may_read(table: Table) -> None:
    taken_in(table)
    for who in ("coordinator", "member"):
        for ending in ("json", "zip"):
            answer = signed(getattr(table, who)).get(
                at(table, "space_directory_file", ending=ending)
            )
            held = answer.content.decode("utf-8", "ignore")
            assert "attachment" in answer.headers["Content-Disposition"]
            assert not [one for one in SECRETS if one in held]
    assert (
        signed(table.member).get(at(table, "space_directory_file", ending="pdf")).status_code == 404
    )


def test_an_agreement_s_page_shows_what_is_for_partners(table: Table) -> None:
    taken_in(table, visibility="partners")
    show_to(table.slug, entry(ORGANISATION).pk, "workspace", writing=writing(table))
    number = offer_agreement(
        table.slug, receiver=table.other, what="directory", purpose="orienter",
        since=date(2020, 1, 1), until=date(2100, 1, 1), by=table.coordinator, now=NOW,
    )  # fmt: skip
    answer_agreement(table.other, number, accepted=True, by=table.stranger, now=NOW)
    with override("fr"):
        base = {"slug": table.other, "number": number}
        addresses = [
            reverse("space_received", kwargs=base),
            reverse("space_received_record", kwargs={**base, "record": entry(PLACE).pk}),
            reverse("space_received_file", kwargs={**base, "ending": "json"}),
        ]
        hidden = reverse("space_received_record", kwargs={**base, "record": entry(ORGANISATION).pk})
    for address in addresses:
        page = signed(table.stranger).get(address)
        held = page.content.decode()
        assert page.status_code == 200 and "Centre Saint-Pierre" in held, address
        assert not [one for one in (*SECRETS, "La Maille") if one in held], address
        for who in ("coordinator", "member", "former"):
            assert signed(getattr(table, who)).get(address).status_code == 404
    assert signed(table.stranger).get(hidden).status_code == 404


def public(name: str, **where: object) -> str:
    with override("fr"):
        return reverse(name, kwargs=where)


def test_everyone_sees_what_is_public_and_nothing_else(table: Table, visitor: Client) -> None:
    taken_in(table)
    change_fields(table.slug, entry(PLACE).pk, {"name": "Centre de la rue Panet"}, writing=writing(table))  # fmt: skip
    for uid_ in (PLACE, SERVICE, ORGANISATION):
        assert visitor.get(public("place", uid=uid_)).status_code == 404
    assert public("places") not in visitor.get("/fr/").content.decode()
    show_to(table.slug, entry(PLACE).pk, "public", writing=writing(table))
    listed = visitor.get(public("places")).content.decode()
    page = visitor.get(public("place", uid=PLACE)).content.decode()
    assert "Centre de la rue Panet" in listed and "1212, rue Panet" in page
    for held in (listed, page, visitor.get(public("places") + "?q=halte&state=closed").content.decode()):  # fmt: skip
        assert not [one for one in (*SECRETS, "Halte-chaleur", "La Maille", "Ana") if one in held]
    assert f'href="{public("places")}"' in visitor.get("/fr/sources/").content.decode()
    assert not visitor.get(public("places")).cookies
    assert visitor.get(public("places") + "?after=" + "9" * 30).status_code == 200
    assert visitor.get(public("places") + "?months=x&after=x&area=%00").status_code == 200


def test_a_list_asks_the_same_number_of_questions_whatever_it_holds(
    table: Table, visitor: Client
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert visitor.get(public("places")).status_code == 200
        return len(asked)

    taken_in(table, visibility="public")
    few = cost()
    places = [{"id": uid(700 + n), "location_type": "physical", "name": f"Parc {n}"} for n in range(45)]  # fmt: skip
    taken_in(table, {"locations": places}, visibility="public")
    look_for_doubles(table.slug, by=table.coordinator, now=NOW)
    assert cost() == few <= 9
