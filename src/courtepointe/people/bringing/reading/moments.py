"""Days and times of day."""

from __future__ import annotations

import datetime as dt
import re

from courtepointe.formats.workbooks import DateForm, Value, folded, read_date
from courtepointe.people.bringing.outcome import Good, Outcome, Reader, Setting, Wrong
from courtepointe.people.bringing.shape import Field

WHY = {
    DateForm.DATE: "",
    DateForm.ISO: "",
    DateForm.TEXT: "date_in_words",
    DateForm.NUMERIC: "date_in_figures",
    DateForm.SERIAL: "serial_date",
}
_TIME = re.compile(r"(\d{1,2}) ?(?:(?:h|:|heures?) ?(\d{2})?)(?::\d{2})? ?(?:min)? ?(a\.?m\.?|p\.?m\.?)?|(\d{1,2}) ?(a\.?m\.?|p\.?m\.?)|(midi|noon)|(minuit|midnight)")  # fmt: skip


def date_reader(field: Field, setting: Setting) -> Reader:
    """Read a date; 03/04/2025 is a fault unless the column or a person says which comes first."""

    def read(value: Value) -> Outcome:
        found = read_date(value, day_first=setting.day_first, from_1904=setting.from_1904)
        if found is None:
            return Wrong("not_a_date")
        if found.other is not None:
            return Wrong("ambiguous_date", f"{found.day.isoformat()} / {found.other.isoformat()}")
        if field.past and setting.today is not None and found.day > setting.today:
            return Wrong("date_in_future")
        return Good(found.day, WHY[found.form])

    return read


def time_reader(field: Field, setting: Setting) -> Reader:
    """Read a time of day: 13 h 30, 13:30, 1:30 pm, midi, or a cell that holds a time."""

    def read(value: Value) -> Outcome:
        if isinstance(value, dt.datetime):
            return Good(value.time().replace(microsecond=0), "time_of_moment")
        if isinstance(value, dt.time):
            return Good(value.replace(microsecond=0))
        if isinstance(value, float) and 0.0 <= value < 1.0:
            return Good(_of_share(value), "time_of_number")
        told = read_time(value) if isinstance(value, str) else None
        if told is None:
            return Wrong("not_a_time")
        return Good(told, "" if value == told.strftime("%H:%M") else "time_in_words")

    return read


def _of_share(share: float) -> dt.time:
    minutes = round(share * 24 * 60) % (24 * 60)
    return dt.time(minutes // 60, minutes % 60)


def read_time(text: str) -> dt.time | None:
    """Read a time of day from a text, or give None."""
    found = _TIME.fullmatch(folded(text).strip(" ."))
    if not found:
        return None
    if found[6] or found[7]:
        return dt.time(12 if found[6] else 0)
    hour, minute = int(found[1] or found[4]), int(found[2] or 0)
    return time_at(hour, minute, (found[3] or found[5] or "").replace(".", ""))


def time_at(hour: int, minute: int, half: str = "") -> dt.time | None:
    """Give a time of day of an hour, a minute and ``am``, ``pm`` or nothing; None where there is none."""
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
