"""Who gathers, as rows."""

from courtepointe.engagement.models.activities import (
    Activity,
    AttendanceCount,
    Cost,
    Registration,
    RegistrationNeed,
)
from courtepointe.engagement.models.calls import Call, CallAnswer, Mission, Recognition
from courtepointe.engagement.models.committees import Candidate, Committee, Election, Seat
from courtepointe.engagement.models.feeds import CalendarFeed
from courtepointe.engagement.models.meetings import AgendaItem, Decision, Meeting, Presence
from courtepointe.engagement.models.trainings import Attestation, Course, Enrolment, TrainingSession
from courtepointe.engagement.models.volunteers import (
    Pivot,
    Volunteer,
    VolunteerContact,
    Zone,
    ZoneTouch,
)

__all__ = [
    "Activity",
    "AgendaItem",
    "AttendanceCount",
    "Attestation",
    "CalendarFeed",
    "Call",
    "CallAnswer",
    "Candidate",
    "Committee",
    "Cost",
    "Course",
    "Decision",
    "Election",
    "Enrolment",
    "Meeting",
    "Mission",
    "Pivot",
    "Presence",
    "Recognition",
    "Registration",
    "RegistrationNeed",
    "Seat",
    "TrainingSession",
    "Volunteer",
    "VolunteerContact",
    "Zone",
    "ZoneTouch",
]
