"""Random towns for the oracle and the laws: units with cells, some missing, some sampled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import numpy as np
from hypothesis import strategies as st
from tests.oracle.slow_aggregate import Ask, Cell, Unit, Variable

from courtepointe.core import aggregate
from courtepointe.core.bands import Bands

VARIABLES = (
    Variable(rounded_to=5),
    Variable(rounded_to=5),
    Variable(rounded_to=5, sampled=True),
    Variable(rounded_to=5, sampled=True),
    Variable(),
    Variable(sampled=True),
    Variable(sampled=True),
    Variable(rounded_to=10),
    Variable(step=2.0),
    Variable(sampled=True, step=0.5),
)
"""Counts 0 and 1 of everyone; 2 and 3 of a sample; 4 unrounded; mean 5; median 6; base ten 7; means
published in steps 8 and 9."""

EDGES = (0.0, 10.0, 25.0, 40.0, None)
ASKS = (
    Ask("sum", (0,)),
    Ask("sum", (0, 1)),
    Ask("sum", (2, 3)),
    Ask("sum", (4,), scale=0.5),
    Ask("sum", (0, 4, 7)),
    Ask("ratio_of_sums", (1,), (0,), 100.0, subset=True),
    Ask("ratio_of_sums", (3,), (2,), 100.0, subset=True),
    Ask("ratio_of_sums", (1, 3), (0, 2), 100.0, subset=True),
    Ask("ratio_of_sums", (0,), (4,), 10.0),
    Ask("ratio_of_sums", (3,), (7,), 1000.0),
    Ask("weighted_mean", (5,), (0,), floor=None),
    Ask("weighted_mean", (4,), (2, 3), floor=None),
    Ask("weighted_mean", (4,), (1,), floor=None),
    Ask("weighted_mean", (8,), (0,), floor=None),
    Ask("weighted_mean", (8,), (4,), floor=None),
    Ask("weighted_mean", (9,), (2,), floor=None),
    Ask("range_of_medians", (6,), floor=None),
    Ask("range_of_medians", (4,), scale=2.0, floor=None),
    Ask("median_from_bands", (0, 1, 4, 7), floor=None, edges=EDGES),
    Ask(
        "median_from_bands",
        (2, 3, 0, 1),
        floor=None,
        edges=EDGES,
        part_sampled=0.25,
        design_factor=1.2,
    ),
    Ask("median_from_bands", (2, 3, 0, 1), floor=None, edges=EDGES),
    Ask("quantile_from_bands", (0, 1, 4, 7), floor=None, edges=EDGES, q=0.2),
    Ask("quantile_from_bands", (2, 3, 0, 1), floor=None, edges=EDGES, q=0.75, part_sampled=0.25),
    Ask("ratio_of_quantiles", (0, 1, 4, 7), floor=None, edges=EDGES, q=0.6, q_below=0.2),
    Ask("ratio_of_quantiles", (2, 3, 0, 1), floor=None, edges=EDGES, q=0.8, q_below=0.4),
)


def quantity(ask: Ask) -> aggregate.Quantity:
    """Say the same thing to the fast code."""
    bands = below = None
    if ask.edges:
        bands = Bands(ask.edges, ask.q, ask.part_sampled, ask.design_factor)
    if bands is not None and ask.q_below is not None:
        below = replace(bands, quantile=ask.q_below)
    return aggregate.Quantity(
        aggregate.Rule(ask.rule),
        ask.numerator,
        ask.denominator,
        ask.scale,
        ask.subset,
        ask.floor,
        bands,
        below,
    )


QUANTITIES = tuple(quantity(ask) for ask in ASKS)


@dataclass(frozen=True)
class Town:
    """Units, and the same as arrays."""

    units: tuple[Unit, ...]

    @property
    def shares(self) -> np.ndarray:
        """(n_units,): the part of each unit that counts."""
        return np.array([unit.share for unit in self.units], dtype=np.float64)

    def block(self) -> aggregate.CellBlock:
        """Give the units as the fast code takes them; what is missing is NaN behind its mask."""
        cells = [[unit.cells[v] for unit in self.units] for v in range(len(VARIABLES))]
        shape = (len(VARIABLES), len(self.units))
        low = [[None if c is None else c.low for c in row] for row in cells]
        high = [[None if c is None else c.high for c in row] for row in cells]
        return aggregate.CellBlock.of(
            values=_array([[None if c is None else c.value for c in row] for row in cells], shape),
            known=np.array([[c is not None for c in row] for row in cells], bool).reshape(shape),
            low=_array(low, shape),
            high=_array(high, shape),
            has_interval=np.array([[x is not None for x in row] for row in low], bool).reshape(
                shape
            ),
            rounded_to=np.array([v.rounded_to for v in VARIABLES]),
            sampled=np.array([v.sampled for v in VARIABLES]),
            steps=np.array([v.step for v in VARIABLES]),
            people=np.array([unit.people for unit in self.units], dtype=np.float64),
        )


def _array(rows: list[list[float | None]], shape: tuple[int, int]) -> np.ndarray:
    """Give numbers, NaN where there is none."""
    return np.array([[np.nan if x is None else x for x in row] for row in rows], float).reshape(
        shape
    )


def drawn_cell(rng: Random, variable: Variable, *, missing: bool, intervals: bool) -> Cell | None:
    """Draw a cell, or its absence."""
    if missing and rng.random() < 0.12:
        return None
    step = variable.rounded_to or 1
    value = float(rng.choice([0, 1, 2, rng.randrange(60), rng.randrange(60)]) * step)
    if not variable.sampled or (not intervals and rng.random() < 0.1):
        return Cell(value)
    return Cell(value, max(0.0, value - rng.randrange(41)), value + rng.randrange(41))


def drawn_unit(seed: int, *, missing: bool, split: bool, intervals: bool) -> Unit:
    """Draw a unit: a seed rather than a choice a cell, which costs fifty times less."""
    rng = Random(seed)
    return Unit(
        tuple(drawn_cell(rng, v, missing=missing, intervals=intervals) for v in VARIABLES),
        float(rng.choice([0, rng.randrange(500)])),
        rng.choice([1.0, 1.0, 1.0, 0.5, 0.125, 0.9]) if split else 1.0,
    )


def units(
    *, missing: bool = True, split: bool = True, intervals: bool = False
) -> st.SearchStrategy[Unit]:
    """Draw units."""
    seeds = st.integers(0, 2**32 - 1)
    return seeds.map(
        lambda seed: drawn_unit(seed, missing=missing, split=split, intervals=intervals)
    )


def towns(
    *,
    missing: bool = True,
    split: bool = True,
    intervals: bool = False,
    min_size: int = 1,
    max_size: int = 14,
) -> st.SearchStrategy[Town]:
    """Draw towns."""
    one = units(missing=missing, split=split, intervals=intervals)
    return st.lists(one, min_size=min_size, max_size=max_size).map(lambda us: Town(tuple(us)))
