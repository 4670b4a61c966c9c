"""What the crawler plants of those who gather: one of each thing, with people's words in them."""

from __future__ import annotations

from tests.support.examples import Planted
from tests.support.gathered import gather
from tests.support.table import Table


def plant(table: Table) -> Planted:
    """Make one of each thing; give the names, contacts and words that may not leave."""
    made = gather(table)
    ids: dict[str, object] = {
        "space_committee.number": made.committee,
        "space_election.number": made.election,
        "space_meeting.number": made.meeting,
        "space_meeting_projector.number": made.meeting,
        "space_meeting_sheet.number": made.meeting,
        "space_seat.number": made.seat,
        "space_cost.number": made.cost,
        "space_course.number": made.course,
        "space_zone.number": made.zone,
        "space_decision.number": made.decision,
        "space_activity.number": made.activity,
        "space_session.number": made.session,
        "space_attestation.code": made.attestation_code,
        "space_volunteer.code": made.volunteer,
        "space_mission.number": made.mission,
        "space_call.number": made.call,
        "join_activity.token": made.token,
        "my_registration.secret": made.registration_secret,
        "verified.code": made.attestation_code,
        "calendar_feed.secret": made.feed_secret,
    }
    words = ("Mirabelle", "mirabelle@example.org", "Alix", "Ouvrir dès 30")
    return Planted(ids=ids, private=words, contacts=("Mirabelle", "mirabelle@example.org"))
