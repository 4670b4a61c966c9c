"""From bytes to words: cp1252 as the publisher writes it, or UTF-8 where the file is that."""

from __future__ import annotations

import codecs

from courtepointe.core.errors import BadInput

BOM = codecs.BOM_UTF8


class Decoder:
    """Decode the words of one file, all of them the same way.

    The first words with an accent decide: they are UTF-8, or else cp1252 (accented cp1252 text is
    practically never valid UTF-8). An encoding given, or a byte order mark, decides before.

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
        if self.encoding is None:
            self.encoding = "utf-8" if _is_utf8(raw) else "cp1252"
        try:
            return raw.decode(self.encoding)
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
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        raise BadInput("census_profile_encoding_unknown", file=file, value=encoding) from error


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
