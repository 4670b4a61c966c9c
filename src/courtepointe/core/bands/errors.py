"""How far the count under a quantile errs, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.bands.density import Ground, Reading, ground_of, positions_of, reached
from courtepointe.core.bands.values import Bands
from courtepointe.core.typing import Floats, Ints

STEEPEST = 1e-12
"""A lean within this of 1 is at its limit, and does not turn."""
BEND = 1.25
"""By what part of the turn between its two sides the density of a band errs: one standard error.

Chosen on the demo city, held by other seeds: docs/methods/median-from-bands.md.
"""


@dataclass(frozen=True, slots=True)
class Errors:
    """What errs in the counts under a quantile: (n_areas, n_bands) each.

    ``own`` is the variance of each band's count, ``moves`` how far one more person in a band moves
    the count, ``under`` the part of the band under the quantile. (n_areas,) each: ``band`` that
    holds the quantile, ``bend`` the standard error by which its density bends, ``variance`` of all
    together. See `quantiles_from_bands`.
    """

    own: Floats
    moves: Floats
    under: Floats
    band: Ints
    bend: Floats
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
        line = Line.of(counts, read, places)
        moves = under - q + line.turned(counts)
        bend = line.bent(counts)
        within = (counts * under * (1.0 - under)).sum(axis=1)
        variance = (np.square(moves) * own).sum(axis=1) + within + np.square(bend)
        return cls(own, moves, under, line.band, bend, variance)

    def shared_with(self, lower: Errors, counts: Floats) -> Floats:
        """Give the covariance with the errors of a lower quantile of the same bands: (n_areas,)."""
        shared = (self.moves * lower.moves * self.own).sum(axis=1)
        shared += (counts * lower.under * (1.0 - self.under)).sum(axis=1)
        shared += np.where(self.band == lower.band, self.bend * lower.bend, 0.0)
        return np.asarray(shared, np.float64)


@dataclass(frozen=True, slots=True)
class Line:
    """The density of the band that holds a quantile, in each area: (n_areas,) arrays.

    ``lean`` as in `leans`; ``reached`` is the part of the band's width under the quantile, 0 where
    the quantile is at an end of the band.
    """

    ground: Ground
    band: Ints
    lean: Floats
    reached: Floats

    @classmethod
    def of(cls, counts: Floats, read: Reading, places: Floats) -> Line:
        """Find it at positions, in bands."""
        band = np.minimum(places.astype(np.int64), counts.shape[1] - 1)
        part, lean = places - band, read.leans[np.arange(band.size), band]
        inside = (part > 0.0) & (part < 1.0)
        at = np.where(inside, reached(np.where(inside, part, 0.0), lean), 0.0)
        return cls(ground_of(read.edges), band, lean, at)

    def turned(self, counts: Floats) -> Floats:
        """Say how far one more person in each band moves the count below, by turning the density."""
        ground, moved = self.ground, np.zeros(counts.shape)
        turns = (self.reached > 0.0) & (np.abs(self.lean) < 1.0 - STEEPEST)
        turns &= ground.closed[self.band] & (ground.below[self.band] < ground.above[self.band])
        area = np.flatnonzero(turns)
        band, x = self.band[area], self.reached[area]
        first, last, count = ground.below[band], ground.above[band], counts[area, band]
        steep = ground.width[band] ** 2 / (2.0 * count * ground.apart[band])
        moved[area, last] += steep / ground.width[last]
        moved[area, first] -= steep / ground.width[first]
        moved[area, band] -= self.lean[area] / count
        moved[area] *= (count * (x * x - x))[:, None]
        return moved

    def bent(self, counts: Floats) -> Floats:
        """Give the standard error of the count below, by a density that is no line."""
        ground, bend = self.ground, np.zeros(self.band.size)
        both = (ground.below[self.band] < self.band) & (self.band < ground.above[self.band])
        area = np.flatnonzero(both & (self.reached > 0.0))
        band, x = self.band[area], self.reached[area]
        here, before, after = (
            counts[area, one] / ground.width[one]
            for one in (band, ground.below[band], ground.above[band])
        )
        turn = (after - here) / ground.to_above[band] - (here - before) / ground.to_below[band]
        bend[area] = BEND * np.abs(turn) * ground.width[band] ** 2 / 2.0 * (x - x * x)
        return bend
