"""The truth: everyone and every household of a region at one census."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.demo.character import Character
from courtepointe.atlas.demo.households import Households, households_of
from courtepointe.atlas.demo.housing import Housing, housing_of
from courtepointe.atlas.demo.origins import Origins, origins_of
from courtepointe.atlas.demo.persons import Persons, persons_of
from courtepointe.atlas.demo.work import LOW_INCOME_LINE, Work, household_sums, topped_up, work_of
from courtepointe.core.typing import Bools, Floats, Ints

RESIDENCE_SIZE = 64
HOUSEHOLDS_PER_RESIDENCE = 5200
FEWEST_NEIGHBOURS = 8


@dataclass(frozen=True, slots=True)
class People:
    """Everyone at one census.

    Attributes
    ----------
    year : int
    n_blocks : int
    low_income : (n_households,) bool
        Adjusted after-tax income under the low-income measure.
    vacant : (n_blocks,) int, dwellings
    """

    year: int
    n_blocks: int
    households: Households
    persons: Persons
    origins: Origins
    work: Work
    housing: Housing
    low_income: Bools
    vacant: Ints


def people_of(homes: Ints, character: Character, *, year: int, rng: np.random.Generator) -> People:
    """Draw all people of a region.

    Parameters
    ----------
    homes : (n_blocks,) int, households
    character : Character, by block
    year : int
        2021 or 2016.
    """
    households = households_of(homes, character, year=year, rng=rng)
    persons = persons_of(households, _residences(homes, character, rng=rng), rng=rng)
    origins = origins_of(households, persons, rng=rng)
    work = work_of(households, persons, origins, year=year, rng=rng)
    income = household_sums(households, persons, work.income)
    after = household_sums(households, persons, work.after_tax)
    income, after = topped_up(households, income, after)
    housing = housing_of(households, income, after, year=year, rng=rng)
    low = after / np.sqrt(households.size) < LOW_INCOME_LINE[year]
    vacant = rng.binomial(homes + (homes > 0), 0.045).astype(np.int64)
    return People(year, len(homes), households, persons, origins, work, housing, low, vacant)


def _residences(homes: Ints, character: Character, *, rng: np.random.Generator) -> Ints:
    """Give the block of each resident of an institution: a few homes for elders."""
    lived = np.flatnonzero(homes >= FEWEST_NEIGHBOURS)
    odds: Floats = np.exp(character.old[lived])
    count = round(homes.sum() / HOUSEHOLDS_PER_RESIDENCE)
    if count == 0:
        return np.zeros(0, dtype=np.int64)
    where = rng.choice(lived, min(count, len(lived)), replace=False, p=odds / odds.sum())
    return np.repeat(np.sort(where), RESIDENCE_SIZE).astype(np.int64)
