"""Texts as people have them: what is read, and what is refused by name."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document

from courtepointe.core.errors import BadInput
from courtepointe.formats.texts import MOST_BYTES, read_text

TOLD = "Été comme hiver.\nŒuvre d’ici"


def word() -> bytes:
    made = Document()
    made.add_paragraph("Avant.")
    cells = made.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Question", "Réponse"
    made.add_paragraph("Après.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_encodings_that_people_have(encoding: str) -> None:
    told = TOLD.replace("\n", "\r\n").encode(encoding)
    assert read_text(told, file="a.TXT") == TOLD


def test_a_word_document_gives_its_paragraphs_and_tables_in_order() -> None:
    assert read_text(word(), file="a.docx") == "Avant.\nQuestion\nRéponse\nAprès."


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("a.txt", b"", "text_file_empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "text_file_empty"),
        ("a.txt", b"a\x00b", "text_file_encoding"),
        ("a.txt", b"\x81\x8d", "text_file_encoding"),
        ("a.txt", b"\xff\xfea", "text_file_encoding"),
        ("a.txt", b"a" * (MOST_BYTES + 1), "text_file_heavy"),
        ("a.pdf", b"%PDF", "text_file_kind"),
        ("a.odt", zipped("content.xml", b"<a/>"), "text_file_kind"),
        ("docx", word(), "text_file_kind"),
        ("a.txt", word(), "text_file_kind"),
        ("a.docx", b"texte", "text_file_broken"),
        ("a.docx", zipped("rien.txt", b"rien"), "text_file_broken"),
        ("a.docx", zipped("[Content_Types].xml", b"<broken"), "text_file_broken"),
        ("a.docx", b"PK\x03\x04texte", "zip_broken"),
        ("a.docx", zipped("../a", b"x"), "zip_unsafe_name"),
        ("a.docx", zipped("word/a.xml", b" " * 30_000_000), "zip_bomb"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(file: str, content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_text(content, file=file)
    assert (refused.value.code, refused.value.facts["file"]) == (code, file)
