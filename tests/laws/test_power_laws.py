"""Laws of power by hour: energy is kept; more battery or sun never lasts less, more load never more."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from courtepointe.core.autonomy import Power, Season
from courtepointe.core.power_by_hour import HOURS, Use, by_hour, load_by_hour, outage, sun_by_hour

USES = some.lists(
    some.builds(
        lambda start, length, load: Use(start, (start + length) % HOURS, load),
        some.integers(0, 23), some.integers(1, 23), some.floats(0.01, 5.0),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
POWERS = some.builds(
    lambda battery, depth, efficiency, sun: Power(1.0, battery, depth, efficiency, sun, 0.0, 0.0),
    some.floats(0.0, 60.0), some.floats(0.0, 1.0), some.floats(0.0, 1.0), some.floats(0.0, 20.0),
)  # fmt: skip
SEASONS = some.builds(Season, some.floats(0.0, 6.0), some.floats(1.0, 24.0))
START = some.integers(0, 23)


@settings(max_examples=120, deadline=None)
@given(USES, POWERS, SEASONS, START)
def test_energy_is_kept(uses: list[Use], power: Power, season: Season, start: int) -> None:
    load, sun = load_by_hour(uses), sun_by_hour(season, power.sun_kwp or 0.0)
    told = outage(power, load, sun, start_h=start)
    near = pytest.approx
    size = 1e-9 * (1.0 + told.sun_kwh + told.load_kwh)
    assert told.end_kwh - told.start_kwh == near(told.stored_kwh - told.given_kwh, abs=size)
    assert told.load_kwh == near(told.direct_kwh + told.given_kwh, abs=size)
    lost = told.sun_kwh - told.direct_kwh - told.spilled_kwh
    assert told.stored_kwh == near(lost * power.efficiency, abs=size)
    assert min(told.direct_kwh, told.stored_kwh, told.given_kwh) >= 0.0
    assert told.spilled_kwh >= -size
    assert 0.0 <= told.end_kwh <= told.start_kwh + size
    if not math.isinf(told.hours):
        drawn = sum(load[(start + h) % HOURS] for h in range(int(told.hours)))
        part = told.hours - int(told.hours)
        drawn += part * load[(start + int(told.hours)) % HOURS]
        assert told.load_kwh == near(drawn, rel=1e-6, abs=1e-6), (
            "what was drawn is the load of these hours"
        )


@settings(max_examples=60, deadline=None)
@given(USES, POWERS, SEASONS, some.floats(0.0, 5.0))
def test_more_never_lasts_less_and_more_load_never_more(
    uses: list[Use], power: Power, season: Season, more: float
) -> None:
    def hours(held: Power, its: list[Use]) -> list[float]:
        return [one.least_h or 0.0 for one in by_hour(held, its, season)]

    now = hours(power, uses)
    battery = Power(1.0, (power.battery_kwh or 0.0) + more, power.depth, power.efficiency, power.sun_kwp, 0.0, 0.0)  # fmt: skip
    panels = Power(1.0, power.battery_kwh, power.depth, power.efficiency, (power.sun_kwp or 0.0) + more, 0.0, 0.0)  # fmt: skip
    for better in (hours(battery, uses), hours(panels, uses)):
        assert all(b >= n - 1e-6 for b, n in zip(better, now, strict=True))
    heavier = hours(power, [*uses, Use(0, 24, 0.01 + more)])
    assert all(h <= n + 1e-6 for h, n in zip(heavier, now, strict=True))
