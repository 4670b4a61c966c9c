"""A wave opens on the organisations of the day, gives each its link, and closes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from courtepointe.core.errors import NotFound, Refused
from courtepointe.engagement.partners.access import open_wave_to
from courtepointe.engagement.partners.actions.partners import plain
from courtepointe.engagement.partners.models import Asked, Partner, Wave
from courtepointe.engagement.partners.survey import in_force
from courtepointe.formats.letters import folded
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, create_many, new_batch
from courtepointe.people.secrets import hashed, new_secret
from courtepointe.people.values import Person

LONGEST_NAME = 80


@transaction.atomic
def open_wave(slug: str, *, name: str, by: Person, now: datetime) -> int:
    """Open a wave on all active organisations, in the words in force; give its number.

    Raises
    ------
    Refused
        ``wave_named`` where another has the name; ``no_partner_to_ask`` without two organisations.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    told = plain(name, column="name", most=LONGEST_NAME) or now.date().isoformat()
    if Wave.objects.filter(workspace_id=workspace.id, name=told).exists():
        raise Refused("wave_named", value=told)
    partners = list(Partner.objects.filter(workspace_id=workspace.id, active=True))
    if len(partners) < 2:
        raise Refused("no_partner_to_ask")
    batch = new_batch()
    wave = Wave(workspace_id=workspace.id, name=told, text_version=in_force().version, opened=now)
    create(wave, by=by, now=now, batch=batch)
    ask([(wave, one) for one in partners], by=by, now=now, batch=batch)
    number: int = wave.pk
    return number


def ask(whom: list[tuple[Wave, Partner]], *, by: Person, now: datetime, batch: str) -> list[Asked]:
    """Put organisations on the list of a wave."""
    rows = [
        Asked(workspace_id=wave.workspace_id, wave=wave, partner=partner) for wave, partner in whom
    ]
    return create_many(rows, by=by, now=now, batch=batch)


@transaction.atomic
def close_wave(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Close a wave: its links take no answer any more."""
    wave = open_wave_to(slug, number, by=by, now=now)
    change(wave, {"closed": now}, by=by, now=now)


@transaction.atomic
def make_links(
    slug: str, number: int, *, again: bool = False, by: Person, now: datetime
) -> list[tuple[str, str]]:
    """Make a link for each organisation of an open wave that has none yet.

    With ``again`` each that has not answered is given a new one too, and the old one ends: for links that
    were lost before they were handed out.

    Returns
    -------
    list of (name, secret)
        Given here and never again: only a hash is kept. Active organisations that joined since the wave
        opened are asked too.
    """
    wave = open_wave_to(slug, number, by=by, now=now)
    batch = new_batch()
    late = Partner.objects.filter(workspace_id=wave.workspace_id, active=True)
    late = late.exclude(asked__wave_id=wave.pk)
    ask([(wave, one) for one in late], by=by, now=now, batch=batch)
    held = Asked.objects.select_for_update(of=("self",)).filter(wave_id=wave.pk)
    held = held.filter(Q(secret="") | Q(answered=None)) if again else held.filter(secret="")
    rows = sorted(held.select_related("partner"), key=lambda row: folded(row.partner.name))
    return [(row.partner.name, _given(row, by=by, now=now, batch=batch)) for row in rows]


@transaction.atomic
def renew_link(slug: str, number: int, asked: int, *, by: Person, now: datetime) -> tuple[str, str]:
    """Give an organisation a new link; the old one ends. Gives its name and the secret."""
    wave = open_wave_to(slug, number, by=by, now=now)
    found = Asked.objects.select_for_update().filter(wave_id=wave.pk, pk=asked)
    row = found.first()
    if row is None:
        raise NotFound("unknown_survey_link")
    return row.partner.name, _given(row, by=by, now=now, batch="")


def _given(row: Asked, *, by: Person, now: datetime, batch: str) -> str:
    secret = new_secret()
    change(row, {"secret": hashed(secret)}, by=by, now=now, batch=batch)
    return secret
