"""Answers of everyone: counts rounded to base 5, their percentages, means and medians."""

from __future__ import annotations

import numpy as np

from courtepointe.atlas.demo.chance import added
from courtepointe.atlas.demo.characteristics import Published
from courtepointe.atlas.demo.disclosure import rounded
from courtepointe.atlas.demo.measures import QUANTITIES
from courtepointe.atlas.demo.people import People
from courtepointe.atlas.demo.sheet import COUNT, RATE, Level, Sheet, per_cent
from courtepointe.atlas.demo.tally import OF_PERSONS, PLACE, Tally
from courtepointe.core.typing import Floats, Ints


def fill_geography(sheet: Sheet, level: Level, tally: Tally, before: Ints | None) -> None:
    """Fill population, dwellings, density and land area: numbers that are not rounded.

    Parameters
    ----------
    before : (n_areas,) int or None
        Population five years earlier, on today's limits.
    """
    km2 = np.round(level.surface_m2 / 1e6, 4)
    people = tally.population.astype(np.float64)
    rows = {
        "population": people,
        "dwellings": tally.dwellings.astype(np.float64),
        "occupied": tally.occupied.astype(np.float64),
        "density": np.round(people / np.maximum(km2, 1e-4), 1),
        "land": km2,
    }
    if before is not None:
        rows["before"] = before.astype(np.float64)
        rows["change"] = per_cent(people - before, rows["before"])
    for k, one in enumerate(sheet.characteristics):
        if one.kind in rows:
            sheet.put(COUNT, k, rows[one.kind])
        if one.kind in ("density", "change") and one.kind in rows:
            sheet.put(RATE, k, rows[one.kind])


def fill_counts(sheet: Sheet, tally: Tally, *, rng: np.random.Generator) -> None:
    """Fill counts, each cell rounded on its own, then percentages of the rounded counts."""
    mine = [one for one in sheet.characteristics if one.form == "count" and not one.sampled]
    mine = [one for one in mine if one.id in PLACE]
    cells = rounded(tally.counts[:, [PLACE[one.id] for one in mine]].astype(np.float64), rng=rng)
    cells[:, ~OF_PERSONS[[PLACE[one.id] for one in mine]], 1:] = np.nan
    column = {one.id: k for k, one in enumerate(mine)}
    at = np.array([sheet.place[one.id] for one in mine])
    sheet.put(COUNT, at, cells)
    shared = [one for one in mine if one.id != 56]
    below = cells[:, [column[one.terms()[1]] for one in shared]]
    rates = per_cent(cells[:, [column[one.id] for one in shared]], below)
    sheet.put(RATE, np.array([sheet.place[one.id] for one in shared]), rates)
    for one in sheet.characteristics:
        if one.form == "rate" and not one.sampled:
            top, bottom = (cells[:, column[term]] for term in one.terms())
            for part in (COUNT, RATE):
                sheet.put(part, sheet.place[one.id], per_cent(top, bottom))


def fill_middles(sheet: Sheet, level: Level, people: People) -> None:
    """Fill means and medians of what everyone was asked."""
    for k, one in enumerate(sheet.characteristics):
        if one.form not in ("mean", "median") or one.sampled:
            continue
        values, area = quantity_in(people, int(one.of), level.of_block)
        middle = _medians if one.form == "median" else _means
        sheet.put(COUNT, k, as_published(one, middle(values, area, len(level))))


def quantity_in(people: People, quantity: int, of_block: Ints) -> tuple[Floats, Ints]:
    """Give a quantity of all whom it is asked of, and the area of each."""
    asked = QUANTITIES[quantity]
    who = asked.who(people)
    block = people.persons.block if asked.of_persons else people.households.block
    return asked.what(people)[who], of_block[block[who]]


def as_published(one: Published, values: Floats) -> Floats:
    """Round a mean or a median as the publisher does: years to a tenth, money to what it can bear."""
    if one.id in (39, 40, 57, 1433):
        return np.round(values, 1)
    step = 10.0 if one.id in (1486, 1487, 1494, 1495) else 200.0
    if one.id in (1488, 1489):
        step = 1000.0
    return np.round(values / step) * step


def _means(values: Floats, area: Ints, n_areas: int) -> Floats:
    n = np.bincount(area, minlength=n_areas)
    sums = added(area, values, n_areas)
    means: Floats = np.divide(sums, n, out=np.full(n_areas, np.nan), where=n > 0)
    return means


def _medians(values: Floats, area: Ints, n_areas: int) -> Floats:
    order = np.lexsort((values, area))
    n = np.bincount(area, minlength=n_areas)
    start = np.cumsum(n) - n
    ordered = values[order]
    low, high = start + np.maximum(n - 1, 0) // 2, start + n // 2
    last = max(len(ordered) - 1, 0)
    both = 0.5 * (ordered[np.minimum(low, last)] + ordered[np.minimum(high, last)])
    return np.where(n > 0, both, np.nan)
