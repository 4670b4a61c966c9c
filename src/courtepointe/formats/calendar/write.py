"""Write a feed: permanent identifiers, what changed counted, cancelled events kept, nobody named."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, timedelta
from functools import cache
from pathlib import Path

from icalendar import Calendar, vDuration
from icalendar import Event as Entry

from courtepointe.core.errors import BadInput
from courtepointe.formats.calendar.values import ZONE, Event, Feed
from courtepointe.formats.calendar.zone import montreal

MAKER = "-//Courtepointe//Calendar 1//FR"
REFRESH = timedelta(hours=6)
TIGHT = ((" :", "\u00a0:"),)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    file = Path(__file__).with_name("words.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _say(key: str, *, lang: str, **slots: str) -> str:
    text = _words()[key][lang]
    for loose, tight in TIGHT:
        text = text.replace(loose, tight)
    return text.format(**slots)


def write_calendar(feed: Feed) -> bytes:
    """Write a feed as iCalendar, UTF-8.

    Parameters
    ----------
    feed : Feed

    Returns
    -------
    bytes
        The same feed gives the same bytes. No organiser, attendee or contact is ever written.

    Raises
    ------
    BadInput
        ``unknown_language``, ``calendar_uid_repeated``.

    Notes
    -----
    RFC 5545 for the form; RFC 7986 for the name, the description and the interval of refresh.
    """
    if feed.lang not in ("fr", "en"):
        raise BadInput("unknown_language", value=feed.lang, expected="fr, en")
    seen: set[str] = set()
    made = _head(feed)
    for event in sorted(feed.events, key=lambda one: (one.starts, one.uid)):
        if event.uid in seen:
            raise BadInput("calendar_uid_repeated", value=event.uid)
        seen.add(event.uid)
        made.add_component(_entry(event, lang=feed.lang))
    return bytes(made.to_ical())


def _head(feed: Feed) -> Calendar:
    made = Calendar()
    made.add("PRODID", MAKER)
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    for key in ("NAME", "X-WR-CALNAME"):
        made.add(key, feed.name)
    if feed.text:
        for key in ("DESCRIPTION", "X-WR-CALDESC"):
            made.add(key, feed.text)
    made.add("X-WR-TIMEZONE", ZONE.key)
    made.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    made.add_component(montreal())
    return made


def _entry(event: Event, *, lang: str) -> Entry:
    made = Entry()
    made.add("UID", event.uid)
    made.add("SEQUENCE", event.sequence)
    made.add("DTSTAMP", event.changed.astimezone(UTC))
    made.add("LAST-MODIFIED", event.changed.astimezone(UTC))
    for key, moment in (("DTSTART", event.starts), ("DTEND", event.ends)):
        local = moment.astimezone(ZONE)
        # The hour that comes twice in November has no other name of its own than the universal one.
        timed = moment.astimezone(UTC) if local.fold else local
        made.add(key, local.date() if event.whole_days else timed)
    title = _say("cancelled", lang=lang, title=event.title) if event.cancelled else event.title
    made.add("SUMMARY", title, parameters={"LANGUAGE": f"{lang}-CA"})
    made.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("TRANSP", "TRANSPARENT" if event.cancelled or event.whole_days else "OPAQUE")
    told = [event.text, _say("more", lang=lang, link=event.link) if event.link else ""]
    text = "\n\n".join(filter(None, told))
    held = {"LOCATION": event.place, "DESCRIPTION": text, "URL": event.link}
    for key, value in held.items():
        if value:
            made.add(key, value)
    if event.kind:
        made.add("CATEGORIES", [event.kind])
    return made
