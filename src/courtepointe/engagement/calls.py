"""Who answers a call: arrays of volunteers in, positions out. No score, no opinion of anybody.

Called first is who was called least recently, so that the load is spread and nobody is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Ints

Bits: TypeAlias = NDArray[np.uint64]
MOST_CODES = 63
"""Of one list, in one call."""
NEVER = -1
"""The day of the last call of who was never called."""
NO_ZONE = -1


@dataclass(frozen=True, slots=True)
class Volunteers:
    """Volunteers who may be called.

    Attributes
    ----------
    skills, languages, slots : (n_volunteers,) uint64
        A bit a code, by `bits_of`.
    zones : (n_volunteers,) int
        Position of their zone; -1 where they gave none.
    last_called : (n_volunteers,) int, days
        Since any fixed day; -1 for never.
    """

    skills: Bits
    languages: Bits
    slots: Bits
    zones: Ints
    last_called: Ints

    def __post_init__(self) -> None:
        held = (self.skills, self.languages, self.slots, self.zones, self.last_called)
        if len({array.shape for array in held}) != 1 or self.zones.ndim != 1:
            raise BadInput("core_shape", array="volunteers", shape=self.zones.shape, expected="n")

    def __len__(self) -> int:
        return int(self.zones.size)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a call asks for; what is empty is not asked.

    Attributes
    ----------
    skills : int
        Bits: all of them are needed, or one of them where ``any_skill``.
    languages, slots : int
        Bits: one of them is enough.
    zones : (n_zones,) int or None
        Steps from the zone of the call, by `steps_from`; -1 where a zone is not asked. None for
        everywhere, people without a zone included.
    most : int
        How many are called at most.
    """

    skills: int = 0
    languages: int = 0
    slots: int = 0
    zones: Ints | None = None
    most: int = 20
    any_skill: bool = False

    def __post_init__(self) -> None:
        if self.most < 1:
            raise BadInput("call_most", value=self.most)


def bits_of(codes: Iterable[str], places: Mapping[str, int]) -> int:
    """Give a set of codes as bits; a code that has no place is left out.

    Parameters
    ----------
    codes : iterable of str
    places : mapping of code to 0..62

    Returns
    -------
    int
    """
    bits = 0
    for code in codes:
        if code in places:
            bits |= 1 << places[code]
    return bits


def steps_from(zone: int, near: Bools, *, most: int) -> Ints:
    """Count the steps from a zone to each other, through zones that touch.

    Parameters
    ----------
    zone : int
    near : (n_zones, n_zones) bool
        Which touch which; read both ways.
    most : int
        Steps beyond which a zone is not asked.

    Returns
    -------
    (n_zones,) int
        0 for the zone itself, -1 beyond ``most``.

    Raises
    ------
    BadInput
        ``core_shape``.
    """
    if near.ndim != 2 or near.shape[0] != near.shape[1] or not 0 <= zone < near.shape[0]:
        raise BadInput("core_shape", array="near", shape=near.shape, expected="n x n")
    both = near | near.T
    steps = np.full(near.shape[0], -1, dtype=np.int64)
    steps[zone] = 0
    edge = steps == 0
    for step in range(1, most + 1):
        edge = both[edge].any(axis=0) & (steps < 0)
        if not edge.any():
            break
        steps[edge] = step
    return steps


def who_answers(volunteers: Volunteers, asked: Criteria) -> Ints:
    """Give who is called, in the order in which they are called.

    Parameters
    ----------
    volunteers : Volunteers
    asked : Criteria

    Returns
    -------
    (n_called,) int
        Positions, at most ``asked.most``: those called least recently first (never called before
        all); of one day, the nearest zone first; then by position.

    Raises
    ------
    BadInput
        ``core_shape``: a volunteer's zone that the criteria do not know.
    """
    held, steps = _who_may(volunteers, asked)
    order = np.lexsort((held, steps, volunteers.last_called[held]))
    return held[order[: asked.most]]


def how_many(volunteers: Volunteers, asked: Criteria) -> int:
    """Count who would answer, were as many called as there are."""
    return int(_who_may(volunteers, asked)[0].size)


def _who_may(volunteers: Volunteers, asked: Criteria) -> tuple[Ints, Ints]:
    may = np.ones(len(volunteers), dtype=np.bool_)
    skills = np.uint64(asked.skills)
    if asked.skills:
        shared = volunteers.skills & skills
        may &= shared != 0 if asked.any_skill else shared == skills
    if asked.languages:
        may &= (volunteers.languages & asked.languages) != 0
    if asked.slots:
        may &= (volunteers.slots & asked.slots) != 0
    steps = _steps(volunteers.zones, asked.zones)
    held = np.flatnonzero(may & (steps >= 0))
    return held, steps[held]


def _steps(zones: Ints, asked: Ints | None) -> Ints:
    if asked is None:
        return np.zeros(zones.size, dtype=np.int64)
    if zones.size and zones.max() >= asked.size:
        raise BadInput(
            "core_shape", array="zones", shape=asked.shape, expected=int(zones.max()) + 1
        )
    nowhere = np.append(asked, np.int64(-1))
    return nowhere[zones]
