"""What may be done with hubs, side by side: as they are, one equipped, one added, another file of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from courtepointe.core.stress import Hubs, Town, Trials, simulate
from courtepointe.doors.cli.hubs_stress_read import HubsRead
from courtepointe.formats.scenarios import ScenarioFile

AS_THEY_ARE, EQUIP, ADD, FILE = "as_they_are", "equip", "add", "file"


@dataclass(frozen=True, slots=True)
class Option:
    """An option.

    Attributes
    ----------
    kind : str
    row : int or None
        Of the file of hubs (to equip) or of places (to add).
    file : str
        Of a file of hubs in their place.
    """

    kind: str
    row: int | None = None
    file: str = ""

    @property
    def name(self) -> str:
        """Name it: ``equip:3``."""
        told = self.file if self.row is None else str(self.row)
        return f"{self.kind}:{told}" if told else self.kind

    @property
    def told(self) -> dict[str, Any]:
        """Write it as JSON does."""
        return {"option": self.name, "kind": self.kind, "row": self.row, "file": self.file or None}


@dataclass(frozen=True, slots=True)
class Given:
    """What a scenario is tried with.

    Attributes
    ----------
    hubs : HubsRead
        As they are.
    places : HubsRead or None
        Each may be added.
    others : sequence of (str, HubsRead)
        Files of hubs in their place.
    equips : bool
        Whether each hub may be equipped.
    """

    hubs: HubsRead
    places: HubsRead | None
    others: Sequence[tuple[str, HubsRead]]
    equips: bool


def options_of(given: Given, file: ScenarioFile) -> Iterator[tuple[Option, Hubs]]:
    """Give each option with the hubs that it makes, as they are first.

    To equip a hub is to give it all that the scenario needs: power for as long as it lasts, dry ground,
    every trait. Staff and streets may still close it.
    """
    held = given.hubs.hubs
    yield Option(AS_THEY_ARE), held
    needed = frozenset(one.trait for one in file.scenario.effects if one.trait)
    for hub, row in enumerate(given.hubs.rows if given.equips else ()):
        better = held.equipped(hub, autonomy_h=np.inf, traits=needed, dry=True)
        yield Option(EQUIP, row), better
    if given.places is not None:
        for place, row in enumerate(given.places.rows):
            yield Option(ADD, row), held.and_also(only(given.places.hubs, place))
    for name, other in given.others:
        yield Option(FILE, file=name), other.hubs


def only(hubs: Hubs, place: int) -> Hubs:
    """Give one of some hubs."""
    at = slice(place, place + 1)
    sites = hubs.sites
    one = type(sites)(sites.edge[at], sites.along[at], sites.away_m[at], sites.limit_m)
    return Hubs(
        one, hubs.points[at], hubs.capacity[at], hubs.autonomy_h[at], hubs.staff[at],
        hubs.traits[at], hubs.dry[at],
    )  # fmt: skip


def tried(
    town_of: Callable[[Hubs], Town], given: Given, file: ScenarioFile, *, seed: int, n_draws: int
) -> tuple[list[Option], list[Trials]]:
    """Try a scenario with each option: the same seed, so that each meets the same fate."""
    options, trials = [], []
    for option, hubs in options_of(given, file):
        rng = np.random.default_rng(seed)
        options.append(option)
        trials.append(simulate(town_of(hubs), file.scenario, rng, n_draws=n_draws))
    return options, trials
