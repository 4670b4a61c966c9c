"""Lists of contributions: of a workspace as one person sees it, of a partner, of whoever contributed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from courtepointe.core.errors import NotFound
from courtepointe.people.access import Received
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.places.assets.models import Contribution, ContributionPhoto
from courtepointe.places.assets.queries.seen import (
    RECOGNISED,
    State,
    Visibility,
    living,
    readable,
    seen,
)
from courtepointe.places.assets.values import ContributionSeen, Wanted

PARTNERS = (Visibility.PARTNERS, Visibility.PUBLIC)


def listed(workspace: WorkspaceSeen, by: Person, wanted: Wanted) -> tuple[ContributionSeen, ...]:
    """List what was accepted and a person may see, by kind and name."""
    rows = readable(workspace, by).filter(state=State.ACCEPTED)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    reviews = "review" in workspace.rights
    return ordered(one for one in (seen(row, by=by, reviews=reviews) for row in rows) if _fits(one, wanted))  # fmt: skip


def _fits(one: ContributionSeen, wanted: Wanted) -> bool:
    return (
        (not wanted.category or wanted.category in one.category)
        and (not wanted.need or wanted.need in one.needs)
        and (not wanted.dimension or wanted.dimension in one.dimensions)
    )


def ordered(found: Iterable[ContributionSeen]) -> tuple[ContributionSeen, ...]:
    """Put contributions in the order of lists: kind, category, name."""
    return tuple(sorted(found, key=lambda one: (one.kind, one.category, one.title.casefold())))


def received(agreement: Received) -> tuple[ContributionSeen, ...]:
    """List what a partner shows: accepted, and contributed to be seen by partners."""
    if agreement.agreement.what != "assets":
        raise NotFound("unknown_agreement")
    rows = living(agreement.owner_id).filter(state=State.ACCEPTED, visibility__in=PARTNERS)
    return ordered(seen(row, by=None, reviews=False) for row in rows)


def contribution(workspace: WorkspaceSeen, by: Person, number: int) -> ContributionSeen:
    """Give a contribution whole, or `NotFound` where it is not for this reader."""
    row = readable(workspace, by).filter(pk=number).first()
    if row is None:
        raise NotFound("unknown_contribution")
    return seen(row, by=by, reviews="review" in workspace.rights, whole=True)


def contributed_by(by: Person) -> tuple[tuple[str, ContributionSeen], ...]:
    """List what somebody contributed, in all workspaces, those that they left too: to withdraw it."""
    rows = (
        Contribution.objects.filter(by_id=by.id)
        .select_related("workspace", "by", "reviewed_by")
        .order_by("-made", "-pk")
    )
    return tuple((row.workspace.name, seen(row, by=by, reviews=False)) for row in rows)


def photo(workspace: WorkspaceSeen, by: Person, number: int) -> bytes:
    """Give a photograph's JPEG to who may see it, or `NotFound`."""
    row = ContributionPhoto.objects.filter(pk=number, workspace_id=workspace.id).first()
    if row is None:
        raise NotFound("unknown_contribution")
    held = readable(workspace, by).filter(pk=row.contribution_id).first()
    if held is None:
        raise NotFound("unknown_contribution")
    if "review" not in workspace.rights and held.by_id != by.id and row.people_seen not in RECOGNISED:  # fmt: skip
        raise NotFound("unknown_contribution")
    return bytes(row.picture)


def geojson(found: Iterable[ContributionSeen]) -> dict[str, Any]:
    """Write what a reader may see as GeoJSON (RFC 7946): what has a point, and so never a person."""
    return {
        "type": "FeatureCollection",
        "features": [_feature(one) for one in found if one.spot is not None and not one.is_person],
    }


def _feature(one: ContributionSeen) -> dict[str, Any]:
    assert one.spot is not None
    properties = {
        "kind": one.kind, "name": one.title, "category": [*one.category], "needs": [*one.needs],
        "open_to": [*one.open_to], "dimensions": [*one.dimensions], "direction": one.direction,
        "confidence": one.confidence, "day": one.day.isoformat() if one.day else None,
        "accuracy_m": one.spot.accuracy_m,
    }  # fmt: skip
    where = [round(one.spot.longitude, 6), round(one.spot.latitude, 6)]
    return {
        "type": "Feature",
        "id": one.number,
        "geometry": {"type": "Point", "coordinates": where},
        "properties": properties,
    }
