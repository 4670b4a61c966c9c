"""The truth is consistent: everyone counts once, parts add up to totals, places differ."""

from __future__ import annotations

import numpy as np
import pytest

from courtepointe.atlas.demo.chance import noise, pick
from courtepointe.atlas.demo.characteristics import published, published_2016
from courtepointe.atlas.demo.households import Kind
from courtepointe.atlas.demo.measures import HOUSEHOLDS, PERSONS, QUANTITIES
from courtepointe.atlas.demo.persons import Role
from courtepointe.atlas.demo.region import Made
from courtepointe.atlas.demo.tally import Tally, quantile
from courtepointe.atlas.demo.work import tax

PARTS = {
    8: (9, 13, 24),
    9: (10, 11, 12),
    24: (25, 26, 27, 28, 29),
    41: (42, 43, 44, 45, 46, 47, 48, 49),
    50: (51, 52, 53, 54, 55),
    89: (91, 92, 93, 97, 98, 99),
    100: (101, 106, 107, 108, 109, 110),
    155: (156, 157),
    157: (158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168),
    260: (*range(261, 277),),
    276: (277, 278, 279, 280),
    281: (*range(282, 298),),
    335: (336, 338, 339),
    340: (341, 343, 344),
    383: (384, 385, 386, 387),
    388: (389, 390, 391, 392),
    393: (396, 397, 399, 490, 718),
    1402: (1403, 1410),
    1414: (1415, 1416),
    1421: (1422, 1423, 1424, 1425, 1426),
    1440: (*range(1441, 1449),),
    1456: (*range(1457, 1465),),
    1465: (1466, 1467),
    1469: (1470, 1478),
    1479: (1480, 1481),
    1527: (1528, 1529, 1537),
    1529: (1530, 1531, 1532, 1533, 1534),
    1665: (1666, 1667, 1668),
    1683: (1684, 1697),
    1998: (1999, 2000, 2001),
    2001: (2002, 2008),
    2014: (2015, 2016, 2017),
    2223: (2224, 2227),
    2224: (2225, 2226),
    2603: (2604, 2607, 2608, 2609, 2610),
    2611: (2612, 2613, 2614, 2615, 2616),
}


@pytest.mark.parametrize("total", sorted(PARTS))
def test_parts_add_up_to_their_total_in_every_block(city: Made, total: int) -> None:
    for tally in (city.tally, city.tally_before):
        parts = sum(tally.of(part) for part in PARTS[total])
        assert np.array_equal(parts, tally.of(total))
        assert tally.of(total).sum() > 0


def test_men_and_women_are_everyone(city: Made) -> None:
    for measure in PERSONS:
        both = city.tally.of(measure, 1) + city.tally.of(measure, 2)
        assert np.array_equal(both, city.tally.of(measure))


def test_everyone_is_in_one_household_or_in_an_institution(city: Made) -> None:
    people = city.people
    home = people.persons.private
    sizes = np.bincount(people.persons.household[home], minlength=len(people.households))
    assert np.array_equal(sizes, people.households.size)
    assert (people.persons.role[~home] == Role.RESIDENT).all()
    assert 0 < (~home).sum() < 0.02 * len(people.persons)
    assert (people.persons.age >= 0).all()
    assert (people.persons.age[~home] >= 65).all()
    maintainers = people.persons.age[people.persons.role == Role.MAINTAINER]
    assert maintainers.min() >= 15


def test_those_who_live_alone_are_one_person_households(city: Made) -> None:
    alone = city.people.households.kind == Kind.ALONE
    assert (city.people.households.size[alone] == 1).all()
    assert (city.people.households.size[~alone] > 1).all()
    assert np.array_equal(city.tally.of(97), city.tally.of(51))


def test_figures_are_those_of_a_plausible_city(city: Made) -> None:
    tally = city.tally

    def share(above: int, below: int) -> float:
        return float(tally.of(above).sum() / tally.of(below).sum())

    assert 0.12 < share(9, 8) < 0.22
    assert 0.12 < share(24, 8) < 0.24
    assert 0.30 < share(51, 50) < 0.45
    assert 0.08 < share(340, 335) < 0.24
    assert 0.50 < share(1416, 1414) < 0.75
    assert 0.10 < share(1529, 1527) < 0.40
    assert 0.03 < share(2226, 2224) < 0.13
    assert 0.20 < share(2024, 2014) < 0.50
    assert 45_000 < np.median(city.people.housing.income) < 85_000
    assert 650 < np.median(city.people.housing.cost[~city.people.housing.owner]) < 1100


def test_neighbourhoods_differ(city: Made) -> None:
    nearest = np.hypot(
        city.blocks.x[:, None] - city.quarters.centres[None, :, 0],
        city.blocks.y[:, None] - city.quarters.centres[None, :, 1],
    ).argmin(axis=1)
    quarters: Tally = city.tally.over(nearest, len(city.limits))
    for above, below, ratio in ((340, 335, 2.0), (1529, 1527, 1.8), (1415, 1414, 2.0)):
        shares = quarters.of(above) / quarters.of(below)
        assert shares.max() > ratio * shares.min()


def test_every_published_characteristic_is_counted() -> None:
    for one in published():
        if one.form in ("count", "rate"):
            assert all(term in PERSONS or term in HOUSEHOLDS for term in one.terms()), one
        elif one.form in ("mean", "median"):
            assert int(one.of) in QUANTITIES, one
        assert (len(one.en) - len(one.en.lstrip())) == (len(one.fr) - len(one.fr.lstrip()))
        assert "'" not in one.fr
        assert one.fr.encode("cp1252")
    assert len({one.id for one in published()}) == len(published()) > 300


def test_the_earlier_census_speaks_of_its_own_years() -> None:
    names = {one.id: one.en for one in published_2016()}
    assert names[1] == "Population, 2016"
    assert "2015" in names[243]
    assert 1536 not in names
    assert len(names) < len(published())


def test_names_and_ids_are_the_official_ones(shared_layout: dict[int, str]) -> None:
    for one in published():
        assert shared_layout[one.id] == one.en.strip(), one.id


def test_pick_follows_its_odds_and_noise_its_key() -> None:
    rng = np.random.default_rng(1)
    drawn = pick(rng, np.tile([1.0, 3.0, 0.0], (20_000, 1)))
    assert np.bincount(drawn, minlength=3)[2] == 0
    assert abs((drawn == 1).mean() - 0.75) < 0.02
    i, j = np.arange(1000), np.arange(1000)[::-1].copy()
    assert np.array_equal(noise(i, j, seed=4), noise(i, j, seed=4))
    assert not np.array_equal(noise(i, j, seed=4), noise(i, j, seed=5))
    assert abs(noise(i, j, seed=4).mean() - 0.5) < 0.05


def test_quantiles_are_values_that_somebody_has() -> None:
    values = np.array([1.0, 2.0, 10.0])
    assert quantile(values, np.array([1.0, 1.0, 1.0]), 0.5) == 2.0
    assert quantile(values, np.array([1.0, 1.0, 8.0]), 0.5) == 10.0


def test_tax_takes_nothing_of_little_and_never_all() -> None:
    income = np.array([0.0, 17_000.0, 60_000.0, 300_000.0])
    due = tax(income)
    assert (due[:2] == 0).all()
    assert (np.diff(due) >= 0).all()
    assert (due < 0.5 * income + 1).all()
