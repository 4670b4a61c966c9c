"""Minutes of places along streets, from those of the streets' ends."""

from __future__ import annotations

import numpy as np

from courtepointe.core.streets.nearest import NOBODY, Nearest
from courtepointe.core.streets.snap import Snapped
from courtepointe.core.streets.values import Streets
from courtepointe.core.streets.walkers import Walk
from courtepointe.core.typing import Floats, Ints


def nearest_of_places(
    streets: Streets, walk: Walk, found: Nearest, places: Snapped, sites: Snapped
) -> Nearest:
    """Find the nearest site of places along streets: addresses, buildings.

    Parameters
    ----------
    streets : Streets
    walk : Walk
    found : Nearest
        Of every node, of the same sites, (n_nodes,) arrays.
    places, sites : Snapped
        On these streets.

    Returns
    -------
    Nearest
        (n_places,) arrays. By either end of the street, or along it where a site is on the same one; the
        way from the door to the street counts at the walker's pace. Infinite and `NOBODY` for places that
        are too far from any street.
    """
    held = ~places.too_far
    edge = np.where(held, places.edge, 0)
    whole = np.where(held, walk.edge_min[edge], np.inf)
    open_ = np.isfinite(whole)
    part = np.where(open_, whole, 0.0) * places.along
    rest = np.where(open_, whole, 0.0) - part
    ends = streets.from_node[edge], streets.to_node[edge]
    by_first, by_last = found.minutes[ends[0]] + part, found.minutes[ends[1]] + rest
    who_first, who_last = found.site[ends[0]], found.site[ends[1]]
    last = (by_last < by_first) | ((by_last == by_first) & (who_last < who_first))
    minutes = np.where(open_, np.where(last, by_last, by_first), np.inf)
    site = np.where(last, who_last, who_first)
    minutes, site = _along_the_same(walk, places, sites, minutes, site)
    minutes = minutes + np.where(held, places.away_m, 0.0) / walk.metres_per_minute
    return Nearest(minutes, np.where(np.isfinite(minutes), site, NOBODY).astype(np.int32))


def _along_the_same(
    walk: Walk, places: Snapped, sites: Snapped, minutes: Floats, site: Ints
) -> tuple[Floats, Ints]:
    """Take the way along the street itself where a site on it is nearer so."""
    by_edge = np.argsort(sites.edge, kind="stable")
    held = sites.edge[by_edge]
    low, high = (np.searchsorted(held, places.edge, side=side) for side in ("left", "right"))
    n_on = np.where(places.too_far, 0, high - low)
    place = np.repeat(np.arange(len(places.edge)), n_on)
    begins = np.cumsum(n_on) - n_on
    its = by_edge[np.repeat(low - begins, n_on) + np.arange(len(place))]
    whole = walk.edge_min[places.edge[place]]
    gap = np.abs(places.along[place] - sites.along[its])
    direct = np.where(np.isfinite(whole), whole, 0.0) * gap
    direct = np.where(np.isfinite(whole), direct, np.inf)
    direct = direct + sites.away_m[its] / walk.metres_per_minute
    order = np.lexsort((its, direct, place))
    first = order[np.r_[True, place[order][1:] != place[order][:-1]]] if len(order) else order
    told = direct[first]
    sooner = (told < minutes[place[first]]) | (
        (told == minutes[place[first]]) & (its[first] < site[place[first]])
    )
    minutes, site = minutes.copy(), site.copy()
    minutes[place[first][sooner]] = told[sooner]
    site[place[first][sooner]] = its[first][sooner]
    return minutes, site
