"""The fast arithmetic and its slow twin agree on random towns, figure by figure, field by field."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle import slow_aggregate, slow_bands, slow_fit, slow_rounding
from tests.oracle.towns import ASKS, EDGES, QUANTITIES, VARIABLES, Town, towns

from courtepointe.core import aggregate, bands, fit, rounding

NUMBERS = ("value", "low", "high", "half_width", "coverage", "numerator", "denominator")
WORDS = (
    "answer",
    "uncertainty",
    "n_units",
    "n_units_missing",
    "n_units_without_interval",
    "open_band",
)


def assert_same(fast: aggregate.Estimate, slow: slow_aggregate.Slow, about: object) -> None:
    """Hold every field of the two together."""
    for name in WORDS:
        assert getattr(fast, name) == getattr(slow, name), (name, about)
    for name in NUMBERS:
        ours, theirs = getattr(fast, name), getattr(slow, name)
        assert (ours is None) == (theirs is None), (name, ours, theirs, about)
        if ours is not None:
            assert math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9), (name, about)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(towns())
def test_every_rule_agrees_with_the_slow_one(town: Town) -> None:
    found = aggregate.estimate_area(town.block(), QUANTITIES, shares=town.shares)
    for ask, fast in zip(ASKS, found, strict=True):
        assert_same(fast, slow_aggregate.estimate(list(town.units), list(VARIABLES), ask), ask)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(towns(min_size=2), st.data())
def test_many_areas_at_once_answer_as_one_by_one(town: Town, data: st.DataObject) -> None:
    n_units = len(town.units)
    part = st.sampled_from([0.0, 0.25, 1.0, 1.0])
    rows = st.lists(part, min_size=n_units, max_size=n_units)
    shares = np.array(data.draw(st.lists(rows, min_size=1, max_size=4)))
    area, unit = np.nonzero(shares)
    members = aggregate.membership(
        area=area, unit=unit, share=shares[area, unit], n_areas=len(shares), n_units=n_units
    )
    table = aggregate.estimate_areas(town.block(), QUANTITIES, membership=members)
    for place, row in enumerate(shares):
        units = [
            slow_aggregate.Unit(u.cells, u.people, float(s))
            for u, s in zip(town.units, row, strict=True)
        ]
        alone = aggregate.estimate_area(town.block(), QUANTITIES, shares=row)
        for ask, together, apart in zip(ASKS, table.of_area(place), alone, strict=True):
            assert_same(together, slow_aggregate.estimate(units, list(VARIABLES), ask), ask)
            assert_same(apart, slow_aggregate.estimate(units, list(VARIABLES), ask), ask)


@pytest.mark.parametrize("base", [0, 1, 2, 3, 5, 10])
def test_rounding_agrees_with_every_outcome_counted(base: int) -> None:
    assert math.isclose(rounding.rounding_variance(base), slow_rounding.variance(base))
    for n_cells in range(25):
        exact = slow_rounding.half_width(n_cells, base)
        assert math.isclose(rounding.rounding_half_width(n_cells, base=base), exact)
    together = rounding.whole_half_widths(np.arange(25.0), base=base)
    assert np.allclose(together, [slow_rounding.half_width(k, base) for k in range(25)], atol=0)
    assert math.isclose(rounding.few_cells_factor(base), slow_rounding.few_cells_factor(base))


parts = st.floats(0.001, 1.0)


@settings(deadline=None, derandomize=True)
@given(st.lists(parts, min_size=0, max_size=14), st.integers(0, 3), st.sampled_from([0, 3, 5]))
def test_split_cells_agree(weights: list[float], cells: int, base: int) -> None:
    fast = rounding.split_half_widths(np.array([weights]), cells=cells, base=base)
    slow = slow_rounding.split_half_width([w for w in weights for _ in range(cells)], base)
    assert math.isclose(fast[0], slow, rel_tol=1e-12)


@settings(deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 200).map(float), min_size=4, max_size=4),
    st.sampled_from([0.1, 0.2, 0.25, 0.5, 0.75, 0.8]),
    st.sampled_from([1.0, 0.25]),
    st.lists(st.sampled_from([0.0, 4.0, 40.0]), min_size=4, max_size=4),
    st.booleans(),
)
def test_bands_agree(
    counts: list[float], part: float, sampled: float, own: list[float], open_below: bool
) -> None:
    edges = (None, *EDGES[1:]) if open_below else EDGES
    slow = slow_bands.quantile(
        counts, list(edges), part=part, sampled=sampled, design_factor=1.3, variances=own
    )
    given_ = bands.Bands(edges, part, sampled, 1.3)
    fast = bands.quantile_from_bands(np.array(counts), given_, band_variance=np.array(own))
    assert fast.open_band == slow[3]
    for ours, theirs in zip((fast.value, fast.low, fast.high), slow[:3], strict=True):
        assert (ours is None) == (theirs is None)
        assert ours is None or math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)


@st.composite
def boxes(draw: st.DrawFn) -> shapely.Geometry:
    """Draw a box, or the union of two."""
    corner = st.integers(0, 9)
    some = []
    for _ in range(draw(st.integers(1, 2))):
        x, y = draw(corner), draw(corner)
        wide, high = draw(st.integers(1, 12)), draw(st.integers(1, 12))
        some.append(shapely.box(x / 2, y / 2, (x + wide) / 2, (y + high) / 2))
    return shapely.union_all(some)


GRID = [shapely.box(x, y, x + 1, y + 1) for y in range(4) for x in range(4)]
QUARTERS = [
    (shapely.box(x / 2, y / 2, (x + 1) / 2, (y + 1) / 2), (y // 2) * 4 + x // 2)
    for y in range(8)
    for x in range(8)
]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(boxes(), st.lists(st.integers(0, 3).map(float), min_size=64, max_size=64))
def test_the_fit_agrees(area: shapely.Geometry, people: list[float]) -> None:
    units = fit.index_shapes(np.array(GRID))
    by_surface = fit.share_by_surface(units, area)
    slow = [slow_fit.surface_share(shape, area) for shape in GRID]
    assert by_surface.positions.tolist() == [i for i, part in enumerate(slow) if part > 0]
    assert np.allclose(by_surface.inside, [part for part in slow if part > 0], atol=1e-12)
    by_blocks = fit.share_by_blocks(
        units,
        area,
        blocks=fit.place_blocks(
            fit.index_shapes(np.array([shape for shape, _ in QUARTERS])),
            np.array(people),
            np.array([unit for _, unit in QUARTERS]),
            n_units=len(GRID),
        ),
    )
    told = [(shape, p, unit) for (shape, unit), p in zip(QUARTERS, people, strict=True)]
    for unit, inside in zip(by_blocks.positions, by_blocks.inside, strict=True):
        expected = slow_fit.block_share(unit, GRID[unit], area, told)
        assert math.isclose(inside, expected, abs_tol=1e-12)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(boxes(), min_size=1, max_size=4))
def test_a_division_agrees(areas: list[shapely.Geometry]) -> None:
    units = fit.index_shapes(np.array(GRID))
    pairs = fit.shares_of_division(units, np.array(areas))
    whole = shapely.union_all(areas)
    union = [slow_fit.surface_share(shape, whole) for shape in GRID]
    found = fit.best_fit_division(pairs, n_units=len(GRID), union_share=np.array(union))
    shares = [
        {a: slow_fit.surface_share(shape, area) for a, area in enumerate(areas)} for shape in GRID
    ]
    assert found.area.tolist() == slow_fit.division(shares, union)
