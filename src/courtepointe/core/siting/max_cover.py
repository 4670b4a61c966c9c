"""Maximal covering: the sites within reach of the most people."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.siting.checks import (
    check_distances,
    check_numbers,
    check_people,
    check_shape,
    is_whole,
)
from courtepointe.core.siting.merge import Merged, merge, merge_on_plane
from courtepointe.core.siting.solved import Question, Solved
from courtepointe.core.siting.values import Goal, Terms, Watch
from courtepointe.core.typing import AnyArray, Floats, Ints


def pairs_within(distance: Floats, limit: float) -> tuple[Ints, AnyArray]:
    """Give who is within ``limit`` of which site: where each row's sites begin, and the sites.

    Raises
    ------
    BadInput
        ``siting_limit``, and as `check_distances`.
    """
    check_distances(distance)
    if not limit >= 0:
        raise BadInput("siting_limit", value=limit)
    within = distance <= limit
    starts = np.concatenate([[0], np.cumsum(within.sum(axis=1))]).astype(np.int64)
    return starts, np.nonzero(within)[1].astype(np.int32)


def max_cover(
    distance: Floats, people: Floats, *, limit: float, n_open: int, terms: Terms | None = None,
    watch: Watch | None = None,
) -> Solved:  # fmt: skip
    """Choose ``n_open`` sites that have the most people within ``limit``.

    Parameters
    ----------
    distance : (n_rows, n_sites) float
        Any unit; inf where no way leads. Weigh ``people`` beforehand for an equity-weighted answer.
    people : (n_rows,) float
    limit : float
        In the unit of distance; who is exactly so far is within reach.
    n_open : int
        Beside the existing ones of ``terms``.
    terms : Terms, optional
    watch : Watch, optional

    Returns
    -------
    Solved
        ``answer.objective`` in people.

    Raises
    ------
    BadInput
        ``core_shape``, ``siting_not_a_number``, ``siting_negative_demand``,
        ``siting_negative_distance``, ``siting_limit``, ``siting_too_few``, ``siting_too_many``.

    Notes
    -----
    R. Church and C. ReVelle, "The maximal covering location problem" (1974), over rows of people whom
    the same sites reach, by a Lagrangian bound, exchanges, fixing, and branch and bound on the linear
    relaxation: a row costs nothing within reach and its people without.
    """
    starts, site = pairs_within(distance, limit)
    return max_cover_of_pairs(
        starts, site, people, n_sites=distance.shape[1], n_open=n_open, terms=terms, watch=watch
    )


def max_cover_of_pairs(
    starts: Ints, site: AnyArray, people: Floats, *, n_sites: int, n_open: int,
    terms: Terms | None = None, watch: Watch | None = None,
) -> Solved:  # fmt: skip
    """Choose sites as `max_cover` does, from who is within reach of which site.

    Parameters
    ----------
    starts : (n_rows + 1,) int
        Where each row's sites begin in ``site``.
    site : (n_pairs,) int
        Rising within a row, each once.
    people : (n_rows,) float
    n_sites, n_open : int
    """
    check_people(people, len(starts) - 1)
    if len(site) and (site.min() < 0 or site.max() >= n_sites):
        wrong = site[(site < 0) | (site >= n_sites)][0]
        raise BadInput("siting_position", value=int(wrong), expected=n_sites)
    return _ask(merge(starts, site, people, n_sites), people, n_open, terms, watch)


def max_cover_on_plane(
    points: Floats, sites: Floats, people: Floats, *, radius: float, n_open: int,
    terms: Terms | None = None, watch: Watch | None = None,
) -> Solved:  # fmt: skip
    """Choose sites as `max_cover` does, by straight distances, for millions of points.

    Parameters
    ----------
    points : (n_rows, 2) float
    sites : (n_sites, 2) float
    people : (n_rows,) float
    radius : float
        Over 0.
    n_open : int
    """
    check_plane(points, sites, people, radius)
    return _ask(merge_on_plane(points, sites, people, radius), people, n_open, terms, watch)


def check_plane(points: Floats, sites: Floats, people: Floats, radius: float) -> None:
    """Hold what is on a plane to pairs of numbers, and a radius over 0.

    Raises
    ------
    BadInput
        ``core_shape``, ``siting_not_a_number``, ``siting_negative_demand``, ``siting_limit``.
    """
    check_shape(points, "points", (len(points), 2))
    check_shape(sites, "sites", (len(sites), 2))
    check_numbers(points, "points")
    check_numbers(sites, "sites")
    check_people(people, len(points))
    if not 0 < radius < np.inf:
        raise BadInput("siting_limit", value=radius)


def _ask(
    merged: Merged, people: Floats, n_open: int, terms: Terms | None, watch: Watch | None
) -> Solved:
    terms = terms or Terms(merged.rows.n_sites)
    if terms.n_sites != merged.rows.n_sites:
        raise BadInput(
            "core_shape", array="terms", shape=terms.n_sites, expected=merged.rows.n_sites
        )
    return Question(
        Goal.MAX_COVER, merged.rows, merged.people, merged.group, terms, n_open, is_whole(people),
        must_serve=False,
    ).ask(watch or Watch())  # fmt: skip
