"""What is written for people: their file back with its faults, a table to fill in, the words of both."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest
from tests.support.people_files import xlsx

import courtepointe
from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import CellStatus, Workbook, find_grids, read_workbook
from courtepointe.people.bringing import (
    Caution,
    Result,
    accepted,
    best_grid,
    propose_mapping,
    read_rows,
    shape,
    shipped,
    write_corrected,
    write_table,
)
from courtepointe.people.bringing.words import (
    caution_text,
    field_text,
    say,
    shown,
    whole_text,
    words,
)

VOLUNTEERS = shape("volunteers")
BRINGING = Path(__file__).parents[2] / "src" / "courtepointe" / "people" / "bringing"
ROWS = [
    ["Bénévoles", None, None, None],
    ["Pseudo", "Coordonnées", None, "Consentement le"],
    [None, "Téléphone", "Courriel", None],
    ["Étoile – ᐃ", 5145551234, "a@b.ca", dt.date(2025, 3, 1)],
    ["=1+1", "555-1234", "a@@b", "hier"],
    ["Étoile – ᐃ", None, None, dt.date(2025, 3, 2)],
    [None, 5145551236, "c@d.ca", dt.date(2025, 3, 3)],
]


def finish(book) -> None:  # type: ignore[no-untyped-def]
    page = book["Liste d’ici"]
    page["A5"].data_type = "s"
    page.merge_cells("B2:C2")
    page.merge_cells("A2:A3")
    book["Codes"].sheet_state = "hidden"


def brought(content: bytes) -> tuple[Workbook, Result]:
    workbook = read_workbook(content, file="b.xlsx")
    grid = best_grid(find_grids(workbook), VOLUNTEERS)
    matching = propose_mapping(grid, VOLUNTEERS)
    return workbook, read_rows(grid, matching, VOLUNTEERS, today=dt.date(2026, 1, 1))


def corrected(lang: str = "fr") -> tuple[bytes, Result]:
    content = xlsx({"Liste d’ici": ROWS, "Codes": [["Jour"], ["lundi"]]}, finish)
    workbook, result = brought(content)
    return write_corrected(workbook, result, VOLUNTEERS, lang=lang), result


def test_the_file_comes_back_with_its_faulty_cells_coloured_and_noted() -> None:
    content, result = corrected()
    assert [fault.address for fault in result.faults] == ["B5", "C5", "D5", "A6", "A7"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Liste d’ici", "Codes", "À corriger"]
    page = book["Liste d’ici"]
    assert {str(one) for one in page.merged_cells.ranges} == {"B2:C2", "A2:A3"}
    assert (page["A5"].value, page["A5"].data_type, page["D4"].value) == ("=1+1", "s", dt.datetime(2025, 3, 1))  # fmt: skip
    noted = {cell.coordinate: cell for row in page.iter_rows() for cell in row if cell.comment}
    assert sorted(noted) == ["A6", "A7", "B5", "C5", "D5"]
    assert "indicatif régional" in noted["B5"].comment.text
    assert "La ligne 4 dit déjà" in noted["A6"].comment.text
    colours = {cell.fill.fgColor.rgb for cell in noted.values()}
    assert len(colours) == 1 and page["B4"].fill.fgColor.rgb not in colours
    assert book["Codes"].sheet_state == "hidden" and book.active.title == "À corriger"


def test_the_list_says_each_fault_and_leads_to_its_cell() -> None:
    content, _ = corrected("en")
    page = openpyxl.load_workbook(io.BytesIO(content))["To correct"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    assert rows[0] == ["Cell", "Column", "What is written", "What is wrong", "What was expected", "Perhaps"]  # fmt: skip
    assert rows[2][:4] == ["C5", "Coordonnées / Courriel", "a@@b", "“a@@b” is not an e-mail address."]  # fmt: skip
    links = [
        cell.hyperlink.location for row in page.iter_rows(min_row=5, max_col=1) for cell in row
    ]
    assert links[0] == "'Liste d’ici'!B5"


def test_a_corrected_file_brought_again_is_clean_and_its_list_is_replaced() -> None:
    content, _ = corrected()
    again, result = brought(content)
    assert [f.address for f in result.faults] == ["B5", "C5", "D5", "A6", "A7"]
    told = openpyxl.load_workbook(io.BytesIO(write_corrected(again, result, VOLUNTEERS, lang="en")))
    assert told.sheetnames == ["Liste d’ici", "Codes", "To correct"]
    page = told["Liste d’ici"]
    for address, value in {"B5": "514 555-1235", "C5": "e@f.ca", "D5": "2025-03-09", "A6": "Ève", "A7": "Lou"}.items():  # fmt: skip
        page[address] = value
    sink = io.BytesIO()
    told.save(sink)
    _, mended = brought(sink.getvalue())
    assert mended.is_clean and [r.number for r in accepted(mended)] == [4, 5, 6, 7]


def test_the_same_faults_give_the_same_bytes() -> None:
    assert corrected()[0] == corrected()[0]


def test_a_csv_with_strange_cells_comes_back_too() -> None:
    text = "Pseudo;Téléphone\n" + "x" * 40_000 + ";911\n=cmd();1/1/1850\n"
    workbook, result = brought(text.encode())
    book = openpyxl.load_workbook(
        io.BytesIO(write_corrected(workbook, result, VOLUNTEERS, lang="fr"))
    )
    assert book.sheetnames == ["Bénévoles", "À corriger"]
    assert book["Bénévoles"]["A3"].data_type == "s" and len(book["Bénévoles"]["A2"].value) == 32_767


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.code)
def test_a_table_to_fill_in_is_one_of_its_own_shape(one, lang: str) -> None:  # type: ignore[no-untyped-def]
    content = write_table(one, lang=lang)
    (grid,) = find_grids(read_workbook(content, file="vide.xlsx"))
    matching = propose_mapping(grid, one)
    assert [c.field for c in matching.columns] == [field.code for field in one.fields]
    assert {c.reason for c in matching.columns} == {"same"} and not len(grid)
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert all(cell.comment for cell in page[1])


def test_clean_values_are_written_as_people_do() -> None:
    fields = shape("organisations").by_code | shape("activities").by_code
    times = ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(17, 30)))
    hours = (*((day, *one) for day in range(1, 6) for one in times), (6, dt.time(10), dt.time(16)))
    assert shown(hours, fields["hours"], lang="fr") == "lundi au vendredi 9 h à 12 h et 13 h à 17 h 30; samedi 10 h à 16 h"  # fmt: skip
    assert shown(hours[-1:], fields["hours"], lang="en") == "Saturday 10:00 to 16:00"
    assert shown(("fr", "iu"), fields["languages"], lang="en") == "French; Inuktitut"
    assert shown("community", fields["kind"], lang="fr") == "community"  # the activities' kind
    assert shown("+15145551234;ext=2", fields["phone"], lang="fr") == "514 555-1234, poste 2"
    assert shown(dt.date(2025, 3, 1), fields["date"], lang="fr") == "1er mars 2025"
    assert shown(True, fields["meal"], lang="en") == "yes"
    assert shown(CellStatus.NOT_APPLICABLE, fields["phone"], lang="fr") == "sans objet"


def test_every_code_is_worded_in_both_languages_and_every_word_is_used() -> None:
    code = "".join(file.read_text("utf-8") for file in BRINGING.rglob("*.py"))
    used = set(re.findall(r'"(\w+)"', code))
    rooms = [Path(courtepointe.__file__).parent / one for one in ("doors/site", "engagement")]
    found = "".join(file.read_text("utf-8") for room in rooms for file in room.rglob("*.py"))
    told_by_rooms = set(re.findall(r'"(\w+)"', found))
    for group in ("fault", "why", "caution", "reason"):
        assert set(words()[group]) <= used | (told_by_rooms if group == "fault" else set()), group
    assert set(re.findall(r'Wrong\(\s*"(\w+)"', code)) | {"unknown_choice", "unknown_language"} <= set(words()["fault"])  # fmt: skip
    slot = re.compile(r"{(\w+)")
    for group, entries in words().items():
        for key, told in entries.items():
            assert (told["fr"] and told["en"]) or (group, key) == ("mark", "empty")
            assert set(slot.findall(told["fr"])) == set(slot.findall(told["en"])), (group, key)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_field_and_fault_can_be_said(lang: str) -> None:
    for one in shipped():
        assert all(field_text(field, lang=lang).strip() for field in one.fields)
    _, result = corrected()
    assert all(whole_text(fault, VOLUNTEERS, lang=lang) for fault in result.faults)
    assert "•••" in whole_text(result.faults[0], VOLUNTEERS, lang=lang, sealed=True)
    assert "555-1234" not in whole_text(result.faults[0], VOLUNTEERS, lang=lang, sealed=True).split(".")[0]  # fmt: skip
    with pytest.raises(BadInput, match="unknown_language"):
        say("said", "yes", lang="de")


def test_a_caution_says_its_column() -> None:
    told = caution_text(Caution("dates_perhaps_swapped", "C", "Né le", 1200), lang="fr")
    assert "Colonne C (Né le)" in told and "1\u202f200 dates" in told
