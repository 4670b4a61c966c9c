"""Portraits as documents: what a reader asks for, arranged and written."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from courtepointe.core.errors import BadInput, NoAnswer, NotFound
from courtepointe.doors.faces import paper_faces
from courtepointe.doors.site.maps import ground
from courtepointe.doors.site.releases_read import recalled_in
from courtepointe.doors.site.subjects import Subject
from courtepointe.press.forms.registry import Form, Setting, write
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import Material, set_material
from courtepointe.press.publication.material import Subject as PressSubject
from courtepointe.press.publication.values import Publication
from courtepointe.press.templates import Template, template
from courtepointe.press.templates.values import EACH, Paper
from courtepointe.press.words import say, typeset

PAPERS = tuple(paper.value for paper in Paper)
AT_ONCE = threading.BoundedSemaphore(2)
"""Documents are heavy work: those that wait take no processor from the pages."""
PATIENCE_S = 30.0
"""A reader who has waited so long for a turn is told to come back, and frees the thread for the pages."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A document as an address asks for it.

    Attributes
    ----------
    sections : tuple of str
        In order; empty: all.
    """

    template: Template
    sections: tuple[str, ...]
    paper: str

    def query(self, **more: str) -> str:
        """Write it as the end of an address."""
        told = [("template", self.template.code)]
        told += [("s", code) for code in self.sections]
        told += [("paper", self.paper)] if self.paper != PAPERS[0] else []
        return urlencode([*told, *more.items()])


def asked_document(told: QueryDict, subject: Subject) -> Asked:
    """Read what an address asks for.

    Raises
    ------
    NotFound
        ``unknown_template``, ``unknown_section``.
    BadInput
        ``unknown_paper``.
    """
    paper = told.get("paper", PAPERS[0])
    if paper not in PAPERS:
        raise BadInput("unknown_paper", value=paper, expected=", ".join(PAPERS))
    known = [section.code for section in subject.served.pack.recipe.sections]
    chosen = tuple(dict.fromkeys(told.getlist("s")))
    for code in chosen:
        if code not in known:
            raise NotFound("unknown_section", value=code, expected=", ".join(known))
    if not chosen and subject.kept is not None:
        chosen = tuple(code for code in subject.kept.sections if code in known)
    return Asked(template(told.get("template", "portrait")), chosen, paper)


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """A section that may be shown: its place among those shown, or none."""

    code: str
    heading: str
    shown: bool
    first: bool
    last: bool


def section_choices(subject: Subject, asked: Asked, *, lang: str) -> tuple[SectionChoice, ...]:
    """Give the sections, those shown first and in order."""
    names = {
        s.code: typeset(s.name.in_(lang), lang=lang) for s in subject.served.pack.recipe.sections
    }
    shown = asked.sections or tuple(names)
    rest = [code for code in names if code not in shown]
    return tuple(
        SectionChoice(code, names[code], code in shown, code == shown[0], code == shown[-1])
        for code in (*shown, *rest)
    )


def has_sections(asked: Asked) -> bool:
    """Say whether a template shows each section."""
    return any(part.section == EACH for part in asked.template.parts)


def moved(asked: Asked, subject: Subject, move: str) -> Asked:
    """Give a document with one section a place earlier or later: ``population:up``."""
    code, _, way = move.partition(":")
    order = list(asked.sections or (s.code for s in subject.served.pack.recipe.sections))
    if code not in order or way not in ("up", "down"):
        raise NotFound("unknown_section", value=move, expected=", ".join(order))
    place = order.index(code)
    other = min(max(place + (-1 if way == "up" else 1), 0), len(order) - 1)
    order[place], order[other] = order[other], order[place]
    return replace(asked, sections=tuple(order))


def material_of(subject: Subject, *, lang: str) -> Material:
    """Gather what a document of a subject is made of."""
    held = PressSubject(
        atlas=subject.served.atlas,
        portrait=subject.portrait(),
        shape=subject.shape(),
        stands=subject.stands(),
        places=subject.places(),
        ground=ground(subject.served),
    )
    return set_material(held, lang=lang, document=subject.document(lang))


def publication_of(subject: Subject, asked: Asked, *, lang: str) -> tuple[Publication, Material]:
    """Arrange a document."""
    material = material_of(subject, lang=lang)
    made = compose(
        asked.template, material, sections=asked.sections, notice=recall_notice(subject, lang=lang)
    )
    return made, material


def recall_notice(subject: Subject, *, lang: str) -> str:
    """Say on every page that figures rest on recalled data, where some do."""
    recalled = recalled_in(subject.portrait(), subject.served.pack.recipe)
    titles = [typeset(release.title.in_(lang), lang=lang) for release in recalled]
    join = say("chart.sources_join", lang=lang)
    return say("print.recalled", lang=lang, titles=join.join(titles)) if titles else ""


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn to make a document; raise `NoAnswer` ``documents_busy`` where it takes too long."""
    if not AT_ONCE.acquire(timeout=PATIENCE_S):
        raise NoAnswer("documents_busy")
    try:
        yield
    finally:
        AT_ONCE.release()


def document_file(subject: Subject, asked: Asked, form: Form, *, lang: str) -> bytes:
    """Write a document; kept while there is room."""
    name = (
        "document",
        *subject.known_as,
        subject.fitted,
        subject.against,
        lang,
        asked.query(),
        form,
    )

    def make() -> bytes:
        with turn():
            made, material = publication_of(subject, asked, lang=lang)
            return write(made, material, form, Setting(paper_faces(), asked.paper))

    return subject.served.documents.take(name, make)


def forms() -> Sequence[Form]:
    """Give the forms that a page offers, the most asked first."""
    return tuple(Form)
