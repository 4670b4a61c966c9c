"""Calendars: written, read back the same, without anybody's name; and those that people bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from courtepointe.core.errors import BadInput
from courtepointe.formats.calendar import ZONE, Event, Feed, read_calendar, write_calendar

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MEETING = Event(
    uid="8d1f6a4e-6f0c-4a54-9f0a-0a4a4a1f2b3c@courtepointe",
    sequence=2,
    starts=datetime(2026, 3, 10, 19, tzinfo=ZONE),
    ends=datetime(2026, 3, 10, 21, 30, tzinfo=ZONE),
    title="Comité de pilotage ; suivi, budget",
    changed=NOW,
    kind="Rencontre",
    place="Maison de quartier, salle « Érable »",
    text="Ordre du jour\nà venir",
    link="https://exemple.test/fr/rencontre/1/",
)


def written(*events: Event, lang: str = "fr") -> bytes:
    return write_calendar(Feed("Table de quartier", lang, events, "Rencontres et activités"))


def read(content: bytes, until: date = date(2027, 1, 1)) -> tuple[Event, ...]:
    found = read_calendar(content, file="a.ics", until=until, now=NOW)
    assert not found.faults
    return found.events


def test_what_is_written_is_read_back() -> None:
    (one,) = read(written(replace(MEETING, link="")))
    assert one == replace(MEETING, link="")
    found = read_calendar(written(MEETING), file="a.ics", until=date(2027, 1, 1), now=NOW)
    assert found.name == "Table de quartier"
    assert found.events[0].link == MEETING.link
    assert "Détails et accessibilité\u00a0: https://" in found.events[0].text


def test_the_same_feed_gives_the_same_bytes_whatever_the_order() -> None:
    other = replace(MEETING, uid="b", starts=MEETING.starts - timedelta(hours=1))
    assert written(MEETING, other) == written(other, MEETING)


def test_the_form_is_what_programs_expect() -> None:
    content = written(MEETING)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75, "folded at 75 octets"
    assert b"\n" not in content.replace(b"\r\n", b"")
    made = Calendar.from_ical(content)
    assert made["METHOD"] == "PUBLISH" and made["VERSION"] == "2.0"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in lines
    assert b"DTSTART;TZID=America/Montreal:20260310T190000" in lines
    (entry,) = made.walk("VEVENT")
    assert entry["SEQUENCE"] == 2 and entry["STATUS"] == "CONFIRMED"


def test_nobody_is_named() -> None:
    for word in (b"ATTENDEE", b"ORGANIZER", b"CONTACT", b"mailto:"):
        assert word not in written(MEETING)


def test_a_cancelled_event_stays_and_says_so_in_both_languages() -> None:
    content = written(replace(MEETING, cancelled=True, sequence=3))
    assert b"STATUS:CANCELLED" in content
    (one,) = read(content)
    assert one.cancelled and one.uid == MEETING.uid and one.sequence == 3
    assert one.title == f"Annulé\u00a0: {MEETING.title}"
    (one,) = read(written(replace(MEETING, cancelled=True), lang="en"))
    assert one.title == f"Cancelled: {MEETING.title}"


def _rule_of(part: str, year: int, made: Calendar) -> datetime:
    (zone,) = made.walk(part)
    rule = zone["RRULE"]
    first = datetime(year, rule["BYMONTH"][0], 1, 2)
    sunday = int(str(rule["BYDAY"][0])[0])
    return first.replace(day=1 + (6 - first.weekday()) % 7 + 7 * (sunday - 1))


@pytest.mark.parametrize("year", range(2007, 2038))
def test_the_zone_that_is_written_changes_when_montreal_does(year: int) -> None:
    made = Calendar.from_ical(written(MEETING))
    for part, before, after in (("DAYLIGHT", -5, -4), ("STANDARD", -4, -5)):
        change = _rule_of(part, year, made)
        assert change.weekday() == 6
        early = (change - timedelta(hours=2)).replace(tzinfo=ZONE).utcoffset()
        late = (change + timedelta(hours=2)).replace(tzinfo=ZONE).utcoffset()
        assert (early, late) == (timedelta(hours=before), timedelta(hours=after))


def test_whole_days_are_days() -> None:
    event = replace(
        MEETING, whole_days=True, link="",
        starts=datetime(2026, 6, 24, tzinfo=ZONE), ends=datetime(2026, 6, 26, tzinfo=ZONE),
    )  # fmt: skip
    content = written(event)
    assert b"DTSTART;VALUE=DATE:20260624" in content and b"DTEND;VALUE=DATE:20260626" in content
    assert read(content) == (event,)


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\x85"), min_size=1, max_size=90
).map(str.strip).filter(bool)  # fmt: skip


@given(TEXTS, TEXTS, st.integers(0, 60 * 24 * 365), st.integers(5, 600), st.booleans())
@settings(max_examples=80, deadline=None)
def test_any_words_at_any_hour_come_back(
    title: str, place: str, minute: int, length: int, cancelled: bool
) -> None:
    starts = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    event = replace(
        MEETING, title=title, place=place, starts=starts, ends=starts + timedelta(minutes=length), link=""
    )  # fmt: skip
    (one,) = read(written(event))
    assert one == event
    (one,) = read(written(replace(event, cancelled=cancelled)))
    assert one.starts == starts and one.cancelled == cancelled


WRONG = [
    ({"uid": " "}, "calendar_event_lacks"),
    ({"title": ""}, "calendar_event_lacks"),
    ({"starts": datetime(2026, 3, 10, 19)}, "calendar_no_zone"),
    ({"starts": datetime(206, 3, 10, 19, tzinfo=UTC)}, "calendar_year"),
    ({"ends": MEETING.starts}, "calendar_ends"),
    ({"sequence": -1}, "calendar_sequence"),
]


@pytest.mark.parametrize(("change", "code"), WRONG)
def test_an_event_that_cannot_be_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(BadInput, match=code):
        replace(MEETING, **change)  # type: ignore[arg-type]


def test_a_feed_that_cannot_be_is_refused() -> None:
    with pytest.raises(BadInput, match="calendar_uid_repeated"):
        written(MEETING, MEETING)
    with pytest.raises(BadInput, match="unknown_language"):
        written(MEETING, lang="es")


BROUGHT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//else//EN
X-WR-CALNAME:Table
BEGIN:VEVENT
UID:weekly
DTSTAMP:20260101T000000Z
DTSTART;TZID=America/Toronto:20260305T190000
DTEND;TZID=America/Toronto:20260305T203000
RRULE:FREQ=WEEKLY;BYDAY=TH
EXDATE;TZID=America/Toronto:20260319T190000
SUMMARY:Café rencontre
ORGANIZER;CN=Alix Personne:mailto:alix@exemple.test
ATTENDEE;CN=Claude Personne:mailto:claude@exemple.test
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Rappel
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:weekly
DTSTAMP:20260101T000000Z
RECURRENCE-ID;TZID=America/Toronto:20260312T190000
DTSTART;TZID=America/Toronto:20260313T180000
DURATION:PT2H
SUMMARY:Café rencontre (vendredi)
END:VEVENT
BEGIN:VEVENT
UID:floating
DTSTART:20260401T100000
SUMMARY:Sans fuseau
END:VEVENT
BEGIN:VEVENT
UID:nameless
DTSTART:20260401T100000Z
END:VEVENT
BEGIN:VEVENT
UID:timeless
SUMMARY:Sans heure
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def test_a_calendar_that_people_bring() -> None:
    found = read_calendar(BROUGHT, file="table.ics", until=date(2026, 3, 31), now=NOW)
    local = [
        (one.title, one.starts.astimezone(ZONE).strftime("%m-%d %H:%M")) for one in found.events
    ]
    assert local == [
        ("Café rencontre", "03-05 19:00"),
        ("Café rencontre (vendredi)", "03-13 18:00"),
        ("Café rencontre", "03-26 19:00"),
        ("Sans fuseau", "04-01 10:00"),
    ], "seven stays seven over the change of hour; the one left out and the one moved are so"
    assert len({one.uid for one in found.events}) == 4
    assert found.repeats_cut == ("Café rencontre",)
    assert [fault.facts["row"] for fault in found.faults] == [4, 5]
    assert {fault.code for fault in found.faults} == {"calendar_event_unread"}
    assert "Personne" not in repr(found) and "mailto" not in repr(found)
    assert found.events[1].ends - found.events[1].starts == timedelta(hours=2)


@pytest.mark.parametrize(
    "content", [b"", b"Nom;Date\nA;B\n", b"\xff\xfe", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"]
)
def test_what_is_no_calendar_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"calendar_not_ical.*table\.ics"):
        read_calendar(content, file="table.ics", until=date(2026, 3, 31), now=NOW)


def test_hours_of_elsewhere_are_hours_here() -> None:
    there = timezone(timedelta(hours=-8))
    event = replace(
        MEETING,
        starts=datetime(2026, 7, 1, 9, tzinfo=there),
        ends=datetime(2026, 7, 1, 10, tzinfo=there),
    )
    assert b"DTSTART;TZID=America/Montreal:20260701T130000" in written(event)


def test_the_hour_that_comes_twice_keeps_its_place() -> None:
    second = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    first = second - timedelta(hours=1)
    assert first.astimezone(ZONE).hour == second.astimezone(ZONE).hour == 1
    for starts in (first, second):
        event = replace(MEETING, starts=starts, ends=starts + timedelta(minutes=20), link="")
        assert read(written(event)) == (event,)


def test_old_repeats_are_counted_to_the_day_and_mad_ones_are_not() -> None:
    entry = b"BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Ouvert\r\nDTSTART:20200101T100000\r\nRRULE:FREQ=%s\r\nEND:VEVENT\r\n"
    head, foot = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", b"END:VCALENDAR\r\n"
    daily = read_calendar(head + entry % b"DAILY" + foot, file="a", until=date(2026, 3, 1), now=NOW)
    assert len(daily.events) == (date(2026, 3, 1) - date(2020, 1, 1)).days + 1
    assert daily.repeats_cut == ("Ouvert",)
    ended = read_calendar(
        head + entry % b"WEEKLY;COUNT=3" + foot, file="a", until=date(2026, 3, 1), now=NOW
    )
    assert (len(ended.events), ended.repeats_cut) == (3, ())
    mad = read_calendar(
        head + entry % b"SECONDLY" + foot, file="a", until=date(2026, 3, 1), now=NOW
    )
    assert not mad.events and mad.faults[0].facts["problem"] == "calendar_repeats"
