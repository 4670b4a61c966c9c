"""Clusters of an indicator over an atlas: what is kept, what keeps the others out, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from tests.support.mosaic import CORNER, HALVES, SQUARES, mosaic
from tests.support.town import town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.cluster_values import Clusters, ClusterUnit, WhyNot
from courtepointe.core.errors import CourtepointeError, NoAnswer, NotFound
from courtepointe.core.space import Quadrant

ONE = "households_one_person_share"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(mosaic())


def unit(found: Clusters, code: str) -> ClusterUnit:
    return next(one for one in found.units if one.key.code == code)


def test_the_corner_is_found_and_little_else(atlas: Atlas) -> None:
    found = atlas.clusters(SQUARES, ONE)
    kept = {one.key.code for one in found.kept if one.quadrant is Quadrant.HIGH_HIGH}
    inside = {f"{row}{column}" for row in range(3) for column in range(3)}
    assert inside - {"00"} <= kept <= CORNER, "three neighbours are few: 00 may be kept or not"
    inner = unit(found, "11")
    assert inner.p == pytest.approx(0.0002) and inner.q is not None and inner.q <= 0.05
    assert inner.stays is not None and inner.stays >= 0.95
    assert found.p_whole == 0.001 and found.whole.value > 0.5
    assert len(found.units) == 101 and found.n_tested == 99


def test_a_unit_says_who_touches_it_and_what_it_rests_on(atlas: Atlas) -> None:
    found = atlas.clusters(SQUARES, ONE)
    corner = unit(found, "00")
    assert corner.neighbours == ("01", "10", "11")
    assert corner.figure.low is not None and corner.name.fr == "Carreau 00"
    assert corner.smoothed is not None and corner.figure.value is not None
    assert 20.0 < corner.smoothed < corner.figure.value, "drawn towards all"
    assert "99" not in unit(found, "88").neighbours, "it has no value"
    assert unit(found, "99").neighbours == ("88", "89", "98")


def test_what_has_no_value_or_no_neighbour_says_so(atlas: Atlas) -> None:
    found = atlas.clusters(SQUARES, ONE)
    missing, island = unit(found, "99"), unit(found, "ile")
    assert (missing.why_not, missing.p, missing.quadrant) == (WhyNot.NO_VALUE, None, Quadrant.NONE)
    assert (island.why_not, island.p, island.stays) == (WhyNot.NO_NEIGHBOUR, None, None)
    assert not missing.kept and not missing.unsure


def test_a_cluster_that_its_intervals_take_away_is_not_kept(atlas: Atlas) -> None:
    found = atlas.clusters(SQUARES, "immigrants_share")
    sure = atlas.clusters(SQUARES, ONE)
    assert len(found.kept) < len(sure.kept)
    lost = found.why(WhyNot.INTERVAL)
    assert lost and all(one.stays is not None and one.stays < 0.95 for one in lost)
    assert all(one.q is not None and one.q <= 0.05 and one.unsure for one in lost)


def test_errors_that_nobody_published_keep_clusters_from_being_held(atlas: Atlas) -> None:
    found = atlas.clusters(SQUARES, "unemployment_rate")
    assert not found.kept
    codes = {one.key.code for one in found.why(WhyNot.ERROR_UNKNOWN)}
    assert "11" in codes and len(codes - CORNER) <= 1, "one in twenty may be chance"
    assert all(one.stays is None for one in found.why(WhyNot.ERROR_UNKNOWN))


def test_asked_again_the_answer_is_the_same(atlas: Atlas) -> None:
    again = Atlas(mosaic())
    assert again.clusters(SQUARES, ONE) == atlas.clusters(SQUARES, ONE)


def test_within_an_area_only_its_units_are_told(atlas: Atlas) -> None:
    west = atlas.find("moitie:2021:A")
    found = atlas.clusters(SQUARES, ONE, within=west)
    assert len(found.units) == 50 and found.within == west
    assert "15" not in unit(found, "14").neighbours
    east = atlas.clusters(SQUARES, ONE, within=atlas.find("moitie:2021:B"))
    assert not [one for one in east.kept if one.quadrant is Quadrant.HIGH_HIGH]


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        ("households", "clusters_of_a_count"),
        ("degree_share", "space_all_equal"),
        ("low_income_share", "clusters_too_few"),
        ("mean_rent", "map_without_values"),
    ],
)
def test_what_cannot_be_clustered_says_why(atlas: Atlas, indicator: str, code: str) -> None:
    with pytest.raises(NoAnswer, match=code):
        atlas.clusters(SQUARES, indicator)


def test_what_does_not_exist_is_not_found(atlas: Atlas) -> None:
    with pytest.raises(NotFound, match="unknown_indicator"):
        atlas.clusters(SQUARES, "cats")
    with pytest.raises(NotFound, match="unknown_area_type"):
        atlas.clusters("cats", ONE)
    with pytest.raises(CourtepointeError, match="unknown_area"):
        atlas.clusters(SQUARES, ONE, within=atlas.find("moitie:2021:Z"))


def test_four_quarters_are_too_few() -> None:
    with pytest.raises(NoAnswer) as told:
        Atlas(town()).clusters("quartier:2014", ONE)
    assert told.value.code == "clusters_too_few"
    assert told.value.facts["value"] == 4 and told.value.facts["expected"] == 10


# ------------------------------------------------------------------ how unequal


def test_the_gap_comes_with_how_many_live_at_each_end(atlas: Atlas) -> None:
    told = atlas.unequal(SQUARES, ONE)
    assert (told.n_units, told.n_missing, told.base) == (100, 1, 20_000.0)
    values = sorted(
        f.value for f in atlas.figures_for_type(SQUARES, ONE).figures if f.value is not None
    )
    assert told.low.value == values[9] and told.high.value == values[-10]
    assert told.low.counted == 200.0 * told.low.n_units >= 2_000.0
    assert told.gap == told.high.value - told.low.value > 25.0
    assert told.noise is not None and told.noise < 0.05


def test_indices_are_those_of_the_values_and_part_between_groups(atlas: Atlas) -> None:
    told = atlas.unequal(SQUARES, ONE)
    figures = atlas.figures_for_type(SQUARES, ONE).figures
    x = np.array([f.value for f in figures if f.value is not None])
    by_pairs = np.abs(x[:, None] - x[None, :]).mean() / 2.0 / x.mean()
    assert told.gini == pytest.approx(by_pairs)
    assert told.theil is not None and told.theil.t == pytest.approx(
        (x / x.mean() * np.log(x / x.mean())).mean()
    )
    assert (told.groups, told.n_groups) == (HALVES, 2)
    assert told.between is not None and 0.0 < told.between < 1.0


def test_concentration_is_asked_along_another_indicator(atlas: Atlas) -> None:
    told = atlas.unequal(SQUARES, ONE, along="median_household_income")
    assert told.n_along == 100 and told.concentration is not None
    assert told.concentration.index < -0.1, "high where incomes are low"
    assert atlas.unequal(SQUARES, ONE).concentration is None


def test_a_median_counts_each_unit_once_and_an_unknown_error_is_no_noise(atlas: Atlas) -> None:
    assert atlas.unequal(SQUARES, "median_household_income").base is None
    assert atlas.unequal(SQUARES, "unemployment_rate").noise is None


def test_a_count_is_not_unequal_and_few_units_say_nothing(atlas: Atlas) -> None:
    for indicator, code in (("households", "clusters_of_a_count"), ("low_income_share", "clusters_too_few"),
                            ("mean_rent", "map_without_values")):  # fmt: skip
        with pytest.raises(NoAnswer, match=code):
            atlas.unequal(SQUARES, indicator)


def test_equal_values_have_no_gap(atlas: Atlas) -> None:
    told = atlas.unequal(SQUARES, "degree_share")
    assert (told.gap, told.gini, told.between) == (0.0, 0.0, None)
