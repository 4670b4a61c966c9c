"""A form written as a workbook: read back the same, taken by pyxform, the same bytes each time."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from tests.support.walk_form import LANGUAGES, both, walk_form

from courtepointe.core.errors import BadInput
from courtepointe.formats.xlsform import (
    Choice,
    Group,
    Language,
    Question,
    XlsForm,
    read_xlsform,
    write_xlsform,
)
from courtepointe.formats.xlsform.accepted import accepted_by_pyxform

X = "{http://www.w3.org/2002/xforms}"


def rows_of(content: bytes, sheet: str) -> list[dict[str, object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [{str(k): v for k, v in zip(head, row, strict=True) if v is not None} for row in rows]


def test_the_sheets_are_those_of_the_standard() -> None:
    content = write_xlsform(walk_form())
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["survey", "choices", "settings"]
    survey = rows_of(content, "survey")
    assert survey[0] == {
        "type": "select_one yes_no", "name": "consent", "label::Français (fr)": "D’accord\u202f?",
        "label::English (en)": "Do you agree?", "required": "yes",
    }  # fmt: skip
    kinds = [row["type"] for row in survey]
    assert kinds[1] == "begin_group"
    assert kinds[6] == "begin_repeat"
    assert kinds[11:17] == [
        "begin_repeat",
        "image",
        "text",
        "end_repeat",
        "end_repeat",
        "end_group",
    ]
    assert rows_of(content, "settings") == [
        {
            "form_title": "Marche exploratoire / Exploratory walk", "form_id": "marche_test",
            "version": "2026-01", "default_language": "Français (fr)", "clean_text_values": "no",
        }
    ]  # fmt: skip
    assert rows_of(content, "choices")[0]["list_name"] == "yes_no"


def test_a_form_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_xlsform(walk_form()))
    read = read_xlsform(path)
    assert read.faults == () and read.unknown == ()
    assert read.form == walk_form()


def test_the_same_form_gives_the_same_bytes() -> None:
    assert write_xlsform(walk_form()) == write_xlsform(walk_form())


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    form = replace(walk_form(), title=both("=1+1", "=1+1"))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsform(form)))
    cell = book["settings"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_pyxform_takes_it_and_keeps_both_languages_and_the_repeats() -> None:
    accepted = accepted_by_pyxform(walk_form())
    assert accepted.warnings == ()
    root = ET.fromstring(accepted.xform)
    languages = [one.attrib["lang"] for one in root.iter(f"{X}translation")]
    assert languages == ["Français (fr)", "English (en)"]
    repeats = [one.attrib["nodeset"] for one in root.iter(f"{X}repeat")]
    assert repeats == ["/data/walk/observation", "/data/walk/observation/pictures"]
    # pyxform straightens apostrophes, whatever the settings say; spaces stay those of French.
    assert "D'accord\u202f?" in accepted.xform


def test_what_pyxform_refuses_is_said_with_its_row() -> None:
    lost = Question("text", "lost", both("?", "?"), relevant="${nobody} = 'x'")
    form = replace(walk_form(), parts=(*walk_form().parts, lost))
    with pytest.raises(BadInput) as refused:
        accepted_by_pyxform(form)
    assert refused.value.code == "xlsform_refused"
    facts = refused.value.facts
    assert (facts["value"], facts["sheet"], facts["row"]) == ("marche_test", "survey", 22)
    assert "nobody" in str(facts["detail"])


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (Question("text", "où", both("a", "a")),),
        (Question("text", "a", both("a", "a")), Question("text", "A", both("a", "a"))),
        (Question("nonsense", "a", both("a", "a")),),
        (Question("select_one", "a", both("a", "a"), choices="none"),),
    ],
)
def test_a_form_that_cannot_be_is_not_made(parts: tuple[Question, ...]) -> None:
    with pytest.raises(ValueError):
        XlsForm("f", "1", both("F", "F"), LANGUAGES, parts)


def test_consent_comes_first_or_the_form_is_not_made() -> None:
    asked = Question("text", "name", both("a", "a"))
    consent = Question("acknowledge", "consent", both("D’accord ?", "Agree?"))
    note = Question("note", "hello", both("Bonjour", "Hello"))
    XlsForm("f", "1", both("F", "F"), LANGUAGES, (note, consent, asked), consent="consent")
    with pytest.raises(ValueError):
        XlsForm("f", "1", both("F", "F"), LANGUAGES, (asked, consent), consent="consent")


def test_addresses_of_questions_and_repeats() -> None:
    form = walk_form()
    assert form.repeats() == ("walk/observation", "walk/observation/pictures")
    placed = {one.path: one for one in form.questions()}
    assert placed["walk/day"].repeat == ""
    assert placed["walk/observation/point"].within == "point"
    photo = placed["walk/observation/pictures/photo"]
    assert (photo.repeat, photo.within) == ("walk/observation/pictures", "photo")


def test_something_else_adds_a_question() -> None:
    question = Question("select_one", "where", both("Où ?", "Where?"), choices="l", or_other=True)
    form = XlsForm(
        "f", "1", both("F", "F"), LANGUAGES, (question,), {"l": (Choice("a", both("A", "A")),)}
    )
    assert [one.path for one in form.questions()] == ["where", "where_other"]
    assert rows_of(write_xlsform(form), "survey")[0]["type"] == "select_one l or_other"


def test_a_form_of_one_language_without_a_name(tmp_path: Path) -> None:
    alone = (Language("default"),)
    parts = (Group("g", (Question("text", "q", {"default": "Why?"}),), {"default": "G"}),)
    form = XlsForm("f", "1", {"default": "F"}, alone, parts)
    path = tmp_path / "f.xlsx"
    path.write_bytes(write_xlsform(form))
    assert set(rows_of(path.read_bytes(), "survey")[1]) == {"type", "name", "label"}
    assert read_xlsform(path).form == form
    accepted_by_pyxform(form)
