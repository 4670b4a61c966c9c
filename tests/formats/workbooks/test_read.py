"""Workbooks of every kind, with the cells that people's spreadsheets hold."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from typing import Any

import pytest
from tests.support.people_files import Percent, ods, ods_table, xls, xlsx

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import Workbook, read_workbook

ROWS = [
    ["Nom", "Tél.", "Inscription", "Actif"],
    ["Nœud d’Ève – ᐃᓄᒃ", 5145551234, dt.date(2025, 12, 31), True],
    ["Zoé", "#N/A", None, False],
]
READ = (
    ("Nom", "Tél.", "Inscription", "Actif"),
    ("Nœud d’Ève – ᐃᓄᒃ", 5145551234, dt.date(2025, 12, 31), True),
    ("Zoé", "#N/A", None, False),
)


def read(content: bytes, file: str = "liste") -> Workbook:
    return read_workbook(content, file=file)


@pytest.mark.parametrize(
    "make", [xlsx, xls, lambda sheets: ods(ods_table("Liste", sheets["Liste"]))]
)
def test_xlsx_xls_and_ods_read_alike(make) -> None:  # type: ignore[no-untyped-def]
    workbook = read(make({"Liste": ROWS}))
    assert workbook.sheets[0].name == "Liste"
    assert workbook.sheets[0].rows == READ


@pytest.mark.parametrize(
    "make", [xlsx, xls, lambda sheets: ods(ods_table("Liste", sheets["Liste"]))]
)
def test_a_number_shown_in_percent_is_read_as_it_is_seen(make) -> None:  # type: ignore[no-untyped-def]
    rows = [["Part", 0.12], [Percent(0.12), Percent(0.07)], [Percent(0.125), None, Percent(1.5)]]
    assert read(make({"Liste": rows})).sheets[0].rows == (
        ("Part", 0.12),
        (12, 7),
        (12.5, None, 150),
    )


def test_a_percent_sign_that_is_only_written_multiplies_nothing() -> None:
    def finish(book: Any) -> None:
        book["S"]["A1"].number_format = '0" %"'
        book["S"]["B1"].number_format = "0\\%"
        book["S"]["C1"].number_format = "[Red]0.00%;-0.00%"

    assert read(xlsx({"S": [[12, 12, 0.5]]}, finish)).sheets[0].rows == ((12, 12, 50),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_in_any_encoding_with_any_delimiter(encoding: str, delimiter: str) -> None:
    lines = (("Nom", "Note"), ("Nœud – ᐃ", f"a{delimiter}b"), ("D’Or", "deux\nlignes"))
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    workbook = read(text.encode(encoding))
    assert workbook.sheets[0].rows == lines
    assert workbook.delimiter == delimiter and workbook.kind == "text"


def test_cp1252_is_read_and_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    text = 'Liste des bénévoles, 2025\n\nNom;Montant;Note\nÈve;1,5;"a\nb"\nZoé – œ;2,5;c\n'
    workbook = read(text.encode("cp1252"))
    assert (workbook.encoding, workbook.delimiter) == ("cp1252", ";")
    rows = workbook.sheets[0].rows
    assert rows[1] == () and rows[3] == ("Ève", "1,5", "a\nb") and rows[4][0] == "Zoé – œ"


def test_the_line_that_excel_writes_for_itself_is_no_row() -> None:
    assert read(b"sep=|\nNom|Note\na,b;c|d\n").sheets[0].rows == (("Nom", "Note"), ("a,b;c", "d"))


def test_broken_quotes_are_refused_with_their_row() -> None:
    with pytest.raises(BadInput) as raised:
        read(b'Nom;Note\na;b\n"c" d;e\n')
    assert raised.value.code == "broken_quotes" and raised.value.facts["row"] == 3


def test_errors_keep_their_places_in_xlsx_even_alone_in_a_row_or_at_its_end() -> None:
    rows = [["Nom", "Tél.", "X"], ["a", 1, "#REF!"], [None, "#N/A"], [], ["#DIV/0!"]]
    read_rows = read(xlsx({"S": rows})).sheets[0].rows
    assert read_rows == (("Nom", "Tél.", "X"), ("a", 1, "#REF!"), (None, "#N/A"), (), ("#DIV/0!",))


def test_hidden_sheets_rows_and_merged_cells_are_told() -> None:
    def finish(book) -> None:  # type: ignore[no-untyped-def]
        book["Listes"].sheet_state = "veryHidden"
        book["S"].row_dimensions[2].hidden = True
        book["S"].merge_cells("A1:B1")

    told = read(xlsx({"S": [["T", None], ["a", "b"], ["c", "d"]], "Listes": [["x"]]}, finish))
    assert [sheet.hidden for sheet in told.sheets] == [False, True]
    assert told.sheets[0].hidden_rows == (2,) and told.sheets[0].merged == ((0, 0, 0, 1),)
    old = read(xls({"S": [["T"], ["a"]], "L": [["x"]]}, hidden=["L"], merged={"S": [(0, 0, 0, 1)]}))
    assert [sheet.hidden for sheet in old.sheets] == [False, True]
    assert old.sheets[0].merged == ((0, 0, 0, 1),)


def test_an_ods_tells_hidden_tables_spans_repeats_times_and_notes_apart() -> None:
    styles = (
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    )
    cells = [
        [
            '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>',
            "<table:covered-table-cell/>",
            '<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"/>',
        ],
        ['<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>'],
        ['<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'],
        ['<table:table-cell table:number-columns-repeated="16384"/>'],
    ]  # fmt: skip
    workbook = read(ods(ods_table("A", cells) + ods_table("B", [["x"]], style="h"), styles=styles))
    first, second = workbook.sheets
    assert first.rows == (("a  b\nc", None, dt.time(9, 30)), (7, 7), ("#N/A",))
    assert first.merged == ((0, 0, 0, 1),) and second.hidden and not first.hidden


def test_the_calendar_of_1904_is_told() -> None:
    assert read(xls({"S": [["a"]]}, from_1904=True)).from_1904
    assert not read(xls({"S": [["a"]]})).from_1904


def zipped(*names: str, said: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, said)
    return out.getvalue()


def test_a_table_that_begins_with_the_letters_of_another_kind_is_read() -> None:
    assert read(b"PDF;GIF;%\n1;2;3\n").sheets[0].rows[0] == ("PDF", "GIF", "%")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"<!DOCTYPE html><table>", "web_page_instead"),
        (b"PAR1....", "not_a_table"),
        (b"%PDF-1.4\n1 0 obj", "file_is_pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.7", "file_is_pdf"),
        (b"\x89PNG\r\n\x1a\n", "file_is_image"),
        (b"\xff\xd8\xff\xe0", "file_is_image"),
        (b"\x00\x00\x00\x18ftypheic", "file_is_image"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "file_is_image"),
        (b"{\\rtf1 Bonjour}", "file_is_document"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"), "file_is_document"),
        (zipped("word/document.xml"), "file_is_document"),
        (zipped("mimetype", "content.xml", said="application/vnd.oasis.opendocument.text"), "file_is_document"),
        (zipped("liste.csv"), "file_is_archive"),
        (zipped("xl/workbook.bin", "xl/worksheets/sheet1.bin"), "not_a_table"),
        (zipped("Index/Document.iwa", "preview.jpg"), "not_a_table"),
        (b"PK\x03\x04 cut", "zip_broken"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "broken_workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "workbook_locked"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(BadInput) as raised:
        read(content, "photo.xlsx")
    assert raised.value.code == code and raised.value.facts["file"] == "photo.xlsx"


@pytest.mark.parametrize("held", ["WordDocument", "PowerPoint Document"])
def test_an_old_excel_that_holds_a_document_is_read(held: str) -> None:
    assert read(xls({"Liste": ROWS}) + held.encode("utf-16-le")).sheets[0].rows == READ


def test_an_ods_under_a_password_is_refused() -> None:
    with pytest.raises(BadInput, match="workbook_locked"):
        read(ods("", extra=b"<manifest:encryption-data/>"))


@pytest.mark.parametrize(
    "make", [xlsx, xls, lambda sheets: ods(ods_table("Liste", sheets["Liste"]))]
)
@pytest.mark.parametrize("seed", range(3))
def test_damaged_bytes_are_refused_by_name_or_read(make, seed: int) -> None:  # type: ignore[no-untyped-def]
    chance = random.Random(seed)
    whole = make({"Liste": ROWS})
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            assert isinstance(read(bytes(damaged)), Workbook)
        except BadInput as error:
            assert error.facts["file"] == "liste"
