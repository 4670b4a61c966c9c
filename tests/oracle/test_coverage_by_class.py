"""Every measure type, every size class: do nominal 95 % intervals hold the demo city's truth 93-97 times in 100?

The city is published again and again (`republished`): its people never change, their cells are rounded
anew and one household in four is asked anew. Each time other sets of units are added up by the recipe's
own rules. The classes are those that a reader meets:

- sums of ten or more rounded cells, and of sampled ones, by how many a unit holds;
- means of the long form, and middles read in bands, by how many units are added up;
- fewer than ten rounded cells, whose interval is exact: 95 % or more;
- counts that are not rounded: no interval, and no error;
- areas of which units are missing: apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.oracle.republished import City

from courtepointe.atlas.demo.plan import plan_of
from courtepointe.atlas.demo.region import make
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.aggregate import (
    CellBlock,
    Estimates,
    Quantity,
    estimate_areas,
    membership,
)
from courtepointe.core.intervals import UNCERTAINTIES, Uncertainty

ROOT = Path(__file__).resolve().parents[2]
LEAST, MOST = 0.93, 0.97
FEW_EACH = 5.0
"""Fewer a unit, and most cells are true zeros that rounding cannot move: see docs/methods/uncertainty.md."""
EACH = ((FEW_EACH, 20.0), (20.0, 80.0), (80.0, np.inf))
MANY = (12, 20, 35)
FEW = (1, 3, 6, 9)
Hits = dict[tuple[object, ...], list[np.ndarray]]


@pytest.fixture(scope="module")
def city() -> City:
    made = make(plan_of("city", seed=2021, lang="en").regions[0], seed=2021)
    return City(made, read_recipe(ROOT / "recipes" / "demo.toml"))


def sets_of(city: City, size: int, n_sets: int, rng: np.random.Generator) -> np.ndarray:
    """Draw sets of units: (n_sets, n_told) of 0 and 1."""
    sets = np.zeros((n_sets, len(city.told)))
    for row in sets:
        row[rng.choice(len(city.told), size, replace=False)] = 1.0
    return sets


def added_up(block: CellBlock, quantities: list[Quantity], sets: np.ndarray) -> Estimates:
    area, unit = np.nonzero(sets)
    members = membership(
        area=area, unit=unit, share=np.ones(area.size), n_areas=len(sets), n_units=sets.shape[1]
    )
    return estimate_areas(block, quantities, membership=members)


def held(table: Estimates, place: int, truth: np.ndarray) -> np.ndarray:
    """Say of every set that has an interval, and no unit missing, whether the truth is in it."""
    told = table.has_interval[:, place] & (table.n_missing[:, place] == 0)
    low, high = table.low[told, place], table.high[told, place]
    return np.asarray((low - 1e-9 <= truth[told]) & (truth[told] <= high + 1e-9))


def trials(
    city: City,
    wanted: list[tuple[Indicator, Quantity]],
    sizes: tuple[int, ...],
    *,
    times: int,
    n_sets: int,
    sample: bool,
) -> Iterator[tuple[int, Indicator, int, np.ndarray]]:
    """Publish, draw sets, add up: size, indicator, code of its uncertainty, hits."""
    rng = np.random.default_rng(20210511 + times)
    for again in range(times):
        block = city.publish(again, sample=sample)
        for size in sizes:
            sets = sets_of(city, size, n_sets, rng)
            table = added_up(block, [quantity for _, quantity in wanted], sets)
            for place, (indicator, _) in enumerate(wanted):
                truth = city.truth(indicator, sets)
                if truth is not None:
                    codes = table.uncertainty[:, place][table.has_interval[:, place]]
                    code = int(codes[0]) if codes.size else -1
                    yield size, indicator, code, held(table, place, truth)


def of_rules(city: City, *rules: str, sampled: bool) -> list[tuple[Indicator, Quantity]]:
    """Give the indicators of some rules that rest on a sample, or on everyone."""
    asked = []
    for indicator, quantity in city.indicators():
        names = [city.variables[row] for row in quantity.variables]
        if indicator.aggregation in rules and any(v.sampled for v in names) is sampled:
            asked.append((indicator, quantity))
    return asked


def size_class(each: float) -> str:
    """Name the class of a number a unit."""
    bounds = next((k for k, (least, most) in enumerate(EACH) if least <= each < most), None)
    return "under 5" if bounds is None else ("5-20", "20-80", "80 and more")[bounds]


def rate(hits: list[np.ndarray]) -> tuple[float, int]:
    every = np.concatenate(hits)
    return float(every.mean()), every.size


# ---------------------------------------------------------------- sums and shares


@pytest.fixture(scope="module")
def counted(city: City) -> Hits:
    """Sums and shares of what everyone was asked, of ten or more units."""
    found: Hits = defaultdict(list)
    wanted = of_rules(city, "sum", "ratio_of_sums", sampled=False)
    for _, indicator, code, hits in trials(city, wanted, MANY, times=12, n_sets=40, sample=False):
        if code == UNCERTAINTIES.index(Uncertainty.ROUNDING):
            found[indicator.aggregation, size_class(city.each(indicator))].append(hits)
    return found


@pytest.fixture(scope="module")
def sampled(city: City) -> Hits:
    """Sums, shares and means of the long form."""
    found: Hits = defaultdict(list)
    wanted = of_rules(city, "sum", "ratio_of_sums", "weighted_mean", sampled=True)
    for size, indicator, code, hits in trials(city, wanted, MANY, times=8, n_sets=40, sample=True):
        assert code in (-1, UNCERTAINTIES.index(Uncertainty.SAMPLING_AND_ROUNDING)), indicator.code
        mean = indicator.aggregation == "weighted_mean"
        found[indicator.aggregation, size if mean else size_class(city.each(indicator))].append(
            hits
        )
    return found


CLASSES = ("5-20", "20-80", "80 and more")


@pytest.mark.slow
@pytest.mark.parametrize("size", CLASSES)
@pytest.mark.parametrize("rule", ["sum", "ratio_of_sums"])
def test_rounded_counts_and_shares(counted: Hits, rule: str, size: str) -> None:
    share, n = rate(counted[rule, size])
    assert n > 3000
    assert LEAST <= share <= MOST, share


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["sum", "ratio_of_sums"])
def test_of_fewer_than_five_a_unit_intervals_are_wide_and_never_narrow(
    counted: Hits, rule: str
) -> None:
    if (rule, "under 5") in counted:
        assert rate(counted[rule, "under 5"])[0] >= LEAST


@pytest.mark.slow
@pytest.mark.parametrize("size", CLASSES)
@pytest.mark.parametrize("rule", ["sum", "ratio_of_sums"])
def test_sampled_counts_and_shares(sampled: Hits, rule: str, size: str) -> None:
    if (rule, size) not in sampled:
        pytest.fail(f"no indicator of class {size}")
    share, n = rate(sampled[rule, size])
    assert n > 700
    assert LEAST <= share <= MOST, share


@pytest.mark.slow
def test_sampled_means(sampled: Hits) -> None:
    share, n = rate([hits for size in MANY for hits in sampled["weighted_mean", size]])
    assert n > 700
    assert LEAST <= share <= MOST, share


# ------------------------------------------- few cells, no rounding, missing units


@pytest.mark.slow
@pytest.mark.parametrize("size", FEW)
def test_of_fewer_than_ten_cells_intervals_are_exact(city: City, size: int) -> None:
    wanted = [
        (indicator, quantity)
        for indicator, quantity in of_rules(city, "sum", sampled=False)
        if len(quantity.numerator) == 1
    ]
    found = trials(city, wanted, (size,), times=6, n_sets=40, sample=False)
    rounded = UNCERTAINTIES.index(Uncertainty.ROUNDING)
    share, n = rate([hits for _, _, code, hits in found if code == rounded])
    assert n > 3000
    assert share >= 0.95, share


@pytest.mark.slow
def test_counts_that_are_not_rounded_have_no_interval_and_no_error(city: City) -> None:
    wanted = [one for one in of_rules(city, "sum", sampled=False) if one[0].code == "population"]
    block = city.publish(0, sample=False)
    sets = sets_of(city, 15, 50, np.random.default_rng(3))
    table = added_up(block, [quantity for _, quantity in wanted], sets)
    assert not table.has_interval[:, 0].any()
    assert table.value[:, 0] == pytest.approx(city.tally.population[city.told] @ sets.T)


@pytest.mark.slow
def test_where_units_are_missing_the_rest_is_held_and_coverage_says_so(city: City) -> None:
    """Their sum is not the area's: its interval holds the truth of the units that are known."""
    indicator, quantity = next(
        one for one in of_rules(city, "sum", sampled=False) if one[0].code == "age_65_plus"
    )
    hits = []
    rng = np.random.default_rng(17)
    for again in range(20):
        block = city.publish(again, sample=False)
        known = block.known.copy()
        known[:, rng.choice(known.shape[1], known.shape[1] // 8, replace=False)] = False
        told = replace(block, known=known, values=np.where(known, block.values, 0.0))
        sets = sets_of(city, 20, 40, rng)
        table = added_up(told, [quantity], sets)
        some = table.n_missing[:, 0] > 0
        assert (table.coverage[some, 0] < 1.0).all()
        truth = city.truth(indicator, sets * known[quantity.numerator[0]])
        assert truth is not None
        low, high = table.low[some, 0], table.high[some, 0]
        hits.append((low - 1e-9 <= truth[some]) & (truth[some] <= high + 1e-9))
    share, n = rate(hits)
    assert n > 500
    assert LEAST <= share <= MOST, share


# ------------------------------------------- means of everyone, and what is read in bands

MIDDLES = {
    "average_age": (0.88, 0.98),
    "median_household_income": (LEAST, MOST),
    "household_income_p20": (LEAST, MOST),
    "household_income_p80": (LEAST, MOST),
    "household_income_p80_p20": (LEAST, MOST),
    "median_age": (LEAST, MOST),
}
"""How often each may hold the truth. Means are published to a tenth, which errs once for each unit and
never otherwise however often the city is published."""


@pytest.fixture(scope="module")
def middles(city: City) -> Hits:
    """Means, medians, quantiles and their ratio, of what everyone was asked."""
    found: Hits = defaultdict(list)
    rules = ("weighted_mean", "median", "quantile", "quantile_ratio")
    wanted = of_rules(city, *rules, sampled=False)
    for size, indicator, _, hits in trials(city, wanted, MANY, times=25, n_sets=24, sample=False):
        found[indicator.code, size].append(hits)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("size", MANY)
@pytest.mark.parametrize("indicator", list(MIDDLES))
def test_means_medians_quantiles_and_their_ratio(middles: Hits, indicator: str, size: int) -> None:
    share, n = rate(middles[indicator, size])
    least, most = MIDDLES[indicator]
    assert n > 500
    assert least <= share <= most, share
