"""The ADS+ lens: groups and their intersections, what is counted of them, what may be, and what nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import scipy.sparse as sp

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.joint import Together
from courtepointe.core.disclosure import is_small, tellable
from courtepointe.core.errors import BadInput
from courtepointe.portraits.resilience.framework import Group, groups, known
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.queries.apart import apart_from

MOST = 3
BASES: Mapping[str, str] = {"persons": "population", "households": "households"}
"""All of whom groups are a part, by the unit that they are counted in."""
NOBODY, FEW, COUNTED, NO_VALUE = "nobody", "few", "counted", "no_value"
Figures = Callable[[str], Figure | None]
Bound = Callable[[Sequence[str], str], Together]


@dataclass(frozen=True, slots=True)
class GroupSeen:
    """A group in the territory.

    Attributes
    ----------
    known : str
        ``counted``; ``few``: so few that the count is not told; ``no_value``: the atlas gives none
        here; ``nobody``: nobody counts it.
    figure : Figure or None
        Where it is counted.
    """

    group: Group
    known: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """Those who are of two or three groups at once, whom nobody counted as such.

    Attributes
    ----------
    reason : str
        Empty where there are bounds; ``nobody``, or a reason of `Together`.
    low, high : float or None
        The least and the most; ``few`` says that the most is too few to be told.
    n_units_missing : int
        Units of which nothing is said.
    """

    groups: tuple[Group, ...]
    reason: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    few: bool = False
    n_units_missing: int = 0


@dataclass(frozen=True, slots=True)
class GroupGap:
    """An indicator of a group beside everybody.

    Attributes
    ----------
    known : str
        ``told``; ``few``: it would tell of a few people, or the group is of a few; ``nobody``: it was never observed of the group.
    own, every : ObservationSeen or None
    points : float or None
        Group minus everybody, in the indicator's unit.
    distinguishable : bool or None
        None where the error of one is not known.
    people : float or None
        How many of the group more (or fewer, below 0) it would be if they were like everybody; only of
        shares that can be told apart, of a group whose size is known.
    """

    indicator: IndicatorSeen
    known: str
    own: ObservationSeen | None
    every: ObservationSeen | None
    points: float | None = None
    distinguishable: bool | None = None
    people: float | None = None


def chosen(codes: Iterable[str]) -> tuple[Group, ...]:
    """Give up to three groups of different axes, in the lens' order.

    Raises
    ------
    BadInput
        ``resilience_unknown_kind``, ``resilience_groups_too_many``, ``resilience_groups_one_axis``.
    """
    asked = set(codes)
    for code in sorted(asked - set(groups())):
        known("groups", code)
    if len(asked) > MOST:
        raise BadInput("resilience_groups_too_many", value=len(asked), expected=MOST)
    some = tuple(one for code, one in groups().items() if code in asked)
    for first, second in combinations(some, 2):
        if first.axis == second.axis:
            told = (f"{one.name.fr} / {one.name.en}" for one in (first, second))
            raise BadInput("resilience_groups_one_axis", value=next(told), expected=next(told))
    return some


def counted(one: Group, figures: Figures) -> GroupSeen:
    """Say what is counted of a group; a count of a few, or that leaves a few out of all, is not told."""
    figure = figures(one.atlas) if one.atlas else None
    if figure is None:
        return GroupSeen(one, NOBODY)
    if figure.value is None:
        return GroupSeen(one, NO_VALUE, figure)
    every = figures(BASES[figure.unit])
    rest = None if every is None or every.value is None else max(every.value - figure.value, 0.0)
    numbers = [figure.value, *([] if rest is None else [rest])]
    few = is_small(np.array(numbers), least=float(one.least)).any()
    return GroupSeen(one, FEW) if few else GroupSeen(one, COUNTED, figure)


def crossings(some: Sequence[GroupSeen], bound: Bound) -> tuple[Crossing, ...]:
    """Bound those who are of two or three of some groups at once."""
    return tuple(
        _crossing(part, bound) for n in range(2, len(some) + 1) for part in combinations(some, n)
    )


def _crossing(some: Sequence[GroupSeen], bound: Bound) -> Crossing:
    held = tuple(one.group for one in some)
    if any(one.known == NOBODY for one in some):
        return Crossing(held, NOBODY)
    if any(one.known == FEW for one in some):
        return Crossing(held, FEW)
    units = [one.figure.unit for one in some if one.figure is not None]
    if len(set(units)) > 1:
        return Crossing(held, "unit")
    found = bound([one.group.atlas for one in some], BASES[units[0]])
    if found.low is None or found.high is None:
        return Crossing(held, found.reason)
    least = max(one.least for one in held)
    if found.high < least:
        return Crossing(held, "", 0.0, found.high, units[0], True, found.n_units_missing)
    # The least is told only where neither it, nor those whom it leaves of a group, are a few.
    sizes = [one.figure.value for one in some if one.figure is not None and one.figure.value]
    told = is_small(np.array([found.low, *(size - found.low for size in sizes if size > found.low)]), least=float(least))  # fmt: skip
    low = 0.0 if told.any() else found.low
    return Crossing(held, "", low, found.high, units[0], False, found.n_units_missing)


def gaps(
    some: Sequence[IndicatorSeen],
    one: GroupSeen,
    observed: Mapping[int, Sequence[ObservationSeen]],
) -> tuple[GroupGap, ...]:
    """Set what was observed of a group beside everybody; indicators that nobody observed of it stand too.

    ``observed`` holds all that was ever said, by an indicator's number.
    """
    return tuple(_gap(each, one, observed.get(each.number, ())) for each in some)


def _gap(
    indicator: IndicatorSeen, seen: GroupSeen, observed: Sequence[ObservationSeen]
) -> GroupGap:
    own, every = indicator.by_group.get(seen.group.code), indicator.newest
    if own is None:
        return GroupGap(indicator, NOBODY, None, every)
    hidden = own.status == "suppressed" or seen.known == FEW
    if hidden or not beside_those_who_hold_it(own, every, observed, group=seen.group):
        return GroupGap(indicator, FEW, None, every)
    found = apart_from(own, every)
    if found is None:
        return GroupGap(indicator, "told", own, every)
    people = None
    size = _size(indicator, own, seen)
    if found.distinguishable and indicator.unit == "percent" and size is not None:
        people = -found.difference / 100.0 * size
    return GroupGap(indicator, "told", own, every, found.difference, found.distinguishable, people)


def _size(indicator: IndicatorSeen, own: ObservationSeen, seen: GroupSeen) -> float | None:
    """Give how many the group is: as the atlas counts it, else the whole of a share that no sample gave."""
    people = seen.figure
    if people is not None and people.value is not None and people.unit == "persons":
        return people.value
    return own.denominator if indicator.kind == "structural" else None


def beside_those_who_hold_it(
    own: ObservationSeen,
    newest: ObservationSeen | None,
    observed: Sequence[ObservationSeen],
    *,
    group: Group,
) -> bool:
    """Say whether a group's observation may be told beside everybody's newest and all of its own period.

    So too beside those of the group that holds it whole: older people less those of 85 and over are others again. And
    so too together with the groups of its axis that are told before it: everybody less the young and the old are others.
    What was followed is held against it too: pages and files still tell it.
    """
    hold = ("", group.within)
    beside = [
        newest,
        *(each for each in observed if each.group in hold and each.period == own.period),
    ]
    counts = {(each.numerator, each.denominator): each for each in beside if each is not None}
    return all(
        may_be_told(one, each, least=group.least)
        for one in _with_those_before(own, newest, observed, group)
        for each in (None, *counts.values())
    )


def _with_those_before(
    own: ObservationSeen,
    newest: ObservationSeen | None,
    observed: Sequence[ObservationSeen],
    group: Group,
) -> list[ObservationSeen]:
    """Give a group's observation, and its sums with those of the groups of its axis told before it: nobody is of two."""
    apart = [one for one in groups().values() if one.axis == group.axis and not one.within]
    counted = [one for one in observed if one.numerator is not None and one.period == own.period]
    sums = [own]
    for other in apart[: apart.index(group)] if group in apart and own.numerator is not None else []:  # fmt: skip
        said = {(one.numerator, one.denominator): one for one in counted if one.group == other.code}
        told = [one for one in said.values() if beside_those_who_hold_it(one, newest, observed, group=other)]  # fmt: skip
        sums += [_sum(one, each) for one in sums for each in told]
    return sums


def _sum(one: ObservationSeen, two: ObservationSeen) -> ObservationSeen:
    part, whole = (
        (a or 0.0) + (b or 0.0)
        for a, b in ((one.numerator, two.numerator), (one.denominator, two.denominator))
    )
    return replace(one, numerator=part, denominator=whole)


def may_be_told(own: ObservationSeen, every: ObservationSeen | None, *, least: int) -> bool:
    """Say whether what was observed of a group may be told beside everybody's.

    Notes
    -----
    Where both have their counts, those of the group are told only if neither they, nor what is left of
    everybody's once they are subtracted, tell of a few people (`core.disclosure`). Where only the
    group's are known, neither its part nor the rest of it may be of a few.
    """
    part, whole = own.numerator, own.denominator
    if part is None or whole is None:
        return True
    if not 0.0 <= part <= whole:
        return _ratio_may_be_told(part, whole, every, least=float(least))
    inside = np.array([part, whole - part])
    if is_small(np.array([whole]), least=float(least))[0]:
        return False
    if is_small(inside, least=float(least)).any():
        return False
    if every is None or every.numerator is None or every.denominator is None:
        return True
    rest = np.array([every.numerator - part, every.denominator - whole - (every.numerator - part)])
    if (rest < 0.0).any() or not is_small(rest, least=float(least)).any():
        return (
            True  # The audit, a hundred times dearer, is of what is left of everybody's as a few.
        )
    counts = np.concatenate([inside, rest])
    asked = sp.csr_matrix(np.array([[1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]))
    before = sp.csr_matrix(np.array([[1.0, 1.0, 1.0, 1.0], [1.0, 0.0, 1.0, 0.0]]))
    return bool(tellable(asked, counts, least=float(least), told=before).all())


def _ratio_may_be_told(
    part: float, whole: float, every: ObservationSeen | None, *, least: float
) -> bool:
    """Say whether two counts of which neither is a part of the other may be told: people by household, an error of the pen."""
    counts = [part, whole]
    if every is not None and every.numerator is not None and every.denominator is not None:
        rest = (every.numerator - part, every.denominator - whole)
        counts += [one for one in rest if one >= 0.0]
    return min(part, whole) >= 0.0 and not is_small(np.array(counts), least=least).any()
