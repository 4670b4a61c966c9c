"""The forms that a publication may take, by name; each is loaded when it is first asked for."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.press.csv import portrait_csv
from courtepointe.press.publication.material import Material
from courtepointe.press.publication.values import Publication

OFFICE = "application/vnd.openxmlformats-officedocument"


class Form(StrEnum):
    """A form, by the ending of its files."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"
    CSV = "csv"
    HTML = "html"


MEDIA = {
    Form.PDF: "application/pdf",
    Form.DOCX: f"{OFFICE}.wordprocessingml.document",
    Form.PPTX: f"{OFFICE}.presentationml.presentation",
    Form.XLSX: f"{OFFICE}.spreadsheetml.sheet",
    Form.CSV: "text/csv; charset=utf-8",
    Form.HTML: "text/html; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What forms are set with.

    Attributes
    ----------
    fonts : Path
        Of `courtepointe.press.faces.faces`.
    paper : str
        ``a4`` or ``letter``; of PDF and Word.
    """

    fonts: Path
    paper: str = "a4"


def form_of(word: str) -> Form:
    """Read the name of a form, or raise `BadInput` ``unknown_form``."""
    if word not in set(Form):
        raise BadInput("unknown_form", value=word, expected=", ".join(Form))
    return Form(word)


def write(made: Publication, material: Material, form: Form, setting: Setting) -> bytes:
    """Write a publication in a form.

    Parameters
    ----------
    made : Publication
    material : Material
        What it was made of: CSV is written from the figures themselves.
    form : Form
    setting : Setting
    """
    if form is Form.CSV:
        subject = material.subject
        return portrait_csv(subject.portrait, subject.atlas.pack.recipe, made.lang).encode()
    return write_publication(made, form, setting)


def write_publication(made: Publication, form: Form, setting: Setting) -> bytes:
    """Write a publication in a form that needs nothing else: any but CSV."""
    module = {Form.PDF: "pdf", Form.HTML: "page", Form.DOCX: "word", Form.PPTX: "slides"}
    writer: Any = importlib.import_module(
        f"courtepointe.press.forms.{module.get(form, 'workbook')}"
    )
    more: dict[str, Any] = {}
    if form in (Form.PDF, Form.HTML):
        more["fonts"] = setting.fonts
    if form in (Form.PDF, Form.DOCX):
        more["paper"] = setting.paper
    content: bytes = getattr(writer, f"write_{form.value}")(made, **more)
    return content
