"""A scenario, those who seek a place in it, and the hubs it tries: frozen, valid once made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
import shapely

from courtepointe.core.access.checks import check_counts, check_shape
from courtepointe.core.errors import BadInput
from courtepointe.core.streets import WALKERS, Snapped, Walker
from courtepointe.core.typing import Bools, Floats, Ints

HAZARDS = ("heat", "ice", "blackout", "flood", "smoke")
KINDS = ("no_power", "flooded", "street_closed", "staff", "needs")


@dataclass(frozen=True, slots=True)
class Range:
    """A number that is not known: between two others, most likely a third (a triangle).

    Attributes
    ----------
    low, likely, high : float
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        told = (self.low, self.likely, self.high)
        if not np.isfinite(told).all() or not self.low <= self.likely <= self.high:
            raise BadInput("stress_range", value=str(told))

    @property
    def known(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def draw(self, rng: np.random.Generator) -> float:
        """Draw it."""
        return self.likely if self.known else rng.triangular(self.low, self.likely, self.high)


ALL, NONE = Range(1.0, 1.0, 1.0), Range(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Disc:
    """A round area: its middle and radius, in metres."""

    x: float
    y: float
    radius_m: float

    def __post_init__(self) -> None:
        if not np.isfinite([self.x, self.y, self.radius_m]).all() or self.radius_m <= 0.0:
            raise BadInput("stress_disc", value=f"({self.x}, {self.y}), {self.radius_m}")


Area: TypeAlias = Disc | shapely.Polygon | shapely.MultiPolygon


@dataclass(frozen=True, slots=True)
class Discs:
    """Round areas whose middles are drawn anew each time, at crossings of the streets.

    Attributes
    ----------
    n : int
    radius_m : Range, metres
    """

    n: int
    radius_m: Range

    def __post_init__(self) -> None:
        if self.n < 1 or self.radius_m.low <= 0.0:
            raise BadInput("stress_disc", value=f"{self.n}, {self.radius_m.low}")


@dataclass(frozen=True, slots=True)
class Effect:
    """What fails, where and when.

    Attributes
    ----------
    kind : str
        ``no_power`` (hubs have none), ``flooded`` (hubs and streets), ``street_closed``, ``staff`` (part of
        them does not come), ``needs`` (a hub that has not `trait` shelters nobody).
    hours : (int, int)
        First hour, and the hour after the last.
    areas : tuple of Disc or shapely polygon, metres
        With `discs` none, no area is everywhere.
    discs : Discs or None
    share : Range
        Part of the hubs and streets there that are hit, each by chance; of ``staff``, the part that is absent.
    trait : str
        Of ``needs``: ``cooling``, ``clean_air``, ``heating``.
    """

    kind: str
    hours: tuple[int, int]
    areas: tuple[Area, ...] = ()
    discs: Discs | None = None
    share: Range = ALL
    trait: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput("stress_kind", value=self.kind, expected=", ".join(KINDS))
        if not 0 <= self.hours[0] < self.hours[1]:
            raise BadInput("stress_hours", value=str(self.hours))
        _check_part(self.kind, self.share)
        if (self.kind == "needs") != bool(self.trait):
            raise BadInput("stress_trait", value=self.kind)
        for area in self.areas:
            if not isinstance(area, Disc) and (area.is_empty or not area.is_valid):
                raise BadInput("stress_area", value=area.wkt[:80])


def _check_part(name: str, told: Range) -> None:
    if told.low < 0.0 or told.high > 1.0:
        raise BadInput("stress_part", array=name, value=f"{told.low}, {told.high}")


@dataclass(frozen=True, slots=True)
class Rules:
    """When a hub is closed, beside no power, water and the street: a hub on a closed street is closed.

    Attributes
    ----------
    staff_at_least : int
        With fewer it does not open.
    opening_lag_h : Range, hours
        From the first hour of the scenario to the first open door.
    """

    staff_at_least: int = 0
    opening_lag_h: Range = NONE

    def __post_init__(self) -> None:
        if self.staff_at_least < 0 or self.opening_lag_h.low < 0.0:
            raise BadInput("stress_rules", value=f"{self.staff_at_least}, {self.opening_lag_h.low}")


@dataclass(frozen=True, slots=True)
class Seeking:
    """How a group seeks a place. Access is not use: most of those who may come do not.

    Attributes
    ----------
    code : str
    by_hour : (n_hours,) float
        Part of the group that is hit at each hour and would be better at a hub, 0 to 1.
    take_up : Range
        Part of these who come.
    walker : Walker
    """

    code: str
    by_hour: Floats
    take_up: Range = ALL
    walker: Walker = WALKERS[0]

    def __post_init__(self) -> None:
        _check_part(self.code, self.take_up)
        wrong = ~((self.by_hour >= 0.0) & (self.by_hour <= 1.0))
        if self.by_hour.ndim != 1 or wrong.any():
            raise BadInput("stress_part", array=self.code, value=str(self.by_hour.tolist()))


@dataclass(frozen=True, slots=True)
class Scenario:
    """A hazard, hour by hour: what fails, when hubs close, who seeks a place.

    Attributes
    ----------
    code : str
    hazard : str
        One of `HAZARDS`.
    n_hours : int
    effects : tuple of Effect
    seeking : tuple of Seeking
    rules : Rules
    limit_min : float, minutes
        Nobody walks longer.
    names : mapping of language to str
    """

    code: str
    hazard: str
    n_hours: int
    effects: tuple[Effect, ...]
    seeking: tuple[Seeking, ...]
    rules: Rules = Rules()
    limit_min: float = 15.0
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.hazard not in HAZARDS:
            raise BadInput("stress_hazard", value=self.hazard, expected=", ".join(HAZARDS))
        if self.n_hours < 1:
            raise BadInput("stress_hours", value=str(self.n_hours))
        if not self.limit_min > 0.0:
            raise BadInput("streets_limit", value=self.limit_min)
        for effect in self.effects:
            if effect.hours[1] > self.n_hours:
                raise BadInput("stress_hours", value=str(effect.hours))
        codes = [one.code for one in self.seeking]
        if not codes or len(set(codes)) < len(codes):
            raise BadInput("stress_groups", value=", ".join(codes))
        for one in self.seeking:
            check_shape(one.code, one.by_hour, (self.n_hours,))


@dataclass(frozen=True, slots=True)
class Demand:
    """People by group where they live, and how each group seeks a place by hour.

    Attributes
    ----------
    people : (n_nodes, n_groups) float
        Groups do not overlap: each person takes one seat.
    seeking : tuple of Seeking
        One a group.
    """

    people: Floats
    seeking: tuple[Seeking, ...]

    def __post_init__(self) -> None:
        check_shape("people", self.people, (len(self.people), len(self.seeking)))
        check_counts("people", self.people)

    def at(self, hour: int, take_up: Floats) -> Floats:
        """Count those who come at an hour, (n_nodes, n_groups), for the take-up of each group."""
        told: Floats = self.people * self.part_at(hour, take_up)
        return told

    def part_at(self, hour: int, take_up: Floats) -> Floats:
        """Say which part of each group comes at an hour, (n_groups,), for the take-up of each."""
        told: Floats = np.array([one.by_hour[hour] for one in self.seeking]) * take_up
        return told


@dataclass(frozen=True, slots=True)
class Hubs:
    """Hubs on streets, and what each withstands.

    Attributes
    ----------
    sites : Snapped
        Where each is on its street.
    points : (n_hubs, 2) float, metres
    capacity : (n_hubs,) float
        People at one time.
    autonomy_h : (n_hubs,) float, hours
        Without power; infinite where none is needed.
    staff : (n_hubs,) int
    traits : tuple of frozenset of str
        ``cooling``, ``clean_air``, ``heating``...
    dry : (n_hubs,) bool
        Whether it stays open where the ground is flooded.
    """

    sites: Snapped
    points: Floats
    capacity: Floats
    autonomy_h: Floats
    staff: Ints
    traits: tuple[frozenset[str], ...]
    dry: Bools

    def __post_init__(self) -> None:
        self.sites.check()
        n = len(self)
        check_shape("points", self.points, (n, 2))
        for name in ("capacity", "autonomy_h", "staff", "dry"):
            check_shape(name, getattr(self, name), (n,))
        check_shape("traits", np.zeros(len(self.traits)), (n,))
        check_counts("capacity", self.capacity)
        check_counts("staff", self.staff)
        if not (self.autonomy_h >= 0.0).all():
            wrong = int(np.flatnonzero(~(self.autonomy_h >= 0.0))[0])
            raise BadInput(
                "access_count", array="autonomy_h", position=wrong,
                value=float(self.autonomy_h[wrong]),
            )  # fmt: skip

    def __len__(self) -> int:
        return len(self.sites.edge)

    def and_also(self, other: Hubs) -> Hubs:
        """Give these hubs and, after them, others."""
        one, two = self.sites, other.sites
        sites = Snapped(
            np.r_[one.edge, two.edge], np.r_[one.along, two.along], np.r_[one.away_m, two.away_m],
            max(one.limit_m, two.limit_m),
        )  # fmt: skip
        return Hubs(
            sites, np.concatenate([self.points, other.points]),
            np.r_[self.capacity, other.capacity], np.r_[self.autonomy_h, other.autonomy_h],
            np.r_[self.staff, other.staff], self.traits + other.traits, np.r_[self.dry, other.dry],
        )  # fmt: skip

    def equipped(
        self, hub: int, *, autonomy_h: float | None = None, capacity: float | None = None,
        traits: frozenset[str] = frozenset(), dry: bool = False,
    ) -> Hubs:  # fmt: skip
        """Give the hubs with one of them better equipped: longer power, more seats, traits, dry ground."""
        autonomy, seats, on_dry = self.autonomy_h.copy(), self.capacity.copy(), self.dry.copy()
        autonomy[hub] = autonomy[hub] if autonomy_h is None else autonomy_h
        seats[hub] = seats[hub] if capacity is None else capacity
        on_dry[hub] |= dry
        its = list(self.traits)
        its[hub] = its[hub] | traits
        return replace(self, autonomy_h=autonomy, capacity=seats, dry=on_dry, traits=tuple(its))
