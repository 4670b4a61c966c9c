"""Indicators are chosen, added, weighed and left out; their goalposts move with a reason, or not at all."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.texts import line
from courtepointe.people.actions import change, create
from courtepointe.people.lists import held
from courtepointe.people.values import Person
from courtepointe.portraits.resilience.access import indicator_to_fill, portrait_to_fill
from courtepointe.portraits.resilience.actions.observations import check_range
from courtepointe.portraits.resilience.framework import known
from courtepointe.portraits.resilience.models import Goalposts, Indicator, ResiliencePortrait
from courtepointe.portraits.resilience.numbers import NewGoalposts, NewIndicator
from courtepointe.portraits.resilience.queries import known_dimension
from courtepointe.portraits.resilience.queries.portraits import dimension_names
from courtepointe.portraits.resilience.suggested import TYPED, Suggested, suggested

MOST_WEIGHT = 10.0
LONGEST = 400


@transaction.atomic
def choose_indicators(
    slug: str, number: int, codes: Iterable[str], *, by: Person, now: datetime
) -> int:
    """Count what the framework suggests, and what was left out before; give how many came."""
    row = portrait_to_fill(slug, number, by=by, now=now)
    came = 0
    for code in dict.fromkeys(codes):
        before = row.indicators.filter(code=code).first()
        if before is None:
            _chosen(row, _suggestion(code), by=by, now=now)
        elif before.left_out is None:
            continue
        else:
            change(before, {"left_out": None, "left_why": ""}, by=by, now=now)
        came += 1
    return came


def _suggestion(code: str) -> Suggested:
    return suggested()[held(code, suggested(), unknown="resilience_unknown_kind")]


def _chosen(
    portrait: ResiliencePortrait, one: Suggested, *, by: Person, now: datetime
) -> Indicator:
    row = Indicator(
        workspace_id=portrait.workspace_id,
        portrait=portrait,
        code=one.code,
        dimension=one.dimension,
        part=one.part,
        kind=one.kind,
        source=one.source,
        name_fr=one.name.fr,
        name_en=one.name.en,
        question_fr=one.question.fr,
        question_en=one.question.en,
        unit=one.unit,
        base=one.base,
        asset=one.asset,
        refreshed=one.refreshed,
        licence=one.licence,
    )
    made = create(row, by=by, now=now)
    posts = NewGoalposts(one.low, one.high, one.reason.fr, one.reason.en, one.polarity)
    _line(made, posts, by=by, now=now)
    return made


@transaction.atomic
def add_indicator(slug: str, number: int, what: NewIndicator, *, by: Person, now: datetime) -> int:
    """Add an indicator of the neighbourhood's own and give its number."""
    row = portrait_to_fill(slug, number, by=by, now=now)
    known_dimension(row.workspace_id, what.dimension, what.part)
    made = Indicator(
        workspace_id=row.workspace_id,
        portrait=row,
        code=f"own.{uuid4().hex[:12]}",
        dimension=what.dimension,
        part=what.part,
        kind=known("kinds", what.kind),
        source=TYPED,
        name_fr=line(what.name_fr, needed=True),
        name_en=line(what.name_en),
        question_fr=line(what.question_fr, longest=LONGEST),
        question_en=line(what.question_en, longest=LONGEST),
        unit=known("units", what.unit),
        base=known("bases", what.base),
        asset=what.asset,
        refreshed=known("refreshed", what.refreshed),
        licence=line(what.licence) or "own",
    )
    create(made, by=by, now=now)
    posts = NewGoalposts(what.low, what.high, what.why_fr, what.why_en, what.polarity)
    _line(made, posts, by=by, now=now)
    return made.pk


@transaction.atomic
def leave_indicator(slug: str, number: int, why: str, *, by: Person, now: datetime) -> None:
    """Leave an indicator out, with a reason that the portrait tells; what was found of it stays."""
    row = indicator_to_fill(slug, number, by=by, now=now)
    told = line(why, longest=LONGEST, needed=True)
    if row.left_out is None:
        change(row, {"left_out": localdate(now), "left_why": told}, by=by, now=now)
        _check_weights(row)


@transaction.atomic
def leave_suggestion(
    slug: str, number: int, code: str, why: str, *, by: Person, now: datetime
) -> None:
    """Leave out what the framework suggests, with a reason that the portrait tells."""
    portrait = portrait_to_fill(slug, number, by=by, now=now)
    told = line(why, longest=LONGEST, needed=True)
    row = portrait.indicators.filter(code=code).first()
    if row is None:
        row = _chosen(portrait, _suggestion(code), by=by, now=now)
    if row.left_out is None:
        change(row, {"left_out": localdate(now), "left_why": told}, by=by, now=now)
        _check_weights(row)


@transaction.atomic
def weigh_indicator(slug: str, number: int, weight: float, *, by: Person, now: datetime) -> None:
    """Say how much an indicator weighs among those of its part.

    Raises
    ------
    BadInput
        ``resilience_weight``.
    Refused
        ``resilience_weights_zero``, with the dimension's name: nothing would be left to count.
    """
    row = indicator_to_fill(slug, number, by=by, now=now)
    if not 0.0 <= weight <= MOST_WEIGHT:
        raise BadInput("resilience_weight", value=weight, expected=MOST_WEIGHT)
    change(row, {"weight": float(weight)}, by=by, now=now)
    _check_weights(row)


@transaction.atomic
def move_goalposts(
    slug: str, number: int, what: NewGoalposts, *, by: Person, now: datetime
) -> None:
    """Set other goalposts, or another direction, from today on; the lines before stay, with their reasons."""
    row = indicator_to_fill(slug, number, by=by, now=now)
    newest = row.goalposts.order_by("-since", "-pk").first()
    if newest is not None and (newest.low, newest.high, newest.polarity) == (
        what.low, what.high, what.polarity,
    ):  # fmt: skip
        raise Refused("resilience_goalposts_same")
    _line(row, what, by=by, now=now)


def _line(row: Indicator, what: NewGoalposts, *, by: Person, now: datetime) -> None:
    ends = (what.low, what.high)
    if not all(map(math.isfinite, ends)) or not what.low < what.high:
        raise BadInput("resilience_goalposts", value=row.name_fr, low=what.low, high=what.high)
    for end in ends:
        check_range(row.unit, end)
    if what.polarity not in (1, -1):
        raise BadInput("resilience_unknown_kind", value=what.polarity, expected="1, -1")
    made = Goalposts(
        workspace_id=row.workspace_id,
        indicator=row,
        low=what.low,
        high=what.high,
        polarity=what.polarity,
        why_fr=line(what.why_fr, longest=LONGEST, needed=True),
        why_en=line(what.why_en, longest=LONGEST),
        since=localdate(now),
    )
    create(made, by=by, now=now)


def _check_weights(row: Indicator) -> None:
    beside = Indicator.objects.filter(
        portrait_id=row.portrait_id, dimension=row.dimension, left_out=None
    )
    weights = [one.weight for one in beside]
    if weights and not any(weights):
        name = dimension_names(row.workspace_id)[row.dimension]
        raise Refused("resilience_weights_zero", value=f"{name.fr} / {name.en}")
