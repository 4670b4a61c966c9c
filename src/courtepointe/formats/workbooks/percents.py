"""Cells that are shown in percent: a sheet keeps 0.12 and people read 12 %, which is what they mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from courtepointe.formats.workbooks.cells import tidy
from courtepointe.formats.workbooks.values import Row, Value, position_of

STYLES = "xl/styles.xml"
BUILT_IN = frozenset({b"9", b"10"})
"""Formats that every XLSX has: ``0%`` and ``0.00%`` (ECMA-376, 18.8.30)."""
DIGITS = 10
"""Of a value in percent: 0.07 times 100 is 7, not 7.000000000000001."""
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*>")
_XFS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_XF = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_ID = re.compile(rb"\snumFmtId\s*=\s*[\"']([0-9]+)[\"']")
_CODE = re.compile(rb"\sformatCode\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SAID_ONLY = re.compile(rb"&quot;.*?&quot;|\"[^\"]*\"|\\.")
"""Parts of a format that are written as they stand: a sign there multiplies nothing."""


def percent_styles(styles: bytes) -> tuple[bytes, ...]:
    """Give the numbers of the styles under which a cell is shown in percent."""
    own = {
        told[1]
        for tag in _FORMAT.findall(styles)
        if (told := _ID.search(tag)) and in_hundredths(_code(tag))
    }
    shown_so, block = BUILT_IN | own, _XFS.search(styles)
    formats = [_ID.search(tag) for tag in _XF.findall(block[0])] if block else []
    return tuple(
        b"%d" % number
        for number, told in enumerate(formats)
        if told is not None and told[1] in shown_so
    )


def in_hundredths(code: bytes) -> bool:
    """Say whether a number format shows a number in percent."""
    return b"%" in _SAID_ONLY.sub(b"", code)


def _code(tag: bytes) -> bytes:
    told = _CODE.search(tag)
    return (told[1] or told[2] or b"") if told else b""


def percent_cells(text: bytes, styles: Collection[bytes]) -> frozenset[tuple[int, int]]:
    """Find the cells of an XLSX sheet that hold a number shown in percent: (row, column) from 0."""
    if not styles:
        return frozenset()
    cell = re.compile(
        rb"<(?:\w+:)?c\b(?=[^>]*\ss\s*=\s*[\"'](?:" + b"|".join(styles) + rb")[\"'])"
        rb"(?![^>]*\st\s*=\s*[\"'](?!n[\"']))[^>]*?\sr\s*=\s*[\"']([A-Za-z]+)([0-9]+)[\"']"
    )
    return frozenset(
        (int(row) - 1, position_of(name.decode().upper())) for name, row in cell.findall(text)
    )


def in_percent(value: float) -> Value:
    """Give a number as it is read in percent, without its sign."""
    return tidy(round(float(value) * 100.0, DIGITS))


def shown(rows: Iterable[Row], percents: Collection[tuple[int, int]]) -> tuple[Row, ...]:
    """Give rows with the numbers of some cells as they are read in percent."""
    if not percents:
        return tuple(rows)
    return tuple(
        tuple(
            _seen(value) if (number, place) in percents else value
            for place, value in enumerate(row)
        )
        for number, row in enumerate(rows)
    )


def _seen(value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return in_percent(value)
