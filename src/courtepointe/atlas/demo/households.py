"""Households: who lives together, how old, in what kind of dwelling, come from where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from courtepointe.atlas.demo.chance import logistic, odds_of, pick, whole
from courtepointe.atlas.demo.character import Character
from courtepointe.core.typing import Bools, Floats, Ints

INFILL = 0.12
"""Share of homes that are later than their neighbourhood."""


class Kind(IntEnum):
    """Who lives together."""

    ALONE = 0
    COUPLE = 1
    COUPLE_CHILDREN = 2
    ONE_PARENT = 3
    MULTIGENERATIONAL = 4
    SEVERAL_FAMILIES = 5
    FAMILY_AND_OTHERS = 6
    UNRELATED = 7


class Origin(IntEnum):
    """Where a household comes from."""

    HERE = 0
    ESTABLISHED = 1
    RECENT = 2
    TEMPORARY = 3


@dataclass(frozen=True, slots=True)
class Households:
    """The private households of a region; every array is (n_households,).

    Attributes
    ----------
    block : int
        Ordered.
    affluence, young : float
        Of the household's own block.
    kind : int
        A `Kind`.
    age : int, years
        Of the primary maintainer.
    children, others : int, persons
        Beside the maintainer and a partner.
    partner : bool
    dwelling : int
        Structural type: the member id, 42 to 49.
    built : int
        Year of construction.
    origin : int
        An `Origin`.
    english : float
        Log-odds of English in the block.
    """

    block: Ints
    affluence: Floats
    young: Floats
    kind: Ints
    age: Ints
    children: Ints
    others: Ints
    partner: Bools
    dwelling: Ints
    built: Ints
    origin: Ints
    english: Floats

    @property
    def size(self) -> Ints:
        """Count the people of each household."""
        return 1 + self.partner + self.children + self.others

    def __len__(self) -> int:
        return len(self.block)


def households_of(
    homes: Ints, character: Character, *, year: int, rng: np.random.Generator
) -> Households:
    """Draw the households of every block.

    Parameters
    ----------
    homes : (n_blocks,) int, households
    character : Character, by block
    year : int
        Of the census: what is built later does not exist.
    """
    block = np.repeat(np.arange(len(homes)), homes)
    trait = {name: getattr(character, name)[block] for name in Character.__slots__}
    kind = pick(rng, _kind_odds(trait))
    age = _ages(kind, trait, rng=rng)
    children, others = _company(kind, rng=rng)
    partner = np.isin(kind, [Kind.COUPLE, Kind.COUPLE_CHILDREN, Kind.SEVERAL_FAMILIES])
    mixed = np.isin(kind, [Kind.MULTIGENERATIONAL, Kind.FAMILY_AND_OTHERS])
    partner |= mixed & (rng.random(len(kind)) < 0.8)
    dwelling = 42 + pick(rng, _dwelling_odds(kind, trait))
    usual, infill = rng.normal(trait["built"], 13.0), rng.uniform(1981.0, year + 0.99, len(block))
    built = np.where(rng.random(len(block)) < INFILL, infill, usual)
    built = whole(np.clip(built, 1885, year))
    origin = pick(rng, _origin_odds(trait))
    return Households(
        block,
        trait["affluence"],
        trait["young"],
        kind,
        age,
        children,
        others,
        partner,
        dwelling,
        built,
        origin,
        trait["english"],
    )


def _kind_odds(trait: dict[str, Floats]) -> Floats:
    young, old, family = trait["young"], trait["old"], trait["family"]
    rich, far = trait["affluence"], trait["newcomers"] + 1.2
    odds = (
        np.log(0.375) + 0.25 * young + 0.30 * old - 0.45 * family,
        np.log(0.235) + 0.10 * old - 0.10 * young,
        np.log(0.180) + 0.70 * family - 0.30 * old - 0.30 * young + 0.15 * rich,
        np.log(0.085) + 0.35 * family - 0.45 * rich,
        np.log(0.014) + 0.30 * far + 0.30 * family,
        np.log(0.004) + 0.40 * far,
        np.log(0.024) + 0.30 * far,
        np.log(0.075) + 0.90 * young - 0.20 * rich - 0.3 * old,
    )
    return odds_of(odds)


_YOUNG_MIDDLE_OLD = {
    Kind.ALONE: (0.24, 0.39, 0.37),
    Kind.COUPLE: (0.25, 0.40, 0.35),
    Kind.UNRELATED: (0.72, 0.22, 0.06),
}
_PARENTS = {
    Kind.COUPLE_CHILDREN: (41.0, 7.0),
    Kind.ONE_PARENT: (41.0, 8.5),
    Kind.MULTIGENERATIONAL: (44.0, 8.0),
    Kind.SEVERAL_FAMILIES: (45.0, 9.0),
    Kind.FAMILY_AND_OTHERS: (42.0, 9.0),
}


def _ages(kind: Ints, trait: dict[str, Floats], *, rng: np.random.Generator) -> Ints:
    """Draw the maintainer's age: three ages of life, or the age of parents."""
    n = len(kind)
    odds = np.ones((n, 3))
    mean, spread = np.full(n, 42.0), np.full(n, 8.0)
    for word, shares in _YOUNG_MIDDLE_OLD.items():
        odds[kind == word] = shares
    for word, (centre, width) in _PARENTS.items():
        mean[kind == word], spread[kind == word] = centre, width
    odds *= np.exp(np.column_stack([0.7 * trait["young"], 0.0 * mean, 0.8 * trait["old"]]))
    stage = pick(rng, odds)
    spans = np.column_stack(
        [
            rng.triangular(19, 26, 35, n),
            rng.triangular(35, 56, 66, n),
            65 + 32 * rng.beta(1.1, 2.3, n),
        ]
    )
    alone = np.isin(kind, list(_YOUNG_MIDDLE_OLD))
    parents = np.clip(rng.normal(mean, spread), 20, 66)
    return np.where(alone, spans[np.arange(n), stage], parents).astype(np.int64)


CHILDREN: tuple[tuple[Kind, int, tuple[float, ...]], ...] = (
    (Kind.COUPLE_CHILDREN, 1, (0.43, 0.40, 0.13, 0.04)),
    (Kind.ONE_PARENT, 1, (0.60, 0.30, 0.08, 0.02)),
    (Kind.MULTIGENERATIONAL, 1, (0.55, 0.35, 0.10)),
    (Kind.SEVERAL_FAMILIES, 0, (0.3, 0.4, 0.3)),
    (Kind.FAMILY_AND_OTHERS, 1, (0.5, 0.4, 0.1)),
)
OTHERS: tuple[tuple[Kind, int, tuple[float, ...]], ...] = (
    (Kind.MULTIGENERATIONAL, 1, (0.75, 0.25)),
    (Kind.SEVERAL_FAMILIES, 2, (0.7, 0.3)),
    (Kind.FAMILY_AND_OTHERS, 1, (0.85, 0.15)),
    (Kind.UNRELATED, 1, (0.72, 0.20, 0.08)),
)
"""For each kind of household: the fewest, and the odds of that many, one more, two more."""


def _company(kind: Ints, *, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Draw how many children and how many others live with the maintainer."""
    return _drawn(kind, CHILDREN, rng=rng), _drawn(kind, OTHERS, rng=rng)


def _drawn(
    kind: Ints,
    table: tuple[tuple[Kind, int, tuple[float, ...]], ...],
    *,
    rng: np.random.Generator,
) -> Ints:
    persons = np.zeros_like(kind)
    for word, first, shares in table:
        here = kind == word
        persons[here] = first + rng.choice(len(shares), here.sum(), p=shares)
    return persons


def _dwelling_odds(kind: Ints, trait: dict[str, Floats]) -> Floats:
    """Give the odds of the eight structural types, in the order of member ids 42 to 49."""
    houses, towers, rich = trait["houses"], trait["towers"], trait["affluence"]
    family = 0.5 * np.isin(kind, list(_PARENTS)) - 0.5 * (kind == Kind.ALONE)
    zero = 0.0 * houses
    odds = (
        houses + 0.35 * rich + family,
        houses - 0.9 + family,
        houses - 0.8 + 0.5 * family,
        zero + 0.2,
        zero + 1.0 - family,
        towers + 0.1 * rich - family,
        zero - 3.6,
        houses - 5.5,
    )
    return odds_of(odds)


def _origin_odds(trait: dict[str, Floats]) -> Floats:
    far = trait["newcomers"]
    odds = (
        0.0 * far,
        far,
        far - 1.35 - 0.25 * trait["affluence"] + 0.2 * trait["young"],
        far - 1.7 + 0.5 * trait["young"],
    )
    return odds_of(odds)


def earlier_homes(homes: Ints, character: Character, *, rng: np.random.Generator) -> Ints:
    """Draw how many of the homes of 2021 stood and were lived in five years before."""
    fresh = 0.02 + 0.16 * logistic((character.built - 2003.0) / 5.0)
    earlier: Ints = rng.binomial(homes, 1.0 - fresh).astype(np.int64)
    return earlier
