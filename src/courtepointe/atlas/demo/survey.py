"""The long form: one household in four answers; what is said of all of them, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, t

from courtepointe.atlas.demo.chance import added
from courtepointe.atlas.demo.people import People
from courtepointe.atlas.demo.tally import MEN, OF_PERSONS, PLACE, TOTAL, WOMEN, grouping, masks
from courtepointe.core.typing import AnyArray, Floats, Ints

ONE_IN = 4
FEWEST = 5
PRIOR_WEIGHT = 25.0
"""Households' worth of what the whole region says about a measure's spread."""
PRIOR_PEOPLE = 150.0
"""As many people with the region's share are added to an area before its spread is judged: nobody
sampled does not mean nobody there."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Who answered.

    Attributes
    ----------
    household : (n_sampled,) int
        Positions of households, ordered by dissemination area.
    da : (n_sampled,) int
    size : (n_sampled,) float, persons
    asked, living : (n_das,) float
        Households sampled, and all private households.
    people : (n_das,) float
        Persons in all private households.
    """

    household: Ints
    da: Ints
    size: Floats
    asked: Floats
    living: Floats
    people: Floats

    @property
    def weight(self) -> Floats:
        """Give how many households each sampled one stands for, by dissemination area."""
        return np.divide(
            self.living, self.asked, out=np.zeros_like(self.living), where=self.asked > 0
        )

    @property
    def inflation(self) -> Floats:
        """Give what turns the variance of a household into that of an area's total.

        Notes
        -----
        Small samples are made as wide as Student's law would have them, since 1.96 standard
        errors is all that a published interval can say.
        """
        left = 1 - np.divide(
            self.asked, self.living, out=np.ones_like(self.living), where=self.living > 0
        )
        student = t.ppf(0.975, np.maximum(self.asked - 2, 1)) / norm.ppf(0.975)
        inflation: Floats = (
            self.living**2 * left / np.maximum(self.asked, 1) * np.minimum(student, 2.0) ** 2
        )
        return inflation


@dataclass(frozen=True, slots=True)
class Estimates:
    """What the sample says of each dissemination area.

    Attributes
    ----------
    totals : (n_das, n_measures, 3) float
    variance : (n_das, n_measures, 3) float
        Of the total, over all samples that could have been drawn.
    telling : (n_das, n_measures, 3) float
        Sampled households that say something about the spread: those that count in a measure, or
        those that do not, whichever are fewer.
    residuals : (n_sampled, n_measures, 3) float32
        What household size does not explain, household by household.
    """

    totals: Floats
    variance: Floats
    telling: Floats
    residuals: AnyArray


def sample_of(people: People, da: Ints, n_das: int, *, rng: np.random.Generator) -> Sample:
    """Draw one private household in four in every dissemination area, at least five.

    Parameters
    ----------
    da : (n_blocks,) int
    """
    of_household = da[people.households.block]
    order = np.lexsort((rng.random(len(of_household)), of_household))
    living = np.bincount(of_household, minlength=n_das)
    start = np.r_[0, np.cumsum(living)[:-1]]
    rank = np.arange(len(order)) - start[of_household[order]]
    asked = np.maximum(-(-living // ONE_IN), np.minimum(living, FEWEST))
    chosen = order[rank < asked[of_household[order]]]
    size = people.households.size.astype(np.float64)
    return Sample(
        chosen,
        of_household[chosen],
        size[chosen],
        asked.astype(np.float64),
        living.astype(np.float64),
        added(of_household, size, n_das),
    )


def answers_of(people: People, sample: Sample, wanted: tuple[int, ...]) -> AnyArray:
    """Count each wanted measure in each sampled household.

    Returns
    -------
    (n_sampled, n_wanted, 3) float32
    """
    n = len(sample.household)
    row = np.full(len(people.households), -1, dtype=np.int64)
    row[sample.household] = np.arange(n)
    home = np.where(people.persons.private, people.persons.household, 0)
    of_person = np.where(people.persons.private, row[home], -1)
    answers = np.zeros((n, len(wanted), 3), dtype=np.float32)
    column = {measure: k for k, measure in enumerate(wanted)}
    asked = np.flatnonzero(of_person >= 0)
    household, women = of_person[asked], people.persons.woman[asked]
    for measure, mask in masks(people):
        if measure not in column:
            continue
        k = column[measure]
        if OF_PERSONS[PLACE[measure]]:
            counted = mask[asked]
            both = np.bincount(household[counted], minlength=n)
            answers[:, k, WOMEN] = np.bincount(household[counted & women], minlength=n)
            answers[:, k, MEN] = both - answers[:, k, WOMEN]
            answers[:, k, TOTAL] = both
        else:
            answers[:, k, TOTAL] = mask[sample.household]
    return answers


def estimates_of(answers: AnyArray, sample: Sample, base: Ints, root: Ints) -> Estimates:
    """Estimate totals calibrated to the persons and households of each dissemination area.

    Parameters
    ----------
    answers : (n_sampled, n_wanted, 3) float32
    base, root : (n_wanted,) int
        Column of the total that each measure is a part of, and of everybody (or all households).

    Notes
    -----
    The regression estimator on household size with simple random sampling inside each area, and
    its linearised variance with the household as the cluster. A sample of some sixty households
    says little about its own spread, so the variance is drawn towards what the region says of
    areas with such a share: a generalised variance function (Wolter 2007, chapter 7).
    """
    n_das, n = len(sample.asked), len(sample.da)
    flat = answers.reshape(n, -1)
    gather = grouping(sample.da, n_das).astype(np.float64)
    asked = np.maximum(sample.asked, 1)[:, None]
    mean = (gather @ flat) / asked
    size_mean = np.bincount(sample.da, sample.size, n_das) / asked[:, 0]
    off = sample.size - size_mean[sample.da]
    spread = np.bincount(sample.da, off**2, n_das)
    slope = (gather @ (flat * off[:, None].astype(np.float32))) / np.maximum(spread, 1e-9)[:, None]
    miss = sample.people / np.maximum(sample.living, 1) - size_mean
    totals = sample.living[:, None] * (mean + slope * miss[:, None])
    residuals = flat - mean[sample.da] - slope[sample.da] * off[:, None]
    calibrated = 1 + off * (miss * sample.asked / np.maximum(spread, 1e-9))[sample.da]
    direct = gather @ (residuals * calibrated[:, None].astype(np.float32)) ** 2
    direct /= np.maximum(asked - 2, 1)
    shape = (n_das, *answers.shape[1:])
    totals = np.maximum(totals, 0.0).reshape(shape)
    counted = gather @ (flat > 0).astype(np.float32)
    telling = np.minimum(counted, sample.asked[:, None] - counted).reshape(shape)
    whole = np.arange(len(base)) == base
    below = totals[:, np.where(whole, root, base)]
    smooth = smoothed(direct.reshape(shape), totals, below, telling, sample)
    variance = smooth * sample.inflation[:, None, None]
    residuals = residuals.reshape(answers.shape).astype(np.float32)
    return Estimates(totals, variance, telling, residuals)


def smoothed(
    direct: Floats, totals: Floats, below: Floats, telling: Floats, sample: Sample
) -> Floats:
    """Draw the spread seen in each area towards that of areas with such a share.

    Parameters
    ----------
    direct : (n_das, n_measures, 3) float
        Variance of a household's residual in each area.
    totals, below : (n_das, n_measures, 3) float
        Estimates, and those of what they are parts of.
    telling : (n_das, n_measures, 3) float
        How many households the variance in an area rests on.
    """
    city = totals.sum(axis=0) / np.maximum(below.sum(axis=0), 1.0)
    share = (totals + PRIOR_PEOPLE * city) / (below + PRIOR_PEOPLE)
    share = np.clip(share, 0.0, 1.0)
    expected = share * (1 - share) * below / np.maximum(sample.living, 1)[:, None, None]
    weight = sample.asked[:, None, None]
    scale = (direct * weight).sum(axis=0) / np.maximum((expected * weight).sum(axis=0), 1e-12)
    mixed: Floats = telling * direct + PRIOR_WEIGHT * expected * scale
    return mixed / (telling + PRIOR_WEIGHT)


def ratio_variance(estimates: Estimates, sample: Sample, above: Ints, below: Ints) -> Floats:
    """Give the variance of each area's numerator that its denominator does not explain.

    Parameters
    ----------
    above, below : (n_pairs,) int
        Columns of numerators and denominators.

    Returns
    -------
    (n_das, n_pairs, 3) float
        Divide by the square of the denominator for the variance of the ratio; sum over areas first.
    """
    n_das = len(sample.asked)
    top, bottom = estimates.totals[:, above], estimates.totals[:, below]
    rate = np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)
    e = (
        estimates.residuals[:, above]
        - rate[sample.da].astype(np.float32) * estimates.residuals[:, below]
    )
    gather = grouping(sample.da, n_das).astype(np.float64)
    direct = (gather @ (e**2).reshape(len(e), -1)).reshape(n_das, -1, 3)
    direct /= np.maximum(sample.asked - 2, 1)[:, None, None]
    telling = estimates.telling[:, above]
    return smoothed(direct, top, bottom, telling, sample) * sample.inflation[:, None, None]
