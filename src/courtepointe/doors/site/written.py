"""Portraits that people write in: their paragraphs beside today's figures, and their editions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from django.utils.timezone import localdate

from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import Refused
from courtepointe.doors.editions import code_edition
from courtepointe.doors.faces import paper_faces
from courtepointe.doors.served import Served
from courtepointe.doors.site.documents import Asked, material_of, recall_notice, turn
from courtepointe.doors.site.subjects import Subject, official, subject_of
from courtepointe.portraits.written import KeptParagraph, KeptPortrait, NewEdition, Read
from courtepointe.press.forms.registry import Form, Setting, write
from courtepointe.press.numbers import date_text
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import Material
from courtepointe.press.publication.values import Block, Photo, PhotoBlock, Publication, TextBlock
from courtepointe.press.templates import template
from courtepointe.press.words import say

LANGS = ("fr", "en")
PUBLISHED = (Form.HTML, Form.PDF)
"""The forms that an edition is kept in: a page that opens anywhere, and paper."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that a paragraph rests on, as it was read and as it reads now."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph on its page."""

    kept: KeptParagraph
    text: str
    other_language: bool
    labels: tuple[str, ...]
    moved: tuple[Moved, ...]


def subject_to_write(served: Served, kept: KeptPortrait, *, lang: str, now: datetime) -> Subject:
    """Give the area of a portrait; raise `NotFound` where the atlas or its owner let it go."""
    if kept.custom_token:
        return subject_of(served, {"token": kept.custom_token}, lang=lang, now=now)
    return official(served, AreaKey.parse(kept.area_key), lang=lang)


def asked_of(kept: KeptPortrait, subject: Subject) -> Asked:
    """Give the document that a portrait asks for; sections that the atlas dropped are left out."""
    known = {section.code for section in subject.served.pack.recipe.sections}
    sections = tuple(code for code in kept.sections if code in known)
    return Asked(template(kept.template), sections, kept.paper)


def reads_now(subject: Subject, indicators: Sequence[str] | None = None) -> dict[str, Read]:
    """Give figures as they read today, in both languages."""
    galleys = {lang: subject.galley(lang) for lang in LANGS}
    held = galleys["fr"].figures
    return {
        code: Read(code, Words(*(galleys[lang].value(held[code]) for lang in LANGS)))
        for code in (held if indicators is None else indicators)
        if code in held
    }


def moved_in(paragraph: KeptParagraph, reads: Mapping[str, Read], subject: Subject, lang: str) -> tuple[Moved, ...]:  # fmt: skip
    """Give the figures that moved since a paragraph was read beside them."""
    galley, gone = subject.galley(lang), say("print.figure_gone", lang=lang)
    found = []
    for anchor in paragraph.anchors:
        now = reads.get(anchor.indicator)
        if now is None or now.shown != anchor.shown:
            told = gone if now is None else now.shown.in_(lang)
            found.append(Moved(galley.label(anchor.indicator), anchor.shown.in_(lang), told))
    return tuple(found)


def shown(paragraph: KeptParagraph, reads: Mapping[str, Read], subject: Subject, lang: str) -> Shown:  # fmt: skip
    """Set a paragraph beside its figures in a language, or in the other one where it has only that."""
    text = paragraph.text.fr if lang == "fr" else paragraph.text.en
    other = paragraph.text.en if lang == "fr" else paragraph.text.fr
    galley = subject.galley(lang)
    return Shown(
        paragraph,
        text or other,
        not text,
        tuple(galley.label(anchor.indicator) for anchor in paragraph.anchors),
        moved_in(paragraph, reads, subject, lang),
    )


def blocks_of(one: Shown, *, lang: str) -> tuple[Block, ...]:
    """Make what a paragraph is in a document."""
    kept = one.kept
    by = kept.by
    if one.other_language:
        note = say("print.other_language", lang=lang)
        by = f"{by} ({note})" if by else note
    if kept.kind == "photo" and kept.photo is not None:
        photo = Photo(kept.photo.content, kept.photo.wide, kept.photo.tall)
        return (PhotoBlock(photo, one.text, by),)
    paragraphs = tuple(part.strip() for part in one.text.split("\n\n") if part.strip())
    warning = ""
    if one.moved:
        day = date_text(localdate(kept.written).isoformat(), lang=lang)
        join = say("chart.sources_join", lang=lang)
        told = join.join(
            say("print.moved_one", lang=lang, label=m.label, was=m.was, now=m.now)
            for m in one.moved
        )
        warning = say("print.moved", lang=lang, date=day, told=told)
    return (TextBlock(paragraphs, by, quoted=kept.kind == "quote", warning=warning),)


def written_publication(
    subject: Subject, kept: KeptPortrait, *, lang: str, dated: str = ""
) -> tuple[Publication, Material]:
    """Arrange a portrait with what people wrote in it."""
    asked, material = asked_of(kept, subject), material_of(subject, lang=lang)
    reads = reads_now(subject)
    blocks: dict[str, list[Block]] = {}
    for paragraph in kept.paragraphs:
        told = blocks_of(shown(paragraph, reads, subject, lang), lang=lang)
        blocks.setdefault(paragraph.section, []).extend(told)
    made = compose(
        asked.template, material, sections=asked.sections, written=blocks,
        notice=recall_notice(subject, lang=lang), dated=dated,
    )  # fmt: skip
    return made, material


def written_file(subject: Subject, kept: KeptPortrait, form: Form, *, lang: str) -> bytes:
    """Write a portrait as it stands."""
    name = ("written", kept.token, kept.changed, lang, form)

    def make() -> bytes:
        with turn():
            made, material = written_publication(subject, kept, lang=lang)
            return write(made, material, form, Setting(paper_faces(), kept.paper))

    return subject.served.documents.take(name, make)


def new_edition(subject: Subject, kept: KeptPortrait, *, now: datetime) -> NewEdition:
    """Make all files of an edition; refused while a paragraph rests on figures that moved.

    Raises
    ------
    Refused
        ``edition_moved``.
    """
    reads = reads_now(subject)
    stale = [p for p in kept.paragraphs if moved_in(p, reads, subject, "fr")]
    if stale:
        raise Refused("edition_moved", value=len(stale))
    files, titles = {}, {}
    day = localdate(now).isoformat()
    for lang in LANGS:
        made, material = written_publication(subject, kept, lang=lang, dated=day)
        titles[lang] = made.title
        for form in PUBLISHED:
            with turn():
                content = write(made, material, form, Setting(paper_faces(), kept.paper))
            files[lang, form.value] = content
    pack = subject.served.pack
    return NewEdition(
        title=Words(titles["fr"], titles["en"]),
        template=kept.template,
        atlas_code=pack.recipe.code,
        pack_hash=pack.content_hash,
        inputs_hash=inputs_hash(subject, kept),
        releases=releases_of(subject),
        method=f"Courtepointe {version('courtepointe')} {code_edition()}",
        files=files,
    )


def releases_of(subject: Subject) -> tuple[str, ...]:
    """Give the releases that a portrait's figures rest on."""
    return tuple(dict.fromkeys(f.release for f in subject.portrait().figures if f.release))


def inputs_hash(subject: Subject, kept: KeptPortrait) -> str:
    """Hash all that an edition is made of: figures, arrangement, what people wrote, the code."""
    told = {
        "pack": subject.served.pack.content_hash,
        "notices": [str(notice) for notice in subject.served.notices],
        "area": subject.known_as,
        "fit": subject.fitted.value,
        "template": kept.template,
        "sections": kept.sections,
        "paper": kept.paper,
        "paragraphs": [
            [p.section, p.kind, p.text.fr, p.text.en, p.by, None if p.photo is None else hashlib.sha256(p.photo.content).hexdigest()]
            for p in kept.paragraphs
        ],
        "code": code_edition(),
    }  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
