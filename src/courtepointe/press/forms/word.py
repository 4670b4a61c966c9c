"""A publication as Word: real styles, headings, captions, tables that can be edited.

Charts stand as pictures, with their intervals and in words; after the sources, each chart that an
office program can draw stands again, to be edited.
"""

from __future__ import annotations

import io
from functools import singledispatchmethod

from docx.shared import Mm

from courtepointe.press.document.values import KeyFigure
from courtepointe.press.forms.native import Native, native
from courtepointe.press.forms.pictures import Picture, chart_picture, map_picture
from courtepointe.press.forms.settled import settled
from courtepointe.press.forms.word_sheet import MAP_TALL, WIDE, Sheet
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
    Role,
    SentencesBlock,
    SourcesBlock,
    TableBlock,
    TextBlock,
)
from courtepointe.press.templates.values import Paper
from courtepointe.press.words import say

DRAWN = 620.0
MOST_NAMES = 24


def write_docx(made: Publication, *, paper: str = Paper.A4) -> bytes:
    """Write a publication as a Word document; the same publication gives the same bytes."""
    writer = _Writer(made, paper=paper)
    writer.write()
    out = io.BytesIO()
    writer.doc.save(out)
    return settled(out.getvalue())


class _Writer(Sheet):
    """A publication being written from the top down."""

    def __init__(self, made: Publication, *, paper: str) -> None:
        super().__init__(made, paper=paper)
        self.editable: list[tuple[str, Native, str]] = []

    def write(self) -> None:
        made = self.made
        if made.notice:
            self.para(made.notice, bold=True, colour=LIGHT.caution)
        self.doc.add_paragraph(made.title, style="Title")
        self.doc.add_paragraph(made.kind, style="Subtitle")
        self.para(" · ".join(identity(made)), soft=True)
        for part in made.parts:
            if part.heading:
                self.heading(part.heading, new_page=part.new_page)
            elif part.new_page:
                self.new_page()
            for block in part.blocks:
                self.block(block)
        self._editable_charts()

    def _editable_charts(self) -> None:
        if not self.editable:
            return
        self.heading(self.say("editable_charts"), new_page=True)
        self.para(self.say("editable_note"), soft=True)
        for title, chart, alt in self.editable:
            self.doc.add_heading(title, level=2)
            self.native(chart, alt)

    # ------------------------------------------------------------ blocks

    @singledispatchmethod
    def block(self, block: Block) -> None:
        """Write one block."""
        raise TypeError(type(block))

    @block.register
    def _(self, block: FiguresBlock) -> None:
        lang = self.made.lang
        names = [say(f"column.{name}", lang=lang) for name in ("indicator", "value", "interval")]
        compared = any(item.against for item in block.items)
        if compared:
            names.append(say("column.against", lang=lang))
        rows = [self._key_row(item, compared=compared) for item in block.items]
        self.rows(names, rows, (0.34, 0.18, 0.2, 0.28) if compared else (0.46, 0.24, 0.3))

    def _key_row(self, item: KeyFigure, *, compared: bool) -> list[Cell]:
        said = item.value if item.figure.status.has_value else item.status_text
        cells = [Cell(item.label), Cell(said, item.figure), Cell(item.interval)]
        told = [beside(one, lang=self.made.lang) for one in item.against]
        return [*cells, Cell("\n".join(told))] if compared else cells

    @block.register
    def _(self, block: SentencesBlock) -> None:
        if block.lead:
            self.para(block.lead, bold=bool(block.sentences))
        for one in block.sentences:
            if block.role is not Role.FINDING:
                self.para(one.text, soft=True)
            elif block.lead:
                self.para(one.text, style="List Bullet")
            else:
                self.para(one.text, italic=one.kind == "missing")

    @block.register
    def _(self, block: ChartBlock) -> None:
        self.picture(chart_picture(block, width=DRAWN))
        if (made := native(block.chart)) is not None:
            self.editable.append((block.chart.title, made, block.chart.alt))

    @block.register
    def _(self, block: MapBlock) -> None:
        if block.wide:
            self.picture(map_picture(block, width=DRAWN))
            return
        self.doc.add_paragraph(block.title, style="Caption")
        self.picture(map_picture(block, width=360.0), tall=MAP_TALL)

    @block.register
    def _(self, block: TableBlock) -> None:
        self.table(block.table)

    @block.register
    def _(self, block: TextBlock) -> None:
        for one in block.paragraphs:
            said = self.para(one, style="Quote" if block.quoted else "Normal")
            # Who said it stands on the page of what was said.
            said.paragraph_format.keep_with_next = bool(block.by) or None
        if block.by:
            self.para(f"— {block.by}", soft=True)
        if block.warning:
            self.para(block.warning, bold=True, colour=LIGHT.caution)

    @block.register
    def _(self, block: PhotoBlock) -> None:
        photo = block.photo
        picture = Picture(photo.content, block.alt, float(photo.wide), float(photo.tall))
        wide, tall = picture.within(WIDE, MAP_TALL)
        shape = self.doc.add_paragraph().add_run().add_picture(
            io.BytesIO(photo.content), width=Mm(wide), height=Mm(tall)
        )  # fmt: skip
        self.describe(shape._inline.docPr, block.alt)
        if block.by:
            self.doc.add_paragraph(block.by, style="Caption")

    @block.register
    def _(self, block: PlacesBlock) -> None:
        if block.map is not None:
            self.block(block.map)
        for group in block.groups:
            heading, names = places_of(group, most=MOST_NAMES, lang=self.made.lang)
            paragraph = self.doc.add_paragraph()
            paragraph.add_run(heading).bold = True
            paragraph.add_run(" · ".join(names))

    @block.register
    def _(self, block: SourcesBlock) -> None:
        for source in block.sources:
            told = [self.say("source_line", title=source.title, publisher=source.publisher)]
            if source.date_published:
                told[0] += f", {source.date_published}"
            told[0] += "."
            if not block.short:
                told += [source.attributed, self.say("licence_line", licence=source.licence)]
                told += [source.page or ""]
            self.para(" ".join(filter(None, told)), style="List Bullet")
        if block.notes:
            self.doc.add_heading(self.say("notes_title"), level=2)
            for note in block.notes:
                self.para(note, style="List Bullet")
        self.doc.add_heading(self.say("cite"), level=2)
        self.para(block.citation)

    @block.register
    def _(self, block: PageBreak) -> None:
        self.new_page()
