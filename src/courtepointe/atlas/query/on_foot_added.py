"""Who gains by one site more: only what comes nearer is counted again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.atlas.query.inside import Inside, shares_again
from courtepointe.atlas.query.on_foot import Reach, Told, told_of
from courtepointe.core.errors import BadInput
from courtepointe.core.streets import (
    Nearer,
    Nearest,
    Reached,
    Snapped,
    nearer,
    nearest_of_places,
    reached,
    starts_from,
)
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Added:
    """What is reached with one site more, beside what was.

    Attributes
    ----------
    before : Reach
    nodes_min : (n_nodes,) float, minutes
    spots_min : (n_spots,) float, minutes
        With the new site.
    areas : (n,) int
        Areas of which a stretch came nearer.
    old, new : tuple of Reached
        Within each limit, before and with the new site: of the streets that changed only.
    """

    before: Reach
    nodes_min: Floats
    spots_min: Floats
    areas: Ints
    old: tuple[Reached, ...]
    new: tuple[Reached, ...]


def with_site(before: Reach, site: Snapped) -> Added:
    """Add a site to what is reached.

    Parameters
    ----------
    before : Reach
        From the sites that stand: a site more only ever lowers minutes.
    site : Snapped
        One, near a street.

    Returns
    -------
    Added
        To the last bit what `reach` gives of all sites together.

    Raises
    ------
    BadInput
        ``streets_too_far``, ``streets_no_site``.
    """
    streets, pace = before.held.streets, before.held.pace
    starts = starts_from(streets, pace, site)
    if starts.n_sites != 1:
        raise BadInput("core_shape", array="site", shape=site.edge.shape, expected=(1,))
    came = nearer(streets, pace, before.nodes_min, starts)
    nodes_min = came.over(before.nodes_min)
    touched = _touched(before, came, site)
    spots_min, areas = _spots(before, nodes_min, touched, site)
    old = tuple(_among(one, touched) for one in before.reached)
    new = _reached_again(before, nodes_min, touched, site)
    # What an old site reaches of its own street, on both of its sides, no minutes of crossings tell.
    new = tuple(_joined(one, two) for one, two in zip(old, new, strict=True))
    return Added(before, nodes_min, spots_min, areas, old, new)


def _touched(before: Reach, came: Nearer, site: Snapped) -> Bools:
    """Mark the streets of which something came nearer."""
    streets = before.held.streets
    held = np.zeros(streets.n_nodes, dtype=np.bool_)
    held[came.node] = True
    touched: Bools = held[streets.from_node] | held[streets.to_node]
    touched[site.edge] = True
    return touched


def _spots(
    before: Reach, nodes_min: Floats, touched: Bools, site: Snapped
) -> tuple[Floats, Ints]:  # fmt: skip
    """Give the minutes of all stretches, and the areas of those that came nearer."""
    held = before.held
    if held.placed is None:
        return before.spots_min, np.empty(0, dtype=np.int64)
    spots = held.placed.spots
    some = np.flatnonzero(touched[spots.edge])
    its = Snapped(spots.edge[some], spots.along[some], spots.away_m[some], spots.limit_m)
    found = Nearest(nodes_min, np.zeros(len(nodes_min), dtype=np.int32))
    minutes = nearest_of_places(held.streets, held.pace, found, its, site).minutes
    came = minutes < before.spots_min[some]
    told = before.spots_min.copy()
    told[some[came]] = minutes[came]
    return told, np.unique(held.placed.area[some[came]])


def _reached_again(
    before: Reach, nodes_min: Floats, touched: Bools, site: Snapped
) -> tuple[Reached, ...]:  # fmt: skip
    streets, pace = before.held.streets, before.held.pace
    ends = np.zeros(streets.n_nodes, dtype=np.bool_)
    ends[streets.from_node[touched]] = ends[streets.to_node[touched]] = True
    minutes = np.where(ends, nodes_min, np.inf)
    return tuple(
        _among(reached(streets, pace, minutes, one, sites=site), touched) for one in before.limits_min
    )  # fmt: skip


def _among(parts: Reached, edges: Bools) -> Reached:
    held = edges[parts.edge]
    return Reached(parts.edge[held], parts.begin[held], parts.end[held])


def _joined(one: Reached, two: Reached) -> Reached:
    """Join parts of streets, no part twice."""
    edge = np.concatenate([one.edge, two.edge])
    begin, end = np.concatenate([one.begin, two.begin]), np.concatenate([one.end, two.end])
    order = np.lexsort((begin, edge))
    edge, begin, end = edge[order], begin[order], end[order]
    if len(edge) == 0:
        return one
    farthest = np.maximum.accumulate(end + 2.0 * edge) - 2.0 * edge
    first = np.flatnonzero(np.r_[True, (edge[1:] != edge[:-1]) | (begin[1:] > farthest[:-1])])
    return Reached(edge[first], begin[first], np.maximum.reduceat(end, first))


def told_more(today: Told, more: Added, ground: Inside) -> Told:
    """Tell a territory with the new site, from what it was told without.

    Parameters
    ----------
    today : Told
        Of `Added.before`, of this territory.
    more : Added
    ground : Inside
        The territory.
    """
    kilometres = tuple(
        was + ground.km(new) - ground.km(old)
        for was, new, old in zip(today.reached_km, more.new, more.old, strict=True)
    )
    if ground.living is None or today.shares is None:
        return Told(ground.street_km, kilometres, None, (), (), None)
    limits = more.before.limits_min
    part = shares_again(today.shares, ground.living, more.spots_min, limits, more.areas)
    return told_of(ground, kilometres, ground.living, part, limits)
