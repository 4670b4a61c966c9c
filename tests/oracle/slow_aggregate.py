"""The aggregation rules the slow way: one unit, one cell at a time, in exact fractions.

Knows nothing of numpy nor of the fast code's arrays. A missing cell is None; so are people not known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction

from tests.oracle import slow_bands
from tests.oracle.slow_rounding import (
    Z95,
    few_cells_factor,
    half_width,
    split_half_width,
    variance,
)


@dataclass(frozen=True)
class Cell:
    """What a publisher says of one variable in one unit."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Variable:
    """How a variable was counted."""

    rounded_to: int = 0
    sampled: bool = False
    step: float = 0.0

    @property
    def rounded(self) -> bool:
        """Whether at random, or the usual way."""
        return self.rounded_to > 1 or (self.step > 0 and not self.sampled)


@dataclass(frozen=True)
class Unit:
    """One unit of an area: its cells by variable, its people, the part of it that counts."""

    cells: tuple[Cell | None, ...]
    people: float
    share: float = 1.0


@dataclass(frozen=True)
class Ask:
    """One figure asked for; ``rule`` as in the fast code."""

    rule: str
    numerator: tuple[int, ...]
    denominator: tuple[int, ...] = ()
    scale: float = 1.0
    subset: bool = False
    floor: float | None = 0.0
    edges: tuple[float | None, ...] = ()
    part_sampled: float = 1.0
    design_factor: float = 1.0
    q: float = 0.5
    q_below: float | None = None


@dataclass
class Slow:
    """One figure found."""

    answer: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    half_width: float | None = None
    uncertainty: str = "none"
    coverage: float | None = None
    n_units: int = 0
    n_units_missing: int = 0
    n_units_without_interval: int = 0
    numerator: float | None = None
    denominator: float | None = None
    open_band: bool = False
    used: list[Unit] = field(default_factory=list)


def estimate(units: list[Unit], variables: list[Variable], ask: Ask) -> Slow:
    """Give one figure of an area."""
    units = [unit for unit in units if unit.share > 0]
    read = (*ask.numerator, *ask.denominator)
    used = [unit for unit in units if all(unit.cells[v] is not None for v in read)]
    found = Slow("given", n_units=len(units), n_units_missing=len(units) - len(used), used=used)
    found.coverage = coverage(units, used)
    base = sum(
        (Fraction(u.share) * value(u, ask.denominator) for u in used if ask.denominator),
        Fraction(0),
    )
    if not used:
        found.answer = "nothing_known"
    elif found.coverage is not None and found.coverage < 0.7 - 1e-9:
        found.answer = "too_little_covered"
    elif (ask.denominator and base == 0) or (
        ask.edges and sum(value(u, ask.numerator) * Fraction(u.share) for u in used) == 0
    ):
        found.answer = "undefined"
    if found.answer != "given":
        return found
    lacking = [u for u in used if any(lacks(u, v, variables) for v in read)]
    found.n_units_without_interval = len(lacking)
    sampled = any(variables[v].sampled for v in read)
    rounded = any(variables[v].rounded for v in read)
    found.uncertainty = word(sampled, rounded, unknown=bool(lacking))
    RULES[ask.rule](found, variables, ask)
    return found


def word(sampled: bool, rounded: bool, *, unknown: bool) -> str:
    """Say what the interval accounts for."""
    if unknown:
        return "unknown"
    if sampled and rounded:
        return "sampling_and_rounding"
    if sampled:
        return "sampling"
    return "rounding" if rounded else "none"


def coverage(units: list[Unit], used: list[Unit]) -> float | None:
    """Give the part of the people, or of the units where nobody lives, that is used."""
    if not units:
        return None
    people = sum(Fraction(u.share) * Fraction(u.people) for u in units)
    if people > 0:
        return float(sum(Fraction(u.share) * Fraction(u.people) for u in used) / people)
    return float(sum(Fraction(u.share) for u in used) / sum(Fraction(u.share) for u in units))


def cell(unit: Unit, variable: int) -> Cell:
    """Give a cell that is known."""
    found = unit.cells[variable]
    assert found is not None
    return found


def value(unit: Unit, variables: tuple[int, ...]) -> Fraction:
    """Add some cells of a unit."""
    return sum((Fraction(cell(unit, v).value) for v in variables), Fraction(0))


def lacks(unit: Unit, variable: int, variables: list[Variable]) -> bool:
    """Say whether a sampled cell has no interval."""
    return variables[variable].sampled and cell(unit, variable).low is None


def squared_error(variables: list[Variable], unit: Unit, read: tuple[int, ...]) -> Fraction:
    """Give the variance of some cells of a unit: of the sample, by their intervals, and of the last step."""
    found = Fraction(0)
    for variable in read:
        one = cell(unit, variable)
        found += Fraction(variables[variable].step) ** 2 / 12
        if one.low is None or one.high is None:
            continue
        half = (Fraction(one.high) - Fraction(one.low)) / 2
        found += (half / Fraction(Z95)) ** 2
    return found


def rounding_of(found: Slow, variables: list[Variable], read: tuple[int, ...]) -> float:
    """Give the 95 % half width of the rounding error of a sum of cells."""
    bases = [variables[v].rounded_to for v in read if variables[v].rounded_to > 1]
    if not bases:
        return 0.0
    shares = [u.share for u in found.used for _ in bases]
    if all(share == 1 for share in shares):
        return half_width(len(shares), max(bases))
    return split_half_width(shares, max(bases))


def state(found: Slow, ask: Ask, value_: float, half: float, ceiling: float = math.inf) -> None:
    """Write value and interval, cut where the quantity cannot be."""
    found.value = value_
    if found.uncertainty == "unknown":
        return
    found.half_width = 0.0 if found.uncertainty == "none" else half
    if found.uncertainty != "none":
        floor = -math.inf if ask.floor is None else ask.floor
        found.low = max(value_ - half, min(floor, value_))
        found.high = min(value_ + half, max(ceiling, value_))


def sum_rule(found: Slow, variables: list[Variable], ask: Ask) -> None:
    """Add up."""
    total = sum(Fraction(u.share) * value(u, ask.numerator) for u in found.used)
    sampling = sum(
        Fraction(u.share) ** 2 * squared_error(variables, u, ask.numerator) for u in found.used
    )
    half = math.hypot(Z95 * math.sqrt(sampling), rounding_of(found, variables, ask.numerator))
    state(found, ask, float(total) * ask.scale, half * abs(ask.scale))


def ratio_rule(found: Slow, variables: list[Variable], ask: Ask) -> None:
    """Divide a sum by a sum."""
    top = sum(Fraction(u.share) * value(u, ask.numerator) for u in found.used)
    base = sum(Fraction(u.share) * value(u, ask.denominator) for u in found.used)
    ratio = top / base
    if ask.subset:
        ratio = min(max(ratio, Fraction(0)), Fraction(1))
    above = sum(
        Fraction(u.share) ** 2 * squared_error(variables, u, ask.numerator) for u in found.used
    )
    below = sum(
        Fraction(u.share) ** 2 * squared_error(variables, u, ask.denominator) for u in found.used
    )
    sampling = above - ratio**2 * below
    if not ask.subset or sampling <= Fraction(1, 10**9) * above:
        sampling = above + ratio**2 * below
    rounding = math.hypot(
        rounding_of(found, variables, ask.numerator),
        float(ratio) * rounding_of(found, variables, ask.denominator),
    )
    half = math.hypot(Z95 * math.sqrt(sampling), rounding) / abs(float(base))
    found.numerator, found.denominator = float(top), float(base)
    ceiling = ask.scale if ask.subset else math.inf
    state(found, ask, float(ratio) * ask.scale, half * abs(ask.scale), ceiling)


def mean_rule(found: Slow, variables: list[Variable], ask: Ask) -> None:
    """Weigh means by their bases."""
    base = sum(Fraction(u.share) * value(u, ask.denominator) for u in found.used)
    top = sum(
        Fraction(u.share) * value(u, ask.numerator) * value(u, ask.denominator) for u in found.used
    )
    mean = top / base
    sampling = rounding = Fraction(0)
    n_cells = 0
    for unit in found.used:
        by_mean = Fraction(unit.share) * value(unit, ask.denominator) / base
        by_base = Fraction(unit.share) * (value(unit, ask.numerator) - mean) / base
        sampling += by_mean**2 * squared_error(variables, unit, ask.numerator)
        sampling += by_base**2 * squared_error(variables, unit, ask.denominator)
        for read, slope in ((ask.numerator, by_mean), (ask.denominator, by_base)):
            bases = [variables[v].rounded_to for v in read if variables[v].rounded_to > 1]
            n_cells += len(bases)
            rounding += slope**2 * len(bases) * variance(max(bases, default=0))
    coarsest = max(variables[v].rounded_to for v in (*ask.numerator, *ask.denominator))
    factor = few_cells_factor(coarsest) if n_cells < 10 else Z95
    half = math.hypot(Z95 * math.sqrt(sampling), factor * math.sqrt(rounding))
    found.numerator, found.denominator = float(top), float(base)
    state(found, ask, float(mean) * ask.scale, half * abs(ask.scale))


def range_rule(found: Slow, variables: list[Variable], ask: Ask) -> None:
    """Give the least and the greatest."""
    values = [float(value(u, ask.numerator)) * ask.scale for u in found.used]
    found.low, found.high = min(values), max(values)
    found.uncertainty = "unknown" if variables[ask.numerator[0]].sampled else "none"


def bands_rule(found: Slow, variables: list[Variable], ask: Ask) -> None:
    """Add bands up and read their quantile, or the ratio of two."""
    counts = [
        float(sum(Fraction(u.share) * value(u, (v,)) for u in found.used)) for v in ask.numerator
    ]
    sampled = any(variables[v].sampled for v in ask.numerator)
    by_intervals = sampled and found.n_units_without_interval == 0
    own = []
    for v in ask.numerator:
        spread = variance(variables[v].rounded_to)
        errors = [
            squared_error(variables, u, (v,)) if by_intervals else Fraction(0) for u in found.used
        ]
        pairs = zip(found.used, errors, strict=True)
        own.append(float(sum(Fraction(u.share) ** 2 * (spread + e) for u, e in pairs)))

    errors = {
        "sampled": 1.0 if by_intervals else ask.part_sampled,
        "design_factor": ask.design_factor,
        "variances": own,
    }
    if ask.q_below is None:
        told = slow_bands.quantile(counts, list(ask.edges), part=ask.q, **errors)
    else:
        told = slow_bands.ratio(counts, list(ask.edges), part=ask.q, below=ask.q_below, **errors)
    found.value, found.low, found.high, found.open_band = told
    if found.value is None:
        found.answer = "undefined"
        found.uncertainty, found.n_units_without_interval = "none", 0
        found.open_band = False
        return
    unsaid = found.n_units_without_interval > 0 and ask.part_sampled == 1
    rounded = any(variables[v].rounded_to > 1 for v in ask.numerator)
    unknown = found.open_band or unsaid
    found.uncertainty = word(sampled or ask.part_sampled < 1, rounded, unknown=unknown)
    if found.uncertainty in ("none", "unknown"):
        found.low = found.high = None


RULES = {
    "sum": sum_rule,
    "ratio_of_sums": ratio_rule,
    "weighted_mean": mean_rule,
    "range_of_medians": range_rule,
    "median_from_bands": bands_rule,
    "quantile_from_bands": bands_rule,
    "ratio_of_quantiles": bands_rule,
}
