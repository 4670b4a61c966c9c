"""Bands with their limits, and what is read in them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats


@dataclass(frozen=True, slots=True)
class Bands:
    """The limits of neighbouring bands, and how their counts were had.

    Attributes
    ----------
    edges : tuple of (n_bands + 1) float or None
        Ascending; only the first and the last may be None: an open band. A band holds its lower
        edge, not its upper one.
    quantile : float
        Between 0 and 1; 0.5 for the median.
    sampled : float
        The part of the universe that was asked, 0.25 for the long form; 1 when all were.
    design_factor : float
        What the sample's design multiplies standard errors by.
    """

    edges: tuple[float | None, ...]
    quantile: float = 0.5
    sampled: float = 1.0
    design_factor: float = 1.0

    def __post_init__(self) -> None:
        inner = self.edges[1:-1]
        if len(self.edges) < 2 or any(edge is None for edge in inner):
            raise BadInput("core_bands", problem="edges")
        closed = [edge for edge in self.edges if edge is not None]
        if not closed or not all(math.isfinite(edge) for edge in closed):
            raise BadInput("core_bands", problem="edges")
        if any(low >= high for low, high in pairwise(closed)):
            raise BadInput("core_bands", problem="order")
        if not (0.0 < self.quantile < 1.0 and 0.0 < self.sampled <= 1.0):
            raise BadInput("core_bands", problem="quantile")
        if not self.design_factor >= 0.0:
            raise BadInput("core_bands", problem="design_factor")

    @classmethod
    def of(
        cls,
        limits: tuple[tuple[float | None, float | None], ...],
        *,
        floor: float | None = None,
        sampled: float = 1.0,
        design_factor: float = 1.0,
        quantile: float = 0.5,
    ) -> Bands:
        """Make bands from ``(from, to)`` pairs; ``floor`` closes a lowest band that is open.

        Raises
        ------
        BadInput
            ``core_bands`` where bands leave a gap, overlap or are open within.
        """
        if not limits:
            raise BadInput("core_bands", problem="edges")
        for (_, to), (from_, _) in pairwise(limits):
            if to is None or to != from_:
                raise BadInput("core_bands", problem="gap")
        first = floor if limits[0][0] is None else limits[0][0]
        return cls((first, *(to for _, to in limits)), quantile, sampled, design_factor)


@dataclass(frozen=True, slots=True)
class BandQuantile:
    """A quantile read in bands.

    Attributes
    ----------
    value : float or None
        None where nobody is counted. Where the quantile lies in an open band: that band's only
        limit, to be read as *at least* (or *at most*), see ``open_band``.
    low, high : float or None
        The 95 % interval; None where the value or an end of it lies in an open band.
    open_band : bool
    """

    value: float | None
    low: float | None
    high: float | None
    open_band: bool


@dataclass(frozen=True, slots=True)
class BandQuantiles:
    """A quantile read in the bands of each area: (n_areas,) arrays, NaN where there is none.

    The same as `BandQuantile`, area by area.
    """

    value: Floats
    low: Floats
    high: Floats
    open_band: Bools

    def of_area(self, area: int) -> BandQuantile:
        """Give what was read of one area."""
        columns = (self.value, self.low, self.high)
        value, low, high = (None if np.isnan(c[area]) else float(c[area]) for c in columns)
        return BandQuantile(value, low, high, open_band=bool(self.open_band[area]))
