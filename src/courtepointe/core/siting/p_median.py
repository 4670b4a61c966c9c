"""The p-median: the sites from which all people have the least to go."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from courtepointe.core.errors import NoAnswer
from courtepointe.core.siting.checks import (
    check_distances,
    check_numbers,
    check_people,
    check_reached,
    check_shape,
    is_whole,
)
from courtepointe.core.siting.rows import Rows, rows_of_matrix
from courtepointe.core.siting.solved import Question, Solved
from courtepointe.core.siting.values import Goal, Rounding, Terms, Watch
from courtepointe.core.typing import Floats

FIRST_NEAR = 6
"""Sites held of each row at first, times all sites over those that open."""
LEAST_NEAR = 24


def p_median(
    distance: Floats, people: Floats, *, n_open: int, terms: Terms | None = None,
    watch: Watch | None = None,
) -> Solved:  # fmt: skip
    """Choose ``n_open`` sites for the least sum of people times distance to the nearest.

    Parameters
    ----------
    distance : (n_rows, n_sites) float
        Any unit; inf where no way leads. Weigh ``people`` beforehand for an equity-weighted answer.
    people : (n_rows,) float
    n_open : int
        Beside the existing ones of ``terms``.
    terms : Terms, optional
    watch : Watch, optional

    Returns
    -------
    Solved
        ``answer.objective`` in people times the unit of distance.

    Raises
    ------
    BadInput
        ``core_shape``, ``siting_not_a_number``, ``siting_negative_demand``,
        ``siting_negative_distance``, ``siting_too_few``, ``siting_too_many``.
    NoAnswer
        ``siting_unreachable`` where nobody may reach some people, ``siting_unserved`` where the sites
        chosen cannot serve all.

    Notes
    -----
    M. Beasley, "A note on solving large p-median problems", EJOR 21 (1985): Lagrangian relaxation of
    who is served by whom, subgradient, reduced costs; exchanges of M. B. Teitz and P. Bart (1968) in
    the manner of M. Resende and R. Werneck (2007); branch and bound, and HiGHS on what is left.
    """
    check_distances(distance)
    check_people(people, len(distance))
    terms = terms or Terms(distance.shape[1])
    check_shape(distance, "distance", (len(distance), terms.n_sites))
    check_reached(distance, people, terms.closed)
    return Question(
        Goal.P_MEDIAN, weighed(distance, people), people, np.arange(len(people)), terms, n_open,
        is_whole(distance) and is_whole(people), must_serve=True,
    ).ask(watch or Watch())  # fmt: skip


def weighed(distance: Floats, people: Floats) -> Rows:
    """Sort distances and weigh them by people; a row that not all sites serve costs dearly without."""
    rows = rows_of_matrix(distance)
    weight = np.repeat(people, np.diff(rows.starts))
    cap = np.where(people > 0, rows.cap, 0.0) * people
    partial = (np.diff(rows.starts) < rows.n_sites) & (people > 0)
    cap[partial] = 1.0 + cap.sum()
    return Rows(rows.starts, rows.site, rows.cost * weight, cap, rows.n_sites)


def p_median_on_plane(
    points: Floats, sites: Floats, people: Floats, *, n_open: int, rounding: Rounding = Rounding.NONE,
    terms: Terms | None = None, watch: Watch | None = None,
) -> Solved:  # fmt: skip
    """Choose ``n_open`` sites as `p_median` does, by straight distances, without a table of all.

    Only the nearest sites of each point are held, and more of them where the answer or the bound asks.

    Parameters
    ----------
    points : (n_rows, 2) float
    sites : (n_sites, 2) float
    people : (n_rows,) float
    n_open : int
    rounding : Rounding
        Published optima hold under the same rounding only.
    terms : Terms, optional
    watch : Watch, optional
    """
    check_shape(points, "points", (len(points), 2))
    check_shape(sites, "sites", (len(sites), 2))
    check_numbers(points, "points")
    check_numbers(sites, "sites")
    check_people(people, len(points))
    terms, watch = terms or Terms(len(sites)), watch or Watch()
    check_shape(sites, "sites", (terms.n_sites, 2))
    terms.n_open(n_open)
    tree = cKDTree(sites)
    near = max(LEAST_NEAR, FIRST_NEAR * len(sites) // max(n_open, 1))
    while True:
        near = min(near, len(sites))
        rows = _near_rows(tree, points, people, near, rounding)
        whole = rounding is not Rounding.NONE and is_whole(people)
        try:
            solved = Question(
                Goal.P_MEDIAN, rows, people, np.arange(len(people)), terms, n_open, whole,
                must_serve=True,
            ).ask(watch)  # fmt: skip
        except NoAnswer:
            if near == len(sites):
                raise
        else:
            pressed = np.mean(solved.price >= rows.cap * (1 - 1e-9))
            if solved.answer.proven or near == len(sites) or pressed < 0.01 or not watch.go_on():
                return solved
        near *= 2


def _near_rows(
    tree: cKDTree, points: Floats, people: Floats, near: int, rounding: Rounding
) -> Rows:
    """Hold the nearest sites of each point; who is served by none of them costs as the last of them.

    That is less than it truly costs: a bound over these rows holds for all sites, and a choice that
    serves everyone from these rows costs what it costs.
    """
    far, site = tree.query(points, k=np.arange(1, near + 1))
    cost = rounding.of(far) * people[:, None]
    starts = np.arange(len(points) + 1, dtype=np.int64) * near
    return Rows(
        starts, site.astype(np.int32).ravel(), cost.ravel(), cost[:, -1].copy(), tree.n,
        cut=near < tree.n,
    )  # fmt: skip
