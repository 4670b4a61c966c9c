"""The gate: every write, by four people; every read and every public address, by who may and who may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from tests.support.gathered import (
    ACTIVITY,
    AGO,
    COMMITTEE,
    DAY,
    DECISION,
    LATER,
    MEETING,
    MISSION,
    SEAT,
    SINCE,
    SOON,
    WILLING,
    Gathered,
)
from tests.support.table import NOW, Table, joined, person

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotAllowed, NotFound
from courtepointe.engagement import access
from courtepointe.engagement.actions import (
    activities,
    attestations,
    committees,
    decisions,
    feeds,
    meetings,
    missions,
    registrations,
    trainings,
    volunteers,
    zones,
)
from courtepointe.engagement.models import Course, Volunteer, VolunteerContact
from courtepointe.engagement.queries.trainings import verify
from courtepointe.engagement.values.meetings import Counted, NewElection, NewItem
from courtepointe.engagement.values.trainings import NewCourse, NewSession
from courtepointe.engagement.values.volunteers import NewCall
from courtepointe.people.actions import end_seat
from courtepointe.people.models import HistoryRow
from courtepointe.people.queries import members_of
from courtepointe.people.values import Person

pytestmark = pytest.mark.django_db
Act = Callable[[str, Gathered, Any], Any]
OWN = NewCourse(Words("Tricoter", "Knitting"), "discover", Decimal(2), 0)

# Everything that is written in a workspace. `k` holds by= and now=.
WRITES: dict[str, Act] = {
    "begin_committee": lambda s, m, k: committees.begin_committee(s, COMMITTEE, **k),
    "change_committee": lambda s, m, k: committees.change_committee(s, m.committee, replace(COMMITTEE, name="Pilotage"), **k),
    "end_committee": lambda s, m, k: committees.end_committee(s, m.committee, DAY, **k),
    "fill_seat": lambda s, m, k: committees.fill_seat(s, m.committee, SEAT, **k),
    "change_seat": lambda s, m, k: committees.change_seat(s, m.seat, replace(SEAT, role="member"), **k),
    "remove_seat": lambda s, m, k: committees.remove_seat(s, m.seat, **k),
    "leave_seat": lambda s, m, k: committees.leave_seat(s, m.seat, DAY, **k),
    "call_election": lambda s, m, k: committees.call_election(s, m.committee, NewElection("C. A.", 3, DAY), **k),
    "stand": lambda s, m, k: committees.stand(s, m.election, "Bao", **k),
    "withdraw_candidate": lambda s, m, k: committees.withdraw_candidate(s, m.candidate, **k),
    "cancel_election": lambda s, m, k: committees.cancel_election(s, m.election, **k),
    "count_election": lambda s, m, k: committees.count_election(s, m.election, Counted(9, 7, 7, 0, {}), **k),
    "call_meeting": lambda s, m, k: meetings.call_meeting(s, MEETING, **k),
    "change_meeting": lambda s, m, k: meetings.change_meeting(s, m.meeting, replace(MEETING, title="Juin"), **k),
    "cancel_meeting": lambda s, m, k: meetings.cancel_meeting(s, m.meeting, **k),
    "add_item": lambda s, m, k: meetings.add_item(s, m.meeting, NewItem("Budget"), **k),
    "change_item": lambda s, m, k: meetings.change_item(s, m.item, NewItem("Mot de bienvenue"), **k),
    "remove_item": lambda s, m, k: meetings.remove_item(s, m.item, **k),
    "order_items": lambda s, m, k: meetings.order_items(s, m.meeting, [m.item], **k),
    "note_presence": lambda s, m, k: meetings.note_presence(s, m.meeting, {}, guests=4, **k),
    "write_minutes": lambda s, m, k: meetings.write_minutes(s, m.meeting, "On commence.", **k),
    "decide": lambda s, m, k: decisions.decide(s, DECISION, **k),
    "revise_decision": lambda s, m, k: decisions.revise_decision(s, m.decision, DECISION, **k),
    "keep_decision": lambda s, m, k: decisions.keep_decision(s, m.decision, review=None, **k),
    "end_decision": lambda s, m, k: decisions.end_decision(s, m.decision, DAY, why="Fait.", **k),
    "plan_activity": lambda s, m, k: activities.plan_activity(s, ACTIVITY, **k),
    "change_activity": lambda s, m, k: activities.change_activity(s, m.activity, replace(ACTIVITY, places=4), **k),
    "cancel_activity": lambda s, m, k: activities.cancel_activity(s, m.activity, **k),
    "renew_link": lambda s, m, k: activities.renew_link(s, m.activity, **k),
    "add_cost": lambda s, m, k: activities.add_cost(s, "room", session=m.session, actual_cad=Decimal(40), **k),
    "change_cost": lambda s, m, k: activities.change_cost(s, m.cost, "room", planned_cad=Decimal(4), **k),
    "remove_cost": lambda s, m, k: activities.remove_cost(s, m.cost, **k),
    "strike_registration": lambda s, m, k: registrations.strike_registration(s, m.registration, **k),
    "offer_course": lambda s, m, k: trainings.offer_course(s, "pivot", **k),
    "write_course": lambda s, m, k: trainings.write_course(s, OWN, **k),
    "retire_course": lambda s, m, k: trainings.retire_course(s, m.course, DAY, **k),
    "plan_session": lambda s, m, k: trainings.plan_session(s, NewSession(m.course, SOON, LATER, "en", 4), **k),
    "change_session": lambda s, m, k: trainings.change_session(s, m.session, NewSession(m.course, SOON, LATER, "en", 4), **k),
    "cancel_session": lambda s, m, k: trainings.cancel_session(s, m.session, **k),
    "enrol": lambda s, m, k: trainings.enrol(s, m.session, m.volunteer, **k),
    "leave_session": lambda s, m, k: trainings.leave_session(s, m.enrolment, **k),
    "withdraw_attestation": lambda s, m, k: attestations.withdraw_attestation(s, m.attestation, why="Erreur", **k),
    "add_zone": lambda s, m, k: zones.add_zone(s, "Haut", **k),
    "rename_zone": lambda s, m, k: zones.rename_zone(s, m.zone, "Bas", **k),
    "set_touching": lambda s, m, k: zones.set_touching(s, m.zone, [], **k),
    "change_zone": lambda s, m, k: zones.change_zone(s, m.zone, "Bas", [m.near], **k),
    "drop_zone": lambda s, m, k: zones.drop_zone(s, m.near, **k),
    "keep_volunteer": lambda s, m, k: volunteers.keep_volunteer(s, replace(WILLING, contact="", zone=""), **k),
    "change_volunteer": lambda s, m, k: volunteers.change_volunteer(s, m.volunteer, replace(WILLING, slots=()), **k),
    "write_contact": lambda s, m, k: volunteers.write_contact(s, m.volunteer, "a@example.org", **k),
    "renew_consent": lambda s, m, k: volunteers.renew_consent(s, m.volunteer, **k),
    "pause_volunteer": lambda s, m, k: volunteers.pause_volunteer(s, m.volunteer, True, **k),
    "withdraw_volunteer": lambda s, m, k: volunteers.withdraw_volunteer(s, m.volunteer, **k),
    "bring_volunteers": lambda s, m, k: volunteers.bring_volunteers(s, [{"consented": "2026-06-01"}], **k),
    "name_pivot": lambda s, m, k: volunteers.name_pivot(s, m.volunteer, "heat", zone=None, since=DAY, **k),
    "end_pivot": lambda s, m, k: volunteers.end_pivot(s, m.pivot, DAY, **k),
    "thank": lambda s, m, k: volunteers.thank(s, m.volunteer, "letter", given=DAY, **k),
    "take_thanks_back": lambda s, m, k: volunteers.take_thanks_back(s, m.thanks, **k),
    "open_mission": lambda s, m, k: missions.open_mission(s, MISSION, **k),
    "change_mission": lambda s, m, k: missions.change_mission(s, m.mission, replace(MISSION, people_needed=1), **k),
    "cancel_mission": lambda s, m, k: missions.cancel_mission(s, m.mission, **k),
    "make_call": lambda s, m, k: missions.make_call(s, NewCall(mission=m.mission), **k),
    "note_answer": lambda s, m, k: missions.note_answer(s, m.answer, "yes", **k),
    "close_call": lambda s, m, k: missions.close_call(s, m.call, **k),
    "revoke_feed": lambda s, m, k: feeds.revoke_feed(s, m.feed, **k),
}  # fmt: skip
MAKES = {
    "begin_committee", "call_meeting", "decide", "plan_activity", "offer_course", "write_course",
    "add_zone", "keep_volunteer", "bring_volunteers", "open_mission",
}  # fmt: skip
"""Writes that name no row of the table: whoever has a workspace may do them in their own."""
ELSEWHERE = {
    "hold_meeting", "count_attendance", "note_attendance", "issue_attestations", "change_course",
    "remove_course",
    "finish_mission", "settle_tie", "seat_elected", "give_feed",
}  # fmt: skip
"""Writes that have a test of their own below."""
NOBODYS = {"register", "withdraw_registration", "destroy_registrations", "forget_volunteers", "promote", "destroy"}  # fmt: skip


def tried(act: Act, slug: str, made: Gathered, by: Person) -> Any:
    with transaction.atomic():
        return act(slug, made, {"by": by, "now": NOW})


def test_no_write_is_forgotten_here() -> None:
    modules = (
        activities, attestations, committees, decisions, feeds, meetings, missions, registrations,
        trainings, volunteers, zones,
    )  # fmt: skip
    verbs = {
        name
        for module in modules
        for name, thing in vars(module).items()
        if callable(thing) and getattr(thing, "__module__", "") == module.__name__
        and not name.startswith("_") and not isinstance(thing, type)
    }  # fmt: skip
    readers = {"new_codes"}
    assert verbs - readers - NOBODYS == set(WRITES) | ELSEWHERE


def test_the_coordinator_may_and_the_history_tells(table: Table, made: Gathered) -> None:
    before = HistoryRow.objects.count()
    for name, act in WRITES.items():
        with transaction.atomic():
            act(table.slug, made, {"by": table.coordinator, "now": NOW})
            lines = list(HistoryRow.objects.order_by("pk")[before:])
            transaction.set_rollback(True)
        if name not in ("order_items", "enrol", "renew_consent"):
            assert lines, f"{name}: every write leaves a line"
        assert {line.by_name for line in lines} <= {"Ana"}, name
        assert {line.workspace_id for line in lines} <= {table.id}, name
    assert HistoryRow.objects.count() == before


def test_a_member_a_former_member_and_a_stranger_may_not(table: Table, made: Gathered) -> None:
    before = HistoryRow.objects.count()
    for name, act in WRITES.items():
        with pytest.raises(NotAllowed, match="role_needed"):
            tried(act, table.slug, made, table.member)
        for who in (table.former, table.stranger):
            with pytest.raises(NotFound, match="unknown_workspace"):
                tried(act, table.slug, made, who)
        if name not in MAKES:
            with pytest.raises(NotFound, match="unknown_"):
                tried(act, table.other, made, table.stranger)
    assert HistoryRow.objects.count() == before


def test_what_has_to_have_happened_first(table: Table, made: Gathered) -> None:
    own, spare = (
        trainings.write_course(table.slug, OWN, by=table.coordinator, now=NOW) for _ in range(2)
    )
    past = meetings.call_meeting(
        table.slug, replace(MEETING, starts=AGO, ends=SINCE), by=table.coordinator, now=NOW
    )
    over = activities.plan_activity(
        table.slug,
        replace(ACTIVITY, starts=AGO, ends=SINCE, closes=AGO),
        by=table.coordinator,
        now=NOW,
    )
    done = missions.open_mission(
        table.slug, replace(MISSION, starts=AGO, ends=SINCE), by=table.coordinator, now=NOW
    )
    given = trainings.plan_session(
        table.slug, NewSession(made.course, AGO, SINCE, "fr", 4), by=table.coordinator, now=NOW
    )
    trainings.enrol(table.slug, given, made.volunteer, by=table.coordinator, now=NOW)
    (number,) = [one.number for one in enrolled(table, given)]
    acts: list[Act] = [
        lambda s, m, k: meetings.hold_meeting(s, past, **k),
        lambda s, m, k: activities.count_attendance(s, over, {"adults": 12}, **k),
        lambda s, m, k: missions.finish_mission(s, done, 3, **k),
        lambda s, m, k: trainings.remove_course(s, spare, **k),
        lambda s, m, k: trainings.change_course(s, own, replace(OWN, hours=Decimal(3)), **k),
        lambda s, m, k: trainings.note_attendance(s, given, {number: True}, **k),
        lambda s, m, k: attestations.issue_attestations(s, given, issued=DAY, **k),
        lambda s, m, k: committees.count_election(s, m.election, Counted(9, 7, 7, 0, {}), **k),
        lambda s, m, k: committees.seat_elected(s, m.election, role="chair", since=DAY, until=None, **k),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(NotAllowed, match="role_needed"):
            tried(act, table.slug, made, table.member)
        with pytest.raises(NotFound, match="unknown_workspace"):
            tried(act, table.slug, made, table.former)
        with pytest.raises(NotFound, match="unknown_"):
            tried(act, table.other, made, table.stranger)
        tried(act, table.slug, made, table.coordinator)
    assert Course.objects.get(pk=own).hours == Decimal("3.0")


def enrolled(table: Table, session: int) -> Any:
    from courtepointe.engagement.queries.trainings import enrolments_of
    from courtepointe.people.access import workspace_to

    seen = workspace_to("write", table.slug, by=table.coordinator, now=NOW)
    return enrolments_of(seen, session, now=NOW)


def test_a_contact_is_read_with_the_right_to_contacts_only(table: Table, made: Gathered) -> None:
    def read(slug: str, by: Person) -> str:
        return access.contact_to_read(slug, made.volunteer, by=by, now=NOW)

    assert read(table.slug, table.coordinator) == "mirabelle@example.org"
    with pytest.raises(NotAllowed, match="role_needed"):
        read(table.slug, table.member)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            read(table.slug, who)
    with pytest.raises(NotFound, match="unknown_volunteer"):
        read(table.other, table.stranger)
    row = VolunteerContact.objects.raw(
        "SELECT *, contact AS sealed FROM engagement_volunteercontact"
    )[0]
    assert "mirabelle" not in row.sealed
    for line in HistoryRow.objects.all():
        assert "mirabelle@" not in f"{line.before}{line.after}"


def test_a_calendar_ends_with_the_seat_of_who_asked_for_it(table: Table, made: Gathered) -> None:
    eli = person("Eli")
    joined(table.slug, table.coordinator, eli, "reader")
    secret = feeds.give_feed(table.slug, "Téléphone", lang="en", by=eli, now=NOW)
    read = access.feed_to_read(secret, now=NOW)
    assert (read.lang, read.slug) == ("en", table.slug)
    assert {one.what for one in read.moments} == {"meeting", "activity", "session", "mission"}
    assert "mirabelle" not in repr(read).casefold() and "Eli" not in repr(read)
    (seat,) = [one.number for one in members_of(table.id) if one.person == eli]
    end_seat(table.slug, seat, by=table.coordinator, now=NOW)
    with pytest.raises(NotFound, match="unknown_feed"):
        access.feed_to_read(secret, now=NOW)


def test_a_revoked_calendar_gives_nothing(table: Table, made: Gathered) -> None:
    own = feeds.give_feed(table.slug, "Bao", lang="fr", by=table.member, now=NOW)
    with pytest.raises(NotAllowed, match="role_needed"):
        feeds.revoke_feed(table.slug, made.feed, by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        feeds.give_feed(table.slug, "Dov", lang="fr", by=table.stranger, now=NOW)
    with pytest.raises(NotFound, match="unknown_workspace"):
        feeds.give_feed(table.slug, "Cléo", lang="fr", by=table.former, now=NOW)
    number = made.feed + 1
    feeds.revoke_feed(table.slug, number, by=table.member, now=NOW)
    with pytest.raises(NotFound, match="unknown_feed"):
        access.feed_to_read(own, now=NOW)
    assert access.feed_to_read(made.feed_secret, now=NOW).moments
    feeds.revoke_feed(table.slug, made.feed, by=table.coordinator, now=NOW)
    with pytest.raises(NotFound, match="unknown_feed"):
        access.feed_to_read(made.feed_secret, now=NOW)
    with pytest.raises(NotFound, match="unknown_feed"):
        access.feed_to_read("x" * 43, now=NOW)


def test_public_addresses_tell_nothing_of_anybody(table: Table, made: Gathered) -> None:
    offered = access.activity_offered(made.token, now=NOW)
    assert (offered.title, offered.takes_names, offered.is_full) == (
        "Soupe de quartier",
        True,
        False,
    )
    checked = verify(made.attestation_code.lower(), now=NOW)
    assert (checked.state, checked.issuer) == ("valid", "Table de quartier de Vieux-Moulin")
    mine, _ = access.my_registration(made.registration_secret, now=NOW)
    assert mine.name == "Mirabelle"
    for told in (offered, checked):
        assert "mirabelle" not in repr(told).casefold()
        assert made.volunteer not in repr(told)
    for wrong in ("", "x" * 24, str(made.activity)):
        with pytest.raises(NotFound, match="unknown_activity"):
            access.activity_offered(wrong, now=NOW)
        with pytest.raises(NotFound, match="unknown_registration"):
            access.my_registration(wrong, now=NOW)
    activities.change_activity(table.slug, made.activity, replace(ACTIVITY, is_open=False), by=table.coordinator, now=NOW)  # fmt: skip
    with pytest.raises(NotFound, match="unknown_activity"):
        access.activity_offered(made.token, now=NOW)


def test_a_volunteers_time_ends(table: Table, made: Gathered) -> None:
    assert volunteers.forget_volunteers(now=NOW + timedelta(days=729)) == 0
    assert volunteers.forget_volunteers(now=NOW + timedelta(days=731)) == 1
    assert not Volunteer.objects.exists()
