"""The demo city published again and again: other roundings, other samples, the same people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from courtepointe.atlas.demo.chance import generator
from courtepointe.atlas.demo.characteristics import published
from courtepointe.atlas.demo.full_count import (
    fill_counts,
    fill_geography,
    fill_middles,
    quantity_in,
)
from courtepointe.atlas.demo.long_form import fill_long_form, long_form_of
from courtepointe.atlas.demo.profile import _levels
from courtepointe.atlas.demo.region import Made
from courtepointe.atlas.demo.sample_middles import fill_sample_middles
from courtepointe.atlas.demo.sheet import (
    COUNT,
    COUNT_HIGH,
    COUNT_LOW,
    RATE,
    RATE_HIGH,
    RATE_LOW,
    Sheet,
)
from courtepointe.atlas.demo.tally import PLACE
from courtepointe.atlas.query.plan import quantity_of
from courtepointe.atlas.recipe.values import Indicator, Recipe, Variable
from courtepointe.core.aggregate import CellBlock, Quantity

SEXES = ("total", "men", "women")
CELLS = {"count": (COUNT, COUNT_LOW, COUNT_HIGH), "rate": (RATE, RATE_LOW, RATE_HIGH)}
FEWEST = 250
"""Units with fewer people tell no incomes: they are left out."""
QUANTITY = {"average_age": 10039, "rent_mean": 11498, "median_age": 10039} | dict.fromkeys(
    ("median_household_income", "household_income_p20", "household_income_p80",
     "household_income_p80_p20"), 10243,
)  # fmt: skip
"""Indicators whose truth is in people's own values, and which they are."""


@dataclass(frozen=True)
class City:
    """The city, its recipe, and what its publisher says of its dissemination areas."""

    made: Made
    recipe: Recipe

    @cached_property
    def told(self) -> np.ndarray:
        """(n_told,): units that tell everything."""
        return np.flatnonzero(self.tally.population >= FEWEST)

    @cached_property
    def tally(self) -> object:
        """The true counts by unit."""
        divisions = self.made.divisions
        return self.made.tally.over(divisions.da, divisions.n_das)

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Those of the profile that the city publishes."""
        release = next(r for r in self.recipe.releases if r.code == "census_profile_2021")
        ids = {one.id for one in published()}
        return tuple(v for v in release.variables if v.characteristic in ids)

    def indicators(self) -> list[tuple[Indicator, Quantity]]:
        """Give what is computed from them."""
        rows = {variable.code: row for row, variable in enumerate(self.variables)}
        asked = ((one, quantity_of(one, rows)) for one in self.recipe.indicators)
        return [(one, quantity) for one, quantity in asked if quantity is not None]

    def publish(self, again: int, *, sample: bool) -> CellBlock:
        """Publish all units once more; without ``sample`` only what everyone was asked."""
        level = _levels(self.made, 2021)[-1]
        sheet = Sheet(len(level), published())
        rng = generator(9000 + again, region=0, topic="rounding_2021")
        fill_geography(sheet, level, self.tally, None)
        fill_counts(sheet, self.tally, rng=rng)
        fill_middles(sheet, level, self.made.people)
        if sample:
            draw = generator(7000 + again, region=0, topic="survey")
            form = long_form_of(self.made.people, level.of_block, len(level), published(), rng=draw)
            fill_long_form(sheet, level, form, rng=rng)
            fill_sample_middles(sheet, level, self.made.people, form.sample)
        return self._block(sheet)

    def _block(self, sheet: Sheet) -> CellBlock:
        cells = np.array([self._row(sheet, one) for one in self.variables])[:, :, self.told]
        value, low, high = cells[:, 0], cells[:, 1], cells[:, 2]
        return CellBlock.of(
            values=value,
            known=np.isfinite(value),
            low=low,
            high=high,
            has_interval=np.isfinite(value) & np.isfinite(low) & np.isfinite(high),
            rounded_to=np.array([one.rounded_to for one in self.variables]),
            sampled=np.array([one.sampled for one in self.variables]),
            steps=np.array([one.step for one in self.variables]),
            people=np.asarray(self.tally.population[self.told], np.float64),
        )

    def _row(self, sheet: Sheet, one: Variable) -> np.ndarray:
        at, sex = sheet.place[one.characteristic or 0], SEXES.index(one.sex)
        return np.array([sheet.values[part + sex][:, at] for part in CELLS[one.column or ""]])

    # -------------------------------------------------------------- the truth

    def counted(self, codes: Sequence[str]) -> np.ndarray | None:
        """Add true counts up, unit by unit: (n_told,); None where one of them is no count."""
        found = np.zeros(len(self.told))
        named = {variable.code: variable for variable in self.variables}
        for code in codes:
            one = named[code]
            if one.column != "count" or one.characteristic not in PLACE:
                return None
            counts = self.tally.counts[:, PLACE[one.characteristic], SEXES.index(one.sex)]
            found += counts[self.told]
        return found

    def values(self, indicator: str) -> tuple[np.ndarray, np.ndarray]:
        """Give everyone's own value, in order, and their unit's place among those told."""
        values, unit = quantity_in(self.made.people, QUANTITY[indicator], self.made.divisions.da)
        place = np.full(self.made.divisions.n_das, -1)
        place[self.told] = np.arange(len(self.told))
        if indicator == "median_age":
            # Born on any day of the year, which a census knows and the demo does not draw.
            values = values - 0.5 + np.random.default_rng(1).random(values.size)
        order = np.argsort(values, kind="stable")
        return values[order], place[unit[order]]

    def truth(self, indicator: Indicator, sets: np.ndarray) -> np.ndarray | None:
        """Give the true value in every set of units: ``sets`` is (n_sets, n_told) of 0 and 1."""
        if indicator.code in QUANTITY:
            return self._of_values(indicator, sets)
        if indicator.aggregation not in ("sum", "ratio_of_sums"):
            return None
        above = self.counted(indicator.numerator)
        if above is None:
            return None
        if indicator.aggregation == "sum":
            return np.asarray(indicator.scale * (sets @ above))
        below = self.counted(indicator.denominator)
        return (
            None if below is None else np.asarray(indicator.scale * (sets @ above) / (sets @ below))
        )

    def _of_values(self, indicator: Indicator, sets: np.ndarray) -> np.ndarray:
        values, place = self.values(indicator.code)
        found = []
        for row in sets:
            mine = values[(place >= 0) & (row[place] > 0)]
            if indicator.aggregation == "weighted_mean":
                found.append(mine.mean())
                continue
            q = 0.5 if indicator.q is None else indicator.q
            upper = np.quantile(mine, q)
            below = indicator.q_below
            found.append(upper if below is None else upper / np.quantile(mine, below))
        return np.array(found)

    def each(self, indicator: Indicator) -> float:
        """Say how many a unit holds, on average, of what an indicator counts."""
        above = self.counted(indicator.numerator)
        return np.inf if above is None or not indicator.numerator else float(above.mean())
