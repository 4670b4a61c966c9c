"""A survey goes to ODK and Kobo as a form that they take, and comes back answer by answer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.formats.xlsform.accepted import accepted_by_pyxform
from courtepointe.portraits.surveys.asked import Asked
from courtepointe.portraits.surveys.bank import about_you, bank, ours
from courtepointe.portraits.surveys.values import SurveySeen
from courtepointe.portraits.surveys.xlsform import brought_from, form_of, name_of

OWN = Asked("own-5.q1", "own-5", "", "number", {"fr": "Combien ?", "en": "How many?"}, when=("PRE.plan", "yes"))  # fmt: skip
NOTE = Asked("PRE.q2", "PRE", "", "text", {"fr": "Quoi d’autre ?", "en": "What else?"}, when=("CON.strengths", "nature"))  # fmt: skip


def seen(*questions: Asked) -> SurveySeen:
    heads = {code: {**ours(code), "title": "Sondage d’été"} for code in ("fr", "en")}
    return SurveySeen(
        1, 1, 1, "0b54", "Sondage", ("fr", "en"), heads, "came", 1, datetime(2026, 6, 1), None, None, "t", {}, "",
        None, None, questions, 0,
    )  # fmt: skip


WHOLE = seen(bank()["PRE.plan"], bank()["CON.strengths"], OWN, NOTE, about_you()["YOU.tenure"])


def test_pyxform_takes_the_form_without_a_word() -> None:
    accepted = accepted_by_pyxform(form_of(WHOLE))
    assert accepted.warnings == ()
    assert "Français (fr)" in accepted.xform and "English (en)" in accepted.xform
    assert "selected(" in accepted.xform
    assert "string-length(.) &lt;= 500" in accepted.xform, "no longer than what is taken in"


def test_all_of_the_bank_is_a_form() -> None:
    every = form_of(seen(*bank().values(), *about_you().values()))
    assert accepted_by_pyxform(every).warnings == ()
    assert every.consent == "consent"


def test_names_hold_nothing_that_an_expression_does_not_take() -> None:
    assert (name_of("PRE.plan"), name_of("own-5.q1")) == ("PRE_plan", "own_5_q1")


def csv(tmp_path: Path, *lines: str) -> Path:
    head = "KEY,SubmissionDate,consent,answers-PRE_plan,answers-CON_strengths,answers-own_5_q1,answers-PRE_q2,answers-YOU_tenure"
    file = tmp_path / "export.csv"
    file.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return file


def test_an_export_comes_back_answer_by_answer(tmp_path: Path) -> None:
    file = csv(
        tmp_path,
        "uuid:1,2026-06-02T10:00:00Z,yes,yes,neighbours nature,2,Le parc,not_known",
        "uuid:2,2026-06-02T10:00:00Z,yes,no_answer,,,,rent",
        "uuid:3,2026-06-02T10:00:00Z,,,,,,",
    )
    brought, faults, left = brought_from([file], WHOLE)
    assert faults == []
    assert [one[0] for one in brought] == ["uuid:1", "uuid:2"], "without consent nothing is kept"
    assert left == 1
    assert brought[0][2] == {
        "PRE.plan": "yes", "CON.strengths": ["neighbours", "nature"], "own-5.q1": 2, "PRE.q2": "Le parc",
        "YOU.tenure": "not_known",
    }  # fmt: skip
    assert brought[1][2] == {"PRE.plan": "no_answer", "YOU.tenure": "rent"}
    assert str(brought[0][1]) == "2026-06-02"


@pytest.mark.parametrize("cell", ["perhaps", "yes no"])
def test_a_cell_that_was_not_offered_is_told_with_its_row_and_column(
    tmp_path: Path, cell: str
) -> None:
    file = csv(tmp_path, "uuid:1,,yes,yes,,,,", f"uuid:2,,yes,{cell},,,,")
    brought, faults, _ = brought_from([file], WHOLE)
    assert brought == []
    assert (faults[0].facts["row"], faults[0].facts["column"]) == (3, "answers-PRE_plan")


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ("yes,,-4,,", "survey_form_answer", "own-5.q1"),
        ("yes,nature,,%s,", "survey_form_text", None),
    ],
)
def test_what_the_survey_does_not_take_is_told_where_it_stands(
    tmp_path: Path, cells: str, code: str, column: str | None
) -> None:
    """What no form of ours lets through, a cell changed by hand does."""
    cells = cells.replace("%s", "é" * 501)
    brought, faults, _ = brought_from([csv(tmp_path, "uuid:1,,yes,yes,,,,", f"uuid:2,,yes,{cells}")], WHOLE)  # fmt: skip
    assert brought == [] and [one.code for one in faults] == [code]
    facts = faults[0].facts
    assert (facts["file"], facts["row"], facts.get("column")) == ("export.csv", 3, column)


def test_a_form_that_answers_nothing_is_brought_as_that(tmp_path: Path) -> None:
    brought, faults, _ = brought_from(
        [csv(tmp_path, "uuid:1,,yes,,,,,", "uuid:2,,yes,no,,,,")], WHOLE
    )
    assert faults == [] and [one[2] for one in brought] == [{}, {"PRE.plan": "no"}]


HEAD = "KEY,consent,answers-PRE_plan,answers-CON_strengths,answers-own_5_q1,answers-PRE_q2,answers-YOU_tenure"
LINES = ("uuid:1,yes,yes,nature,2,Le cœur d’ici – là,rent", "uuid:2,yes,no,,,,own")
KEPT = [("uuid:1", "Le cœur d’ici – là"), ("uuid:2", None)]


def saved(*lines: str) -> str:
    return "\n".join((HEAD, *lines)) + "\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + saved(*LINES).encode(),
        saved(*LINES).encode("cp1252"),
        saved(*LINES).encode("utf-16"),
        saved(*LINES).replace(",", ";").encode("cp1252"),
        saved(*LINES).replace("\n", "\r\n").encode(),
        saved(*LINES, ",,,,,,", ",,,,,,", "").encode(),
        saved(*LINES, LINES[0]).encode(),
        saved(*(one.replace("yes,yes", "yes,Oui") for one in LINES)).encode(),
    ],
    ids=["BOM", "cp1252", "UTF-16", "semicolons", "CRLF", "empty tail", "row twice", "labels"],
)
def test_a_file_that_a_spreadsheet_saved_again_is_read(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(data)
    brought, faults, _ = brought_from([file], WHOLE)
    assert faults == []
    assert [(one, given.get("PRE.q2")) for one, _, given in brought] == KEPT
    assert brought[0][2]["PRE.plan"] == "yes"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            saved(*LINES).replace("answers-PRE_q2", "answers-PRE_plan"),
            "submission_heading_repeated",
        ),
        (saved(*LINES, LINES[0].replace("rent", "own")), "submission_key_repeated"),
        (saved(*LINES, "uuid:3,yes"), "ragged_row"),
        ("Votre plan,Consentement\nOui,Oui\n", "submission_not_an_export"),
        ("", "file_empty"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_what_is_wrong(
    tmp_path: Path, data: str, code: str
) -> None:
    file = tmp_path / "export.csv"
    file.write_text(data, encoding="utf-8")
    try:
        brought, faults, _ = brought_from([file], WHOLE)
    except BadInput as error:
        brought, faults = [], [error]
    assert brought == [] and faults[0].code == code
