"""Word, PowerPoint and Excel as their own libraries read them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from pptx import Presentation
from pptx.util import Emu, Mm

from courtepointe.atlas.recipe.values import Words
from courtepointe.press.forms.native import native
from courtepointe.press.forms.slides import write_pptx
from courtepointe.press.forms.word import write_docx
from courtepointe.press.forms.workbook import write_xlsx
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import Material, set_material
from courtepointe.press.publication.values import (
    ChartBlock,
    Part,
    Publication,
    TableBlock,
    TextBlock,
)
from courtepointe.press.templates import template

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def annex(french: Material) -> Publication:
    return compose(template("dossier"), french)


@pytest.fixture(scope="module")
def assembly(french: Material) -> Publication:
    return compose(template("assemblee"), french)


@pytest.fixture(scope="module")
def word(annex: Publication) -> bytes:
    return write_docx(annex)


@pytest.fixture(scope="module")
def slides(assembly: Publication) -> bytes:
    return write_pptx(assembly)


@pytest.fixture(scope="module")
def workbook(portrait: Publication) -> bytes:
    return write_xlsx(portrait)


def charts_of(content: bytes) -> Iterator[tuple[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if re.search(r"/charts/chart\w*\.xml$", name):
                yield name, etree.fromstring(archive.read(name))


def charts(made: Publication) -> list[ChartBlock]:
    return [b for part in made.parts for b in part.blocks if isinstance(b, ChartBlock)]


# ---------------------------------------------------------------- Word


def test_word_has_real_headings_and_captions(word: bytes, annex: Publication) -> None:
    doc = Document(io.BytesIO(word))
    by_style: dict[str, list[str]] = {}
    for paragraph in doc.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert by_style["Title"] == [annex.title]
    headings = [part.heading for part in annex.parts if part.heading]
    assert by_style["Heading 1"][: len(headings)] == headings
    assert any(text.startswith("Les chiffres clés") for text in by_style["Caption"])
    assert doc.core_properties.title == annex.title
    assert doc.core_properties.language == "fr-CA"


def test_word_tables_can_be_edited_and_repeat_their_head(word: bytes, annex: Publication) -> None:
    doc = Document(io.BytesIO(word))
    told = next(b.table for p in annex.parts for b in p.blocks if isinstance(b, TableBlock))
    table = doc.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == list(told.columns)
    assert len(table.rows) == len(told.rows) + 1
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.cell(1, 1).text == told.rows[0][1].text


def test_columns_of_word_are_as_wide_for_every_program(word: bytes, annex: Publication) -> None:
    told = next(b.table for p in annex.parts for b in p.blocks if isinstance(b, TableBlock))
    table = Document(io.BytesIO(word)).tables[0]
    grid = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    assert [one / sum(grid) for one in grid] == pytest.approx(told.wide, abs=0.01)
    assert [cell.width for cell in table.rows[1].cells] == [one.width for one in table.columns]
    names = [etree.QName(one).localname for one in table._tbl.tblPr]
    order = ["tblStyle", "tblW", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
    assert [one for one in names if one in order] == order, "Word asks for this order"


def test_a_part_of_word_begins_its_page_without_an_empty_line(annex: Publication) -> None:
    parts = (
        Part("a", "Un", (TextBlock(("un",)),)),
        Part("b", "Deux", (TextBlock(("deux",)),), new_page=True),
    )
    doc = Document(io.BytesIO(write_docx(replace(annex, parts=parts))))
    heading = next(one for one in doc.paragraphs if one.text == "Deux")
    assert heading.paragraph_format.page_break_before
    assert all(one.text for one in doc.paragraphs)


def test_who_said_it_stays_with_what_was_said(annex: Publication) -> None:
    quote = TextBlock(("On se connaît tous.",), quoted=True, by="Force – Atelier")
    parts = (Part("a", "Un", (quote, TextBlock(("Seul.",)))),)
    doc = Document(io.BytesIO(write_docx(replace(annex, parts=parts))))
    kept = {one.text: one.paragraph_format.keep_with_next for one in doc.paragraphs}
    assert kept["On se connaît tous."] and not kept["— Force – Atelier"] and not kept["Seul."]


def test_word_is_on_the_paper_that_is_asked(annex: Publication) -> None:
    some = replace(annex, parts=annex.parts[:1])
    for paper, wide in (("a4", 210.0), ("letter", 215.9)):
        section = Document(io.BytesIO(write_docx(some, paper=paper))).sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        assert section.page_width.mm == pytest.approx(wide, abs=0.1)
        assert Emu(room).mm == pytest.approx(165.0, abs=0.1)


def test_every_drawing_of_word_is_said_in_words(word: bytes) -> None:
    doc = Document(io.BytesIO(word))
    told = list(doc.element.body.iter(qn("wp:docPr")))
    assert len(told) > 5
    assert all(len(one.get("descr") or "") > 20 for one in told)
    assert len({one.get("id") for one in told}) == len(told)


def test_word_charts_stand_again_to_be_edited(word: bytes, annex: Publication) -> None:
    made = dict(charts_of(word))
    assert len(made) == len(charts(annex))
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        sheets = [name for name in archive.namelist() if name.endswith(".xlsx")]
        assert len(sheets) == len(made)
        for sheet in sheets:
            assert openpyxl.load_workbook(io.BytesIO(archive.read(sheet))).active.max_row > 1


@pytest.mark.parametrize("write", [write_docx, write_pptx, write_xlsx])
def test_the_same_publication_gives_the_same_bytes(annex: Publication, write: Any) -> None:
    some = replace(annex, parts=annex.parts[:4])
    assert write(some) == write(some)


# ---------------------------------------------------------------- charts that can be edited


def test_an_editable_chart_holds_the_figures_and_their_intervals(
    slides: bytes, assembly: Publication
) -> None:
    told = {block.chart.title: block.chart for block in charts(assembly)}
    deck = Presentation(io.BytesIO(slides))
    seen = 0
    for slide in deck.slides:
        frames = [shape for shape in slide.shapes if shape.has_chart]
        titles = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
        for frame in frames:
            chart = next(told[title] for title in titles if title in told)
            here = [s for s in frame.chart.plots[0].series if s.name == chart.here]
            if not here:
                continue  # a pyramid: men and women
            seen += 1
            values = [row.figure.value for row in reversed(chart.rows)]
            assert list(here[0].values) == pytest.approx(values)
            ends = here[0]._element.find(f"{CHART}errBars")
            known = any(row.figure.low is not None for row in chart.rows)
            assert (ends is not None) is known
            if ends is not None:
                plus = [float(v.text) for v in ends.findall(f"{CHART}plus//{CHART}v")]
                gaps = [
                    (row.figure.high or 0) - (row.figure.value or 0) if row.figure.high is not None else 0.0
                    for row in reversed(chart.rows)
                ]  # fmt: skip
                assert plus == pytest.approx(gaps, abs=1e-9)
    assert seen >= 4


def test_children_of_a_series_stand_in_the_order_that_office_programs_ask(slides: bytes) -> None:
    order = ["idx", "order", "tx", "spPr", "invertIfNegative", "dLbls", "errBars", "cat", "val"]
    for name, xml in charts_of(slides):
        for series in xml.iter(f"{CHART}ser"):
            found = [etree.QName(child).localname for child in series]
            assert found == sorted(found, key=order.index), name


def test_a_missing_value_stays_empty_and_its_label_says_why(
    hidden: Material, french: Material
) -> None:
    made = compose(template("assemblee"), french)
    block = charts(made)[1]
    rows = list(block.chart.rows)
    bare = replace(rows[0].figure, value=None, low=None, high=None, status=hidden.galley.figures[rows[0].figure.indicator].status)  # fmt: skip
    rows[0] = replace(rows[0], figure=bare, value_text="confidentiel")
    chart = replace(block.chart, rows=tuple(rows))
    part = replace(made.parts[3], blocks=(ChartBlock(chart),))
    deck = Presentation(io.BytesIO(write_pptx(replace(made, parts=(part,)))))
    frame = next(s for slide in deck.slides for s in slide.shapes if s.has_chart)
    plot = frame.chart.plots[0]
    assert list(plot.categories)[-1] == f"{rows[0].label} (confidentiel)"
    assert list(plot.series)[-1].values[-1] is None


# ---------------------------------------------------------------- PowerPoint


def test_slides_have_titles_notes_and_words_for_pictures(slides: bytes) -> None:
    deck = Presentation(io.BytesIO(slides))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, rel=0.01)
    for slide in deck.slides:
        assert slide.shapes.title.text.strip()
        for shape in slide.shapes:
            if shape.shape_type == 13 or shape.has_chart:
                told = shape._element.xpath(".//p:cNvPr/@descr")
                assert len(told[0]) > 20
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width + Mm(1)
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height + Mm(1)
    with_charts = [s for s in deck.slides if any(shape.has_chart for shape in s.shapes)]
    assert with_charts
    assert all("Source" in s.notes_slide.notes_text_frame.text for s in with_charts)


def test_no_slide_has_an_empty_place_and_the_master_holds_the_foot(
    slides: bytes, assembly: Publication
) -> None:
    deck = Presentation(io.BytesIO(slides))
    for slide in deck.slides:
        assert all(shape.text_frame.text.strip() for shape in slide.placeholders)
    told = "\n".join(s.text_frame.text for s in deck.slide_master.shapes if s.has_text_frame)
    assert assembly.foot in told and assembly.notice in told
    assert {layout.name for layout in deck.slide_layouts} == {
        "Title Slide", "Title and Content", "Title Only",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "shown"), [("fr", "«\u00a0Là, c’est œuvré\u00a0»"), ("en", "“Là, c’est œuvré”")]
)
def test_slides_quote_as_their_language_does(portrait: Publication, lang: str, shown: str) -> None:
    words = TextBlock(("Là, c’est œuvré",), by="Une tisserande", quoted=True)
    made = replace(portrait, lang=lang, parts=(Part("words", "Paroles", (words,)),))
    deck = Presentation(io.BytesIO(write_pptx(made)))
    told = [
        shape.text_frame.text for one in deck.slides for shape in one.shapes if shape.has_text_frame
    ]
    assert any(shown in text.replace("\u202f", "\u00a0") for text in told)


def test_a_whole_portrait_can_be_slides(portrait: Publication) -> None:
    some = replace(portrait, parts=portrait.parts[:4])
    deck = Presentation(io.BytesIO(write_pptx(some)))
    assert any(shape.has_table for slide in deck.slides for shape in slide.shapes)


@pytest.mark.parametrize("code", ["fiche", "assemblee"])
def test_a_name_of_300_letters_holds_in_every_office_form(hidden: Material, code: str) -> None:
    held, name = hidden.subject.portrait, ("Très-Long-Nom " * 30)[:300]
    named = replace(held, area=replace(held.area, name=Words(name, name), kind="drawn", key=None))
    made = compose(template(code), set_material(replace(hidden.subject, portrait=named), lang="fr"))
    deck = Presentation(io.BytesIO(write_pptx(made)))
    title = deck.slides[0].shapes.title
    (paragraph,) = title.text_frame.paragraphs
    assert name[:290] in paragraph.text
    assert paragraph.runs[0].font.size.pt <= 18
    assert name[:290] in Document(io.BytesIO(write_docx(made))).paragraphs[1].text
    openpyxl.load_workbook(io.BytesIO(write_xlsx(made)))


# ---------------------------------------------------------------- Excel


def test_excel_has_a_sheet_a_section_and_numbers_as_numbers(
    workbook: bytes, portrait: Publication
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    names = [sheet.heading[:31] for sheet in portrait.data if sheet.rows]
    assert book.sheetnames[0] == "À lire d’abord"
    assert book.sheetnames[1 : len(names) + 1] == names
    assert book.sheetnames[-1] == "Sources"
    for data in portrait.data:
        sheet = book[data.heading[:31]]
        head = [cell.value for cell in sheet[1]]
        for row, one in zip(sheet.iter_rows(min_row=2, values_only=True), data.rows, strict=True):
            told = dict(zip(head, row, strict=True))
            figure = one.row.figure
            assert told["Indicateur"] == one.row.label
            for name, value in (("Valeur", figure.value), ("Borne basse (95\xa0%)", figure.low),
                                ("Borne haute (95\xa0%)", figure.high)):  # fmt: skip
                if value is None:
                    assert told[name] is None
                else:
                    assert isinstance(told[name], int | float)
                    assert told[name] == pytest.approx(value)
            assert told["Statut"] == one.row.status_text
            assert told["Unité de mesure"] == one.unit


def test_no_cell_of_excel_is_a_formula_or_a_number_as_text(portrait: Publication) -> None:
    data = portrait.data[0]
    risky = replace(data.rows[0], row=replace(data.rows[0].row, label='=HYPERLINK("http://x")'))
    made = replace(portrait, data=(replace(data, rows=(risky, *data.rows[1:])), *portrait.data[1:]))
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(made)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert book[data.heading[:31]].cell(2, 1).value == '=HYPERLINK("http://x")'
    years = {2021, 2016}
    texts = [
        c.value for c in cells if c.data_type == "s" and re.fullmatch(r"[\d\u202f.,]+", c.value)
    ]
    assert all((text.isdigit() and int(text) in years) or text in ("2014",) for text in texts)


def test_missing_figures_have_a_status_and_no_number(hidden: Material) -> None:
    made = compose(template("fiche"), hidden)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(made)))
    for data in made.data:
        if not data.rows:
            continue
        sheet = book[data.heading[:31]]
        head = [cell.value for cell in sheet[1]]
        values = [row[head.index("Valeur")] for row in sheet.iter_rows(min_row=2, values_only=True)]
        statuses = [
            row[head.index("Statut")] for row in sheet.iter_rows(min_row=2, values_only=True)
        ]
        assert set(values) == {None}
        assert all("confidentiel" in status for status in statuses)


def test_sheets_of_the_same_long_name_are_told_apart(portrait: Publication) -> None:
    long = "Un nom de section : bien trop long [pour] Excel/Calc"
    data = tuple(replace(one, heading=long) for one in portrait.data[:2])
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(replace(portrait, data=data))))
    first, second = book.sheetnames[1:3]
    assert first != second
    assert len(second) <= 31 and second.endswith("2")


def test_bars_that_can_be_edited_begin_at_zero(word: bytes) -> None:
    seen = 0
    for _name, xml in charts_of(word):
        values = [float(one.text) for one in xml.iter(f"{CHART}v") if _is_number(one.text)]
        if min(values) < 0:
            continue  # a pyramid: men stand below zero
        seen += 1
        assert [one.get("val") for one in xml.findall(f".//{CHART}valAx/{CHART}scaling/{CHART}min")] == ["0"]  # fmt: skip
    assert seen > 2


def _is_number(text: str | None) -> bool:
    return text is not None and re.fullmatch(r"-?[0-9.e+-]+", text) is not None


def test_rows_on_scales_of_their_own_are_not_put_on_one_axis(annex: Publication) -> None:
    chart = next(one.chart for one in charts(annex) if native(one.chart) is not None and len(one.chart.rows) > 1)  # fmt: skip
    first, *rest = chart.rows
    mixed = replace(chart, rows=(replace(first, figure=replace(first.figure, unit="hours")), *rest))
    assert native(mixed) is None
