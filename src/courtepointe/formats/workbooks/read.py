"""One door for people's workbooks: tell what a file is by its first bytes, and read all of it."""

from __future__ import annotations

import io
import zipfile

from courtepointe.core.errors import BadInput
from courtepointe.formats import archives
from courtepointe.formats.tables.read import kind_of
from courtepointe.formats.workbooks.limits import LIMITS, Limits
from courtepointe.formats.workbooks.ods import read_ods
from courtepointe.formats.workbooks.others import (
    is_old_document,
    is_open_table,
    refuse_archive,
    refuse_what_is_no_table,
)
from courtepointe.formats.workbooks.text import read_text
from courtepointe.formats.workbooks.values import Workbook
from courtepointe.formats.workbooks.xls import read_xls
from courtepointe.formats.workbooks.xlsx import WORKBOOK, read_xlsx

READ = "XLSX, XLS, ODS, CSV, TSV"


def read_workbook(content: bytes, *, file: str, limits: Limits = LIMITS) -> Workbook:
    """Read an XLSX, XLS, ODS, CSV or TSV file whole, with all its sheets.

    Parameters
    ----------
    content : bytes
        What the file holds decides what it is; its name is for messages.
    file : str
    limits : Limits

    Returns
    -------
    Workbook
        Typed cells where they stand; nothing is interpreted yet.

    Raises
    ------
    BadInput
        ``file_empty``, ``file_too_large``, ``file_is_pdf``, ``file_is_image``, ``file_is_document``,
        ``file_is_archive``, ``not_a_table``, ``web_page_instead``, those of `archives.open_zip`,
        ``workbook_locked``, ``broken_workbook``, ``workbook_too_wide``, ``text_not_decodable``,
        ``broken_quotes``.
    """
    if not content:
        raise BadInput("file_empty", file=file)
    if len(content) > limits.file_bytes:
        raise archives.too_large(file, len(content), limit_bytes=limits.file_bytes)
    refuse_what_is_no_table(content, file=file, expected=READ)
    kind = kind_of(content[:4096], name=file, expected=READ)
    if kind == "text":
        return read_text(content, file=file, limits=limits)
    if kind == "sheet":
        return _old_sheet(content, file, limits)
    names = _members(content, file) if kind == "zip" else set()
    if WORKBOOK in names:
        return read_xlsx(content, file=file, limits=limits)
    if is_open_table(content, names):
        return read_ods(content, file=file, limits=limits)
    if kind == "zip":
        refuse_archive(names, file=file, expected=READ)
    raise BadInput("not_a_table", file=file, expected=READ)


def _old_sheet(content: bytes, file: str, limits: Limits) -> Workbook:
    try:
        return read_xls(content, file=file, limits=limits)
    except BadInput as error:
        if error.code == "broken_workbook" and is_old_document(content):
            raise BadInput("file_is_document", file=file, expected=READ) from error
        raise


def _members(content: bytes, file: str) -> set[str]:
    """List an archive's members; what its list of contents may be damaged to is met here."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BadInput("zip_broken", file=file, detail=str(error)) from error
