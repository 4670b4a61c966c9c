"""Schooling, work, moves and income of every person; income of every household."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.demo.chance import added, logistic, pick, whole
from courtepointe.atlas.demo.households import Households, Kind
from courtepointe.atlas.demo.origins import TEMPORARY, Origins
from courtepointe.atlas.demo.persons import Persons, Role
from courtepointe.core.typing import Bools, Floats, Ints

DIPLOMAS = np.array([1999, 2000, 2003, 2006, 2007, 2009, 2010])
EMPLOYED, UNEMPLOYED, OUTSIDE = 2225, 2226, 2227
LOW_INCOME_LINE = {2021: 26_503.0, 2016: 22_133.0}
"""After tax, for one person; times the square root of the household's size."""


@dataclass(frozen=True, slots=True)
class Work:
    """Traits of (n_persons,); of children and of residents of institutions they mean nothing.

    Attributes
    ----------
    diploma : int
        Highest one: 0 (none) to 6 (above bachelor), a place in `DIPLOMAS`.
    labour : int
        Member id 2225, 2226 or 2227.
    moved_1, moved_5 : bool
        Lived elsewhere one year, five years before.
    commute : int
        Main mode, member id 2605 to 2610; 0 for who does not travel to work.
    minutes : int
        Member id of the commuting duration, 2612 to 2616; 0 likewise.
    income, after_tax : float, dollars a year
    """

    diploma: Ints
    labour: Ints
    moved_1: Bools
    moved_5: Bools
    commute: Ints
    minutes: Ints
    income: Floats
    after_tax: Floats


def work_of(
    households: Households,
    persons: Persons,
    origins: Origins,
    *,
    year: int,
    rng: np.random.Generator,
) -> Work:
    """Draw schooling, then work, then what both bring in."""
    who = np.maximum(persons.household, 0)
    rich = households.affluence[who]
    diploma = _diplomas(persons, origins, rich, rng=rng)
    labour = _labour(persons, origins, diploma, rich, rng=rng)
    income = _incomes(persons, diploma, labour, rich, rng=rng)
    income *= 1.0 if year >= 2021 else 0.84
    moved_5 = _moved(households, persons, origins, rng=rng)
    moved_1 = moved_5 & (rng.random(len(persons)) < 0.33)
    commute, minutes = _commutes(households, persons, labour, rng=rng)
    after = income - tax(income)
    return Work(diploma, labour, moved_1, moved_5, commute, minutes, income, after)


def tax(income: Floats) -> Floats:
    """Give the income tax of a person: three steps above 17,000 dollars."""
    due: Floats = (
        0.15 * np.maximum(income - 17_000, 0)
        + 0.13 * np.maximum(income - 45_000, 0)
        + 0.12 * np.maximum(income - 95_000, 0)
    )
    return due


def household_sums(households: Households, persons: Persons, values: Floats) -> Floats:
    """Add a trait of persons over their households."""
    home = persons.private
    return added(persons.household[home], values[home], len(households))


def _diplomas(
    persons: Persons, origins: Origins, rich: Floats, *, rng: np.random.Generator
) -> Ints:
    age = persons.age
    score = rng.normal(size=len(age)) + 0.75 * rich + 0.40 * origins.immigrant
    score -= 0.55 * (age >= 65) + 0.35 * (age >= 75) - 0.15 * (persons.woman & (age < 45))
    diploma = np.searchsorted([-1.15, -0.40, 0.02, 0.52, 0.66, 1.45], score)
    most = np.select([age < 17, age < 19, age < 22], [0, 1, 3], 6)
    return whole(np.minimum(diploma, most))


def _labour(
    persons: Persons,
    origins: Origins,
    diploma: Ints,
    rich: Floats,
    *,
    rng: np.random.Generator,
) -> Ints:
    age = persons.age
    stage = np.searchsorted([20, 25, 55, 65, 70], age, side="right")
    base = np.array([-0.35, 1.1, 1.75, 0.55, -1.3, -2.9])[stage]
    active = rng.random(len(age)) < logistic(base + 0.22 * (diploma - 2) + 0.1 * rich)
    recent = np.isin(origins.period, [1536, TEMPORARY])
    odds = -2.75 + 0.75 * (age < 25) + 0.55 * recent - 0.40 * rich - 0.13 * (diploma - 2)
    jobless = rng.random(len(age)) < logistic(odds)
    return np.select([active & jobless, active], [UNEMPLOYED, EMPLOYED], OUTSIDE).astype(np.int64)


def _incomes(
    persons: Persons, diploma: Ints, labour: Ints, rich: Floats, *, rng: np.random.Generator
) -> Floats:
    age, n = persons.age, len(persons)
    step = 0.135 * (diploma - 2) + 0.20 * rich
    luck = rng.normal(size=n)
    earning = 10.73 + step - 0.0009 * (age - 48.0) ** 2 * (age < 60) + 0.52 * luck
    level = np.select(
        [labour == EMPLOYED, labour == UNEMPLOYED, age >= 65, age < 25],
        [
            earning,
            10.0 + 0.5 * step + 0.45 * luck,
            10.19 + 1.15 * step + 0.36 * luck,
            8.7 + 0.8 * luck,
        ],
        9.72 + 0.5 * step + 0.55 * luck,
    )
    income = np.exp(level)
    income = np.where(age >= 65, np.maximum(income, 20_600 + 900 * luck), income)
    none = (age < 15) | ((labour == OUTSIDE) & (age < 65) & (rng.random(n) < 0.11))
    return np.where(none, 0.0, np.round(np.maximum(income, 0.0), 0))


def _moved(
    households: Households, persons: Persons, origins: Origins, *, rng: np.random.Generator
) -> Bools:
    """Draw who lived elsewhere five years before: a household moves as one."""
    odds = -0.35 - 0.045 * (households.age - 40) + 0.35 * households.young
    together = rng.random(len(households)) < logistic(odds)
    who = np.maximum(persons.household, 0)
    moved: Bools = together[who] | np.isin(origins.period, [1536, TEMPORARY])
    moved |= (persons.role == Role.OTHER) & (rng.random(len(persons)) < 0.4)
    return moved


def _commutes(
    households: Households, persons: Persons, labour: Ints, *, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    who = np.maximum(persons.household, 0)
    near = households.dwelling[who] >= 45
    rich, young = households.affluence[who], households.young[who]
    travels = (labour == EMPLOYED) & (rng.random(len(persons)) < 0.74 - 0.08 * rich)
    odds = np.exp(
        np.column_stack(
            [
                0.25 * rich - 0.9 * near - 0.3 * young,
                -2.5 - 0.4 * near + 0.0 * rich,
                -1.45 + 0.5 * near - 0.3 * rich + 0.2 * young,
                -2.0 + 0.4 * near + 0.3 * young,
                -3.0 + 0.5 * near + 0.3 * young,
                -4.0 + 0.0 * rich,
            ]
        )
    )
    mode = 2605 + pick(rng, odds)
    slow = np.where(mode == 2607, 0.6, np.where(mode >= 2608, -0.9, 0.0))
    times = pick(
        rng,
        np.exp(
            np.column_stack(
                [-slow, 0.45 + 0 * slow, slow - 0.1, 1.2 * slow - 1.3, 1.2 * slow - 1.9]
            )
        ),
    )
    return np.where(travels, mode, 0), np.where(travels, 2612 + times, 0)


def topped_up(households: Households, income: Floats, after: Floats) -> tuple[Floats, Floats]:
    """Add the last-resort assistance and the family allowances that no work brings.

    Returns
    -------
    (n_households,) float, (n_households,) float
        Total and after-tax income, dollars a year.
    """
    floor = 9_400.0 + 4_300.0 * (households.size - 1)
    students = (households.kind == Kind.UNRELATED) & (households.age < 26)
    help_: Floats = np.where(students, 0.0, np.maximum(floor - after, 0.0))
    children = households.children.astype(np.float64)
    child: Floats = 5_600.0 * children * np.clip(1.35 - after / 110_000.0, 0.15, 1.0)
    more = help_ + child
    total: Floats = np.round(income + more, 0)
    kept: Floats = np.round(after + more, 0)
    return total, kept
