"""A stage moves between states; its days, who carries it and what proves it are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.programme.access import card_to, run_to
from courtepointe.engagement.programme.board import AHEAD, ASIDE, DOING, DONE
from courtepointe.engagement.programme.days import near, past
from courtepointe.engagement.programme.models import StageCard
from courtepointe.engagement.programme.path import choices, stages, strands
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person


@dataclass(frozen=True, slots=True)
class StageChange:
    """What is written of a stage; title and asks only of a stage of the sector's own."""

    due: date | None
    began: date | None
    done_on: date | None
    carrier: str
    evidence: str
    title: str = ""
    asks: str = ""


def _known(name: str, told: str, list_name: str) -> None:
    known = choices(list_name)
    if told not in known:
        raise BadInput(
            "programme_unknown_choice", column=name, value=told, expected=", ".join(known)
        )


@transaction.atomic
def move_stage(
    slug: str, number: int, *, state: str, why: str = "", by: Person, now: datetime
) -> None:
    """Move a stage to another state; its real days follow, and may be corrected after.

    Setting a stage aside asks why.
    """
    _known("state", state, "states")
    row = card_to("write", slug, number, by=by, now=now)
    if state == ASIDE and not why.strip():
        raise BadInput("why_aside_needed")
    if state == row.state:
        return
    values: dict[str, Any] = {"state": state, "why_aside": why.strip() if state == ASIDE else ""}
    change(row, values | _days(row, state, localdate(now)), by=by, now=now)


def _days(row: StageCard, state: str, today: date) -> dict[str, date | None]:
    """Say which real days a move brings: a stage that is done again keeps the day when it began."""
    if state == AHEAD:
        return {"began": None, "done_on": None}
    if state == DOING:
        return {"began": row.began or today, "done_on": None}
    if state == DONE:
        return {"began": row.began or today, "done_on": today}
    return {}


@transaction.atomic
def change_stage(slug: str, number: int, told: StageChange, *, by: Person, now: datetime) -> None:
    """Write a stage's days, who carries it, what proves it."""
    row = card_to("write", slug, number, by=by, now=now)
    if told.carrier:
        _known("carrier", told.carrier, "carriers")
    _check_days(row, told, localdate(now))
    values: dict[str, Any] = {
        "due": told.due,
        "began": told.began,
        "done_on": told.done_on,
        "carrier": told.carrier,
        "evidence": told.evidence.strip(),
    }
    if not row.stage:
        values |= {"title": _title(told.title), "asks": told.asks.strip()}
    change(row, values, by=by, now=now)


def _check_days(row: StageCard, told: StageChange, today: date) -> None:
    near(told.due)
    past(told.began, told.done_on, today=today)
    if told.began and told.done_on and told.done_on < told.began:
        raise BadInput("ends_before_it_begins", value=told.done_on, expected=told.began)
    if (row.state == DONE) != (told.done_on is not None) and row.state != ASIDE:
        raise Refused("done_day_follows_state")
    if row.state == DOING and told.began is None:
        raise BadInput("programme_field_needed", column="began")


def _title(told: str) -> str:
    plain = " ".join(told.split())
    if not plain:
        raise BadInput("programme_field_needed", column="title")
    return plain[:160]


@transaction.atomic
def add_own_stage(
    slug: str,
    *,
    strand: str,
    title: str,
    asks: str = "",
    due: date | None = None,
    by: Person,
    now: datetime,
) -> int:
    """Add a stage that only this sector has; it is counted apart wherever sectors are compared.

    One that is sent twice, word for word, is the same stage: a stage is set aside, and never taken away.
    """
    run = run_to("write", slug, by=by, now=now)
    if strand not in strands():
        raise BadInput(
            "programme_unknown_choice", column="strand", value=strand, expected=", ".join(strands())
        )
    near(due)
    told = {"strand": strand, "title": _title(title), "asks": asks.strip(), "due": due}
    held = StageCard.objects.filter(run=run, stage="", **told).first()
    if held is not None:
        return held.pk
    row = StageCard(workspace_id=run.workspace_id, run=run, position=len(stages()), **told)
    create(row, by=by, now=now)
    return row.pk
