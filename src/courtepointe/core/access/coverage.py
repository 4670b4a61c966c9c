"""Who is covered: people within some minutes of a site, by group and by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.access.checks import (
    check_counts,
    check_minutes,
    check_positions,
    check_shape,
)
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints

LIMITS_MIN = (5.0, 10.0, 15.0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """People within limits of the nearest site.

    Attributes
    ----------
    limits_min : (n_limits,) float, minutes
    people : (n_places, n_groups) float
    covered : (n_places, n_groups, n_limits) float
        People within each limit.
    """

    limits_min: Floats
    people: Floats
    covered: Floats

    @property
    def share(self) -> Floats:
        """Part of the people covered, (n_places, n_groups, n_limits); NaN where nobody lives."""
        return _part(self.covered, self.people[..., None])

    @property
    def left_out(self) -> Floats:
        """People beyond each limit, (n_places, n_groups, n_limits)."""
        told: Floats = self.people[..., None] - self.covered
        return told

    def together(self) -> Coverage:
        """Add all places up: one place."""
        return Coverage(
            self.limits_min,
            self.people.sum(axis=0, keepdims=True),
            self.covered.sum(axis=0, keepdims=True),
        )


def _part(some: Floats, whole: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        told: Floats = np.where(whole > 0.0, some / whole, np.nan)
    return told


def coverage(
    minutes: Floats,
    people: Floats,
    *,
    limits_min: Sequence[float] = LIMITS_MIN,
    place: Ints | None = None,
    n_places: int = 1,
) -> Coverage:
    """Count people within limits of the nearest site.

    Parameters
    ----------
    minutes : (n,) float, minutes
        Of each node or address to its nearest site; infinite where it reaches none.
    people : (n, n_groups) float
        Who lives there, by group; groups may overlap.
    limits_min : (n_limits,) float, minutes
        Rising. Who is exactly at a limit is covered.
    place : (n,) int, optional
        The place that each is of, counted from 0; else all are of one.
    n_places : int

    Returns
    -------
    Coverage

    Raises
    ------
    BadInput
        ``core_shape``, ``access_count`` (negative demand), ``access_minutes``, ``access_position``,
        ``access_limits``.
    """
    n = len(minutes)
    if people.ndim != 2:
        raise BadInput("core_shape", array="people", shape=people.shape, expected=(n, "n_groups"))
    check_shape("people", people, (n, people.shape[1]))
    check_counts("people", people)
    check_minutes("minutes", minutes)
    limits = _limits(limits_min)
    of_place = np.zeros(n, dtype=np.int64) if place is None else place
    check_shape("place", of_place, (n,))
    check_positions("place", of_place, n_places)
    # The first limit that each is within; those beyond the last are counted in a column of their own.
    step = np.searchsorted(limits, minutes, side="left")
    cell = of_place * (len(limits) + 1) + step
    size = n_places * (len(limits) + 1)
    counted = np.stack(
        [np.bincount(cell, weights=group, minlength=size) for group in people.T], axis=-1
    ).reshape(n_places, len(limits) + 1, people.shape[1])
    covered = np.cumsum(counted.astype(np.float64), axis=1)
    return Coverage(limits, covered[:, -1], np.moveaxis(covered[:, :-1], 1, 2))


def _limits(limits_min: Sequence[float]) -> Floats:
    limits = np.array(limits_min, dtype=np.float64)
    rising = np.all(np.diff(limits) > 0.0)
    if len(limits) == 0 or not rising or not (limits > 0.0).all():
        raise BadInput("access_limits", value=list(limits_min))
    return limits


@dataclass(frozen=True, slots=True)
class Gap:
    """How one group stands beside another: people and minutes first.

    Attributes
    ----------
    share, other_share : float
        Part of each group within the limit.
    people : float
        People of the group who would have to be covered more for its share to be the other's;
        below 0 where it is the better covered of the two.
    minutes, other_minutes : float, minutes
        Median of each group, everybody counted: infinite where half of it reaches nobody.
    """

    share: float
    other_share: float
    people: float
    minutes: float
    other_minutes: float


def gap(minutes: Floats, group: Floats, other: Floats, *, limit_min: float) -> Gap:
    """Compare two groups by who is within a limit, and by the median minutes.

    Parameters
    ----------
    minutes : (n,) float, minutes
    group, other : (n,) float
        People of each group.
    limit_min : float, minutes

    Returns
    -------
    Gap

    Raises
    ------
    BadInput
        As `coverage`; ``access_nobody`` where a group has nobody.
    """
    told = coverage(minutes, np.stack([group, other], axis=1), limits_min=[limit_min])
    for name, n_people in zip(("group", "other"), told.people[0], strict=True):
        if n_people <= 0.0:
            raise BadInput("access_nobody", array=name)
    one, two = (float(part) for part in told.share[0, :, 0])
    return Gap(
        one, two, (two - one) * float(told.people[0, 0]),
        median_minutes(minutes, group), median_minutes(minutes, other),
    )  # fmt: skip


def median_minutes(minutes: Floats, people: Floats) -> float:
    """Give the least minutes within which at least half of the people are.

    Parameters
    ----------
    minutes : (n,) float, minutes
    people : (n,) float

    Returns
    -------
    float, minutes
        NaN where nobody lives.
    """
    held = people > 0.0
    if not held.any():
        return float("nan")
    order = np.argsort(minutes[held], kind="stable")
    reached = np.cumsum(people[held][order])
    place = int(np.searchsorted(reached, reached[-1] / 2.0, side="left"))
    return float(minutes[held][order][place])
