"""The sign, the box and the role cards of a hub: in both languages, tagged, never read as markup."""

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
from courtepointe.press.hubs import (
    BoxLine,
    HubBox,
    HubSign,
    RoleCard,
    RoleCards,
    write_box,
    write_cards,
    write_sign,
)

DAY = date(2026, 6, 1)
LINK = "https://courtepointe.exemple.test/fr/poles/moulin/"
SIGN = HubSign(
    "Pôle du Moulin – ᐃᓄᒃ", "Table de la Lisière", "q:1", DAY, "12, rue du Moulin", "La Maille", LINK,
    ("Places assises (120 personnes)", "#set text(red) *eau*"), ("Panne de plus de 4 h",),
)  # fmt: skip
BOX = HubBox(
    "Pôle du Moulin", "Table de la Lisière", "q:1", DAY,
    (BoxLine("Eau (litres)", 1200, date(2026, 5, 1), date(2027, 1, 1)), BoxLine("Lampes", 6)),
)  # fmt: skip
CARD = RoleCard(
    "Accueil", "Vous saluez.", ("Placer une table", "Compter"), ("La salle est pleine",)
)
CARDS = RoleCards("Pôle du Moulin", "Table de la Lisière", DAY, (CARD,) * 9)


def text_of(content: bytes, tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext on this machine: `make test` installs poppler-utils")
    file = tmp_path / "a.pdf"
    file.write_bytes(content)
    told = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return told.stdout.decode().replace("\u00a0", " ").replace("\u202f", " ")


def pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def test_a_sign_says_where_what_and_when(fonts: Path, tmp_path: Path) -> None:
    content = write_sign(SIGN, lang="fr", fonts=fonts)
    text = text_of(content, tmp_path)
    for told in (
        "Pôle de résilience communautaire", "Pôle du Moulin", "12, rue du Moulin", "La Maille", LINK,
        "Places assises (120 personnes)", "#set text(red) *eau*", "Panne de plus de 4 h", "1er juin 2026", "911",
    ):  # fmt: skip
        assert told in text
    assert pages(content) == 1 and content == write_sign(SIGN, lang="fr", fonts=fonts)
    english = text_of(write_sign(SIGN, lang="en", fonts=fonts), tmp_path)
    assert "Community resilience hub" in english and "What you will find" in english


def test_the_code_of_a_sign_is_read_and_a_sign_without_a_link_has_none(
    fonts: Path, tmp_path: Path
) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("no pdftoppm on this machine: `make test` installs poppler-utils")

    def read(made: HubSign) -> str:
        file = tmp_path / "s.pdf"
        file.write_bytes(write_sign(made, lang="fr", fonts=fonts))
        subprocess.run(["pdftoppm", "-r", "120", "-png", "-singlefile", file, tmp_path / "s"], check=True)  # fmt: skip
        told, *_ = cv2.QRCodeDetector().detectAndDecode(cv2.imread(str(tmp_path / "s.png")))
        return str(told)

    assert read(SIGN) == LINK
    bare = replace(SIGN, link="")
    assert read(bare) == "" and "Pour en savoir plus" not in text_of(
        write_sign(bare, lang="fr", fonts=fonts), tmp_path
    )


def test_a_long_sign_stays_on_its_page(fonts: Path) -> None:
    long = replace(SIGN, name="Pôle de résilience " * 9, here=("Une chose utile",) * 7, opens=("Panne",) * 5)  # fmt: skip
    assert pages(write_sign(long, lang="fr", fonts=fonts)) == 1


def test_the_box_is_a_list_to_tick(fonts: Path, tmp_path: Path) -> None:
    text = text_of(write_box(BOX, lang="fr", fonts=fonts), tmp_path)
    for told in ("La boîte du pôle", "Eau (litres)", "1 200", "1er mai 2026", "1er janvier 2027", "jamais", "page 1 de 1"):  # fmt: skip
        assert told in text
    english = text_of(write_box(BOX, lang="en", fonts=fonts), tmp_path)
    assert "The hub in a box" in english and "1,200" in english and "never" in english
    many = replace(BOX, lines=BOX.lines * 30)
    content = write_box(many, lang="fr", fonts=fonts)
    assert pages(content) > 1 and text_of(content, tmp_path).count("Dernière") == pages(content)


def test_nine_cards_two_a_page(fonts: Path, tmp_path: Path) -> None:
    content = write_cards(CARDS, lang="fr", fonts=fonts)
    text = text_of(content, tmp_path)
    assert pages(content) == 5 and text.count("Les quinze premières minutes") == 9
    assert text.count("Placer une table") == 9 and text.count("Arrêter ou passer la main") == 9
    assert "The first fifteen minutes" in text_of(write_cards(CARDS, lang="en", fonts=fonts), tmp_path)  # fmt: skip


def test_papers_are_tagged_and_titled(fonts: Path) -> None:
    for content in (
        write_sign(SIGN, lang="fr", fonts=fonts),
        write_box(BOX, lang="fr", fonts=fonts),
        write_cards(CARDS, lang="fr", fonts=fonts, paper="a4"),
    ):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "fr-CA"
            assert "Pôle du Moulin" in str(pdf.open_metadata()["dc:title"])


def test_what_cannot_be_printed_is_refused(fonts: Path) -> None:
    for name in (" ", "x" * 201):
        with pytest.raises(BadInput, match="hub_paper_name"):
            replace(SIGN, name=name)
    with pytest.raises(BadInput, match="hub_box_empty"):
        replace(BOX, lines=())
    with pytest.raises(BadInput, match="unknown_language"):
        write_sign(SIGN, lang="de", fonts=fonts)
    with pytest.raises(BadInput, match="unknown_paper"):
        write_cards(CARDS, lang="fr", fonts=fonts, paper="a9")
