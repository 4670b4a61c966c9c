"""Resilience portraits are begun, described, closed and followed; neighbourhoods add to the framework."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound, Refused
from courtepointe.engagement.texts import line, text
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create
from courtepointe.people.queries import territories_of
from courtepointe.people.values import Person
from courtepointe.portraits.resilience.access import portrait_to_fill, to_change
from courtepointe.portraits.resilience.actions.scores import keep_scores_of, take_over
from courtepointe.portraits.resilience.framework import VERSION
from courtepointe.portraits.resilience.models import Observation, OwnPart, ResiliencePortrait
from courtepointe.portraits.resilience.queries import known_dimension
from courtepointe.portraits.resilience.values import NewOwnPart, NewPortrait


def _portrait(what: NewPortrait, workspace: int) -> dict[str, Any]:
    if what.territory not in {one.number for one in territories_of(workspace)}:
        raise NotFound("unknown_territory")
    return {
        "name": line(what.name, needed=True),
        "about": text(what.about, longest=4_000),
        "territory_id": what.territory,
    }


@transaction.atomic
def begin_portrait(slug: str, what: NewPortrait, *, by: Person, now: datetime) -> int:
    """Begin a resilience portrait of a territory and give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    row = ResiliencePortrait(
        workspace_id=workspace.id,
        framework=VERSION,
        begun=localdate(now),
        **_portrait(what, workspace.id),
    )
    return create(row, by=by, now=now).pk


@transaction.atomic
def describe_portrait(
    slug: str, number: int, what: NewPortrait, *, by: Person, now: datetime
) -> None:
    """Change what an open portrait says of itself.

    Raises
    ------
    Refused
        ``resilience_territory_counted``: what was observed is of the territory that it has.
    """
    row = portrait_to_fill(slug, number, by=by, now=now)
    told = _portrait(what, row.workspace_id)
    if told["territory_id"] != row.territory_id and _is_counted(row):
        raise Refused("resilience_territory_counted")
    change(row, told, by=by, now=now)


def _is_counted(row: ResiliencePortrait) -> bool:
    return Observation.objects.filter(indicator__portrait=row).exists()


@transaction.atomic
def close_portrait(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Close an edition: it takes nothing more, and stays as it is; its scores are kept as they stand."""
    row = portrait_to_fill(slug, number, by=by, now=now)
    keep_scores_of(row, by=by, now=now)
    change(row, {"closed": localdate(now)}, by=by, now=now)


@transaction.atomic
def follow_portrait(slug: str, number: int, *, by: Person, now: datetime) -> int:
    """Begin the next edition of a closed portrait and give its number; it counts what the one before counted.

    Raises
    ------
    Refused
        ``portrait_still_open``, ``portrait_followed``.
    """
    row = to_change(ResiliencePortrait, slug, number, by=by, now=now)
    if row.closed is None:
        raise Refused("portrait_still_open")
    if ResiliencePortrait.objects.filter(follows=row).exists():
        raise Refused("portrait_followed")
    after = ResiliencePortrait(
        workspace_id=row.workspace_id,
        territory_id=row.territory_id,
        name=row.name,
        about=row.about,
        framework=VERSION,
        follows=row,
        begun=localdate(now),
    )
    create(after, by=by, now=now)
    take_over(row, after, by=by, now=now)
    return after.pk


@transaction.atomic
def add_own_part(slug: str, what: NewOwnPart, *, by: Person, now: datetime) -> int:
    """Add a dimension or a part of the neighbourhood's own, and give its number.

    Raises
    ------
    Refused
        ``own_part_same`` where one of that name stands in the same place.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    if what.dimension:
        known_dimension(workspace.id, what.dimension)
    name = line(what.name_fr, longest=120, needed=True)
    there = OwnPart.objects.filter(workspace_id=workspace.id, dimension=what.dimension, ended=None)
    if name.casefold() in {one.casefold() for one in there.values_list("name_fr", flat=True)}:
        raise Refused("own_part_same", value=name)
    row = OwnPart(
        workspace_id=workspace.id,
        dimension=what.dimension,
        name_fr=name,
        name_en=line(what.name_en, longest=120),
        about_fr=text(what.about_fr, longest=2_000),
        about_en=text(what.about_en, longest=2_000),
    )
    return create(row, by=by, now=now).pk


@transaction.atomic
def end_own_part(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Offer a part of the neighbourhood's own no more; what was written of it stays."""
    row = to_change(OwnPart, slug, number, by=by, now=now)
    if row.ended is None:
        change(row, {"ended": localdate(now)}, by=by, now=now)
