"""What the arithmetic refuses, each beside what it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely

from courtepointe.core import fit
from courtepointe.core.aggregate import (
    CellBlock,
    Quantity,
    Rule,
    estimate_area,
    estimate_areas,
    mean,
    membership,
    share,
    total,
)
from courtepointe.core.bands import Bands, quantile_from_bands
from courtepointe.core.errors import BadInput
from courtepointe.core.rounding import rounding_variance

X = np.nan


def block(**changed: Any) -> CellBlock:
    """Make a block of two variables and three units, some of it changed."""
    given = {
        "values": np.array([[10.0, 20.0, X], [5.0, 5.0, 5.0]]),
        "known": np.array([[True, True, False], [True, True, True]]),
        "low": np.array([[5.0, X, X], [X, X, X]]),
        "high": np.array([[15.0, X, X], [X, X, X]]),
        "has_interval": np.array([[True, False, False], [False, False, False]]),
        "rounded_to": np.array([5, 0]),
        "sampled": np.array([True, False]),
        "people": np.array([10.0, 20.0, 30.0]),
    }
    return CellBlock.of(**(given | changed))


def refused(code: str, act: Callable[[], object]) -> BadInput:
    """Hold that an act is refused by that name."""
    with pytest.raises(BadInput) as error:
        act()
    assert error.value.code == code
    return error.value


def test_a_block_takes_nan_only_behind_its_mask() -> None:
    assert block().values[0, 2] == 0.0
    known = np.ones((2, 3), bool)
    assert refused("core_not_a_number", lambda: block(known=known)).facts == {"array": "values"}
    infinite = np.array([[np.inf, 20.0, X], [5.0, 5.0, 5.0]])
    refused("core_not_a_number", lambda: block(values=infinite))


def test_people_and_intervals_are_held_to_be_numbers() -> None:
    refused("core_not_a_number", lambda: block(people=np.array([10.0, X, 30.0])))
    refused("core_negative_count", lambda: block(people=np.array([10.0, -1.0, 30.0])))
    kept = block(people=np.array([10.0, X, 30.0]), people_known=np.array([True, False, True]))
    assert kept.people.tolist() == [10.0, 20.0, 30.0]
    shown = np.array([[True, True, False], [False, False, False]])
    refused("core_not_a_number", lambda: block(has_interval=shown))
    high = np.array([[4.0, X, X], [X, X, X]])
    error = refused("core_interval_reversed", lambda: block(high=high))
    assert error.facts == {"low": 5.0, "high": 4.0}


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("values", np.zeros(3)),
        ("known", np.ones((2, 2), bool)),
        ("low", np.zeros((1, 3))),
        ("has_interval", np.zeros((2, 4), bool)),
        ("rounded_to", np.zeros(3, np.int64)),
        ("sampled", np.zeros(1, bool)),
        ("people", np.zeros(2)),
    ],
)
def test_arrays_of_another_shape_are_refused_by_name(name: str, array: np.ndarray) -> None:
    error = refused("core_shape", lambda: block(**{name: array}))
    assert error.facts["array"] == name


def test_a_base_below_zero_is_refused() -> None:
    refused("core_rounding_base", lambda: block(rounded_to=np.array([5, -5])))
    refused("core_rounding_base", lambda: rounding_variance(-1))
    assert rounding_variance(0) == rounding_variance(1) == 0.0


def test_units_and_shares_must_make_sense() -> None:
    town = block()
    units = np.array([0, 1])
    assert estimate_area(town, [total(1)], units=units)[0].value == 10.0
    refused("core_unit_position", lambda: estimate_area(town, [total(1)], units=np.array([0, 3])))
    refused("core_unit_position", lambda: estimate_area(town, [total(1)], units=np.array([-1])))
    refused("core_unit_twice", lambda: estimate_area(town, [total(1)], units=np.array([1, 1])))
    refused(
        "core_shape", lambda: estimate_area(town, [total(1)], units=units, shares=np.array([1.0]))
    )
    for wrong in (-0.1, 1.1):
        shares = np.array([1.0, wrong])
        error = refused(
            "core_share_range",
            lambda shares=shares: estimate_area(town, [total(1)], units=units, shares=shares),
        )
        assert error.facts == {"value": wrong}
    shares = np.array([1.0, X])
    refused(
        "core_not_a_number", lambda: estimate_area(town, [total(1)], units=units, shares=shares)
    )


def test_a_share_of_zero_is_no_member() -> None:
    found = estimate_area(block(), [total(1)], shares=np.array([1.0, 0.0, 0.0]))[0]
    assert (found.value, found.n_units) == (5.0, 1)


def test_a_variable_outside_the_block_is_refused() -> None:
    error = refused("core_variable_position", lambda: estimate_area(block(), [total(0), total(2)]))
    assert error.facts == {"value": 2, "n_variables": 2}
    refused("core_variable_position", lambda: estimate_area(block(), [share((0,), (-1,))]))


def test_a_membership_of_another_size_is_refused() -> None:
    pair = {"area": np.array([0]), "unit": np.array([2]), "share": np.array([1.0])}
    fits = membership(**pair, n_areas=1, n_units=3)
    assert estimate_areas(block(), [total(1)], membership=fits).of_area(0)[0].value == 5.0
    other = membership(**pair, n_areas=1, n_units=4)
    refused("core_shape", lambda: estimate_areas(block(), [total(1)], membership=other))
    refused("core_unit_position", lambda: membership(**pair, n_areas=1, n_units=2))
    wrong = pair | {"share": np.array([2.0])}
    refused("core_share_range", lambda: membership(**wrong, n_areas=1, n_units=3))


@pytest.mark.parametrize(
    ("rule", "numerator", "denominator"),
    [
        (Rule.SUM, (), ()),
        (Rule.SUM, (0,), (1,)),
        (Rule.RATIO_OF_SUMS, (0,), ()),
        (Rule.WEIGHTED_MEAN, (0, 1), (1,)),
        (Rule.RANGE_OF_MEDIANS, (0, 1), ()),
        (Rule.MEDIAN_FROM_BANDS, (0, 1), ()),
    ],
)
def test_a_quantity_that_has_no_meaning_cannot_exist(
    rule: Rule, numerator: tuple[int, ...], denominator: tuple[int, ...]
) -> None:
    refused("core_quantity", lambda: Quantity(rule, numerator, denominator))
    assert mean(0, (1,)).variables == (0, 1)


def test_bands_and_their_variables_go_together() -> None:
    bands = Bands.of(((0, 10), (10, None)))
    assert Quantity(Rule.MEDIAN_FROM_BANDS, (0, 1), bands=bands).bands is bands
    refused("core_quantity", lambda: Quantity(Rule.MEDIAN_FROM_BANDS, (0,), bands=bands))
    refused("core_quantity", lambda: Quantity(Rule.SUM, (0, 1), bands=bands))


@pytest.mark.parametrize(
    "edges",
    [(), (0.0,), (None, None), (0.0, None, 5.0), (0.0, 5.0, 5.0), (0.0, 5.0, 4.0), (0.0, X)],
)
def test_bands_out_of_order_are_refused(edges: tuple[float | None, ...]) -> None:
    refused("core_bands", lambda: Bands(edges))


def test_bands_with_a_gap_are_refused() -> None:
    assert Bands.of(((None, 10), (10, 20)), floor=0.0).edges == (0.0, 10, 20)
    refused("core_bands", lambda: Bands.of(((0, 10), (11, 20))))
    refused("core_bands", lambda: Bands.of(((0, None), (10, 20))))
    refused("core_bands", lambda: Bands.of(()))


def test_counts_of_bands_must_be_counts() -> None:
    bands = Bands((0.0, 10.0, 20.0))
    assert quantile_from_bands(np.array([1.0, 1.0]), bands).value == 10.0
    refused("core_bands", lambda: quantile_from_bands(np.array([1.0]), bands))
    refused("core_not_a_number", lambda: quantile_from_bands(np.array([1.0, X]), bands))
    refused("core_negative_count", lambda: quantile_from_bands(np.array([1.0, -1.0]), bands))
    for wrong in ({"quantile": 1.0}, {"sampled": 0.0}, {"design_factor": -1.0}):
        refused("core_bands", lambda wrong=wrong: Bands((0.0, 10.0), **wrong))


SQUARE = shapely.box(0, 0, 1, 1)
BOW_TIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
NO_SURFACE = (shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)]), shapely.Polygon())


@pytest.mark.parametrize("shape", NO_SURFACE, ids=["point", "line", "empty"])
def test_an_area_without_surface_is_refused(shape: shapely.Geometry) -> None:
    units = fit.index_shapes(np.array([SQUARE]))
    refused("core_area_not_surface", lambda: fit.share_by_surface(units, shape))
    assert fit.share_by_surface(units, SQUARE).inside.tolist() == [1.0]


def test_an_area_that_crosses_itself_is_refused() -> None:
    units = fit.index_shapes(np.array([SQUARE]))
    refused("core_area_invalid", lambda: fit.share_by_surface(units, BOW_TIE))


def test_a_broken_unit_is_named_by_its_position() -> None:
    error = refused(
        "core_shape_not_surface", lambda: fit.index_shapes(np.array([SQUARE, NO_SURFACE[0]]))
    )
    assert error.facts == {"position": 1}
    units = fit.index_shapes(np.array([shapely.box(5, 5, 6, 6), BOW_TIE]))
    half = shapely.box(0, 0, 0.5, 1)
    error = refused("core_shape_invalid", lambda: fit.share_by_surface(units, half))
    assert error.facts == {"position": 1}


def test_blocks_must_fit_their_units() -> None:
    units = fit.index_shapes(np.array([SQUARE]))

    def ask(weight: list[float], unit: list[int]) -> fit.InsideShares:
        return fit.share_by_blocks(
            units,
            SQUARE,
            blocks=fit.place_blocks(units, np.array(weight), np.array(unit), n_units=1),
        )

    assert ask([3.0], [0]).inside.tolist() == [1.0]
    refused("core_shape", lambda: ask([3.0, 1.0], [0]))
    refused("core_shape", lambda: ask([3.0], [0, 0]))
    refused("core_not_a_number", lambda: ask([X], [0]))
    refused("core_negative_count", lambda: ask([-1.0], [0]))
    refused("core_unit_position", lambda: ask([3.0], [1]))
    refused("core_unit_position", lambda: ask([3.0], [-2]))


def test_a_union_of_another_size_is_refused() -> None:
    units = fit.index_shapes(np.array([SQUARE]))
    pairs = fit.shares_of_division(units, np.array([SQUARE]))
    refused(
        "core_shape",
        lambda: fit.best_fit_division(pairs, n_units=1, union_share=np.ones(2)),
    )
