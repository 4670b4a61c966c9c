"""A few thousand bytes that claim billions of cells are refused before room is made for them."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from tests.support.people_files import ods, xls, xlsx

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import Limits, read_workbook

SMALL = Limits(file_bytes=100_000, unpacked_bytes=100_000, cells=1_000, columns=60)


def refused(content: bytes, limits: Limits = SMALL) -> BadInput:
    with pytest.raises(BadInput) as raised:
        read_workbook(content, file="x", limits=limits)
    return raised.value


def changed(content: bytes, part: str, pattern: bytes, put: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(sink, "w", 8) as made:
        for name in held.namelist():
            data = held.read(name)
            made.writestr(name, re.sub(pattern, put, data) if name == part else data)
    return sink.getvalue()


def test_a_cell_far_away_is_refused_and_a_formatted_one_is_not() -> None:
    far = xlsx({"S": [["a"]]}, lambda book: book["S"].cell(1_048_576, 16_384, "b"))
    error = refused(far, Limits())
    assert error.code == "workbook_too_wide"
    assert (error.facts["found"], error.facts["columns"]) == (1_048_576, 16_384)

    def colour(book) -> None:  # type: ignore[no-untyped-def]
        book["S"].cell(1_048_576, 16_384).number_format = "0.00"

    assert read_workbook(xlsx({"S": [["a"]]}, colour), file="x").sheets[0].rows == (("a",),)


def test_rows_and_cells_that_do_not_say_where_they_stand_are_measured_too() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    plain = changed(xlsx({"S": [["a", "b"], ["c"]]}), sheet, rb' r="[A-Z]+\d+"', b"")
    rows = read_workbook(plain, file="x").sheets[0].rows
    assert rows == (("a", "b"), ("c",))
    far = changed(plain, sheet, rb'<row r="2"', b'<row r="1048576"')
    assert refused(far).code == "workbook_too_wide"


def test_a_place_cannot_hide_behind_a_quote() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    far = xlsx({"S": [["a"]]}, lambda book: book["S"].cell(900_000, 9_000, "b"))
    behind = changed(far, sheet, rb"<c (r=\"[A-Z]+900000\")", rb'<c x=">" \1')
    assert refused(behind).code == "broken_workbook"


def test_a_sheet_that_the_workbook_names_otherwise_is_measured_too() -> None:
    far = xlsx({"S": [["a"]]}, lambda book: book["S"].cell(900_000, 100, "b"))
    moved = changed(far, "xl/_rels/workbook.xml.rels", rb"worksheets/sheet1", b"Worksheets/Sheet1")
    assert refused(moved).code == "workbook_too_wide"


def test_repeated_cells_of_an_ods_are_refused_before_they_are_made() -> None:
    cell = '<table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1"/>'
    row = '<table:table table:name="T"><table:table-row table:number-rows-repeated="{}">{}</table:table-row></table:table>'
    assert refused(ods(row.format(1, cell.format(16_384)))).code == "workbook_too_wide"
    assert refused(ods(row.format(1_048_576, cell.format(2)))).code == "workbook_too_wide"
    blank = "<table:table-cell/>" + cell.format(1)
    assert len(read_workbook(ods(row.format(3, blank)), file="x", limits=SMALL).sheets[0].rows) == 3


def test_entities_of_an_ods_are_not_opened() -> None:
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    table = '<table:table table:name="T"><table:table-row><table:table-cell office:value-type="string"><text:p>&b;</text:p></table:table-cell></table:table-row></table:table>'
    content = changed(ods(table), "content.xml", rb"(<\?xml[^>]*>)", rb"\1" + lol.encode())
    try:
        rows = read_workbook(content, file="x").sheets[0].rows
    except BadInput as error:
        assert error.code == "broken_workbook"
    else:
        assert "aaaa" not in str(rows)


def test_bombs_and_large_files_are_refused_by_name() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    assert refused(sink.getvalue(), Limits()).code == "zip_bomb"
    assert refused(xlsx({"S": [["a" * 200_000 + str(n)] for n in range(9)]}), Limits(unpacked_bytes=100_000)).code == "zip_too_large"  # fmt: skip
    assert refused(b"a;b\n" * 100_000).code == "file_too_large"
    assert refused(b"a;b\n" * 900).code == "workbook_too_wide"
    assert refused(b";".join([b"a"] * 90)).code == "workbook_too_wide"
    assert refused(xls({"S": [["a"] * 90]})).code == "workbook_too_wide"


def test_an_archive_with_one_name_twice_is_refused() -> None:
    sink = io.BytesIO(xlsx({"S": [["a"]]}))
    with pytest.warns(UserWarning), zipfile.ZipFile(sink, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refused(sink.getvalue()).code == "broken_workbook"
