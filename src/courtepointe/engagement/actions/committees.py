"""Committees begin, seats are filled and left, elections are held."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import row_of, to_change
from courtepointe.engagement.elections import check_count, elect
from courtepointe.engagement.kinds import known, quorum_of_kind
from courtepointe.engagement.models import (
    Candidate,
    Committee,
    Election,
    Meeting,
    Presence,
    Seat,
)
from courtepointe.engagement.texts import NAME, at_least, line, text
from courtepointe.engagement.values.meetings import Counted, NewCommittee, NewElection, NewSeat
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person


def _committee(what: NewCommittee) -> dict[str, Any]:
    kind = known("committees", what.kind)
    percent = what.quorum_percent
    percent = quorum_of_kind().get(kind, 0) if percent is None else percent
    return {
        "kind": kind,
        "name": line(what.name, needed=True),
        "purpose": text(what.purpose),
        "begins": what.begins,
        "quorum_percent": at_least(percent, 0, most=100) or None,
    }


@transaction.atomic
def begin_committee(slug: str, what: NewCommittee, *, by: Person, now: datetime) -> int:
    """Begin a committee and give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = Committee(workspace_id=workspace.id, **_committee(what))
    return create(row, by=by, now=now).pk


@transaction.atomic
def change_committee(
    slug: str, number: int, what: NewCommittee, *, by: Person, now: datetime
) -> None:
    """Change what a committee says of itself."""
    row = to_change(Committee, slug, number, by=by, now=now)
    if row.ended is not None and row.ended < what.begins:
        raise BadInput("ends_before_it_begins", value=row.ended, expected=what.begins)
    change(row, _committee(what), by=by, now=now)


@transaction.atomic
def end_committee(
    slug: str, number: int, on: date, *, by: Person, now: datetime, why: str = ""
) -> None:
    """End a committee; its seats end with it, what it decided stays."""
    row = to_change(Committee, slug, number, by=by, now=now)
    if on < row.begins:
        raise BadInput("ends_before_it_begins", value=on, expected=row.begins)
    change(row, {"ended": on}, by=by, now=now, why=why)
    for seat in row.seats.filter(until=None):
        change(seat, {"until": max(on, seat.since)}, by=by, now=now, why=why)


def _seat(what: NewSeat) -> dict[str, Any]:
    organisation, person = line(what.organisation), line(what.person, longest=NAME)
    if not organisation and not person:
        raise BadInput("seat_of_nobody")
    if what.until is not None and what.until < what.since:
        raise BadInput("ends_before_it_begins", value=what.until, expected=what.since)
    told = asdict(what) | {"organisation": organisation, "person": person}
    return told | {"role": known("seat_roles", what.role)}


@transaction.atomic
def fill_seat(slug: str, committee: int, what: NewSeat, *, by: Person, now: datetime) -> int:
    """Give a seat of a committee to an organisation or a person."""
    row = to_change(Committee, slug, committee, by=by, now=now)
    if row.ended is not None:
        raise Refused("committee_ended", date=row.ended)
    seat = Seat(workspace_id=row.workspace_id, committee=row, **_seat(what))
    return create(seat, by=by, now=now).pk


@transaction.atomic
def change_seat(slug: str, number: int, what: NewSeat, *, by: Person, now: datetime) -> None:
    """Correct a seat. Nobody sits in a committee after its end."""
    row = to_change(Seat, slug, number, by=by, now=now)
    held, ended = _seat(what), row.committee.ended
    if ended is not None and (what.until is None or what.until > ended):
        raise Refused("committee_ended", date=ended)
    change(row, held, by=by, now=now)


@transaction.atomic
def remove_seat(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Remove a seat that was written by mistake; one that was at a meeting stays: its term is ended."""
    row = to_change(Seat, slug, number, by=by, now=now)
    if row.presences.exclude(status=Presence.Status.EXPECTED).exists():
        raise Refused("seat_was_noted")
    for one in row.presences.all():
        remove(one, by=by, now=now)
    remove(row, by=by, now=now)


@transaction.atomic
def leave_seat(
    slug: str, number: int, on: date, *, by: Person, now: datetime, why: str = ""
) -> None:
    """End somebody's term in a committee; who sat when stays readable, a term that is over as it was."""
    row = to_change(Seat, slug, number, by=by, now=now)
    if row.until is not None and row.until <= on:
        return
    if on < row.since:
        raise BadInput("ends_before_it_begins", value=on, expected=row.since)
    change(row, {"until": on}, by=by, now=now, why=why)


@transaction.atomic
def call_election(
    slug: str, committee: int, what: NewElection, *, by: Person, now: datetime
) -> int:
    """Call an election to seats of a committee."""
    row = to_change(Committee, slug, committee, by=by, now=now)
    meeting = what.meeting and row_of(Meeting, what.meeting, workspace=row.workspace_id).pk
    election = Election(
        workspace_id=row.workspace_id,
        committee=row,
        meeting_id=meeting,
        title=line(what.title, needed=True),
        seats_open=at_least(what.seats_open, 1, most=100),
        quorum=at_least(what.quorum, 0),
        on=what.on,
    )
    return create(election, by=by, now=now).pk


def _open(slug: str, number: int, *, by: Person, now: datetime) -> Election:
    row = to_change(Election, slug, number, by=by, now=now)
    if row.state != Election.State.OPEN:
        raise Refused("election_over")
    return row


@transaction.atomic
def stand(
    slug: str, election: int, name: str, *, organisation: str = "", by: Person, now: datetime
) -> int:
    """Write down somebody who stands."""
    row = _open(slug, election, by=by, now=now)
    held = {"name": line(name, longest=NAME, needed=True), "organisation": line(organisation)}
    if row.candidates.filter(**held).exists():
        raise Refused("candidate_stands_already", value=held["name"])
    made = Candidate(workspace_id=row.workspace_id, election=row, **held)
    return create(made, by=by, now=now).pk


@transaction.atomic
def withdraw_candidate(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Take somebody off the list before the vote."""
    row = to_change(Candidate, slug, number, by=by, now=now)
    if row.election.state != Election.State.OPEN:
        raise Refused("election_over")
    remove(row, by=by, now=now)


@transaction.atomic
def cancel_election(slug: str, number: int, *, by: Person, now: datetime, why: str = "") -> None:
    """Call an election off."""
    row = _open(slug, number, by=by, now=now)
    change(row, {"state": Election.State.CANCELLED}, by=by, now=now, why=why)


@transaction.atomic
def count_election(slug: str, number: int, what: Counted, *, by: Person, now: datetime) -> None:
    """Write down the count and its result. Without quorum nobody is elected, and the count says so."""
    row = _open(slug, number, by=by, now=now)
    candidates = {one.pk: one for one in row.candidates.select_for_update()}
    if not candidates:
        raise Refused("nobody_stands")
    check_count(
        list(what.votes.values()), eligible=what.eligible, present=what.present, cast=what.cast,
        spoiled=what.spoiled, seats=row.seats_open,
    )  # fmt: skip
    held = {"eligible": what.eligible, "present": what.present, "cast": what.cast, "spoiled": what.spoiled}  # fmt: skip
    if what.present < row.quorum:
        change(row, held | {"state": Election.State.WITHOUT_QUORUM}, by=by, now=now)
        return
    result = elect(candidates.keys(), what.votes, seats=row.seats_open)
    change(row, held | {"state": Election.State.HELD}, by=by, now=now)
    for one, candidate in candidates.items():
        elected = None if one in result.tied else one in result.elected
        told = {"votes": what.votes.get(one), "elected": elected}
        change(candidate, told, by=by, now=now)


@transaction.atomic
def settle_tie(
    slug: str, number: int, elected: list[int], *, by: Person, now: datetime, why: str
) -> None:
    """Write down how a tie was settled, by a second round or by lot: ``why`` says it."""
    row = to_change(Election, slug, number, by=by, now=now)
    tied = {one.pk: one for one in row.candidates.filter(elected=None)}
    left = row.seats_open - row.candidates.filter(elected=True).count()
    if row.state != Election.State.HELD or not tied:
        raise Refused("no_tie")
    if not set(elected) <= set(tied) or len(set(elected)) != min(left, len(tied)):
        raise BadInput("tie_settled_wrong", value=len(set(elected)), expected=left)
    reason = line(why, longest=400, needed=True)
    for one, candidate in tied.items():
        change(candidate, {"elected": one in elected}, by=by, now=now, why=reason)


@transaction.atomic
def seat_elected(
    slug: str, number: int, *, role: str, since: date, until: date | None, by: Person, now: datetime
) -> int:
    """Give those elected their seats; give how many were seated."""
    row = to_change(Election, slug, number, by=by, now=now)
    elected = list(row.candidates.filter(elected=True).order_by("pk"))
    if row.state != Election.State.HELD or not elected:
        raise Refused("nobody_elected")
    for one in elected:
        what = NewSeat(role, since, one.organisation, one.name, until)
        held = row.committee.seats.filter(
            organisation=one.organisation, person=one.name, since=since, role=role
        )
        if not held.exists():
            seat = Seat(workspace_id=row.workspace_id, committee=row.committee, **_seat(what))
            create(seat, by=by, now=now, why=row.title)
    return len(elected)
