"""Dates as people write them: ISO, 31/12/2025, 31 déc. 2025, December 31, 2025, or a day number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from courtepointe.formats.letters import folded
from courtepointe.formats.workbooks.marks import words
from courtepointe.formats.workbooks.values import Value

FIRST_SERIAL, LAST_SERIAL = 10_959, 73_050
"""Day numbers from 1930 to 2099: others are numbers, years or counts."""
DAYS_1904 = 1_462
EPOCH = dt.date(1899, 12, 30)
CENTURY_TURNS = 50
"""Years of two digits: 00 to 49 are of this century, 50 to 99 of the last."""
YEARS = range(1900, 2101)

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:er|re|st|nd|rd|th)?[ .-]*([a-z]+)\.?[ ,-]*(\d{4}|'?\d{2})")
_MONTH_DAY = re.compile(r"([a-z]+)\.? ?(\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})")
_TIME = re.compile(r"[t ,]+(?:a )?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?(?: ?[ap]\.?m\.?)?(?: ?z|[+-]\d{2}:?\d{2})?$|[ ,]+(?:a )?\d{1,2} ?h ?(?:\d{2})?$")  # fmt: skip


class DateForm(StrEnum):
    """How a date is written."""

    DATE = "date"
    ISO = "iso"
    TEXT = "text"
    NUMERIC = "numeric"
    SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date that was read.

    Attributes
    ----------
    day : date
    form : DateForm
    other : date or None
        What else it may be: 03/04/2025 read the other way round, where both ways are dates.
    """

    day: dt.date
    form: DateForm
    other: dt.date | None = None


def read_date(
    value: Value, *, day_first: bool | None = None, from_1904: bool = False
) -> DateRead | None:
    """Read a date, or give None where there is none.

    Parameters
    ----------
    value : Value
        A time of day after the date is left out.
    day_first : bool, optional
        How dates such as 03/04/2025 are read. Without it they are read with the day first, and
        the result says what `other` date they may be.
    from_1904 : bool
        Whether day numbers count from 1904.

    Notes
    -----
    A day number of Excel counts from 1899-12-30, which is right from March 1900 on (its calendar has a 29
    February 1900); or from 1904-01-01, 1,462 days later: ECMA-376 part 1, 18.17.4.1.
    """
    if isinstance(value, dt.datetime):
        return DateRead(value.date(), DateForm.DATE)
    if isinstance(value, dt.date):
        return DateRead(value, DateForm.DATE)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_number(value, from_1904)
    return _of_text(value, day_first, from_1904) if isinstance(value, str) else None


def day_comes_first(values: Iterable[Value]) -> bool | None:
    """Tell by a column's own cells whether its numeric dates begin with the day.

    Returns
    -------
    bool or None
        None where no cell tells, or where cells contradict each other.
    """
    first = last = False
    for value in values:
        found = _NUMERIC.match(value.strip()) if isinstance(value, str) else None
        if found:
            first = first or int(found[1]) > 12
            last = last or int(found[3]) > 12
    return None if first == last else first


def _of_number(value: float, from_1904: bool) -> DateRead | None:
    text = str(int(value)) if float(value).is_integer() else ""
    compact = _COMPACT.fullmatch(text)
    if compact:
        return _read(DateForm.ISO, *compact.groups())
    serial = int(value) + (DAYS_1904 if from_1904 else 0)
    if not FIRST_SERIAL <= serial <= LAST_SERIAL:
        return None
    return DateRead(EPOCH + dt.timedelta(days=serial), DateForm.SERIAL)


def _of_text(text: str, day_first: bool | None, from_1904: bool) -> DateRead | None:
    plain = _without_weekday(folded(text).strip(" ,;"))
    plain = _TIME.sub("", plain).strip(" ,;")
    if found := _ISO.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _read(DateForm.ISO, *found.groups())
    if found := _NUMERIC.fullmatch(plain):
        return _numeric(found[1], found[3], found[4], day_first)
    if found := _DAY_MONTH.fullmatch(plain):
        return _read(DateForm.TEXT, found[3], _months().get(found[2], 0), found[1])
    if found := _MONTH_DAY.fullmatch(plain):
        return _read(DateForm.TEXT, found[3], _months().get(found[1], 0), found[2])
    if plain.isdigit() and len(plain) == 5:
        return _of_number(int(plain), from_1904)
    return None


def _without_weekday(text: str) -> str:
    while (first := text.split(" ", 1)[0].strip(".,")) in words()["days"]["words"] and " " in text:
        text = text.split(" ", 1)[1].strip(" ,")
        if not first:
            break
    return text


@cache
def _months() -> Mapping[str, int]:
    """Give the number of each month, by its names and short names."""
    return {name: int(n) for n, names in words()["months"].items() for name in names}


def _numeric(first: str, second: str, year: str, day_first: bool | None) -> DateRead | None:
    by_day = _read(DateForm.NUMERIC, year, second, first)
    by_month = _read(DateForm.NUMERIC, year, first, second)
    if day_first is not None:
        return by_day if day_first else by_month
    if by_day and by_month and by_day.day != by_month.day:
        return DateRead(by_day.day, DateForm.NUMERIC, by_month.day)
    return by_day or by_month


def _read(form: DateForm, year: str, month: str | int, day: str) -> DateRead | None:
    whole = int(year.strip("'"))
    if whole < 100:
        whole += 2000 if whole < CENTURY_TURNS else 1900
    if whole not in YEARS:
        return None
    try:
        return DateRead(dt.date(whole, int(month), int(day)), form)
    except ValueError:
        return None
