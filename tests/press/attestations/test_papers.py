"""Attestations and sheets of meetings: tagged, in both languages, and naming nobody unasked."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import pikepdf
import pytest

from courtepointe.core.errors import BadInput
from courtepointe.press.attestations import (
    AgendaLine,
    Attestation,
    DecisionLine,
    MeetingSheet,
    PresenceLine,
    code_of,
    write_attestation,
    write_meeting_sheet,
)

CODE = code_of(bytes([1, 2, 3, 4, 5]))
LINK = f"https://courtepointe.exemple.test/fr/attestation/{CODE}/"
MADE = Attestation(
    code=CODE, link=LINK, training="Premiers gestes en cas de chaleur extrême", level="Niveau 2 : agir",
    attended=date(2026, 3, 1), issued=date(2026, 3, 5), until=date(2028, 3, 5),
    issuer="Table de quartier de la Lisière", mark="quartier:2014:1", hours=2.5,
    learnt=("Reconnaître un coup de chaleur", "Cogner aux portes"),
)  # fmt: skip
MEETING = MeetingSheet(
    title="Comité de suivi", kind="Suivi PSQ", workspace="Table de la Lisière", mark="q:1",
    when="mardi 10 mars 2026, de 19 h à 21 h", where="Maison de quartier", state="planned",
    made=date(2026, 3, 10), agenda=(AgendaLine("Accueil", 10, "Coordination"), AgendaLine("Budget", notes=("#set text(red) *net*",))),
    presence=(PresenceLine("Comité logement", "Coprésidence", "present"), PresenceLine("CLSC", status="excused")),
    decisions=(DecisionLine("2026-4", "Ouvrir dès 30 °C.", "Plan canicule", date(2026, 9, 1)),),
    minutes=("La rencontre s’ouvre à 19 h 05.",),
)  # fmt: skip


def text_of(content: bytes, tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: `make test` installs poppler-utils")
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    told = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return told.stdout.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_an_attestation_says_what_it_attests(fonts: Path, tmp_path: Path) -> None:
    text = text_of(write_attestation(MADE, lang="fr", fonts=fonts), tmp_path)
    for told in (
        "Attestation de formation", "La personne qui présente cette attestation", MADE.training,
        "Niveau 2 : agir", "1er mars 2026", "2,5 h", "5 mars 2028", "0410-6105-3V", LINK, MADE.issuer,
    ):  # fmt: skip
        assert told in text
    text = text_of(write_attestation(replace(MADE, until=None), lang="en", fonts=fonts), tmp_path)
    for told in (
        "Attestation of training",
        "1 March 2026",
        "no expiry",
        "2.5 h",
        "It names nobody",
    ):
        assert told in text


def test_a_name_stands_only_where_it_was_asked_for(fonts: Path, tmp_path: Path) -> None:
    content = write_attestation(replace(MADE, name="Marie-Ève Œuvrard"), lang="fr", fonts=fonts)
    text = text_of(content, tmp_path)
    assert "Marie-Ève Œuvrard" in text and "La personne qui présente" not in text
    assert "Œuvrard" not in text_of(write_attestation(MADE, lang="fr", fonts=fonts), tmp_path)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_papers_are_tagged_and_described(fonts: Path, paper: str) -> None:
    for content, title in (
        (write_attestation(MADE, lang="fr", fonts=fonts, paper=paper), MADE.training),
        (write_meeting_sheet(MEETING, lang="fr", fonts=fonts, paper=paper), MEETING.title),
    ):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert pdf.open_metadata()["pdfuaid:part"] == "1"
            assert str(pdf.Root.Lang) == "fr-CA"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert title in str(pdf.open_metadata()["dc:title"])


def test_a_long_attestation_is_still_one_page(fonts: Path) -> None:
    long = replace(MADE, training="Œuvrer ensemble " * 12, issuer="Regroupement " * 15, name="Nom " * 49, learnt=("Apprendre à faire le tour des étages sans oublier personne",) * 6)  # fmt: skip
    with pikepdf.open(io.BytesIO(write_attestation(long, lang="fr", fonts=fonts))) as pdf:
        assert len(pdf.pages) == 1


def test_the_square_leads_to_the_address_that_verifies(fonts: Path, tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("no pdftoppm on this machine: `make test` installs poppler-utils")
    file = tmp_path / "a.pdf"
    file.write_bytes(write_attestation(MADE, lang="fr", fonts=fonts))
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", file, tmp_path / "a"], check=True)  # fmt: skip
    read, *_ = cv2.QRCodeDetector().detectAndDecode(cv2.imread(str(tmp_path / "a.png")))
    assert read == LINK


def test_the_same_paper_gives_the_same_bytes(fonts: Path) -> None:
    assert write_attestation(MADE, lang="fr", fonts=fonts) == write_attestation(MADE, lang="fr", fonts=fonts)  # fmt: skip


def test_the_sheet_before_and_after_a_meeting(fonts: Path, tmp_path: Path) -> None:
    before = text_of(write_meeting_sheet(MEETING, lang="fr", fonts=fonts), tmp_path)
    for told in (
        "Ordre du jour",
        "Accueil",
        "10 min",
        "Initiales",
        "Comité logement",
        "Rencontre à venir",
    ):
        assert told in before
    assert "excusé" not in before and "s’ouvre à" not in before
    after = text_of(
        write_meeting_sheet(replace(MEETING, state="held"), lang="fr", fonts=fonts), tmp_path
    )
    for told in (
        "Compte rendu",
        "excusé",
        "2026-4. Ouvrir dès 30 °C.",
        "1er septembre 2026",
        "Ce qui s’est dit",
        "s’ouvre à 19 h 05",
    ):
        assert told in after
    assert "#set text(red) *net*" in after, "what people write is never markup"
    english = text_of(
        write_meeting_sheet(replace(MEETING, state="held"), lang="en", fonts=fonts), tmp_path
    )
    for told in ("Minutes", "excused", "To review on"):
        assert told in english


def test_what_cannot_be_is_refused(fonts: Path) -> None:
    for change, code in (
        ({"training": " "}, "attestation_lacks"), ({"issuer": "a" * 201}, "attestation_too_long"),
        ({"until": date(2025, 1, 1)}, "attestation_until"), ({"code": "041061053W"}, "code_slip"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=code):
            replace(MADE, **change)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="agenda_line"):
        AgendaLine(" ")
    with pytest.raises(BadInput, match="presence_status"):
        PresenceLine("CLSC", status="asleep")
    with pytest.raises(BadInput, match="meeting_sheet"):
        replace(MEETING, state="adjourned")
    with pytest.raises(BadInput, match="unknown_language"):
        write_attestation(MADE, lang="es", fonts=fonts)
    with pytest.raises(BadInput, match="unknown_paper"):
        write_meeting_sheet(MEETING, lang="fr", fonts=fonts, paper="a5")
