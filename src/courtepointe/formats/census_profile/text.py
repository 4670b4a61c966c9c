"""From bytes to words: cp1252 as the publisher writes it, or UTF-8 where the file is that."""

from __future__ import annotations

import codecs

from courtepointe.core.errors import BadInput

BOM = codecs.BOM_UTF8
_WRITTEN_HERE = (
    range(0x0600),
    range(0x1400, 0x1680),
    range(0x1E00, 0x1F00),
    range(0x2000, 0x2300),
)


class Decoder:
    """Decode the words of one file, all of them the same way.

    The first lines with an accent decide, a block of them together: UTF-8 where they are valid
    and give letters that a Canadian publisher writes, else cp1252. One word would not do:
    « cité » closed by a guillemet is, byte for byte, also one Chinese character in UTF-8.

    Parameters
    ----------
    file : str
        What errors call it.
    encoding : str or None
        ``"cp1252"``, ``"utf-8"``, ``"latin-1"``...; None: found out.
    """

    def __init__(self, file: str, encoding: str | None) -> None:
        self._file = file
        self.encoding = _known(encoding, file) if encoding is not None else None

    def learn(self, lines: bytes) -> None:
        """Decide from whole lines, once, if they have anything but ASCII."""
        if self.encoding is None and not lines.isascii():
            self.encoding = "utf-8" if _is_utf8(lines) else "cp1252"

    def words(self, raw: bytes, *, row: int, column: str) -> str:
        """Decode a field's bytes, doubled quotes undone.

        Raises
        ------
        BadInput
            ``census_profile_encoding``: these bytes are not of the file's encoding.
        """
        if b'"' in raw:
            raw = raw.replace(b'""', b'"')
        if raw.isascii():
            return raw.decode("ascii")
        self.learn(raw)
        try:
            return raw.decode(self.encoding or "cp1252")
        except UnicodeDecodeError as error:
            raise BadInput(
                "census_profile_encoding",
                file=self._file,
                row=row,
                column=column,
                value=raw.decode("ascii", "backslashreplace"),
                expected=self.encoding,
            ) from error


def _known(encoding: str, file: str) -> str:
    """Give a codec's name; the lines are cut as bytes, so it must write ASCII as itself."""
    try:
        found = codecs.lookup(encoding)
        if found.encode('",0')[0] == b'",0':
            return found.name
    except (LookupError, TypeError):
        pass
    raise BadInput("census_profile_encoding_unknown", file=file, value=encoding)


def _is_utf8(raw: bytes) -> bool:
    """Tell valid UTF-8 that gives Latin letters, Canadian syllabics and punctuation."""
    try:
        letters = set(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False
    return all(any(ord(one) in block for block in _WRITTEN_HERE) for one in letters)
