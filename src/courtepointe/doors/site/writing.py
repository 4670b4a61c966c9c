"""What a person types in a portrait -> a paragraph; and the form that shows it again."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.doors.site.subjects import Subject
from courtepointe.doors.site.written import reads_now
from courtepointe.portraits.written import KeptPortrait, Picture, Written
from courtepointe.press.names import is_hidden
from courtepointe.press.photos import MOST_BYTES, read_photo
from courtepointe.press.words import typeset


@dataclass(frozen=True, slots=True)
class WritingForm:
    """What stands in the fields.

    Attributes
    ----------
    number : str
        Of the paragraph that is changed; empty: a new one.
    choices : tuple of (heading, ((code, label), ...))
        The figures that it may rest on.
    """

    section: str
    kind: str
    text_fr: str
    text_en: str
    by: str
    anchors: tuple[str, str, str]
    number: str
    choices: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    @classmethod
    def typed(cls, told: QueryDict, subject: Subject, *, lang: str) -> WritingForm:
        """Show again what a person typed."""
        anchors = [*told.getlist("anchor"), "", "", ""][:3]
        return cls(
            told.get("section", ""), told.get("kind", "text"), told.get("text_fr", ""),
            told.get("text_en", ""), told.get("by", ""), (anchors[0], anchors[1], anchors[2]),
            told.get("number", ""), figure_choices(subject, lang=lang),
        )  # fmt: skip


def writing_form(kept: KeptPortrait, subject: Subject, asked: Mapping[str, str], *, lang: str) -> WritingForm:  # fmt: skip
    """Give an empty form, or that of the paragraph to change."""
    choices = figure_choices(subject, lang=lang)
    for one in kept.paragraphs:
        if str(one.number) == asked.get("change"):
            codes = [*(anchor.indicator for anchor in one.anchors), "", "", ""][:3]
            return WritingForm(
                one.section, one.kind, one.text.fr, one.text.en, one.by,
                (codes[0], codes[1], codes[2]), str(one.number), choices,
            )  # fmt: skip
    return WritingForm(asked.get("section", ""), "text", "", "", "", ("", "", ""), "", choices)


def figure_choices(subject: Subject, *, lang: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:  # fmt: skip
    """Give the figures that a paragraph may rest on, section by section, with their values."""
    galley = subject.galley(lang)
    return tuple(
        (
            typeset(section.name.in_(lang), lang=lang),
            tuple(
                (code, f"{galley.label(code)} ({galley.value(galley.figures[code])})")
                for code in section.indicators
                if code in galley.figures
            ),
        )
        for section in galley.recipe.sections
    )


def read_writing(told: QueryDict, photo: UploadedFile[bytes] | None, subject: Subject) -> Written:
    """Read a paragraph that a person typed.

    Raises
    ------
    BadInput
        As `Written`, and as `courtepointe.press.photos.read_photo`.
    NotFound
        ``unknown_section``, ``unknown_indicator``.
    """
    section = told.get("section", "")
    known = [one.code for one in subject.served.pack.recipe.sections]
    if section and section not in known:
        raise NotFound("unknown_section", value=section, expected=", ".join(known))
    codes = [code for code in told.getlist("anchor") if code]
    reads = reads_now(subject, codes)
    for code in codes:
        if code not in reads:
            raise NotFound("unknown_indicator", value=code)
    kind = told.get("kind", "text")
    picture = None
    if kind == "photo" and photo is not None:
        # One byte more than is taken is enough to refuse it.
        made = read_photo(photo.read(MOST_BYTES + 1), file=photo.name or "photo")
        picture = Picture(made.content, made.wide, made.tall)
    return Written(
        section=section,
        kind=kind,
        text=Words(clean(told.get("text_fr", "")), clean(told.get("text_en", ""))),
        by=" ".join(clean(told.get("by", "")).split()),
        anchors=tuple(reads[code] for code in dict.fromkeys(codes)),
        photo=picture,
    )


def clean(text: str) -> str:
    """Keep what can be read: any script, line ends; no hidden letter that turns a line around."""
    plain = unicodedata.normalize(
        "NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    )
    return "".join(c for c in plain if c == "\n" or not is_hidden(c)).strip()
