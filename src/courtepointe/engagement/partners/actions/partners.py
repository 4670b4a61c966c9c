"""Organisations are added and changed; one that is gone stays, inactive."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.partners.access import partner_to
from courtepointe.engagement.partners.models import Partner
from courtepointe.formats.letters import folded
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person

LONGEST_NAME, LONGEST_SECTOR = 200, 80


def plain(told: str, *, column: str, most: int) -> str:
    """Give a text on one line, or say that it is too long."""
    made = " ".join(told.split())
    if len(made) > most:
        raise BadInput("partner_text_long", column=column, value=made[:40], expected=most)
    return made


def named(told: str) -> str:
    """Give an organisation's name, or say that it is needed."""
    name = plain(told, column="name", most=LONGEST_NAME)
    if not name:
        raise BadInput("partner_name_needed")
    return name


def _refuse_twice(workspace_id: int, name: str, *, but: int = 0) -> None:
    held = Partner.objects.filter(workspace_id=workspace_id).exclude(pk=but)
    if any(folded(name) in (folded(one.name), folded(one.code)) for one in held):
        raise Refused("partner_listed", value=name)


@transaction.atomic
def add_partner(slug: str, *, name: str, sector: str = "", by: Person, now: datetime) -> int:
    """Add an organisation to the list; give its number."""
    workspace = workspace_to("write", slug, by=by, now=now)
    told = named(name)
    _refuse_twice(workspace.id, told)
    kept = plain(sector, column="sector", most=LONGEST_SECTOR)
    row = Partner(workspace_id=workspace.id, code=told, name=told, sector=kept)
    number: int = create(row, by=by, now=now).pk
    return number


@transaction.atomic
def change_partner(
    slug: str,
    number: int,
    *,
    name: str,
    sector: str = "",
    active: bool = True,
    by: Person,
    now: datetime,
) -> None:
    """Change what is said of an organisation; the waves that it was in keep it."""
    row = partner_to(slug, number, by=by, now=now)
    told = named(name)
    _refuse_twice(row.workspace_id, told, but=row.pk)
    kept = plain(sector, column="sector", most=LONGEST_SECTOR)
    change(row, {"name": told, "sector": kept, "active": active}, by=by, now=now)
