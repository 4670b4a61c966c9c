"""Actions of a sheet are taken in: all of them or none, as one batch that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.people.actions import create
from courtepointe.people.values import Person
from courtepointe.plans.actions.actions import write_action
from courtepointe.plans.kinds import known
from courtepointe.plans.models import Action, ActionPartner, Effect, Ground
from courtepointe.plans.queries.grounds import ground_row
from courtepointe.plans.values import ArrivingAction
from courtepointe.portraits.resilience.access import to_change as portrait_to_change
from courtepointe.portraits.resilience.models import ResiliencePortrait


@transaction.atomic
def bring_actions(
    slug: str, portrait: int, arriving: Sequence[ArrivingAction], *, by: Person, now: datetime, batch: str
) -> int:  # fmt: skip
    """Write the actions of a sheet as ideas of a portrait; give how many. One that is there is left as it is.

    Raises
    ------
    NotFound
        ``unknown_ground``.
    BadInput
        As `write_action`.
    """
    held = portrait_to_change(ResiliencePortrait, slug, portrait, by=by, now=now)
    rows = Action.objects.filter(portrait=held).exclude(state="cancelled")
    there = set(rows.values_list("dimension", "statement"))
    fresh = [one for one in arriving if (one.what.dimension, one.what.statement) not in there]
    for one in fresh:
        number = write_action(slug, held.pk, one.what, by=by, now=now, batch=batch)
        _beside(held, number, one, by=by, now=now, batch=batch)
    return len(fresh)


def _beside(
    held: ResiliencePortrait, number: int, one: ArrivingAction, *, by: Person, now: datetime, batch: str
) -> None:  # fmt: skip
    whose = {"workspace_id": held.workspace_id, "action_id": number}
    for name in one.partners:
        create(ActionPartner(name=name, **whose), by=by, now=now, batch=batch)
    if one.expected:
        moves = {"words": one.expected, "direction": known("directions", one.direction)}
        create(Effect(made=localdate(now), **moves, **whose), by=by, now=now, batch=batch)
    if one.passage is not None:
        passage = ground_row(held.workspace_id, held.pk, "passage", one.passage)
        create(Ground(kind="passage", passage=passage, **whose), by=by, now=now, batch=batch)
