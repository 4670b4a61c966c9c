"""A Word document being written: its styles, margins, small things, pictures and tables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as DocxPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from courtepointe.press.forms.native import C, Native
from courtepointe.press.forms.office import FACE, tell_properties
from courtepointe.press.forms.pictures import Picture
from courtepointe.press.palette import LIGHT
from courtepointe.press.publication.values import (
    Cell,
    Publication,
    Table,
)
from courtepointe.press.templates.values import Paper
from courtepointe.press.words import say

WIDE, TALL = 165.0, 200.0
"""Room on a page, in millimetres, whichever the paper."""
PAPERS = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
MOST_COLUMNS = 5
"""Of a table in letters of the usual size; more are set smaller, so that no word is cut."""
MAP_TALL = 130.0
CATEGORY_MM = 8.0
AFTER_LOOK = ("w:tblCaption", "w:tblDescription")
AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", *AFTER_LOOK)
"""What stands after the lines of a table, in the order that the standard gives."""
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EMU_A_MM = 36_000


def _colour(hexadecimal: str) -> RGBColor:
    colour: RGBColor = RGBColor.from_string(hexadecimal[1:].upper())
    return colour


class Sheet:
    """A document with its styles, and what is put in it piece by piece."""

    def __init__(self, made: Publication, *, paper: str = Paper.A4) -> None:
        self.made = made
        self.paper = PAPERS[Paper(paper)]
        self.doc: Any = Document()
        self.n_drawings = 0
        self._styles()
        tell_properties(self.doc.core_properties, made)
        self._margins()

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

    def _margins(self) -> None:
        section = self.doc.sections[0]
        section.page_width, section.page_height = map(Mm, self.paper)
        section.left_margin = section.right_margin = Mm((self.paper[0] - WIDE) / 2)
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

    def say(self, key: str, **slots: object) -> str:
        return say(f"print.{key}", lang=self.made.lang, **slots)

    def para(
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

    def new_page(self) -> None:
        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def heading(self, text: str, *, level: int = 1, new_page: bool = False) -> None:
        """Write a heading; one that begins a page leaves no empty line above it."""
        made = self.doc.add_heading(text, level=level)
        made.paragraph_format.page_break_before = new_page or None

    def picture(self, picture: Picture, *, tall: float = TALL) -> None:
        wide, high = picture.within(min(WIDE, picture.wide * 1.05), tall)
        paragraph = self.doc.add_paragraph()
        shape = paragraph.add_run().add_picture(
            io.BytesIO(picture.content), width=Mm(wide), height=Mm(high)
        )
        self.describe(shape._inline.docPr, picture.alt)

    def describe(self, properties: Any, alt: str) -> None:
        self.n_drawings += 1
        properties.set("id", str(self.n_drawings))
        properties.set("name", f"{self.say('picture')} {self.n_drawings}")
        properties.set("descr", alt)

    def native(self, chart: Native, alt: str) -> None:
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
            f'<a:graphic><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" '
            f'xmlns:r="{RELATIONS}" r:id="{shown}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
        self.doc.add_paragraph().add_run()._r.append(drawing)
        self.describe(drawing.find(f".//{qn('wp:docPr')}"), alt)

    # ------------------------------------------------------------ tables

    def table(self, table: Table) -> None:
        self.doc.add_paragraph(table.caption, style="Caption")
        self.rows(table.columns, table.rows, table.wide)

    def rows(
        self, columns: Sequence[str], rows: Sequence[Sequence[Cell]], wide: Sequence[float]
    ) -> None:
        made = self.doc.add_table(rows=1, cols=len(columns))
        made.style = self.doc.styles["Table Grid"]
        made.autofit = False
        made._tbl.tblPr.insert_element_before(_borders(), *AFTER_BORDERS)
        made._tbl.tblPr.insert_element_before(_edges(), "w:tblLook", *AFTER_LOOK)
        # Word reads the width of each cell, the other programs that of the columns.
        for column, part in zip(made.columns, wide, strict=True):
            column.width = Mm(WIDE * part)
        self._fill(made.rows[0], [Cell(name) for name in columns], wide, head=True)
        for row in rows:
            self._fill(made.add_row(), row, wide)
        # Two tables that follow one another would be read as one; a whole empty line would be seen.
        between = self.doc.add_paragraph().paragraph_format
        between.line_spacing, between.space_after = Pt(8), Pt(0)

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
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
            run = paragraph.add_run(cell.text)
            run.font.size = Pt(9.5 if len(cells) <= MOST_COLUMNS else 8.5)
            run.bold = head
            run.italic = cell.missing or None


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


def _edges() -> Any:
    """Leave a little room at the sides of a cell: what Word leaves takes a fifth of a narrow column."""
    edges = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "60")
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    return edges


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
