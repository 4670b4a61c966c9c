"""Resilience portraits and their dimensions, as pages read them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import NotFound
from courtepointe.people.lists import held
from courtepointe.people.queries import territories_of
from courtepointe.people.values import Territory, WorkspaceSeen
from courtepointe.portraits.resilience.framework import Dimension, Part, dimensions, part_names
from courtepointe.portraits.resilience.models import OwnPart, ResiliencePortrait
from courtepointe.portraits.resilience.values import OwnPartSeen, PortraitSeen


def _rows(workspace: int) -> QuerySet[ResiliencePortrait]:
    rows = ResiliencePortrait.objects.filter(workspace_id=workspace)
    return rows.select_related("followed_by").order_by("-begun", "-pk")


def portraits(seen: WorkspaceSeen) -> tuple[PortraitSeen, ...]:
    """List the resilience portraits of a workspace, the newest first."""
    places = _territories(seen.id)
    return tuple(_value(row, places) for row in _rows(seen.id))


def portrait(seen: WorkspaceSeen, number: int) -> PortraitSeen:
    """Give a resilience portrait of a workspace, or raise `NotFound` ``unknown_resilience_portrait``."""
    row = _rows(seen.id).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_resilience_portrait")
    return _value(row, _territories(seen.id))


def _territories(workspace: int) -> Mapping[int, Territory]:
    return {one.number: one for one in territories_of(workspace)}


def _value(row: ResiliencePortrait, places: Mapping[int, Territory]) -> PortraitSeen:
    after = getattr(row, "followed_by", None)
    return PortraitSeen(
        number=row.pk,
        workspace=row.workspace_id,
        uid=str(row.uid),
        name=row.name,
        about=row.about,
        territory=places.get(row.territory_id or 0),
        framework=row.framework,
        begun=row.begun,
        closed=row.closed,
        follows=row.follows_id,
        followed_by=None if after is None else after.pk,
    )


def dimensions_of(workspace: int) -> Mapping[str, Dimension]:
    """Give the dimensions by code as a workspace reads them: the shared ones first, then its own.

    What it added to a shared dimension stands among its parts. What was ended is not offered; see
    `dimension_names` for the words of what was written before.
    """
    own = OwnPart.objects.filter(workspace_id=workspace, ended=None).order_by("pk")
    shared = {code: _with(one, own) for code, one in dimensions().items()}
    added = (row for row in own if not row.dimension)
    return shared | {own_code(row): _with(_own(row), own) for row in added}


def dimension_names(workspace: int) -> Mapping[str, Words]:
    """Give the names of all dimensions and parts by code, what was ended included."""
    own = {own_code(row): _name(row) for row in OwnPart.objects.filter(workspace_id=workspace)}
    shared = {code: one.name for code, one in dimensions().items()}
    return {**shared, **part_names(), **own}


def own_parts(seen: WorkspaceSeen) -> tuple[OwnPartSeen, ...]:
    """List what a workspace added to the framework and did not withdraw."""
    rows = OwnPart.objects.filter(workspace_id=seen.id, ended=None).order_by("pk")
    return tuple(OwnPartSeen(row.pk, row.dimension, _name(row)) for row in rows)


def known_dimension(workspace: int, code: str, part: str = "") -> Dimension:
    """Give a dimension that a workspace reads, or raise `BadInput` ``resilience_unknown_kind``."""
    offered = dimensions_of(workspace)
    found = offered[held(code, offered, unknown="resilience_unknown_kind")]
    if part:
        held(part, [one.code for one in found.parts], unknown="resilience_unknown_kind")
    return found


def own_code(row: OwnPart) -> str:
    """Give the code under which a part that a neighbourhood added is written."""
    return f"own-{row.pk}"


def _name(row: OwnPart) -> Words:
    return Words.either(row.name_fr, row.name_en)


def _own(row: OwnPart) -> Dimension:
    about = Words.either(row.about_fr, row.about_en)
    return Dimension(own_code(row), _name(row), about, (), (), own=True)


def _with(one: Dimension, own: QuerySet[OwnPart]) -> Dimension:
    added = tuple(Part(own_code(row), _name(row)) for row in own if row.dimension == one.code)
    return Dimension(one.code, one.name, one.about, one.patel, one.parts + added, one.own)
