"""What a calendar holds, without a word about who attends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from courtepointe.core.errors import BadInput

ZONE = ZoneInfo("America/Montreal")
FIRST_YEAR, LAST_YEAR = 2007, 2100
"""The hours of daylight saving that we write are those in force since 2007."""
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting or activity.

    Attributes
    ----------
    uid : str
        Permanent: a program that follows the feed knows the event again by it.
    sequence : int
        How many times the event was changed since it was first told.
    starts, ends : datetime
        With a time zone. Of an event of whole days, midnights in Montréal; ``ends`` is the
        midnight after the last day.
    whole_days : bool
    changed : datetime
        When it was last changed, with a time zone.
    kind : str
        In words, for the category: « Assemblée ».
    cancelled : bool
        A cancelled event stays in the feed, so that it disappears from people's calendars.
    """

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    title: str
    changed: datetime
    whole_days: bool = False
    kind: str = ""
    place: str = ""
    text: str = ""
    link: str = ""
    cancelled: bool = False

    def __post_init__(self) -> None:
        if not self.uid.strip() or not self.title.strip():
            raise BadInput("calendar_event_lacks", value=self.uid or self.title)
        for moment in (self.starts, self.ends, self.changed):
            if moment.tzinfo is None:
                raise BadInput("calendar_no_zone", value=moment.isoformat())
        if self.starts.year < FIRST_YEAR or self.ends.year > LAST_YEAR:
            raise BadInput("calendar_year", value=self.title, year=self.starts.year)
        if not timedelta(0) < self.ends - self.starts <= LONGEST:
            raise BadInput("calendar_ends", value=self.title)
        if self.sequence < 0:
            raise BadInput("calendar_sequence", value=self.sequence)


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar that programs follow.

    Attributes
    ----------
    name : str
    lang : str
        ``"fr"`` or ``"en"``: of the fixed words.
    text : str
        What the calendar is.
    """

    name: str
    lang: str
    events: tuple[Event, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What was read of a calendar, and all that is wrong with it.

    Attributes
    ----------
    faults : tuple of BadInput
        ``calendar_event_unread``, with the file, the place of the event and what was expected.
    repeats_cut : tuple of str
        Titles of events that repeat beyond the last day asked for.
    """

    name: str
    events: tuple[Event, ...]
    faults: tuple[BadInput, ...]
    repeats_cut: tuple[str, ...] = ()
