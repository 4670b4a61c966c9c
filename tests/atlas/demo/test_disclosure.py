"""Rounded without bias, hidden at the thresholds, intervals that keep their width."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.atlas.demo.characteristics import published
from courtepointe.atlas.demo.disclosure import Z95, hidden_of, interval, rounded
from courtepointe.atlas.demo.long_form import EVERY_HOUSEHOLD, EVERYBODY, long_form_of
from courtepointe.atlas.demo.profile import profile_rows
from courtepointe.atlas.demo.region import Made
from courtepointe.atlas.demo.sheet import CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE, Sheet
from courtepointe.atlas.demo.survey import sample_of
from courtepointe.formats.census_profile.write import ProfileRows


@given(st.integers(0, 5000), st.integers(0, 1000))
def test_a_cell_goes_to_a_neighbouring_multiple_of_five(value: int, seed: int) -> None:
    told = rounded(np.array([float(value)]), rng=np.random.default_rng(seed))[0]
    assert told % 5 == 0
    assert abs(told - value) < 5
    assert (told == value) == (value % 5 == 0)


def test_rounding_keeps_the_mean_and_has_variance_four() -> None:
    values = np.tile(np.arange(100, 105, dtype=np.float64), 40_000)
    errors = rounded(values, rng=np.random.default_rng(1)) - values
    assert abs(errors.mean()) < 0.02
    assert errors.var() == pytest.approx(4.0, rel=0.02)


@given(st.floats(0, 500), st.floats(0, 300), st.floats(0, 500))
def test_an_interval_that_passes_what_is_possible_is_moved_not_cut(
    value: float, error: float, room: float
) -> None:
    most = value + room
    ends = (np.array([number]) for number in (value, error, most))
    low, high = (end[0] for end in interval(*ends))
    assert -1e-9 <= low <= high <= most + 1e-9
    assert high - low == pytest.approx(min(2 * Z95 * error, most), abs=1e-9)
    assert low - 1e-9 <= value <= high + 1e-9


@pytest.mark.parametrize(
    ("people", "households", "silent", "expected"),
    [
        (39, 20, 5.0, (True, True, False)),
        (40, 40, 5.0, (False, True, False)),
        (249, 120, 5.0, (False, True, False)),
        (250, 40, 49.9, (False, False, False)),
        (250, 39, 50.0, (False, True, True)),
    ],
)
def test_thresholds_are_the_publishers(
    people: int, households: int, silent: float, expected: tuple[bool, bool, bool]
) -> None:
    hidden = hidden_of(np.array([people]), np.array([households]), np.array([silent]))
    found = (hidden.all_but_population, hidden.incomes, hidden.long_form)
    assert tuple(bool(one[0]) for one in found) == expected


def test_one_household_in_four_is_asked_and_at_least_five(city: Made) -> None:
    d = city.divisions
    sample = sample_of(city.people, d.da, d.n_das, rng=np.random.default_rng(1))
    living = sample.living
    assert len(np.unique(sample.household)) == len(sample.household)
    assert np.array_equal(sample.asked, np.maximum(np.ceil(living / 4), np.minimum(living, 5)))
    weights = sample.weight[sample.da].sum()
    assert weights == pytest.approx(len(city.people.households))


def test_the_long_form_is_calibrated_to_persons_and_households(city: Made) -> None:
    d = city.divisions
    rng = np.random.default_rng(2)
    form = long_form_of(city.people, d.da, d.n_das, published(), rng=rng)
    totals, variance = form.estimates.totals, form.estimates.variance
    true = city.tally.over(d.da, d.n_das)
    for measure in (EVERYBODY, EVERY_HOUSEHOLD):
        k = form.column[measure]
        several = form.sample.asked > 3
        assert totals[several, k, 0] == pytest.approx(true.of(measure)[several], abs=0.5)
        assert variance[several, k, 0].max() < 0.5
    k = form.column[1415]
    assert not np.allclose(totals[:, k, 0], true.of(1415), atol=0.5), "owners are estimated"


def test_a_sheet_hides_values_and_leaves_what_never_applied() -> None:
    kinds = published()[:12]
    sheet = Sheet(2, kinds)
    sheet.put(0, np.array([7, 8]), np.array([[5.0, 10.0], [np.nan, 15.0]]))
    assert sheet.symbols[0, 1, 7] == NOT_APPLICABLE
    everywhere = np.ones(12, dtype=bool)
    sheet.hide(np.array([True, False]), everywhere, CONFIDENTIAL)
    assert np.isnan(sheet.values[0, 0]).all()
    assert (sheet.symbols[0, 0, [7, 8]] == CONFIDENTIAL).all()
    assert sheet.symbols[0, 0, 0] == NOT_APPLICABLE
    assert sheet.values[0, 1, 8] == 15.0


@pytest.fixture(scope="module")
def areas(city: Made) -> ProfileRows:
    """Publish the city's dissemination areas."""
    return profile_rows(city, year=2021, lang="en")[-1]


def test_small_areas_tell_their_population_and_nothing_more(city: Made, areas: ProfileRows) -> None:
    n, n_kinds = len(areas.geographies), len(published())
    values = areas.values.reshape(18, n, n_kinds)
    symbols = areas.symbols.reshape(18, n, n_kinds)
    place = {one.id: k for k, one in enumerate(published())}
    people = np.bincount(city.divisions.da, city.tally.population, n)
    few, poor = people < 40, people < 250
    assert few.any()
    assert np.array_equal(values[0, :, place[1]], people)
    assert np.isnan(values[0][few][:, place[8] :]).all()
    assert (symbols[0, few, place[8]] == CONFIDENTIAL).all()
    assert (symbols[0, poor & (people > 0), place[243]] == CONFIDENTIAL).all()
    assert (symbols[0, poor & ~few, place[8]] == 0).all()
    flags = np.array([one.quality_flag for one in areas.geographies])
    assert all(flag == "09999" for flag in flags[few])
    assert all(flag[2] == "9" for flag in flags[poor])
    silent = np.array([one.tnr_lf is not None and one.tnr_lf >= 50 for one in areas.geographies])
    assert (symbols[0, silent & ~few, place[1414]] == NOT_AVAILABLE).all()


def test_full_counts_have_no_interval_and_sampled_ones_do(areas: ProfileRows) -> None:
    n, n_kinds = len(areas.geographies), len(published())
    values = areas.values.reshape(18, n, n_kinds)
    place = {one.id: k for k, one in enumerate(published())}
    assert np.isnan(values[3:9, :, place[8]]).all()
    told = ~np.isnan(values[0])
    for one in published():
        k = place[one.id]
        here = told[:, k]
        if not one.sampled:
            assert np.isnan(values[3:9, :, k]).all(), one.id
            continue
        assert here.sum() > 80, one.id
        middle, low, high = (values[part, here, k] for part in (0, 3, 6))
        assert (low <= high).all(), one.id
        slack = 10.0 if one.form == "median" else 0.51
        assert (middle >= low - slack).all(), one.id
        assert (middle <= high + slack).all(), one.id


def test_counts_are_rounded_apart_from_their_totals(areas: ProfileRows) -> None:
    n, n_kinds = len(areas.geographies), len(published())
    values = areas.values.reshape(18, n, n_kinds)[0]
    place = {one.id: k for k, one in enumerate(published())}
    counts = [place[one.id] for one in published() if one.form == "count"]
    told = values[:, counts]
    assert (told[~np.isnan(told)] % 5 == 0).all()
    gap = values[:, place[8]] - values[:, [place[i] for i in (9, 13, 24)]].sum(axis=1)
    assert np.nanmax(np.abs(gap)) >= 5
