"""Hours without the network, worked by hand."""

from __future__ import annotations

import math

import pytest

from courtepointe.core.autonomy import Power, Season, autonomy
from courtepointe.core.errors import BadInput

DARK = Season(0.0, 0.0)
DAY = Season(4.0, 12.0)
NONE = {"battery_kwh": 0.0, "sun_kwp": 0.0, "generator_kw": 0.0}


def hours(season: Season = DARK, **told: float) -> float:
    found = autonomy(Power(**{**NONE, **told}), season).least_h  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_battery_alone_is_the_plain_formula() -> None:
    # 10 kWh x 0.8 x 0.9 / 2 kW = 3.6 h
    assert hours(load_kw=2.0, battery_kwh=10.0) == pytest.approx(3.6)
    assert hours(load_kw=2.0) == 0.0


def test_the_sun_by_hand() -> None:
    # usable 12 kWh, load 0.5 kW: the night of 12 h takes 6; 1 kWp gives 4/12 kW for 12 h: 4 kWh less
    # than the 6 asked, so 2 are taken. 12 -> 6 -> 4, then 4/0.5 = 8 h of the second night: 24 + 8.
    told = {"load_kw": 0.5, "battery_kwh": 12.0, "depth": 1.0, "efficiency": 1.0, "sun_kwp": 1.0}
    assert hours(DAY, **told) == pytest.approx(32.0)
    # With 9 h of storage it ends in the first day: 6.2 - 6 = 0.2 left, 0.2 / (0.5 - 1/3) = 1.2 h.
    assert hours(DAY, **{**told, "battery_kwh": 6.2}) == pytest.approx(13.2)


def test_enough_sun_and_a_battery_for_the_night_hold_for_good() -> None:
    told = {"load_kw": 0.5, "battery_kwh": 12.0, "depth": 1.0, "efficiency": 1.0, "sun_kwp": 3.0}
    assert hours(DAY, **told) == math.inf
    # The night asks for 6 kWh: with 5, no number of panels helps.
    assert hours(DAY, **{**told, "battery_kwh": 5.0, "sun_kwp": 900.0}) == pytest.approx(10.0)
    # 3 kWp give 1 kW: 0.5 x 12 h = 6 kWh fill the night exactly; with losses they do not.
    lossy = {**told, "efficiency": 0.9}
    assert 24 < hours(DAY, **lossy) < math.inf


def test_panels_without_a_battery_give_nothing_by_night() -> None:
    assert hours(DAY, load_kw=1.0, sun_kwp=50.0) == 0.0


def test_a_generator_adds_its_hours_only_if_it_carries_the_load() -> None:
    told = {"load_kw": 2.0, "battery_kwh": 10.0, "fuel_h": 8.0}
    assert hours(**told, generator_kw=2.0) == pytest.approx(11.6)
    found = autonomy(Power(**{**NONE, **told, "generator_kw": 1.9}), DARK)  # type: ignore[arg-type]
    assert found.too_small and found.least_h == pytest.approx(3.6) and found.is_known


def test_what_is_not_known_is_named_and_never_counted_as_none() -> None:
    found = autonomy(Power(None, battery_kwh=10.0), DARK)
    assert found.least_h is None and found.unknown[0] == "load_kw"
    found = autonomy(Power(2.0, battery_kwh=10.0, sun_kwp=0.0, generator_kw=4.0), DARK)
    assert found.least_h == pytest.approx(3.6) and found.unknown == ("fuel_h",)
    found = autonomy(Power(2.0, battery_kwh=10.0), DARK)
    assert found.unknown == ("sun_kwp", "generator_kw", "fuel_h") and not found.is_known
    assert autonomy(Power(2.0, 10.0, sun_kwp=0.0, generator_kw=0.0), DARK).is_known


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("load_kw", 0.0), ("load_kw", -1.0), ("load_kw", math.nan), ("load_kw", math.inf),
        ("battery_kwh", -0.1), ("depth", 1.1), ("efficiency", -0.1), ("sun_kwp", math.nan),
        ("generator_kw", -2.0), ("fuel_h", 1e9),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_name(field: str, value: float) -> None:
    with pytest.raises(BadInput, match="power_value") as told:
        Power(**{"load_kw": 1.0, field: value})  # type: ignore[arg-type]
    assert told.value.facts["column"] == field


def test_a_season_is_a_season() -> None:
    for yields, sun_h in ((-1.0, 8.0), (2.0, 25.0), (2.0, 0.0), (math.nan, 8.0)):
        with pytest.raises(BadInput, match="power_value"):
            Season(yields, sun_h)
