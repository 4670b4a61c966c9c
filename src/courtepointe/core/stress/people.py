"""People at the crossings of streets, from their number alone or from stretches of streets."""

from __future__ import annotations

import numpy as np

from courtepointe.core.access import Placed
from courtepointe.core.access.checks import check_counts, check_shape
from courtepointe.core.streets import Streets
from courtepointe.core.typing import Floats, Ints


def people_along(streets: Streets, total: float) -> Floats:
    """Spread people evenly along all streets, half of each street's at either end.

    Parameters
    ----------
    streets : Streets
    total : float

    Returns
    -------
    (n_nodes,) float

    Raises
    ------
    BadInput
        ``access_count``.
    """
    check_counts("people", np.array([total]))
    length = streets.length_m / max(float(streets.length_m.sum()), 1e-9)
    return people_at_ends(
        streets, np.arange(streets.n_edges), np.full(streets.n_edges, 0.5), length
    ) * (total)


def people_of_areas(streets: Streets, placed: Placed, people: Floats) -> Floats:
    """Put people who are spread along the streets of their areas at the ends of these streets.

    Parameters
    ----------
    streets : Streets
    placed : Placed
        Stretches of streets in areas.
    people : (n_areas,) float
        Those of areas that the streets do not cover whole are left out.

    Returns
    -------
    (n_nodes,) float
        Each stretch's people at both ends of its street, more of them at the nearer one: their minutes are
        off by half a street at most.

    Raises
    ------
    BadInput
        ``core_shape``, ``access_count``.
    """
    check_shape("people", people, (len(placed.ground),))
    check_counts("people", people)
    held = placed.whole[placed.area]
    area, metres = placed.area[held], placed.metres[held]
    length = np.bincount(area, weights=metres, minlength=len(people))
    its = people[area] * metres / length[area]
    return people_at_ends(streets, placed.spots.edge[held], placed.spots.along[held], its)


def people_at_ends(streets: Streets, edge: Ints, along: Floats, people: Floats) -> Floats:
    """Put people of spots on streets at both ends of their street, more of them at the nearer one.

    Parameters
    ----------
    streets : Streets
    edge : (n,) int
    along : (n,) float
        Part of the street, 0 to 1.
    people : (n,) float

    Returns
    -------
    (n_nodes,) float
    """
    ends = np.concatenate([streets.from_node[edge], streets.to_node[edge]])
    its = np.concatenate([people * (1.0 - along), people * along])
    return np.bincount(ends, weights=its, minlength=streets.n_nodes).astype(np.float64)
