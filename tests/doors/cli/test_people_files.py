"""`courtepointe people check-file`, as a person types it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.support.people_files import xlsx

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli.main import courtepointe

GOOD = [
    ["Pseudo", "Cellulaire", "Consentement le"],
    ["Étoile – ᐃ", 5145551234, dt.date(2025, 3, 1)],
]
BAD = [*GOOD, ["Ève", "555-9876", "hier"], ["Total", 2, None]]


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(courtepointe, ["people", *map(str, words)])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "bons.xlsx"
    file.write_bytes(xlsx({"Bénévoles": GOOD}))
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "fautifs.xlsx"
    file.write_bytes(xlsx({"Bénévoles": BAD}))
    return file


def test_a_file_without_fault_is_told_with_its_mapping(good: Path) -> None:
    told = type_in("check-file", "volunteers", good)
    assert told.exit_code == 0
    assert "bons.xlsx\tBénévoles\t1 / 1" in told.output
    assert "B\tCellulaire\tTéléphone\tmême nom\t0.99" in told.output


def test_faults_are_told_by_cell_and_personal_ones_do_not_show_what_they_hold(bad: Path) -> None:
    told = type_in("check-file", "volunteers", bad)
    assert told.exit_code == 3
    assert "B3\tL’indicatif régional manque à «\u202f•••\u202f»." in told.output
    assert "C3\t«\u202fhier\u202f» n’est pas une date" in told.output
    assert "4\ttotal\tTotal 2" in told.output and "555-9876" not in told.output
    english = type_in("check-file", "volunteers", bad, "--lang", "en", "--show-sealed")
    assert "“555-9876” lacks its area code." in english.output


def test_json_tells_everything_but_clean_rows(bad: Path) -> None:
    told = type_in("check-file", "volunteers", bad, "--json")
    found = json.loads(told.output)
    assert told.exit_code == 3 and found["rows"] == {"read": 2, "clean": 1, "faulty": 1}
    assert [(f["sheet"], f["row"], f["column"], f["code"], f["value"]) for f in found["faults"]] == [
        ("Bénévoles", 3, "B", "area_code_missing", "•••"), ("Bénévoles", 3, "C", "not_a_date", "hier"),
    ]  # fmt: skip
    assert found["understood"][0] == {
        "row": 2, "column": "B", "field": "phone", "why": "phone_written_anew", "value": "•••", "read": "•••",
    }  # fmt: skip
    assert found["left_out"] == [{"row": 4, "why": "total", "text": "Total 2"}]
    assert "5145551234" not in told.output


def test_the_file_comes_back_corrected_and_its_mapping_is_kept(bad: Path, tmp_path: Path) -> None:
    out, kept = tmp_path / "corrige.xlsx", tmp_path / "colonnes.json"
    words = ("check-file", "volunteers", bad, "--out", out, "--remember", kept, "--column", "B=")
    assert type_in(*words).exit_code == 3
    page = openpyxl.load_workbook(out)["Bénévoles"]
    assert page["C3"].comment and not page["B3"].comment
    again = type_in("check-file", "volunteers", out, "--remembered", kept, "--json")
    columns = {
        one["column"]: (one["field"], one["reason"]) for one in json.loads(again.output)["columns"]
    }
    assert columns == {"A": ("pseudonym", "remembered"), "B": ("", "left_aside"), "C": ("consent_date", "remembered")}  # fmt: skip


def test_a_person_says_what_is_not_found(tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("x;y\nQui;Quand\nÈve;03/04/2025\nLou;05/06/2025\n", encoding="cp1252")
    words = ("check-file", "volunteers", file, "--header-row", "2", "--column", "A=pseudonym", "--column", "b=consent_date")  # fmt: skip
    assert "ambiguous_date" in type_in(*words, "--json").output
    told = type_in(*words, "--month-first")
    assert told.exit_code == 0 and "A\tQui\tPseudonyme\tchoisi à la main\t1.00" in told.output


def test_the_other_tables_of_the_file_are_told(tmp_path: Path) -> None:
    def finish(book) -> None:  # type: ignore[no-untyped-def]
        book["Vieux"].sheet_state = "hidden"

    file = tmp_path / "a.xlsx"
    file.write_bytes(
        xlsx({"Aide": [["Étape", "Quoi"], ["1", "Lire"]], "B": GOOD, "Vieux": GOOD}, finish)
    )
    told = type_in("check-file", "volunteers", file)
    assert told.exit_code == 0 and "  Aide\t1\t1\n* B\t1\t1\n- Vieux\t1\t1\n" in told.output
    tables = json.loads(type_in("check-file", "volunteers", file, "--json").output)["tables"]
    assert [(one["sheet"], one["read"], one["hidden"]) for one in tables] == [("Aide", False, False), ("B", True, False), ("Vieux", False, True)]  # fmt: skip


def test_a_required_column_that_lacks_is_told(tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("Cellulaire\n514 555-1234\n", encoding="utf-8")
    told = type_in("check-file", "volunteers", file)
    assert told.exit_code == 3 and "Colonnes obligatoires qui manquent" in told.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("meubles",), "unknown_shape"),
        (("volunteers", "--sheet", "X"), "unknown_sheet"),
        (("volunteers", "--table", "4"), "unknown_table"),
        (("volunteers", "--column", "Z=phone"), "column_not_there"),
        (("volunteers", "--column", "A=fax"), "unknown_field"),
        (("volunteers", "--header-row", "40"), "header_row_blank"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(
    good: Path, words: tuple[str, ...], code: str
) -> None:
    told = type_in("check-file", words[0], good, *words[1:])
    assert isinstance(told.exception, CourtepointeError) and told.exception.code == code


def test_an_empty_file_to_fill_in_and_the_list_of_shapes(tmp_path: Path) -> None:
    out = tmp_path / "vide.xlsx"
    assert type_in("blank-file", "activities", "--out", out, "--lang", "en").exit_code == 0
    assert openpyxl.load_workbook(out).active["A1"].value == "Title"
    assert "volunteers\tBénévoles\tPseudonyme*" in type_in("shapes").output


def test_the_verbs_are_listed_beside_the_others() -> None:
    told = type_in("--help").output
    assert all(verb in told for verb in ("open", "invite", "check-file", "blank-file", "shapes"))
