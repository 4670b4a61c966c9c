"""The acceptance of the real Montréal: sums, gaps and people outside, to the person."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from courtepointe.atlas.figures import Status, Uncertainty
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas

pytestmark = pytest.mark.shared

EVERYONE = 1_762_949
QUARTERS = "quartier_sociologique:2014"
CITY = "municipality:2466023"


@pytest.fixture(scope="session")
def montreal(montreal_pack: Path) -> Atlas:
    return Atlas(open_pack(montreal_pack))


def test_the_quarters_by_best_fit_hold_everyone_once(montreal: Atlas) -> None:
    found = montreal.figures_for_type(QUARTERS, "population").figures
    assert len(found) == 32
    assert sum(figure.value or 0.0 for figure in found) == EVERYONE
    assert all(figure.status is Status.AGGREGATED for figure in found)


def test_no_tract_is_in_two_quarters(montreal: Atlas) -> None:
    fits = [montreal.fit(area.key) for area in montreal.areas(QUARTERS)]
    codes = [code for fit in fits for code in fit.unit_codes]
    assert len(codes) == len(set(codes)) == 485


def test_as_drawn_the_quarters_hold_almost_everyone_and_nobody_twice(montreal: Atlas) -> None:
    found = montreal.figures_for_type(QUARTERS, "population", method=FitMethod.AS_DRAWN)
    total = sum(figure.value or 0.0 for figure in found.figures)
    assert 0.997 * EVERYONE <= total <= EVERYONE
    gap = montreal.outside_division(QUARTERS, method=FitMethod.AS_DRAWN)
    assert gap.against.value == EVERYONE
    assert gap.figure.value == pytest.approx(total)
    assert gap.gap == pytest.approx(total - EVERYONE)


def test_the_city_fits_its_tracts_exactly_and_shows_both_counts(montreal: Atlas) -> None:
    portrait = montreal.portrait(montreal.find(CITY))
    assert portrait.fit.method is FitMethod.EXACT
    assert portrait.fit.units_in == 485
    gaps = {gap.code: gap for gap in portrait.gaps}
    two = gaps["population_two_ways"]
    assert (two.figure.value, two.against.value, two.gap) == (EVERYONE, 1_762_825, 124)
    assert two.against.missing == ((Status.NOT_AVAILABLE, 10),)
    assert two.figure.uncertainty is Uncertainty.NONE
    assert two.against.uncertainty is Uncertainty.ROUNDING
    assert gaps["people_outside_division"].gap == 0.0


def test_what_the_files_lack_names_the_file_that_fills_it(montreal: Atlas) -> None:
    portrait = montreal.portrait(montreal.find(f"{QUARTERS}:9"))
    waiting = [f for f in portrait.figures if f.status is Status.NOT_LOADED]
    assert portrait.figure("mother_tongue_french").filled_by == "census_profile_ct"
    assert all(f.filled_by is not None and f.value is None for f in waiting)
    assert portrait.figure("immigrants") in waiting


def test_sampled_data_without_intervals_draw_no_bar(montreal: Atlas) -> None:
    portrait = montreal.portrait(montreal.find(f"{QUARTERS}:9"))
    share = portrait.figure("renter_share")
    assert share.value is not None
    assert (share.low, share.high, share.uncertainty) == (None, None, Uncertainty.UNKNOWN)


def test_a_median_without_bands_is_a_range(montreal: Atlas) -> None:
    income = montreal.portrait(montreal.find(f"{QUARTERS}:9")).figure("median_household_income")
    assert income.value is None
    assert income.low is not None and income.high is not None
    assert 20_000 < income.low < income.high < 200_000


def test_a_tract_has_its_publishers_own_row(montreal: Atlas) -> None:
    portrait = montreal.portrait(montreal.find("census_tract:2021:4620001.00"))
    assert portrait.fit.method is FitMethod.EXACT
    assert portrait.figure("households").status is Status.PUBLISHED
    assert portrait.figure("low_income_lim_at_share").numerator is not None


def test_every_listed_area_has_a_page(montreal: Atlas) -> None:
    for area_type in ("municipality", "arrondissement", "quartier_reference"):
        for area in montreal.areas(area_type):
            assert len(montreal.portrait(area.key).figures) == len(montreal.pack.recipe.indicators)


def test_linked_cities_are_counted_by_the_one_file_that_has_them(montreal: Atlas) -> None:
    westmount = montreal.portrait(montreal.find("arrondissement:66032"))
    people = westmount.figure("population")
    assert (people.value, people.release) == (19_655.0, "srqc_2021")
    # The City's layers describe its own territory only: not known is not zero.
    library = westmount.figure("places_library")
    assert (library.value, library.status) == (None, Status.NOT_AVAILABLE)
    assert montreal.portrait(montreal.find("arrondissement:REM12")).figure("places_library").value


def test_one_figure_of_all_quarters_is_the_one_of_each_portrait(montreal: Atlas) -> None:
    found = montreal.figures_for_type(QUARTERS, "low_income_lim_at_share")
    for code, figure in zip(found.codes, found.figures, strict=True):
        alone = montreal.portrait(montreal.find(f"{QUARTERS}:{code}"))
        assert figure.value == pytest.approx(alone.figure("low_income_lim_at_share").value)


def test_the_whole_city_drawn_by_hand_holds_all_its_tracts(montreal: Atlas) -> None:
    around = shapely.box(-74.0, 45.39, -73.45, 45.72)
    portrait = montreal.portrait_of_shape(around)
    city = set(montreal.fit(montreal.find(CITY)).unit_codes)
    assert city <= set(portrait.fit.unit_codes)
    assert portrait.fit.surface_share_covered < 1.0
    assert (portrait.figure("population").value or 0.0) > EVERYONE


def test_maps_are_small_and_their_limits_shared(montreal: Atlas) -> None:
    drawn = montreal.map_shapes(QUARTERS, tolerance_m=30.0)
    shapes = [shapely.geometry.shape(f["geometry"]) for f in drawn["features"]]
    assert len(shapes) == 32
    assert shapely.get_num_coordinates(shapes).sum() < 5_000
    whole = shapely.union_all(shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(whole.area, rel=1e-4)
