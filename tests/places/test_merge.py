"""Two records made one: nothing is lost, all links hold, the trace says what was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds import Directory, Record, read_hsds, write_json, write_package
from courtepointe.places.alike import Pair
from courtepointe.places.decisions import pairs_csv, read_decisions
from courtepointe.places.merge import Merge, merged

DAY = date(2026, 11, 28)


def uid(n: int) -> str:
    return f"ac148810-d857-441c-9679-408f346d{n:04d}"


A, B, C, ORG, SERVICE = (uid(n) for n in range(1, 6))


def record(table: str, **values: str | float) -> Record:
    return Record(table, values)


def directory() -> Directory:
    of = {
        "organization": (record("organization", id=ORG, name="La Maille", description="Un centre"),),
        "service": (record("service", id=SERVICE, organization_id=ORG, name="Halte", status="active"),),
        "service_at_location": (
            record("service_at_location", id=uid(11), service_id=SERVICE, location_id=A),
            record("service_at_location", id=uid(12), service_id=SERVICE, location_id=B),
        ),
        "location": (
            record("location", id=A, location_type="physical", name="Centre St-Pierre"),
            record("location", id=B, location_type="physical", name="Centre Saint-Pierre", latitude=45.5, longitude=-73.5),
            record("location", id=C, location_type="physical", name="C.S.P.", description="Œuvre", latitude=45.6, longitude=-73.5),
        ),
        "phone": (
            record("phone", id=uid(21), location_id=A, number="514 555-0100"),
            record("phone", id=uid(22), location_id=B, number="514 555-0100"),
            record("phone", id=uid(23), location_id=C, number="514 555-0199"),
        ),
        "schedule": (
            record("schedule", id=uid(31), service_at_location_id=uid(12), description="Lundi"),
        ),
    }  # fmt: skip
    return Directory(of)


def whole(told: Directory, folder: Path) -> Directory:
    """Read it back, so that identifiers and links are held to the standard."""
    file = folder / "a.json"
    file.write_bytes(write_json(told))
    read = read_hsds(file)
    assert read.faults == ()
    return read.directory


def test_the_kept_record_takes_over_what_it_lacked_and_links_follow(tmp_path: Path) -> None:
    told = merged(directory(), [Merge("location", A, B)], by="Nadia", on=DAY)
    kept = told.of("location")[0]
    assert kept.values["name"] == "Centre St-Pierre" and kept.values["latitude"] == 45.5
    assert kept.values["alternate_name"] == "Centre Saint-Pierre"
    assert [one.id for one in told.of("location")] == [A, C]
    assert [one.id for one in told.of("phone")] == [uid(21), uid(23)]
    # One service at one place is one; what belonged to the other one follows.
    assert [one.id for one in told.of("service_at_location")] == [uid(11)]
    assert told.of("schedule")[0].values["service_at_location_id"] == uid(11)
    again = whole(told, tmp_path)
    assert len(again.of("metadata")) == len(told.of("metadata"))


def test_the_trace_says_what_was_lost_and_taken_over_by_whom_and_when() -> None:
    told = merged(directory(), [Merge("location", C, B)], by="Nadia", on=DAY)
    rows = {str(one.values["field_name"]): one.values for one in told.of("metadata")}
    assert (rows["id"]["previous_value"], rows["id"]["replacement_value"]) == (B, C)
    assert (rows["latitude"]["previous_value"], rows["latitude"]["replacement_value"]) == ("45.5", "45.6")  # fmt: skip
    assert rows["name"]["previous_value"] == "Centre Saint-Pierre"
    assert rows["alternate_name"]["previous_value"] == "(empty)"
    assert "longitude" not in rows and "description" not in rows
    assert {(r["updated_by"], r["last_action_date"]) for r in rows.values()} == {("Nadia", "2026-11-28")}  # fmt: skip


@pytest.mark.parametrize(
    "merges",
    [
        [Merge("location", A, B), Merge("location", B, C)],
        [Merge("location", B, C), Merge("location", A, B)],
        [Merge("location", A, B), Merge("location", A, C), Merge("location", C, A)],
    ],
)
def test_three_records_of_one_place_become_one_in_whatever_order(
    merges: list[Merge], tmp_path: Path
) -> None:
    told = whole(merged(directory(), merges, by="Nadia", on=DAY), tmp_path)
    [one] = told.of("location")
    assert one.id == A and one.values["description"] == "Œuvre"
    assert {row.values["location_id"] for row in told.of("phone")} == {A}
    assert len(told.of("phone")) == 2
    assert {row.values["resource_id"] for row in told.of("metadata")} == {A}


def test_a_record_without_a_name_gives_none() -> None:
    bare = record("location", id=uid(9), location_type="physical")
    before = Directory({"location": (*directory().of("location"), bare)})
    told = merged(before, [Merge("location", A, uid(9))], by="N", on=DAY)
    assert "alternate_name" not in told.of("location")[0].values
    assert [one.values["field_name"] for one in told.of("metadata")] == ["id"]


def test_records_without_identifiers_are_not_lost() -> None:
    bare = tuple(record("phone", number=f"514 555-010{n}", location_id=B) for n in range(3))
    before = Directory({**directory().records, "phone": bare})
    told = merged(before, [Merge("location", A, B)], by="N", on=DAY).of("phone")
    assert [(one.values["number"], one.values["location_id"]) for one in told] == [
        (f"514 555-010{n}", A) for n in range(3)
    ]


def test_a_part_merged_into_its_whole_does_not_belong_to_itself() -> None:
    part = record("organization", id=uid(9), name="La Maille – annexe", description="B", parent_organization_id=ORG)  # fmt: skip
    before = Directory({"organization": (*directory().of("organization"), part)})
    for keep, drop in ((ORG, uid(9)), (uid(9), ORG)):
        told = merged(before, [Merge("organization", keep, drop)], by="N", on=DAY)
        [one] = told.of("organization")
        assert "parent_organization_id" in {row.values["field_name"] for row in told.of("metadata")}
        assert one.id == keep and "parent_organization_id" not in one.values


def test_what_is_not_there_is_refused_and_nothing_merged_changes_nothing() -> None:
    with pytest.raises(BadInput) as told:
        merged(directory(), [Merge("location", A, uid(99))], by="N", on=DAY)
    assert told.value.code == "merge_unknown" and told.value.facts["value"] == uid(99)
    with pytest.raises(BadInput):
        merged(directory(), [Merge("venue", A, B)], by="N", on=DAY)
    same = merged(directory(), [], by="N", on=DAY)
    assert {one.id: one for one in same} == {one.id: one for one in directory()}


def test_a_merged_directory_is_the_same_through_a_package(tmp_path: Path) -> None:
    told = merged(directory(), [Merge("location", A, B)], by="Nadia", on=DAY)
    file = tmp_path / "b.zip"
    file.write_bytes(write_package(told))
    assert read_hsds(file).faults == ()


def decided(folder: Path, *said: str, encoding: str = "utf-8-sig") -> Path:
    pairs = [("location", Pair(n, n + 1, 0.9, 12.0, (("name", "near"),))) for n in range(len(said))]
    lines = pairs_csv(directory(), pairs).removeprefix("\ufeff").splitlines()
    text = "\r\n".join([lines[0], *(f"{word}{line}" for word, line in zip(said, lines[1:], strict=True))])  # fmt: skip
    file = folder / "paires.csv"
    file.write_text(text, encoding=encoding)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_decisions_are_read_as_a_person_types_them(tmp_path: Path, encoding: str) -> None:
    assert read_decisions(decided(tmp_path, "OUI ", "inverser", encoding=encoding)) == (
        Merge("location", A, B),
        Merge("location", C, B),
    )
    assert read_decisions(decided(tmp_path, "", "non", encoding=encoding)) == ()


def test_a_wrong_table_of_decisions_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as told:
        read_decisions(decided(tmp_path, "oui", "peut-être"))
    assert told.value.code == "merge_decision"
    assert (told.value.facts["row"], told.value.facts["value"]) == (3, "peut-être")
    other = tmp_path / "b.csv"
    other.write_text("nom,decision\na,oui\n", encoding="utf-8")
    with pytest.raises(BadInput) as told:
        read_decisions(other)
    assert told.value.code == "merge_columns" and "keep_id" in str(told.value.facts["value"])


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text() -> None:
    of = Directory({"location": tuple(record("location", id=n, name="=1+1") for n in (A, B))})
    told = pairs_csv(of, [("location", Pair(0, 1, 0.9, None, ()))])
    assert "'=1+1" in told and ",=1+1" not in told
