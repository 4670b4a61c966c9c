"""Coordinate systems: tell them, check that coordinates belong to them, change between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyproj
import pyproj.exceptions
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints, Shapes

DEGREES = "OGC:CRS84"
MARGIN_DEGREES = 10.0
"""How far outside its area of use a system may still be met: neighbours do borrow it."""


@lru_cache(maxsize=64)
def known_crs(text: str) -> pyproj.CRS:
    """Give a coordinate system by its code or text, or raise `BadInput` ``unknown_crs``."""
    try:
        return pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        raise BadInput("unknown_crs", value=text[:80], expected="EPSG:4326, EPSG:32188") from error


def crs_name(crs: pyproj.CRS) -> str:
    """Name a system shortly: ``EPSG:32188`` where an authority knows it, else its own name."""
    authority = crs.to_authority()
    return ":".join(authority) if authority else str(crs.name)


@lru_cache(maxsize=64)
def _transformer(source: str, target: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(known_crs(source), known_crs(target), always_xy=True)


def move_points(points: Floats, *, source: str, target: str) -> Floats:
    """Take points to another system, x or longitude always first.

    Parameters
    ----------
    points : (n, 2) float

    Returns
    -------
    (n, 2) float
        Infinite where the target has no such place.
    """
    if known_crs(source).equals(known_crs(target), ignore_axis_order=True):
        return points
    x, y = _transformer(source, target).transform(points[:, 0], points[:, 1])
    return np.column_stack([x, y])


def move_shapes(shapes: Shapes, *, source: str, target: str) -> Shapes:
    """Take shapes to another system; their heights are dropped.

    Parameters
    ----------
    shapes : (n,) shapely geometries

    Returns
    -------
    (n,) shapely geometries
    """
    flat = shapely.force_2d(shapes)
    if known_crs(source).equals(known_crs(target), ignore_axis_order=True):
        return np.asarray(flat, dtype=np.object_)
    moved = shapely.transform(flat, lambda p: move_points(p, source=source, target=target))
    return np.asarray(moved, dtype=np.object_)


def check_coordinates(shapes: Shapes, *, source: str, target: str, rows: Ints, file: str) -> None:
    """See that coordinates can be what their system says, before anything is made of them.

    Parameters
    ----------
    shapes : (n,) shapely geometries, none missing or empty
    source, target : str
        The system they are said to be in, and the one they will be taken to.
    rows : (n,) int
        For messages.

    Raises
    ------
    BadInput
        ``coordinates_not_finite``; ``coordinates_not_degrees`` (metres in a file of degrees);
        ``coordinates_swapped`` (latitude first); ``coordinates_degrees`` (degrees in a file of
        metres); ``coordinates_elsewhere`` (far from where the system is used).
    """
    facts = _Facts(file, rows, source, shapely.bounds(shapes).reshape(-1, 4))
    if told := facts.first(np.asarray(~np.isfinite(facts.bounds).all(axis=1))):
        raise BadInput("coordinates_not_finite", **told)
    geographic = known_crs(source).is_geographic
    if geographic:
        _check_degrees(facts)
    middle = (facts.bounds[:, :2] + facts.bounds[:, 2:]) / 2
    degrees = move_points(middle, source=source, target=DEGREES)
    for crs in (source, target):
        _check_place(facts, degrees, crs, geographic=geographic)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What to tell about a shape whose coordinates cannot be right."""

    file: str
    rows: Ints
    crs: str
    bounds: Floats

    def first(self, wrong: Bools) -> dict[str, object] | None:
        """Tell of the first shape that is wrong; None where none is."""
        places = np.flatnonzero(wrong)
        if places.size == 0:
            return None
        x, y = self.bounds[places[0], :2]
        row, crs = int(self.rows[places[0]]), crs_name(known_crs(self.crs))
        return {"file": self.file, "row": row, "value": f"{x:.6g}, {y:.6g}", "crs": crs}


def _check_degrees(facts: _Facts) -> None:
    degrees = _are_degrees(facts.bounds)
    swapped = ~degrees & _are_degrees(facts.bounds[:, [1, 0, 3, 2]])
    if told := facts.first(swapped):
        raise BadInput("coordinates_swapped", **told)
    if told := facts.first(~degrees):
        raise BadInput("coordinates_not_degrees", **told)


def _check_place(facts: _Facts, degrees: Floats, crs: str, *, geographic: bool) -> None:
    away = _outside(degrees, crs)
    swapped = away & ~_outside(degrees[:, ::-1], crs)
    if geographic and (told := facts.first(swapped)):
        raise BadInput("coordinates_swapped", **told)
    if not geographic and (told := facts.first(away & _are_degrees(facts.bounds))):
        raise BadInput("coordinates_degrees", **told)
    if told := facts.first(away):
        raise BadInput("coordinates_elsewhere", expected=crs_name(known_crs(crs)), **told)


def _are_degrees(bounds: Floats) -> Bools:
    lon, lat = np.abs(bounds[:, [0, 2]]), np.abs(bounds[:, [1, 3]])
    return np.asarray((lon <= 360.0).all(axis=1) & (lat <= 90.0).all(axis=1))


def _outside(degrees: Floats, crs: str) -> Bools:
    """Tell which points lie far from where a system is meant to be used."""
    area = known_crs(crs).area_of_use
    if area is None:
        return np.asarray(~np.isfinite(degrees).all(axis=1))
    lon, lat = degrees[:, 0], degrees[:, 1]
    west, east = area.west - MARGIN_DEGREES, area.east + MARGIN_DEGREES
    across = (lon < west) | (lon > east) if area.west <= area.east else np.zeros(len(lon), bool)
    away = (lat < area.south - MARGIN_DEGREES) | (lat > area.north + MARGIN_DEGREES)
    return np.asarray(across | away | ~np.isfinite(degrees).all(axis=1))
