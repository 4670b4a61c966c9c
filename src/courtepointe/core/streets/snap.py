"""Put places on streets: the nearest street, where along it, and how far away it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.streets.values import Streets
from courtepointe.core.typing import Bools, Floats, Ints

LIMIT_M = 100.0
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Snapped:
    """Places on streets.

    Attributes
    ----------
    edge : (n,) int
        `NOWHERE` where no street is near enough.
    along : (n,) float
        Part of the street between its first end and the place: 0 to 1.
    away_m : (n,) float, metres
        From the place to the street, in a straight line; also where it is too far.
    limit_m : float, metres
    """

    edge: Ints
    along: Floats
    away_m: Floats
    limit_m: float

    @property
    def too_far(self) -> Bools:
        """Places that no street is near to, (n,) bool."""
        told: Bools = self.edge == NOWHERE
        return told

    def check(self) -> None:
        """Refuse places that no street is near to: a hub in the river.

        Raises
        ------
        BadInput
            ``streets_too_far``, with the first one, how far it is, and how many there are.
        """
        if self.too_far.any():
            first = int(np.flatnonzero(self.too_far)[0])
            raise BadInput(
                "streets_too_far", position=first, value=round(float(self.away_m[first]), 1),
                expected=self.limit_m, n=int(self.too_far.sum()),
            )  # fmt: skip


def snap(
    streets: Streets, points: Floats, *, limit_m: float = LIMIT_M, among: Bools | None = None
) -> Snapped:
    """Put each place on the nearest street.

    Parameters
    ----------
    streets : Streets
    points : (n, 2) float, metres
    limit_m : float, metres
        Farther places are nowhere; `Snapped.check` refuses them.
    among : (n_edges,) bool, optional
        The streets to choose among: those that a walker passes, those of the largest piece. Streets
        without length are never chosen.

    Returns
    -------
    Snapped
        Of streets equally near, the first.

    Raises
    ------
    BadInput
        ``core_shape``, ``streets_place`` (not finite), ``streets_limit``.
    """
    _check(streets, points, limit_m, among)
    wanted = streets.length_m > 0.0
    if among is not None:
        wanted = wanted & among
    held = np.flatnonzero(wanted)
    edge = np.full(len(points), NOWHERE, dtype=np.int64)
    along, away = np.zeros(len(points)), np.full(len(points), np.inf)
    if len(held) == 0 or len(points) == 0:
        return Snapped(edge, along, away, limit_m)
    lines = streets.lines(held)
    places = shapely.points(points)
    place, line = shapely.STRtree(lines).query_nearest(places)
    # Several streets may be equally near, at a crossing: the first of them.
    order = np.lexsort((line, place))
    place, line = place[order], line[order]
    kept = np.r_[True, place[1:] != place[:-1]]
    line = line[kept]
    away = shapely.distance(places, lines[line])
    along = shapely.line_locate_point(lines[line], places, normalized=True)
    near = away <= limit_m
    edge[near] = held[line[near]]
    return Snapped(edge, np.where(near, along, 0.0), away, limit_m)


def _check(streets: Streets, points: Floats, limit_m: float, among: Bools | None) -> None:
    if points.ndim != 2 or points.shape[1] != 2:
        raise BadInput("core_shape", array="points", shape=points.shape, expected=("n", 2))
    if among is not None and among.shape != (streets.n_edges,):
        raise BadInput("core_shape", array="among", shape=among.shape, expected=(streets.n_edges,))
    if not limit_m > 0.0:
        raise BadInput("streets_limit", value=limit_m)
    lost = ~np.isfinite(points).all(axis=1)
    if lost.any():
        place = int(np.flatnonzero(lost)[0])
        raise BadInput("streets_place", position=place, value=str(points[place].tolist()))
