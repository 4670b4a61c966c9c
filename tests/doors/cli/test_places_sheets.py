"""`courtepointe places sheets | cells | keyed`, as a person types them: from paper to map."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from tests.support.sheet_photos import Shot, fill_in, page_of, photograph
from tests.support.village import write_village

from courtepointe.core.errors import CourtepointeError
from courtepointe.core.sheets import Code, SheetPaper, card_layout, layout, read_code
from courtepointe.doors.cli.main import courtepointe
from courtepointe.doors.cli.press_documents import paper_faces
from courtepointe.doors.words import sentence, table
from courtepointe.press.workshop import Workshop, sheet_pictures


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(courtepointe, ["places", *map(str, words)])


def code_of(told: Result) -> str:
    assert isinstance(told.exception, CourtepointeError), told.output
    for lang in ("fr", "en"):
        assert "{" not in sentence(told.exception, lang=lang)
    return told.exception.code


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_village(tmp_path_factory.mktemp("village")).parent
    told = CliRunner().invoke(courtepointe, [
        "atlas", "build", str(folder / "village.toml"), "--sources", str(folder / "sources"),
        "--out", str(folder / "pack"),
    ])  # fmt: skip
    assert told.exit_code == 0, told.output
    return folder / "pack"


@pytest.fixture(scope="module")
def printed(village: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("atelier") / "atelier.pdf"
    told = type_in(
        "sheets", village, "quarter:N", "--out", out, "--paper", "a4", "--cards", "5", "--seed", "3",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    return out


def photo_of(printed: Path, folder: Path) -> tuple[Path, Code, set[tuple[str, str, str]]]:
    """Print the first sheet of cards again as pixels, fill it in, photograph it."""
    record = json.loads(printed.with_suffix(".json").read_text("utf-8"))
    codes = [read_code(one) for one in record["card_codes"]]
    made = Workshop("Nord", SheetPaper.A4, "fr", read_code(record["map_code"]), tuple(codes))
    page = page_of(sheet_pictures(made, fonts=paper_faces())[1])
    held = card_layout(SheetPaper.A4)
    hand = fill_in(page, held, np.random.default_rng(4))
    file = folder / "IMG_0001.jpg"
    file.write_bytes(photograph(page, held, Shot(seed=4, turn=190.0))[0])
    return file, codes[0], hand.ticked


def test_the_verbs_are_listed_and_teach_their_use() -> None:
    told = type_in("--help").output
    assert all(f"\n  {verb} " in told for verb in ("check", "merge", "sheets", "cells", "keyed"))
    for verb in ("sheets", "cells", "keyed"):
        assert "Usage" in type_in(verb, "--help").output
    assert type_in("sheet").exit_code == 2


def test_sheets_are_printed_with_their_record(printed: Path) -> None:
    assert printed.read_bytes().startswith(b"%PDF-")
    record = json.loads(printed.with_suffix(".json").read_text("utf-8"))
    assert record["area_key"] == "quarter:2020:N" and record["lang"] == "fr"
    assert len(record["card_codes"]) == 2, "five cards take two sheets"
    assert layout(record["map_layout"]).columns == record["frame"]["columns"]


def test_sheets_that_cannot_be_printed_are_refused(village: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert code_of(type_in("sheets", village, "quarter:N", "--out", tmp_path / "a.txt")) == "sheets_file_ending"  # fmt: skip
    assert code_of(type_in("sheets", village, "quarter:OUEST", "--out", out)) == "unknown_area"
    assert code_of(type_in("sheets", tmp_path / "none", "quarter:N", "--out", out)) == "pack_not_found"  # fmt: skip
    assert not out.exists() and not out.with_suffix(".json").exists()


def test_a_photo_becomes_cells_and_a_table_to_key_into(printed: Path, tmp_path: Path) -> None:
    photo, sheet, ticked = photo_of(printed, tmp_path)
    told = type_in("cells", photo, "--out", tmp_path / "out")
    assert told.exit_code == 0, told.output
    assert sheet.spaced in told.output
    (entry,) = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))["photos"]
    assert entry["code"] == sheet.spaced and entry["notices"] == []
    assert entry["marks_seen"] == [1, 2, 3, 4] and entry["marks_error_mm"] < 1.0
    with Image.open(tmp_path / "out" / entry["folder"] / "sheet.png") as straight:
        assert straight.size == (1654, 2339)
    for cell in entry["cells"]:
        assert (tmp_path / "out" / cell["picture"]).is_file()
        options = {(cell["name"], field, one["option"]) for field, one in cell["answers"].items()}
        assert options & ticked == {one for one in ticked if one[0] == cell["name"]}
    assert [cell["filled"] for cell in entry["cells"]] == ["filled"] * 3 + ["empty"]
    text = (tmp_path / "out" / "keying.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["fiche"] for row in rows] == [Code(sheet.sheet, n).spaced for n in (1, 2, 3)]
    assert all(row["classe"] and row["montrer à"] and not row["nom"] for row in rows)


def test_a_photo_that_cannot_be_read_leaves_the_others(printed: Path, tmp_path: Path) -> None:
    photo, sheet, _ = photo_of(printed, tmp_path)
    blank = tmp_path / "IMG_0002.png"
    Image.new("RGB", (900, 700), "white").save(blank)
    told = type_in(
        "cells", blank, tmp_path / "none.jpg", photo, "--out", tmp_path / "out", "--lang", "en"
    )
    assert told.exit_code == 3
    assert "shows none of the black marks" in told.output
    found = json.loads((tmp_path / "out" / "index.json").read_text("utf-8"))["photos"]
    assert [one.get("code") for one in found] == [None, None, sheet.spaced]
    assert found[0]["error"]["code"] == "sheet_none_seen"
    assert found[1]["error"]["code"] == "photo_missing"


def keyed_by(folder: Path, name: str, printed: Path, **changes: str) -> Path:
    record = json.loads(printed.with_suffix(".json").read_text("utf-8"))
    sheet = read_code(record["card_codes"][0])
    rows = ["fiche,classe,nom,carreau,besoin,note,montrer à"]
    values = {"square": "C4", "who": "tout le monde"} | changes
    rows.append(
        f"{Code(sheet.sheet, 1).spaced},Lieu,Le parc,{values['square']},ombre,,{values['who']}"
    )
    rows.append(f"{Code(sheet.sheet, 2).spaced},Organisme,La Lanterne,B2,,,notre table")
    file = folder / name
    file.write_text("\r\n".join(rows), encoding="utf-8")
    return file


def features(out: Path) -> list[Any]:
    told: list[Any] = json.loads(out.read_text("utf-8"))["features"]
    return told


def test_keyed_cards_reach_the_map(printed: Path, tmp_path: Path) -> None:
    record, one = printed.with_suffix(".json"), keyed_by(tmp_path, "a.csv", printed)
    other = keyed_by(tmp_path, "b.csv", printed)
    out = tmp_path / "carte.geojson"
    told = type_in("keyed", record, one, other, "--out", out)
    assert told.exit_code == 0, told.output
    assert [each["properties"]["name"] for each in features(out)] == ["Le parc"]
    assert type_in("keyed", record, one, "--out", out, "--for", "table").exit_code == 0
    assert len(features(out)) == 2


def test_what_two_people_keyed_differently_is_told_and_nothing_is_written(
    printed: Path, tmp_path: Path
) -> None:
    record, one = printed.with_suffix(".json"), keyed_by(tmp_path, "a.csv", printed)
    other = keyed_by(tmp_path, "b.csv", printed, square="C5")
    out = tmp_path / "carte.geojson"
    told = type_in("keyed", record, one, other, "--out", out)
    assert code_of(told) == "keyed_differently"
    assert "map_cell\tC4\tC5" in told.output and not out.exists()


def test_faults_are_told_by_row_card_and_field(printed: Path, tmp_path: Path) -> None:
    record = printed.with_suffix(".json")
    wrong = keyed_by(tmp_path, "a.csv", printed, square="Z99", who="tous")
    out = tmp_path / "carte.geojson"
    told = type_in("keyed", record, wrong, "--out", out)
    assert told.exit_code == 3 and not out.exists()
    assert "\tmap_cell\t" in told.output and "\tvisibility\t" in told.output
    assert code_of(type_in("keyed", tmp_path / "none.json", wrong)) == "workshop_record"
    assert type_in("keyed", record, wrong, wrong, wrong).exit_code == 2


def test_every_notice_of_a_photo_is_worded() -> None:
    for code in (
        "sheet_corner_computed", "sheet_corner_aside", "sheet_bent", "sheet_other_marks",
        "sheet_soft", "sheet_blurred", "sheet_qr_unread",
    ):  # fmt: skip
        assert {"fr", "en"} <= set(table()[code])
