"""HSDS 3: the standard's own examples are read, hold, and come back the same through every form."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds import (
    Directory,
    Read,
    read_hsds,
    read_json,
    read_package,
    write_json,
    write_package,
)
from courtepointe.formats.hsds.spec import tables

ORGANISATION = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
SERVICE = "ac148810-d857-441c-9679-408f346de14b"
PLACE = "56d27e61-95fc-4a45-8a7f-05ca21b48b76"
WORTH = {
    "id": SERVICE,
    "name": "Halte-chaleur du cœur d’îlot",
    "status": "active",
    "organization": {"id": ORGANISATION, "name": "La Maille", "description": "Un centre – ouvert à tous"},
    "phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "514 555-0100", "extension": 3}],
    "service_at_locations": [
        {
            "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
            "location": {
                "id": PLACE, "location_type": "physical", "name": "ᐃ", "latitude": 45.5, "longitude": -73.6,
            },
        }
    ],
    "our_own_field": {"kept": True},
}  # fmt: skip


def said(*things: Any) -> Read:
    return read_json(json.dumps(list(things)).encode(), file="a.json")


@pytest.fixture(scope="session")
def hsds(shared: Path) -> Path:
    folder = shared / "standards" / "hsds"
    if not folder.is_dir():
        pytest.skip(f"no standard in {folder}")
    return folder


@pytest.fixture(scope="session")
def registry(hsds: Path) -> tuple[dict[str, Any], Any]:
    held = {one.name: json.loads(one.read_text()) for one in (hsds / "schema").glob("*.json")}
    return held, Registry().with_resources(
        [(name, DRAFT202012.create_resource(told)) for name, told in held.items()]
    )


EXAMPLES = (
    "service_full.json", "service_list.json", "organization_full.json", "organization_list.json",
    "location.json", "service_at_location_full.json", "service_at_location_list.json", "taxonomy.json",
    "taxonomy_list.json", "taxonomy_term.json", "taxonomy_term_list.json", "csv",
)  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_standards_examples_come_back_the_same(
    hsds: Path, tmp_path: Path, registry: tuple[dict[str, Any], Any], name: str
) -> None:
    read = read_hsds(hsds / "examples" / name)
    assert len(read.directory) > 0 and read.unknown == ()
    # Its examples point to records that they do not hold; nothing else is wrong with them.
    assert {one.code for one in read.faults} <= {"hsds_link"}
    told = write_json(read.directory)
    assert read_json(told, file="a.json").directory == read.directory
    package = tmp_path / "a.zip"
    package.write_bytes(write_package(read.directory))
    assert read_package(package).directory == read.directory
    schemas, held = registry
    for key, schema in (
        ("services", "service"),
        ("organizations", "organization"),
        ("locations", "location"),
    ):
        for one in json.loads(told).get(key, []):
            faults = list(
                Draft202012Validator(schemas[f"{schema}.json"], registry=held).iter_errors(one)
            )
            assert faults == []


@pytest.mark.shared
def test_the_tables_are_those_of_the_standard(hsds: Path) -> None:
    told = json.loads((hsds / "datapackage.json").read_text())
    assert {one["name"] for one in told["resources"]} == {one.name for one in tables().values() if one.since == "3.0"}  # fmt: skip
    for one in told["resources"]:
        spec = tables()[one["name"]]
        assert spec.file == one["path"]
        assert [field["name"] for field in one["schema"]["fields"]] == list(spec.fields)
        for field in one["schema"]["fields"]:
            ours, limits = spec.fields[field["name"]], field.get("constraints", {})
            assert ours.must is (limits.get("required") in (True, "true"))
            assert list(ours.choices) == list(limits.get("enum", []))


def test_records_inside_each_other_are_taken_apart() -> None:
    read = said(WORTH)
    assert read.faults == ()
    assert read.unknown == (("service", "our_own_field"),)
    (service,), (phone,) = read.directory.of("service"), read.directory.of("phone")
    assert service.values["organization_id"] == ORGANISATION
    assert (phone.values["service_id"], phone.values["extension"]) == (SERVICE, 3)
    (link,) = read.directory.of("service_at_location")
    assert (link.values["service_id"], link.values["location_id"]) == (SERVICE, PLACE)
    assert read_json(write_json(read.directory), file="b.json").directory == read.directory


def test_an_organisation_told_in_each_of_its_services_is_one() -> None:
    other = WORTH | {"id": PLACE, "phones": [], "service_at_locations": []}
    read = said(WORTH, other)
    assert len(read.directory.of("organization")) == 1 and read.faults == ()
    told = json.loads(write_json(read.directory))
    assert [one["organization"]["id"] for one in told["services"]] == [ORGANISATION] * 2
    against = other | {"organization": {"id": ORGANISATION, "name": "Autre", "description": "x"}}
    (fault,) = said(WORTH, against).faults
    assert fault.code == "hsds_id_repeated"
    assert fault.facts["value"] == ORGANISATION and "$[1]" in str(fault.facts["row"])


FAULTS = [
    ({"status": "open"}, "hsds_value", "status", "active"),
    ({"status": None}, "hsds_lacks", "status", ""),
    ({"id": "12"}, "hsds_value", "id", "8-4-4-4-12"),
    ({"name": 3}, "hsds_value", "name", "“…”"),
    ({"minimum_age": "twelve"}, "hsds_value", "minimum_age", "12"),
    ({"email": "nobody"}, "hsds_value", "email", "@"),
    ({"url": "exemple"}, "hsds_value", "url", "https"),
    ({"assured_date": "31/03/2026"}, "hsds_value", "assured_date", "2026"),
    ({"last_modified": "hier"}, "hsds_value", "last_modified", "T"),
    (
        {"program_id": PLACE, "program": {"id": ORGANISATION, "name": "P", "description": "p"}},
        "",
        "",
        "",
    ),
]


@pytest.mark.parametrize(("change", "code", "column", "expected"), FAULTS)
def test_what_is_wrong_is_told_with_its_place(
    change: dict[str, Any], code: str, column: str, expected: str
) -> None:
    told = {
        k: v
        for k, v in (WORTH | {"phones": [], "service_at_locations": []} | change).items()
        if v is not None
    }
    if "status" not in told:
        told["organization"] = WORTH["organization"]
        told = {"services": [told]}
    faults = (
        said(told).faults
        if "services" not in told
        else read_json(json.dumps(told).encode(), file="a.json").faults
    )
    if not code:
        assert faults == ()
        return
    assert [one.code for one in faults][:1] == [code]
    assert faults[0].facts["column"] == column and faults[0].facts["table"] == "service"
    assert expected in str(faults[0].facts.get("expected", ""))


def test_a_link_to_nothing_is_told_where_its_table_is_there() -> None:
    (fault,) = said(WORTH, {"id": PLACE[:-1] + "0", "name": "B", "description": "b", "parent_organization_id": PLACE}).faults  # fmt: skip
    assert (fault.code, fault.facts["column"]) == ("hsds_link", "parent_organization_id")
    alone = said({"id": PLACE, "location_type": "physical", "organization_id": ORGANISATION})
    assert alone.faults == (), "organisations may be in another file"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "hsds_not_json"),
        (b"{", "hsds_not_json"),
        ("é".encode("latin-1"), "hsds_not_json"),
        (b"3", "hsds_shape"),
        (b'[{"type": "FeatureCollection", "name": "a"}]', "hsds_shape"),
        (b'{"services": ["a"]}', "hsds_shape"),
        (b"[" * 5000, "hsds_not_json"),
    ],
)
def test_what_is_no_directory_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_json(content, file="a.json")
    assert caught.value.code == code


def zipped(folder: Path, **files: bytes) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.csv", content)
    file = folder / "a.zip"
    file.write_bytes(out.getvalue())
    return file


def test_tables_as_people_save_them(tmp_path: Path) -> None:
    """A byte-order mark, cp1252, semicolons, blank lines at the end, a column of their own."""
    organizations = (
        "\ufeffid;name;description;notes\r\n" + f"{ORGANISATION};Cœur;Un – centre;à voir\r\n;;;\r\n"
    )
    services = f"id,organization_id,name,status\n{SERVICE},{ORGANISATION},L’été,active\n\n\n"
    file = zipped(
        tmp_path, organizations=organizations.encode(), services=services.encode("cp1252")
    )
    read = read_hsds(file)
    assert read.faults == ()
    assert read.directory.of("organization")[0].values["name"] == "Cœur"
    assert read.directory.of("service")[0].values["name"] == "L’été"
    assert read.unknown == (("organization", "notes"),)
    again = tmp_path / "b.zip"
    again.write_bytes(write_package(read.directory))
    assert read_package(again).directory == read.directory


def test_a_row_that_is_wrong_is_told_by_its_line(tmp_path: Path) -> None:
    text = f"id,name,description,year_incorporated\n{ORGANISATION},A,a,1998\n{PLACE},,b,dix\n"
    faults = read_hsds(zipped(tmp_path, organizations=text.encode())).faults
    told = [(one.code, one.facts["row"], one.facts["column"]) for one in faults]
    assert told == [
        ("hsds_lacks", "organizations.csv:3", "name"),
        ("hsds_value", "organizations.csv:3", "year_incorporated"),
    ]


def test_a_package_without_a_table_of_the_standard_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="hsds_no_tables"):
        read_hsds(zipped(tmp_path, people=b"a,b\n1,2\n"))
    with pytest.raises(BadInput, match="file_missing"):
        read_hsds(tmp_path / "none.json")


def test_an_empty_directory_is_written_and_read(tmp_path: Path) -> None:
    nothing = Directory({})
    assert len(read_json(write_json(nothing), file="a.json").directory) == 0
    assert write_package(nothing) == write_package(nothing)


def test_thousands_of_services_are_read_in_one_go() -> None:
    many = [
        WORTH
        | {"id": f"ac148810-d857-441c-9679-{n:012d}", "phones": [], "service_at_locations": []}
        for n in range(3000)
    ]
    read = said(*many)
    assert len(read.directory.of("service")) == 3000 and read.faults == ()
    assert read_json(write_json(read.directory), file="a.json").directory == read.directory
