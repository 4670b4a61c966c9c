"""The hours of Montréal, written out for programs that know no zones by name.

Clocks go forward on the second Sunday of March and back on the first Sunday of November, at two
o'clock, since 2007: Québec's *Loi sur le temps légal* (RLRQ, chapitre T-5.1), in force from that year.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from courtepointe.formats.calendar.values import FIRST_YEAR, ZONE

WINTER, SUMMER = timedelta(hours=-5), timedelta(hours=-4)


def montreal() -> Timezone:
    """Give the ``VTIMEZONE`` of Montréal, from 2007 on."""
    zone = Timezone()
    zone.add("TZID", ZONE.key)
    zone.add("X-LIC-LOCATION", ZONE.key)
    zone.add_component(_part(TimezoneDaylight(), "EDT", WINTER, SUMMER, month=3, sunday=2))
    zone.add_component(_part(TimezoneStandard(), "EST", SUMMER, WINTER, month=11, sunday=1))
    return zone


def _part(
    part: TimezoneDaylight | TimezoneStandard,
    name: str,
    before: timedelta,
    after: timedelta,
    *,
    month: int,
    sunday: int,
) -> TimezoneDaylight | TimezoneStandard:
    first = datetime(FIRST_YEAR, month, 1, 2)
    day = 1 + (6 - first.weekday()) % 7 + 7 * (sunday - 1)
    part.add("TZNAME", name)
    part.add("TZOFFSETFROM", before)
    part.add("TZOFFSETTO", after)
    part.add("DTSTART", first.replace(day=day))
    part.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": f"{sunday}SU"}))
    return part
