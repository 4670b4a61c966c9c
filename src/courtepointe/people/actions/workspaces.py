"""Workspaces are opened, described, set on territories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from courtepointe.core.errors import BadInput, NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.rows import change, create
from courtepointe.people.models import Workspace, WorkspaceTerritory
from courtepointe.people.roles import kinds
from courtepointe.people.values import Person

LONGEST_SLUG = 60
RESERVED = frozenset({"nouveau", "new"})


@dataclass(frozen=True, slots=True)
class Described:
    """What a workspace says of itself."""

    name: str
    kind: str
    purpose: str = ""
    is_legal_person: bool = True
    officer_title: str = ""
    officer_contact: str = ""


def _checked(what: Described) -> dict[str, object]:
    name = " ".join(what.name.split())
    if not name or len(name) > 160:
        raise BadInput("workspace_name_needed", value=name[:40], expected=160)
    if what.kind not in kinds():
        raise BadInput("unknown_workspace_kind", value=what.kind, expected=", ".join(kinds()))
    return {
        "name": name,
        "kind": what.kind,
        "purpose": what.purpose.strip(),
        "is_legal_person": what.is_legal_person,
        "officer_title": what.officer_title.strip()[:160],
        "officer_contact": what.officer_contact.strip()[:254],
    }


def _free_slug(name: str) -> str:
    plain = name.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "-")
    stem = slugify(plain)[: LONGEST_SLUG - 4].strip("-") or "espace"
    taken = set(Workspace.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in range(1, 1_000))
    return next(slug for slug in numbered if slug not in taken | RESERVED)


@transaction.atomic
def open_workspace(what: Described, *, by: Person | None, now: datetime) -> str:
    """Open a workspace and give the slug of its address; the door has checked that it may be opened."""
    values = _checked(what)
    row = Workspace(slug=_free_slug(str(values["name"])), created=now, **values)
    create(row, by=by, now=now)
    return row.slug


@transaction.atomic
def change_workspace(slug: str, what: Described, *, by: Person, now: datetime) -> None:
    """Change what a workspace says of itself; its address stays."""
    workspace = workspace_to("settings", slug, by=by, now=now)
    row = Workspace.objects.select_for_update().get(pk=workspace.id)
    change(row, _checked(what), by=by, now=now)


@transaction.atomic
def stand_on(
    slug: str, *, atlas_code: str, area_key: str, name: str, since: date, by: Person, now: datetime
) -> None:
    """Set a workspace on a territory of the atlas; one that it had left is its own again."""
    workspace = workspace_to("settings", slug, by=by, now=now)
    held = {"workspace_id": workspace.id, "atlas_code": atlas_code, "area_key": area_key}
    row = WorkspaceTerritory.objects.filter(**held).first()
    if row is not None and row.until is None:
        raise Refused("territory_already_named", value=name)
    if row is not None:
        change(row, {"until": None}, by=by, now=now)
        return
    create(WorkspaceTerritory(**held, name=name[:250], since=since), by=by, now=now)


@transaction.atomic
def drop_territory(slug: str, number: int, *, until: date, by: Person, now: datetime) -> None:
    """End a territory: what was done there stays."""
    workspace = workspace_to("settings", slug, by=by, now=now)
    row = WorkspaceTerritory.objects.filter(pk=number, workspace_id=workspace.id).first()
    if row is None:
        raise NotFound("unknown_territory")
    if until < row.since:
        raise BadInput("ends_before_it_begins", value=until, expected=row.since)
    change(row, {"until": until}, by=by, now=now)
