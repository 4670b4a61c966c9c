"""What a hub says of its power, as `courtepointe.core.autonomy` counts with it."""

from __future__ import annotations

from courtepointe.core.autonomy import Power
from courtepointe.hubs.values import NewPower


def power_of(told: NewPower) -> Power:
    """Give power as core counts with it: percents become shares. Raise its `BadInput`."""
    return Power(
        load_kw=told.load_kw,
        battery_kwh=told.battery_kwh,
        depth=told.depth_percent / 100,
        efficiency=told.efficiency_percent / 100,
        sun_kwp=told.sun_kwp,
        generator_kw=told.generator_kw,
        fuel_h=told.fuel_h,
    )
