"""Means and medians from the long form, with their 95 % intervals."""

from __future__ import annotations

import numpy as np

from courtepointe.atlas.demo.chance import added
from courtepointe.atlas.demo.disclosure import Z95
from courtepointe.atlas.demo.full_count import as_published
from courtepointe.atlas.demo.long_form import FEWEST_ANSWERS, withhold
from courtepointe.atlas.demo.measures import QUANTITIES
from courtepointe.atlas.demo.people import People
from courtepointe.atlas.demo.sheet import (
    COUNT,
    COUNT_HIGH,
    COUNT_LOW,
    WITH_CAUTION,
    Level,
    Sheet,
)
from courtepointe.atlas.demo.survey import Sample
from courtepointe.atlas.demo.tally import quantile
from courtepointe.core.typing import Bools, Floats, Ints

CAUTION_CV, TOO_UNRELIABLE_CV = 0.166, 0.333


class Answers:
    """The answers to one question, ordered by area and then by value.

    Attributes
    ----------
    value, weight : (n,) float
    household : (n,) int
        Row of the sampled household.
    start : (n_areas + 1,) int
        Where the answers of each area begin.
    """

    def __init__(self, people: People, sample: Sample, quantity: int, area: Ints, n_areas: int):
        asked = QUANTITIES[quantity]
        row = np.full(len(people.households), -1, dtype=np.int64)
        row[sample.household] = np.arange(len(sample.household))
        who = asked.who(people)
        home = people.persons.household if asked.of_persons else np.arange(len(row))
        here = np.flatnonzero(who & (home >= 0))
        here = here[row[home[here]] >= 0]
        household = row[home[here]]
        value = asked.what(people)[here]
        order = np.lexsort((value, area[household]))
        self.value, self.household = value[order], household[order]
        self.weight = sample.weight[sample.da[self.household]]
        self.start = np.searchsorted(area[self.household], np.arange(n_areas + 1))


def fill_sample_middles(sheet: Sheet, level: Level, people: People, sample: Sample) -> None:
    """Fill the means and medians of what one household in four was asked."""
    area = level.of_da[sample.da]
    for k, one in enumerate(sheet.characteristics):
        if one.form not in ("mean", "median") or not one.sampled:
            continue
        answers = Answers(people, sample, int(one.of), area, len(level))
        spread = Spread(sample, area, len(level))
        measure = _medians if one.form == "median" else _means
        value, low, high, error = measure(answers, spread, len(level))
        few = np.diff(answers.start) < FEWEST_ANSWERS
        for first, cells in ((COUNT, value), (COUNT_LOW, low), (COUNT_HIGH, high)):
            sheet.put(first, k, as_published(one, cells))
        cv = np.divide(error, value, out=np.zeros_like(value), where=value > 0)
        sheet.mark(COUNT, k, WITH_CAUTION, (cv > CAUTION_CV)[:, None, None])
        bad: Bools = (few | (cv > TOO_UNRELIABLE_CV))[:, None, None]
        withhold(sheet, COUNT, np.array([k]), bad & ~np.isnan(value)[:, None, None])


class Spread:
    """The variance, over samples, of an area's total of something added up by household."""

    def __init__(self, sample: Sample, area: Ints, n_areas: int) -> None:
        self._sample, self._n_areas = sample, n_areas
        self._of_da = np.zeros(len(sample.asked), dtype=np.int64)
        self._of_da[sample.da] = area

    def of_total(self, household: Ints, value: Floats) -> Floats:
        """Give the variance by area of the total of values that belong to sampled households."""
        s = self._sample
        by_household = np.bincount(household, value, len(s.da))
        n = np.maximum(s.asked, 1)
        mean = np.bincount(s.da, by_household, len(n)) / n
        squares = np.bincount(s.da, (by_household - mean[s.da]) ** 2, len(n))
        variance = s.inflation * squares / np.maximum(n - 1, 1)
        return added(self._of_da, variance, self._n_areas)


def _means(answers: Answers, spread: Spread, n_areas: int) -> tuple[Floats, Floats, Floats, Floats]:
    area = np.repeat(np.arange(n_areas), np.diff(answers.start))
    weight = np.bincount(area, answers.weight, n_areas)
    sums = np.bincount(area, answers.weight * answers.value, n_areas)
    mean = np.divide(sums, weight, out=np.full(n_areas, np.nan), where=weight > 0)
    variance = spread.of_total(answers.household, answers.value - mean[area])
    error = np.sqrt(variance) / np.maximum(weight, 1e-9)
    return mean, mean - Z95 * error, mean + Z95 * error, error


def _medians(
    answers: Answers, spread: Spread, n_areas: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Estimate medians, and their limits by Woodruff's way: through the shares below them."""
    area = np.repeat(np.arange(n_areas), np.diff(answers.start))
    found = np.full((3, n_areas), np.nan)
    for a in np.flatnonzero(np.diff(answers.start)):
        here = slice(answers.start[a], answers.start[a + 1])
        found[0, a] = quantile(answers.value[here], answers.weight[here], 0.5)
    below = (answers.value <= found[0][area]).astype(np.float64) - 0.5
    weight = np.bincount(area, answers.weight, n_areas)
    error = np.sqrt(spread.of_total(answers.household, below)) / np.maximum(weight, 1e-9)
    for a in np.flatnonzero(np.diff(answers.start)):
        here = slice(answers.start[a], answers.start[a + 1])
        ends = np.clip(0.5 + Z95 * np.array([-error[a], error[a]]), 0.001, 0.999)
        found[1:, a] = quantile(answers.value[here], answers.weight[here], ends)
    return found[0], found[1], found[2], (found[2] - found[1]) / (2 * Z95)
