"""When a place is open: HSDS schedules, and the commonest forms of OpenStreetMap's opening hours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RULE = re.compile(r"(?P<days>[A-Za-z ,\-]*?)\s*(?P<hours>\d{1,2}:\d{2}\s*-.*|off|closed)", re.I)
SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
Week = dict[int, list[tuple[int, int]]]
"""Minutes from and to, by day of the week (0: Monday); past midnight runs on beyond 1440."""


def is_open(schedules: Iterable[Mapping[str, Any]], at: datetime) -> bool | None:
    """Say whether a place is open at a local time; None where its hours do not tell.

    Schedules are read as the standard has them: ``freq`` WEEKLY with ``byday``, ``opens_at`` and
    ``closes_at``, between ``valid_from`` and ``valid_to``; else their ``description``, where it is
    written as on OpenStreetMap: ``Mo-Fr 09:00-17:00; Sa 10:00-16:00``, ``24/7``.
    """
    weeks = [week for one in schedules if (week := _week(one, at.date())) is not None]
    if not weeks:
        return None
    minute, day = at.hour * 60 + at.minute, at.weekday()
    return any(
        start <= minute < end
        for week in weeks
        for start, end in (*week.get(day, ()), *_past_midnight(week, day))
    )


def _past_midnight(week: Week, day: int) -> list[tuple[int, int]]:
    """Give what still runs from the day before, in minutes of today."""
    before = week.get((day - 1) % 7, [])
    return [(start - 1440, end - 1440) for start, end in before if end > 1440]


def _week(schedule: Mapping[str, Any], on: date) -> Week | None:
    """Read a schedule as a week; None where it does not tell, or not of this day."""
    since, until = schedule.get("valid_from"), schedule.get("valid_to") or schedule.get("until")
    if (since and str(since) > on.isoformat()) or (until and str(until) < on.isoformat()):
        return {}
    opens, closes = schedule.get("opens_at"), schedule.get("closes_at")
    if opens and closes and schedule.get("freq", "WEEKLY") == "WEEKLY":
        days = _byday(str(schedule.get("byday", "")))
        return _each(days, [_span(_minutes(str(opens)), _minutes(str(closes)))])
    return written_week(str(schedule.get("description", "")))


def _byday(text: str) -> list[int]:
    told = [one.strip()[-2:].upper() for one in text.split(",") if one.strip()]
    return [DAYS.index(one) for one in told if one in DAYS] or list(range(7))


def _minutes(text: str) -> int:
    told = time.fromisoformat(text.removesuffix("Z"))
    return told.hour * 60 + told.minute


def _span(start: int, end: int) -> tuple[int, int]:
    return (start, end if end > start else end + 1440)


def _each(days: Iterable[int], spans: list[tuple[int, int]]) -> Week:
    return {day: list(spans) for day in days}


def written_week(text: str) -> Week | None:
    """Read hours written as on OpenStreetMap; None where any of it is not understood."""
    if text.strip() == "24/7":
        return _each(range(7), [(0, 1440)])
    week: Week = {}
    rules = [one.strip() for one in text.split(";") if one.strip()]
    for rule in rules:
        found = RULE.fullmatch(rule)
        days = None if found is None else _days(found["days"])
        if found is None or days is None:
            return None
        hours = [_clock(one) for one in found["hours"].split(",")]
        if found["hours"].lower() in ("off", "closed"):
            week |= _each(days, [])
        elif any(one is None for one in hours):
            return None
        else:
            week |= _each(days, [one for one in hours if one is not None])
    return week if rules else None


def _clock(text: str) -> tuple[int, int] | None:
    found = SPAN.fullmatch(text.strip())
    if found is None:
        return None
    a, b, c, d = map(int, found.groups())
    return _span(a * 60 + b, c * 60 + d)


def _days(text: str) -> list[int] | None:
    """Read ``Mo-Fr,Su``; every day where none is named, none for public holidays; None if unknown."""
    days: list[int] = []
    for one in text.replace(" ", "").upper().split(","):
        if one in ("PH", "SH", ""):
            continue
        ends = one.split("-")
        if len(ends) > 2 or any(end not in DAYS for end in ends):
            return None
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        days += [day % 7 for day in range(first, last + (7 if last < first else 0) + 1)]
    return days if text.strip() else list(range(7))
