"""What holds when things fail: hubs of today and options beside them, in the same drawings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from courtepointe.core.errors import NoAnswer
from courtepointe.core.streets import Snapped
from courtepointe.core.stress import (
    Demand,
    Effect,
    Hubs,
    Scenario,
    Town,
    people_at_ends,
    points_in,
    simulate,
)
from courtepointe.core.stress import Ground as Cut
from courtepointe.core.stress.values import ALL
from courtepointe.core.typing import Floats
from courtepointe.formats.scenarios import ScenarioFile
from courtepointe.hubs.studies.ground import Ground, living, taken
from courtepointe.hubs.studies.stress_counts import Counted, compared, told_of
from courtepointe.hubs.studies.stress_values import (
    ADD,
    LEAVE,
    NEEDS,
    POWER,
    SEATS,
    StressAsked,
    StressOption,
    StressSpot,
)
from courtepointe.hubs.studies.values import Spot

WALKER = "usual"
"""Whose streets people and hubs are put on; each group of a scenario then walks as it does."""
CHUNK = 10
"""Drawings between two breaths."""
STANDS = "stands"
"""A trait that each hub needs which is there in an option: all options try the same hubs, in the same order,
so that each drawing does to all of them the same."""
Tell = Callable[[float], None]


class Stress:
    """A question of stress over a city, answered step by step.

    Parameters
    ----------
    asked : StressAsked
    ground : Ground
    files : mapping of scenario to ScenarioFile
        In the ground's metres.

    Raises
    ------
    NoAnswer
        ``study_no_people``, ``study_hubs_far``, ``study_option_far``.
    """

    def __init__(
        self, asked: StressAsked, ground: Ground, files: Mapping[str, ScenarioFile]
    ) -> None:
        self.asked, self.files = asked, files
        self.spots: list[StressSpot] = []
        self.n_standing = 0
        self.far: list[dict[str, Any]] = []
        self.sites, self.points = self._put(ground)
        held = ground.walked(WALKER)
        who = living(ground, held)
        self.streets, self.cut = held.streets, Cut(held.streets)
        self.people = people_at_ends(held.streets, who.spots.edge, who.spots.along, who.people)

    def _put(self, ground: Ground) -> tuple[Snapped, Floats]:
        """Put hubs on streets, then the places that options add; name what no street is near to."""
        asked = self.asked
        added = [one.place for one in asked.options if one.place is not None]
        every = [*asked.hubs, *added]
        put = ground.put(WALKER, [Spot(one.name, one.longitude, one.latitude) for one in every])
        near = np.flatnonzero(~put.too_far)
        for n in np.flatnonzero(put.too_far).tolist():
            if n >= len(asked.hubs):
                raise NoAnswer("study_option_far", place=every[n].name, metres=round(put.limit_m))
            away = float(put.away_m[n])
            self.far.append({"name": every[n].name, "metres": away if np.isfinite(away) else None})
        if len(near) == 0:
            raise NoAnswer("study_hubs_far", value=len(asked.hubs), metres=round(put.limit_m))
        self.spots = [every[n] for n in near]
        self.n_standing = int((near < len(asked.hubs)).sum())
        points = ground.in_metres([(one.longitude, one.latitude) for one in self.spots])
        return taken(put, near), points

    def solve(self, seed: int, tell: Tell, *, chunk: int = CHUNK) -> dict[str, Any]:
        """Try each scenario with each option, and tell all of it as JSON keeps it.

        Parameters
        ----------
        seed : int
        tell : function
            Hears which part is done, 0 to 1, and may raise to stop.
        chunk : int
            Drawings between two breaths; it does not change a bit.
        """
        options: list[StressOption | None] = [None, *self.asked.options]
        total = len(self.asked.scenarios) * len(options) * self.asked.n_draws
        done = 0
        told, slim = [], []
        for code in self.asked.scenarios:
            held: list[Counted] = []
            for option in options:
                rng = np.random.default_rng(seed)
                counted = Counted()
                town, scenario = self._town(code, option)
                for n in _chunks(self.asked.n_draws, chunk):
                    part = simulate(town, scenario, rng, n_draws=n, each=counted.see)
                    counted.take(part)
                    done += n
                    tell(done / total)
                held.append(counted.ended())
            told.append(self._scenario(code, held))
            slim.append([one.whole for one in held])
        return {
            "people": float(self.people.sum()), "far": self.far, "scenarios": told,
            "spots": [_spot(one, n < self.n_standing) for n, one in enumerate(self.spots)],
            **compared(self.asked.scenarios, slim),
        }  # fmt: skip

    def _town(self, code: str, option: StressOption | None) -> tuple[Town, Scenario]:
        """Give the town of an option, and the scenario in which what is not there is closed."""
        file = self.files[code]
        held = file.scenario
        there = Effect("needs", (0, held.n_hours), share=ALL, trait=STANDS)
        scenario = Scenario(
            held.code, held.hazard, held.n_hours, (*held.effects, there), held.seeking, held.rules,
            held.limit_min, held.names,
        )  # fmt: skip
        shares = np.array([file.shares[one.code] for one in held.seeking])
        demand = Demand(self.people[:, None] * shares, held.seeking)
        return Town(self.streets, self._hubs(code, option), demand, ground=self.cut), scenario

    def _hubs(self, code: str, option: StressOption | None) -> Hubs:
        known = [self.asked.known(one, code) for one in self.spots]
        capacity = np.array([one.seats for one in known], dtype=np.float64)
        autonomy = np.array([one.autonomy_h for one in known], dtype=np.float64)
        needed = needs_of(self.files[code].scenario)
        assumed = self.asked.assumed[code].has
        traits = [
            {trait for trait in needed if one.has.get(trait, assumed)} | {STANDS} for one in known
        ]
        for n in range(self.n_standing, len(known)):
            traits[n].discard(STANDS)
        if option is not None:
            _change(option, self._changed(option), capacity, autonomy, traits, needed)
        return Hubs(
            self.sites, self.points, capacity, autonomy,
            np.array([one.staff for one in known], dtype=np.int64),
            tuple(frozenset(one) for one in traits), np.array([one.dry for one in known], dtype=np.bool_),
        )  # fmt: skip

    def _changed(self, option: StressOption) -> list[int]:
        """Give the positions that an option changes: all places of its hub, or the added one."""
        if option.change == ADD:
            added = [one for one in self.asked.options if one.change == ADD]
            return [self.n_standing + added.index(option)]
        found = [n for n, one in enumerate(self.spots[: self.n_standing]) if one.number == option.hub]  # fmt: skip
        if not found:
            raise NoAnswer("study_option_far", place=option.name, metres=round(self.sites.limit_m))
        return found

    def _scenario(self, code: str, held: Sequence[Counted]) -> dict[str, Any]:
        scenario = self.files[code].scenario
        return {
            "code": code, "hours": scenario.n_hours, "limit_min": scenario.limit_min,
            "groups": [one.code for one in scenario.seeking],
            "outside": self._outside(scenario), "needs": sorted(needs_of(scenario)),
            "runs": [told_of(one) for one in held],
        }  # fmt: skip

    def _outside(self, scenario: Scenario) -> list[str]:
        """Name what fails in areas that hold neither a street nor a hub: it fails nothing here."""
        return [
            effect.kind
            for effect in scenario.effects
            if effect.areas and not len(self.cut.edges_in(effect.areas))
            and not len(points_in(self.points, effect.areas))
        ]  # fmt: skip


def needs_of(scenario: Scenario) -> frozenset[str]:
    """Give the traits that shelter from the hazard."""
    return frozenset(one.trait for one in scenario.effects if one.trait)


def _change(
    option: StressOption, which: list[int], capacity: Floats, autonomy: Floats,
    traits: list[set[str]], needed: frozenset[str],
) -> None:  # fmt: skip
    """Make the change of an option, in place."""
    if option.change == POWER:
        autonomy[which] = option.amount
    elif option.change == SEATS:
        capacity[which] = (option.amount or 0.0) / len(which)
    for n in which:
        if option.change == NEEDS:
            traits[n] |= needed
        elif option.change == LEAVE:
            traits[n].discard(STANDS)
        elif option.change == ADD:
            traits[n].add(STANDS)


def _chunks(total: int, size: int) -> list[int]:
    return [min(size, total - first) for first in range(0, total, size)]


def _spot(one: StressSpot, stands: bool) -> dict[str, Any]:
    return {
        "name": one.name, "number": one.number, "longitude": one.longitude,
        "latitude": one.latitude, "stands": stands,
    }  # fmt: skip
