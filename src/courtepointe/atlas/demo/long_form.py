"""Answers of one household in four: estimates with their 95 % intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.demo.characteristics import Published
from courtepointe.atlas.demo.disclosure import interval, rounded
from courtepointe.atlas.demo.measures import HOUSEHOLDS, PERSONS
from courtepointe.atlas.demo.people import People
from courtepointe.atlas.demo.sheet import (
    COUNT,
    COUNT_HIGH,
    COUNT_LOW,
    RATE,
    RATE_HIGH,
    RATE_LOW,
    UNRELIABLE,
    WITH_CAUTION,
    Level,
    Sheet,
)
from courtepointe.atlas.demo.survey import (
    Estimates,
    Sample,
    answers_of,
    estimates_of,
    ratio_variance,
    sample_of,
)
from courtepointe.atlas.demo.tally import grouping
from courtepointe.core.typing import AnyArray, Floats, Ints

EVERYBODY, EVERY_HOUSEHOLD = 1527, 1414
CAUTION_CV = 0.5
FEWEST_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class LongForm:
    """The sample of a region and what it says.

    Attributes
    ----------
    column : dict
        Measure -> its column.
    pairs : dict
        Id of a characteristic -> its place among the ratios.
    answered : (n_das, n_measures) float
        Sampled households that count in each measure.
    ratio_variance : (n_das, n_pairs, 3) float
    """

    sample: Sample
    estimates: Estimates
    column: dict[int, int]
    pairs: dict[int, int]
    answered: Floats
    ratio_variance: Floats


def long_form_of(
    people: People,
    da: Ints,
    n_das: int,
    characteristics: tuple[Published, ...],
    *,
    rng: np.random.Generator,
) -> LongForm:
    """Draw the sample and estimate all that the long form asks.

    Parameters
    ----------
    da : (n_blocks,) int
    """
    asked = [one for one in characteristics if one.sampled and one.form in ("count", "rate")]
    terms = {term for one in asked for term in one.terms()} | {EVERYBODY, EVERY_HOUSEHOLD}
    wanted = tuple(sorted(terms))
    column = {measure: k for k, measure in enumerate(wanted)}
    base = _bases(asked, column)
    root = [column[EVERYBODY if m in PERSONS else EVERY_HOUSEHOLD] for m in wanted]
    sample = sample_of(people, da, n_das, rng=rng)
    answers = answers_of(people, sample, wanted)
    estimates = estimates_of(answers, sample, base, np.array(root))
    above, below = (np.array([column[one.terms()[k]] for one in asked]) for k in (0, 1))
    answered = grouping(sample.da, n_das) @ (answers[:, :, 0] > 0).astype(np.float64)
    variance = ratio_variance(estimates, sample, above, below)
    pairs = {one.id: k for k, one in enumerate(asked)}
    return LongForm(sample, estimates, column, pairs, answered, variance)


def _bases(asked: list[Published], column: dict[int, int]) -> Ints:
    """Give the column of the total that each measure is a part of; itself for a total."""
    base = np.arange(len(column))
    for one in asked:
        above, below = one.terms()
        base[column[above]] = column[below]
    return base


def fill_long_form(sheet: Sheet, level: Level, form: LongForm, *, rng: np.random.Generator) -> None:
    """Fill the counts, the percentages and the rates of the long form, with their intervals."""
    asked = [one for one in sheet.characteristics if one.id in form.pairs]
    counts = [one for one in asked if one.form == "count"]
    totals, variance = (_over(level, x) for x in (form.estimates.totals, form.estimates.variance))
    answered = _over(level, form.answered)
    _fill_counts(sheet, counts, form, totals, variance, rng=rng)
    _fill_rates(sheet, level, asked, form, totals, answered)


def _over(level: Level, of_da: AnyArray) -> Floats:
    """Add what is known of dissemination areas over the areas of a level."""
    gather = grouping(level.of_da, len(level)).astype(np.float64)
    sums: Floats = (gather @ of_da.reshape(len(of_da), -1)).reshape(len(level), *of_da.shape[1:])
    return sums


def _fill_counts(
    sheet: Sheet,
    counts: list[Published],
    form: LongForm,
    totals: Floats,
    variance: Floats,
    *,
    rng: np.random.Generator,
) -> None:
    at = np.array([sheet.place[one.id] for one in counts])
    mine = [form.column[one.id] for one in counts]
    below = [form.column[one.terms()[1]] for one in counts]
    values = rounded(totals[:, mine], rng=rng)
    error = np.sqrt(variance[:, mine])
    whole = np.array([one.terms()[1] == one.id for one in counts])
    most = np.where(whole[None, :, None], np.inf, np.maximum(totals[:, below], values))
    low, high = interval(values, error, most)
    households = [k for k, one in enumerate(counts) if one.id in HOUSEHOLDS]
    for cells in (values, low, high):
        cells[:, households, 1:] = np.nan
    sheet.put(COUNT, at, values)
    sheet.put(COUNT_LOW, at, np.round(low))
    sheet.put(COUNT_HIGH, at, np.round(high))
    sheet.mark(COUNT, at, WITH_CAUTION, (values > 0) & (error > CAUTION_CV * values))


def _fill_rates(
    sheet: Sheet,
    level: Level,
    asked: list[Published],
    form: LongForm,
    totals: Floats,
    answered: Floats,
) -> None:
    at = np.array([sheet.place[one.id] for one in asked])
    above, below = ([form.column[one.terms()[k]] for one in asked] for k in (0, 1))
    pairs = [form.pairs[one.id] for one in asked]
    top, bottom = totals[:, above], totals[:, below]
    lost = bottom <= 0
    bottom = np.where(lost, 1.0, bottom)
    error = 100 * np.sqrt(_over(level, form.ratio_variance[:, pairs])) / bottom
    rate = np.minimum(100 * top / bottom, 100.0)
    low, high = interval(rate, error, np.full_like(rate, 100.0))
    households = [k for k, one in enumerate(asked) if one.terms()[0] in HOUSEHOLDS]
    for cells in (rate, low, high):
        cells[lost] = np.nan
        cells[:, households, 1:] = np.nan
    few = (answered[:, below] < FEWEST_ANSWERS)[:, :, None] & np.ones(3, dtype=bool)
    unsure = (rate > 0) & (error > CAUTION_CV * rate)
    alone = [k for k, one in enumerate(asked) if one.form == "rate"]
    for part, cells in zip((RATE, RATE_LOW, RATE_HIGH), (rate, low, high), strict=True):
        sheet.put(part, at, np.round(cells, 1))
        sheet.put(part - RATE, at[alone], np.round(cells[:, alone], 1))
    for first, some in ((RATE, slice(None)), (COUNT, alone)):
        sheet.mark(first, at[some], WITH_CAUTION, unsure[:, some])
        withhold(sheet, first, at[some], few[:, some])


def withhold(sheet: Sheet, first: int, at: Ints, where: AnyArray) -> None:
    """Take away values too unreliable to be published.

    Parameters
    ----------
    where : (n_areas, m, n_sexes) bool
    """
    sheet.mark(first, at, UNRELIABLE, where)
    for sex in range(where.shape[2]):
        for part in (first, first + 3, first + 6):
            cells = sheet.values[part + sex][:, at]
            cells[where[:, :, sex]] = np.nan
            sheet.values[part + sex][:, at] = cells
