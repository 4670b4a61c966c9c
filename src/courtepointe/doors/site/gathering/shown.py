"""What those who gather show under an agreement: the calendar to come, the register of decisions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from courtepointe.doors.site.space.frame import Space
from courtepointe.engagement.queries.calendar import moments
from courtepointe.engagement.queries.meetings import decisions_of
from courtepointe.people.access import Received

LATELY = timedelta(days=31)
SHARED = ("meeting", "activity")
"""Trainings and missions concern the volunteers: they stay home."""


def shown_calendar(request: HttpRequest, space: Space, found: Received) -> dict[str, Any]:
    """Give the meetings and activities of the last month and to come: when, what, where; nobody."""
    listed = moments(found.owner_id, since=space.now - LATELY)
    return {"moments": [one for one in listed if one.what in SHARED]}


def shown_decisions(request: HttpRequest, space: Space, found: Received) -> dict[str, Any]:
    """Give the register of decisions, the last first; who was there is not in it."""
    return {"decisions": decisions_of(found.owner_id)}
