"""A publication as PDF: tagged, with an outline and embedded faces, set by Typst.

The layout is in ``pdf.typ``. What people wrote reaches it as data, never as markup.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, singledispatch
from itertools import groupby
from pathlib import Path
from typing import Any

import typst

from courtepointe.core.errors import BadInput
from courtepointe.press.charts import draw_chart
from courtepointe.press.document.values import KeyFigure
from courtepointe.press.faces import FAMILY, SYLLABICS
from courtepointe.press.forms.pictures import on_paper
from courtepointe.press.palette import tokens
from courtepointe.press.publication.told import identity, pair, places_of, stamp
from courtepointe.press.publication.values import (
    Block,
    ChartBlock,
    FiguresBlock,
    MapBlock,
    PageBreak,
    PhotoBlock,
    PlacesBlock,
    Publication,
    SentencesBlock,
    SourcesBlock,
    Table,
    TableBlock,
    TextBlock,
)
from courtepointe.press.templates.values import Paper, SheetKind
from courtepointe.press.words import say

TALL = re.compile(r'<svg\b[^>]*?\bheight="([\d.]+)"')
LAYOUT = Path(__file__).with_name("pdf.typ")
WHOLE, HALF = 640.0, 358.0
"""Pixels of a drawing as wide as the page, and of one of two side by side."""
SLIDE = 760.0
PLACE = 300.0
MOST_NAMES = 24
"""Places of one category by name; the data files have them all."""


@dataclass(frozen=True, slots=True)
class Press:
    """A compiler with its faces read: the first document takes longer than those after.

    It serves one at a time: two threads that ask it at once would be refused.
    """

    compiler: typst.Compiler
    turn: threading.Lock = field(default_factory=threading.Lock)


@lru_cache(maxsize=4)
def press(fonts: Path) -> Press:
    """Make the press ready with the faces of a folder."""
    held = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)])
    return Press(typst.Compiler(str(LAYOUT), font_paths=held, ignore_system_fonts=True))


def write_pdf(made: Publication, *, fonts: Path, paper: Paper | str = Paper.A4) -> bytes:
    """Write a publication as PDF/UA-1.

    Parameters
    ----------
    made : Publication
    fonts : Path
        Of `courtepointe.press.faces.faces`.
    paper : Paper
        Slides have their own size whatever it is.

    Raises
    ------
    BadInput
        ``unknown_paper``.
    """
    if paper not in set(Paper):
        raise BadInput("unknown_paper", value=paper, expected=", ".join(Paper))
    told = json.dumps(_told(made, Paper(paper)), ensure_ascii=False)
    held = press(fonts)
    with held.turn:
        pdf = held.compiler.compile(
            format="pdf",
            sys_inputs={"publication": told},
            pdf_standards="ua-1",
            timestamp=stamp(made),
        )
    assert isinstance(pdf, bytes)
    return pdf


def _told(made: Publication, paper: Paper) -> dict[str, Any]:
    """Write a publication as the layout reads it."""
    slides = made.sheet is SheetKind.SLIDES
    lang = made.lang
    return {
        "title": made.title,
        "name": made.name,
        "kind": made.kind,
        "lang": lang,
        "slides": slides,
        "paper": paper.value,
        "notice": made.notice,
        "foot": made.foot,
        "dated": made.dated,
        "mark": made.mark,
        "identity": " · ".join((made.kind, *identity(made))),
        "fonts": [FAMILY, SYLLABICS],
        "colours": tokens("light"),
        "page": say("print.page", lang=lang, n="{n}", all="{all}"),
        "parts": [
            {
                "code": part.code,
                "heading": part.heading,
                "new_page": part.new_page,
                "blocks": _blocks(part.blocks, made),
            }
            for part in made.parts
        ],
    }


def _blocks(blocks: Sequence[Block], made: Publication) -> list[dict[str, Any]]:
    """Write blocks; drawings that follow each other stand in two columns of like height."""
    told: list[dict[str, Any]] = []
    for drawings, run in groupby(blocks, key=_shares_its_row):
        held = list(run)
        if drawings and len(held) > 1 and made.sheet is SheetKind.PAGE:
            told.append(_columns([_drawn(one, HALF) for one in held]))
        else:
            told += [_block(one, made) for one in held]
    return told


def _shares_its_row(block: Block) -> bool:
    return isinstance(block, ChartBlock) or (isinstance(block, MapBlock) and not block.wide)


def _columns(drawn: Sequence[_Drawn]) -> dict[str, Any]:
    """Put each drawing under the shorter column."""
    sides: tuple[list[_Drawn], list[_Drawn]] = ([], [])
    for one in drawn:
        min(sides, key=lambda side: sum(d.tall for d in side)).append(one)
    left, right = ([one.told("") for one in side] for side in sides)
    return {"kind": "columns", "left": left, "right": right}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A drawing at its width: both sizes in pixels."""

    svg: str
    alt: str
    tall: float
    title: str = ""

    def told(self, size: str) -> dict[str, Any]:
        told = {"kind": "drawing", "svg": on_paper(self.svg), "alt": self.alt}
        return told | {"size": size, "title": self.title}


def _drawn(block: Block, width: float) -> _Drawn:
    """Draw a chart or a map."""
    if isinstance(block, ChartBlock):
        svg, alt, title = draw_chart(block.chart, width=width), block.chart.alt, ""
    else:
        assert isinstance(block, MapBlock)
        made = block.draw(width)
        svg, alt, title = made.svg, block.alt(made), "" if block.wide else block.title
    found = TALL.search(svg)
    return _Drawn(svg, alt, float(found.group(1)) if found else width, title)


@singledispatch
def _block(block: Any, made: Publication) -> dict[str, Any]:
    """Write one block."""
    raise TypeError(type(block))


@_block.register
def _(block: FiguresBlock, made: Publication) -> dict[str, Any]:
    return {"kind": "figures", "items": [_figure(item, made.lang) for item in block.items]}


def _figure(item: KeyFigure, lang: str) -> dict[str, Any]:
    has_value = item.figure.status.has_value
    return {
        "label": item.label,
        "value": item.value if has_value else "",
        "interval": item.interval,
        "status": "" if has_value else item.status_text,
        "suppressed": item.status == "suppressed",
        "against": [
            [pair(one.name, one.value, lang=lang), one.verdict_text] for one in item.against
        ],
        "bar": _bar(item),
    }


def _bar(item: KeyFigure) -> list[float] | None:
    """Lay a value, its interval and its first comparator on one scale: parts of the width."""
    figure = item.figure
    theirs = next((a.figure.value for a in item.against if a.figure.value is not None), None)
    held = [n for n in (figure.value, figure.low, figure.high, theirs) if n is not None]
    if figure.value is None or theirs is None or max(held) <= 0.0 or min(held) < 0.0:
        return None
    whole = 100.0 if figure.unit == "percent" and max(held) > 50.0 else max(held) * 1.15
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    return [figure.value / whole, low / whole, high / whole, theirs / whole]


@_block.register
def _(block: SentencesBlock, made: Publication) -> dict[str, Any]:
    return {
        "kind": "sentences",
        "role": block.role.value,
        "lead": block.lead,
        "sentences": [
            {"text": one.text, "missing": one.kind == "missing"} for one in block.sentences
        ],
    }


@_block.register
def _(block: ChartBlock, made: Publication) -> dict[str, Any]:
    return _drawn(block, SLIDE if made.sheet is SheetKind.SLIDES else WHOLE).told("whole")


@_block.register
def _(block: MapBlock, made: Publication) -> dict[str, Any]:
    if made.sheet is SheetKind.SLIDES:
        return _drawn(block, SLIDE).told("whole")
    if block.wide:
        return _drawn(block, WHOLE).told("whole")
    return _drawn(block, PLACE if block.table is None else HALF).told("half")


@_block.register
def _(block: TableBlock, made: Publication) -> dict[str, Any]:
    return {"kind": "table", **_table(block.table)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "wide": list(table.wide),
        "rows": [
            [{"text": cell.text, "missing": cell.missing} for cell in row] for row in table.rows
        ],
    }


@_block.register
def _(block: TextBlock, made: Publication) -> dict[str, Any]:
    return {
        "kind": "text",
        "paragraphs": list(block.paragraphs),
        "by": block.by,
        "quoted": block.quoted,
        "warning": block.warning,
    }


@_block.register
def _(block: PhotoBlock, made: Publication) -> dict[str, Any]:
    return {
        "kind": "photo",
        "bytes": list(block.photo.content),
        "alt": block.alt,
        "by": block.by,
        "tall": block.photo.tall > block.photo.wide,
    }


@_block.register
def _(block: PlacesBlock, made: Publication) -> dict[str, Any]:
    drawn = None if block.map is None else _drawn(block.map, HALF).told("half")
    return {
        "kind": "places",
        "drawn": drawn,
        "groups": [places_of(one, most=MOST_NAMES, lang=made.lang) for one in block.groups],
    }


@_block.register
def _(block: SourcesBlock, made: Publication) -> dict[str, Any]:
    lang = made.lang
    return {
        "kind": "sources",
        "short": block.short,
        "sources": [
            {
                "line": say("print.source_line", lang=lang, title=s.title, publisher=s.publisher),
                "date": s.date_published or "",
                "attribution": s.attributed,
                "licence": say("print.licence_line", lang=lang, licence=s.licence),
                "link": s.page or "",
            }
            for s in block.sources
        ],
        "notes": list(block.notes),
        "notes_title": say("print.notes_title", lang=lang),
        "cite_title": say("print.cite", lang=lang),
        "citation": block.citation,
    }


@_block.register
def _(block: PageBreak, made: Publication) -> dict[str, Any]:
    return {"kind": "page_break"}
