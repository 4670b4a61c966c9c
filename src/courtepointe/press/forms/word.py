"""A publication as Word: real styles, headings, captions, tables that can be edited.

Charts stand as pictures, with their intervals and in words; after the sources, each chart that an
office program can draw stands again, to be edited.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import singledispatchmethod
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as DocxPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from courtepointe.press.document.values import KeyFigure
from courtepointe.press.forms.native import Native, native
from courtepointe.press.forms.pictures import Picture, chart_picture, map_picture
from courtepointe.press.forms.settled import settled
from courtepointe.press.numbers import date_text, plural
from courtepointe.press.palette import LIGHT
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

FACE = "Calibri"
"""What every office program has, or draws with letters of the same width."""
WIDE, TALL = 165.0, 200.0
"""Room on a page, in millimetres."""
MAP_TALL = 110.0
CATEGORY_MM = 8.0
DRAWN = 620.0
MOST_NAMES = 24
NO_CLOCK = datetime(2000, 1, 1, tzinfo=UTC)
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EMU_A_MM = 36_000


def write_docx(made: Publication) -> bytes:
    """Write a publication as a Word document; the same publication gives the same bytes."""
    writer = _Writer(made)
    writer.write()
    out = io.BytesIO()
    writer.doc.save(out)
    return settled(out.getvalue())


def _colour(hexadecimal: str) -> RGBColor:
    colour: RGBColor = RGBColor.from_string(hexadecimal[1:].upper())
    return colour


class _Writer:
    """A document being written from the top down."""

    def __init__(self, made: Publication) -> None:
        self.made = made
        self.doc: Any = Document()
        self.n_drawings = 0
        self.editable: list[tuple[str, Native, str]] = []
        self._styles()
        self._properties()
        self._margins()

    # ------------------------------------------------------------ the whole

    def write(self) -> None:
        made = self.made
        if made.notice:
            self._para(made.notice, bold=True, colour=LIGHT.caution)
        self.doc.add_paragraph(made.title, style="Title")
        self.doc.add_paragraph(made.kind, style="Subtitle")
        told = [self._pair(term.term, term.text) for term in made.identity]
        if made.dated:
            told.append(self._say("dated", date=date_text(made.dated, lang=made.lang)))
        self._para(" · ".join(told), soft=True)
        for part in made.parts:
            if part.new_page:
                self._break()
            if part.heading:
                self.doc.add_heading(part.heading, level=1)
            for block in part.blocks:
                self.block(block)
        self._editable_charts()

    def _editable_charts(self) -> None:
        if not self.editable:
            return
        self._break()
        self.doc.add_heading(self._say("editable_charts"), level=1)
        self._para(self._say("editable_note"), soft=True)
        for title, chart, alt in self.editable:
            self.doc.add_heading(title, level=2)
            self._native(chart, alt)

    # ------------------------------------------------------------ set-up

    def _styles(self) -> None:
        styles = self.doc.styles
        for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "Quote", "List Bullet"):  # fmt: skip
            style = styles[name]
            style.font.name = FACE
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                if fonts.get(qn(kind)) is not None:
                    del fonts.attrib[qn(kind)]
            for kind in ("w:ascii", "w:hAnsi", "w:cs"):
                fonts.set(qn(kind), FACE)
            if name != "Caption":
                style.font.color.rgb = _colour(LIGHT.ink)
        styles["Normal"].font.size = Pt(11)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        styles["Title"].font.size = Pt(26)
        styles["Heading 1"].font.size = Pt(17)
        styles["Heading 1"].font.color.rgb = _colour(LIGHT.accent)
        styles["Heading 2"].font.size = Pt(13)
        styles["Caption"].font.size = Pt(9.5)
        styles["Caption"].font.color.rgb = _colour(LIGHT.ink_soft)
        styles["Caption"].paragraph_format.keep_with_next = True
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), f"{self.made.lang}-CA")
        styles["Normal"].element.get_or_add_rPr().append(language)

    def _properties(self) -> None:
        made, told = self.made, self.doc.core_properties
        day = date.fromisoformat(made.dated) if made.dated else None
        stamp = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else NO_CLOCK
        told.title, told.author, told.language = made.title, "Courtepointe", f"{made.lang}-CA"
        told.subject, told.comments, told.keywords = made.kind, made.foot, made.pack_hash
        told.created = told.modified = stamp
        told.last_modified_by = "Courtepointe"

    def _margins(self) -> None:
        section = self.doc.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        foot = section.footer.paragraphs[0]
        foot.style = self.doc.styles["Footer"]
        if self.made.notice:
            foot.add_run(self.made.notice).bold = True
            foot.add_run().add_break()
        foot.add_run(f"{self.made.foot} · ")
        before, _, rest = say("print.page", lang=self.made.lang, n="\0", all="\1").partition("\0")
        between, _, after = rest.partition("\1")
        foot.add_run(before)
        self._field(foot, "PAGE")
        foot.add_run(between)
        self._field(foot, "NUMPAGES")
        foot.add_run(after)
        for run in foot.runs:
            run.font.size = Pt(8.5)

    def _field(self, paragraph: Any, code: str) -> None:
        """Write a field that the program fills in: a page number."""
        for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
            run = paragraph.add_run()
            run.font.size = Pt(8.5)
            if kind == "text":
                run.text = text
            elif text:
                told = OxmlElement("w:instrText")
                told.set(qn("xml:space"), "preserve")
                told.text = f" {text} "
                run._r.append(told)
            else:
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._r.append(mark)

    # ------------------------------------------------------------ small things

    def _say(self, key: str, **slots: object) -> str:
        return say(f"print.{key}", lang=self.made.lang, **slots)

    def _pair(self, name: str, value: str) -> str:
        return say("compare.plain", lang=self.made.lang, name=name, value=value)

    def _para(
        self, text: str, *, style: str = "Normal", soft: bool = False, bold: bool = False,
        italic: bool = False, colour: str = "",
    ) -> Any:  # fmt: skip
        paragraph = self.doc.add_paragraph(style=style)
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None
        if soft:
            run.font.size = Pt(9.5)
        if soft or colour:
            run.font.color.rgb = _colour(colour or LIGHT.ink_soft)
        return paragraph

    def _break(self) -> None:
        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _picture(self, picture: Picture, *, tall: float = TALL) -> None:
        wide, high = picture.within(min(WIDE, picture.wide * 1.05), tall)
        paragraph = self.doc.add_paragraph()
        shape = paragraph.add_run().add_picture(
            io.BytesIO(picture.content), width=Mm(wide), height=Mm(high)
        )
        self._describe(shape._inline.docPr, picture.alt)

    def _describe(self, properties: Any, alt: str) -> None:
        self.n_drawings += 1
        properties.set("id", str(self.n_drawings))
        properties.set("name", f"{self._say('picture')} {self.n_drawings}")
        properties.set("descr", alt)

    def _native(self, chart: Native, alt: str) -> None:
        """Put an editable chart in the text: its part, its workbook, and the frame that shows it."""
        number = self.n_drawings + 1
        package = self.doc.part.package
        sheet = DocxPart(
            PackURI(f"/word/embeddings/chart{number}.xlsx"), SHEET_TYPE, chart.workbook, package
        )
        place = PackURI(f"/word/charts/chart{number}.xml")
        part = DocxPart(place, CHART_TYPE, b"", package)
        held = part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
        part._blob = _with_workbook(chart.xml, held)
        shown = self.doc.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        wide = round(WIDE * EMU_A_MM)
        tall = round(min(40.0 + CATEGORY_MM * chart.n_categories, TALL) * EMU_A_MM)
        drawing = parse_xml(
            '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{tall}"/>'
            '<wp:docPr id="0" name=""/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" '
            f'xmlns:r="{RELATIONS}" r:id="{shown}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
        self.doc.add_paragraph().add_run()._r.append(drawing)
        self._describe(drawing.find(f".//{qn('wp:docPr')}"), alt)

    # ------------------------------------------------------------ tables

    def _table(self, table: Table) -> None:
        self.doc.add_paragraph(table.caption, style="Caption")
        self._rows(table.columns, table.rows, table.wide)

    def _rows(
        self, columns: Sequence[str], rows: Sequence[Sequence[Cell]], wide: Sequence[float]
    ) -> None:
        made = self.doc.add_table(rows=1, cols=len(columns))
        made.style = self.doc.styles["Table Grid"]
        made._tbl.tblPr.append(_borders())
        made.autofit = False
        self._fill(made.rows[0], [Cell(name) for name in columns], wide, head=True)
        for row in rows:
            self._fill(made.add_row(), row, wide)
        self.doc.add_paragraph()

    def _fill(
        self, row: Any, cells: Sequence[Cell], wide: Sequence[float], *, head: bool = False
    ) -> None:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if head:
            properties.append(OxmlElement("w:tblHeader"))
        for target, cell, part in zip(row.cells, cells, wide, strict=True):
            target.width = Mm(WIDE * part)
            if head:
                target._tc.get_or_add_tcPr().append(_ground(LIGHT.raised))
            paragraph = target.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            run = paragraph.add_run(cell.text)
            run.font.size = Pt(9.5)
            run.bold = head
            if cell.figure is not None and not cell.figure.status.has_value:
                run.italic = True

    # ------------------------------------------------------------ blocks

    @singledispatchmethod
    def block(self, block: Block) -> None:
        """Write one block."""
        raise TypeError(type(block))

    @block.register
    def _(self, block: FiguresBlock) -> None:
        lang = self.made.lang
        names = [say(f"column.{name}", lang=lang) for name in ("indicator", "value", "interval")]
        beside = any(item.against for item in block.items)
        if beside:
            names.append(say("column.against", lang=lang))
        rows = [self._key_row(item, beside=beside) for item in block.items]
        self._rows(names, rows, (0.34, 0.18, 0.2, 0.28) if beside else (0.46, 0.24, 0.3))

    def _key_row(self, item: KeyFigure, *, beside: bool) -> list[Cell]:
        said = item.value if item.figure.status.has_value else item.status_text
        cells = [Cell(item.label), Cell(said, item.figure), Cell(item.interval)]
        told = [
            self._pair(one.name, one.value) + (f" ({one.verdict_text})" if one.verdict_text else "")
            for one in item.against
        ]
        return [*cells, Cell("\n".join(told))] if beside else cells

    @block.register
    def _(self, block: SentencesBlock) -> None:
        if block.lead:
            self._para(block.lead, bold=bool(block.sentences))
        for one in block.sentences:
            if block.role is not Role.FINDING:
                self._para(one.text, soft=True)
            elif block.lead:
                self._para(one.text, style="List Bullet")
            else:
                self._para(one.text, italic=one.kind == "missing")

    @block.register
    def _(self, block: ChartBlock) -> None:
        self._picture(chart_picture(block, width=DRAWN))
        if (made := native(block.chart)) is not None:
            self.editable.append((block.chart.title, made, block.chart.alt))

    @block.register
    def _(self, block: MapBlock) -> None:
        self.doc.add_paragraph(block.title, style="Caption")
        self._picture(map_picture(block, width=420.0), tall=MAP_TALL)

    @block.register
    def _(self, block: TableBlock) -> None:
        self._table(block.table)

    @block.register
    def _(self, block: TextBlock) -> None:
        for one in block.paragraphs:
            self._para(one, style="Quote" if block.quoted else "Normal")
        if block.by:
            self._para(f"— {block.by}", soft=True)
        if block.warning:
            self._para(block.warning, bold=True, colour=LIGHT.caution)

    @block.register
    def _(self, block: PhotoBlock) -> None:
        photo = block.photo
        picture = Picture(photo.content, block.alt, float(photo.wide), float(photo.tall))
        wide, tall = picture.within(WIDE, MAP_TALL)
        shape = self.doc.add_paragraph().add_run().add_picture(
            io.BytesIO(photo.content), width=Mm(wide), height=Mm(tall)
        )  # fmt: skip
        self._describe(shape._inline.docPr, block.alt)
        if block.by:
            self.doc.add_paragraph(block.by, style="Caption")

    @block.register
    def _(self, block: PlacesBlock) -> None:
        if block.map is not None:
            self.block(block.map)
        for group in block.groups:
            names, left = group.told(most=MOST_NAMES)
            if left:
                names = (*names, plural("print.places_more", left, lang=self.made.lang))
            paragraph = self.doc.add_paragraph()
            heading = f"{group.heading} ({len(group.names)})"
            paragraph.add_run(self._pair(heading, "")).bold = True
            paragraph.add_run(" · ".join(names))

    @block.register
    def _(self, block: SourcesBlock) -> None:
        for source in block.sources:
            told = [self._say("source_line", title=source.title, publisher=source.publisher)]
            if source.date_published:
                told[0] += f", {source.date_published}"
            told[0] += "."
            if not block.short:
                told += [source.attribution, self._say("licence_line", licence=source.licence)]
                told += [source.page or ""]
            self._para(" ".join(filter(None, told)), style="List Bullet")
        if block.notes:
            self.doc.add_heading(self._say("notes_title"), level=2)
            for note in block.notes:
                self._para(note, style="List Bullet")
        self.doc.add_heading(self._say("cite"), level=2)
        self._para(block.citation)

    @block.register
    def _(self, block: PageBreak) -> None:
        self._break()


def _borders() -> Any:
    """Give the quiet lines of a table: between rows only."""
    lines = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        across = side in ("top", "bottom", "insideH")
        line.set(qn("w:val"), "single" if across else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), LIGHT.line[1:])
        lines.append(line)
    return lines


def _ground(colour: str) -> Any:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour[1:])
    return shade


def _with_workbook(xml: bytes, relation: str) -> bytes:
    """Tell a chart where its numbers are."""
    told = f'<c:externalData xmlns:r="{RELATIONS}" r:id="{relation}"><c:autoUpdate val="0"/></c:externalData>'
    start = xml.find(b"<c:externalData")
    if start >= 0:
        stop = xml.find(b"</c:externalData>", start) + len(b"</c:externalData>")
        return xml[:start] + told.encode() + xml[stop:]
    # Of what may follow, only what a person would print stands after it.
    place = next(p for tag in (b"<c:userShapes", b"</c:chartSpace>") if (p := xml.rfind(tag)) >= 0)
    return xml[:place] + told.encode() + xml[place:]
