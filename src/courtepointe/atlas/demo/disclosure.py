"""What is done to numbers before they are published: rounded, widened, hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.typing import Bools, Floats, Ints

ROUNDED_TO = 5
FEWEST_PEOPLE = 40
FEWEST_PEOPLE_INCOME = 250
FEWEST_HOUSEHOLDS_INCOME = 40
Z95 = 1.959963984540054


def rounded(values: Floats, *, rng: np.random.Generator) -> Floats:
    """Round each cell at random to one of its two nearest multiples of 5, without bias.

    Parameters
    ----------
    values : (...,) float, not negative

    Returns
    -------
    (...,) float

    Notes
    -----
    A cell that is r above a multiple goes up with chance r / 5: the mean is kept, the variance
    is r (5 - r), 4 on the average of whole numbers. Totals are rounded apart from their parts.
    """
    below = np.floor(values / ROUNDED_TO)
    up = rng.random(values.shape) < values / ROUNDED_TO - below
    lifted: Floats = ROUNDED_TO * (below + up)
    return lifted


def interval(values: Floats, error: Floats, most: Floats) -> tuple[Floats, Floats]:
    """Give 95 % intervals that keep their width: one that passes what is possible is moved, not cut.

    Parameters
    ----------
    values, error : (...,) float
        Estimates and their standard errors.
    most : (...,) float
        The greatest possible value.

    Returns
    -------
    low, high : (...,) float
        ``high - low`` is 2 x 1.96 standard errors unless that is more than ``most``.
    """
    half = np.minimum(Z95 * error, most / 2)
    middle = np.clip(values, half, np.maximum(most - half, half))
    return middle - half, middle + half


@dataclass(frozen=True, slots=True)
class Hidden:
    """Areas of which something is not told.

    Attributes
    ----------
    all_but_population : (n_areas,) bool
        Fewer than 40 people.
    incomes : (n_areas,) bool
        Fewer than 250 people or 40 private households.
    long_form : (n_areas,) bool
        Half of those asked did not answer.
    """

    all_but_population: Bools
    incomes: Bools
    long_form: Bools


def hidden_of(population: Ints, households: Ints, non_response: Floats) -> Hidden:
    """Apply the publisher's thresholds.

    Parameters
    ----------
    population, households : (n_areas,) int
    non_response : (n_areas,) float, percent
        Total non-response rate of the long form.
    """
    few = population < FEWEST_PEOPLE
    poorly_known = (population < FEWEST_PEOPLE_INCOME) | (households < FEWEST_HOUSEHOLDS_INCOME)
    return Hidden(few, poorly_known, non_response >= 50.0)
