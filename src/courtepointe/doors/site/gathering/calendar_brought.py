"""A calendar that somebody brings, as the table of activities that they could have written: looked at, then taken in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePath

from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput
from courtepointe.formats.calendar import ZONE, CalendarRead, Event, read_calendar
from courtepointe.people.bringing import shape, write_table

SHAPE = "activities"
AHEAD = timedelta(days=366)
"""How far events that repeat are counted out: further on, who brings them has another calendar."""
BEGINS = b"BEGIN:VCALENDAR"
MARK = b"\xef\xbb\xbf"


def is_calendar(content: bytes, *, file: str) -> bool:
    """Say whether a file is a calendar, by its name or by how it begins."""
    begins = content.removeprefix(MARK).lstrip()[: len(BEGINS)].upper()
    return PurePath(file).suffix.lower() == ".ics" or begins == BEGINS


def calendar_table(content: bytes, *, file: str, asked: str, lang: str, now: datetime) -> bytes:
    """Give a calendar as a workbook of activities: one row an event, one an occurrence of what repeats.

    What an activity needs and an event does not say is left empty, for the next page to ask: the hours of a
    whole day, the end of what goes on past midnight, all but the title of what cannot be read. What was called
    off is left out.

    Parameters
    ----------
    asked : str
        What the person says the file lists.

    Raises
    ------
    BadInput
        As `courtepointe.formats.calendar.read_calendar`; ``calendar_lists_activities``,
        ``calendar_without_events``.
    """
    if asked != SHAPE:
        raise BadInput("calendar_lists_activities", file=file)
    found = read_calendar(content, file=file, until=localdate(now) + AHEAD, now=now)
    rows = list(_rows(found))
    if not rows:
        raise BadInput("calendar_without_events", file=file)
    return write_table(shape(SHAPE), rows, lang=lang)


def _rows(found: CalendarRead) -> Iterator[dict[str, object]]:
    for event in found.events:
        if not event.cancelled:
            yield _row(event)
    for fault in found.faults:
        yield {"title": str(fault.facts.get("value") or "—")}


def _row(event: Event) -> dict[str, object]:
    starts, ends = event.starts.astimezone(ZONE), event.ends.astimezone(ZONE)
    hours = {} if event.whole_days else {"starts": starts.time()}
    if hours and ends.date() == starts.date():
        hours["ends"] = ends.time()
    told = {
        "title": event.title,
        "date": starts.date(),
        **hours,
        "place": event.place,
        "website": event.link,
        "description": "\n".join(filter(None, (event.kind, event.text))),
    }
    return {name: value for name, value in told.items() if value}
