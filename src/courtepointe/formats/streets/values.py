"""Streets as a file gave them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.streets import Streets, streets_of
from courtepointe.core.typing import AnyArray, Bools, Floats, Shapes
from courtepointe.formats.boundaries.crs import known_crs


@dataclass(frozen=True, slots=True)
class StreetFile:
    """A file of streets, as a graph.

    Attributes
    ----------
    streets : Streets
        In metres of the coordinate system that was asked for. Its ``row`` is the position among the
        file's lines or edges, or among the parts that its ways were cut into.
    file, kind : str
        ``lines``, ``osmnx`` or ``osm``.
    n_joined : int
        Ends of lines that were near others and were put at one node with them.
    n_lost_points : int
        Points of ways that the file does not hold: the ways are cut there.
    n_other_lengths : int
        Streets whose length in the file is more than one part in a hundred from that of their drawing;
        the drawing counts.
    """

    streets: Streets
    file: str
    kind: str
    n_joined: int = 0
    n_lost_points: int = 0
    n_other_lengths: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """Streets as drawn lines between numbered nodes.

    Attributes
    ----------
    points : (n_nodes, 2) float, metres
    from_node, to_node : (n,) int
    shapes : (n,) shapely lines, metres
    length_m : (n,) float, metres
    slope_percent : (n,) float
        NaN where the file does not tell.
    stairs : (n,) bool
    stairs_told : bool
        Whether a column was named that tells them: that there are none is then known.
    """

    points: Floats
    from_node: AnyArray
    to_node: AnyArray
    shapes: Shapes
    length_m: Floats
    slope_percent: Floats
    stairs: Bools
    stairs_told: bool = False

    def graph(self) -> Streets:
        """Make the graph; what no file told of (slopes, stairs) is left out of it."""
        return streets_of(
            self.points,
            self.from_node,
            self.to_node,
            self.length_m,
            slope_percent=None if np.isnan(self.slope_percent).all() else self.slope_percent,
            stairs=self.stairs if self.stairs_told or self.stairs.any() else None,
            shapes=self.shapes,
        )


def check_metric(to_crs: str) -> None:
    """Refuse a coordinate system whose unit is not the metre.

    Raises
    ------
    BadInput
        ``streets_not_metres``; as `known_crs`.
    """
    crs = known_crs(to_crs)
    units = {axis.unit_name for axis in crs.axis_info}
    if units != {"metre"}:
        raise BadInput("streets_not_metres", value=to_crs, expected="EPSG:32188")


def lengths(shapes: Shapes) -> Floats:
    """Measure lines in their plane, to the micrometre: the same forth and back."""
    told: Floats = np.round(shapely.length(shapes), 6)
    return told
