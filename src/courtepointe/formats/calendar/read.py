"""Read the calendars that people bring: events, repeats counted out, nobody who attends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr
from icalendar import Calendar, vRecur
from icalendar import Event as Entry

from courtepointe.core.errors import BadInput
from courtepointe.formats.calendar.values import ZONE, CalendarRead, Event

MOST_EVENTS = 5_000
MOST_REPEATS = 4_000
FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
HOUR = timedelta(hours=1)
"""How long an event is that does not say."""


def read_calendar(content: bytes, *, file: str, until: date, now: datetime) -> CalendarRead:
    """Read a calendar.

    Parameters
    ----------
    content : bytes
        iCalendar, UTF-8.
    file : str
        Name for messages.
    until : date
        Repeated events are counted out up to this day.
    now : datetime
        Stands where an event does not say when it was changed.

    Returns
    -------
    CalendarRead
        Organisers, attendees and alarms are not read. Times without a zone are Montréal's. An
        occurrence of a repeated event is an event whose ``uid`` ends with its day.

    Raises
    ------
    BadInput
        ``calendar_not_ical``, ``calendar_too_many``. What is wrong with single events is in
        ``CalendarRead.faults``.
    """
    calendar = _parsed(content, file)
    entries = [one for one in calendar.walk("VEVENT") if isinstance(one, Entry)]
    if len(entries) > MOST_EVENTS:
        raise BadInput("calendar_too_many", file=file, value=len(entries), expected=MOST_EVENTS)
    events: list[Event] = []
    faults: list[BadInput] = []
    cut: list[str] = []
    moved = _moved(entries)
    for place, entry in enumerate(entries, start=1):
        try:
            found = _Repeats.of(entry, now=now, moved=moved)
            held, goes_on = found.until(until)
            events += held
            cut += [found.first.title] if goes_on else []
        except (BadInput, ValueError, TypeError, KeyError) as error:
            faults.append(_fault(entry, error, file=file, place=place))
    name = str(calendar.get("NAME") or calendar.get("X-WR-CALNAME") or "")
    ordered = tuple(sorted(events, key=lambda one: (one.starts, one.uid)))
    return CalendarRead(name, ordered, tuple(faults), tuple(cut))


def _parsed(content: bytes, file: str) -> Calendar:
    try:
        found = Calendar.from_ical(content.decode("utf-8-sig"))
    except (ValueError, KeyError, IndexError) as error:
        raise BadInput("calendar_not_ical", file=file, problem=str(error)[:200]) from error
    if not isinstance(found, Calendar):
        raise BadInput("calendar_not_ical", file=file, problem="VCALENDAR")
    return found


def _fault(entry: Entry, error: Exception, *, file: str, place: int) -> BadInput:
    title = str(entry.get("SUMMARY", ""))
    why = error.code if isinstance(error, BadInput) else str(error)
    return BadInput("calendar_event_unread", file=file, row=place, value=title, problem=why)


def _moved(entries: list[Entry]) -> Mapping[str, frozenset[datetime]]:
    """Give, by event, the occurrences that an entry of their own replaces."""
    found: dict[str, set[datetime]] = {}
    for entry in entries:
        if "RECURRENCE-ID" in entry:
            when = _moment(entry.decoded("RECURRENCE-ID"))
            found.setdefault(str(entry.get("UID", "")), set()).add(when)
    return {uid: frozenset(held) for uid, held in found.items()}


@dataclass(frozen=True, slots=True)
class _Repeats:
    """An event and how it repeats: its rule as text, empty where it happens once."""

    first: Event
    rule: str
    left_out: frozenset[datetime]

    @classmethod
    def of(
        cls, entry: Entry, *, now: datetime, moved: Mapping[str, frozenset[datetime]]
    ) -> _Repeats:
        first = _event(entry, now=now)
        if "RRULE" not in entry:
            return cls(first, "", frozenset())
        left_out = _left_out(entry) | moved.get(str(entry.get("UID", "")), frozenset())
        rule = entry["RRULE"]
        assert isinstance(rule, vRecur)
        if rule.get("FREQ", [""])[0] not in FREQUENCIES:
            raise BadInput("calendar_repeats", value=str(rule.get("FREQ")))
        return cls(first, rule.to_ical().decode(), left_out)

    def until(self, last: date) -> tuple[list[Event], bool]:
        """Give the event, or its occurrences up to a day, and whether there are more after it."""
        if not self.rule:
            return [self.first], False
        starts = list(islice(self._starts(last), MOST_REPEATS + 1))
        held = [self._at(one) for one in starts[:MOST_REPEATS] if one.date() <= last]
        return held, len(held) < len(starts)

    def _starts(self, last: date) -> Iterator[datetime]:
        """Count in Montréal's own hours: a meeting at seven stays at seven all year."""
        naive = self.first.starts.astimezone(ZONE).replace(tzinfo=None)
        for start in rrulestr(self.rule, dtstart=naive, ignoretz=True):
            moment: datetime = start.replace(tzinfo=ZONE)
            if moment.astimezone(UTC) not in self.left_out:
                yield moment
            if moment.date() > last:
                return

    def _at(self, start: datetime) -> Event:
        length = self.first.ends.astimezone(ZONE).replace(
            tzinfo=None
        ) - self.first.starts.astimezone(ZONE).replace(tzinfo=None)
        ends = (start.replace(tzinfo=None) + length).replace(tzinfo=ZONE)
        uid = f"{self.first.uid}/{start:%Y%m%dT%H%M}"
        return replace(self.first, uid=uid, starts=start, ends=ends)


def _left_out(entry: Entry) -> frozenset[datetime]:
    held = entry.get("EXDATE", [])
    lists = held if isinstance(held, list) else [held]
    return frozenset(_moment(one.dt) for some in lists for one in some.dts)


def _event(entry: Entry, *, now: datetime) -> Event:
    if "DTSTART" not in entry:
        raise BadInput("calendar_event_lacks", value=str(entry.get("SUMMARY", "")))
    start = entry.decoded("DTSTART")
    whole_days = not isinstance(start, datetime)
    starts = _moment(start)
    uid = str(entry.get("UID", "")).strip() or f"{starts:%Y%m%dT%H%M}"
    if "RECURRENCE-ID" in entry:
        uid = f"{uid}/{_moment(entry.decoded('RECURRENCE-ID')).astimezone(ZONE):%Y%m%dT%H%M}"
    stamp = entry.decoded("LAST-MODIFIED", None) or entry.decoded("DTSTAMP", None)
    categories = entry.get("CATEGORIES")
    return Event(
        uid=uid,
        sequence=max(int(entry.get("SEQUENCE", 0)), 0),
        starts=starts,
        ends=_ends(entry, starts, whole_days=whole_days),
        title=_text(entry, "SUMMARY"),
        changed=_moment(stamp) if isinstance(stamp, datetime) else now,
        whole_days=whole_days,
        kind=str(categories.cats[0]) if hasattr(categories, "cats") and categories.cats else "",
        place=_text(entry, "LOCATION"),
        text=_text(entry, "DESCRIPTION"),
        link=_text(entry, "URL"),
        cancelled=str(entry.get("STATUS", "")).upper() == "CANCELLED",
    )


def _ends(entry: Entry, starts: datetime, *, whole_days: bool) -> datetime:
    """Give the end that is said, or the start and the length, or what RFC 5545 supposes.

    An event that only has a start ends as it starts; such an event is given an hour.
    """
    if "DTEND" in entry:
        ends = _moment(entry.decoded("DTEND"))
        return ends if ends > starts else starts + HOUR
    if "DURATION" in entry:
        length: timedelta = entry.decoded("DURATION")
        return starts + length
    if whole_days:
        day = starts.astimezone(ZONE).date() + timedelta(days=1)
        return datetime.combine(day, time(), tzinfo=ZONE)
    return starts + HOUR


def _moment(when: date | datetime) -> datetime:
    """Give a moment in universal time; a day begins, and a time without a zone is, in Montréal."""
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    if when.tzinfo is None:
        when = when.replace(tzinfo=ZONE)
    return when.astimezone(UTC)


def _text(entry: Entry, key: str) -> str:
    return str(entry.get(key, "")).strip()
