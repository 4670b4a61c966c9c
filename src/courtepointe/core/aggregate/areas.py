"""From units to areas: one area's estimates, or those of many areas in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from courtepointe.core.aggregate.bands_rule import bands_rule
from courtepointe.core.aggregate.cells import CellBlock
from courtepointe.core.aggregate.estimates import (
    ANSWERS,
    COVERAGE_LEAST,
    SLACK,
    Answer,
    Estimate,
    Estimates,
)
from courtepointe.core.aggregate.members import ManyAreas, Members, OneArea, check_shares
from courtepointe.core.aggregate.quantities import Quantity, Rule
from courtepointe.core.aggregate.rules import (
    Found,
    mean_rule,
    range_rule,
    ratio_rule,
    sum_rule,
)
from courtepointe.core.aggregate.terms import Question
from courtepointe.core.errors import BadInput
from courtepointe.core.intervals import UNCERTAINTIES, Uncertainty
from courtepointe.core.typing import Bools, Floats, Ints

RULES: dict[Rule, Callable[[Question, Sequence[Quantity]], Found]] = {
    Rule.SUM: sum_rule,
    Rule.RATIO_OF_SUMS: ratio_rule,
    Rule.WEIGHTED_MEAN: mean_rule,
    Rule.RANGE_OF_MEDIANS: range_rule,
    Rule.MEDIAN_FROM_BANDS: bands_rule,
    Rule.QUANTILE_FROM_BANDS: bands_rule,
    Rule.RATIO_OF_QUANTILES: bands_rule,
}
CELLS_AT_ONCE = 4_000_000
"""Cells worked on together: it bounds the memory that a country takes."""


def estimate_area(
    block: CellBlock,
    quantities: Sequence[Quantity],
    *,
    units: Ints | None = None,
    shares: Floats | None = None,
) -> tuple[Estimate, ...]:
    """Estimate quantities for one area.

    Parameters
    ----------
    block : CellBlock
        Of the atlas, or of the area's units alone.
    quantities : sequence of Quantity
    units : (n_members,) int
        Positions of the area's units in the block, each once; all of them where not given.
    shares : (n_members,) float, 0 to 1
        The part of each that counts; 1 where not given. Units of share 0 are left out.

    Returns
    -------
    tuple of Estimate
        In the order of ``quantities``.

    Raises
    ------
    BadInput
        ``core_shape``, ``core_share_range``, ``core_not_a_number``, ``core_unit_position``,
        ``core_unit_twice``, ``core_variable_position``.

    Notes
    -----
    A unit is used for a quantity only where every cell that it takes is known. The order of units
    does not matter but for the last digit (1e-12 of the value).
    """
    positions = np.arange(block.n_units) if units is None else units
    counted = np.ones(positions.size) if shares is None else np.asarray(shares, np.float64)
    if counted.shape != positions.shape:
        raise BadInput("core_shape", array="shares", shape=counted.shape, expected=positions.shape)
    if np.unique(positions).size != positions.size:
        raise BadInput("core_unit_twice", n_units=positions.size)
    check_shares(counted)
    inside = np.flatnonzero(counted)
    if units is not None or inside.size < positions.size:
        block = block.pick(positions[inside])
    return _estimates(block, quantities, OneArea(counted[inside])).of_area(0)


def estimate_areas(
    block: CellBlock, quantities: Sequence[Quantity], *, membership: Any
) -> Estimates:
    """Estimate quantities for many areas at once.

    Parameters
    ----------
    block : CellBlock
    quantities : sequence of Quantity
    membership : (n_areas, n_units) scipy sparse
        The part of each unit that counts in each area, see `membership`.

    Returns
    -------
    Estimates
        The same answers as `estimate_area` one by one (to 1e-12 of the value).

    Raises
    ------
    BadInput
        As `estimate_area`.
    """
    members = ManyAreas.of(membership)
    if members.shares.shape[1] != block.n_units:
        raise BadInput(
            "core_shape",
            array="membership",
            shape=members.shares.shape,
            expected=("n_areas", block.n_units),
        )
    return _estimates(block, quantities, members)


def _estimates(block: CellBlock, quantities: Sequence[Quantity], members: Members) -> Estimates:
    """Work rule by rule, some quantities at a time, and put the columns back in order."""
    question = Question.of(block, members)
    table = _empty(members.n_units, len(quantities))
    step = max(1, CELLS_AT_ONCE // max(1, block.n_units))
    by_rule: dict[Rule, list[int]] = {}
    for place, quantity in enumerate(quantities):
        by_rule.setdefault(quantity.rule, []).append(place)
    for rule, places in by_rule.items():
        follow = RULES[rule]
        for start in range(0, len(places), step):
            some = places[start : start + step]
            asked = [quantities[p] for p in some]
            _put(table, some, asked, follow(question, asked), question)
    return table


def _empty(n_units: Floats, n_quantities: int) -> Estimates:
    """Make a table of no answers."""
    shape = (n_units.size, n_quantities)
    numbers: dict[str, Any] = {
        name: np.zeros(shape)
        for name in ("value", "low", "high", "half_width", "coverage", "numerator", "denominator")
    }
    masks: dict[str, Any] = {
        name: np.zeros(shape, np.bool_)
        for name in ("has_value", "has_interval", "has_half_width", "has_parts", "open_band")
    }
    counts: dict[str, Any] = {
        name: np.zeros(shape, np.int64)
        for name in ("answer", "uncertainty", "n_missing", "n_lacking")
    }
    return Estimates(**numbers, **masks, **counts, n_units=n_units.astype(np.int64))


def _put(
    table: Estimates,
    places: list[int],
    asked: list[Quantity],
    found: Found,
    question: Question,
) -> None:
    """Write what a rule found into the table: only what may be said."""
    coverage = _coverage(found.used, question.block.people, question.members)
    answer = _answers(found.count, coverage, found.defined)
    given = answer == ANSWERS.index(Answer.GIVEN)
    ranged = np.array([q.rule is Rule.RANGE_OF_MEDIANS for q in asked])
    direct = found.low is not None
    silent = found.uncertainty == UNCERTAINTIES.index(Uncertainty.UNKNOWN)
    exact = found.uncertainty == UNCERTAINTIES.index(Uncertainty.NONE)
    low, high = _limits(found, asked)
    columns: dict[str, Any] = {
        "coverage": coverage,
        "answer": answer,
        "n_missing": question.members.n_units[:, None] - found.count,
        "has_value": given & ~ranged,
        "value": np.where(given & ~ranged, found.value, 0.0),
        "uncertainty": np.where(given, found.uncertainty, UNCERTAINTIES.index(Uncertainty.NONE)),
        "n_lacking": np.where(given, found.lacking, 0.0),
        "has_interval": given & (ranged | ~(silent | exact)),
        "has_half_width": given & ~silent & (not direct),
    }
    columns["low"] = np.where(columns["has_interval"], low, 0.0)
    columns["high"] = np.where(columns["has_interval"], high, 0.0)
    columns["half_width"] = np.where(columns["has_half_width"] & ~exact, found.half_width, 0.0)
    if found.parts is not None:
        columns["has_parts"] = given
        columns["numerator"] = np.where(given, found.parts[0], 0.0)
        columns["denominator"] = np.where(given, found.parts[1], 0.0)
    if found.open_band is not None:
        columns["open_band"] = given & found.open_band
    for name, column in columns.items():
        getattr(table, name)[:, places] = column


def _coverage(used: Bools, people: Floats, members: Members) -> Floats:
    """Give the part of each area's people, or of its units where nobody lives, that is used."""
    everyone = members.sum(people[None, :])
    if (everyone > 0.0).all():
        return np.minimum(members.sum_where(used, people) / everyone, 1.0)
    alike = np.ones(people.size)
    units = np.maximum(members.sum(alike[None, :]), SLACK)
    by_unit = members.sum_where(used, alike) / units
    by_people = members.sum_where(used, people) / np.where(everyone > 0.0, everyone, 1.0)
    return np.minimum(np.where(everyone > 0.0, by_people, by_unit), 1.0)


def _answers(counted: Floats, coverage: Floats, defined: Bools) -> Ints:
    """Say where there is a value, and why there is none."""
    return np.select(
        [counted == 0.0, coverage < COVERAGE_LEAST - SLACK, ~defined],
        [
            ANSWERS.index(Answer.NOTHING_KNOWN),
            ANSWERS.index(Answer.TOO_LITTLE_COVERED),
            ANSWERS.index(Answer.UNDEFINED),
        ],
        default=ANSWERS.index(Answer.GIVEN),
    )


def _limits(found: Found, asked: list[Quantity]) -> tuple[Floats, Floats]:
    """Give the interval, cut where the quantity cannot be."""
    if found.low is not None and found.high is not None:
        return found.low, found.high
    floor = np.array([-np.inf if q.floor is None else q.floor for q in asked])
    ceiling = np.array([q.scale if q.subset else np.inf for q in asked])
    low = np.maximum(found.value - found.half_width, np.minimum(floor, found.value))
    high = np.minimum(found.value + found.half_width, np.maximum(ceiling, found.value))
    return low, high
