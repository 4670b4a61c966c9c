"""Persons: everyone of every household, with an age, a gender and a place in the family."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from courtepointe.atlas.demo.households import Households, Kind
from courtepointe.core.typing import Bools, Ints


class Role(IntEnum):
    """A person's place in the household."""

    MAINTAINER = 0
    PARTNER = 1
    CHILD = 2
    OTHER = 3
    RESIDENT = 4
    """Lives in an institution: counted in the population, in no household."""


@dataclass(frozen=True, slots=True)
class Persons:
    """Everyone; every array is (n_persons,).

    Attributes
    ----------
    household : int
        Position of the household; -1 in an institution.
    block : int
    role : int
        A `Role`.
    age : int, years
    woman : bool
        Women+; the others are men+.
    family : int
        The member id of the person's family status, 91 to 99; 0 in an institution.
    """

    household: Ints
    block: Ints
    role: Ints
    age: Ints
    woman: Bools
    family: Ints

    @property
    def private(self) -> Bools:
        """Tell who lives in a private household."""
        at_home: Bools = self.household >= 0
        return at_home

    def __len__(self) -> int:
        return len(self.household)


def persons_of(households: Households, residences: Ints, *, rng: np.random.Generator) -> Persons:
    """Draw the people of every household, then those of institutions.

    Parameters
    ----------
    households : Households
    residences : (n,) int
        The block of each institutional resident.
    """
    h = np.arange(len(households))
    counts = (np.ones_like(h), households.partner, households.children, households.others)
    who = np.concatenate([np.repeat(h, n) for n in counts])
    role = np.concatenate([np.full(n.sum(), r) for r, n in enumerate(counts)])
    order = np.lexsort((role, who))
    who, role = who[order], role[order]
    age = _ages(households, who, role, rng=rng)
    woman = _women(households, who, role, age, rng=rng)
    n = len(residences)
    elders = (74 + 25 * rng.beta(2.0, 1.8, n)).astype(np.int64)
    return Persons(
        np.r_[who, np.full(n, -1)],
        np.r_[households.block[who], residences],
        np.r_[role, np.full(n, Role.RESIDENT)],
        np.r_[age, elders],
        np.r_[woman, rng.random(n) < 0.69],
        np.r_[_family(households, who, role), np.zeros(n, dtype=np.int64)],
    )


def _ages(households: Households, who: Ints, role: Ints, *, rng: np.random.Generator) -> Ints:
    n = len(who)
    first, kind = households.age[who], households.kind[who]
    partner = np.clip(first + rng.normal(-0.8, 3.6, n), 18, 98)
    child = np.minimum(first - np.clip(rng.normal(30.5, 5.2, n), 17, 46), 29)
    parent = np.clip(first + rng.normal(27.0, 4.0, n), 50, 98)
    equal = np.clip(first + rng.normal(0.0, 4.5, n), 18, 95)
    relative = rng.uniform(17, 78, n)
    other = np.select(
        [kind == Kind.MULTIGENERATIONAL, kind == Kind.FAMILY_AND_OTHERS], [parent, relative], equal
    )
    drawn = np.select(
        [role == Role.MAINTAINER, role == Role.PARTNER, role == Role.CHILD],
        [first, partner, np.abs(child)],
        other,
    )
    return drawn.astype(np.int64)


def _women(
    households: Households, who: Ints, role: Ints, age: Ints, *, rng: np.random.Generator
) -> Bools:
    n = len(households)
    odds = np.full(n, 0.49)
    odds[households.kind == Kind.ONE_PARENT] = 0.78
    odds[(households.kind == Kind.ALONE) & (households.age >= 70)] = 0.69
    first = rng.random(n) < odds
    same = rng.random(n) < 0.05
    partner = np.where(same, first, ~first)[who]
    alone = rng.random(len(who)) < 0.49 + 0.004 * np.maximum(age - 65, 0)
    women: Bools = np.select(
        [role == Role.MAINTAINER, role == Role.PARTNER], [first[who], partner], alone
    ).astype(bool)
    return women


def _family(households: Households, who: Ints, role: Ints) -> Ints:
    """Give each person's family status: spouse 91, lone parent 92, child 94 or 95, alone 97 to 99."""
    kind, partner = households.kind[who], households.partner[who]
    child = (role == Role.CHILD) & (households.children[who] > 0)
    status = np.select(
        [
            partner & (role <= Role.PARTNER),
            child & partner,
            child,
            (role == Role.MAINTAINER) & (households.children[who] > 0),
            kind == Kind.SEVERAL_FAMILIES,
            kind == Kind.ALONE,
            kind == Kind.UNRELATED,
        ],
        [91, 94, 95, 92, 91, 97, 99],
        98,
    )
    return status.astype(np.int64)
