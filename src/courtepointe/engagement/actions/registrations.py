"""Anybody who holds the address registers, changes their mind, and is forgotten in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import activity_to_join, registration_to_change, to_change
from courtepointe.engagement.actions.destroyed import destroy
from courtepointe.engagement.days import months_after
from courtepointe.engagement.kinds import consent_in_force, needs, words_of
from courtepointe.engagement.models import Activity, Registration, RegistrationNeed
from courtepointe.engagement.queries.activities import LARGEST_GROUP, places_left, takes_names
from courtepointe.engagement.texts import line
from courtepointe.engagement.values.activities import NeedTold, NewRegistration, Registered
from courtepointe.people.actions import change, create
from courtepointe.people.secrets import hashed, new_secret
from courtepointe.people.values import Person

LONGEST_NAME = 60
MOST_REGISTRATIONS = 3_000
"""Of one activity: what strangers may fill is bounded."""
CONFIRMED, WAITING = Registration.State.CONFIRMED, Registration.State.WAITING


@transaction.atomic
def register(token: str, what: NewRegistration, *, now: datetime) -> Registered:
    """Register for an activity by its address; where there is no place left, wait.

    Raises
    ------
    NotFound
        ``unknown_activity``.
    Refused
        ``registration_closed``, ``too_many_registrations``.
    BadInput
        ``gathering_consent_needed``, ``gathering_number``, ``need_wrong``, ``gathering_line_needed``, ``gathering_text_too_long``.
    """
    row = activity_to_join(token, now=now)
    if not takes_names(row, now=now):
        raise Refused("registration_closed")
    if row.registrations.count() >= MOST_REGISTRATIONS:
        raise Refused("too_many_registrations", value=MOST_REGISTRATIONS)
    if not what.agrees:
        raise BadInput("gathering_consent_needed")
    if not 1 <= what.people <= LARGEST_GROUP:
        raise BadInput("gathering_number", value=what.people, expected=f"1–{LARGEST_GROUP}")
    told = _needs(row, what.needs)
    consent = consent_in_force("registrations")
    secret = new_secret()
    made = Registration(
        workspace_id=row.workspace_id,
        activity=row,
        name=line(what.name, longest=LONGEST_NAME, needed=True),
        people=what.people,
        state=CONFIRMED if what.people <= places_left(row) else WAITING,
        consent=consent.version,
        secret=hashed(secret),
        made=now,
        destroy_on=months_after(localdate(row.ends), consent.months),
    )
    create(made, by=None, now=now)
    for one in told:
        held = {"need": one.need, "language": one.language, "count": one.count}
        need = RegistrationNeed(workspace_id=row.workspace_id, registration=made, **held)
        create(need, by=None, now=now)
    return Registered(secret, made.state)


def _needs(row: Activity, told: Sequence[NeedTold]) -> list[NeedTold]:
    held: dict[tuple[str, str], NeedTold] = {}
    for one in told:
        need = needs().get(one.need)
        if need is None or one.need not in row.needs or not 1 <= one.count <= LARGEST_GROUP:
            raise BadInput("need_wrong", value=one.need)
        if need.per_language != (one.language in words_of("languages")):
            raise BadInput("need_wrong", value=one.need)
        held[one.need, one.language] = one
    return list(held.values())


def promote(row: Activity, *, by: Person | None, now: datetime) -> None:
    """Give the places that are left to those who wait, in their order; a group too large is passed over.

    So that whoever registers next and fits may be confirmed at once: nobody who waits would fit.
    """
    left = places_left(row)
    for one in row.registrations.select_for_update().filter(state=WAITING).order_by("made", "pk"):
        if one.people <= left:
            change(one, {"state": CONFIRMED}, by=by, now=now)
            left -= one.people if row.places is not None else 0


def _destroy(rows: Sequence[Registration], *, by: Person | None, now: datetime, why: str) -> int:
    hanging = RegistrationNeed.objects.filter(registration__in=[row.pk for row in rows])
    return destroy(rows, hanging=(hanging,), by=by, now=now, why=why)


@transaction.atomic
def withdraw_registration(secret: str, *, now: datetime) -> None:
    """Change one's mind: what was given is destroyed at once, and who waits may have the place."""
    row = registration_to_change(secret, now=now)
    activity = Activity.objects.select_for_update().get(pk=row.activity_id)
    _destroy([row], by=None, now=now, why="")
    promote(activity, by=None, now=now)


@transaction.atomic
def strike_registration(
    slug: str, number: int, *, by: Person, now: datetime, why: str = ""
) -> None:
    """Take somebody off the list, at their wish: what they gave is destroyed at once."""
    row = to_change(Registration, slug, number, by=by, now=now)
    activity = Activity.objects.select_for_update().get(pk=row.activity_id)
    _destroy([row], by=by, now=now, why=why)
    promote(activity, by=by, now=now)


@transaction.atomic
def destroy_registrations(*, now: datetime) -> int:
    """Destroy the registrations whose time is over, of every workspace; give how many."""
    over = list(Registration.objects.filter(destroy_on__lte=localdate(now)))
    total = 0
    for place in range(0, len(over), 500):
        total += _destroy(over[place : place + 500], by=None, now=now, why="")
    return total
