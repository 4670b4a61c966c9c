"""Name the sources that figures rest on, their licences, and how to cite the portrait."""

from __future__ import annotations

from courtepointe.press.document.values import SourcePart
from courtepointe.press.galley import Galley
from courtepointe.press.numbers import date_text

HASH_SHOWN = 12


def source_parts(galley: Galley) -> tuple[SourcePart, ...]:
    """Give every source that a figure of the portrait, or of a comparator, rests on."""
    figures = [*galley.portrait.figures]
    for compared in galley.portrait.compared:
        figures += compared.figures
    figures += [f for gap in galley.portrait.gaps for f in (gap.figure, gap.against)]
    codes = {code for figure in figures for code in figure.sources}
    return tuple(_part(galley, code) for code in galley.sources if code in codes)


def citation(galley: Galley, title: str) -> str:
    """Say how to cite the portrait: its title, its atlas, the hash of its inputs."""
    atlas = galley.set(galley.recipe.name.in_(galley.lang))
    short = galley.portrait.pack_hash[:HASH_SHOWN]
    return galley.say("document.cite", title=title, atlas=atlas, hash=short)


def _dated(iso: str | None, lang: str) -> str | None:
    return None if iso is None else date_text(iso, lang=lang)


def _part(galley: Galley, code: str) -> SourcePart:
    source = galley.sources[code]
    lang = galley.lang
    licence = next((held for held in galley.recipe.licences if held.code == source.licence), None)
    return SourcePart(
        code=code,
        title=galley.source_title(code),
        publisher=galley.publisher(source),
        citation=galley.set(source.citation.in_(lang)),
        page=source.page,
        date_published=_dated(source.date_published, galley.lang),
        date_accessed=_dated(source.date_accessed, galley.lang),
        licence=galley.set(licence.title.in_(lang)) if licence else source.licence,
        licence_url=licence.url if licence else "",
        attribution=galley.set(licence.attribution.in_(lang)) if licence else "",
    )
