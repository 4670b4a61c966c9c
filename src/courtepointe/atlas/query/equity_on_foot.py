"""How unequal the way to a site is: groups beside everybody, in people and minutes; indices after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.query.groups_on_foot import Group
from courtepointe.atlas.query.inside import Living, Shares
from courtepointe.core.access import KolmPollak, gini, kolm_pollak, median_minutes, theil
from courtepointe.core.typing import Floats, Ints

AVERSION = -1.0
"""Of Kolm-Pollak: the custom."""


@dataclass(frozen=True, slots=True)
class Along:
    """Minutes of a territory's stretches, the shortest first; of its areas, the ends.

    Attributes
    ----------
    minutes : (n,) float, minutes
        Infinite where no site is reached.
    area : (n,) int
    part : (n,) float
        Of its area's people inside, if they live evenly along the streets.
    nearest, farthest : (n_areas,) float, minutes
        Infinite for areas without stretches.
    """

    minutes: Floats
    area: Ints
    part: Floats
    nearest: Floats
    farthest: Floats

    def median(self, people: Floats) -> float:
        """Give the minutes within which half of some people are, from (n_areas,) persons: `median_minutes`
        of stretches that are in order already.
        """
        reached = np.cumsum(people[self.area] * self.part)
        place = int(np.searchsorted(reached, reached[-1] / 2.0, side="left"))
        return float(self.minutes[place])


def along(living: Living, spots_min: Floats) -> Along:
    """Order the stretches of a territory by their minutes: once for all groups.

    Parameters
    ----------
    living : Living
    spots_min : (n_spots,) float, minutes
        Of all stretches of `Placed`.
    """
    n_areas = len(living.people)
    area = np.repeat(np.arange(n_areas), np.diff(living.first))
    minutes = spots_min[living.spot]
    nearest, farthest = np.full(n_areas, np.inf), np.full(n_areas, np.inf)
    held = np.diff(living.first) > 0
    if held.any():
        starts = living.first[:-1][held]
        nearest[held] = np.minimum.reduceat(minutes, starts)
        farthest[held] = np.maximum.reduceat(minutes, starts)
    order = np.argsort(minutes, kind="stable")
    return Along(minutes[order], area[order], living.part[order], nearest, farthest)


@dataclass(frozen=True, slots=True)
class Range:
    """A number if people live evenly along their streets, and the ends of what could be."""

    even: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupGap:
    """A group beside everybody of the areas where it is counted; it is a part of them.

    Attributes
    ----------
    everyone : float, persons
        Of the group.
    share, all_share : Range
        Part within the limit, 0 to 1.
    people : Range, persons
        Of the group who would have to reach a site more for its share to be everybody's; below 0 where
        it reaches one more often.
    minutes, all_minutes : Range, minutes
        Medians; infinite where half or more reach none.
    n_unknown : int
        Areas that count, of which nobody knows the group: neither side counts them.
    error_known : bool
        False where the group's counts come from a sample whose error nobody published.
    """

    everyone: float
    share: Range
    all_share: Range
    people: Range
    minutes: Range
    all_minutes: Range
    n_unknown: int
    error_known: bool

    @property
    def is_apart(self) -> bool:
        """Whether the shares differ whatever could be: their ranges have nothing in common."""
        over = self.share.low > self.all_share.high
        return self.error_known and (over or self.share.high < self.all_share.low)


def group_gap(
    group: Group, living: Living, found: Shares, ways: Along, *, place: int
) -> GroupGap | None:
    """Set a group beside everybody; nothing where one of the two counts nobody.

    Parameters
    ----------
    group : Group
    living : Living
        The territory.
    found : Shares
        Of the people of each area, the part within each limit.
    ways : Along
        Of the same territory and sites.
    place : int
        Of the limit, in ``found``.

    Notes
    -----
    With people evenly along their streets, what `core.access.gap` tells of all stretches one by one, from
    the shares of areas and one ordering of the stretches. Everybody is counted where the group is, so that an area that keeps the group's count back is on
    neither side. A share's range: all at the farthest street or at the nearest; for the group also the
    95 % intervals of its counts, to first order sqrt(sum (half (s - p))^2) / people, s of an area and p of
    all: an error of a count moves a share only where the area is unlike the others. A median's range is
    that of where people live alone.
    """
    inside = living.share * living.counted
    own, half = group.count * inside, group.half * inside
    every = np.where(group.known, living.people, 0.0)
    if own.sum() <= 0.0 or every.sum() <= 0.0:
        return None
    parts = (found.even[:, place], found.farthest[:, place], found.nearest[:, place])
    share, all_share = _share(own, half, parts), _share(every, np.zeros_like(every), parts)
    n_people = float(own.sum())
    people = Range(
        n_people * (all_share.even - share.even),
        n_people * (all_share.low - share.high),
        n_people * (all_share.high - share.low),
    )
    lost = living.counted & (living.share > 0.0) & ~group.known
    return GroupGap(
        n_people, share, all_share, people, _medians(own, ways), _medians(every, ways),
        int(lost.sum()), group.error_known,
    )  # fmt: skip


def _share(people: Floats, half: Floats, parts: tuple[Floats, Floats, Floats]) -> Range:
    whole, told = people.sum(), []
    for sign, part in zip((0.0, -1.0, 1.0), parts, strict=True):
        share = (people * part).sum() / whole
        error = np.sqrt(((half * (part - share)) ** 2).sum()) / whole
        told.append(float(np.clip(share + sign * error, 0.0, 1.0)))
    return Range(*told)


def _medians(people: Floats, ways: Along) -> Range:
    low, high = (median_minutes(one, people) for one in (ways.nearest, ways.farthest))
    return Range(ways.median(people), low, high)


@dataclass(frozen=True, slots=True)
class Unequal:
    """Indices of minutes over people, placed evenly along their streets.

    Attributes
    ----------
    people : float, persons
        Who reach a site at all: the indices are theirs.
    beyond : float, persons
        Who reach none, however long they walk: in no index.
    mean_min : float, minutes
    gini, theil : float
    between : float
        Of ``theil``, the part (0 to 1) that is between areas; the rest is along the streets of one. 0 where
        all minutes are alike.
    kolm_pollak : KolmPollak
        With `AVERSION`.
    """

    people: float
    beyond: float
    mean_min: float
    gini: float
    theil: float
    between: float
    kolm_pollak: KolmPollak


def unequal(living: Living, ways: Along) -> Unequal | None:
    """Tell how unequal minutes are; nothing where nobody reaches a site, or all live at its door."""
    people = living.people[ways.area] * ways.part
    held = np.isfinite(ways.minutes) & (people > 0.0)
    minutes, some, area = ways.minutes[held], people[held], ways.area[held]
    if not (minutes > 0.0).any():
        return None
    split = theil(minutes, some, group=area)
    whole = float(some.sum())
    return Unequal(
        whole, float(people.sum()) - whole, float((some * minutes).sum()) / whole, gini(minutes, some),
        split.t, split.t_between / split.t if split.t > 0.0 else 0.0,
        kolm_pollak(minutes, some, aversion=AVERSION),
    )  # fmt: skip
