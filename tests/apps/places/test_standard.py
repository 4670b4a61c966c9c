"""What leaves the database is held to the standard's own schemas, not only to our reader."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from tests.apps.places.test_doubles import with_a_double
from tests.support.directory import directory, taken_in
from tests.support.table import NOW, Table
from tests.support.tabular_package import faults_of, opened

from courtepointe.formats.hsds import Directory, Record, write_json, write_package
from courtepointe.places.actions import (
    Incoming,
    import_directory,
    look_for_doubles,
    merge_pair,
)
from courtepointe.places.exports import exported
from courtepointe.places.files import read_directory
from courtepointe.places.models import Candidate

KINDS = {
    "services": "service", "organizations": "organization", "locations": "location",
    "service_at_locations": "service_at_location", "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term",
}  # fmt: skip
REAL = ("batiments-municipaux.csv", "lieux-interet.geojson", "osm_montreal_hospitals.json")


@pytest.fixture(scope="session")
def hsds(shared: Path) -> Path:
    return shared / "standards" / "hsds"


Faults = Callable[[Directory], list[str]]


@pytest.fixture(scope="session")
def faults(hsds: Path) -> Faults:
    """Give what the standard says is wrong with a directory, as JSON and as tables."""
    schemas = {one.name: json.loads(one.read_text()) for one in (hsds / "schema").glob("*.json")}
    named = [(name, DRAFT202012.create_resource(told)) for name, told in schemas.items()]
    registry: Any = Registry().with_resources(named)
    package = json.loads((hsds / "datapackage.json").read_text())

    def json_faults(told: dict[str, Any]) -> Iterator[str]:
        assert set(told) <= {"version", *KINDS}, "everything has its place in the standard"
        for key, kind in KINDS.items():
            schema = schemas[f"{kind}.json"]
            check = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
            for n, one in enumerate(told.get(key, ())):
                for fault in check.iter_errors(one):
                    yield f"{key}[{n}].{fault.json_path}: {fault.message}"

    def found(held: Directory) -> list[str]:
        own, files = opened(write_package(held))
        assert [one["name"] for one in own["resources"]] == _names(own, package)
        return [
            *json_faults(json.loads(write_json(held))),
            *faults_of(package, files),
            *faults_of(own, files),
        ]

    return found


def _names(own: dict[str, Any], package: dict[str, Any]) -> list[str]:
    """Hold our descriptor to the standard's: the same tables; of each, its fields and then ours."""
    wanted = {one["name"]: one["schema"] for one in package["resources"]}
    for one in own["resources"]:
        fields = [field["name"] for field in one["schema"]["fields"]]
        told = [field["name"] for field in wanted[one["name"]]["fields"]]
        assert fields[: len(told)] == told
    return [name for one in own["resources"] if (name := one["name"]) in wanted]


@pytest.mark.shared
def test_a_directory_leaves_the_database_as_the_standard_wants_it(
    table: Table, faults: Faults
) -> None:
    taken_in(table)
    for contacts in (False, True):
        held = exported(table.slug, contacts=contacts, by=table.coordinator, now=NOW)
        assert len(held) > 8 and faults(held) == []


@pytest.mark.shared
def test_what_was_merged_leaves_so_too(table: Table, faults: Faults) -> None:
    by = table.coordinator
    taken_in(table, with_a_double())
    look_for_doubles(table.slug, by=by, now=NOW)
    merge_pair(table.slug, Candidate.objects.latest("probability").pk, keep="first", by=by, now=NOW)
    held = exported(table.slug, contacts=True, by=by, now=NOW)
    assert held.of("metadata"), "the trace of the merge is in it"
    assert faults(held) == []


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_real_places_leave_so_too(
    table: Table, faults: Faults, montreal_files: Path, name: str
) -> None:
    by = table.coordinator
    read = read_directory(montreal_files / "places" / name)
    import_directory(table.slug, read.directory, Incoming(name), areas=None, by=by, now=NOW)
    held = exported(table.slug, by=by, now=NOW)
    assert len(held.of("location")) == len(read.directory.of("location")) > 300
    assert faults(held) == []


@pytest.mark.shared
def test_what_does_not_hold_to_the_standard_is_found(faults: Faults) -> None:
    """Both checks can fail: a state that is none, an e-mail that is none, a link to nothing, a key twice."""
    good = directory()
    assert faults(good) == []
    (service,) = good.of("service")
    wrong = dict(service.values) | {"status": "peut-être", "email": "personne"}
    broken = Directory({**good.records, "service": (Record("service", wrong),)})
    told = "\n".join(faults(broken))
    assert "$.status" in told and "$.email" in told
    assert "services.csv:2 status" in told and "services.csv:2 email: personne is no email" in told
    lost = Directory({**good.records, "organization": ()})
    assert any("organization_id: points to nothing" in one for one in faults(lost))
    twice = Directory({**good.records, "service": (service, service)})
    assert any("services.csv:3 id: said twice" in one for one in faults(twice))
