"""A survey goes to ODK and Kobo as a form that they take, and comes back answer by answer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

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
    brought, faults = brought_from([file], WHOLE)
    assert faults == []
    assert [one[0] for one in brought] == ["uuid:1", "uuid:2"], "without consent nothing is kept"
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
    brought, faults = brought_from([file], WHOLE)
    assert brought == []
    assert (faults[0].facts["row"], faults[0].facts["column"]) == (3, "answers-PRE_plan")
