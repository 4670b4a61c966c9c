"""How a hub is run is written down: keys, roles, modes, exercises."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtepointe.core.errors import BadInput
from courtepointe.engagement.texts import at_least, line, text
from courtepointe.hubs.access import hub_to_fill, line_of
from courtepointe.hubs.actions.told import past, past_or_none, put
from courtepointe.hubs.kinds import known
from courtepointe.hubs.models import Exercise, Keys, Mode, Post
from courtepointe.hubs.values import NewExercise, NewKeys, NewMode, NewPost
from courtepointe.people.actions import create, remove
from courtepointe.people.values import Person


@transaction.atomic
def count_keys(slug: str, hub: int, what: NewKeys, *, by: Person, now: datetime) -> int:
    """Write how many keys a role holds: a count, no name."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    told = {
        "count": at_least(what.count, 0, most=1_000),
        "verified_on": past_or_none(what.verified_on, now=now),
    }
    return put(Keys, row, {"role": known("roles", what.role)}, told, by=by, now=now)


@transaction.atomic
def fill_post(slug: str, hub: int, what: NewPost, *, by: Person, now: datetime) -> int:
    """Write how many hold a role and how many of them are trained: counts, no name."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    filled = None if what.filled is None else at_least(what.filled, 0, most=1_000)
    if what.trained is not None and (filled is None or not 0 <= what.trained <= filled):
        raise BadInput("hub_trained", value=what.trained, expected=filled or 0)
    told = {
        "filled": filled,
        "trained": what.trained,
        "verified_on": past_or_none(what.verified_on, now=now),
    }
    return put(Post, row, {"role": known("roles", what.role)}, told, by=by, now=now)


@transaction.atomic
def write_mode(slug: str, hub: int, what: NewMode, *, by: Person, now: datetime) -> int:
    """Write what starts a mode, and which role decides."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    told = {
        "criteria": text(what.criteria, longest=4_000, needed=True),
        "decides": known("roles", what.decides),
        "decided_by": line(what.decided_by, longest=120),
    }
    return put(Mode, row, {"mode": known("modes", what.mode)}, told, by=by, now=now)


@transaction.atomic
def note_exercise(slug: str, hub: int, what: NewExercise, *, by: Person, now: datetime) -> int:
    """Write down that a hub was opened, for practice or for good."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    made = Exercise(
        workspace_id=row.workspace_id,
        hub=row,
        held=past(what.held, now=now),
        is_real=what.is_real,
        scenario=line(what.scenario, needed=True),
        people=None if what.people is None else at_least(what.people, 0),
        lag_min=None if what.lag_min is None else at_least(what.lag_min, 0),
        lessons=text(what.lessons),
    )
    return create(made, by=by, now=now).pk


@transaction.atomic
def strike_exercise(slug: str, hub: int, number: int, *, by: Person, now: datetime) -> None:
    """Take an exercise off the list."""
    row = hub_to_fill(slug, hub, by=by, now=now)
    remove(line_of(Exercise, number, hub=row), by=by, now=now)
