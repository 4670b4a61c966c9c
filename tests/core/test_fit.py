"""Fits worked on squares: who is in, who is split, who stays out."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from courtepointe.core.fit import (
    PlacedBlocks,
    as_drawn,
    best_fit,
    best_fit_division,
    index_shapes,
    place_blocks,
    share_by_blocks,
    share_by_surface,
    shares_of_division,
)
from courtepointe.core.typing import Ints

# Four unit squares in a row: 0, 1, 2, 3.
ROW = np.array([shapely.box(x, 0, x + 1, 1) for x in range(4)])
UNITS = index_shapes(ROW)
# Each in a left and a right block; all people of unit 1 live on its right, none live in unit 3.
BLOCKS = index_shapes(np.array([shapely.box(x / 2, 0, (x + 1) / 2, 1) for x in range(8)]))
PEOPLE = np.array([10.0, 30.0, 0.0, 40.0, 5.0, 5.0, 0.0, 0.0])
OF_UNIT = np.array([0, 0, 1, 1, 2, 2, 3, 3])


def placed(of_unit: Ints = OF_UNIT) -> PlacedBlocks:
    """The blocks in their units."""
    return place_blocks(BLOCKS, PEOPLE, of_unit, n_units=4)


def test_surface_shares() -> None:
    found = share_by_surface(UNITS, shapely.box(0, 0, 2.25, 1))
    assert found.positions.tolist() == [0, 1, 2]
    assert found.inside.tolist() == [1.0, 1.0, 0.25]
    assert found.by_surface.all()


def test_a_unit_that_only_shares_a_limit_is_not_touched() -> None:
    found = share_by_surface(UNITS, shapely.box(0, 0, 1, 1))
    assert found.positions.tolist() == [0]
    assert found.inside.tolist() == [1.0]


def test_limits_drawn_twice_differ_by_a_hair() -> None:
    hair = 1e-11
    found = share_by_surface(UNITS, shapely.box(hair, 0, 1 + hair, 1))
    assert found.positions.tolist() == [0]
    assert found.inside.tolist() == [1.0]


def test_an_area_far_away_touches_nothing() -> None:
    found = share_by_surface(UNITS, shapely.box(50, 50, 51, 51))
    assert best_fit(found).positions.size == as_drawn(found).positions.size == 0


def test_people_are_not_spread_like_surface() -> None:
    # up to 1.4: all of 0; of unit 1 the left block (nobody) but none of the right one
    found = share_by_blocks(UNITS, shapely.box(0, 0, 1.4, 1), blocks=placed())
    assert found.positions.tolist() == [0, 1]
    assert found.inside.tolist() == [1.0, 0.0]
    assert found.surface.tolist() == pytest.approx([1.0, 0.4])
    assert not found.by_surface.any()
    assert best_fit(found).out.tolist() == [1]
    assert as_drawn(found).positions.tolist() == [0]
    assert as_drawn(found).out.tolist() == [1]


def test_a_block_that_the_limit_crosses_counts_by_its_surface() -> None:
    found = share_by_blocks(UNITS, shapely.box(0, 0, 0.75, 1), blocks=placed())
    assert found.inside.tolist() == [(10 + 30 / 2) / 40]


def test_a_unit_without_people_is_measured_by_surface_and_says_so() -> None:
    found = share_by_blocks(UNITS, shapely.box(2, 0, 3.75, 1), blocks=placed())
    assert found.positions.tolist() == [2, 3]
    assert found.inside.tolist() == [1.0, 0.75]
    assert found.by_surface.tolist() == [False, True]


def test_blocks_of_no_unit_count_for_none() -> None:
    orphaned = np.where(OF_UNIT == 0, -1, OF_UNIT)
    found = share_by_blocks(UNITS, shapely.box(0, 0, 0.5, 1), blocks=placed(orphaned))
    assert (found.positions.tolist(), found.inside.tolist()) == ([0], [0.5])
    assert found.by_surface.tolist() == [True]


def test_exactly_a_half_is_in() -> None:
    chosen = best_fit(share_by_surface(UNITS, shapely.box(0.5, 0, 2.49, 1)))
    assert chosen.positions.tolist() == [0, 1]
    assert chosen.shares.tolist() == [1.0, 1.0]
    assert chosen.inside.tolist() == [0.5, 1.0]
    assert chosen.out.tolist() == [2]
    assert chosen.units_partial == 1


def test_as_drawn_takes_the_part_inside() -> None:
    chosen = as_drawn(share_by_surface(UNITS, shapely.box(0.5, 0, 2.25, 1)))
    assert chosen.positions.tolist() == [0, 1, 2]
    assert chosen.shares.tolist() == chosen.inside.tolist() == [0.5, 1.0, 0.25]
    assert chosen.out.size == 0
    assert chosen.units_partial == 2


def division(*limits: tuple[float, float], union: bool = True) -> tuple[list[int], list[int]]:
    """Divide the row between spans; give each unit's area, and the ambiguous units."""
    areas = np.array([shapely.box(low, 0, high, 1) for low, high in limits])
    pairs = shares_of_division(UNITS, areas)
    inside = np.zeros(4)
    if union:
        whole = share_by_surface(UNITS, shapely.union_all(areas))
        inside[whole.positions] = whole.inside
    found = best_fit_division(pairs, n_units=4, union_share=inside if union else None)
    return found.area.tolist(), found.ambiguous.tolist()


def test_each_unit_goes_to_the_area_that_holds_most_of_it() -> None:
    assert division((0, 1.4), (1.4, 4)) == ([0, 1, 1, 1], [])


def test_a_tie_goes_to_the_first_and_is_said() -> None:
    assert division((0, 1.5), (1.5, 4)) == ([0, 0, 1, 1], [1])


def test_an_overlap_gives_nobody_twice() -> None:
    # unit 1 is at least half in both; most of it in the second
    assert division((0, 1.6), (1.3, 4)) == ([0, 1, 1, 1], [1])


def test_a_unit_in_the_division_but_half_in_no_area_goes_to_the_largest() -> None:
    assert division((0, 1.4), (1.4, 1.8), (1.8, 4)) == ([0, 0, 2, 2], [1])


def test_a_unit_mostly_outside_the_division_goes_nowhere() -> None:
    assert division((0, 1.3), (1.9, 4)) == ([0, -1, 1, 1], [])
    assert division((0, 1.3)) == ([0, -1, -1, -1], [])


def test_without_a_union_shares_are_added() -> None:
    assert division((0, 1.4), (1.4, 1.8), (1.8, 4), union=False) == ([0, 0, 2, 2], [1])


def test_a_division_by_people() -> None:
    areas = np.array([shapely.box(0, 0, 1.6, 1), shapely.box(1.6, 0, 4, 1)])
    pairs = shares_of_division(UNITS, areas, blocks=placed())
    found = best_fit_division(pairs, n_units=4)
    assert found.area.tolist() == [0, 1, 1, 1]  # by surface, unit 1 would be in the first
    assert found.inside.tolist() == pytest.approx([1.0, 0.8, 1.0, 1.0])


def test_no_areas_at_all() -> None:
    pairs = shares_of_division(UNITS, np.array([], dtype=object))
    assert pairs.unit.size == 0
    assert best_fit_division(pairs, n_units=4).area.tolist() == [-1, -1, -1, -1]
