"""Volunteers as arrays: ids become positions here, and positions ids again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

import numpy as np
from django.db.models import Q, QuerySet

from courtepointe.core.typing import Ints
from courtepointe.engagement.calls import (
    MOST_CODES,
    NEVER,
    NO_ZONE,
    Bits,
    Criteria,
    Volunteers,
    bits_of,
    how_many,
    steps_from,
    who_answers,
)
from courtepointe.engagement.models import Volunteer, Zone, ZoneTouch
from courtepointe.engagement.texts import at_least
from courtepointe.engagement.values.volunteers import NewCall


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers a call: ids in the order in which they are called, and how many there are in all."""

    ids: tuple[int, ...]
    in_all: int


def places_of(codes: Sequence[str]) -> dict[str, int]:
    """Give each code that is asked for a place among the bits: a list may be longer than a call."""
    at_least(len(codes), 0, most=MOST_CODES)
    return {code: place for place, code in enumerate(codes)}


def answering(workspace: int, asked: NewCall, *, today: date) -> Answering:
    """Find who answers a call of a workspace."""
    zones = list(Zone.objects.filter(workspace_id=workspace).order_by("pk").values_list("pk", flat=True))  # fmt: skip
    steps = _steps(workspace, zones, asked)
    near = None if steps is None else [zones[place] for place in np.flatnonzero(steps >= 0)]
    ids, held = _volunteers(_sieved(workspace, asked, near, today=today), zones, asked)
    criteria = Criteria(
        skills=bits_of(asked.skills, places_of(asked.skills)),
        languages=bits_of(asked.languages, places_of(asked.languages)),
        slots=bits_of(asked.slots, places_of(asked.slots)),
        zones=steps,
        most=asked.most,
        any_skill=asked.any_skill,
    )
    called = ids[who_answers(held, criteria)]
    return Answering(tuple(called.tolist()), how_many(held, criteria))


def _steps(workspace: int, zones: list[int], asked: NewCall) -> Ints | None:
    if asked.zone is None:
        return None
    place = {number: position for position, number in enumerate(zones)}
    near = np.zeros((len(zones), len(zones)), dtype=np.bool_)
    touching = ZoneTouch.objects.filter(workspace_id=workspace).values_list("one_id", "other_id")
    for one, other in touching:
        near[place[one], place[other]] = True
    return steps_from(place[asked.zone], near, most=asked.steps)


def _sieved(
    workspace: int, asked: NewCall, near: list[int] | None, *, today: date
) -> QuerySet[Volunteer]:
    """Leave out, in the database, most of those who cannot answer; the arrays judge the rest.

    A code is looked for as a piece of text: more may pass than hold it, never fewer.
    """
    rows = Volunteer.objects.filter(workspace_id=workspace, paused=False, keep_until__gt=today)
    rows = rows if near is None else rows.filter(zone_id__in=near)
    for name in ("skills", "languages", "slots"):
        codes = getattr(asked, name)
        if name == "skills" and not asked.any_skill:
            rows = rows.filter(*(Q(skills__contains=code) for code in codes))
        elif codes:
            rows = rows.filter(reduce(or_, (Q(**{f"{name}__contains": code}) for code in codes)))
    return rows


def _volunteers(
    rows: QuerySet[Volunteer], zones: list[int], asked: NewCall
) -> tuple[Ints, Volunteers]:
    """Read volunteers as arrays, in the order of their ids; of what they hold, what is asked."""
    read = rows.order_by("pk").values_list(
        "pk", "skills", "languages", "slots", "zone_id", "last_called"
    )
    columns = list(zip(*read, strict=True)) or [()] * 6
    place = {None: NO_ZONE} | {number: position for position, number in enumerate(zones)}
    held = Volunteers(
        skills=_bits(columns[1], places_of(asked.skills)),
        languages=_bits(columns[2], places_of(asked.languages)),
        slots=_bits(columns[3], places_of(asked.slots)),
        zones=np.array([place[number] for number in columns[4]], dtype=np.int64),
        last_called=np.array(
            [NEVER if day is None else day.toordinal() for day in columns[5]], dtype=np.int64
        ),
    )
    return np.array(columns[0], dtype=np.int64), held


def _bits(texts: tuple[str, ...], places: dict[str, int]) -> Bits:
    """Read sets that were written out: the same text is read once."""
    known = {text: bits_of(text.split(), places) for text in set(texts)}
    return np.array([known[text] for text in texts], dtype=np.uint64)
