"""The one gate: a row of a workspace to whoever may change it; a public address to whoever holds it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Model
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.engagement.models import (
    Activity,
    AgendaItem,
    Attestation,
    CalendarFeed,
    Call,
    CallAnswer,
    Candidate,
    Committee,
    Cost,
    Course,
    Decision,
    Election,
    Enrolment,
    Meeting,
    Mission,
    Pivot,
    Recognition,
    Registration,
    Seat,
    TrainingSession,
    Volunteer,
    Zone,
)
from courtepointe.engagement.queries.activities import offered, registration_value
from courtepointe.engagement.queries.calendar import moments
from courtepointe.engagement.values.activities import ActivityOffered, FeedRead, RegistrationSeen
from courtepointe.people.access import Gate, workspace_to
from courtepointe.people.queries import living_seat, person_of
from courtepointe.people.secrets import hashed
from courtepointe.people.values import Person

Row = TypeVar("Row", bound=Model)
CALENDAR_PAST = timedelta(days=365)
"""How far back a calendar goes."""
GATE = Gate(
    {
        Activity: "unknown_activity",
        AgendaItem: "unknown_agenda_item",
        Attestation: "unknown_attestation",
        CalendarFeed: "unknown_feed",
        Call: "unknown_call",
        CallAnswer: "unknown_call",
        Candidate: "unknown_candidate",
        Committee: "unknown_committee",
        Cost: "unknown_cost",
        Course: "unknown_course",
        Decision: "unknown_decision",
        Election: "unknown_election",
        Enrolment: "unknown_enrolment",
        Meeting: "unknown_meeting",
        Mission: "unknown_mission",
        Pivot: "unknown_pivot",
        Recognition: "unknown_recognition",
        Registration: "unknown_registration",
        Seat: "unknown_seat",
        TrainingSession: "unknown_session",
        Volunteer: "unknown_volunteer",
        Zone: "unknown_zone",
    }
)


row_of, to_change = GATE.row_of, GATE.to_change


def volunteer_of(code: str, *, workspace: int) -> Volunteer:
    """Give a volunteer of a workspace by their code, locked, or raise `NotFound`."""
    rows = Volunteer.objects.select_for_update()
    row = rows.filter(workspace_id=workspace, code=code.strip().upper()).first()
    if row is None:
        raise NotFound("unknown_volunteer")
    return row


def contact_to_read(slug: str, code: str, *, by: Person, now: datetime) -> str:
    """Give a volunteer's contact to somebody with the right to contacts; empty where there is none."""
    workspace = workspace_to("contacts", slug, by=by, now=now)
    contact = getattr(volunteer_of(code, workspace=workspace.id), "contact", None)
    return "" if contact is None else str(contact.contact)


def activity_to_join(token: str, *, now: datetime) -> Activity:
    """Give an activity, locked, to whoever holds its address while it is open, or `NotFound`."""
    rows = Activity.objects.select_for_update().filter(token=token, is_open=True)
    row = rows.filter(workspace__closed=None).first()
    if row is None:
        raise NotFound("unknown_activity")
    return row


def registration_to_change(secret: str, *, now: datetime) -> Registration:
    """Give a registration, locked, to whoever holds its secret address until it is destroyed."""
    rows = Registration.objects.select_for_update().select_related("activity")
    row = rows.filter(secret=hashed(secret), destroy_on__gt=localdate(now)).first()
    if row is None:
        raise NotFound("unknown_registration")
    return row


def activity_offered(token: str, *, now: datetime) -> ActivityOffered:
    """Give an activity to whoever holds its address, without a word about who comes."""
    return offered(activity_to_join(token, now=now), now=now)


def my_registration(secret: str, *, now: datetime) -> tuple[RegistrationSeen, ActivityOffered]:
    """Give a registration to whoever holds its secret address, with the activity."""
    row = registration_to_change(secret, now=now)
    return registration_value(row), offered(row.activity, now=now)


def feed_to_read(secret: str, *, now: datetime) -> FeedRead:
    """Give a calendar to whatever program holds its address, while who asked for it may read."""
    rows = CalendarFeed.objects.select_related("workspace", "by")
    row = rows.filter(secret=hashed(secret), revoked=None).first()
    if row is None or living_seat(row.workspace.slug, person_of(row.by), now=now) is None:
        raise NotFound("unknown_feed")
    found = moments(row.workspace_id, since=now - CALENDAR_PAST)
    return FeedRead(row.workspace.name, row.workspace.slug, row.lang, found)
