"""What a cell looks like, so that a row of headings can be told from a row of records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from courtepointe.formats.workbooks.dates import read_date
from courtepointe.formats.workbooks.marks import status_of
from courtepointe.formats.workbooks.values import CellStatus, Value

LONGEST_LABEL = 300
"""Forms put whole questions in their headings; a paragraph is none."""
RULED_SHARE = 0.8
"""From this share of its cells on, a column is said to be of one look."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DIGITS = re.compile(r"[+(]?\d[\d\s().,/\-–\u00a0\u202f]*(?:[$%€]|x\d+)?")
_POSTAL = re.compile(r"[A-Za-z]\d[A-Za-z][ -]?\d[A-Za-z]\d")


class Look(StrEnum):
    """What a cell looks like."""

    NOTHING = "nothing"
    LABEL = "label"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    EMAIL = "email"
    LINK = "link"
    POSTAL = "postal"


def look(value: Value) -> Look:
    """Say what one cell looks like; a mark such as ``n/d`` looks like nothing."""
    if status_of(value) != CellStatus.VALUE:
        return Look.NOTHING
    if isinstance(value, bool):
        return Look.YES_NO
    if isinstance(value, int | float):
        return Look.NUMBER
    return _of_text(value.strip()) if isinstance(value, str) else Look.DATE


def _of_text(text: str) -> Look:
    for pattern, found in ((_EMAIL, Look.EMAIL), (_LINK, Look.LINK), (_POSTAL, Look.POSTAL)):
        if pattern.fullmatch(text):
            return found
    if text[:1].isdigit() and len(text) < 30 and read_date(text) is not None:
        return Look.DATE
    if _DIGITS.fullmatch(text):
        return Look.NUMBER
    return Look.LABEL if len(text) <= LONGEST_LABEL else Look.LONG


def ruling_look(values: Iterable[Value]) -> Look:
    """Say what a column looks like: one look for most of its cells, else ``label``."""
    seen = Counter(map(look, values))
    del seen[Look.NOTHING]
    if not seen:
        return Look.NOTHING
    found, n = seen.most_common(1)[0]
    return found if n >= RULED_SHARE * seen.total() else Look.LABEL


def is_heading_row(values: Iterable[Value]) -> bool:
    """Tell whether a row may be one of headings: labels, and at most some years or days among them."""
    seen = Counter(map(look, values))
    n_labels = seen[Look.LABEL]
    n_others = seen.total() - n_labels - seen[Look.NOTHING]
    n_allowed = seen[Look.NUMBER] + seen[Look.DATE]
    return n_labels > 0 and n_others == n_allowed and n_others <= n_labels // 2
