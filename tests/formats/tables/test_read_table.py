"""Any table: what the world writes as CSV, XLSX and Parquet, and what is refused by name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.support.workbooks import workbook

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables import read_table

Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def refused(path: Path, **options: str) -> BadInput:
    with pytest.raises(BadInput) as raised:
        read_table(path, **options)  # type: ignore[arg-type]
    return raised.value


def test_numbers_stay_the_text_they_are(write: Write) -> None:
    table = read_table(write("a.csv", b"CTUID,pop\n4620001.00,0012\n4620002.00,\n"))
    assert table.columns == ("CTUID", "pop")
    assert table.texts("CTUID") == ("4620001.00", "4620002.00")
    assert table.texts("pop") == ("0012", "")
    assert table.row_numbers.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_found_and_told(write: Write, encoding: str, found: str) -> None:
    text = "nom,n\nCœur-de-l’Île – nord,3\n"
    table = read_table(write("a.csv", text.encode(encoding)))
    assert table.columns == ("nom", "n")
    assert table.texts("nom") == ("Cœur-de-l’Île – nord",)
    assert table.encoding == found


def test_an_encoding_that_is_asked_for_is_used_or_refused(write: Write) -> None:
    path = write("a.csv", "nom\nÎle\n".encode("cp1252"))
    assert read_table(path, encoding="cp1252").texts("nom") == ("Île",)
    error = refused(path, encoding="utf-8")
    assert error.code == "text_not_decodable"
    assert refused(path, encoding="klingon").code == "text_not_decodable"


def test_bytes_that_no_encoding_allows_are_refused(write: Write) -> None:
    assert refused(write("a.csv", b"a,b\n\x81,2\n")).code == "text_not_decodable"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(write: Write, mark: str) -> None:
    text = f'a{mark}b\n1{mark}"x, y; z"\n'
    table = read_table(write("a.csv", text.encode()))
    assert table.columns == ("a", "b")
    assert table.texts("b") == ("x, y; z",)


def test_decimal_commas_do_not_make_columns(write: Write) -> None:
    table = read_table(write("a.csv", b"a;b\n1,5;2,5\n3,5;4,5\n"))
    assert table.texts("b") == ("2,5", "4,5")


def test_a_single_column_is_a_table(write: Write) -> None:
    assert read_table(write("a.csv", b"code\nA1\nA2\n")).texts("code") == ("A1", "A2")


def test_blank_lines_are_left_out_and_counted(write: Write) -> None:
    table = read_table(write("a.csv", b"\na,b\n1,2\n,\n3,4\n , \n\n,\n"))
    assert table.texts("a") == ("1", "3")
    assert table.n_blank_rows == 4
    assert table.row_numbers.tolist() == [3, 5]


def test_quoted_cells_keep_their_line_ends_and_rows_their_numbers(write: Write) -> None:
    table = read_table(write("a.csv", b'a,b\n"one\ntwo",2\n3,4\n'))
    assert table.texts("a") == ("one\ntwo", "3")
    assert table.row_numbers.tolist() == [2, 4]


def test_repeated_and_empty_names_are_told_apart_and_reported(write: Write) -> None:
    table = read_table(write("a.csv", b"SYMBOL,SYMBOL,SYMBOL_2,,SYMBOL\n1,2,3,4,5\n"))
    assert table.columns == ("SYMBOL", "SYMBOL_3", "SYMBOL_2", "column_4", "SYMBOL_4")
    assert table.renamed == (
        ("SYMBOL", "SYMBOL_3"),
        ("", "column_4"),
        ("SYMBOL", "SYMBOL_4"),
    )


def test_a_ragged_row_is_refused_by_number(write: Write) -> None:
    error = refused(write("a.csv", b"a,b,c\n1,2,3\n4,5\n"))
    assert error.code == "ragged_row"
    assert error.facts == {"file": "a.csv", "row": 3, "found": 2, "expected": 3}


def test_quotes_that_do_not_close_are_refused(write: Write) -> None:
    error = refused(write("a.csv", b'a,b\n1,2\n3,"4\n'))
    assert (error.code, error.facts["row"]) == ("broken_quotes", 3)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.csv", b"\n\n,,\n", "table_without_header"),
        ("a.csv", b"a,b\n,\n", "table_without_rows"),
        ("a.csv", b"<!DOCTYPE html><html>404", "web_page_instead"),
        ("a.csv", b"\x7fELF\x00\x00\x01", "not_a_table"),
        ("a.csv", b"PAR1 and more", "not_what_its_name_says"),
        ("a.xlsx", b"a,b\n1,2\n", "not_what_its_name_says"),
        ("a.parquet", b"a,b\n1,2\n", "not_what_its_name_says"),
        ("a.parquet", b"PAR1 cut", "broken_parquet"),
        ("a.zip", b"PK\x03\x04 cut", "zip_broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0 cut", "broken_workbook"),
    ],
)
def test_what_is_no_table_is_refused(write: Write, name: str, content: bytes, code: str) -> None:
    assert refused(write(name, content)).code == code


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "file_is_folder"
    assert refused(tmp_path / "none.csv").code == "file_missing"


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_zip_with_one_table_is_read(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        **{"folder/t.csv": b"a\n1\n", "readme.pdf": b"x", "__MACOSX/t.csv": b"y"},
    )
    table = read_table(path)
    assert table.texts("a") == ("1",)
    assert table.file == "a.zip/folder/t.csv"


def test_a_zip_with_two_tables_wants_a_choice(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"x/t.csv": b"a\n1\n", "x/u.csv": b"a\n2\n"})
    error = refused(path)
    assert (error.code, error.facts["found"]) == ("zip_which_member", "x/t.csv, x/u.csv")
    assert read_table(path, member="u.csv").texts("a") == ("2",)
    assert refused(path, member="v.csv").code == "zip_no_member"


def test_a_zip_without_table_is_refused(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path / "a.zip", **{"readme.pdf": b"x"})).code == "zip_no_member"


def test_a_zip_holds_workbooks_and_parquet_too(tmp_path: Path) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"n": [1, 2]}), sink)
    content = sink.getvalue().to_pybytes()
    path = zipped(tmp_path / "a.zip", **{"t.parquet": content})
    assert read_table(path).texts("n") == ("1", "2")
    book = zipped(tmp_path / "b.zip", **{"t.xlsx": workbook({"s": [["a"], [1]]})})
    assert read_table(book).texts("a") == ("1",)


def test_cells_of_a_workbook_are_text_without_invented_decimals(write: Write) -> None:
    rows: list[list[object]] = [
        ["code", "n", "share", "day", "ok"],
        ["4620001.00", 12, 12.5, "date:44927", True],
        [],
        ["x", 3.0, None, "date:44927.5", False],
    ]
    table = read_table(write("a.xlsx", workbook({"s": rows})))
    assert table.texts("code") == ("4620001.00", "x")
    assert table.texts("n") == ("12", "3")
    assert table.texts("share") == ("12.5", "")
    assert table.texts("day") == ("2023-01-01", "2023-01-01T12:00:00")
    assert table.texts("ok") == ("true", "false")
    assert table.row_numbers.tolist() == [2, 4]
    assert table.n_blank_rows == 1


def test_several_sheets_want_a_choice_unless_one_has_content(write: Write) -> None:
    two = write("a.xlsx", workbook({"x": [["a"], [1]], "y": [["a"], [2]]}))
    assert refused(two).code == "which_sheet"
    assert read_table(two, sheet="y").texts("a") == ("2",)
    assert refused(two, sheet="z").facts["expected"] == "x, y"
    one = write("b.xlsx", workbook({"x": [], "y": [["a"], [2]]}))
    assert read_table(one).texts("a") == ("2",)


def test_a_workbook_without_content_is_refused(write: Write) -> None:
    assert refused(write("a.xlsx", workbook({"x": []}))).code == "table_without_header"
    assert refused(write("b.xlsx", workbook({"x": [["a"]]}))).code == "table_without_rows"


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"code": ["0012", None], "n": [1.5, 2.0]}), path)
    table = read_table(path)
    assert table.data.schema.field("n").type == pa.float64()
    assert table.texts("code") == ("0012", None)
    assert table.texts("n") == ("1.5", "2")


def test_an_unknown_column_names_those_there_are(write: Write) -> None:
    table = read_table(write("a.csv", b"a,b\n1,2\n"))
    with pytest.raises(BadInput) as raised:
        table.texts("c")
    assert raised.value.facts == {"file": "a.csv", "column": "c", "expected": "a, b"}


def test_rows_beyond_one_batch_are_all_there(write: Write) -> None:
    lines = "\n".join(f"{i},x" for i in range(50_001))
    table = read_table(write("a.csv", f"n,t\n{lines}\n".encode()))
    assert len(table) == 50_001
    assert table.texts("n")[-1] == "50000"
    assert table.row_numbers[-1] == 50_002
