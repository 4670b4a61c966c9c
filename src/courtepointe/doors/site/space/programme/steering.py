"""The view over all sectors that show their path to this workspace; and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from courtepointe.core.errors import NotFound
from courtepointe.doors.site.space.frame import Space, space_page
from courtepointe.doors.site.space.programme.frame import programme_answer
from courtepointe.doors.site.space.programme.told import (
    drift_told,
    progress_told,
    strand_title,
)
from courtepointe.engagement.programme.board import SideBySide, progress, side_by_side
from courtepointe.engagement.programme.exports import chosen, phase_title, stage_title
from courtepointe.engagement.programme.path import strands
from courtepointe.engagement.programme.queries import run_of, sector_shown, sectors_received
from courtepointe.people.access import received_by
from courtepointe.people.queries import agreements_of

HERE = "programme_steering"


@space_page("read")
def steering(request: HttpRequest, space: Space) -> HttpResponseBase:
    """Put the sectors that show their path side by side, in alphabetical order, never ranked."""
    today = localdate(space.now)
    sectors = sectors_received(space.seen.id, now=space.now)
    beside = side_by_side(sectors, strands=list(strands()), today=today)
    numbers = {
        one.owner_slug: one.number
        for one in agreements_of(space.seen.id, now=space.now)
        if one.what == "programme" and one.state == "accepted" and one.since <= today
    }
    values = {
        "strands": [strand_title(code, lang=space.lang) for code in strands()],
        "sectors": [
            (one, _told(one, space), _sector_address(one, numbers, space)) for one in beside
        ],
        "achievements": [(one.sector.name, each) for one in beside for each in one.sector.achievements],
    }  # fmt: skip
    run = run_of(space.seen.id)
    return programme_answer(request, space, "steering.html", values, part=HERE, run=run)


def _sector_address(one: SideBySide, numbers: dict[str, int], space: Space) -> str:
    number = numbers.get(one.sector.slug)
    return space.address("programme_sector", number=number) if number else ""


def _told(one: SideBySide, space: Space) -> dict[str, Any]:
    return {
        "cells": [(strand_title(p.strand, lang=space.lang), p) for p in one.progress],
        "now": [phase_title(phase, lang=space.lang) for phase in one.phases_now],
        "n_own": sum(p.n_own for p in one.progress),
    }


@space_page("read")
def sector(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show one sector's path, as its agreement lets this workspace read it."""
    found = received_by(space.seen.slug, number, by=space.by, now=space.now)
    if found.agreement.what != "programme":
        raise NotFound("unknown_agreement")
    shown = sector_shown(found.owner_id)
    if shown is None:
        raise NotFound("unknown_agreement")
    today, lang = localdate(space.now), space.lang
    (beside,) = side_by_side([shown], strands=list(strands()), today=today)
    facts = progress(shown.cards, strands=list(strands()), today=today)
    values = {
        "one": beside,
        "agreement": found.agreement,
        "lanes": [
            (strand_title(p.strand, lang=lang), progress_told(p), [
                (stage_title(card, lang=lang), chosen("states", card.state, lang=lang))
                for card in shown.cards if card.strand == p.strand and not card.is_own
            ])
            for p in (beside.progress if shown.run and shown.run.closed else facts)
        ],
        "phases": [
            (phase, phase_title(phase, lang=lang), drift_told(phase, today=today))
            for phase in shown.phases
        ],
    }  # fmt: skip
    run = run_of(space.seen.id)
    return programme_answer(request, space, "sector.html", values, part=HERE, run=run)
