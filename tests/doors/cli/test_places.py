"""`courtepointe places`, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli.main import courtepointe

GOOD = {
    "id": "ac148810-d857-441c-9679-408f346de14b", "name": "Halte-chaleur", "status": "active",
    "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "La Maille", "description": "Un centre"},
}  # fmt: skip


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(courtepointe, ["places", *map(str, words)])


def test_a_directory_is_checked_and_converted_there_and_back(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    told = type_in("check", file)
    assert told.exit_code == 0 and "service\t1" in told.output and "organization\t1" in told.output
    assert type_in("convert", file, "--out", tmp_path / "b.zip").exit_code == 0
    assert type_in("convert", tmp_path / "b.zip", "--out", tmp_path / "c.json").exit_code == 0
    assert json.loads((tmp_path / "c.json").read_text())["services"][0]["name"] == "Halte-chaleur"


def test_faults_are_told_in_both_languages_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(GOOD | {"status": "open", "extra": 1}), encoding="utf-8")
    french, english = type_in("check", file), type_in("check", file, "--lang", "en")
    assert french.exit_code == english.exit_code == 3
    assert (
        "«\u202fopen\u202f» ne convient pas" in french.output
        and "“open” will not do" in english.output
    )
    told = json.loads(type_in("check", file, "--json").output)
    assert told["faults"][0]["column"] == "status" and told["unknown"] == ["service.extra"]
    refused = type_in("convert", file, "--out", tmp_path / "b.zip")
    assert isinstance(refused.exception, CourtepointeError)
    assert refused.exception.code == "hsds_faults" and not (tmp_path / "b.zip").exists()
    assert type_in("convert", file, "--out", tmp_path / "b.zip", "--as-it-is").exit_code == 0


def test_another_ending_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    told = type_in("convert", file, "--out", tmp_path / "b.xlsx")
    assert isinstance(told.exception, CourtepointeError) and told.exception.code == "hsds_form"


def test_likely_doubles_are_told_with_their_reasons(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    twice = [
        {"id": f"ac148810-d857-441c-9679-408f346de1{n}", "location_type": "physical", "name": name,
         "latitude": 45.5088, "longitude": -73.5542,
         "phones": [{"id": f"bc148810-d857-441c-9679-408f346de1{n}", "number": "514 555-0123"}]}
        for n, name in ((10, "Centre St-Pierre"), (11, "Centre Saint‑Pierre"))
    ]  # fmt: skip
    file.write_text(json.dumps(GOOD | {"organization": GOOD["organization"] | {"locations": twice}}), encoding="utf-8")  # fmt: skip
    told = type_in("alike", file)
    assert told.exit_code == 0, told.output
    assert told.output.split("\t")[1:4] == [
        "location",
        "Centre St-Pierre (ac148810-d857-441c-9679-408f346de110)",
        "Centre Saint‑Pierre (ac148810-d857-441c-9679-408f346de111)",
    ]
    [pair] = json.loads(type_in("alike", file, "--json").output)["pairs"]
    assert pair["reasons"]["phone"] == "same" and pair["distance_m"] == 0.0
    assert type_in("alike", file, "--least", "1").output == ""


def test_doubles_are_decided_in_a_spreadsheet_and_merged(tmp_path: Path) -> None:
    file, table = tmp_path / "a.json", tmp_path / "paires.csv"
    twice = [
        {"id": f"ac148810-d857-441c-9679-408f346de1{n}", "location_type": "physical", "name": name,
         "latitude": 45.5088, "longitude": -73.5542}
        for n, name in ((10, "Centre St-Pierre"), (11, "Centre Saint‑Pierre"))
    ]  # fmt: skip
    file.write_text(json.dumps(GOOD | {"organization": GOOD["organization"] | {"locations": twice}}), encoding="utf-8")  # fmt: skip
    assert type_in("alike", file, "--out", table).exit_code == 0
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    table.write_text("\n".join([lines[0], f"oui{lines[1]}"]), encoding="utf-8")
    told = type_in("merge", file, table, "--by", "Nadia", "--out", tmp_path / "b.json")
    assert told.exit_code == 0, told.output
    assert type_in("merge", file, table, "--by", " ", "--out", tmp_path / "d.json").exit_code == 2
    assert "location\t1" in type_in("check", tmp_path / "b.json").output
    refused = type_in(
        "merge", tmp_path / "b.json", table, "--by", "N", "--out", tmp_path / "c.json"
    )
    assert isinstance(refused.exception, CourtepointeError)
    assert refused.exception.code == "merge_unknown" and not (tmp_path / "c.json").exists()


def test_the_places_of_a_pack_become_a_directory(demo_pack: Path, tmp_path: Path) -> None:
    told = type_in(
        "gather", demo_pack, "--city", "Rivière-aux-Retailles", "--out", tmp_path / "a.zip"
    )
    assert told.exit_code == 0, told.output
    assert type_in("check", tmp_path / "a.zip").exit_code == 0
    refused = type_in("gather", demo_pack, "--layer", "lieux", "--out", tmp_path / "b.zip")
    assert isinstance(refused.exception, CourtepointeError)
    assert refused.exception.code == "gather_layer" and not (tmp_path / "b.zip").exists()
