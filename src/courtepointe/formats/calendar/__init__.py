"""Meetings and activities as iCalendar (RFC 5545), and the calendars that people bring."""

from courtepointe.formats.calendar.read import read_calendar
from courtepointe.formats.calendar.values import ZONE, CalendarRead, Event, Feed
from courtepointe.formats.calendar.write import write_calendar

__all__ = ["ZONE", "CalendarRead", "Event", "Feed", "read_calendar", "write_calendar"]
