"""What is told of an observation where it may speak of a few people: one rule for pages, prints and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.lens import (
    FEW,
    GroupSeen,
    beside_those_who_hold_it,
    may_be_told,
)
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen

HIDDEN = "suppressed"
LEAST = 10
"""Smallest count of everybody that is told beside a share: that of the groups."""


def protected(
    indicator: IndicatorSeen, some: Sequence[ObservationSeen], *, seen: Mapping[str, GroupSeen]
) -> list[ObservationSeen]:
    """Give observations of an indicator as they may leave: a few people of a group are told by nothing but a status."""
    return [_everybody(one) if not one.group else _group(one, indicator, some, seen) for one in some]  # fmt: skip


def _everybody(one: ObservationSeen) -> ObservationSeen:
    """Keep the two counts of a share apart where one is of a few: the page tells the share alone."""
    return one if may_be_told(one, None, least=LEAST) else replace(one, numerator=None, denominator=None)  # fmt: skip


def _group(
    one: ObservationSeen,
    indicator: IndicatorSeen,
    some: Sequence[ObservationSeen],
    seen: Mapping[str, GroupSeen],
) -> ObservationSeen:
    group = groups().get(one.group)
    if group is None or seen[one.group].known == FEW or _is_followed(one, some):
        return _hidden(one)
    held = beside_those_who_hold_it(one, indicator.newest, some, group=group)
    return one if held else _hidden(one)


def _is_followed(one: ObservationSeen, some: Sequence[ObservationSeen]) -> bool:
    """Say whether another took its place: 20 of 30, then 21 of 31, tell what one more person answered."""
    return any(
        (each.group, each.period) == (one.group, one.period) and each.number > one.number
        for each in some
    )


def _hidden(one: ObservationSeen) -> ObservationSeen:
    return replace(
        one, value=None, numerator=None, denominator=None, low=None, high=None,
        interval="unknown", status=HIDDEN, coverage=None,
    )  # fmt: skip
