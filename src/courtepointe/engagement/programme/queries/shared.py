"""What other workspaces show of their programme: only under an agreement in force, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from courtepointe.engagement.programme import models as rows
from courtepointe.engagement.programme.queries.path import card_told, run_told, with_news
from courtepointe.engagement.programme.queries.records import told
from courtepointe.engagement.programme.values import Achievement, Card, Phase, Sector
from courtepointe.people.models import Workspace
from courtepointe.people.queries import sets_received

PROGRAMME = "programme"


def sectors_received(receiver_id: int, *, now: datetime) -> tuple[Sector, ...]:
    """Give the programme of every workspace that shows it to this one today.

    Notes, evidence, roles, stages' own words and records kept for members never leave: only the states and
    days of stages, the phases, and the achievements that the sector shares. Six queries, however many sectors.
    """
    return _sectors(sets_received(receiver_id, PROGRAMME, now=now))


def sector_shown(owner_id: int) -> Sector | None:
    """Give the programme of one workspace as others read it; whoever calls has passed the gate."""
    found = _sectors({owner_id})
    return found[0] if found else None


def _newest(owners: Collection[int]) -> dict[int, rows.Run]:
    """Give the run of each workspace that runs, else its newest."""
    found = rows.Run.objects.filter(workspace_id__in=owners).order_by("starts", "pk")
    newest: dict[int, rows.Run] = {}
    for row in found:
        held = newest.get(row.workspace_id)
        if held is None or held.closed is not None:
            newest[row.workspace_id] = row
    return newest


def _by_run(found: Iterable[Any]) -> dict[int, list[Any]]:
    parted: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        parted[row.run_id].append(row)
    return parted


def _bare(row: rows.StageCard) -> Card:
    """Give a stage without what stays home; that something proves it is said, not what."""
    row.evidence = "x" if row.evidence.strip() else ""
    row.carrier = row.why_aside = row.asks = ""
    if not row.stage:
        row.title = ""
    return card_told(row)


def _unnoted(row: rows.Phase) -> Phase:
    row.note = ""
    return told(Phase, row)


def _sectors(owners: Collection[int]) -> tuple[Sector, ...]:
    runs = _newest(owners)
    numbers = [run.pk for run in runs.values()]
    cards = _by_run(with_news(rows.StageCard.objects.filter(run_id__in=numbers)))
    phases = _by_run(rows.Phase.objects.filter(run_id__in=numbers).order_by("starts", "ends", "pk"))
    shared = rows.Achievement.objects.filter(run_id__in=numbers, visibility="shared")
    achievements = _by_run(shared.order_by("-on", "-pk"))
    return tuple(
        Sector(
            id=one.pk,
            slug=one.slug,
            name=one.name,
            run=run_told(runs[one.pk]) if one.pk in runs else None,
            cards=tuple(map(_bare, cards[runs[one.pk].pk])) if one.pk in runs else (),
            phases=tuple(map(_unnoted, phases[runs[one.pk].pk])) if one.pk in runs else (),
            achievements=tuple(told(Achievement, row) for row in achievements[runs[one.pk].pk])
            if one.pk in runs
            else (),
        )
        for one in Workspace.objects.filter(pk__in=owners, closed=None).order_by("name", "pk")
    )
