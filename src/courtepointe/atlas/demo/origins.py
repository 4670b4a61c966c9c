"""Languages, immigration and identity of every person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.demo.chance import logistic, pick
from courtepointe.atlas.demo.households import Households, Origin
from courtepointe.atlas.demo.persons import Persons, Role
from courtepointe.core.typing import Bools, Floats, Ints

ENGLISH, FRENCH, INDIGENOUS, OTHER, SEVERAL = range(5)
BORN_HERE, TEMPORARY = 1528, 1537
PERIODS = np.array([1530, 1531, 1532, 1533, 1535, 1536])
YEARS_SINCE = np.array([50, 36, 26, 15, 8, 3])
MINORITIES = np.array([1685, 1686, 1687, 1688, 1689, 1690, 1691, 1695])
MINORITY_SHARES = (0.11, 0.08, 0.31, 0.05, 0.23, 0.13, 0.06, 0.03)


@dataclass(frozen=True, slots=True)
class Origins:
    """Traits of (n_persons,); of residents of institutions only the languages' universes leave out.

    Attributes
    ----------
    tongue, home : int
        Mother tongue and language most often spoken at home: `ENGLISH` ... `SEVERAL`.
    knows : int
        Knowledge of official languages: member id 384 to 387.
    period : int
        Immigrant status and period: 1528, 1530 to 1536, 1537.
    generation : int
        1666 to 1668.
    citizen : bool
    minority : int
        Member id of the visible minority group, 1697 for none.
    indigenous : bool
    """

    tongue: Ints
    home: Ints
    knows: Ints
    period: Ints
    generation: Ints
    citizen: Bools
    minority: Ints
    indigenous: Bools

    @property
    def immigrant(self) -> Bools:
        """Tell who is or was a landed immigrant."""
        landed: Bools = (self.period != BORN_HERE) & (self.period != TEMPORARY)
        return landed


def origins_of(households: Households, persons: Persons, *, rng: np.random.Generator) -> Origins:
    """Draw where people come from and what they speak."""
    who = np.maximum(persons.household, 0)
    origin = np.where(persons.private, households.origin[who], Origin.HERE)
    english = np.where(persons.private, households.english[who], -1.8)
    period = _periods(households, persons, origin, rng=rng)
    tongue = _tongues(households, persons, origin, english, period, rng=rng)
    luck = rng.random((len(persons), 5))
    kept = (luck[:, 0] < 0.62) | (tongue <= FRENCH)
    home = np.where(kept, tongue, np.where(luck[:, 1] < 0.74, FRENCH, ENGLISH))
    first = period != BORN_HERE
    second = ~first & ((origin != Origin.HERE) | (luck[:, 2] < 0.11))
    citizen = (period == BORN_HERE) | ((period != TEMPORARY) & (luck[:, 3] < _naturalised(period)))
    minority = _minorities(households, persons, rng=rng)
    indigenous = (origin == Origin.HERE) & ((luck[:, 4] < 0.011) | (tongue == INDIGENOUS))
    generation = np.select([first, second], [1666, 1667], 1668).astype(np.int64)
    knows = _knowledge(tongue, persons.age, period, rng=rng)
    return Origins(tongue, home, knows, period, generation, citizen, minority, indigenous)


def _naturalised(period: Ints) -> Floats:
    return np.where(period == 1536, 0.10, np.where(period == 1535, 0.62, 0.93))


def _periods(
    households: Households, persons: Persons, origin: Ints, *, rng: np.random.Generator
) -> Ints:
    """Draw when people came: a household together; those born since were born here."""
    n = len(households)
    age = households.age
    odds = np.column_stack(
        [(age > 52) * 1.4, (age > 42) * 1.2, (age > 34) * 1.2, np.full(n, 1.5), np.full(n, 1.2)]
    )
    when = np.where(households.origin == Origin.RECENT, 5, pick(rng, odds))
    who = np.maximum(persons.household, 0)
    came = when[who]
    here_before = rng.random(len(persons)) < np.where(persons.role == Role.CHILD, 0.0, 0.12)
    landed = np.isin(origin, [Origin.ESTABLISHED, Origin.RECENT]) & ~here_before
    landed |= (origin == Origin.HERE) & (rng.random(len(persons)) < 0.025) & (persons.age > 20)
    landed &= persons.age >= YEARS_SINCE[came]
    visiting = (origin == Origin.TEMPORARY) & ~here_before
    period = np.where(landed, PERIODS[came], np.where(visiting, TEMPORARY, BORN_HERE))
    return period.astype(np.int64)


def _tongues(
    households: Households,
    persons: Persons,
    origin: Ints,
    english: Floats,
    period: Ints,
    *,
    rng: np.random.Generator,
) -> Ints:
    """Draw mother tongues: of a household's own, now and then another for one of its members."""
    chance = logistic(english)
    here = np.column_stack(
        [
            0.925 * chance,
            0.925 * (1 - chance),
            np.full(len(origin), 0.005),
            np.full(len(origin), 0.042),
            np.full(len(origin), 0.028),
        ]
    )
    abroad = np.array([0.06, 0.24, 0.0, 0.62, 0.08])
    odds = np.where((origin == Origin.HERE)[:, None], here, abroad[None, :])
    own = pick(rng, odds)
    first_of_household = own[
        np.searchsorted(persons.household[persons.private], np.arange(len(households)))
    ]
    shared = first_of_household[np.maximum(persons.household, 0)]
    luck = rng.random(len(persons))
    together = persons.private & (luck < 0.86)
    child_of_here = (persons.role == Role.CHILD) & (period == BORN_HERE) & (luck > 0.72)
    return np.where(child_of_here, FRENCH, np.where(together, shared, own)).astype(np.int64)


def _knowledge(tongue: Ints, age: Ints, period: Ints, *, rng: np.random.Generator) -> Ints:
    """Draw the knowledge of English only, French only, both, neither."""
    adult = ((age > 14) & (age < 70)).astype(np.float64)
    recent = np.isin(period, [1536, TEMPORARY]).astype(np.float64)
    both = np.select(
        [tongue == FRENCH, tongue == ENGLISH],
        [0.12 + 0.36 * adult, 0.35 + 0.35 * adult],
        0.15 + 0.4 * adult,
    )
    none = np.where(
        tongue <= FRENCH, 0.0, 0.07 + 0.07 * recent + 0.12 * (age < 5) + 0.06 * (age > 69)
    )
    french = np.select([tongue == FRENCH, tongue == ENGLISH], [1.0, 0.0], 0.58)
    one = 1 - both - none
    odds = np.column_stack([one * (1 - french), one * french, both, none])
    return 384 + pick(rng, np.maximum(odds, 0))


def _minorities(households: Households, persons: Persons, *, rng: np.random.Generator) -> Ints:
    n = len(households)
    chance = np.where(households.origin == Origin.HERE, 0.045, 0.70)
    of_home = np.where(rng.random(n) < chance, rng.choice(MINORITIES, n, p=MINORITY_SHARES), 1697)
    who = np.maximum(persons.household, 0)
    other = rng.random(len(persons)) < 0.04
    return np.where(persons.private & ~other, of_home[who], 1697).astype(np.int64)
