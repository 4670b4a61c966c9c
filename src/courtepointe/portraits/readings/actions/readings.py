"""Readings are written in versions and validated; none is rewritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.queries.meetings import decision, meeting
from courtepointe.engagement.texts import at_least, line, text
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, remove
from courtepointe.people.values import Person
from courtepointe.portraits.readings.access import reading_to_agree
from courtepointe.portraits.readings.kinds import known
from courtepointe.portraits.readings.models import KeptScore, Reading
from courtepointe.portraits.readings.queries.profiles import reckoned_beside
from courtepointe.portraits.readings.values import NewReading, Validation
from courtepointe.portraits.resilience.access import portrait_to_fill
from courtepointe.portraits.resilience.queries import known_dimension
from courtepointe.portraits.resilience.queries.numbers import reckoned
from courtepointe.portraits.resilience.scoring import Reckoned

LONGEST = 4_000


@transaction.atomic
def write_reading(
    slug: str, portrait: int, dimension: str, what: NewReading, *, by: Person, now: datetime
) -> int:
    """Write a version of a dimension's reading in place of the one before, and give its number.

    Raises
    ------
    Refused
        ``reading_moved_on`` where somebody wrote a version meanwhile; ``portrait_closed``.
    BadInput
        ``reading_empty``, ``reading_unknown_kind``, ``resilience_unknown_kind``.
    """
    row = portrait_to_fill(slug, portrait, by=by, now=now)
    known_dimension(row.workspace_id, dimension)
    told = _told(what)
    last = Reading.objects.filter(portrait=row, dimension=dimension, superseded=None).first()
    before = 0 if last is None else last.version
    if before != what.after:
        raise Refused("reading_moved_on", value=before)
    if last is not None:
        change(last, {"superseded": localdate(now)}, by=by, now=now)
    made = Reading(
        workspace_id=row.workspace_id,
        portrait=row,
        dimension=dimension,
        version=before + 1,
        written=localdate(now),
        **told,
    )
    return create(made, by=by, now=now).pk


def _told(what: NewReading) -> dict[str, Any]:
    texts = ("number_view", "local_view", "text_fr", "text_en")
    told = {name: text(getattr(what, name), longest=LONGEST) for name in texts}
    if not any(told.values()):
        raise BadInput("reading_empty")
    return told | {
        "agreement": known("agreements", what.agreement),
        "state": known("states", what.state),
    }


@transaction.atomic
def validate_reading(
    slug: str, number: int, what: Validation, *, by: Person, now: datetime
) -> None:
    """Say which group of people agreed to the version that stands, on which day, at which meeting.

    What the numbers say is kept with it as they stand now, and is what others are shown.

    Raises
    ------
    Refused
        ``reading_superseded``, ``reading_already_validated``, ``portrait_closed``.
    BadInput
        ``reading_text_needed``, ``reading_day``, ``gathering_line_needed``.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    row = reading_to_agree(slug, number, by=by, now=now)
    _refuse_or_nothing(row, what, now=now)
    told = {
        "validated": what.on,
        "validated_by": line(what.by_whom, needed=True),
        "people": None if what.people is None else at_least(what.people, 1),
        "meeting_id": what.meeting and meeting(workspace, what.meeting).line.number,
        "decision_id": what.decision and decision(workspace, what.decision).number,
    }
    change(row, told, by=by, now=now)
    _keep_score(row, reckoned(row.workspace_id, row.portrait_id), beside=False, by=by, now=now)
    shared = reckoned_beside(row.workspace_id, row.portrait_id)
    _keep_score(row, shared, beside=True, by=by, now=now)


def _keep_score(row: Reading, found: Reckoned, *, beside: bool, by: Person, now: datetime) -> None:
    """Keep what the numbers say of a reading's dimension; those of its own stand beside no others."""
    if row.dimension not in found.numbers:
        return
    made = KeptScore(
        workspace_id=row.workspace_id,
        reading=row,
        beside=beside,
        made=now,
        **found.kept(row.dimension),
    )
    create(made, by=by, now=now)


@transaction.atomic
def take_back_validation(slug: str, number: int, why: str, *, by: Person, now: datetime) -> None:
    """Say that a group's agreement was written down by mistake, and why; it stays in the history alone.

    Others are shown what was validated before it, where something was.

    Raises
    ------
    Refused
        ``reading_not_validated``, ``portrait_closed``.
    """
    row = reading_to_agree(slug, number, by=by, now=now)
    reason = line(why, longest=400, needed=True)
    if row.validated is None:
        raise Refused("reading_not_validated")
    for one in row.scores.order_by("pk"):
        remove(one, by=by, now=now, why=reason)
    nobody = {"validated": None, "validated_by": "", "people": None, "meeting_id": None, "decision_id": None}  # fmt: skip
    change(row, nobody, by=by, now=now, why=reason)


def _refuse_or_nothing(row: Reading, what: Validation, *, now: datetime) -> None:
    if row.superseded is not None:
        raise Refused("reading_superseded", value=row.version)
    if row.validated is not None:
        raise Refused("reading_already_validated", date=row.validated)
    if not (row.text_fr or row.text_en):
        raise BadInput("reading_text_needed")
    if what.on > localdate(now) or what.on < row.written:
        raise BadInput("reading_day", value=what.on, since=row.written, until=localdate(now))
