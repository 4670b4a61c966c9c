"""Observations of a spreadsheet, from the clean rows of a brought table to the portrait that keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.doors.site.space.frame import Space
from courtepointe.people.bringing import RowRead, Unfit
from courtepointe.people.bringing.folding import key_of
from courtepointe.portraits.resilience import actions, queries
from courtepointe.portraits.resilience.actions.observations import typed
from courtepointe.portraits.resilience.framework import data, groups, words_of
from courtepointe.portraits.resilience.numbers import IndicatorSeen, NewObservation
from courtepointe.portraits.resilience.values import PortraitSeen

FAULTS: Mapping[str, tuple[str, str]] = {
    "resilience_period": ("period", "period_unread"),
    "resilience_period_to_come": ("period", "period_to_come"),
    "resilience_value_missing": ("value", "value_missing"),
    "resilience_value_without_right": ("value", "value_without_right"),
    "resilience_out_of_range": ("value", "value_cannot_be"),
    "resilience_interval": ("low", "interval_unfit"),
    "resilience_share_counts": ("numerator", "counts_unfit"),
}
"""What cannot be of an observation: in which cell it stands, and how it is told."""


@dataclass(frozen=True, slots=True)
class _Place:
    """An open portrait and its indicators, by all that they are called."""

    portrait: PortraitSeen
    indicators: Mapping[str, IndicatorSeen]


def look_at_observations(
    space: Space, rows: Sequence[RowRead]
) -> tuple[tuple[Unfit, ...], frozenset[int]]:
    """Find the rows that name what is not here, or that say what cannot be."""
    held, seen = _places(space), set()
    faults = []
    for row in rows:
        found = list(_faults(row, held, on=localdate(space.now)))
        faults += found
        if not found:
            place = _place(row, held)
            assert place is not None
            one = place.indicators[key_of(_text(row, "indicator"))]
            key = (place.portrait.number, one.code, _group(row), _text(row, "period"))
            if key in seen:
                faults.append(Unfit(row.number, "indicator", "said_twice"))
            seen.add(key)
    return tuple(faults), frozenset()


def bring_observations(space: Space, rows: Sequence[RowRead], batch: str) -> int:
    """Keep the observations of clean rows, all or none; give how many."""
    held = _places(space)
    by: dict[int, list[tuple[str, NewObservation]]] = {}
    for row in rows:
        place = _place(row, held)
        assert place is not None
        one = place.indicators[key_of(_text(row, "indicator"))]
        by.setdefault(place.portrait.number, []).append((one.code, _observation(row)))
    return sum(
        actions.observe_many(space.seen.slug, number, some, by=space.by, now=space.now, batch=batch)
        for number, some in by.items()
    )


def _places(space: Space) -> list[_Place]:
    told = []
    for one in queries.portraits(space.seen):
        if one.is_open:
            some = queries.indicators_of(space.seen.id, one.number)
            named = {key_of(name): each for each in some for name in (each.name.en, each.name.fr, each.code)}  # fmt: skip
            told.append(_Place(one, named))
    return told


def _place(row: RowRead, held: Sequence[_Place]) -> _Place | None:
    name = key_of(_text(row, "portrait"))
    some = [one for one in held if not name or key_of(one.portrait.name) == name]
    return some[0] if len(some) == 1 else None


def _faults(row: RowRead, held: Sequence[_Place], *, on: date) -> Iterator[Unfit]:
    place = _place(row, held)
    if place is None:
        several = not _text(row, "portrait") and len(held) > 1
        yield Unfit(row.number, "portrait", "which_portrait" if several else "no_such_portrait")
        return
    one = place.indicators.get(key_of(_text(row, "indicator")))
    if one is None:
        if _text(row, "indicator"):
            yield Unfit(row.number, "indicator", "no_such_indicator")
        return
    if _text(row, "group") and not _group(row):
        yield Unfit(row.number, "group", "no_such_group")
    elif not _status(row):
        yield Unfit(row.number, "status", "no_such_status")
    elif _text(row, "source") and _text(row, "period"):
        yield from _unfit(row, one, on=on)


def _unfit(row: RowRead, one: IndicatorSeen, *, on: date) -> Iterator[Unfit]:
    try:
        typed(one.unit, _observation(row), on=on)
    except BadInput as error:
        if error.code not in FAULTS:
            raise
        yield Unfit(row.number, *FAULTS[error.code])


def _observation(row: RowRead) -> NewObservation:
    low, high = _number(row, "low"), _number(row, "high")
    exact = "exact" if row.values.get("exact") is True else "unknown"
    return NewObservation(
        period=_text(row, "period"),
        source=_text(row, "source"),
        value=_number(row, "value"),
        group=_group(row),
        numerator=_number(row, "numerator"),
        denominator=_number(row, "denominator"),
        low=low,
        high=high,
        interval=exact if low is None and high is None else "given",
        status=_status(row),
    )


def _named(text: str, held: Mapping[str, Words]) -> str:
    key = key_of(text)
    return next((code for code, words in held.items() if key in map(key_of, (code, words.fr, words.en))), "")  # fmt: skip


def _group(row: RowRead) -> str:
    text = _text(row, "group")
    return _named(text, {code: one.name for code, one in groups().items()}) if text else ""


def _status(row: RowRead) -> str:
    """Give the status that a row says; counted where it says none."""
    told = data("statuses")
    offered = {code: words for code, words in words_of("statuses").items() if told[code]["typed"]}
    return _named(_text(row, "status") or "counted", offered)


def _text(row: RowRead, name: str) -> str:
    value = row.values.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(row: RowRead, name: str) -> float | None:
    value = row.values.get(name)
    return float(value) if isinstance(value, Decimal | int | float) else None
