"""Values on a map: published and hand-worked answers, what is refused, what chance and threads do."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.multiplicity import adjusted, false_discovery
from courtepointe.core.space import (
    Neighbours,
    Quadrant,
    contiguity,
    from_pairs,
    gathered,
    geary,
    getis_ord,
    local_moran,
    moran,
    moran_dealt,
    nearest,
    smoothed,
    standardised,
    surviving,
    within_distance,
)
from courtepointe.core.typing import Floats, Shapes

NINE = np.arange(1.0, 10.0)
EVENTS = np.array([3, 1, 0, 55, 8, 2, 0, 12, 4, 99, 1, 2, 7, 3, 95, 6], dtype=float)
PEOPLE = np.array(
    [100, 80, 40, 210, 160, 90, 10, 300, 120, 150, 60, 70, 200, 110, 260, 140], dtype=float
)


def squares(side: int) -> Shapes:
    """Lay out unit squares, row by row."""
    return np.array([shapely.box(k % side, k // side, k % side + 1, k // side + 1)
                     for k in range(side * side)], dtype=object)  # fmt: skip


def rook(side: int) -> Neighbours:
    return contiguity(squares(side), rook=True)


def chance(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


# ------------------------------------------------------------------ who are neighbours


def test_squares_of_a_lattice_touch_by_lines_or_by_corners() -> None:
    by_line, by_point = rook(3), contiguity(squares(3))
    assert by_line.of(4).tolist() == [1, 3, 5, 7]
    assert by_point.of(4).tolist() == [0, 1, 2, 3, 5, 6, 7, 8]
    assert by_line.counts.tolist() == [2, 3, 2, 3, 4, 3, 2, 3, 2]
    assert by_line.islands.size == 0
    assert by_line.standardised().lag(NINE)[4] == 5.0
    assert by_line.standardised().binary().weight.sum() == by_line.weight.sum() == 24.0


def test_an_island_has_no_neighbour_and_a_hair_of_water_parts_nobody() -> None:
    shapes = np.array([shapely.box(0, 0, 10, 10), shapely.box(10.5, 0, 20, 10),
                       shapely.box(90, 0, 99, 9)], dtype=object)  # fmt: skip
    assert contiguity(shapes).islands.tolist() == [0, 1, 2]
    near = contiguity(shapes, tolerance_m=1.0)
    assert near.islands.tolist() == [2] and near.of(0).tolist() == [1]


def test_the_nearest_are_taken_and_of_equals_the_first() -> None:
    points = np.array([[0.0, 0], [1, 0], [-1, 0], [5, 0], [0, 0]])
    told = nearest(points, number=2)
    assert [told.of(k).tolist() for k in range(5)] == [[1, 4], [0, 4], [0, 4], [0, 1], [0, 1]]


def test_within_a_distance_is_both_ways_and_the_limit_counts() -> None:
    told = within_distance(np.array([[0.0, 0], [3, 4], [30, 40]]), limit_m=5.0)
    assert told.counts.tolist() == [1, 1, 0] and told.islands.tolist() == [2]


def test_neighbours_among_some_units_only_and_with_themselves() -> None:
    kept = np.array([True, True, False, True, True, True, True, True, True])
    told = rook(3).narrowed(kept)
    assert told.n_units == 8 and told.of(1).tolist() == [0, 3]
    own = rook(3).with_self()
    assert own.of(0).tolist() == [0, 1, 3] and own.weight.sum() == 33.0


@pytest.mark.parametrize(
    ("row", "unit", "weight", "code"),
    [
        ([0, 0], [1, 1], None, "space_position"),
        ([0], [5], None, "space_position"),
        ([7], [1], None, "space_position"),
        ([0], [1], [0.0], "space_weight"),
        ([0], [1], [float("nan")], "space_weight"),
    ],
)
def test_pairs_that_cannot_be_are_refused(
    row: list[int], unit: list[int], weight: list[float] | None, code: str
) -> None:
    held = None if weight is None else np.array(weight)
    with pytest.raises(BadInput, match=code):
        from_pairs(np.array(row), np.array(unit), held, n_units=3)


def test_what_makes_no_neighbours_is_refused() -> None:
    with pytest.raises(BadInput, match="core_shape_not_surface"):
        contiguity(np.array([shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (1, 1)])]))
    with pytest.raises(BadInput, match="space_distance"):
        contiguity(squares(2), tolerance_m=-1.0)
    with pytest.raises(BadInput, match="space_distance"):
        within_distance(np.zeros((2, 2)), limit_m=0.0)
    with pytest.raises(BadInput, match="space_number"):
        nearest(np.zeros((2, 2)), number=2)
    with pytest.raises(BadInput, match="core_not_a_number"):
        nearest(np.array([[0.0, np.nan], [1, 1]]), number=1)
    with pytest.raises(BadInput, match="space_first"):
        Neighbours(np.array([0, 2]), np.array([0]), np.ones(1))


# ------------------------------------------------------------------ over the whole map


def test_moran_of_a_rising_lattice_is_a_half() -> None:
    told = moran(NINE, rook(3))
    assert told.value == pytest.approx(0.5)
    assert told.expected == -0.125
    assert told.variance_normal == pytest.approx(0.053125)
    assert told.variance_random == pytest.approx(0.0596875)


def test_geary_of_the_same_is_a_third() -> None:
    """C by hand: 24 pairs, half of them 1 apart and half 3: 120 * 8 / (2 * 24 * 60)."""
    assert geary(NINE, rook(3)).value == pytest.approx(1.0 / 3.0)


def test_the_variances_of_geary_are_those_of_esda() -> None:
    values = np.array([3, 1, 0, 5, 8, 2, 0, 12, 4, 9, 1, 2, 7, 3, 15, 6], dtype=float)
    told = geary(values, rook(4).standardised())
    assert told.value == pytest.approx(1.1021665942658558)
    assert told.variance_normal == pytest.approx(0.03180530024509804)
    assert told.variance_random == pytest.approx(0.0312262726346698)


def test_the_six_points_of_getis_and_ord() -> None:
    points = np.array([[10, 10], [20, 10], [40, 10], [15, 20], [30, 20], [30, 30]], dtype=float)
    values = np.array([2, 3, 3.2, 5, 8, 7])
    near = within_distance(points, limit_m=15.0)
    told = getis_ord(values, near)
    assert told.value == pytest.approx(0.5570977918, abs=1e-10)
    assert told.p_random / 2.0 == pytest.approx(0.17293566, abs=1e-8)
    assert gathered(values, near)[0] == pytest.approx(-1.0136729, abs=1e-7)
    assert gathered(values, near, star=True)[0] == pytest.approx(-1.3972763, abs=1e-7)


def test_deals_of_a_rising_lattice_are_seldom_as_far() -> None:
    p = moran_dealt(NINE, rook(3), rng=chance(), n_draws=999)
    assert 0.001 <= p <= 0.05
    assert p == moran_dealt(NINE, rook(3), rng=chance(), n_draws=999)


@pytest.mark.parametrize(
    ("values", "pairs", "code"),
    [
        (np.full(9, 0.1), rook(3), "space_all_equal"),
        (np.ones(1), from_pairs(np.zeros(0, int), np.zeros(0, int), n_units=1), "space_too_few"),
        (NINE, from_pairs(np.zeros(0, int), np.zeros(0, int), n_units=9), "space_no_pairs"),
    ],
)
def test_what_lies_nowhere_has_no_answer(values: Floats, pairs: Neighbours, code: str) -> None:
    for statistic in (moran, geary, getis_ord, gathered):
        with pytest.raises(NoAnswer, match=code):
            statistic(values, pairs)
    with pytest.raises(NoAnswer, match=code):
        local_moran(values, pairs, rng=chance())
    with pytest.raises(NoAnswer, match=code):
        moran_dealt(values, pairs, rng=chance(), n_draws=9)


def test_missing_values_have_no_place_here() -> None:
    values = NINE.copy()
    values[3] = np.nan
    with pytest.raises(BadInput, match="core_not_a_number"):
        moran(values, rook(3))
    with pytest.raises(BadInput, match="core_shape"):
        moran(NINE[:8], rook(3))
    with pytest.raises(BadInput, match="space_negative"):
        getis_ord(NINE - 5.0, rook(3))
    with pytest.raises(NoAnswer, match="space_one_value"):
        getis_ord(np.eye(9)[0], rook(3))
    with pytest.raises(BadInput, match="space_own_neighbour"):
        gathered(NINE, rook(3).with_self())


# ------------------------------------------------------------------ unit by unit


def test_local_indices_add_up_to_the_whole() -> None:
    near = rook(3).standardised()
    told = local_moran(NINE, near, rng=chance())
    assert told.index.sum() / 8.0 == pytest.approx(moran(NINE, near).value)
    assert told.quadrant.tolist() == [3, 3, 3, 3, 0, 1, 1, 1, 1]
    assert Quadrant(told.quadrant[4]) is Quadrant.NONE, "it lies at the mean"


def test_p_of_a_corner_by_counting_all_deals() -> None:
    """Of 28 pairs of the other eight, the pairs (2, 4) and (2, 3) have the least sums: 2 of 28."""
    told = local_moran(NINE, rook(3).standardised(), rng=chance(), n_draws=99_999)
    at_most = told.at_most[0] / 99_999
    assert at_most == pytest.approx(2.0 / 28.0, abs=0.004)
    assert told.p_value[0] == pytest.approx(4.0 / 28.0, abs=0.01)


def test_a_unit_without_neighbours_is_not_tested() -> None:
    pairs = within_distance(np.array([[0.0, 0], [1, 0], [2, 0], [3, 0], [99, 0]]), limit_m=1.0)
    told = local_moran(np.array([1.0, 2, 4, 5, 9]), pairs.standardised(), rng=chance())
    assert told.tested.tolist() == [True] * 4 + [False]
    assert told.p_value[4] == 1.0 and told.quadrant[4] == Quadrant.NONE


def test_threads_and_repetition_change_nothing() -> None:
    values = chance(7).normal(size=400)
    near = contiguity(squares(20)).standardised()
    one = local_moran(values, near, rng=chance(), n_threads=1)
    three = local_moran(values, near, rng=chance(), n_threads=3)
    assert (one.at_least == three.at_least).all() and (one.at_most == three.at_most).all()
    other = local_moran(values, near, rng=chance(2), n_threads=1)
    assert (one.at_least != other.at_least).any()


def test_many_neighbours_are_dealt_from_a_deck_to_the_same_effect() -> None:
    points = np.column_stack([np.arange(60.0), np.zeros(60)])
    told = local_moran(
        np.arange(60.0), within_distance(points, limit_m=55.0).standardised(), rng=chance()
    )
    assert (told.at_least + told.at_most >= 999).all()
    all_others = within_distance(points, limit_m=99.0).standardised()
    every = local_moran(np.arange(60.0), all_others, rng=chance(), n_draws=9)
    assert (every.p_value == 1.0).all(), "the same others whatever the deal"


def test_where_p_is_small_other_deals_decide() -> None:
    values, near = clustered()
    once = local_moran(values, near, rng=chance(), n_draws=999)
    told = local_moran(values, near, rng=chance(), n_draws=999, n_again=9_999)
    again = once.p_value <= 0.05
    assert (told.n_draws == np.where(again, 9_999, 999)).all() and again.any()
    assert (told.p_value[~again] == once.p_value[~again]).all()
    assert once.p_value.min() == pytest.approx(0.002)
    assert told.p_value.min() == pytest.approx(0.0002)
    three = local_moran(values, near, rng=chance(), n_draws=999, n_again=9_999, n_threads=3)
    assert (three.p_value == told.p_value).all()
    at = np.flatnonzero(told.p_value <= 0.001)
    exact = np.zeros(values.size)
    stays = surviving(values, exact, near, told, at=at, cut=0.001, rng=chance(), n_draws=9)
    assert at.size and (stays == 1.0).all()


def test_no_draw_is_refused() -> None:
    with pytest.raises(BadInput, match="space_draws"):
        local_moran(NINE, rook(3), rng=chance(), n_draws=0)


# ------------------------------------------------------------------ rates


def test_rates_drawn_towards_all_are_those_of_esda() -> None:
    told = smoothed(EVENTS, PEOPLE)
    assert told.rate[:4] == pytest.approx(
        [0.03446442994113069, 0.018889511254540442, 0.013354054661785212, 0.2595763963719355]
    )
    assert (np.abs(told.rate - told.mean) <= np.abs(EVENTS / PEOPLE - told.mean) + 1e-12).all()


def test_rates_drawn_towards_neighbours_are_those_of_esda() -> None:
    told = smoothed(EVENTS, PEOPLE, rook(4))
    assert told.rate[[0, 1, 2, 3, 9]] == pytest.approx(
        [0.03529411764705882, 0.01935483870967742, 0.03885286812467184, 0.2552105293708634,
         0.6523036929110227]
    )  # fmt: skip


def test_rates_on_one_scale_are_those_of_assuncao_and_reis() -> None:
    told = standardised(EVENTS, PEOPLE)
    assert told.value[[0, 3, 9]] == pytest.approx(
        [-0.5933470741405731, 0.6430242722911845, 2.7655206167215]
    )
    assert told.rate == pytest.approx(298.0 / 2100.0)


def test_where_chance_alone_would_spread_rates_as_much_all_are_the_mean() -> None:
    events = np.array([1.0, 2, 0, 1])
    told = smoothed(events, np.full(4, 50.0))
    assert told.rate == pytest.approx(np.full(4, 0.02)) and (told.weight == 0.0).all()


def test_units_without_people_take_the_mean_and_weigh_nothing() -> None:
    events, people = np.append(EVENTS, 0.0), np.append(PEOPLE, 0.0)
    told = smoothed(events, people)
    assert told.rate[-1] == told.mean[-1] and told.weight[-1] == 0.0
    scale = standardised(events, people)
    assert (scale.value[-1], scale.scale[-1]) == (0.0, 1.0)
    nobody = smoothed(np.zeros(9), np.eye(9)[0], rook(3))
    assert np.isfinite(nobody.rate).all()


def test_shares_of_none_or_all_are_alike() -> None:
    for events in (np.zeros(4), np.full(4, 20.0)):
        told = standardised(events, np.full(4, 20.0), subset=True)
        assert (told.value == 0.0).all() and (told.scale == 1.0).all()


@pytest.mark.parametrize(
    ("events", "people", "code"),
    [
        ([1.0, -1.0], [10.0, 10.0], "space_negative"),
        ([1.0, 1.0], [10.0, 0.0], "space_events_of_nobody"),
        ([1.0, 11.0], [10.0, 10.0], "space_share"),
        ([1.0, float("nan")], [10.0, 10.0], "core_not_a_number"),
    ],
)
def test_counts_that_cannot_be_are_refused(
    events: list[float], people: list[float], code: str
) -> None:
    with pytest.raises(BadInput, match=code):
        standardised(np.array(events), np.array(people), subset=True)


def test_nobody_at_all_has_no_rate() -> None:
    with pytest.raises(NoAnswer, match="space_nobody"):
        smoothed(np.zeros(3), np.zeros(3))


# ------------------------------------------------------------------ what error leaves


def clustered(side: int = 20) -> tuple[Floats, Neighbours]:
    values = chance(3).normal(size=side * side)
    corner = (np.arange(side * side) % side < 6) & (np.arange(side * side) // side < 6)
    return values + 2.5 * corner, contiguity(squares(side)).standardised()


def test_a_cluster_of_exact_values_stays_and_error_wears_it_away() -> None:
    values, near = clustered()
    local = local_moran(values, near, rng=chance(), n_draws=999)
    at = np.flatnonzero(local.p_value <= 0.01)
    assert at.size > 5

    def stays(error: float) -> Floats:
        errors = np.full(values.size, error)
        return surviving(values, errors, near, local, at=at, cut=0.01, rng=chance(), n_draws=199)

    assert (stays(0.0) == 1.0).all()
    means = [float(stays(error).mean()) for error in (0.2, 1.0, 4.0)]
    assert 1.0 > means[0] > means[1] > means[2]


def test_errors_that_cannot_be_are_refused() -> None:
    values, near = clustered(6)
    local = local_moran(values, near, rng=chance(), n_draws=99)
    at = np.array([0])
    for errors, cut, code in (
        (np.full(36, -1.0), 0.1, "space_negative"),
        (np.full(36, np.nan), 0.1, "core_not_a_number"),
        (np.zeros(35), 0.1, "core_shape"),
        (np.zeros(36), 0.0, "space_cut"),
    ):
        with pytest.raises(BadInput, match=code):
            surviving(values, errors, near, local, at=at, cut=cut, rng=chance(), n_draws=9)


# ------------------------------------------------------------------ many tests at once


def test_dependence_however_it_is_asks_for_more() -> None:
    """Four tests: 1 + 1/2 + 1/3 + 1/4 = 25/12."""
    p = np.array([0.01, 0.02, 0.03, 0.9])
    assert adjusted(p) == pytest.approx([0.04, 0.04, 0.04, 0.9])
    assert adjusted(p, however=True) == pytest.approx([1 / 12, 1 / 12, 1 / 12, 1.0])
    assert false_discovery(p, rate=0.05).tolist() == [True, True, True, False]
    assert not false_discovery(p, rate=0.05, however=True).any()
