"""What is found of an indicator is kept: typed, brought in a table, taken from the atlas; never changed, only followed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.atlas.figures import Figure, Uncertainty
from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.texts import line
from courtepointe.people.actions import create
from courtepointe.people.values import Person
from courtepointe.portraits.resilience.access import indicator_to_fill, portrait_to_fill
from courtepointe.portraits.resilience.framework import data, known
from courtepointe.portraits.resilience.models import Indicator, Observation
from courtepointe.portraits.resilience.numbers import NewObservation, Taken
from courtepointe.portraits.resilience.suggested import ATLAS

PERIOD = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
FULL_DAY = len("2026-05-31")
NEAR = 0.1
"""How far a share may lie from its two counts, in points: it was rounded."""
LONGEST = 400
KEPT = (
    "value", "numerator", "denominator", "low", "high", "interval", "status", "coverage",
    "source", "taken",
)  # fmt: skip


@transaction.atomic
def observe(slug: str, number: int, what: NewObservation, *, by: Person, now: datetime) -> int:
    """Keep what somebody found of an indicator, and give its number.

    Raises
    ------
    BadInput
        ``resilience_period``, ``resilience_period_to_come``, ``resilience_value_missing``, ``resilience_value_without_right``,
        ``resilience_interval``, ``resilience_share_counts``, ``resilience_out_of_range``.
    """
    row = indicator_to_fill(slug, number, by=by, now=now)
    return _keep(
        row, what.group, what.period, typed(row.unit, what, on=localdate(now)), by=by, now=now
    )


@transaction.atomic
def observe_many(
    slug: str, number: int, some: Sequence[tuple[str, NewObservation]], *, by: Person,
    now: datetime, batch: str = "",
) -> int:  # fmt: skip
    """Keep observations of a portrait's indicators by code, all or none; give how many."""
    portrait = portrait_to_fill(slug, number, by=by, now=now)
    held = {row.code: row for row in portrait.indicators.all()}
    for code, what in some:
        if code not in held:
            raise BadInput("resilience_unknown_kind", value=code, expected=", ".join(held))
        told = typed(held[code].unit, what, on=localdate(now))
        _keep(held[code], what.group, what.period, told, by=by, now=now, batch=batch)
    return len(some)


@transaction.atomic
def take_figures(slug: str, number: int, taken: Taken, *, by: Person, now: datetime) -> int:
    """Keep the figures that the served atlas has of the portrait's territory; give how many are new.

    A figure without a value is an observation with its status, never a zero. What was taken before
    and did not change is not kept twice.

    Raises
    ------
    Refused
        ``resilience_other_atlas``: the figures are not of the portrait's territory.
    """
    portrait = portrait_to_fill(slug, number, by=by, now=now)
    place = portrait.territory
    if place is None or (place.atlas_code, place.area_key) != (taken.atlas_code, taken.area_key):
        raise Refused("resilience_other_atlas")
    held = {figure.indicator: figure for figure in taken.figures}
    came = 0
    for row in portrait.indicators.filter(left_out=None, source__startswith=f"{ATLAS}:"):
        code = row.source.removeprefix(f"{ATLAS}:")
        figure = held.get(code)
        source = taken.sources.get(code, "")
        told = _of_figure(figure, source) if figure is not None else _not_loaded()
        period = (figure and figure.period) or str(localdate(now).year)
        came += _keep_new(row, period[:40], told | {"digest": taken.pack[:120]}, by=by, now=now)
    return came


@transaction.atomic
def take_counts(
    slug: str, number: int, counts: Mapping[str, NewObservation], *, by: Person, now: datetime
) -> int:
    """Keep what this installation counts itself, by the words of ``known:``; give how many are new."""
    portrait = portrait_to_fill(slug, number, by=by, now=now)
    came = 0
    for row in portrait.indicators.filter(left_out=None, source__startswith="known:"):
        what = counts.get(row.source.removeprefix("known:"))
        if what is not None:
            told = typed(row.unit, what, on=localdate(now))
            came += _keep_new(row, what.period, told, by=by, now=now)
    return came


def typed(unit: str, what: NewObservation, *, on: date) -> dict[str, Any]:
    """Give the fields of an observation that somebody typed on a day, or raise as `observe`."""
    if what.group:
        known("groups", what.group)
    if _first_day(what.period) > on:
        raise BadInput("resilience_period_to_come", value=what.period)
    status = known("statuses", what.status)
    given = (what.value, what.numerator, what.denominator, what.low, what.high)
    if any(number is not None and not math.isfinite(number) for number in given):
        raise BadInput("resilience_out_of_range", value=str(given), expected="—")
    if not data("statuses")[status]["value"]:
        if any(number is not None for number in given):
            raise BadInput("resilience_value_without_right", value=status)
        told: dict[str, Any] = dict.fromkeys(("value", "numerator", "denominator", "low", "high"))
        return told | _said(what, "unknown", status)
    value = _value(unit, what)
    interval = _interval(value, what)
    return {
        "value": value,
        "numerator": what.numerator,
        "denominator": what.denominator,
        "low": what.low,
        "high": what.high,
    } | _said(what, interval, status)


def _first_day(period: str) -> date:
    """Give the day on which a year, a month or a day begins; what no calendar has is refused."""
    try:
        if PERIOD.fullmatch(period):
            return date.fromisoformat(f"{period}-01-01"[:FULL_DAY])
    except ValueError as error:
        raise BadInput("resilience_period", value=period) from error
    raise BadInput("resilience_period", value=period)


def _said(what: NewObservation, interval: str, status: str) -> dict[str, Any]:
    source = line(what.source, longest=LONGEST, needed=True)
    return {
        "interval": interval, "status": status, "source": source, "taken": "", "coverage": None,
        "digest": what.digest,
    }  # fmt: skip


def _value(unit: str, what: NewObservation) -> float:
    value, part, whole = what.value, what.numerator, what.denominator
    if (part is None) != (whole is None):
        raise BadInput("resilience_share_counts", value=part if whole is None else whole)
    if unit == "percent" and part is not None and whole is not None:
        if not 0.0 <= part <= whole or whole == 0.0:
            raise BadInput("resilience_share_counts", value=f"{part:g} / {whole:g}")
        share = 100.0 * part / whole
        if value is not None and abs(share - value) > NEAR:
            raise BadInput("resilience_share_counts", value=value)
        value = share
    if value is None:
        raise BadInput("resilience_value_missing")
    check_range(unit, value)
    return value


def check_range(unit: str, value: float) -> None:
    """Refuse what a unit cannot hold: less than nothing, more than all."""
    most = 100.0 if unit in ("percent", "score") else math.inf
    if not 0.0 <= value <= most:
        raise BadInput("resilience_out_of_range", value=value, expected="0–100" if most == 100.0 else "≥ 0")  # fmt: skip


def _interval(value: float, what: NewObservation) -> str:
    told = known("intervals", what.interval)
    ends = (what.low, what.high)
    if ends == (None, None):
        if told in ("given", "wilson"):
            raise BadInput("resilience_interval", value=value)
        return told
    if what.low is None or what.high is None or not what.low <= value <= what.high:
        raise BadInput("resilience_interval", value=value)
    return told if told == "wilson" else "given"


def _of_figure(figure: Figure, source: str) -> dict[str, Any]:
    ranged = figure.value is None and figure.status.has_value
    interval = "published" if figure.low is not None else "unknown"
    if figure.value is not None and figure.uncertainty is Uncertainty.NONE:
        interval = "exact"
    return {
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "low": figure.low,
        "high": figure.high,
        "interval": interval,
        "status": "range_only" if ranged else str(figure.status),
        "coverage": figure.coverage,
        "source": source[:LONGEST],
        "taken": (figure.release or "")[:120],
    }


def _not_loaded() -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(KEPT)
    return told | {"interval": "unknown", "status": "not_loaded", "source": "", "taken": ""}


def _keep_new(
    row: Indicator, period: str, told: dict[str, Any], *, by: Person, now: datetime
) -> bool:
    """Keep an observation of everybody unless the same was kept last; say whether it is new."""
    held = _standing(row, "", period)
    if held is not None and all(getattr(held, name) == told.get(name) for name in KEPT):
        return False
    _keep(row, "", period, told, by=by, now=now)
    return True


def _standing(row: Indicator, group: str, period: str) -> Observation | None:
    held = Observation.objects.filter(indicator=row, group=group, period=period, superseded_by=None)
    return held.order_by("-pk").first()


def _keep(
    row: Indicator, group: str, period: str, told: Mapping[str, Any], *, by: Person,
    now: datetime, batch: str = "",
) -> int:  # fmt: skip
    made = Observation(
        workspace_id=row.workspace_id,
        indicator=row,
        group=group,
        period=period,
        supersedes=_standing(row, group, period),
        made=now,
        **told,
    )
    number: int = create(made, by=by, now=now, batch=batch).pk
    return number
