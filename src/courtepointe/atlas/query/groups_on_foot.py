"""Groups of people along streets: counts of an atlas on the areas whose people are placed."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from courtepointe.atlas.figures import Measure
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.dot_ground import DotGround
from courtepointe.atlas.query.inside import Living, Shares
from courtepointe.atlas.recipe.values import Indicator, Words
from courtepointe.core.access import median_minutes
from courtepointe.core.typing import Bools, Floats

FILE = Path(__file__).with_name("groups_on_foot.toml")


@cache
def groups_named() -> tuple[str, ...]:
    """Give the codes of the groups that are told apart where an atlas counts them."""
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["groups"])


@dataclass(frozen=True, slots=True)
class Group:
    """A group's counts on areas.

    Attributes
    ----------
    code : str
        Of its indicator.
    label : Words
    count : (n_areas,) float, persons
        0 where nobody may know or knows.
    half : (n_areas,) float, persons
        Half of the 95 % interval that the atlas gives each count; 0 where it is exact or has none.
    known : (n_areas,) bool
    error_known : bool
        False where counts come from a sample whose error nobody published.
    sources : tuple of str
    period : str
    """

    code: str
    label: Words
    count: Floats
    half: Floats
    known: Bools
    error_known: bool
    sources: tuple[str, ...]
    period: str


def groups_on(atlas: Atlas, ground: DotGround, codes: Sequence[str]) -> tuple[Group, ...]:
    """Give the counts of groups on the areas of a ground; those that the atlas does not tell are left out.

    Parameters
    ----------
    atlas : Atlas
    ground : DotGround
        Its units are the areas.
    codes : sequence of str
        Of indicators; only counts of persons that add up are groups.

    Notes
    -----
    Only what is published area by area is ever counted with: a count that the publisher or the atlas keeps
    back is no part of any sum, so that no subtraction of two answers tells it. Counts of an organisation
    that this installation protects are no groups at all, whatever the area.
    """
    by_code = {one.code: one for one in atlas.pack.recipe.indicators}
    held = (by_code[code] for code in codes if code in by_code)
    told = (_group(atlas, ground, one) for one in held if _is_group(atlas, one))
    return tuple(one for one in told if one.known.any())


def _is_group(atlas: Atlas, one: Indicator) -> bool:
    """Say whether an indicator counts persons, of no release whose small counts are protected here."""
    counts = one.measure is Measure.COUNT and one.unit == "persons" and one.aggregation == "sum"
    guarded = {
        variable.code
        for release in atlas.pack.recipe.releases
        if release.protection is not None
        for variable in release.variables
    }
    return counts and not guarded & set(one.numerator)


def _group(atlas: Atlas, ground: DotGround, one: Indicator) -> Group:
    told = atlas.columns_for_type(ground.unit_type, one.code)
    known = np.isfinite(told.value)
    half = np.nan_to_num((told.high - told.low) / 2.0, nan=0.0)
    return Group(
        one.code, one.label, np.where(known, np.maximum(told.value, 0.0), 0.0),
        np.where(known, half, 0.0), known, bool(told.error_known[known].all()), told.sources, told.period,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class GroupTold:
    """Who of a group reaches a site, inside a territory.

    Attributes
    ----------
    everyone : float, persons
    even : (n_limits,) float, persons
        Within each limit, if they live evenly along their area's streets.
    low, high : (n_limits,) float, persons
        What could be: all at the farthest street or at the nearest, and the counts at the ends of
        their intervals.
    n_unknown : int
        Areas that count, of which nobody knows the group: it is in none of the counts there.
    """

    everyone: float
    even: Floats
    low: Floats
    high: Floats
    n_unknown: int


def group_told(group: Group, living: Living, found: Shares) -> GroupTold:
    """Count a group within limits.

    Parameters
    ----------
    group : Group
    living : Living
        The territory.
    found : Shares
        Of the people of each area, the part within each limit.

    Notes
    -----
    Errors of areas are independent: those of a sum are joined in squares, each with the weight of its
    area (see ``docs/methods/uncertainty.md``); then the two ways of not knowing, where people live and
    how many they are, are both let go to their ends.
    """
    people = group.count * living.share * living.counted
    half = group.half * living.share * living.counted
    low, high = (
        (people[:, None] * part).sum(axis=0) + sign * np.sqrt(((half[:, None] * part) ** 2).sum(axis=0))
        for sign, part in ((-1.0, found.farthest), (1.0, found.nearest))
    )  # fmt: skip
    lost = living.counted & (living.share > 0.0) & ~group.known
    even = (people[:, None] * found.even).sum(axis=0)
    return GroupTold(float(people.sum()), even, np.maximum(low, 0.0), high, int(lost.sum()))


def median_within(living: Living, spots_min: Floats) -> float:
    """Give the minutes within which half of the people of a territory are; NaN where nobody is counted.

    Parameters
    ----------
    living : Living
    spots_min : (n_spots,) float, minutes
        Of all stretches of streets; infinite where no site is reached.
    """
    area = np.repeat(np.arange(len(living.people)), np.diff(living.first))
    return median_minutes(spots_min[living.spot], living.people[area] * living.part)
