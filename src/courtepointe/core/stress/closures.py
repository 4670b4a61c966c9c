"""What is closed in each of many scenarios, and what areas close."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from courtepointe.core.access.checks import check_positions
from courtepointe.core.errors import BadInput
from courtepointe.core.streets import Streets
from courtepointe.core.stress.values import Area, Disc
from courtepointe.core.typing import AnyArray, Ints


@dataclass(frozen=True, slots=True)
class Closures:
    """Closed streets and hubs of many scenarios, one after the other.

    Attributes
    ----------
    edges_first, hubs_first : (n_scenarios + 1,) int
        Where those of each scenario begin.
    edges, hubs : (n,) int32
        In rising order in a scenario, each once.
    """

    edges_first: Ints
    edges: AnyArray
    hubs_first: Ints
    hubs: AnyArray

    def __len__(self) -> int:
        return len(self.edges_first) - 1

    def of(self, scenario: int) -> tuple[AnyArray, AnyArray]:
        """Give the closed streets and hubs of one scenario."""
        edges = slice(*self.edges_first[scenario : scenario + 2])
        hubs = slice(*self.hubs_first[scenario : scenario + 2])
        return self.edges[edges], self.hubs[hubs]

    def check(self, n_edges: int, n_hubs: int) -> None:
        """See that what is closed exists, and is said once.

        Raises
        ------
        BadInput
            ``access_position``, ``stress_twice``.
        """
        check_positions("edges", self.edges, n_edges)
        check_positions("hubs", self.hubs, n_hubs)
        for first, held in ((self.edges_first, self.edges), (self.hubs_first, self.hubs)):
            falls = np.flatnonzero(np.diff(held) <= 0) + 1
            astray = np.setdiff1d(falls, first)
            if len(astray):
                raise BadInput("stress_twice", position=int(astray[0]), value=int(held[astray[0]]))


def closures_of(closed: Iterable[tuple[AnyArray, AnyArray]]) -> Closures:
    """Put the closed streets and hubs of scenarios one after the other.

    Parameters
    ----------
    closed : iterable of ((n,) int, (m,) int)
        Streets and hubs of each scenario, in any order, perhaps several times.

    Returns
    -------
    Closures
    """
    pairs = [(np.unique(edges), np.unique(hubs)) for edges, hubs in closed]
    edges, hubs = [one for one, _ in pairs], [other for _, other in pairs]
    return Closures(*_joined(edges), *_joined(hubs))


def _joined(parts: Sequence[AnyArray]) -> tuple[Ints, AnyArray]:
    first = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum([len(part) for part in parts], out=first[1:])
    held = np.concatenate([np.zeros(0, dtype=np.int32), *parts])
    return first, held.astype(np.int32)


class Ground:
    """Streets, to ask which lie in areas.

    Parameters
    ----------
    streets : Streets
    """

    def __init__(self, streets: Streets) -> None:
        self.streets = streets
        self._tree = shapely.STRtree(streets.lines())

    def edges_in(self, areas: Sequence[Area]) -> Ints:
        """Give the streets that any part of areas touches, each once, in rising order."""
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *map(self._in, areas)]))

    def _in(self, area: Area) -> Ints:
        if isinstance(area, Disc):
            middle = shapely.Point(area.x, area.y)
            told: Ints = self._tree.query(middle, predicate="dwithin", distance=area.radius_m)
        else:
            told = self._tree.query(area, predicate="intersects")
        return told

    def edges_of_discs(self, middles: AnyArray, radius_m: AnyArray) -> tuple[Ints, Ints]:
        """Give the streets that discs touch, (n,) int disc and (n,) int street.

        Parameters
        ----------
        middles : (n_discs, 2) float, metres
        radius_m : (n_discs,) float, metres
        """
        disc, edge = self._tree.query(
            shapely.points(middles), predicate="dwithin", distance=radius_m
        )
        return disc, edge


def points_in(points: AnyArray, areas: Sequence[Area]) -> Ints:
    """Give the places that lie in any of areas, in rising order.

    Parameters
    ----------
    points : (n, 2) float, metres
    areas : sequence of Disc or shapely polygon

    Returns
    -------
    (n_inside,) int
    """
    inside = np.zeros(len(points), dtype=np.bool_)
    for area in areas:
        if isinstance(area, Disc):
            inside |= np.hypot(*(points - (area.x, area.y)).T) <= area.radius_m
        else:
            inside |= shapely.intersects_xy(area, points)
    return np.flatnonzero(inside)
