"""What a hub says of its power, as `courtepointe.core` counts with it."""

from __future__ import annotations

from courtepointe.core.autonomy import Power
from courtepointe.core.errors import BadInput
from courtepointe.core.power_by_hour import Use
from courtepointe.hubs.values import NewPower


def power_of(told: NewPower) -> Power:
    """Give power as core counts with it: percents become shares. Raise its `BadInput`.

    Raises
    ------
    BadInput
        ``power_two_loads``: one load and uses by hour.
    """
    if told.load_kw is not None and told.uses:
        raise BadInput("power_two_loads")
    return Power(
        load_kw=told.load_kw,
        battery_kwh=told.battery_kwh,
        depth=told.depth_percent / 100,
        efficiency=told.efficiency_percent / 100,
        sun_kwp=told.sun_kwp,
        generator_kw=told.generator_kw,
        fuel_h=told.fuel_h,
    )


def uses_of(told: NewPower) -> tuple[Use, ...]:
    """Give what draws power by hour as core counts with it; raise its `BadInput`."""
    return tuple(Use(one.from_h, one.to_h, one.load_kw) for one in told.uses)
