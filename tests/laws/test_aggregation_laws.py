"""What must be true of every town, whatever its numbers."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.oracle.towns import ASKS, QUANTITIES, Cell, Town, Unit, towns, units

from courtepointe.core import fit
from courtepointe.core.aggregate import (
    Answer,
    CellBlock,
    Estimate,
    Uncertainty,
    estimate_area,
    estimate_areas,
    membership,
    share,
    total,
)

COUNTS = [place for place, ask in enumerate(ASKS) if ask.rule == "sum"]
SHARES = [place for place, ask in enumerate(ASKS) if ask.subset]
NUMBERS = ("value", "low", "high", "half_width", "coverage", "numerator", "denominator")


def estimates(*these: Unit) -> tuple[Estimate, ...]:
    """Estimate everything over some units."""
    town = Town(these)
    return estimate_area(town.block(), QUANTITIES, shares=town.shares)


def close(one: float | None, other: float | None, *, tolerance: float = 1e-12) -> bool:
    """Say whether two numbers are the same but for the last digits, or both absent."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=tolerance, abs_tol=1e-9)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(towns(min_size=2), st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(town: Town, random: object) -> None:
    shuffled = list(town.units)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for one, other in zip(estimates(*town.units), estimates(*shuffled), strict=True):
        assert all(close(getattr(one, n), getattr(other, n)) for n in NUMBERS)
        assert (one.answer, one.uncertainty) == (other.answer, other.uncertainty)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(towns(missing=False, min_size=2), st.integers(1, 13))
def test_sums_over_parts_are_the_sum_over_the_whole(town: Town, cut: int) -> None:
    assume(cut < len(town.units))
    whole = estimates(*town.units)
    parts = estimates(*town.units[:cut]), estimates(*town.units[cut:])
    for place, ask in enumerate(ASKS):
        if ask.rule == "sum":
            values = [part[place].value for part in parts]
            assert close(whole[place].value, sum(v for v in values if v is not None))
        given_all = all(side[place].answer is Answer.GIVEN for side in (whole, *parts))
        if ask.denominator and given_all:
            for name in ("numerator", "denominator"):
                assert close(
                    getattr(whole[place], name), sum(getattr(p[place], name) for p in parts)
                )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(towns(), units(missing=False))
def test_a_published_unit_never_lowers_coverage(town: Town, published: Unit) -> None:
    for before, after in zip(
        estimates(*town.units), estimates(*town.units, published), strict=True
    ):
        assert before.coverage is not None and after.coverage is not None
        assert after.coverage >= before.coverage - 1e-12


@settings(max_examples=60, deadline=None, derandomize=True)
@given(towns(), units())
def test_a_missing_unit_never_raises_coverage_nor_changes_the_sum(town: Town, added: Unit) -> None:
    missing = replace(added, cells=(None,) * len(added.cells))
    for before, after in zip(estimates(*town.units), estimates(*town.units, missing), strict=True):
        assert before.coverage is not None and after.coverage is not None
        assert after.coverage <= before.coverage + 1e-12
        assert after.n_units_missing == before.n_units_missing + 1
        if after.answer is Answer.GIVEN:
            # as if it were not there: never as if it were zero
            assert all(
                close(getattr(before, n), getattr(after, n)) for n in NUMBERS if n != "coverage"
            )


@settings(max_examples=100, deadline=None, derandomize=True)
@given(towns(max_size=24), units())
def test_the_interval_of_a_count_never_narrows(town: Town, added: Unit) -> None:
    before, after = estimates(*town.units), estimates(*town.units, added)
    for place in COUNTS:
        one, other = before[place], after[place]
        if other.answer is not Answer.GIVEN or one.answer is not Answer.GIVEN:
            continue
        if one.half_width is None:
            assert other.half_width is None  # unknown stays unknown
        elif other.half_width is not None:
            assert other.half_width >= one.half_width * (1 - 1e-12)
            if one.low is not None and one.high is not None:
                assert other.low is not None and other.high is not None
                assert other.high - other.low >= (one.high - one.low) * (1 - 1e-12)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(towns(missing=False, max_size=5))
def test_a_share_lies_between_those_of_its_units(town: Town) -> None:
    whole = estimates(*town.units)
    alone = [estimates(unit) for unit in town.units]
    for place in SHARES:
        values = [one[place].value for one in alone if one[place].value is not None]
        if values and whole[place].value is not None:
            # a unit with an empty base says no share, and may still bring some of the numerator
            if any(one[place].value is None for one in alone):
                continue
            plain = [one[place].numerator / one[place].denominator for one in alone]  # type: ignore[operator]
            low, high = min(*plain, 1.0), max(plain)
            assert 100 * low - 1e-9 <= whole[place].value <= 100 * min(high, 1.0) + 1e-9
            assert 0 <= whole[place].value <= 100


@settings(max_examples=60, deadline=None, derandomize=True)
@given(towns())
def test_a_mean_and_a_range_lie_between_their_units(town: Town) -> None:
    found = estimates(*town.units)
    for place, ask in enumerate(ASKS):
        if ask.rule not in ("weighted_mean", "range_of_medians"):
            continue
        if found[place].answer is not Answer.GIVEN:
            continue
        variable = ask.numerator[0]
        read = (variable, *ask.denominator)
        cells = [unit.cells for unit in town.units]
        values = [c[variable].value * ask.scale for c in cells if all(c[v] for v in read)]  # type: ignore[union-attr]
        for name in ("value", "low", "high"):
            number = getattr(found[place], name)
            if number is not None and (ask.rule == "range_of_medians" or name == "value"):
                assert min(values) - 1e-9 <= number <= max(values) + 1e-9


@settings(max_examples=60, deadline=None, derandomize=True)
@given(towns(missing=False, intervals=True), st.sampled_from([2.0, 4.0, 0.5]))
def test_halving_or_doubling_every_count_leaves_shares(town: Town, factor: float) -> None:
    def scaled(cell: Cell | None) -> Cell | None:
        assert cell is not None
        ends = [None if x is None else x * factor for x in (cell.value, cell.low, cell.high)]
        return Cell(*ends)  # type: ignore[arg-type]

    larger = [replace(u, cells=tuple(scaled(c) for c in u.cells)) for u in town.units]
    pairs = zip(ASKS, estimates(*town.units), estimates(*larger), strict=True)
    for ask, one, other in pairs:
        if ask.subset:
            assert close(one.value, other.value, tolerance=1e-9)
        elif ask.rule == "sum" and one.value is not None:
            assert close(one.value * factor, other.value)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(towns())
def test_every_answer_may_be_shown(town: Town) -> None:
    for found in estimates(*town.units):
        assert found.n_units == len(town.units)
        assert 0 <= found.n_units_missing <= found.n_units
        assert found.coverage is not None and 0.0 <= found.coverage <= 1.0
        assert (found.low is None) == (found.high is None)
        if found.answer is not Answer.GIVEN:
            assert found.value is found.low is found.numerator is found.half_width is None
        if found.low is not None and found.high is not None:
            assert found.low <= found.high
            if found.value is not None:
                assert found.low <= found.value <= found.high
                assert found.uncertainty not in (Uncertainty.NONE, Uncertainty.UNKNOWN)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 2)), min_size=1, max_size=30),
    st.data(),
)
def test_a_partition_by_best_fit_sums_exactly_to_the_total(
    placed: list[tuple[int, int]], data: st.DataObject
) -> None:
    people = np.array([count for count, _ in placed], dtype=np.float64)
    area = np.array([where for _, where in placed])
    block = CellBlock.of(values=people[None, :], known=np.ones((1, area.size), bool), people=people)
    parts = membership(
        area=area, unit=np.arange(area.size), share=np.ones(area.size), n_areas=3, n_units=area.size
    )
    table = estimate_areas(block, [total(0), share((0,), (0,))], membership=parts)
    assert table.value[:, 0].sum() == people.sum()
    order = np.array(data.draw(st.permutations(range(area.size))))
    (whole,) = estimate_area(block, [total(0)], units=order)
    assert whole.value == people.sum()


GRID = np.array([shapely.box(x, y, x + 1, y + 1) for y in range(5) for x in range(5)])


@st.composite
def cuts(draw: st.DrawFn) -> np.ndarray:
    """Cut the five by five grid, and some of its outside, in four with two lines."""
    x, y = (draw(st.floats(-0.5, 5.5)) for _ in range(2))
    xs, ys = (-1.0, x, 6.0), (-1.0, y, 6.0)
    return np.array(
        [shapely.box(xs[i], ys[j], xs[i + 1], ys[j + 1]) for i in range(2) for j in range(2)]
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cuts(), st.lists(st.integers(0, 900), min_size=25, max_size=25))
def test_as_drawn_and_best_fit_over_a_partition_keep_the_total(
    areas: np.ndarray, people: list[int]
) -> None:
    units_ = fit.index_shapes(GRID)
    drawn = [fit.as_drawn(fit.share_by_surface(units_, area)) for area in areas]
    weight = np.array(people, dtype=np.float64)
    as_drawn = sum(float(weight[one.positions] @ one.shares) for one in drawn)
    assert as_drawn == pytest.approx(weight.sum(), rel=1e-7, abs=1e-6)
    division = fit.best_fit_division(fit.shares_of_division(units_, areas), n_units=25)
    assert (division.area >= 0).all()
    assert np.bincount(division.area, weight, minlength=4).sum() == weight.sum()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cuts())
def test_a_unit_in_one_area_alone_is_in_it_in_the_division(areas: np.ndarray) -> None:
    units_ = fit.index_shapes(GRID)
    division = fit.best_fit_division(fit.shares_of_division(units_, areas), n_units=25)
    alone = [fit.best_fit(fit.share_by_surface(units_, area)).positions for area in areas]
    times = np.bincount(np.concatenate(alone), minlength=25)
    for place, positions in enumerate(alone):
        certain = positions[times[positions] == 1]
        assert (division.area[certain] == place).all()
    assert set(np.flatnonzero(times != 1)) == set(division.ambiguous)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.floats(0, 4), st.floats(0, 4), st.floats(0.2, 4), st.floats(0, 2))
def test_a_larger_area_never_holds_less(x: float, y: float, wide: float, more: float) -> None:
    units_ = fit.index_shapes(GRID)
    small = fit.share_by_surface(units_, shapely.box(x, y, x + wide, y + wide))
    large = fit.share_by_surface(units_, shapely.box(x, y, x + wide + more, y + wide + more))
    inside = dict(zip(large.positions.tolist(), large.inside.tolist(), strict=True))
    for unit, part in zip(small.positions.tolist(), small.inside.tolist(), strict=True):
        assert inside[unit] >= part - 1e-9
