"""Hubs leave with the directory as services with capacities (HSDS 3.1), and come back to the hubs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from tests.support.directory import ORGANISATION, PLACE, SERVICE
from tests.support.hub_made import CAPACITY, HUB, Made, form
from tests.support.table import NOW, QUICK, Table, table_and_around
from tests.support.visits import signed_in

from courtepointe.formats.hsds import read_json, read_package
from courtepointe.hubs.actions.held import count_capacity
from courtepointe.hubs.actions.hubs import change_hub, form_hub
from courtepointe.hubs.models import Capacity, Hub
from courtepointe.hubs.values import NewCapacity
from courtepointe.people.models import HistoryRow
from courtepointe.places.models import Capacity as OfRecords
from courtepointe.places.models import Entry, Part

ID = {"type": "string", "format": "uuid"}
UNIT = {
    "type": "object", "required": ["id", "name"],
    "properties": {"id": ID, "name": {"type": "string"}, "scheme": {"type": "string"}, "identifier": {"type": "string"}},
}  # fmt: skip
CAPACITY_31 = {
    "type": "object", "required": ["id", "unit", "available", "updated"],
    "properties": {
        "id": ID, "service_id": ID, "unit": UNIT, "unit_id": ID, "available": {"type": "number"},
        "maximum": {"type": "number"}, "description": {"type": "string"}, "updated": {"type": "string", "format": "date-time"},
    },
}  # fmt: skip
"""What HSDS 3.1 asks of a capacity and of its unit, in its own words; 3.0, which we have whole, has neither."""


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


@pytest.fixture
def made(table: Table) -> Made:
    made = form(table)
    k: dict[str, Any] = {"by": table.coordinator, "now": NOW}
    count_capacity(table.slug, made.hub, NewCapacity("cool", 60), **k)
    count_capacity(
        table.slug, made.hub, replace(CAPACITY, code="beds", maximum=9, available=9), **k
    )
    return made


def file(client: Client, table: Table, ending: str = "json") -> bytes:
    answer = client.get(leaves(table, ending))
    assert answer.status_code == 200
    return answer.content


def leaves(table: Table, ending: str) -> str:
    return reverse("space_directory_file", kwargs={"slug": table.slug, "ending": ending})


def takes(table: Table) -> str:
    return reverse("space_take_in", kwargs={"slug": table.slug})


def hub_in(told: dict[str, Any], name: str = HUB.name) -> dict[str, Any]:
    (one,) = (one for one in told["services"] if one["name"] == name)
    return one


def brought(client: Client, table: Table, told: Any) -> str:
    sent = SimpleUploadedFile("a.json", json.dumps(told).encode())
    answer = client.post(
        takes(table),
        {"do": "file", "file": sent, "name": "Fichier", "dated": "", "visibility": "workspace"},
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer.headers["Location"]


def taken(client: Client, page: str) -> None:
    assert client.post(page, {"do": "take"}).status_code == 302


def counts(hub: int) -> dict[str, tuple[int, int | None, Any, str]]:
    rows = Capacity.objects.filter(hub_id=hub)
    return {o.code: (o.maximum, o.available, o.verified_on, o.verifier) for o in rows}


def test_a_hub_leaves_as_a_service_with_capacities(table: Table, made: Made) -> None:
    told = json.loads(file(signed_in(table.coordinator), table))
    assert told["version"] == "3.1"
    hub = hub_in(told)
    assert hub["organization"]["id"] == ORGANISATION and hub["status"] == "inactive"
    assert [one["location"]["id"] for one in hub["service_at_locations"]] == [PLACE]
    held = {one["unit"]["identifier"]: one for one in hub["capacities"]}
    assert set(held) == {"seats", "beds"}
    seats = held["seats"]
    assert (seats["maximum"], seats["available"]) == (120, 40)
    assert seats["updated"].startswith(CAPACITY.verified_on.isoformat())  # type: ignore[union-attr]
    assert seats["unit"]["name"] == "places assises (personnes)"
    assert hub["capacity"] == "60 places au frais (personnes)", (
        "nobody counted what is free: nothing is made up"
    )
    text = json.dumps(told)
    assert "Ouvre la grande salle" not in text and "supervision" not in text
    validator = Draft202012Validator(
        CAPACITY_31, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    for one in hub["capacities"]:
        assert list(validator.iter_errors(one)) == []
    assert list(validator.iter_errors({**seats, "available": None})), (
        "the schema refuses what it must"
    )


@pytest.mark.shared
def test_the_service_holds_to_the_schema_of_the_standard(
    table: Table, made: Made, shared: Path
) -> None:
    folder = shared / "standards" / "hsds" / "schema"
    if not folder.is_dir():
        pytest.skip(f"no standard in {folder}")
    schemas = {one.name: json.loads(one.read_text()) for one in folder.glob("*.json")}
    registry: Any = Registry().with_resources([(n, DRAFT202012.create_resource(s)) for n, s in schemas.items()])  # type: ignore[var-annotated]  # fmt: skip
    validator = Draft202012Validator(schemas["service.json"], registry=registry)
    for one in json.loads(file(signed_in(table.coordinator), table))["services"]:
        assert list(validator.iter_errors(one)) == []


def test_both_forms_of_the_file_say_the_same(table: Table, made: Made, tmp_path: Path) -> None:
    ana = signed_in(table.coordinator)
    package = tmp_path / "a.zip"
    package.write_bytes(file(ana, table, "zip"))
    read, told = read_package(package), read_json(file(ana, table), file="a.json")
    assert read.faults == () and told.faults == ()
    assert {one.id for one in read.directory} == {one.id for one in told.directory}
    assert len(read.directory.of("service_capacity")) == len(read.directory.of("unit")) == 2


def test_what_left_comes_back_and_changes_nothing(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    form_hub(table.slug, replace(HUB, name="Sans hôte"), by=table.coordinator, now=NOW)
    told = json.loads(file(ana, table))
    assert hub_in(told, "Sans hôte")["organization"]["name"] == "Table de quartier de Vieux-Moulin"
    before = counts(made.hub), Entry.objects.count(), Part.objects.count()
    n_lines = HistoryRow.objects.filter(what="hubs.capacity").count()
    page = brought(ana, table, told)
    assert "De nos pôles" in ana.get(page).content.decode()
    taken(ana, page)
    assert (counts(made.hub), Entry.objects.count(), Part.objects.count()) == before
    assert HistoryRow.objects.filter(what="hubs.capacity").count() == n_lines


def test_other_counts_go_to_the_hub_and_wait_to_be_verified(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    told = json.loads(file(ana, table))
    hub = hub_in(told)
    seats = next(one for one in hub["capacities"] if one["unit"]["identifier"] == "seats")
    seats |= {"maximum": 150, "available": 90}
    Capacity.objects.filter(hub_id=made.hub, code="beds").delete()
    taken(ana, brought(ana, table, told))
    found = counts(made.hub)
    assert found["seats"] == (150, 90, None, "") and found["beds"] == (9, 9, None, "")
    line = HistoryRow.objects.filter(what="hubs.capacity").latest("pk")
    assert line.batch and line.by_name == "Ana"
    assert not Entry.objects.filter(uid=hub["id"]).exists(), "a hub is told in one place"
    undo = reverse("space_undo", kwargs={"slug": table.slug, "batch": line.batch})
    assert ana.post(undo, {"why": ""}).status_code == 302
    assert counts(made.hub)["seats"] == (120, 40, CAPACITY.verified_on, CAPACITY.verifier)
    assert "beds" not in counts(made.hub), "an import is undone whole"
    found = counts(made.hub)
    hub["capacities"][0]["available"] = 999
    page = brought(ana, table, told)
    assert ana.post(page, {"do": "take"}).status_code == 400
    assert counts(made.hub) == found


def test_an_ended_hub_is_neither_changed_nor_doubled(table: Table, made: Made) -> None:
    ana = signed_in(table.coordinator)
    told = json.loads(file(ana, table))
    hub_in(told)["capacities"][0]["available"] = 1
    change_hub(table.slug, made.hub, replace(HUB, status="ended"), by=table.coordinator, now=NOW)
    before = counts(made.hub), Entry.objects.count()
    taken(ana, brought(ana, table, told))
    assert (counts(made.hub), Entry.objects.count()) == before
    assert b"P\xc3\xb4le Saint-Pierre" not in file(ana, table)


def test_a_hub_of_elsewhere_comes_into_the_directory_with_its_capacities(
    table: Table, made: Made
) -> None:
    ana = signed_in(table.coordinator)
    told = json.loads(file(ana, table))
    Hub.objects.filter(pk=made.hub).update(uid=SERVICE)  # the file's hub is not ours any more
    uid = hub_in(told)["id"]
    taken(ana, brought(ana, table, told))
    row = Entry.objects.get(uid=uid)
    held = {
        o.unit: (o.maximum, o.available, o.verified_on)
        for o in OfRecords.objects.filter(holder=row)
    }
    assert held == {
        "places assises (personnes)": (120, 40, CAPACITY.verified_on),
        "couchages (lits)": (9, 9, CAPACITY.verified_on),
        "places au frais (personnes)": (60, None, None),
    }
    assert not Part.objects.filter(table__in=("unit", "service_capacity")).exists()


def test_who_may_not_write_brings_no_count_and_a_stranger_reads_no_file(
    table: Table, made: Made
) -> None:
    assert signed_in(table.member).get(leaves(table, "json")).status_code == 200
    assert signed_in(table.member).post(takes(table), {"do": "file"}).status_code == 403
    for who in (table.stranger, table.former):
        assert signed_in(who).get(leaves(table, "json")).status_code == 404
