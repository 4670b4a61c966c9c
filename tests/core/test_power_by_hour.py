"""Hours without the network by the hour at which it fails, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from courtepointe.core.autonomy import Power, Season, autonomy
from courtepointe.core.errors import BadInput
from courtepointe.core.power_by_hour import (
    Use,
    by_hour,
    least_of,
    load_by_hour,
    outage,
    sun_by_hour,
)

DARK = Season(0.0, 0.0)
# A fridge all day, charging from 8 to 20, lamps from 18 to 23:
#   0-8: 0.1 kW   8-18: 0.4   18-20: 0.6   20-23: 0.3   23-24: 0.1
USES = (Use(0, 24, 0.1), Use(8, 20, 0.3), Use(18, 23, 0.2))
# 2 kWh x 0.75 x 0.8 = 1.2 kWh that can be given.
POWER = Power(None, 2.0, 0.75, 0.8, sun_kwp=0.0, generator_kw=0.0, fuel_h=0.0)


def told(season: Season = DARK, power: Power = POWER) -> list[float]:
    return [one.least_h or 0.0 for one in by_hour(power, USES, season)]


def test_uses_add_up_and_go_past_midnight() -> None:
    load = load_by_hour(USES)
    assert load[[0, 7, 8, 17, 18, 19, 20, 22, 23]] == pytest.approx([0.1, 0.1, 0.4, 0.4, 0.6, 0.6, 0.3, 0.3, 0.1])  # fmt: skip
    night = load_by_hour([Use(22, 6, 1.0)])
    assert np.flatnonzero(night).tolist() == [0, 1, 2, 3, 4, 5, 22, 23]


def test_without_sun_by_hand() -> None:
    found = told()
    # 18: two hours of 0.6 empty it. 23: nine hours of 0.1 leave 0.3, which lasts 0.75 h at 0.4.
    # 20: three hours of 0.3, then three of 0.1. 8: three hours of 0.4.
    assert [found[h] for h in (18, 23, 20, 8)] == pytest.approx([2.0, 9.75, 6.0, 3.0])
    # 22: one hour of 0.3, then nine of 0.1: ten in all, the longest.
    assert found[22] == pytest.approx(10.0) and max(found) == found[22]
    # 17: one hour of 0.4, then 0.8 left: 1 h 20 min at 0.6.
    assert found[17] == pytest.approx(1.0 + 0.8 / 0.6)
    assert min(found) == pytest.approx(2.0) and least_of(by_hour(POWER, USES, DARK)).least_h == pytest.approx(2.0)  # fmt: skip


def test_with_sun_by_hand() -> None:
    # Two kWh between 11 and 13 h, one in each hour: 0.6 more than the load of 0.4.
    sunny, power = Season(2.0, 2.0), Power(None, 2.0, 0.75, 0.8, 1.0, 0.0, 0.0)
    assert sun_by_hour(sunny, 1.0)[[10, 11, 12, 13]] == pytest.approx([0.0, 1.0, 1.0, 0.0])
    found = told(sunny, power)
    # 11: full until 13 h, then 1.2 / 0.4 = 3 h. 10: 0.8 at 11 h, 0.48 more but 0.4 fit: full at 12 h.
    assert [found[h] for h in (11, 12, 10, 13)] == pytest.approx([5.0, 4.0, 6.0, 3.0])
    # 9: 0.8 at 10, 0.4 at 11; +0.48 = 0.88; +0.48: full at 13.  8: 0 at 11, 0.48, 0.96 at 13: 2.4 h.
    assert [found[h] for h in (9, 8)] == pytest.approx([7.0, 5.0 + 0.96 / 0.4])


def test_half_a_wave_of_sun_by_hand() -> None:
    # Four hours of sun: a quarter of the wave is 1 - cos(45 degrees) of a half: 14.6 % in the first hour.
    sun = sun_by_hour(Season(3.0, 4.0), 2.0)
    assert sun[10] == pytest.approx(6.0 * (1.0 - math.sqrt(0.5)) / 2)
    assert sun.sum() == pytest.approx(6.0) and np.flatnonzero(sun).tolist() == [10, 11, 12, 13]
    assert sun_by_hour(Season(1.5, 8.7), 1.0).sum() == pytest.approx(1.5)


def test_a_load_that_never_changes_is_the_plain_formula_at_every_hour() -> None:
    steady = by_hour(POWER, [Use(0, 24, 0.25)], DARK)
    plain = autonomy(Power(0.25, 2.0, 0.75, 0.8, 0.0, 0.0, 0.0), DARK)
    assert [one.least_h for one in steady] == pytest.approx([plain.least_h] * 24)


def test_enough_sun_holds_for_good_and_too_little_for_days() -> None:
    season = Season(4.0, 12.0)
    steady = [Use(0, 24, 0.1)]
    assert (
        by_hour(Power(None, 10.0, 1.0, 1.0, 1.0, 0.0, 0.0), steady, season)[18].least_h == math.inf
    )
    # 2.4 kWh a day drawn, 2.3 given: 0.1 is lost each day of 1,000 kWh.
    slow = Power(None, 1_000.0, 1.0, 1.0, 0.575, 0.0, 0.0)
    assert by_hour(slow, steady, season)[0].least_h == math.inf, "a year holds for good"
    # With 5 kWh of room: from 18 h, 12 h and more of night take it down each day.
    found = outage(Power(None, 5.0, 1.0, 1.0), load_by_hour(steady), sun_by_hour(season, 0.575), start_h=18)  # fmt: skip
    assert 20 * 24 < found.hours < 60 * 24 and found.end_kwh == pytest.approx(0.0, abs=1e-9)


def test_a_generator_carries_the_greatest_load_or_counts_for_nothing() -> None:
    carries = Power(None, 2.0, 0.75, 0.8, 0.0, 0.6, 8.0)
    assert told(power=carries)[18] == pytest.approx(10.0)
    found = by_hour(Power(None, 2.0, 0.75, 0.8, 0.0, 0.5, 8.0), USES, DARK)
    assert all(one.too_small for one in found) and found[18].least_h == pytest.approx(2.0)
    unknown = by_hour(Power(None, 2.0, 0.75, 0.8), USES, DARK)[0]
    assert unknown.unknown == ("sun_kwp", "generator_kw", "fuel_h") and not unknown.is_known


@pytest.mark.parametrize(
    ("start", "end", "load"),
    [(5, 5, 1.0), (-1, 4, 1.0), (24, 3, 1.0), (0, 25, 1.0), (0, 24, 0.0), (0, 24, math.nan), (0, 24, -1.0)],
)  # fmt: skip
def test_a_use_that_cannot_be_is_refused(start: int, end: int, load: float) -> None:
    with pytest.raises(BadInput, match="power_use"):
        Use(start, end, load)


def test_no_use_at_all_is_refused() -> None:
    with pytest.raises(BadInput, match="power_use"):
        by_hour(POWER, [], DARK)
