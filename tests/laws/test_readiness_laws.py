"""Laws of hubs: more battery, sun or fuel never fewer hours; older never more ready."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core.autonomy import Power, Season, autonomy
from courtepointe.core.readiness import (
    Agreement,
    Asked,
    Capacity,
    Held,
    Keys,
    KitLine,
    Post,
    State,
    confidence,
    readiness,
)

amount = st.floats(0.0, 200.0, allow_nan=False)
more = st.floats(0.0, 100.0, allow_nan=False)
age = st.integers(0, 4_000)
RANK = {State.HOLDS: 2, State.FADING: 1, State.LACKS: 0}
ASKED = Asked(
    keys=1, roles=("welcome",), exercise_days=365, power_test_days=180, facts=(), capacities=("water",)
)  # fmt: skip


@st.composite
def powers(draw: st.DrawFn) -> tuple[Power, Season]:
    power = Power(
        load_kw=draw(st.floats(0.05, 20.0)), battery_kwh=draw(amount), depth=draw(st.floats(0, 1)),
        efficiency=draw(st.floats(0, 1)), sun_kwp=draw(amount), generator_kw=draw(amount), fuel_h=draw(amount),
    )  # fmt: skip
    return power, Season(draw(st.floats(0.0, 8.0)), draw(st.floats(0.5, 24.0)))


def hours(power: Power, season: Season) -> float:
    found = autonomy(power, season).least_h
    assert found is not None and found >= 0.0
    return found


@given(powers(), more)
@settings(max_examples=150, deadline=None)
def test_more_never_gives_fewer_hours(drawn: tuple[Power, Season], by: float) -> None:
    power, season = drawn
    least = hours(power, season)
    for field in ("battery_kwh", "sun_kwp", "generator_kw", "fuel_h"):
        raised = replace(power, **{field: getattr(power, field) + by})
        assert hours(raised, season) >= least * (1 - 1e-9) - 1e-9, field
    assert hours(replace(power, load_kw=(power.load_kw or 0) + by), season) <= least * (1 + 1e-9) + 1e-9  # fmt: skip


@given(powers())
@settings(max_examples=80, deadline=None)
def test_what_is_not_known_gives_no_more_than_what_is(drawn: tuple[Power, Season]) -> None:
    power, season = drawn
    for field in ("battery_kwh", "sun_kwp", "generator_kw", "fuel_h"):
        told = autonomy(replace(power, **{field: None}), season)
        no_generator = field == "fuel_h" and power.generator_kw == 0.0
        assert (field in told.unknown) is not no_generator and told.least_h is not None
        assert told.least_h <= hours(power, season) * (1 + 1e-9)


@given(age, age, st.integers(1, 2_000))
def test_confidence_only_falls(one: int, other: int, half: int) -> None:
    younger, older = (confidence(one_age, half) for one_age in sorted((one, other)))
    assert younger is not None and older is not None and 1.0 >= younger >= older >= 0.0


def held(days: int) -> Held:
    return Held(
        agreements=(Agreement(10 + days, 800 - days),),
        keys=(Keys("welcome", 1, days),),
        kit=(KitLine("water_store", 2, 2, days, 180, 500 - days),),
        posts=(Post("welcome", 1, 1, days),),
        exercise_days=days,
        power_test_days=days,
        autonomy_h=3.0,
        capacities=(Capacity("water", 10, None, days, 180),),
    )


@given(age, age)
def test_older_is_never_more_ready(one: int, other: int) -> None:
    younger, older = (readiness(held(days), ASKED).parts for days in sorted((one, other)))
    for before, after in zip(younger, older, strict=True):
        assert before.code == after.code and bool(before.whys) == bool(after.whys)
        if before.state in RANK:
            assert RANK[after.state] <= RANK[before.state], before.code
