"""How far the count under a quantile errs, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.bands.density import Ground, Reading, position_of, reached
from courtepointe.core.bands.values import Bands
from courtepointe.core.typing import Floats

STEEPEST = 1e-12
"""A lean within this of 1 is at its limit, and does not turn."""


@dataclass(frozen=True, slots=True)
class Errors:
    """What errs in the count under a quantile: (n_bands,) each; see `quantile_from_bands`.

    ``own`` is the variance of each band's count, ``moves`` how far one more person in a band moves
    the count, ``under`` the part of the band under the quantile.
    """

    own: Floats
    moves: Floats
    under: Floats
    variance: float

    @classmethod
    def of(
        cls, counts: Floats, bands: Bands, read: Reading, band_variance: Floats | None
    ) -> Errors:
        """Gather them for one quantile."""
        q, f = bands.quantile, bands.sampled
        place = position_of(counts, q * float(counts.sum()))[0]
        under = np.clip(place - np.arange(len(counts)), 0.0, 1.0)
        own = bands.design_factor**2 * (1.0 - f) / f * counts
        if band_variance is not None:
            own = own + band_variance
        moves = under - q + _by_lean(counts, read, place)
        within = counts * under * (1.0 - under)
        return cls(own, moves, under, float(np.square(moves) @ own + within.sum()))


def _by_lean(counts: Floats, read: Reading, place: float) -> Floats:
    """Say how far one more person in each band moves the count below, by turning the density."""
    moved, band = np.zeros(len(counts)), min(int(place), len(counts) - 1)
    lean, part = float(read.leans[band]), place - band
    if not 0.0 < part < 1.0 or abs(lean) >= 1.0 - STEEPEST:
        return moved
    ground, count = Ground.of(read.edges), float(counts[band])
    first, last = int(ground.below[band]), int(ground.above[band])
    if not ground.closed[band] or first == last:
        return moved
    x = reached(part, lean)
    steep = ground.width[band] ** 2 / (2.0 * count * ground.apart[band])
    moved[last] += steep / ground.width[last]
    moved[first] -= steep / ground.width[first]
    moved[band] -= lean / count
    return moved * count * (x * x - x)
