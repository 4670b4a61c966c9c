"""A publication as PowerPoint: a thing to say on each slide, charts and tables that can be edited.

Every slide is made of a layout of the master, so that a round-table puts it in its own colours in
one place. The notes under a slide hold its sources and what its picture shows.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Mm, Pt

from courtepointe.press.document.values import KeyFigure
from courtepointe.press.forms.master import AT, CONTENT, TITLE, TITLE_ONLY, dress
from courtepointe.press.forms.native import A, C, native
from courtepointe.press.forms.office import tell_properties
from courtepointe.press.forms.pictures import Picture, chart_picture, map_picture
from courtepointe.press.forms.settled import settled
from courtepointe.press.palette import LIGHT
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
    SentencesBlock,
    SourcesBlock,
    Table,
    TableBlock,
    TextBlock,
)
from courtepointe.press.words import say

ROWS, LINES, CARDS, SHORT = 9, 5, 6, 240
"""On one slide at most: rows of a table, sentences, numbers, letters above a chart."""
TITLES = ((70, 32), (130, 24), (220, 18), (10_000, 13))
"""Letters of a title, and the points that it is set in."""
MOST_NAMES = 8
DRAWN, MAP = 760.0, 460.0


def write_pptx(made: Publication) -> bytes:
    """Write a publication as a presentation; the same publication gives the same bytes."""
    writer = _Writer(made)
    writer.write()
    out = io.BytesIO()
    writer.deck.save(out)
    return settled(out.getvalue())


def _colour(hexadecimal: str) -> RGBColor:
    colour: RGBColor = RGBColor.from_string(hexadecimal[1:].upper())
    return colour


class _Writer:
    """A presentation being written, slide after slide."""

    def __init__(self, made: Publication) -> None:
        self.made = made
        self.deck: Any = Presentation()
        dress(self.deck, foot=made.foot, notice=made.notice)
        self.heading = made.title
        self.lead: list[str] = []
        """What was said and stands on no slide yet: it goes above the next chart or map."""
        tell_properties(self.deck.core_properties, made)

    def write(self) -> None:
        self._first()
        for place, part in enumerate(self.made.parts):
            self.heading = part.heading or self.made.title
            blocks = part.blocks
            if place == 0 and not part.heading and isinstance(blocks[0], MapBlock):
                blocks = blocks[1:]  # it stands on the first slide
            for block in blocks:
                self.block(block)
            self._say_lead()

    def _first(self) -> None:
        made = self.made
        slide = self._slide(TITLE, "")
        size = next(size for longest, size in TITLES if len(made.title) <= longest)
        self._fill(slide.shapes.title.text_frame, [made.title], size=size, bold=True)
        told = " · ".join((made.kind, *identity(made)))
        self._fill(slide.placeholders[1].text_frame, [told], size=16)
        first = made.parts[0].blocks[0] if made.parts and made.parts[0].blocks else None
        if isinstance(first, MapBlock):
            self._put(slide, map_picture(first, width=MAP), AT["right"])
        self._notes(slide, [made.citation])

    # ------------------------------------------------------------ small things

    def _slide(self, layout: int, title: str) -> Any:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        slide.shapes.title.text = title
        return slide

    def _notes(self, slide: Any, texts: Sequence[str]) -> None:
        told = list(dict.fromkeys(filter(None, texts)))
        if told:
            slide.notes_slide.notes_text_frame.text = "\n".join(told)

    def _body(self, slide: Any, texts: Sequence[str], *, size: float, bullets: bool = True) -> None:
        frame = slide.placeholders[1].text_frame
        self._fill(frame, texts, size=size)
        if not bullets:
            for paragraph in frame.paragraphs:
                told = paragraph._p.get_or_add_pPr()
                told.set("marL", "0")
                told.set("indent", "0")
                told.insert(0, told.makeelement(f"{{{A}}}buNone", {}))

    def _fill(
        self, frame: Any, texts: Sequence[str], *, size: float, bold: bool = False, colour: str = ""
    ) -> None:
        frame.word_wrap = True
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold = text, Pt(size), bold or None
            run._r.get_or_add_rPr().set("lang", f"{self.made.lang}-CA")
            if colour:
                run.font.color.rgb = _colour(colour)

    def _box(
        self, slide: Any, at: Sequence[float], texts: Sequence[str], *, size: float,
        bold: bool = False, colour: str = "",
    ) -> Any:  # fmt: skip
        shape = slide.shapes.add_textbox(*map(Mm, at))
        self._fill(shape.text_frame, texts, size=size, bold=bold, colour=colour)
        return shape

    def _put(self, slide: Any, picture: Picture, at: Sequence[float]) -> None:
        """Put a picture in the middle of a box, with what it shows in words."""
        left, top, wide, tall = at
        w, h = picture.within(wide, tall)
        place = (left + (wide - w) / 2, top + (tall - h) / 2, w, h)
        shape = slide.shapes.add_picture(io.BytesIO(picture.content), *map(Mm, place))
        shape._element.nvPicPr.cNvPr.set("descr", picture.alt)

    def _say_lead(self) -> None:
        """Put what was said on slides of its own."""
        lines, self.lead = self.lead, []
        for start in range(0, len(lines), LINES):
            some = lines[start : start + LINES]
            slide = self._slide(CONTENT, self._continued(start > 0))
            self._body(slide, some, size=24 if sum(map(len, some)) < 520 else 20)

    def _continued(self, again: bool) -> str:
        if not again:
            return self.heading
        return say("print.continued", lang=self.made.lang, heading=self.heading)

    def _above(self, slide: Any) -> Sequence[float]:
        """Write what was said above a drawing, where it is short; give the room that is left."""
        text = " ".join(self.lead)
        if not self.lead or len(text) > SHORT:
            return AT["whole"]
        self._box(slide, AT["above"], [text], size=18)
        self.lead = []
        return AT["below"]

    # ------------------------------------------------------------ blocks

    @singledispatchmethod
    def block(self, block: Block) -> None:
        """Write one block."""
        raise TypeError(type(block))

    @block.register
    def _(self, block: FiguresBlock) -> None:
        for start in range(0, len(block.items), CARDS):
            items = block.items[start : start + CARDS]
            slide = self._slide(TITLE_ONLY, self._continued(start > 0))
            across = 1 if len(items) == 1 else 2 if len(items) in (2, 4) else 3
            down = -(-len(items) // across)
            left, top, wide, tall = AT["whole"]
            w, h = wide / across, min(tall / down, 62.0)
            for place, item in enumerate(items):
                x, y = left + place % across * w, top + place // across * h
                self._card(slide, item, (x + 2, y + 2, w - 4, h - 4))
            self._notes(slide, [item.sentence.text for item in items])

    def _card(self, slide: Any, item: KeyFigure, at: Sequence[float]) -> None:
        has_value = item.figure.status.has_value
        shape = self._box(slide, at, [item.label], size=14, bold=True)
        shape.line.color.rgb = _colour(LIGHT.line)
        shape.line.width = Pt(0.75)
        frame = shape.text_frame
        frame.vertical_anchor = MSO_ANCHOR.TOP
        said = item.value if has_value else item.status_text
        self._more(frame, said, size=30 if has_value and len(said) < 16 else 18,
                   bold=has_value, colour=LIGHT.accent if has_value else LIGHT.ink_soft)  # fmt: skip
        if item.interval:
            self._more(frame, item.interval, size=12, colour=LIGHT.ink_soft)
        for one in item.against[:2]:
            self._more(frame, beside(one, lang=self.made.lang), size=12, colour=LIGHT.other)

    def _more(self, frame: Any, text: str, *, size: float, colour: str, bold: bool = False) -> None:
        run = frame.add_paragraph().add_run()
        run.text, run.font.size, run.font.bold = text, Pt(size), bold or None
        run.font.color.rgb = _colour(colour)
        run._r.get_or_add_rPr().set("lang", f"{self.made.lang}-CA")

    @block.register
    def _(self, block: SentencesBlock) -> None:
        if block.lead:
            self.lead.append(block.lead)
        self.lead += [one.text for one in block.sentences]

    @block.register
    def _(self, block: ChartBlock) -> None:
        chart = block.chart
        if len(" ".join(self.lead)) > SHORT:
            self._say_lead()
        slide = self._slide(TITLE_ONLY, self.heading)
        said = list(self.lead)
        at = self._above(slide)
        left, top, wide, tall = at
        self._box(slide, (left, top, wide, 10), [chart.title], size=16, bold=True)
        room = (left, top + 11, wide, tall - 20)
        if (made := native(chart, letters=1400)) is not None:
            frame = slide.shapes.add_chart(
                XL_CHART_TYPE.BAR_CLUSTERED, *map(Mm, room), _placeholder_data()
            )
            _replace(frame, made.xml, made.workbook)
            frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
        else:
            self._put(slide, chart_picture(block, width=DRAWN), room)
        self._box(
            slide, (left, top + tall - 9, wide, 8), [chart.foot], size=10, colour=LIGHT.ink_soft
        )
        self._notes(slide, [*said, chart.subtitle, chart.alt, chart.foot])

    @block.register
    def _(self, block: MapBlock) -> None:
        if len(" ".join(self.lead)) > SHORT:
            self._say_lead()
        slide = self._slide(TITLE_ONLY, self.heading)
        at = self._above(slide)
        left, top, wide, tall = at
        self._box(slide, (left, top, wide, 10), [block.title], size=16, bold=True)
        picture = map_picture(block, width=MAP)
        self._put(slide, picture, (left, top + 11, wide, tall - 11))
        self._notes(slide, [picture.alt])

    @block.register
    def _(self, block: TableBlock) -> None:
        self._say_lead()
        table = block.table
        for start in range(0, len(table.rows), ROWS):
            slide = self._slide(TITLE_ONLY, self._continued(start > 0))
            self._box(slide, (*AT["whole"][:3], 10), [table.caption], size=14, bold=True)
            self._rows(slide, table, table.rows[start : start + ROWS])

    def _rows(self, slide: Any, table: Table, rows: Sequence[Sequence[Cell]]) -> None:
        left, top, wide, _ = AT["whole"]
        frame = slide.shapes.add_table(
            len(rows) + 1,
            len(table.columns),
            Mm(left),
            Mm(top + 11),
            Mm(wide),
            Mm(10 * (len(rows) + 1)),
        )
        made = frame.table
        for column, part in zip(made.columns, table.wide, strict=True):
            column.width = Mm(wide * part)
        for place, name in enumerate(table.columns):
            self._cell(made.cell(0, place), name, head=True)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                self._cell(made.cell(number, place), cell.text, italic=cell.missing)

    def _cell(self, cell: Any, text: str, *, head: bool = False, italic: bool = False) -> None:
        cell.margin_top = cell.margin_bottom = Mm(1)
        run = cell.text_frame.paragraphs[0].add_run()
        run.text, run.font.size, run.font.italic = text.replace("\n", " · "), Pt(12), italic or None
        run.font.bold = head or None

    @block.register
    def _(self, block: TextBlock) -> None:
        for one in block.paragraphs:
            told = say("print.quoted", lang=self.made.lang, text=one) if block.quoted else one
            self.lead.append(told)
        if block.by:
            self.lead.append(f"— {block.by}")
        if block.warning:
            self.lead.append(block.warning)

    @block.register
    def _(self, block: PhotoBlock) -> None:
        self._say_lead()
        slide = self._slide(TITLE_ONLY, self.heading)
        photo = block.photo
        picture = Picture(photo.content, block.alt, float(photo.wide), float(photo.tall))
        self._put(slide, picture, AT["whole"])
        self._notes(slide, [block.alt, block.by])

    @block.register
    def _(self, block: PlacesBlock) -> None:
        if block.map is not None:
            self.block(block.map)
        for group in block.groups:
            heading, names = places_of(group, most=MOST_NAMES, lang=self.made.lang)
            self.lead.append(f"{heading.rstrip()} {', '.join(names)}")
        self._say_lead()

    @block.register
    def _(self, block: SourcesBlock) -> None:
        self._say_lead()
        lang = self.made.lang
        lines = [
            say("print.source_line", lang=lang, title=s.title, publisher=s.publisher)
            + f". {say('print.licence_line', lang=lang, licence=s.licence)}"
            for s in block.sources
        ]
        for start in range(0, len(lines), ROWS):
            slide = self._slide(CONTENT, self._continued(start > 0))
            self._body(slide, [*lines[start : start + ROWS]], size=14)
            self._notes(slide, [block.citation, *block.notes])

    @block.register
    def _(self, block: PageBreak) -> None:
        self._say_lead()


def _placeholder_data() -> Any:
    data = CategoryChartData()
    data.categories = ["—"]
    data.add_series("—", (0.0,))
    return data


def _replace(frame: Any, xml: bytes, workbook: bytes) -> None:
    """Put our chart, with its intervals and its own numbers, in the place of a plain one."""
    part = frame.chart.part
    part.chart_workbook.update_from_xlsx_blob(workbook)
    held = part._element.find(f"{{{C}}}externalData")
    fresh = type(part).load(part.partname, part.content_type, part.package, xml)._element
    for old in fresh.findall(f"{{{C}}}externalData"):
        fresh.remove(old)
    fresh.append(held)
    part._element = fresh
