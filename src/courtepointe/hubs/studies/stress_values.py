"""What a study of stress asks, as it is kept: all that its answer follows from, but the atlas and the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.formats.scenarios import SHIPPED

ADD, POWER, SEATS, NEEDS, LEAVE = "add", "power", "seats", "needs", "leave"
CHANGES = (ADD, POWER, SEATS, NEEDS, LEAVE)
"""What an option may change, in the order in which it is offered."""
LEAST_DRAWS, MOST_DRAWS = 50, 2_000
MOST_SCENARIOS, MOST_OPTIONS, MOST_SPOTS = 3, 3, 200
LASTING_H = 1_000_000.0
"""Autonomy of a hub whose power renews itself: JSON has no infinity."""


@dataclass(frozen=True, slots=True)
class StressSpot:
    """A hub's place, or a place that could be one, with what is known of it; None where it is not.

    Attributes
    ----------
    name : str
    longitude, latitude : float, degrees
    number : int or None
        Of the hub; of the record, where it is a place of the directory.
    seats : float or None
        People at one time. A hub of several places shares its own among them, as its staff.
    autonomy_h : float or None, hours
        Without the network, in the season in which they are fewest; `LASTING_H` where power renews itself.
    staff : int or None
    has : mapping of str to bool
        Of what shelters from a hazard (``cooling``, ``heating``, ``clean_air``), what somebody looked at.
    dry : bool or None
        Whether it stands out of what floods.
    """

    name: str
    longitude: float
    latitude: float
    number: int | None = None
    seats: float | None = None
    autonomy_h: float | None = None
    staff: int | None = None
    has: Mapping[str, bool] = field(default_factory=dict)
    dry: bool | None = None


@dataclass(frozen=True, slots=True)
class StressAssumed:
    """What a hub is taken to be in a scenario where nobody knows; a person saw it, and could change it.

    Attributes
    ----------
    seats : float
    autonomy_h : float, hours
    staff : int
    has : bool
        Whether it has what shelters from the hazard.
    dry : bool
    """

    seats: float
    autonomy_h: float
    staff: int
    has: bool
    dry: bool

    def __post_init__(self) -> None:
        for name in ("seats", "autonomy_h", "staff"):
            if not getattr(self, name) >= 0:
                raise BadInput("study_assumed", value=getattr(self, name))


@dataclass(frozen=True, slots=True)
class StressOption:
    """One change to today's hubs.

    Attributes
    ----------
    change : str
        One of `CHANGES`.
    name : str
        Of the hub, or of the place that is added.
    hub : int or None
        Number of the hub that changes.
    place : StressSpot or None
        What is added.
    amount : float or None
        Hours of autonomy, or seats.
    """

    change: str
    name: str
    hub: int | None = None
    place: StressSpot | None = None
    amount: float | None = None

    def __post_init__(self) -> None:
        if self.change not in CHANGES:
            raise BadInput("study_change", value=self.change, expected=", ".join(CHANGES))
        if (self.change == ADD) != (self.place is not None) or (self.change == ADD) == (self.hub is not None):  # fmt: skip
            raise BadInput("study_option_hub", place=self.name)
        if self.change in (POWER, SEATS) and not (self.amount or 0.0) > 0.0:
            raise BadInput("study_option_amount", place=self.name)


@dataclass(frozen=True, slots=True)
class StressAsked:
    """What holds when things fail.

    Attributes
    ----------
    scenarios : tuple of str
        Codes of shipped ones.
    hubs : tuple of StressSpot
        Those that count: one a place of theirs.
    options : tuple of StressOption
        Beside today.
    assumed : mapping of scenario to StressAssumed
    territories : tuple of (name, area key)
        Whose people come; none: all whom the streets reach.
    n_draws : int
    lost : tuple of str
        Hubs that were chosen and have no point: named, and not counted.
    """

    scenarios: tuple[str, ...]
    hubs: tuple[StressSpot, ...]
    options: tuple[StressOption, ...]
    assumed: Mapping[str, StressAssumed]
    territories: tuple[tuple[str, str], ...]
    n_draws: int = 200
    lost: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = [one for one in self.scenarios if one not in SHIPPED]
        if unknown or not 0 < len(set(self.scenarios)) == len(self.scenarios) <= MOST_SCENARIOS:
            raise BadInput("study_scenarios", value=", ".join(self.scenarios), expected=MOST_SCENARIOS)  # fmt: skip
        if not LEAST_DRAWS <= self.n_draws <= MOST_DRAWS:
            raise BadInput("study_draws", value=self.n_draws, expected=LEAST_DRAWS, most=MOST_DRAWS)
        if len(self.options) > MOST_OPTIONS or len(self.hubs) > MOST_SPOTS:
            raise BadInput("study_hubs_many", value=len(self.hubs), expected=MOST_SPOTS, most=MOST_OPTIONS)  # fmt: skip
        self._check_hubs()

    def _check_hubs(self) -> None:
        """Refuse a question in which nobody could ever find a seat, or of a hub that does not count."""
        added = [one.place for one in self.options if one.place is not None]
        if not self.hubs and not added:
            raise BadInput("study_no_hub" if not self.lost else "study_no_point", place=", ".join(self.lost))  # fmt: skip
        for code in self.scenarios:
            seats = [self.known(one, code).seats for one in (*self.hubs, *added)]
            more = [one.amount for one in self.options if one.change == SEATS]
            if not any([*seats, *more]):
                raise BadInput("study_no_seat")
        numbers = {one.number for one in self.hubs}
        for option in self.options:
            if option.hub is not None and option.hub not in numbers:
                raise BadInput("study_option_hub", place=option.name)

    def known(self, spot: StressSpot, scenario: str) -> StressSpot:
        """Give a hub with what is assumed of it in a scenario, where nobody knows."""
        told = self.assumed[scenario]
        names = [name for name in ("seats", "autonomy_h", "staff", "dry") if getattr(spot, name) is None]  # fmt: skip
        return replace(spot, **{name: getattr(told, name) for name in names})

    def told(self) -> dict[str, Any]:
        """Give what JSON keeps."""
        return asdict(self)


def stress_asked(kept: Mapping[str, Any]) -> StressAsked:
    """Read a question again, as it was kept."""
    return StressAsked(
        tuple(kept["scenarios"]),
        tuple(StressSpot(**one) for one in kept["hubs"]),
        tuple(_option(one) for one in kept["options"]),
        {code: StressAssumed(**one) for code, one in kept["assumed"].items()},
        tuple((name, key) for name, key in kept["territories"]),
        kept["n_draws"],
        tuple(kept["lost"]),
    )


def _option(kept: Mapping[str, Any]) -> StressOption:
    place = None if kept["place"] is None else StressSpot(**kept["place"])
    return StressOption(**{**kept, "place": place})
