"""Actions are written, taken from a suggestion or from others, moved from state to state."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.engagement.texts import line, text
from courtepointe.hubs.queries.directory import record_uid
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person
from courtepointe.plans.access import row_of, to_change
from courtepointe.plans.actions.overwriting import overwrite
from courtepointe.plans.kinds import (
    Suggested,
    known,
    known_or_none,
    next_states,
    read_or_none,
    suggested,
)
from courtepointe.plans.models import Action, Effect, Priority
from courtepointe.plans.queries.others import other_action
from courtepointe.plans.values import NewAction
from courtepointe.portraits.resilience.access import to_change as portrait_to_change
from courtepointe.portraits.resilience.models import ResiliencePortrait
from courtepointe.portraits.resilience.queries import known_dimension
from courtepointe.portraits.resilience.suggested import suggested as indicators_suggested


def _action(
    what: NewAction, workspace: int, *, portrait: int, held: Action | None = None
) -> dict[str, Any]:
    known_dimension(workspace, what.dimension, what.part)
    priority = None if what.priority is None else row_of(Priority, what.priority, workspace=workspace)  # fmt: skip
    if priority is not None and priority.portrait_id != portrait:
        raise NotFound("unknown_priority")
    return {
        "priority": priority,
        "dimension": what.dimension,
        "part": what.part,
        "read": read_or_none(what.read),
        "statement": line(what.statement, longest=400, needed=True),
        "about": text(what.about, longest=4_000),
        "bearer": known("bearers", what.bearer),
        "lead": _lead(what.lead, workspace, held=held),
        "role": line(what.role, longest=120),
        "beside": line(what.beside, longest=400),
        "beside_by": line(what.beside_by),
        "means": line(what.means, longest=400),
        "cost": known_or_none("costs", what.cost),
        "horizon": known("horizons", what.horizon),
        "due": what.due,
    }


def _lead(number: int | None, workspace: int, *, held: Action | None) -> UUID | None:
    """Give the identifier of who leads; 0 stands for the one that it has, whose record may be closed."""
    if number is None:
        return None
    if number == 0:
        return None if held is None else held.lead
    return record_uid(workspace, number, "organization")


@transaction.atomic
def write_action(
    slug: str, portrait: int, what: NewAction, *, by: Person, now: datetime, batch: str = ""
) -> int:
    """Write an action of a portrait, as an idea, and give its number.

    Raises
    ------
    Refused
        ``action_twice``: the portrait has it already.
    """
    held = portrait_to_change(ResiliencePortrait, slug, portrait, by=by, now=now)
    told = _action(what, held.workspace_id, portrait=held.pk)
    return _new(held.pk, held.workspace_id, told, by=by, now=now, batch=batch)


def _new(
    portrait: int, workspace: int, told: dict[str, Any], *, by: Person, now: datetime, batch: str = ""
) -> int:  # fmt: skip
    same = Action.objects.filter(portrait_id=portrait, dimension=told["dimension"])
    if same.filter(statement=told["statement"]).exclude(state="cancelled").exists():
        raise Refused("action_twice", value=told["statement"])
    row = Action(workspace_id=workspace, portrait_id=portrait, state="idea", **told)
    return create(row, by=by, now=now, batch=batch).pk


@transaction.atomic
def change_action(
    slug: str, number: int, what: NewAction, *, after: str, by: Person, now: datetime
) -> None:
    """Say an action otherwise; ``after`` is the mark of what its writer read. Raises as `overwrite`."""
    row = to_change(Action, slug, number, by=by, now=now)
    told = _action(what, row.workspace_id, portrait=row.portrait_id, held=row)
    overwrite(row, told, after=after, by=by, now=now)


@transaction.atomic
def move_action(
    slug: str, number: int, state: str, *, by: Person, now: datetime, on: date | None = None, why: str = ""
) -> None:  # fmt: skip
    """Say where an action stands; a completed one has the day on which it was done.

    Raises
    ------
    Refused
        ``action_state``: it cannot become this from where it stands.
    BadInput
        ``plan_future_day``.
    """
    row = to_change(Action, slug, number, by=by, now=now)
    asked = known("states", state)
    if asked == row.state:
        return
    if asked not in next_states()[row.state]:
        raise Refused("action_state", value=asked, expected=", ".join(next_states()[row.state]))
    today = localdate(now)
    done = (on or today) if asked == "completed" else None
    if done is not None and done > today:
        raise BadInput("plan_future_day", value=done, expected=today)
    told = {"state": asked, "done": done}
    change(row, told, by=by, now=now, why=line(why, longest=400))


@transaction.atomic
def take_suggestion(
    slug: str, portrait: int, code: str, *, lang: str, by: Person, now: datetime,
    priority: int | None = None, read: str = "",
) -> int:  # fmt: skip
    """Take a suggested action up as an idea, in a language, with its expected effect; give its number."""
    held = portrait_to_change(ResiliencePortrait, slug, portrait, by=by, now=now)
    one = suggested().get(code)
    if one is None:
        raise NotFound("unknown_suggestion", value=code)
    what = NewAction(
        one.statement.in_(lang), one.dimension, one.part, read, priority=priority, bearer=one.bearer,
        beside=one.beside.in_(lang), cost=one.cost, horizon=one.horizon,
        means=_posts(one, lang),
    )  # fmt: skip
    told = _action(what, held.workspace_id, portrait=held.pk) | {"suggested": code}
    number = _new(held.pk, held.workspace_id, told, by=by, now=now)
    for told in _expected(one, lang):
        effect = Effect(
            workspace_id=held.workspace_id, action_id=number, made=localdate(now), **told
        )
        create(effect, by=by, now=now)
    return number


def _posts(one: Suggested, lang: str) -> str:
    """Say which posts a suggestion needs: they are means; who leads is still to be found."""
    return ", ".join(role.in_(lang) for role in one.roles)[:400]


def _expected(one: Suggested, lang: str) -> list[dict[str, str]]:
    """Give what a suggestion expects: what one would see soon, then what the portrait counts."""
    near = {"words": one.indicator.in_(lang), "direction": one.direction}
    if not one.counts:
        return [near]
    better = indicators_suggested()[one.counts].polarity > 0
    return [near, {"indicator": one.counts, "direction": "up" if better else "down"}]


@transaction.atomic
def take_from_others(
    slug: str, portrait: int, number: int, *, by: Person, now: datetime, priority: int | None = None
) -> int:
    """Take up, as an idea, an action that another workspace shows; who it was learned from is kept."""
    held = portrait_to_change(ResiliencePortrait, slug, portrait, by=by, now=now)
    one = other_action(held.workspace_id, number, now=now)
    what = NewAction(
        one.statement, one.dimension, one.part, one.read, priority=priority, beside=one.beside,
        cost=one.cost, horizon=one.horizon,
    )  # fmt: skip
    told = _action(what, held.workspace_id, portrait=held.pk) | {"learned_from": one.workspace}
    return _new(held.pk, held.workspace_id, told, by=by, now=now)
