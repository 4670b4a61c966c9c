"""Kinds of walkers, and the minutes that each takes along a street."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.streets.values import Streets
from courtepointe.core.typing import AnyArray, Bools, Floats

STEEPEST_RAMP_PERCENT = 100.0 / 12.0
"""One in twelve, the steepest ramp of the ADA Standards for Accessible Design (2010, 405.2)."""


@dataclass(frozen=True, slots=True)
class Walker:
    """A kind of walker.

    Attributes
    ----------
    code : str
    metres_per_second : float
        On level ground.
    stairs : bool
        Whether stairs are taken.
    steepest_percent : float or None
        Streets steeper than this are not; None where any slope is.
    """

    code: str
    metres_per_second: float
    stairs: bool = True
    steepest_percent: float | None = None

    def __post_init__(self) -> None:
        if not (np.isfinite(self.metres_per_second) and self.metres_per_second > 0.0):
            raise BadInput("walker_speed", walker=self.code, value=self.metres_per_second)


WALKERS = (
    Walker("usual", 1.3),
    Walker("slow", 1.0),
    Walker("very_slow", 0.7),
    Walker("no_stairs", 0.7, stairs=False, steepest_percent=STEEPEST_RAMP_PERCENT),
)
"""1.3 m/s is near the mean free pace, 1.34 m/s, of Weidmann (1993, *Transporttechnik der Fussgänger*);
1.0 and 0.7 are round figures for older people and for those who walk with difficulty or roll."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The minutes of a walker over each street.

    Attributes
    ----------
    walker : Walker
    edge_min : (n_edges,) float, minutes
        Infinite where the walker does not pass.
    arc_min : (n_arcs,) float64 or float32, minutes
        The same for each arc.
    n_slope_unknown : int
        Edges whose slope is not known, walked as level ones.
    """

    walker: Walker
    edge_min: Floats
    arc_min: AnyArray
    n_slope_unknown: int

    @property
    def passable(self) -> Bools:
        """Edges that the walker takes, (n_edges,) bool."""
        told: Bools = np.isfinite(self.edge_min)
        return told

    @property
    def metres_per_minute(self) -> float:
        """Metres that the walker makes in a minute on level ground."""
        return 60.0 * self.walker.metres_per_second


def slope_factor(slope_percent: Floats) -> Floats:
    """Say how many times longer a slope takes than level ground, there and back.

    Parameters
    ----------
    slope_percent : (n,) float
        Up or down; NaN where it is not known.

    Returns
    -------
    (n,) float
        1 on level ground and where the slope is not known.

    Notes
    -----
    Tobler's hiking function (1993, *Three presentations on geographical analysis and modeling*,
    NCGIA 93-1): speed is proportional to exp(-3.5 |s + 0.05|), s the rise over the run. One goes and
    comes back: the factor is the mean of both ways, so that minutes are the same both ways and a sign
    that a publisher got wrong changes nothing.
    """
    rise = np.abs(np.nan_to_num(slope_percent, nan=0.0)) / 100.0
    up = np.exp(3.5 * rise)
    down = np.exp(3.5 * (np.abs(rise - 0.05) - 0.05))
    factor: Floats = (up + down) / 2.0
    return factor


def walk(
    streets: Streets, walker: Walker, *, closed: Bools | None = None, single: bool = False
) -> Walk:
    """Give the minutes that a walker takes along each street.

    Parameters
    ----------
    streets : Streets
    walker : Walker
    closed : (n_edges,) bool, optional
        Streets where nobody passes.
    single : bool
        Hold the arcs' minutes in single precision (float32): searches over them then take less memory,
        and their minutes are within a part (h + 1) 2^-24 of the true ones, h being the edges of
        the way (see `single_bound`).

    Returns
    -------
    Walk

    Raises
    ------
    BadInput
        ``core_shape``.
    """
    minutes = streets.length_m / (60.0 * walker.metres_per_second)
    unknown = streets.n_edges
    if streets.slope_percent is not None:
        minutes = minutes * slope_factor(streets.slope_percent)
        unknown = int(np.isnan(streets.slope_percent).sum())
    barred = _barred(streets, walker, closed)
    if barred is not None:
        minutes = np.where(barred, np.inf, minutes)
    held = minutes.astype(np.float32) if single else minutes
    return Walk(walker, minutes, held[streets.edge], unknown)


def _barred(streets: Streets, walker: Walker, closed: Bools | None) -> Bools | None:
    """Mark the edges that the walker does not take; None where all are taken."""
    if closed is not None and closed.shape != (streets.n_edges,):
        raise BadInput(
            "core_shape", array="closed", shape=closed.shape, expected=(streets.n_edges,)
        )
    barred = closed
    if streets.stairs is not None and not walker.stairs:
        barred = streets.stairs if barred is None else barred | streets.stairs
    if streets.slope_percent is not None and walker.steepest_percent is not None:
        steep = np.abs(np.nan_to_num(streets.slope_percent)) > walker.steepest_percent
        barred = steep if barred is None else barred | steep
    return barred


def single_bound(minutes: Floats, n_edges: int) -> Floats:
    """Bound the error of minutes found in single precision over ways of so many edges.

    Parameters
    ----------
    minutes : (n,) float, minutes
    n_edges : int
        The most edges of a way.

    Returns
    -------
    (n,) float, minutes

    Notes
    -----
    Each of the edges' minutes and each of the sums is rounded once, by a part 2^-24 at most (Higham
    2002, *Accuracy and stability of numerical algorithms*, section 4.2): gamma_h with h = n_edges + 1.
    """
    small = (n_edges + 1) * 2.0**-24
    return minutes * (small / (1.0 - small))
