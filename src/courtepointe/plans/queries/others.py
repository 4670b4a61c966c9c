"""What other workspaces did: the actions that they show to this one, under an agreement in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from courtepointe.core.errors import NotFound
from courtepointe.people.queries import sets_received
from courtepointe.plans.models import Action
from courtepointe.plans.queries.actions import effects_seen, results_seen
from courtepointe.plans.queries.moves import Own, own_indicators
from courtepointe.plans.values import OthersAction

ACTIONS = "resilience_actions"
"""Name of the set that two workspaces agree on."""


def _shown(owners: frozenset[int]) -> QuerySet[Action]:
    rows = Action.objects.filter(workspace_id__in=owners, workspace__closed=None)
    rows = rows.exclude(state__in=("idea", "cancelled")).exclude(dimension__startswith="own-")
    rows = rows.select_related("workspace").prefetch_related("effects", "results")
    return rows.order_by("workspace__name", "pk")


def others_actions(
    receiver: int, *, now: datetime, dimension: str = "", part: str = "", read: str = ""
) -> tuple[OthersAction, ...]:
    """List what others show to a workspace, for a dimension, a part, what was read: by workspace, no rank.

    Ideas, leads, posts, partners, links and means stay home.
    """
    rows = _shown(sets_received(receiver, ACTIONS, now=now))
    rows = rows.filter(dimension=dimension) if dimension else rows
    rows = rows.filter(part=part) if part else rows
    rows = rows.filter(read=read) if read else rows
    return _values(rows)


def other_action(receiver: int, number: int, *, now: datetime) -> OthersAction:
    """Give an action that another workspace shows to this one today, or raise `NotFound`."""
    row = _shown(sets_received(receiver, ACTIONS, now=now)).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_action")
    return _values([row])[0]


def actions_shown(owner: int) -> tuple[OthersAction, ...]:
    """List what a workspace shows of its actions; whoever calls has passed the gate."""
    return _values(_shown(frozenset({owner})))


def _values(rows: Iterable[Action]) -> tuple[OthersAction, ...]:
    held = list(rows)
    own = own_indicators(one for row in held for one in row.effects.all())
    return tuple(_value(row, own) for row in held)


def _value(row: Action, own: Own) -> OthersAction:
    part = "" if row.part.startswith("own-") else row.part
    effects = tuple(one for one in effects_seen(row.effects.all(), own) if not one.replaced)
    seen = (one for one in results_seen(row.results.all()) if not one.replaced)
    results = tuple(replace(one, seen_by="", link="", source=None) for one in seen)
    return OthersAction(
        row.pk, row.workspace.name, row.dimension, part, row.read, row.statement, row.beside, row.cost,
        row.horizon, row.state, effects, results,
    )  # fmt: skip
