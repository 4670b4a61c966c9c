"""A round-table that gathers: one of each thing, made by its coordinator, by number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.support.table import NOW, Table

from courtepointe.engagement.actions.activities import add_cost, plan_activity
from courtepointe.engagement.actions.attestations import issue_attestations
from courtepointe.engagement.actions.committees import (
    begin_committee,
    call_election,
    fill_seat,
    stand,
)
from courtepointe.engagement.actions.decisions import decide
from courtepointe.engagement.actions.feeds import give_feed
from courtepointe.engagement.actions.meetings import add_item, call_meeting
from courtepointe.engagement.actions.missions import make_call, open_mission
from courtepointe.engagement.actions.registrations import register
from courtepointe.engagement.actions.trainings import (
    enrol,
    note_attendance,
    offer_course,
    plan_session,
)
from courtepointe.engagement.actions.volunteers import keep_volunteer, name_pivot, thank
from courtepointe.engagement.actions.zones import add_zone, set_touching
from courtepointe.engagement.models import (
    Activity,
    Attestation,
    CalendarFeed,
    CallAnswer,
    Enrolment,
    Registration,
)
from courtepointe.engagement.values.activities import NeedTold, NewActivity, NewRegistration
from courtepointe.engagement.values.meetings import (
    NewCommittee,
    NewDecision,
    NewElection,
    NewItem,
    NewMeeting,
    NewSeat,
)
from courtepointe.engagement.values.trainings import NewSession
from courtepointe.engagement.values.volunteers import NewCall, NewMission, NewVolunteer

DAY = date(2026, 6, 1)
SOON, LATER = NOW + timedelta(days=7), NOW + timedelta(days=7, hours=2)
AGO, SINCE = NOW - timedelta(hours=5), NOW - timedelta(hours=3)
COMMITTEE = NewCommittee("steering", "Comité de pilotage", DAY)
SEAT = NewSeat("chair", DAY, organisation="Comité logement")
MEETING = NewMeeting("Rencontre de juin", SOON, LATER, place="Maison de quartier")
ACTIVITY = NewActivity(
    "kitchen", "Soupe de quartier", SOON, LATER, places=10,
    needs=("childcare", "interpretation", "catering"), is_open=True,
)  # fmt: skip
COMING = NewRegistration(
    "Mirabelle", 3, (NeedTold("childcare", 2), NeedTold("interpretation", 1, "ar")), agrees=True
)
WILLING = NewVolunteer(
    ("first_aid", "cooking"), ("fr", "ar"), ("bad_day",), "Centre", "mirabelle@example.org", DAY
)
MISSION = NewMission("Cogner aux portes", SOON, LATER, 2, skills=("first_aid",))
DECISION = NewDecision("Ouvrir dès 30 °C.", DAY, "Le plan canicule", date(2026, 6, 20))


@dataclass(frozen=True)
class Gathered:
    """Numbers of what was made, secrets and codes."""

    committee: int
    seat: int
    election: int
    candidate: int
    meeting: int
    item: int
    decision: int
    activity: int
    token: str
    registration: int
    registration_secret: str
    cost: int
    course: int
    session: int
    enrolment: int
    attested: int
    attestation: int
    attestation_code: str
    zone: int
    near: int
    volunteer: str
    pivot: int
    thanks: int
    mission: int
    call: int
    answer: int
    feed: int
    feed_secret: str


def gather(table: Table) -> Gathered:
    """Make one of each thing."""
    slug, by, now = table.slug, table.coordinator, NOW
    committee = begin_committee(slug, COMMITTEE, by=by, now=now)
    seat = fill_seat(slug, committee, SEAT, by=by, now=now)
    election = call_election(slug, committee, NewElection("Présidence", 1, DAY), by=by, now=now)
    candidate = stand(slug, election, "Alix", by=by, now=now)
    meeting = call_meeting(slug, MEETING, by=by, now=now)
    activity = plan_activity(slug, ACTIVITY, by=by, now=now)
    token = Activity.objects.get(pk=activity).token
    registered = register(token, COMING, now=now)
    feed_secret = give_feed(slug, "Mon agenda", lang="fr", by=by, now=now)
    return Gathered(
        committee=committee, seat=seat, election=election, candidate=candidate, meeting=meeting,
        item=add_item(slug, meeting, NewItem("Accueil", 10), by=by, now=now),
        decision=decide(slug, DECISION, by=by, now=now),
        activity=activity, token=token, registration=Registration.objects.get().pk,
        registration_secret=registered.secret,
        cost=add_cost(slug, "catering", activity=activity, planned_cad=Decimal("120.50"), by=by, now=now),
        feed=CalendarFeed.objects.get().pk, feed_secret=feed_secret,
        **_people(table, now),
    )  # fmt: skip


def _people(table: Table, now: datetime) -> dict[str, int | str]:
    slug, by = table.slug, table.coordinator
    zone, near = (add_zone(slug, name, by=by, now=now) for name in ("Centre", "Rive"))
    set_touching(slug, zone, [near], by=by, now=now)
    volunteer = keep_volunteer(slug, WILLING, by=by, now=now)
    course = offer_course(slug, "heat", by=by, now=now)
    past, coming = (
        plan_session(slug, NewSession(course, *hours, "fr", 2), by=by, now=now)
        for hours in ((AGO, SINCE), (SOON, LATER))
    )
    enrol(slug, past, volunteer, by=by, now=now)
    attested = Enrolment.objects.get()
    note_attendance(slug, past, {attested.pk: True}, by=by, now=now)
    (code,) = issue_attestations(slug, past, issued=DAY, by=by, now=now)
    enrol(slug, coming, volunteer, by=by, now=now)
    mission = open_mission(slug, MISSION, by=by, now=now)
    call = make_call(slug, NewCall(("first_aid",), zone=zone, mission=mission), by=by, now=now)
    return {
        "zone": zone,
        "near": near,
        "volunteer": volunteer,
        "course": course,
        "session": coming,
        "enrolment": Enrolment.objects.get(session_id=coming).pk,
        "attested": attested.pk,
        "attestation": Attestation.objects.get().pk,
        "attestation_code": code,
        "pivot": name_pivot(slug, volunteer, "floor", zone=None, since=DAY, by=by, now=now),
        "thanks": thank(slug, volunteer, "thanks", given=DAY, by=by, now=now),
        "mission": mission,
        "call": call,
        "answer": CallAnswer.objects.get().pk,
    }
