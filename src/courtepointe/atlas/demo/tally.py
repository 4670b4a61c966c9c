"""Count everyone: the true number of each measure in each block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from courtepointe.atlas.demo.measures import HOUSEHOLDS, PERSONS
from courtepointe.atlas.demo.people import People
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

MEASURES: tuple[int, ...] = tuple(sorted([*PERSONS, *HOUSEHOLDS]))
PLACE: dict[int, int] = {measure: place for place, measure in enumerate(MEASURES)}
OF_PERSONS: Bools = np.array([measure in PERSONS for measure in MEASURES])
TOTAL, MEN, WOMEN = range(3)


@dataclass(frozen=True, slots=True)
class Tally:
    """True counts.

    Attributes
    ----------
    counts : (n_areas, n_measures, 3) int32
        Persons or households; of households only the total.
    population, dwellings, occupied : (n_areas,) int
    """

    counts: AnyArray
    population: Ints
    dwellings: Ints
    occupied: Ints

    def of(self, measure: int, sex: int = TOTAL) -> Ints:
        """Give one measure in every area."""
        counts: Ints = self.counts[:, PLACE[measure], sex]
        return counts

    def over(self, part: Ints, n_parts: int) -> Tally:
        """Add areas that bear the same number.

        Parameters
        ----------
        part : (n_areas,) int
            Where each area goes.
        n_parts : int
        """
        gather = grouping(part, n_parts)
        flat = gather @ self.counts.reshape(len(part), -1)
        sums = [
            np.bincount(part, values, n_parts).astype(np.int64)
            for values in (self.population, self.dwellings, self.occupied)
        ]
        return Tally(flat.reshape(n_parts, len(MEASURES), 3), *sums)


def masks(people: People) -> Iterator[tuple[int, Bools]]:
    """Give for each measure, in order, who is counted: of all persons, or of all households."""
    for measure in MEASURES:
        rule = PERSONS.get(measure) or HOUSEHOLDS[measure]
        yield measure, rule(people)


def tally_of(people: People) -> Tally:
    """Count everyone by block."""
    n = people.n_blocks
    counts = np.zeros((n, len(MEASURES), 3), dtype=np.int32)
    of_person, of_household = people.persons.block, people.households.block
    men, women = ~people.persons.woman, people.persons.woman
    for measure, mask in masks(people):
        place = PLACE[measure]
        if OF_PERSONS[place]:
            counts[:, place, MEN] = np.bincount(of_person[mask & men], minlength=n)
            counts[:, place, WOMEN] = np.bincount(of_person[mask & women], minlength=n)
            counts[:, place, TOTAL] = counts[:, place, MEN] + counts[:, place, WOMEN]
        else:
            counts[:, place, TOTAL] = np.bincount(of_household[mask], minlength=n)
    occupied = np.bincount(of_household, minlength=n)
    return Tally(counts, np.bincount(of_person, minlength=n), occupied + people.vacant, occupied)


def grouping(part: Ints, n_parts: int) -> csr_matrix:
    """Make the matrix that adds rows which bear the same number.

    Parameters
    ----------
    part : (n,) int
        Row to which each row goes; -1 leaves it out.

    Returns
    -------
    (n_parts, n) sparse matrix of ones
    """
    kept = np.flatnonzero(part >= 0)
    ones = np.ones(len(kept), dtype=np.int32)
    return coo_matrix((ones, (part[kept], kept)), shape=(n_parts, len(part))).tocsr()


def quantile(values: Floats, weights: Floats, share: float | Floats) -> Floats:
    """Give the value below which a share of the weight lies.

    Parameters
    ----------
    values, weights : (n,) float
        ``values`` ascending.
    share : float or (m,) float, 0 to 1

    Notes
    -----
    The first value that reaches the share: a value that somebody has, never one between two.
    """
    reached = np.cumsum(weights)
    at = np.searchsorted(reached, np.asarray(share) * reached[-1] * (1 - 1e-12))
    found: Floats = values[np.minimum(at, len(values) - 1)]
    return found
