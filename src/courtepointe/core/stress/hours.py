"""Hour by hour: who comes, where there is room, who is turned away; many times over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from courtepointe.core.access.checks import check_shape
from courtepointe.core.errors import BadInput
from courtepointe.core.streets import (
    NOBODY,
    Starts,
    Streets,
    Walker,
    nearest_several,
    starts_from,
    walk,
)
from courtepointe.core.stress.closures import Ground
from courtepointe.core.stress.draws import Drawn, draw
from courtepointe.core.stress.seats import share_seats
from courtepointe.core.stress.values import Demand, Hubs, Scenario
from courtepointe.core.typing import AnyArray, Bools, Floats, Ints

N_TRIED = 3
"""Hubs that one goes to before one gives up."""
KEPT_STATES = 64
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Trials:
    """What many drawings of a scenario told.

    Attributes
    ----------
    seekers, served, too_far, no_room : (n_draws, n_hours, n_groups) float
        People who come; those who get a seat; those who have no open hub within the limit; those who
        found the hubs that they tried full. The last three add up to the first.
    spilled : (n_draws, n_hours, n_groups) float
        Of those served, those who are not at their nearest open hub.
    minutes : (n_draws, n_hours, n_groups) float
        Minutes on foot of all who are served, added up.
    overload : (n_draws, n_hours, n_hubs) float
        People turned away by their nearest open hub: it was full.
    n_open : (n_draws, n_hours) float
        Hubs open.
    """

    seekers: Floats
    served: Floats
    too_far: Floats
    no_room: Floats
    spilled: Floats
    minutes: Floats
    overload: Floats
    n_open: Floats

    @property
    def unserved(self) -> Floats:
        """People without a seat, (n_draws, n_hours, n_groups)."""
        told: Floats = self.too_far + self.no_room
        return told


class _Ways(NamedTuple):
    """Those who have an open hub within the limit, and the ways to their nearest ones, nearest pairs first."""

    row: Ints
    hub: AnyArray
    minutes: Floats
    first: Bools
    people: Floats
    group: Ints
    outside: Floats


class Town:
    """Streets, hubs and people, ready for the drawings of a scenario.

    Parameters
    ----------
    streets : Streets
    hubs : Hubs
    demand : Demand
    ground : Ground, optional
        Of these streets.

    Raises
    ------
    BadInput
        ``core_shape``.
    """

    def __init__(
        self, streets: Streets, hubs: Hubs, demand: Demand, *, ground: Ground | None = None
    ) -> None:
        check_shape("people", demand.people, (streets.n_nodes, len(demand.seeking)))
        self.streets, self.hubs, self.demand = streets, hubs, demand
        self.ground = Ground(streets) if ground is None else ground
        self._node, self._group = np.nonzero(demand.people)
        self._people = demand.people[self._node, self._group]
        self._held: dict[bytes, _Ways] = {}

    def hour(self, told: Drawn, hour: int, scenario: Scenario, n_tried: int) -> list[AnyArray]:
        """Share out seats at an hour: the fields of `Trials`, in order."""
        open_, n_groups = told.open[hour], len(self.demand.seeking)
        ways = self._ways(open_, told.closed[hour], scenario.limit_min, n_tried)
        coming = self.demand.part_at(hour, told.take_up)
        seekers = ways.people * coming[ways.group]
        seated, spilled, spent, turned = share_seats(*ways[:4], seekers, self.hubs.capacity)
        served, no_room, elsewhere, minutes = (
            np.bincount(ways.group, one, minlength=n_groups)
            for one in (seated, seekers - seated, spilled, spent)
        )
        too_far = ways.outside * coming
        come = served + too_far + no_room
        n_open = np.array(float(open_.sum()))
        return [come, served, too_far, no_room, elsewhere, minutes, turned, n_open]

    def _ways(self, open_: Bools, closed: Ints, limit: float, n_tried: int) -> _Ways:
        key = b"|".join((open_.tobytes(), closed.tobytes(), repr((limit, n_tried)).encode()))
        if key not in self._held:
            if len(self._held) >= KEPT_STATES:
                self._held.clear()
            self._held[key] = self._found(open_, closed, limit, n_tried)
        return self._held[key]

    def _found(self, open_: Bools, closed: Ints, limit: float, n_tried: int) -> _Ways:
        shut = np.zeros(self.streets.n_edges, dtype=np.bool_)
        shut[closed] = True
        walkers = [one.walker for one in self.demand.seeking]
        held, hubs, minutes = [_NONE], [np.zeros((0, n_tried), np.int32)], [np.zeros((0, n_tried))]
        for walker in dict.fromkeys(walkers):
            found = self._several(walker, open_, shut, limit, n_tried)
            if found is None:
                continue
            # Only those who reach a hub are counted hour by hour; the others are a sum.
            its = np.array([one == walker for one in walkers])[self._group]
            near = np.flatnonzero(its & (found[0][:, 0] != NOBODY)[self._node])
            held.append(near)
            hubs.append(found[0][self._node[near]])
            minutes.append(found[1][self._node[near]])
        return self._nearest_first(
            np.concatenate(held), np.concatenate(hubs), np.concatenate(minutes)
        )

    def _nearest_first(self, held: Ints, hub: AnyArray, minutes: Floats) -> _Ways:
        row, rank = np.nonzero(hub != NOBODY)
        told = minutes[row, rank]
        # Of pairs equally near, those of the one who is named first.
        order = np.lexsort((held[row], told))
        row, rank = row[order], rank[order]
        people, group = self._people[held], self._group[held]
        outside = self._people.copy()
        outside[held] = 0.0
        far = np.bincount(self._group, outside, minlength=len(self.demand.seeking))
        return _Ways(
            row, hub[row, rank], told[order], rank == 0, people, group, far.astype(np.float64)
        )

    def _several(
        self, walker: Walker, open_: Bools, shut: Bools, limit: float, n_tried: int
    ) -> tuple[AnyArray, AnyArray] | None:
        pace = walk(self.streets, walker, closed=shut)
        starts = starts_from(self.streets, pace, self.hubs.sites)
        held = open_[starts.site] & np.isfinite(starts.minutes)
        if not held.any():
            return None
        left = Starts(starts.node[held], starts.minutes[held], starts.site[held], starts.n_sites)
        found = nearest_several(self.streets, pace, left, n_tried, limit_min=limit)
        return found.site, found.minutes


def simulate(
    town: Town,
    scenario: Scenario,
    rng: np.random.Generator,
    *,
    n_draws: int,
    n_tried: int = N_TRIED,
    each: Callable[[Drawn], object] | None = None,
) -> Trials:
    """Try a scenario many times over.

    Parameters
    ----------
    town : Town
        Its demand in the groups of the scenario.
    scenario : Scenario
    rng : numpy Generator
    n_draws : int
    n_tried : int
        Hubs that one goes to before one gives up: the nearest open ones, nearest first.
    each : function, optional
        Is told of each drawing, in order: which hubs are open, and why not.

    Returns
    -------
    Trials

    Raises
    ------
    BadInput
        ``stress_draws``, ``streets_wanted``, ``stress_groups``.

    Notes
    -----
    Seats go to the nearest pairs of people and hub first, at each hour anew. As everybody prefers a nearer
    hub and every hub a nearer person, this is the one stable matching (Gale and Shapley 1962, *College
    admissions and the stability of marriage*, Amer. Math. Monthly 69): nobody is turned away for
    somebody who came from farther. Drawings in several goes, with the same `rng`, are those of one go.
    """
    if n_draws < 1:
        raise BadInput("stress_draws", value=n_draws)
    if n_tried < 1:
        raise BadInput("streets_wanted", value=n_tried)
    codes = [[one.code for one in held.seeking] for held in (town.demand, scenario)]
    if codes[0] != codes[1]:
        raise BadInput("stress_groups", value=", ".join(codes[0]))
    told: list[list[list[AnyArray]]] = []
    for stream in rng.spawn(n_draws):
        drawn = draw(scenario, town.ground, town.hubs, stream)
        if each is not None:
            each(drawn)
        told.append([town.hour(drawn, hour, scenario, n_tried) for hour in range(scenario.n_hours)])
    names = range(len(fields(Trials)))
    return Trials(*(np.array([[hour[k] for hour in one] for one in told]) for k in names))
