"""Files that people send for a table and that are none: told by what they hold, whatever their name says."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Set

from courtepointe.core.errors import BadInput

START = 1024
PDF = b"%PDF-"
IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
PHOTOS = frozenset({b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"})
"""What a telephone's picture says after its first four bytes."""
RICH_TEXT = b"{\\rtf"
OLD_WORD = "WordDocument".encode("utf-16-le")
OLD_SLIDES = "PowerPoint Document".encode("utf-16-le")
WRITTEN = frozenset({"word/document.xml", "ppt/presentation.xml"})
OTHER_TABLES = frozenset({"xl/workbook.bin", "Index/Document.iwa"})
"""A binary workbook of Excel, one of Numbers: tables that we do not read."""
OPEN_TABLE = b"application/vnd.oasis.opendocument.spreadsheet"


def refuse_what_is_no_table(content: bytes, *, file: str, expected: str) -> None:
    """Refuse a PDF, an image or a document of words; those of the old Word are told once no workbook is found in them.

    Raises
    ------
    BadInput
        ``file_is_pdf``, ``file_is_image``, ``file_is_document``.
    """
    start = content[:START].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(PDF):
        raise BadInput("file_is_pdf", file=file, expected=expected)
    if _is_image(content):
        raise BadInput("file_is_image", file=file, expected=expected)
    if start.startswith(RICH_TEXT):
        raise BadInput("file_is_document", file=file, expected=expected)


def refuse_archive(names: Set[str], *, file: str, expected: str) -> None:
    """Refuse a zip archive that is no workbook that we read: a document of words, a table of another kind, or files put together.

    Raises
    ------
    BadInput
        ``file_is_document``, ``not_a_table``, ``file_is_archive``.
    """
    if names & OTHER_TABLES:
        raise BadInput("not_a_table", file=file, expected=expected)
    if names & WRITTEN or "mimetype" in names:
        raise BadInput("file_is_document", file=file, expected=expected)
    raise BadInput("file_is_archive", file=file, expected=expected)


def is_open_table(content: bytes, names: Set[str]) -> bool:
    """Say whether an archive is a spreadsheet of OpenDocument; a text of it has the same members."""
    if not {"mimetype", "content.xml"} <= names:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("mimetype") as stream:
            said = stream.read(len(OPEN_TABLE))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError):
        return True  # Damaged, or under a password: the reader says which.
    return said == OPEN_TABLE or not said.startswith(b"application/vnd.oasis.")


def _is_image(content: bytes) -> bool:
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return content.startswith(IMAGES) or content[4:12] in PHOTOS or webp


def is_old_document(content: bytes) -> bool:
    """Say whether what is no old Excel is of the old Word or PowerPoint, which begin alike; a workbook may hold one of these."""
    return OLD_WORD in content or OLD_SLIDES in content
