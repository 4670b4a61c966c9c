"""A text that somebody wrote down: plain text, or a Word document -> its words, a paragraph a line."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from docx import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from courtepointe.core.errors import BadInput
from courtepointe.formats.archives import MEGABYTE, ZIP_MAGIC, open_zip

PLAIN = (".txt", ".text", ".md")
WORD = ".docx"
MOST_BYTES = 5 * MEGABYTE
MOST_UNPACKED = 60 * MEGABYTE
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_text(content: bytes, *, file: str) -> str:
    """Read a text.

    Parameters
    ----------
    content : bytes
        Plain text in UTF-8, UTF-16 with its mark, or Windows-1252; or a Word document (.docx).
    file : str
        What the person calls it, for messages.

    Returns
    -------
    str
        A paragraph a line; of a Word document also those of tables, in their order. Neither its comments, nor its
        author, nor what was crossed out.

    Raises
    ------
    BadInput
        ``text_file_heavy``, ``text_file_kind``, ``text_file_encoding``, ``text_file_broken``,
        ``text_file_empty``; as `open_zip`.
    """
    if len(content) > MOST_BYTES:
        megabytes = round(len(content) / MEGABYTE, 1)
        raise BadInput("text_file_heavy", file=file, value=megabytes, expected=MOST_BYTES // MEGABYTE)  # fmt: skip
    kind = PurePath(file).suffix.lower()
    if kind == WORD:
        text = _word(content, file)
    elif kind in PLAIN and not content.startswith(ZIP_MAGIC):
        text = _plain(content, file)
    else:
        raise BadInput("text_file_kind", file=file, expected=", ".join((*PLAIN, WORD)))
    if not text.strip():
        raise BadInput("text_file_empty", file=file)
    return text


def _plain(content: bytes, file: str) -> str:
    named = next((name for mark, name in MARKS if content.startswith(mark)), "")
    strange = content.find(b"\x00")
    if strange >= 0 and named != "utf-16":
        raise BadInput("text_file_encoding", file=file, value=strange + 1)
    for encoding in (named,) if named else ("utf-8", "cp1252"):
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            strange = error.start
    raise BadInput("text_file_encoding", file=file, value=strange + 1)


def _word(content: bytes, file: str) -> str:
    if not content.startswith(ZIP_MAGIC):
        raise BadInput("text_file_broken", file=file)
    with open_zip(io.BytesIO(content), limit_bytes=MOST_UNPACKED, file=file):
        pass
    try:
        held = Document(io.BytesIO(content))
        return "\n".join(line for part in held.iter_inner_content() for line in _lines(part))
    except (OpcError, LxmlError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise BadInput("text_file_broken", file=file) from error


def _lines(part: Paragraph | Table) -> list[str]:
    if isinstance(part, Paragraph):
        return [part.text]
    return [line for row in part.rows for cell in row.cells for one in cell.paragraphs for line in [one.text] if line]  # fmt: skip
