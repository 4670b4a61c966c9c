"""How long a place lasts when the network fails at each hour of the day: uses by hour, the sun by hour."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.autonomy import LONGEST_DAYS, Autonomy, Power, Season, autonomy
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats

HOURS = 24
NOON_H = 12.0
MOST_KW = 100_000.0


@dataclass(frozen=True, slots=True)
class Use:
    """What draws power from one hour of the day to another; past midnight where it ends before it begins.

    Attributes
    ----------
    from_h, to_h : int, hours of the day
        From 0 to 24; 0 to 24 is all day. The same twice is refused.
    load_kw : float, kW

    Raises
    ------
    BadInput
        ``power_use``.
    """

    from_h: int
    to_h: int
    load_kw: float

    def __post_init__(self) -> None:
        hours = 0 <= self.from_h < HOURS and 0 <= self.to_h <= HOURS and self.from_h != self.to_h
        if not hours or not 0.0 < self.load_kw <= MOST_KW:
            raise BadInput("power_use", value=f"{self.from_h}-{self.to_h} {self.load_kw:g}")


def load_by_hour(uses: Iterable[Use]) -> Floats:
    """Add uses up: (24,) float, kW drawn in each hour of the day."""
    load = np.zeros(HOURS)
    for use in uses:
        length = (use.to_h - use.from_h) % HOURS or HOURS
        load[(use.from_h + np.arange(length)) % HOURS] += use.load_kw
    return load


def sun_by_hour(season: Season, sun_kwp: float) -> Floats:
    """Spread what the sun gives in a day over its hours: (24,) float, kWh in each.

    Notes
    -----
    Half a wave of a sine between dawn and dusk, around 12 h: its exact integral in each hour, so that
    the day adds up to ``sun_kwp * kwh_per_kwp``.
    """
    if season.sun_h == 0.0:
        return np.zeros(HOURS)
    dawn = NOON_H - season.sun_h / 2
    turned = np.clip((np.arange(HOURS + 1) - dawn) / season.sun_h, 0.0, 1.0)
    up_to = (1.0 - np.cos(np.pi * turned)) / 2
    told: Floats = np.diff(up_to) * sun_kwp * season.kwh_per_kwp
    return told


@dataclass(frozen=True, slots=True)
class Outage:
    """What happened from the hour at which the network failed to the end, or over the days that were followed.

    Attributes
    ----------
    hours : float
        How long the place lasted; inf where a day ends with as much in the battery as it began.
    start_kwh, end_kwh : float
        In the battery, as it can be given.
    sun_kwh, load_kwh : float
        Of the panels, and drawn, until then.
    direct_kwh : float
        Of the sun, used at once.
    stored_kwh, given_kwh : float
        Kept by the battery, and given by it.
    spilled_kwh : float
        Of the sun, for which the battery had no room.
    """

    hours: float
    start_kwh: float
    end_kwh: float
    sun_kwh: float = 0.0
    load_kwh: float = 0.0
    direct_kwh: float = 0.0
    stored_kwh: float = 0.0
    given_kwh: float = 0.0
    spilled_kwh: float = 0.0


class _Battery:
    """A battery that is followed hour by hour, and all that goes in and out."""

    def __init__(self, usable_kwh: float, efficiency: float) -> None:
        self.usable, self.efficiency, self.held = usable_kwh, efficiency, usable_kwh
        self.sums = np.zeros(6)
        self.lowest, self.was_full = usable_kwh, False

    def hour(self, load: float, sun: float) -> float:
        """Live through an hour; give the part of it that power lasted."""
        lacks = load - sun
        part = 1.0 if lacks <= self.held else self.held / lacks
        direct, over = min(sun, load) * part, max(sun - load, 0.0)
        given = max(lacks, 0.0) * part
        kept = min(over * self.efficiency, self.usable - self.held)
        self.was_full |= kept < over * self.efficiency
        # Nothing is kept by a battery that loses all that goes in: it is spilled.
        spilled = over - (kept / self.efficiency if self.efficiency else 0.0)
        self.held = max(self.held + kept - given, 0.0)
        self.lowest = min(self.lowest, self.held)
        self.sums += (sun * part, load * part, direct, kept, given, spilled)
        return part

    def skip(self, lost: float, flows: Floats) -> int:
        """Live through days like the one before, which lost so much and was never full; give how many."""
        days = 0 if self.was_full else max(int(self.lowest / lost) - 1, 0)
        self.held -= days * lost
        self.sums += days * flows
        return days

    def told(self, hours: float, start: float) -> Outage:
        """Sum up."""
        return Outage(hours, start, self.held, *self.sums.tolist())


def outage(power: Power, load: Floats, sun: Floats, *, start_h: int) -> Outage:
    """Follow the battery, full at first, from the hour at which the network fails.

    Parameters
    ----------
    power : Power
        Its battery, depth and efficiency.
    load : (24,) float, kW
    sun : (24,) float, kWh in each hour
    start_h : int
        Hour of the day.

    Notes
    -----
    Within an hour both are even. The sun serves first; what exceeds fills the battery, less the efficiency;
    what lacks is taken from it. Energy is kept: ``end - start = stored - given``,
    ``sun = direct + stored / efficiency + spilled``, ``load = direct + given``.
    """
    usable = (power.battery_kwh or 0.0) * power.depth * power.efficiency
    battery = _Battery(usable, power.efficiency)
    days = 0
    while days < LONGEST_DAYS:
        before, flows = battery.held, battery.sums.copy()
        battery.lowest, battery.was_full = before, False
        for step in range(HOURS):
            hour = (start_h + step) % HOURS
            part = battery.hour(float(load[hour]), float(sun[hour]))
            if part < 1.0:
                return battery.told(days * HOURS + step + part, usable)
        days += 1
        if battery.held >= before:
            break
        days += battery.skip(before - battery.held, battery.sums - flows)
    return battery.told(math.inf, usable)


def by_hour(power: Power, uses: Iterable[Use], season: Season) -> tuple[Autonomy, ...]:
    """Say how long a place lasts if the network fails at each hour of the day.

    Parameters
    ----------
    power : Power
        Its `load_kw` is not looked at: the uses say it. A generator that does not carry the greatest
        load of the day counts for nothing; else it starts when the battery is empty and adds its hours,
        whatever is then drawn.
    uses : iterable of Use
    season : Season

    Returns
    -------
    tuple of 24 Autonomy

    Raises
    ------
    BadInput
        ``power_use`` where nothing is drawn.
    """
    load = load_by_hour(uses)
    if not load.any():
        raise BadInput("power_use", value="")
    plain = autonomy(replace(power, load_kw=round(float(load.max()), 6)), season)
    fuel, sun = plain.fuel_h or 0.0, sun_by_hour(season, power.sun_kwp or 0.0)
    found = []
    for start in range(HOURS):
        stored = outage(power, load, sun, start_h=start).hours
        found.append(Autonomy(stored + fuel, stored, fuel, plain.unknown, plain.too_small))
    return tuple(found)


def least_of(found: Iterable[Autonomy]) -> Autonomy:
    """Give the autonomy of the hour at which it is shortest, the first of several."""
    return min(found, key=lambda one: one.least_h or 0.0)
