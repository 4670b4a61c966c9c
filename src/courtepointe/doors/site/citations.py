"""How to cite a page: any page by its address, a portrait by its title and its releases."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest

from courtepointe.doors.served import Served, served
from courtepointe.doors.site.subjects import Subject
from courtepointe.press.citation import Citation, View, cite, releases_used
from courtepointe.press.words import typeset


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as its page writes it."""

    text: str
    bibtex: str
    csl: str


def cited_page(request: HttpRequest, *, lang: str) -> Cited:
    """Cite a page that shows the atlas, under its whole address."""
    now = served()
    title = typeset(now.pack.recipe.name.in_(lang), lang=lang)
    return written(cite(view_of(request, now, title, (), lang=lang), lang=lang))


def cited_portrait(request: HttpRequest, subject: Subject, *, lang: str) -> Cited:
    """Cite a portrait with the releases that its figures rest on."""
    now = subject.served
    releases = releases_used(now.pack.recipe, subject.portrait().figures, lang=lang)
    title = subject.document(lang).title
    return written(cite(view_of(request, now, title, releases, lang=lang), lang=lang))


def view_of(
    request: HttpRequest, now: Served, title: str, releases: tuple[str, ...], *, lang: str
) -> View:
    """Gather what a citation names."""
    return View(
        title=title,
        atlas=typeset(now.pack.recipe.name.in_(lang), lang=lang),
        releases=releases,
        address=request.build_absolute_uri(),
        pack_hash=now.pack.content_hash,
        built_on=now.built_on,
    )


def written(made: Citation) -> Cited:
    """Write a citation for a page."""
    return Cited(made.text, made.bibtex, json.dumps(made.csl, ensure_ascii=False, indent=1))
