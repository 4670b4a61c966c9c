"""How far the count under a quantile errs, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.bands.density import Reading, ground_of, positions_of, reached
from courtepointe.core.bands.values import Bands
from courtepointe.core.typing import Floats

STEEPEST = 1e-12
"""A lean within this of 1 is at its limit, and does not turn."""


@dataclass(frozen=True, slots=True)
class Errors:
    """What errs in the counts under a quantile: (n_areas, n_bands) each.

    ``own`` is the variance of each band's count, ``moves`` how far one more person in a band moves
    the count, ``under`` the part of the band under the quantile; ``variance`` is (n_areas,). See
    `quantiles_from_bands`.
    """

    own: Floats
    moves: Floats
    under: Floats
    variance: Floats

    @classmethod
    def of(
        cls, counts: Floats, bands: Bands, read: Reading, band_variance: Floats | None
    ) -> Errors:
        """Gather them for one quantile of every area."""
        q, f = bands.quantile, bands.sampled
        places = positions_of(counts, q * counts.sum(axis=1))[0]
        under = np.clip(places[:, None] - np.arange(counts.shape[1]), 0.0, 1.0)
        own = bands.design_factor**2 * (1.0 - f) / f * counts
        if band_variance is not None:
            own = own + band_variance
        moves = under - q + _by_lean(counts, read, places)
        within = counts * under * (1.0 - under)
        return cls(own, moves, under, (np.square(moves) * own).sum(axis=1) + within.sum(axis=1))


def _by_lean(counts: Floats, read: Reading, places: Floats) -> Floats:
    """Say how far one more person in each band moves the count below, by turning the density."""
    moved, ground = np.zeros(counts.shape), ground_of(read.edges)
    band = np.minimum(places.astype(np.int64), counts.shape[1] - 1)
    part = places - band
    lean = read.leans[np.arange(band.size), band]
    turns = (part > 0.0) & (part < 1.0) & (np.abs(lean) < 1.0 - STEEPEST)
    turns &= ground.closed[band] & (ground.below[band] < ground.above[band])
    area = np.flatnonzero(turns)
    band, part, lean = band[area], part[area], lean[area]
    first, last, count = ground.below[band], ground.above[band], counts[area, band]
    steep = ground.width[band] ** 2 / (2.0 * count * ground.apart[band])
    moved[area, last] += steep / ground.width[last]
    moved[area, first] -= steep / ground.width[first]
    moved[area, band] -= lean / count
    x = reached(part, lean)
    moved[area] *= (count * (x * x - x))[:, None]
    return moved
