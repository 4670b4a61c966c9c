"""Figures of the town, worked by hand: each rule, each status, each caution."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.support.town import town, with_recipe

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.errors import BadInput, NotFound


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(town())


def figure(atlas: Atlas, key: str, indicator: str, method: str = "best_fit") -> Figure:
    return atlas.portrait(atlas.find(key), method=FitMethod(method)).figure(indicator)


def test_a_count_is_the_sum_of_its_units(atlas: Atlas) -> None:
    found = figure(atlas, "arrondissement:OUE", "households")
    assert found.value == 400 + 600
    assert (found.status, found.method) == (Status.AGGREGATED, Method.SUM)
    assert (found.n_units, found.n_units_missing, found.coverage) == (2, 0, 1.0)
    assert (found.sources, found.release, found.period) == (("profil",), "profil", "2021")


def test_two_rounded_cells_err_by_five_and_counted_ones_by_nothing(atlas: Atlas) -> None:
    rounded = figure(atlas, "arrondissement:OUE", "households")
    assert (rounded.low, rounded.high) == (995.0, 1005.0)
    assert rounded.uncertainty is Uncertainty.ROUNDING
    counted = figure(atlas, "arrondissement:OUE", "population")
    assert (counted.low, counted.high, counted.uncertainty) == (None, None, Uncertainty.NONE)


def test_a_share_divides_sums_over_the_same_units(atlas: Atlas) -> None:
    found = figure(atlas, "arrondissement:OUE", "households_one_person_share")
    assert found.value == pytest.approx(100 * 300 / 1000)
    assert (found.numerator, found.denominator) == (300.0, 1000.0)
    assert found.method is Method.RATIO_OF_SUMS


def test_a_mean_is_weighted_by_its_own_base(atlas: Atlas) -> None:
    found = figure(atlas, "arrondissement:OUE", "mean_rent")
    assert found.value == pytest.approx((800 * 200 + 1100 * 150) / 350)
    assert found.uncertainty is Uncertainty.UNKNOWN
    assert (found.low, found.high) == (None, None)


def test_a_median_is_read_in_bands_added_up(atlas: Atlas) -> None:
    # Quarter 1: 600 under 40,000; 450 to 80,000; 250 over; the 650th of 1,300 is 50 of 450 in. The
    # band above is open: density leans as from 600 to 450, by 1/6 to the lower end.
    found = figure(atlas, "quartier:2014:1", "median_household_income")
    lean, part = -(600 - 450) / 450 / 2, 50 / 450
    x = 2 * part / (1 - lean + np.sqrt((1 - lean) ** 2 + 4 * lean * part))
    assert found.value == pytest.approx(40_000 + 40_000 * x)
    assert found.method is Method.MEDIAN_FROM_BANDS
    assert found.low is not None and found.low < found.value


def test_without_bands_a_median_is_the_range_of_its_units_and_never_their_mean(
    atlas: Atlas,
) -> None:
    found = figure(atlas, "quartier:2014:1", "median_rent")
    assert (found.value, found.low, found.high) == (None, 780.0, 880.0)
    assert (found.status, found.method) == (Status.AGGREGATED, Method.RANGE_OF_MEDIANS)
    assert found.uncertainty is Uncertainty.UNKNOWN


def test_published_intervals_are_combined_with_rounding(atlas: Atlas) -> None:
    found = figure(atlas, "arrondissement:OUE", "immigrants")
    assert found.value == 500.0
    assert found.uncertainty is Uncertainty.SAMPLING_AND_ROUNDING
    half = float(np.sqrt(40**2 + 60**2 + 5**2))
    assert (found.low, found.high) == pytest.approx((500 - half, 500 + half), rel=1e-6)


def test_a_sample_without_intervals_says_that_its_error_is_unknown(atlas: Atlas) -> None:
    found = figure(atlas, "arrondissement:OUE", "degree_share")
    assert found.value == pytest.approx(100 * 700 / 1700)
    assert (found.low, found.high, found.uncertainty) == (None, None, Uncertainty.UNKNOWN)


def test_the_first_release_that_covers_ninety_percent_answers(atlas: Atlas) -> None:
    # 001 and 002 have rows in ``comptage``, which the recipe names first; 004 has none.
    assert figure(atlas, "quartier:2014:1", "population").value == 3002.0
    assert figure(atlas, "quartier:2014:1", "population").sources == ("comptage",)
    assert figure(atlas, "arrondissement:OUE", "population").sources == ("profil",)


def test_partial_coverage_is_told_and_too_little_gives_no_value(atlas: Atlas) -> None:
    # EST: 3,502 people counted, 200 of them in the suppressed 006.
    nearly = figure(atlas, "arrondissement:EST", "households")
    assert nearly.value == 900 + 250 + 350
    assert nearly.coverage == pytest.approx(3302 / 3502)
    assert nearly.missing == ((Status.SUPPRESSED, 1),)
    assert "partial_coverage" not in nearly.cautions
    # Immigrants: 005 is unreliable too: 2,502 of 3,502 covered.
    partial = figure(atlas, "arrondissement:EST", "immigrants")
    assert partial.coverage == pytest.approx(2502 / 3502)
    assert "partial_coverage" in partial.cautions
    assert partial.missing == ((Status.SUPPRESSED, 1), (Status.UNRELIABLE, 1))


def test_under_seventy_percent_the_reason_is_the_most_frequent(atlas: Atlas) -> None:
    found = atlas.portrait_of_units("secteur:2021", ["005", "006"]).figure("immigrants")
    assert found.value is None
    assert found.status is Status.SUPPRESSED
    assert found.missing == ((Status.SUPPRESSED, 1), (Status.UNRELIABLE, 1))
    little = atlas.portrait_of_units("secteur:2021", ["004", "005"]).figure("immigrants")
    assert (little.value, little.status) == (None, Status.UNRELIABLE)
    assert little.coverage == pytest.approx(1500 / 2300)


def test_suppressed_is_never_filled(atlas: Atlas) -> None:
    found = figure(atlas, "secteur:006", "households")
    assert (found.value, found.status) == (None, Status.SUPPRESSED)
    assert found.missing == ((Status.SUPPRESSED, 1),)
    share = figure(atlas, "secteur:006", "households_one_person_share")
    assert (share.value, share.status) == (None, Status.SUPPRESSED)


def test_a_share_of_nobody_is_not_applicable_and_a_true_zero_is_a_value(atlas: Atlas) -> None:
    found = figure(atlas, "quartier:2014:2", "unemployment_rate")
    assert (found.value, found.status) == (None, Status.NOT_APPLICABLE)
    zero = figure(atlas, "quartier:2014:3", "parks")
    assert (zero.value, zero.status) == (0.0, Status.AGGREGATED)


def test_what_was_not_given_names_the_file_that_fills_it(atlas: Atlas) -> None:
    found = figure(atlas, "quartier:2014:1", "english_speakers")
    assert (found.value, found.status) == (None, Status.NOT_LOADED)
    assert found.filled_by == "langues"


def test_the_publishers_own_row_stands_with_its_own_interval(atlas: Atlas) -> None:
    count = figure(atlas, "ville:1", "immigrants")
    assert (count.value, count.low, count.high) == (1220.0, 1100.0, 1340.0)
    assert (count.status, count.method) == (Status.PUBLISHED, Method.PUBLISHED)
    assert count.uncertainty is Uncertainty.SAMPLING
    households = figure(atlas, "ville:1", "households")
    assert (households.value, households.low, households.high) == (2590.0, 2586.0, 2594.0)


def test_a_published_rate_is_kept_beside_the_parts_it_was_made_of(atlas: Atlas) -> None:
    rate = figure(atlas, "ville:1", "low_income_share")
    assert (rate.value, rate.method) == (16.8, Method.PUBLISHED)
    assert (rate.numerator, rate.denominator) == (1000.0, 5940.0)
    # As uncertain as two rounded cells.
    half = 100 * float(np.hypot(4, 4 * 1000 / 5940)) / 5940
    assert rate.uncertainty is Uncertainty.ROUNDING
    assert (rate.low, rate.high) == pytest.approx((16.8 - half, 16.8 + half))


def test_without_a_published_rate_the_parts_of_the_row_are_divided(atlas: Atlas) -> None:
    share = figure(atlas, "ville:1", "households_one_person_share")
    assert share.value == pytest.approx(100 * 930 / 2590)
    assert (share.status, share.method) == (Status.AGGREGATED, Method.RATIO_OF_SUMS)


def test_what_is_only_published_is_not_computed_elsewhere(atlas: Atlas) -> None:
    assert figure(atlas, "ville:1", "published_rent").value == 890.0
    there_is_none = figure(atlas, "quartier:2014:1", "published_rent")
    assert (there_is_none.value, there_is_none.status) == (None, Status.NOT_AVAILABLE)


def test_splitting_units_is_told(atlas: Atlas) -> None:
    found = figure(atlas, "quartier:2014:1", "households", "as_drawn")
    assert found.value == pytest.approx(400 + 0.6 * 900)
    assert "interpolated" in found.cautions
    assert "interpolated" not in figure(atlas, "quartier:2014:1", "households").cautions


def test_the_publishers_own_warnings_follow_the_figure(atlas: Atlas) -> None:
    assert "use_with_caution" in figure(atlas, "quartier:2014:1", "degree_share").cautions
    assert "use_with_caution" not in figure(atlas, "quartier:2014:3", "degree_share").cautions


def test_few_units_are_told_only_where_they_are_an_approximation(atlas: Atlas) -> None:
    assert "few_units" in figure(atlas, "quartier:2014:1", "households").cautions
    assert "few_units" not in figure(atlas, "arrondissement:OUE", "households").cautions


def test_assembled_units_are_exact_and_their_order_does_not_matter(atlas: Atlas) -> None:
    forth = atlas.portrait_of_units("secteur", ["001", "004"])
    back = atlas.portrait_of_units("secteur:2021", ["004", "001", "004"])
    assert forth.fit.method is FitMethod.EXACT
    assert forth.figures == back.figures
    assert forth.figure("households").value == 1000.0
    assert forth.area.kind == "assembled"
    with pytest.raises(BadInput, match="area_without_units"):
        atlas.portrait_of_units("secteur:2021", [])
    with pytest.raises(NotFound, match="unknown_area"):
        atlas.portrait_of_units("secteur:2021", ["001", "999"])


def test_one_figure_of_all_areas_is_the_one_of_each_portrait(atlas: Atlas) -> None:
    for area_type in ("quartier:2014", "arrondissement:2021", "secteur:2021", "ville:2021"):
        for indicator in atlas.pack.recipe.indicators:
            for method in (FitMethod.BEST_FIT, FitMethod.AS_DRAWN):
                found = atlas.figures_for_type(area_type, indicator.code, method=method)
                for code, of_type in zip(found.codes, found.figures, strict=True):
                    key = atlas.find(f"{area_type}:{code}")
                    alone = atlas.portrait(key, method=method).figure(indicator.code)
                    assert_same(of_type, alone)


def assert_same(one: Figure, other: Figure) -> None:
    """Hold that two figures differ by less than the last digits of their numbers."""
    numbers = ("value", "low", "high", "coverage", "numerator", "denominator")
    for name in numbers:
        mine, theirs = getattr(one, name), getattr(other, name)
        assert mine == (None if theirs is None else pytest.approx(theirs, rel=1e-9)), name
    blank = dict.fromkeys(numbers)
    state = Status.NOT_AVAILABLE
    assert replace(one, status=state, **blank) == replace(other, status=state, **blank)
    assert one.status is other.status


def test_nobody_of_the_division_is_counted_twice(atlas: Atlas) -> None:
    best = atlas.figures_for_type("quartier:2014", "households").figures
    assert sum(f.value or 0 for f in best) == 400 + 900 + 250 + 600 + 350
    drawn = atlas.figures_for_type("quartier:2014", "households", method=FitMethod.AS_DRAWN)
    assert sum(f.value or 0 for f in drawn.figures) == pytest.approx(2500)


def test_people_outside_the_division_are_told(atlas: Atlas) -> None:
    gap = atlas.outside_division("quartier:2014")
    assert (gap.figure.value, gap.against.value, gap.gap) == (5800.0, 6000.0, -200.0)


def test_two_ways_to_the_same_number_are_shown_with_their_gap(atlas: Atlas) -> None:
    gaps = {gap.code: gap for gap in atlas.portrait(atlas.find("quartier:2014:1")).gaps}
    assert gaps["two_counts"].gap == 3002 - 3000
    everywhere = gaps["two_counts_everywhere"]
    # ``comptage`` covers 3,502 of the 5,802 people in quarters: the profile counts them all.
    assert (everywhere.figure.value, everywhere.against.value) == (5800.0, 5800.0)
    assert {gap.code for gap in atlas.gaps()} == {
        "two_counts",
        "two_counts_everywhere",
        "people_outside_division",
    }
    assert atlas.portrait(atlas.find("quartier:2014:2")).gaps[0].code == "two_counts_everywhere"


def test_an_area_is_read_against_real_published_values_and_not_itself(atlas: Atlas) -> None:
    (city,) = atlas.portrait(atlas.find("quartier:2014:1")).compared
    assert str(city.key) == "ville:2021:1"
    published = {f.indicator: f for f in city.figures}
    assert published["population"].value == 6000.0
    assert published["population"].status is Status.PUBLISHED
    assert atlas.portrait(atlas.find("ville:1")).compared == ()


def test_layers_say_where_they_are_silent() -> None:
    pack = town()
    (layer,) = pack.recipe.places
    partial = with_recipe(pack, places=(replace(layer, covers="arrondissement:2021:OUE"),))
    atlas = Atlas(partial)
    assert figure(atlas, "arrondissement:OUE", "parks").value == 2.0
    elsewhere = figure(atlas, "quartier:2014:2", "parks")
    assert (elsewhere.value, elsewhere.status) == (None, Status.NOT_AVAILABLE)
    # 1,500 of these 2,300 people live in the west: too few. With 001 it is 2,500 of 3,300.
    few = atlas.portrait_of_units("secteur", ["004", "005"]).figure("parks")
    assert (few.value, few.coverage) == (None, pytest.approx(1500 / 2300))
    more = atlas.portrait_of_units("secteur", ["001", "004", "005"]).figure("parks")
    assert (more.value, more.coverage) == (2.0, pytest.approx(2500 / 3300))
    assert more.cautions == ("partial_coverage",)
    (layer_there,) = atlas.places_in(atlas.find("quartier:2014:2"))
    assert layer_there.coverage == 0.0


def test_an_absent_layer_is_not_loaded_rather_than_empty() -> None:
    atlas = Atlas(replace(town(), place_tables={}))
    found = figure(atlas, "quartier:2014:1", "parks")
    assert (found.value, found.status, found.filled_by) == (None, Status.NOT_LOADED, "lieux")


def test_places_are_listed_by_kind(atlas: Atlas) -> None:
    (layer,) = atlas.places_in(atlas.find("quartier:2014:1"))
    assert [(c.category, c.count) for c in layer.counts] == [("parc", 2), ("bibliotheque", 1)]
    assert [p.name for p in layer.places] == ["Bibliothèque", "Parc des Aiguilles", "Parc du Puits"]
    (east,) = atlas.places_in(atlas.find("arrondissement:EST"))
    assert [(c.category, c.count) for c in east.counts] == [
        ("parc", 1),
        ("bibliotheque", 0),
        ("", 1),
    ]


def test_unknown_indicators_are_refused(atlas: Atlas) -> None:
    with pytest.raises(NotFound, match="unknown_indicator"):
        atlas.figures_for_type("quartier:2014", "happiness")
    with pytest.raises(NotFound, match="unknown_indicator"):
        atlas.portrait(atlas.find("ville:1")).figure("happiness")
