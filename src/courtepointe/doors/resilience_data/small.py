"""What is told of an observation where it may speak of a few people: as the pages say it to whoever only reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from courtepointe.portraits.resilience import lens
from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.lens import GroupSeen
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen

HIDDEN = "suppressed"
LEAST = 10
"""Smallest count of everybody that is told beside a share: that of the groups."""


def protected(
    indicator: IndicatorSeen, some: Sequence[ObservationSeen], *, seen: Mapping[str, GroupSeen]
) -> list[ObservationSeen]:
    """Give observations of an indicator as they may leave: a few people of a group are told by nothing but a status."""
    everybody = [one for one in some if not one.group]
    return [_everybody(one) if not one.group else _group(one, indicator, everybody, seen) for one in some]  # fmt: skip


def _everybody(one: ObservationSeen) -> ObservationSeen:
    """Keep the two counts of a share apart where one is of a few: the page tells the share alone."""
    return one if lens.may_be_told(one, None, least=LEAST) else replace(one, numerator=None, denominator=None)  # fmt: skip


def _group(
    one: ObservationSeen,
    indicator: IndicatorSeen,
    everybody: Sequence[ObservationSeen],
    seen: Mapping[str, GroupSeen],
) -> ObservationSeen:
    group = groups().get(one.group)
    if group is None or seen[one.group].known == lens.FEW:
        return _hidden(one)
    beside = [each for each in everybody if each.period == one.period]
    counts = {_counts(each): each for each in (indicator.newest, *beside)}
    may = all(lens.may_be_told(one, each, least=group.least) for each in counts.values())
    return one if may else _hidden(one)


def _counts(one: ObservationSeen | None) -> tuple[float | None, float | None]:
    return (None, None) if one is None else (one.numerator, one.denominator)


def _hidden(one: ObservationSeen) -> ObservationSeen:
    return replace(
        one, value=None, numerator=None, denominator=None, low=None, high=None,
        interval="unknown", status=HIDDEN, coverage=None,
    )  # fmt: skip
