"""A publication as one HTML file: opens by a double click, works without a network, prints well.

Faces, drawings and photos are inside; behind every chart and map stands its table.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from functools import lru_cache, singledispatch
from html import escape
from pathlib import Path

from courtepointe.press.charts import draw_chart
from courtepointe.press.document.values import KeyFigure
from courtepointe.press.faces import FAMILY
from courtepointe.press.palette import Scheme, css_tokens
from courtepointe.press.publication.told import beside, identity, places_of
from courtepointe.press.publication.values import (
    Block,
    Cell,
    ChartBlock,
    FiguresBlock,
    MapBlock,
    PageBreak,
    PhotoBlock,
    PlacesBlock,
    Publication,
    Role,
    SentencesBlock,
    SourcesBlock,
    Table,
    TableBlock,
    TextBlock,
)
from courtepointe.press.words import say

STYLE = Path(__file__).with_name("page.css")
CHART_WIDE, MAP_WIDE = 620.0, 560.0
MOST_NAMES = 60
FACES = (
    ("400-normal", 400, "normal"),
    ("400-italic", 400, "italic"),
    ("700-normal", 700, "normal"),
)


def write_html(made: Publication, *, fonts: Path) -> bytes:
    """Write a publication as one file.

    Parameters
    ----------
    made : Publication
    fonts : Path
        Of `courtepointe.press.faces.faces`.
    """
    return "\n".join(_lines(made, fonts)).encode()


def _lines(made: Publication, fonts: Path) -> Iterator[str]:
    title = escape(made.title)
    yield "<!doctype html>"
    yield f'<html lang="{made.lang}-CA"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # Whatever a browser could be made to ask for elsewhere, it may not.
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; img-src data:; font-src data:\">"
    )
    yield f'<meta name="generator" content="Courtepointe"><title>{title}</title>'
    yield f"<style>{_style(fonts)}</style></head><body>"
    yield f'<a class="skip" href="#main">{_say(made, "skip")}</a>'
    yield "<header>"
    if made.notice:
        yield f'<p class="notice">{escape(made.notice)}</p>'
    yield f'<div class="who"><span class="mark" aria-hidden="true">{made.mark}</span><div>'
    yield f"<h1>{title}</h1>"
    yield f'<p class="soft">{escape(" · ".join((made.kind, *identity(made))))}</p></div></div></header>'
    named = [part for part in made.parts if part.heading]
    if len(named) > 2:
        yield f'<nav aria-label="{_say(made, "summary")}"><ul>'
        yield from (f'<li><a href="#{p.code}">{escape(p.heading)}</a></li>' for p in named)
        yield "</ul></nav>"
    yield '<main id="main">'
    for part in made.parts:
        if part.heading:
            yield f'<section id="{part.code}" aria-labelledby="{part.code}-h">'
            yield f'<h2 id="{part.code}-h">{escape(part.heading)}</h2>'
        else:
            yield f'<section id="{part.code}">'
        for block in part.blocks:
            yield from _block(block, made)
        yield "</section>"
    yield f"</main><footer><p>{escape(made.foot)}</p><p>{escape(made.citation)}</p></footer>"
    yield "</body></html>"


@lru_cache(maxsize=4)
def _style(fonts: Path) -> str:
    faces = "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:{slant};"
        f"src:url(data:font/ttf;base64,{_inside((fonts / f'text-{name}.ttf').read_bytes())})}}"
        for name, weight, slant in FACES
    )
    # Drawings are on paper's ground: the file keeps to it.
    return faces + f":root{{{css_tokens(Scheme.LIGHT)}}}" + STYLE.read_text(encoding="utf-8")


def _inside(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _say(made: Publication, key: str, **slots: object) -> str:
    return escape(say(f"print.{key}", lang=made.lang, **slots))


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = "".join(f"<tr>{_cells(row)}</tr>" for row in table.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.caption)}">'
        f"<table><caption>{escape(table.caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(row: Sequence[Cell]) -> str:
    first = f'<th scope="row">{escape(row[0].text)}</th>'
    return first + "".join(_cell(cell) for cell in row[1:])


def _cell(cell: Cell) -> str:
    told = escape(cell.text).replace("\n", "<br>")
    return f'<td class="missing">{told}</td>' if cell.missing else f"<td>{told}</td>"


def _details(made: Publication, table: str) -> str:
    return f"<details><summary>{_say(made, 'behind')}</summary>{table}</details>"


@singledispatch
def _block(block: Block, made: Publication) -> Iterator[str]:
    """Write one block."""
    raise TypeError(type(block))


@_block.register
def _(block: FiguresBlock, made: Publication) -> Iterator[str]:
    yield '<ul class="cards">'
    for item in block.items:
        yield f"<li>{_card(item, made)}</li>"
    yield "</ul>"


def _card(item: KeyFigure, made: Publication) -> str:
    told = [f"<h3>{escape(item.label)}</h3>"]
    if item.figure.status.has_value:
        told.append(f'<p class="value">{escape(item.value)}</p>')
    else:
        told.append(f'<p class="missing">{escape(item.status_text)}</p>')
    if item.interval:
        told.append(f'<p class="soft">{escape(item.interval)}</p>')
    for one in item.against:
        told.append(f'<p class="beside">{escape(beside(one, lang=made.lang))}</p>')
    return "".join(told)


@_block.register
def _(block: SentencesBlock, made: Publication) -> Iterator[str]:
    if block.lead:
        yield f"<p><strong>{escape(block.lead)}</strong></p>"
    if block.lead and block.sentences:
        listed = "".join(f"<li>{escape(one.text)}</li>" for one in block.sentences)
        yield f"<ul>{listed}</ul>"
        return
    for one in block.sentences:
        kind = "soft" if block.role is not Role.FINDING else one.kind
        yield f'<p class="{kind}">{escape(one.text)}</p>'


@_block.register
def _(block: ChartBlock, made: Publication) -> Iterator[str]:
    chart = block.chart
    names = (say("column.indicator", lang=made.lang), say("column.value", lang=made.lang),
             say("column.interval", lang=made.lang))  # fmt: skip
    rows = tuple(
        (Cell(_named(row.label, row.side, chart.sides)), Cell(row.value_text, row.figure), Cell(row.interval_text))
        for row in chart.rows
    )  # fmt: skip
    table = _table(Table(chart.title, names, rows, (0.5, 0.25, 0.25)))
    yield f"<figure>{draw_chart(chart, width=CHART_WIDE)}{_details(made, table)}</figure>"


def _named(label: str, side: str, sides: tuple[str, str]) -> str:
    return f"{sides[0] if side == 'men' else sides[1]}, {label}" if side else label


@_block.register
def _(block: MapBlock, made: Publication) -> Iterator[str]:
    drawn = block.draw(MAP_WIDE)
    behind = "" if block.table is None else _details(made, _table(block.table))
    caption = f"<figcaption>{escape(block.title)}</figcaption>"
    yield f'<figure class="map">{caption}{drawn.svg}{behind}</figure>'


@_block.register
def _(block: TableBlock, made: Publication) -> Iterator[str]:
    yield _table(block.table)


@_block.register
def _(block: TextBlock, made: Publication) -> Iterator[str]:
    told = "".join(f"<p>{escape(one)}</p>" for one in block.paragraphs)
    by = f'<p class="soft">— {escape(block.by)}</p>' if block.by else ""
    told = f"<blockquote>{told}{by}</blockquote>" if block.quoted else f"{told}{by}"
    warning = f'<p class="notice">{escape(block.warning)}</p>' if block.warning else ""
    yield f'<div class="people">{told}{warning}</div>'


@_block.register
def _(block: PhotoBlock, made: Publication) -> Iterator[str]:
    photo = block.photo
    by = f"<figcaption>{escape(block.by)}</figcaption>" if block.by else ""
    yield (
        f'<figure><img src="data:image/jpeg;base64,{_inside(photo.content)}" alt="{escape(block.alt)}" '
        f'width="{photo.wide}" height="{photo.tall}">{by}</figure>'
    )


@_block.register
def _(block: PlacesBlock, made: Publication) -> Iterator[str]:
    if block.map is not None:
        yield from _block(block.map, made)
    for group in block.groups:
        heading, names = places_of(group, most=MOST_NAMES, lang=made.lang)
        yield f"<p><strong>{escape(heading)}</strong>{escape(' · '.join(names))}</p>"


@_block.register
def _(block: SourcesBlock, made: Publication) -> Iterator[str]:
    yield "<ul>"
    for source in block.sources:
        line = _say(made, "source_line", title=source.title, publisher=source.publisher)
        dated = f", {escape(source.date_published)}" if source.date_published else ""
        more = "" if block.short else f" {escape(source.attributed)} {_say(made, 'licence_line', licence=source.licence)}"  # fmt: skip
        page = "" if block.short else _link(source.page)
        yield f"<li><strong>{line}</strong>{dated}.{more}{page}</li>"
    yield "</ul>"
    if block.notes:
        yield f"<h3>{_say(made, 'notes_title')}</h3><ul>"
        yield from (f"<li>{escape(note)}</li>" for note in block.notes)
        yield "</ul>"
    yield f"<h3>{_say(made, 'cite')}</h3><p>{escape(block.citation)}</p>"


def _link(address: str | None) -> str:
    """Link to a page of the web; anything else is no link."""
    if address is None or not address.startswith(("https://", "http://")):
        return ""
    return f' <a href="{escape(address)}">{escape(address)}</a>'


@_block.register
def _(block: PageBreak, made: Publication) -> Iterator[str]:
    yield '<div class="break"></div>'
