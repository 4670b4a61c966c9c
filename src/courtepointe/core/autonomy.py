"""How many hours a place lasts without the network: battery and sun first, then a generator."""

from __future__ import annotations

import math
from dataclasses import dataclass

from courtepointe.core.errors import BadInput

DAY_H = 24.0
LONGEST_DAYS = 366
"""A balance that still holds after a year of days holds for good."""


@dataclass(frozen=True, slots=True)
class Season:
    """What the sun gives.

    Attributes
    ----------
    kwh_per_kwp : float, kWh a day for each kW of panels
    sun_h : float, hours of the day over which it is spread evenly
    """

    kwh_per_kwp: float
    sun_h: float

    def __post_init__(self) -> None:
        _within("kwh_per_kwp", self.kwh_per_kwp, 0.0, 24.0)
        _within("sun_h", self.sun_h, 0.0, DAY_H)
        if self.sun_h == 0.0 and self.kwh_per_kwp > 0.0:
            raise BadInput("power_value", value=self.sun_h, column="sun_h", expected="> 0")


@dataclass(frozen=True, slots=True)
class Power:
    """What a place draws and what it has. None: not known. 0: there is none.

    Attributes
    ----------
    load_kw : float or None, kW
        The critical load, taken as constant; more than 0.
    battery_kwh : float or None, kWh
    depth : float, share of the battery that may be used
    efficiency : float, share of what goes in or comes out that is not lost
    sun_kwp : float or None, kW of panels
    generator_kw : float or None, kW
    fuel_h : float or None, hours that the fuel in store lasts at the critical load

    Raises
    ------
    BadInput
        ``power_value``: which field, what it holds, what is expected.
    """

    load_kw: float | None
    battery_kwh: float | None = None
    depth: float = 0.8
    efficiency: float = 0.9
    sun_kwp: float | None = None
    generator_kw: float | None = None
    fuel_h: float | None = None

    def __post_init__(self) -> None:
        for name in ("battery_kwh", "sun_kwp", "generator_kw", "fuel_h"):
            _within(name, getattr(self, name), 0.0, 100_000.0)
        for name in ("depth", "efficiency"):
            _within(name, getattr(self, name), 0.0, 1.0)
        _within("load_kw", self.load_kw, 0.0, 100_000.0)
        if self.load_kw == 0.0:
            raise BadInput("power_value", value=0, column="load_kw", expected="> 0")


@dataclass(frozen=True, slots=True)
class Autonomy:
    """How long a place lasts.

    Attributes
    ----------
    least_h : float or None, hours
        From what is known alone; inf where the sun renews the battery day after day; None where the
        load is not known.
    stored_h : float or None, hours
        Of it, from the battery and the sun.
    fuel_h : float or None, hours
        Of it, from the generator.
    unknown : tuple of str
        Fields of `Power` that are not known: the true autonomy may be longer.
    too_small : bool
        The generator does not carry the critical load; it counts for nothing.
    """

    least_h: float | None
    stored_h: float | None
    fuel_h: float | None
    unknown: tuple[str, ...]
    too_small: bool = False

    @property
    def is_known(self) -> bool:
        """Whether all that counts is known."""
        return not self.unknown


def autonomy(power: Power, season: Season) -> Autonomy:
    """Say how many hours a place lasts without the network.

    Parameters
    ----------
    power : Power
    season : Season

    Notes
    -----
    The plain formula is hours = battery x depth x efficiency / load (design notes on resilience,
    5.10); the sun and a generator extend it. The network fails at dusk, the least favourable hour,
    with a full battery. By night the battery gives the load. By day the panels give
    ``sun_kwp x kwh_per_kwp / sun_h``, evenly; what exceeds the load fills the battery, less the
    efficiency, up to what it holds; what lacks is taken from it. Where a whole day ends with as much
    in the battery as it began, it holds for good: inf. The generator starts when the battery is
    empty, and adds its hours if it carries the load. Panels without a battery give nothing by night:
    0 hours. More battery, sun or fuel never gives fewer hours, more load never more.
    """
    unknown = _unknown(power)
    if power.load_kw is None:
        return Autonomy(None, None, None, unknown)
    usable = (power.battery_kwh or 0.0) * power.depth * power.efficiency
    sun_kw = 0.0
    if season.sun_h > 0.0:
        sun_kw = (power.sun_kwp or 0.0) * season.kwh_per_kwp / season.sun_h
    stored = _stored_h(power.load_kw, usable, sun_kw, season.sun_h, power.efficiency)
    has_generator = bool(power.generator_kw) and bool(power.fuel_h)
    too_small = has_generator and (power.generator_kw or 0.0) < power.load_kw
    fuel = power.fuel_h or 0.0 if has_generator and not too_small else 0.0
    return Autonomy(stored + fuel, stored, fuel, unknown, too_small)


def _unknown(power: Power) -> tuple[str, ...]:
    names = [n for n in ("load_kw", "battery_kwh", "sun_kwp", "generator_kw") if getattr(power, n) is None]  # fmt: skip
    if power.fuel_h is None and power.generator_kw != 0.0:
        names.append("fuel_h")
    return tuple(names)


def _stored_h(load: float, usable: float, sun_kw: float, sun_h: float, efficiency: float) -> float:
    """Follow the battery from dusk to dusk until it is empty, or a day costs it nothing."""
    held, hours = usable, 0.0
    for _ in range(LONGEST_DAYS):
        before = held
        night = DAY_H - sun_h
        if held < load * night:
            return hours + held / load
        held -= load * night
        if sun_kw >= load:
            held = min(usable, held + (sun_kw - load) * efficiency * sun_h)
        elif held < (load - sun_kw) * sun_h:
            return hours + night + held / (load - sun_kw)
        else:
            held -= (load - sun_kw) * sun_h
        hours += DAY_H
        if held >= before:
            return math.inf
    return math.inf


def _within(name: str, value: float | None, least: float, most: float) -> None:
    if value is not None and not least <= value <= most:
        raise BadInput("power_value", value=value, column=name, expected=f"{least:g}–{most:g}")
