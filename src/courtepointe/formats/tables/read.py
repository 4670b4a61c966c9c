"""One door for all tables: tell what a file is by its first bytes, and read it."""

from __future__ import annotations

import io
from pathlib import Path, PurePosixPath
from typing import IO

from courtepointe.core.errors import BadInput
from courtepointe.formats import archives
from courtepointe.formats.tables.csv_text import read_csv
from courtepointe.formats.tables.parquet import read_parquet
from courtepointe.formats.tables.sheets import read_sheet
from courtepointe.formats.tables.values import Table

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
SHEET_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
PARQUET_SUFFIXES = (".parquet", ".pq", ".geoparquet")
ALL_SUFFIXES = TEXT_SUFFIXES + SHEET_SUFFIXES + PARQUET_SUFFIXES
EXPECTED = {"text": TEXT_SUFFIXES, "sheet": SHEET_SUFFIXES, "parquet": PARQUET_SUFFIXES}

OLD_SHEET_MAGIC = b"\xd0\xcf\x11\xe0"


def read_table(
    path: Path | str,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    member: str | None = None,
) -> Table:
    """Read a CSV, XLSX or Parquet file, alone or in a zip.

    Parameters
    ----------
    path : path
    encoding : str, optional
        Of a CSV; else UTF-8 where every byte of the file allows it, else cp1252.
    sheet : str, optional
        Of a workbook that has several sheets with content.
    member : str, optional
        Of a zip that holds several tables.

    Returns
    -------
    Table
        Text columns for CSV and XLSX, the file's own types for Parquet.

    Raises
    ------
    BadInput
        Naming file, row, found and expected; nothing is half read.
    """
    path = archives.check_file(path)
    kind = kind_of(archives.first_bytes(path), name=path.name)
    if kind == "zip" and not _is_workbook(path):
        return _read_zipped(path, encoding=encoding, sheet=sheet, member=member)
    kind = "sheet" if kind == "zip" else kind
    _check_suffix(path.name, kind)
    if kind == "text":
        return read_csv(lambda: path.open("rb"), file=path.name, encoding=encoding)
    if kind == "sheet":
        archives.check_file(path, limit_bytes=archives.MEMORY_LIMIT_BYTES)
        return read_sheet(path.read_bytes(), file=path.name, sheet=sheet)
    with path.open("rb") as stream:
        return read_parquet(stream, file=path.name)


def kind_of(start: bytes, *, name: str, expected: str = "CSV, XLSX, Parquet") -> str:
    """Tell ``text``, ``sheet``, ``parquet`` or ``zip`` from a file's first bytes.

    Raises
    ------
    BadInput
        ``web_page_instead``, ``not_a_table``.
    """
    if start[:4] in (archives.ZIP_MAGIC, archives.EMPTY_ZIP_MAGIC):
        return "zip"
    if start[:4] == OLD_SHEET_MAGIC:
        return "sheet"
    if start[:4] == b"PAR1":
        return "parquet"
    if start.lstrip(b"\xef\xbb\xbf \r\n\t")[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise BadInput("web_page_instead", file=name)
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput("not_a_table", file=name, expected=expected)
    return "text"


def _check_suffix(name: str, kind: str) -> None:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in ALL_SUFFIXES and suffix not in EXPECTED[kind]:
        raise BadInput("not_what_its_name_says", file=name, found=kind, expected=suffix)


def _is_workbook(path: Path) -> bool:
    with archives.open_zip(path) as archive:
        names = set(archive.namelist())
    return "xl/workbook.xml" in names or {"mimetype", "content.xml"} <= names


def _read_zipped(
    path: Path, *, encoding: str | None, sheet: str | None, member: str | None
) -> Table:
    with archives.open_zip(path) as archive:
        name = archives.one_member(archive, file=path.name, suffixes=ALL_SUFFIXES, member=member)
        shown = f"{path.name}/{name}"
        with archive.open(name) as stream:
            kind = kind_of(stream.read(4096), name=shown)
        kind = "sheet" if kind == "zip" else kind
        _check_suffix(name, kind)

        def again() -> IO[bytes]:
            return archive.open(name)

        if kind == "text":
            return read_csv(again, file=shown, encoding=encoding)
        size, limit = archive.getinfo(name).file_size, archives.MEMORY_LIMIT_BYTES
        if size > limit:
            raise archives.too_large(shown, size, limit_bytes=limit)
        content = archive.read(name)
        if kind == "sheet":
            return read_sheet(content, file=shown, sheet=sheet)
        return read_parquet(io.BytesIO(content), file=shown)
