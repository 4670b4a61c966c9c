"""The nearest open hub of every node, in many scenarios: from the base solution, what is lost is found again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from courtepointe.core.access.checks import check_counts, check_shape
from courtepointe.core.errors import BadInput
from courtepointe.core.streets import Nearest, Starts, Streets, Walk, band_of, nearest
from courtepointe.core.stress import kernels
from courtepointe.core.stress.closures import Closures
from courtepointe.core.stress.forest import arcs_by_place, forest_of
from courtepointe.core.typing import AnyArray, Floats, Ints

AGAIN_FROM = 0.7
"""Where more of the town than this lost its way, searching all of it again takes less time."""


@dataclass(frozen=True, slots=True)
class Base:
    """The town as it is when nothing fails, ready to be tried.

    Attributes
    ----------
    town : kernels.Town
    order : (n_nodes,) int32
        The node at each place of the town's arrays.
    n_hubs : int
    limit_min, band : float, minutes
    """

    town: kernels.Town
    order: AnyArray
    n_hubs: int
    limit_min: float
    band: float

    @property
    def everybody(self) -> Floats:
        """People of each group, (n_groups,)."""
        told: Floats = self.town.people.sum(axis=0)
        return told

    def reached(self) -> tuple[Floats, Floats]:
        """Count people within the limit when nothing fails, and their minutes, (n_groups,) each."""
        held = np.isfinite(self.town.far)
        people = self.town.people[held]
        return people.sum(axis=0), self.town.far[held] @ people


def base_of(
    streets: Streets,
    walk: Walk,
    starts: Starts,
    *,
    people: Floats | None = None,
    limit_min: float = np.inf,
) -> Base:
    """Solve the town when nothing fails.

    Parameters
    ----------
    streets : Streets
    walk : Walk
        In double precision.
    starts : Starts
    people : (n_nodes, n_groups) float, optional
        Else one at each node.
    limit_min : float, minutes
        Who is farther is not served.

    Returns
    -------
    Base

    Raises
    ------
    BadInput
        ``core_shape``, ``access_count``, ``streets_limit``, ``stress_single``.
    """
    if walk.arc_min.dtype != np.float64:
        raise BadInput("stress_single")
    held = np.ones((streets.n_nodes, 1)) if people is None else people
    check_shape("people", held, (streets.n_nodes, held.shape[-1]))
    check_counts("people", held)
    far = nearest(streets, walk, starts, limit_min=limit_min).minutes
    arcs = (streets.first, streets.to, streets.edge, walk.arc_min)
    forest = forest_of(*arcs, far, streets.n_edges, starts.node, starts.minutes, starts.site)
    begins = np.searchsorted(starts.site, np.arange(starts.n_sites + 1)).astype(np.int64)
    town = kernels.Town(
        *arcs_by_place(*arcs, streets.n_edges, forest),
        far[forest.order], forest.who, forest.size, forest.below,
        begins, forest.place[starts.node], starts.minutes,
        np.ascontiguousarray(held[forest.order], dtype=np.float64),
    )  # fmt: skip
    return Base(town, forest.order, starts.n_sites, limit_min, band_of(walk, limit_min))


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Who is served in each scenario.

    Attributes
    ----------
    served, unserved : (n_scenarios, n_groups) float
        People within the limit of an open hub, and the others.
    minutes : (n_scenarios, n_groups) float
        Minutes of all who are served, added up.
    touched : (n_scenarios,) float
        Part of the nodes that lost their way or their hub; 1 where all were searched again.
    """

    served: Floats
    unserved: Floats
    minutes: Floats
    touched: Floats

    @property
    def mean_minutes(self) -> Floats:
        """Minutes of one who is served, (n_scenarios, n_groups); NaN where nobody is."""
        with np.errstate(invalid="ignore"):
            told: Floats = np.where(self.served > 0.0, self.minutes / self.served, np.nan)
        return told


def serve_under(
    base: Base, closures: Closures, *, n_threads: int = 2, again_from: float = AGAIN_FROM
) -> Outcomes:
    """Count who is served in each of many scenarios.

    Parameters
    ----------
    base : Base
    closures : Closures
    n_threads : int
    again_from : float
        Part of the town that must have lost its way for all of it to be searched again. It decides how
        soon the answer comes, never the answer.

    Returns
    -------
    Outcomes
        The same bits whatever the threads and the order of scenarios.

    Raises
    ------
    BadInput
        ``access_position``.
    """
    closures.check(len(base.town.below), base.n_hubs)
    n, n_groups = len(closures), base.town.people.shape[1]
    changed, touched = np.zeros((n, n_groups, 2)), np.zeros(n, dtype=np.int64)

    def count(which: Ints) -> None:
        kernels.count_many(
            base.town, closures.edges_first, closures.edges, closures.hubs_first, closures.hubs,
            np.zeros(base.n_hubs, dtype=np.bool_), which, base.limit_min, base.band,
            float(again_from), changed, touched,
        )  # fmt: skip

    shares = [np.arange(first, n, n_threads) for first in range(min(n_threads, n))]
    with ThreadPoolExecutor(n_threads) as pool:
        list(pool.map(count, shares))
    reached, minutes = base.reached()
    served = reached + changed[:, :, 0]
    return Outcomes(
        served, base.everybody - served, minutes + changed[:, :, 1], touched / len(base.order)
    )


def nearest_under(
    base: Base, closures: Closures, *, again_from: float = AGAIN_FROM
) -> Iterator[Nearest]:
    """Find the nearest open hub of every node, one scenario after the other.

    Parameters
    ----------
    base : Base
    closures : Closures
    again_from : float
        As of `serve_under`.

    Yields
    ------
    Nearest
        (n_nodes,) arrays: the minutes of `nearest` on the cut streets, to the last bit.

    Raises
    ------
    BadInput
        ``access_position``.
    """
    closures.check(len(base.town.below), base.n_hubs)
    bench, shut = kernels.bench_of(base.town), np.zeros(base.n_hubs, dtype=np.bool_)
    far, who = np.empty_like(base.town.far), np.empty_like(base.town.who)
    for scenario in range(len(closures)):
        kernels.labels_under(
            base.town, *closures.of(scenario), shut, base.limit_min, base.band,
            float(again_from), bench,
            far, who,
        )  # fmt: skip
        minutes, site = np.empty_like(far), np.empty_like(who)
        minutes[base.order], site[base.order] = far, who
        yield Nearest(minutes, site)
