"""`courtepointe places form` and `submissions`, as a person types them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support import field_exports as exports
from tests.support.walk_form import walk_form
from tests.support.walks import a_refusal, a_walk
from tests.support.workbooks import workbook

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli.main import courtepointe
from courtepointe.formats.xlsform import Choice, read_xlsform, write_xlsform
from courtepointe.places.collecting import field_form


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(courtepointe, ["places", *map(str, words)])


def asset(instance_id: str, name: str, consent: str = "yes") -> dict[str, object]:
    answers = {"consent": consent, "consent_version": "2026-10", "filled_on": "2026-10-05"}
    if consent == "yes":
        answers |= {"asset/class": "place", "asset/name": name, "asset/visibility": "public"}
    return {"id": instance_id, "submitted": "2026-10-05T12:00:00Z", "answers": answers}


@pytest.mark.parametrize("code", ["assets", "place-notes", "walk"])
def test_a_form_is_written_for_telephones(tmp_path: Path, code: str) -> None:
    told = type_in("form", code, "--out", tmp_path / "form.xlsx")
    assert told.exit_code == 0
    assert field_form(code).form.id in told.output
    assert read_xlsform(tmp_path / "form.xlsx").form == field_form(code).form


def test_a_form_that_is_not_ours_and_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    unknown = type_in("form", "promenade", "--out", tmp_path / "form.xlsx")
    assert isinstance(unknown.exception, CourtepointeError)
    assert unknown.exception.code == "unknown_field_form"
    named = type_in("form", "walk", "--out", tmp_path / "form.pdf")
    assert isinstance(named.exception, CourtepointeError)
    assert named.exception.code == "field_form_file"
    assert list(tmp_path.iterdir()) == []


def test_contributions_of_two_files_each_form_once(tmp_path: Path) -> None:
    form = field_form("assets").form
    ids = [f"uuid:00000000-0000-4000-8000-00000000000{n}" for n in range(3)]
    first, second, no = asset(ids[0], "A"), asset(ids[1], "B"), asset(ids[2], "", "no")
    (tmp_path / "central.zip").write_bytes(exports.odk_zip(form, [first, no]))
    (tmp_path / "phone.zip").write_bytes(exports.instances_zip(form, [second, first]))
    out = tmp_path / "contributions.json"
    told = type_in(
        "submissions", "assets", tmp_path / "central.zip", tmp_path / "phone.zip", "--out", out
    )
    assert told.exit_code == 0
    assert told.output.strip() == f"{out} · 3 · 2 asset · 1 −"
    written = json.loads(out.read_text("utf-8"))
    assert [one["texts"]["name"] for one in written["contributions"]] == ["A", "B"]
    assert written["refused"] == 1
    printed = type_in("submissions", "assets", tmp_path / "central.zip", "--json")
    assert [one["texts"]["name"] for one in json.loads(printed.stdout)["contributions"]] == ["A"]


def test_faults_are_told_in_both_languages_and_nothing_is_written(tmp_path: Path) -> None:
    wrong = asset("uuid:00000000-0000-4000-8000-000000000001", "A")
    wrong["answers"]["asset/class"] = "chateau"  # type: ignore[index]
    (tmp_path / "k.json").write_bytes(exports.kobo_json(field_form("assets").form, [wrong]))
    out = tmp_path / "c.json"
    french = type_in("submissions", "assets", tmp_path / "k.json", "--out", out)
    english = type_in("submissions", "assets", tmp_path / "k.json", "--out", out, "--lang", "en")
    assert (
        "« k.json », ligne 1, colonne « asset/class » : « chateau » ne convient pas"
        in french.stderr.replace("\u202f", " ").replace("\u00a0", " ")
    )
    assert "“k.json”, row 1, column “asset/class”: “chateau” will not do" in english.stderr
    assert (
        isinstance(french.exception, CourtepointeError) and french.exception.code == "field_faults"
    )
    assert not out.exists()


def test_a_form_of_ones_own_gives_its_submissions(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(write_xlsform(walk_form()))
    (tmp_path / "o.zip").write_bytes(exports.odk_zip(walk_form(), [a_walk(), a_refusal()]))
    told = type_in("submissions", tmp_path / "form.xlsx", tmp_path / "o.zip", "--json")
    assert told.exit_code == 0
    submissions = json.loads(told.stdout)["submissions"]
    assert [one["answers"]["consent"]["value"] for one in submissions] == ["no", "yes"]
    assert submissions[1]["media"] == ["1714760000000.jpg"]
    assert len(submissions[1]["repeats"]["walk/observation"]) == 2


def test_a_form_of_ones_own_with_faults_is_said_cell_by_cell(tmp_path: Path) -> None:
    rows = [("type", "name", "label"), ("texte", "q", "?"), ("text", "été", "?")]
    (tmp_path / "form.xlsx").write_bytes(workbook({"survey": rows}))
    (tmp_path / "o.zip").write_bytes(exports.odk_zip(walk_form(), [a_walk()]))
    told = type_in("submissions", tmp_path / "form.xlsx", tmp_path / "o.zip", "--lang", "en")
    assert isinstance(told.exception, CourtepointeError)
    assert told.exception.code == "xlsform_faults" and told.exception.facts["value"] == 2
    assert "row 2, column “type”: “texte” is no kind" in told.stderr
    assert "row 3, column “name”: “été” cannot be a name" in told.stderr


def test_an_earlier_version_of_a_form_of_ours(tmp_path: Path) -> None:
    form = field_form("assets").form
    classes = (*form.choices["class"], Choice("garden", {"fr": "Un jardin", "en": "A garden"}))
    older = replace(form, version="2025-01-01", choices={**form.choices, "class": classes})
    told = asset("uuid:00000000-0000-4000-8000-000000000001", "Le jardin")
    told["answers"]["asset/class"] = "garden"  # type: ignore[index]
    (tmp_path / "o.zip").write_bytes(exports.odk_zip(older, [told]))
    (tmp_path / "old.xlsx").write_bytes(write_xlsform(older))
    alone = type_in("submissions", "assets", tmp_path / "o.zip")
    assert isinstance(alone.exception, CourtepointeError)
    both = type_in(
        "submissions", "assets", tmp_path / "o.zip", "--earlier", tmp_path / "old.xlsx", "--json"
    )
    assert both.exit_code == 0
    (one,) = json.loads(both.stdout)["contributions"]
    assert (one["category"], one["form_version"]) == (["garden"], "2025-01-01")
