"""Files of organisations and ties come in: read whole by `formats.ties`, taken in whole, undone by their batch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from courtepointe.engagement.partners.access import open_wave_to
from courtepointe.engagement.partners.actions.partners import (
    LONGEST_NAME,
    LONGEST_SECTOR,
    named,
    plain,
)
from courtepointe.engagement.partners.actions.waves import ask
from courtepointe.engagement.partners.models import Asked, Partner, Tie, Wave
from courtepointe.formats.letters import folded
from courtepointe.formats.ties import NamedTie, Organisation, Survey
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, create_many, new_batch
from courtepointe.people.values import Person


@transaction.atomic
def take_organisations(
    slug: str, organisations: Iterable[Organisation], *, why: str = "", by: Person, now: datetime
) -> str:
    """Add the organisations that are not on the list, and tell the sectors of those that are; give the batch.

    An organisation is found by its code, else by its name, without regard to capitals and accents.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    batch = new_batch()
    _partners(workspace.id, organisations, by=by, now=now, why=why, batch=batch)
    return batch


@transaction.atomic
def take_survey(
    slug: str, wave: int, survey: Survey, *, why: str = "", by: Person, now: datetime
) -> str:
    """Take organisations, who answered, and ties into an open wave; give the batch.

    A tie that is there already has its frequency and its trust told again where the file says them. Nothing is
    taken away.
    """
    row = open_wave_to(slug, wave, by=by, now=now)
    batch = new_batch()
    partners = _partners(row.workspace_id, survey.organisations, by=by, now=now, why=why, batch=batch)  # fmt: skip
    _answers(row, survey, partners, by=by, now=now, batch=batch)
    _ties(row, survey.ties, partners, by=by, now=now, batch=batch)
    return batch


def take_ties(
    slug: str, wave: int, survey: Survey, *, why: str = "", by: Person, now: datetime
) -> str:
    """Take the ties of a file among the listed organisations into an open wave; give the batch.

    Who is in a tie is asked in the wave; that it names somebody does not say that it answered: what a file of
    ties leaves out stays unknown.
    """
    inside = {code for tie in survey.ties for code in (tie.from_code, tie.to_code)}
    kept = tuple(one for one in survey.organisations if one.code in inside)
    return take_survey(slug, wave, Survey(kept, survey.ties), why=why, by=by, now=now)


def _partners(
    workspace_id: int,
    organisations: Iterable[Organisation],
    *,
    by: Person,
    now: datetime,
    why: str,
    batch: str,
) -> dict[str, Partner]:
    """Give the row of each organisation by its code in the file, made where there was none."""
    rows = list(Partner.objects.select_for_update().filter(workspace_id=workspace_id))
    by_code, by_name = {row.code: row for row in rows}, {folded(row.name): row for row in rows}
    found: dict[str, Partner] = {}
    for one in organisations:
        sector = plain(one.sector, column="sector", most=LONGEST_SECTOR)
        row = by_code.get(one.code) or by_name.get(folded(one.name))
        if row is None:
            name = named(one.name)
            code = plain(one.code, column="code", most=LONGEST_NAME)
            new = Partner(workspace_id=workspace_id, code=code, name=name, sector=sector)
            row = create(new, by=by, now=now, why=why, batch=batch)
            by_code[code] = by_name[folded(name)] = row
        elif sector:
            change(row, {"sector": sector}, by=by, now=now, why=why, batch=batch)
        found[one.code] = row
    return found


def _answers(
    wave: Wave, survey: Survey, partners: dict[str, Partner], *, by: Person, now: datetime, batch: str
) -> None:  # fmt: skip
    held = {row.partner_id: row for row in Asked.objects.select_for_update().filter(wave=wave)}
    new = {row.pk: row for row in partners.values() if row.pk not in held}
    made = ask([(wave, row) for row in new.values()], by=by, now=now, batch=batch)
    held |= {row.partner_id: row for row in made}
    for one in survey.organisations:
        row = held[partners[one.code].pk]
        if one.answered and row.answered is None:
            change(row, {"answered": now}, by=by, now=now, batch=batch)


def _ties(
    wave: Wave,
    ties: Iterable[NamedTie],
    partners: dict[str, Partner],
    *,
    by: Person,
    now: datetime,
    batch: str,
) -> None:
    held = {
        (row.from_partner_id, row.to_partner_id, row.kind): row
        for row in Tie.objects.select_for_update().filter(wave=wave)
    }
    new = []
    for tie in ties:
        start, end = partners[tie.from_code], partners[tie.to_code]
        row = held.get((start.pk, end.pk, tie.kind))
        told = {"frequency": tie.frequency, "trust": tie.trust}
        if row is None:
            new.append(Tie(workspace_id=wave.workspace_id, wave=wave, from_partner=start, to_partner=end, kind=tie.kind, **told))  # fmt: skip
        else:
            said = {name: level for name, level in told.items() if level is not None}
            change(row, said, by=by, now=now, batch=batch)
    create_many(new, by=by, now=now, batch=batch)
