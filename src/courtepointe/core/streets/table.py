"""Minutes between places and sites, both along streets: a table for those who choose among sites."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.streets.nearest import starts_from
from courtepointe.core.streets.pairs import Pairs, pairs_within
from courtepointe.core.streets.snap import Snapped
from courtepointe.core.streets.values import Streets
from courtepointe.core.streets.walkers import Walk
from courtepointe.core.typing import Floats

MOST_CELLS = 60_000_000
"""Half a gigabyte."""
MOST_PAIRS = 20_000_000
"""Pairs of a site and a node that are held at once: sites are searched some at a time."""


def minutes_table(
    streets: Streets, walk: Walk, places: Snapped, sites: Snapped, *, limit_min: float = np.inf
) -> Floats:
    """Find how long each place is from each site on foot.

    Parameters
    ----------
    streets : Streets
    walk : Walk
    places, sites : Snapped
        On these streets; none of the sites too far.
    limit_min : float, minutes
        What is farther is as if no way led there: the search stops sooner.

    Returns
    -------
    (n_places, n_sites) float, minutes
        Infinite where no way leads, or none within the limit. As `nearest_of_places`, site by site.

    Raises
    ------
    BadInput
        ``siting_too_large``, ``streets_no_site``, ``streets_too_far``, ``streets_limit``.
    """
    shape = (len(places.edge), len(sites.edge))
    if shape[0] * shape[1] > MOST_CELLS:
        raise BadInput("siting_too_large", value=shape[0] * shape[1], expected=MOST_CELLS)
    ways = _Ways(streets, walk, places)
    told = np.full(shape, np.inf)
    each = max(1, MOST_PAIRS // max(streets.n_nodes, 1))
    for begin in range(0, max(shape[1], 1), each):
        some = _some(sites, begin, begin + each)
        pairs = pairs_within(streets, walk, starts_from(streets, walk, some), limit_min)
        for site in range(len(some.edge)):
            told[:, begin + site] = ways.to(pairs, some, site)
    told[told > limit_min] = np.inf
    return told


def _some(sites: Snapped, begin: int, end: int) -> Snapped:
    its = slice(begin, end)
    return Snapped(sites.edge[its], sites.along[its], sites.away_m[its], sites.limit_m)


class _Ways:
    """Places between the two ends of their streets."""

    def __init__(self, streets: Streets, walk: Walk, places: Snapped) -> None:
        held = ~places.too_far
        self.walk, self.places = walk, places
        self.edge = np.where(held, places.edge, 0)
        whole = np.where(held, walk.edge_min[self.edge], np.inf)
        self.open = np.isfinite(whole)
        self.whole = np.where(self.open, whole, 0.0)
        self.part = self.whole * places.along
        self.rest = self.whole - self.part
        self.ends = streets.from_node[self.edge], streets.to_node[self.edge]
        self.door = np.where(held, places.away_m, 0.0) / walk.metres_per_minute
        self.far = np.full(streets.n_nodes, np.inf)

    def to(self, pairs: Pairs, sites: Snapped, site: int) -> Floats:
        """Give the minutes of each place to one site."""
        its = slice(pairs.first[site], pairs.first[site + 1])
        self.far[pairs.node[its]] = pairs.minutes[its]
        first, last = (self.far[end] for end in self.ends)
        told = np.minimum(first + self.part, last + self.rest)
        self.far[pairs.node[its]] = np.inf
        same = self.edge == sites.edge[site]
        along = np.abs(self.places.along[same] - sites.along[site]) * self.whole[same]
        direct = along + sites.away_m[site] / self.walk.metres_per_minute
        told[same] = np.minimum(told[same], direct)
        return np.where(self.open, told + self.door, np.inf)
