"""From metres to the pixels of an SVG: scale, simplify, round, write short paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

TOLERANCE = 0.35
"""Pixels a line may be moved by: less than an eye sees."""
LEAST = 0.4
"""Square pixels under which a part of a shape is left out, unless it is all there is."""


@dataclass(frozen=True, slots=True)
class Plate:
    """The sheet of a map: where metres fall on pixels, north up.

    Attributes
    ----------
    west, north : float, metres
        The metres of the upper left corner of the drawing, inside the margin.
    scale : float, pixels per metre
    width, height : float, pixels
    """

    west: float
    north: float
    scale: float
    width: float
    height: float
    margin: float

    def xy(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Move (n, 2) metres to pixels, downwards."""
        x = (metres[:, 0] - self.west) * self.scale + self.margin
        y = (self.north - metres[:, 1]) * self.scale + self.margin
        return np.stack([x, y], axis=1)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Move one point to pixels."""
        moved = self.xy(np.array([[x, y]], dtype=np.float64))[0]
        return float(moved[0]), float(moved[1])


def plate(
    bounds: tuple[float, float, float, float], *, width: float, margin: float, tallest: float
) -> Plate:
    """Fit bounds in metres to a width in pixels; a tall area is held to a greatest height."""
    west, south, east, north = bounds
    wide, tall = max(east - west, 1.0), max(north - south, 1.0)
    scale = min((width - 2 * margin) / wide, (tallest - 2 * margin) / tall)
    left = west - ((width - 2 * margin) / scale - wide) / 2
    return Plate(left, north, scale, width, round(tall * scale + 2 * margin, 1), margin)


def polygonal(shape: Any) -> Any:
    """Keep the polygons of a shape; an empty shape where it has none."""
    if shape.geom_type == "Polygon":
        return shape
    held = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    parts = [q for p in held for q in shapely.get_parts(p) if not q.is_empty]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def simplified(shapes: Sequence[Any], *, scale: float) -> list[Any]:
    """Simplify shapes to what the scale can show; neighbours keep their common border."""
    held = np.array(list(shapes), dtype=object)
    metres = TOLERANCE / scale
    if len(held) > 1 and bool(shapely.coverage_is_valid(held)):
        return list(shapely.coverage_simplify(held, metres))
    return list(shapely.simplify(held, metres, preserve_topology=True))


def path(shape: Any, *, on: Plate) -> str:
    """Write a polygon as an SVG path of relative steps of a tenth of a pixel."""
    parts = [shape] if shape.geom_type == "Polygon" else shapely.get_parts(shape)
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    least = LEAST / on.scale**2
    kept = [p for p in polygons if p.area >= least] or polygons[:1]
    rings = [ring for p in kept for ring in (p.exterior, *p.interiors)]
    return "".join(_ring(shapely.get_coordinates(ring), on) for ring in rings)


def _ring(metres: NDArray[np.float64], on: Plate) -> str:
    tenths = np.rint(on.xy(metres) * 10).astype(np.int64)
    moved = np.any(np.diff(tenths, axis=0) != 0, axis=1)
    kept = tenths[np.concatenate([[True], moved])]
    if len(kept) < 4:
        return ""
    steps = np.diff(kept[:-1], axis=0)
    start = f"M{_tenth(int(kept[0, 0]))} {_tenth(int(kept[0, 1]))}"
    return start + "l" + " ".join(map(_tenth, steps.ravel().tolist())) + "z"


# A map has a hundred thousand steps and a few hundred different ones.
@lru_cache(maxsize=32_768)
def _tenth(tenths: int) -> str:
    text = f"{tenths / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
