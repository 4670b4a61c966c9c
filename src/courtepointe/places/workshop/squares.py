"""A square of a printed map on the ground, in degrees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.places.workshop.record import PrintedWorkshop


@dataclass(frozen=True, slots=True)
class Square:
    """Where something is that was put in a square: anywhere in it.

    Attributes
    ----------
    name : str
        ``C4``.
    ring : tuple of (longitude, latitude)
        Its four corners and the first again, counter-clockwise as GeoJSON asks.
    longitude, latitude : float, degrees
        Of its middle.
    uncertainty_m : float, metres
        The farthest that a point of the square lies from its middle.
    """

    name: str
    ring: tuple[tuple[float, float], ...]
    longitude: float
    latitude: float
    uncertainty_m: float


def square_on_ground(made: PrintedWorkshop, name: str) -> Square:
    """Find a square on the ground by its name; raise `BadInput` ``map_square`` where there is none."""
    frame = made.frame
    told = frame.square(name)
    metres = frame.corners(told)
    points = np.vstack([metres[::-1], metres[-1:], metres.mean(axis=0)[None, :]])
    degrees = move_points(points, source=made.crs, target=DEGREES)
    ring = tuple((round(float(x), 7), round(float(y), 7)) for x, y in degrees[:-1])
    longitude, latitude = (round(float(part), 7) for part in degrees[-1])
    return Square(told, ring, longitude, latitude, round(frame.uncertainty_m, 1))
