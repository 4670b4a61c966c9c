"""Where the elements of an Overpass answer stand: nodes by themselves, ways by their nodes.

A way or a relation is placed by the ``center`` it carries, else by its geometry, else by the
nodes it refers to when the same answer holds them, else by the middle of its bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely

Element = dict[str, Any]
Point = tuple[float, float]

NOWHERE = float("nan")
GEOMETRY_KEYS = frozenset(["nodes", "members", "geometry", "bounds", "center"])
BARE_KEYS = GEOMETRY_KEYS | frozenset(
    ["type", "id", "lat", "lon", "timestamp", "version", "changeset", "user", "uid"]
)
"""An element with no other key only lends its geometry to one that has."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one element stands; NaN where nothing tells."""

    x: float = NOWHERE
    y: float = NOWHERE
    from_surface: bool = False


def locate(elements: list[Element]) -> tuple[list[Element], list[Spot], list[int]]:
    """Place every element that says something about itself.

    Returns
    -------
    kept : list of dict
        Elements with tags, without their geometry.
    spots : list of Spot
    rows : list of int
        Position of each in the answer, from 1.
    """
    answer = _Answer(elements)
    kept: list[Element] = []
    spots: list[Spot] = []
    rows: list[int] = []
    for row, element in enumerate(elements, start=1):
        if set(element) <= BARE_KEYS or not element.get("tags", True):
            continue
        kept.append({k: v for k, v in element.items() if k not in GEOMETRY_KEYS})
        spots.append(answer.spot(element))
        rows.append(row)
    return kept, spots, rows


class _Answer:
    """The elements of one answer, found by type and id."""

    def __init__(self, elements: list[Element]) -> None:
        self.nodes = {e["id"]: p for e in elements if "id" in e and (p := _point(e)) is not None}
        self.ways = {e["id"]: e for e in elements if e.get("type") == "way" and "id" in e}

    def spot(self, element: Element) -> Spot:
        """Place one element."""
        own = _point(element) or _point(element.get("center"))
        if own is not None:
            return Spot(*own, from_surface=_point(element) is None)
        lines = [line for line in self._lines(element) if line]
        if lines:
            return _inside(lines)
        bounds = element.get("bounds")
        if isinstance(bounds, dict):
            x = (bounds["minlon"] + bounds["maxlon"]) / 2
            return Spot(x, (bounds["minlat"] + bounds["maxlat"]) / 2, from_surface=True)
        return Spot()

    def _lines(self, element: Element) -> Iterator[list[Point]]:
        """List the lines that an element is drawn with."""
        if "geometry" in element:
            yield [p for one in element["geometry"] if (p := _point(one)) is not None]
        elif "nodes" in element:
            yield [self.nodes[one] for one in element["nodes"] if one in self.nodes]
        for member in element.get("members", ()):
            if member.get("role") == "inner":
                continue
            if "geometry" in member:
                yield from self._lines({"geometry": member["geometry"]})
            elif member.get("type") == "way" and member.get("ref") in self.ways:
                yield from self._lines(self.ways[member["ref"]])
            elif member.get("type") == "node" and member.get("ref") in self.nodes:
                yield [self.nodes[member["ref"]]]


def _point(thing: Any) -> Point | None:
    if not isinstance(thing, dict) or thing.get("lat") is None or thing.get("lon") is None:
        return None
    return float(thing["lon"]), float(thing["lat"])


def _inside(lines: list[list[Point]]) -> Spot:
    """Choose a point on what the lines draw: inside the largest surface, else on a line."""
    polygons = [p for line in lines if len(line) > 3 and (p := shapely.Polygon(line)).is_valid]
    if polygons and all(line[0] == line[-1] for line in lines):
        at = shapely.point_on_surface(max(polygons, key=lambda p: p.area))
    elif any(len(line) > 1 for line in lines):
        longest = max((shapely.LineString(one) for one in lines if len(one) > 1), key=_length)
        at = shapely.line_interpolate_point(longest, 0.5, normalized=True)
    else:
        at = shapely.Point(lines[0][0])
    return Spot(float(at.x), float(at.y), from_surface=True)


def _length(line: Any) -> float:
    return float(line.length)
