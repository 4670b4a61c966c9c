"""Texts and codes: letters repaired where two encodings were taken for each other."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from courtepointe.formats.workbooks import Value, text_of
from courtepointe.people.bringing.outcome import Good, Outcome, Reader, Setting, Wrong
from courtepointe.people.bringing.shape import Field

LOST = "\ufffd"
_INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u2060\ufeff\u00ad]")
_CONTINUES = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MIXED = re.compile(f"[ÃÂÅ][{_CONTINUES}]|â€[{_CONTINUES}]")
"""Two or three letters that are one letter of UTF-8, read as cp1252."""
TOO_FEW_DIGITS = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
"""What a spreadsheet shows of a long number in a narrow column, and writes so into a CSV."""


def text_reader(field: Field, setting: Setting) -> Reader:
    """Read a text: blanks in one, letters composed, lines kept where the field keeps them."""

    def read(value: Value) -> Outcome:
        raw = text_of(value)
        if LOST in raw:
            return Wrong("letters_lost")
        text, repaired = mended(raw)
        text = clean(text, lines=field.lines)
        if field.longest and len(text) > field.longest:
            return Wrong("too_long")
        if isinstance(value, dt.date):
            return Good(text, "date_as_text")
        return Good(text, "letters_repaired" if repaired else "")

    return read


def code_reader(field: Field, setting: Setting) -> Reader:
    """Read a code: blanks and dashes out; zeros that a spreadsheet dropped put back."""
    pattern = re.compile(field.pattern or ".+")

    def read(value: Value) -> Outcome:
        raw = text_of(value).strip()
        code = re.sub(r"[\s.\-–‑]", "", raw).upper()
        if TOO_FEW_DIGITS.fullmatch(raw):
            return Wrong("digits_lost")
        padded = code.zfill(field.digits) if code.isdigit() else code
        if not pattern.fullmatch(padded):
            return Wrong("not_a_code")
        return Good(padded, "zeros_restored" if padded != code else "")

    return read


def clean(text: str, *, lines: bool = False) -> str:
    """Compose letters, take out what cannot be seen, make one blank of several."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    if not lines:
        return " ".join(text.split())
    told = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in told.split("\n")).strip()


def mended(text: str) -> tuple[str, bool]:
    """Mend UTF-8 that was read as cp1252: ``FranÃ§ois`` becomes ``François``.

    Returns
    -------
    (text, whether it was mended)
        All of the text where all of it is UTF-8 read as cp1252; else only the letters that cannot be
        anything else. A *Ã* of Portuguese stays.
    """
    if not _MIXED.search(text):
        return text, False
    whole = _decoded(text)
    told = (
        _MIXED.sub(lambda found: _decoded(found[0]) or found[0], text) if whole is None else whole
    )
    return told, told != text


def _decoded(text: str) -> str | None:
    try:
        return b"".join(map(_octets, text)).decode("utf-8")
    except UnicodeError:
        return None


def _octets(letter: str) -> bytes:
    """Give the byte that cp1252 reads as a letter; the five that it does not define stand for themselves."""
    return letter.encode("latin-1") if "\u0080" <= letter <= "\u009f" else letter.encode("cp1252")
