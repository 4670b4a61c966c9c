"""The form of a survey on paper: every question and answer, round or square, nothing read as markup."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from courtepointe.core.errors import BadInput
from courtepointe.press.surveys import PaperForm, PaperQuestion, write_form

ASKED = (
    PaperQuestion("Avez-vous un plan ?", ("Oui", "Non", "Je ne sais pas")),
    PaperQuestion("Qu’y a-t-il ?", ("Des arbres", "#set text(red)"), many=True, when="1 → Oui"),
    PaperQuestion("Quoi d’autre ?", lines=2),
    PaperQuestion("Et votre logement ?", ("Je loue",), about=True),
)
FORM = PaperForm(
    "Sondage d’été", "Une soirée.", "Répondre est libre.", "Je veux répondre.", "Sur vous", "Table", "q:1",
    date(2026, 6, 1), "fr", ASKED,
)  # fmt: skip


def text_of(content: bytes, tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: `make test` installs poppler-utils")
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    told = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return told.stdout.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_a_form_holds_all_that_is_asked(fonts: Path, tmp_path: Path) -> None:
    content = write_form(FORM, fonts=fonts)
    text = text_of(content, tmp_path)
    for told in (
        "Sondage d’été", "Une soirée.", "Répondre est libre.", "Je veux répondre.", "1. Avez-vous un plan ?",
        "(1 → Oui)", "#set text(red)", "3. Quoi d’autre ?", "Sur vous", "4. Et votre logement ?", "Je loue",
    ):  # fmt: skip
        assert told in text
    assert content == write_form(FORM, fonts=fonts)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "fr"


def test_twenty_five_questions_take_pages(fonts: Path, tmp_path: Path) -> None:
    content = write_form(replace(FORM, questions=ASKED * 6, lang="es"), fonts=fonts)
    assert "24." in text_of(content, tmp_path)


def test_letters_that_our_faces_have_not_and_an_empty_form_are_refused() -> None:
    for wrong, code in (({"title": "استبيان"}, "survey_paper_script"), ({"questions": ()}, "survey_paper_empty")):  # fmt: skip
        with pytest.raises(BadInput) as told:
            replace(FORM, **wrong)
        assert told.value.code == code
