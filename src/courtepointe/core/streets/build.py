"""Make a graph of streets from arrays of nodes and edges; say what is wrong with them."""

from __future__ import annotations

import numpy as np
import shapely

from courtepointe.core.errors import BadInput
from courtepointe.core.streets import kernels
from courtepointe.core.streets.values import Streets, Tidied
from courtepointe.core.typing import AnyArray, Bools, Floats, Shapes

MOST = 2**31 - 1
END_TOLERANCE_M = 1.0
"""How far a street's drawing may begin from its node."""


def streets_of(
    points: Floats,
    from_node: AnyArray,
    to_node: AnyArray,
    length_m: Floats,
    *,
    slope_percent: Floats | None = None,
    stairs: Bools | None = None,
    shapes: Shapes | None = None,
) -> Streets:
    """Make a graph of streets.

    Parameters
    ----------
    points : (n_nodes, 2) float, metres
    from_node, to_node : (n_edges,) int
        Positions in ``points``.
    length_m : (n_edges,) float, metres
    slope_percent : (n_edges,) float, optional
        NaN where it is not known.
    stairs : (n_edges,) bool, optional
    shapes : (n_edges,) shapely lines, optional
        From ``from_node`` to ``to_node``.

    Returns
    -------
    Streets
        Nodes along Hilbert's curve; see `Tidied` for what becomes of odd edges.

    Raises
    ------
    BadInput
        ``core_shape``, ``streets_none``, ``streets_point``, ``streets_node``, ``streets_length``,
        ``streets_slope``, ``streets_shape``.
    """
    given = Given(points, from_node, to_node, length_m, slope_percent, stairs, shapes)
    given.check()
    _, west, south, side = kernels.extent_of(points)
    order, place = kernels.curve_order(points, west, south, side)
    ends = kernels.renumbered(from_node, place), kernels.renumbered(to_node, place)
    del place
    n = len(points)
    first, to, edge = kernels.arcs_of(*ends, n)
    left_out, tidied = _left_out(ends, given, first, to, edge)
    if left_out.any():
        row = np.flatnonzero(~left_out)
        given, ends = given.taken(row), (ends[0][row], ends[1][row])
        first, to, edge = kernels.arcs_of(*ends, n)
    return Streets(
        points, order, *ends, given.length_m, given.slope_percent, given.stairs,
        given.shapes, np.flatnonzero(left_out), first, to, edge, tidied,
    )  # fmt: skip


class Given:
    """The arrays that a graph is made from."""

    def __init__(
        self, points: Floats, from_node: AnyArray, to_node: AnyArray, length_m: Floats,
        slope_percent: Floats | None, stairs: Bools | None, shapes: Shapes | None,
    ) -> None:  # fmt: skip
        self.points, self.from_node, self.to_node = points, from_node, to_node
        self.length_m, self.slope_percent = length_m, slope_percent
        self.stairs, self.shapes = stairs, shapes

    def taken(self, row: AnyArray) -> Given:
        """Keep some edges."""
        held = (self.from_node, self.to_node, self.length_m, self.slope_percent, self.stairs,
                self.shapes)  # fmt: skip
        kept = (None if one is None else one[row] for one in held)
        return Given(self.points, *kept)  # type: ignore[arg-type]

    def check(self) -> None:
        """Refuse what cannot be streets, by name and position."""
        self._check_shapes()
        place, *_ = kernels.extent_of(self.points)
        if place >= 0:
            raise BadInput("streets_point", position=place, value=str(self.points[place].tolist()))
        n_nodes = len(self.points)
        what, place = kernels.fault_of(self.from_node, self.to_node, self.length_m, n_nodes)
        if what == kernels.OUTSIDE:
            ends = int(self.from_node[place]), int(self.to_node[place])
            value = ends[1] if 0 <= ends[0] < n_nodes else ends[0]
            raise BadInput("streets_node", position=place, value=value, expected=n_nodes)
        if what != kernels.FINE:
            raise BadInput("streets_length", position=place, value=float(self.length_m[place]))
        self._check_slopes()
        self._check_lines()

    def _check_shapes(self) -> None:
        n_nodes, n_edges = len(self.points), len(self.length_m)
        if n_nodes == 0 or n_edges == 0 or max(n_nodes, 2 * n_edges) > MOST:
            raise BadInput("streets_none", nodes=n_nodes, edges=n_edges)
        held = {
            "points": (self.points, (n_nodes, 2)), "from_node": (self.from_node, (n_edges,)),
            "to_node": (self.to_node, (n_edges,)), "length_m": (self.length_m, (n_edges,)),
            "slope_percent": (self.slope_percent, (n_edges,)), "stairs": (self.stairs, (n_edges,)),
            "shapes": (self.shapes, (n_edges,)),
        }  # fmt: skip
        for name, (array, expected) in held.items():
            if array is not None and array.shape != expected:
                raise BadInput("core_shape", array=name, shape=array.shape, expected=expected)

    def _check_slopes(self) -> None:
        if self.slope_percent is None:
            return
        odd = np.isinf(self.slope_percent)
        if odd.any():
            place = int(np.flatnonzero(odd)[0])
            raise BadInput("streets_slope", position=place, value=float(self.slope_percent[place]))

    def _check_lines(self) -> None:
        """See that each street's drawing goes from its node to its node."""
        if self.shapes is None:
            return
        kinds = shapely.get_type_id(self.shapes)
        astray = (kinds != 1) | shapely.is_empty(self.shapes)
        for nodes, end in ((self.from_node, 0), (self.to_node, -1)):
            drawn = shapely.get_coordinates(shapely.get_point(self.shapes[~astray], end))
            away = np.hypot(*(drawn - self.points[nodes[~astray]]).T)
            astray[np.flatnonzero(~astray)[away > END_TOLERANCE_M]] = True
        if astray.any():
            raise BadInput(
                "streets_shape", position=int(np.flatnonzero(astray)[0]), expected=END_TOLERANCE_M
            )


def _left_out(
    ends: tuple[AnyArray, AnyArray], given: Given, first: AnyArray, to: AnyArray, edge: AnyArray
) -> tuple[Bools, Tidied]:
    """Say which edges are left out, and how many are odd."""
    slope = np.zeros(0) if given.slope_percent is None else given.slope_percent
    stairs = np.zeros(0, dtype=np.bool_) if given.stairs is None else given.stairs
    loops, no_length = ends[0] == ends[1], given.length_m == 0.0
    repeated = kernels.repeated_edges(first, to, edge, given.length_m, slope, stairs)
    points = loops & no_length
    tidied = Tidied(
        int((no_length & ~loops & ~repeated).sum()),
        int((loops & ~no_length).sum()),
        int(points.sum()),
        int(repeated.sum()),
    )
    return repeated | points, tidied
