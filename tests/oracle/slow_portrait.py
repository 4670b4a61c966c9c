"""A portrait the slow way: the pack's tables read cell by cell, each indicator by itself.

Knows the recipe and the tables, nothing of the query code: no index, no plan, no cache.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from tests.oracle import slow_fit
from tests.oracle.slow_aggregate import Ask, Cell, Slow, Unit, Variable, estimate

from courtepointe.atlas.pack.values import STATUS_ORDER, Pack, ReleaseTable
from courtepointe.atlas.recipe.values import Indicator

Shares = dict[int, float]
"""Position of a unit -> the part of it that counts."""


@dataclass
class Answer:
    """What is found for one indicator."""

    release: str | None
    found: Slow | None
    missing: dict[str, int]
    places: int | None = None


def best_fit_shares(pack: Pack, unit_type: str, area_type: str) -> list[Shares]:
    """Give each unit to one area at most, unit by unit."""
    shapes = pack.division_shapes.get(area_type, pack.area_tables[area_type].shapes)
    given: list[Shares] = [{} for _ in shapes]
    for unit, shape in enumerate(pack.area_tables[unit_type].shapes):
        parts = [slow_fit.surface_share(shape, area) for area in shapes]
        if min(sum(parts), 1.0) >= 0.5 - 1e-9:
            given[parts.index(max(parts))][unit] = 1.0
    return given


def drawn_shares(pack: Pack, unit_type: str, area: shapely.Geometry) -> Shares:
    """Take the part of each unit that lies inside."""
    units = pack.area_tables[unit_type].shapes
    parts = {unit: slow_fit.surface_share(shape, area) for unit, shape in enumerate(units)}
    return {unit: part for unit, part in parts.items() if part > 0}


@dataclass
class Read:
    """One release on the units of an area."""

    code: str
    table: ReleaseTable
    variables: list[Variable]
    units: dict[int, Unit]
    larger: list[Larger]


@dataclass
class Larger:
    """A larger unit of the same release, and the units that it consists of."""

    table: ReleaseTable
    place: int
    unit: Unit
    children: frozenset[int]


def read_releases(pack: Pack, unit_type: str, shares: Shares) -> list[Read]:
    """Read, in the recipe's order, what each release says of some units."""
    people = people_of(pack, unit_type)
    found = []
    for release in pack.recipe.releases:
        table = pack.release_tables.get((release.code, unit_type))
        if table is None:
            continue
        declared = {v.code: v for v in release.variables}
        variables = [
            Variable(declared[code].rounded_to, declared[code].sampled) for code in table.variables
        ]
        units = {u: Unit(cells(table, u), people[u], share) for u, share in sorted(shares.items())}
        larger = larger_units(pack, unit_type, table, people)
        found.append(Read(release.code, table, variables, units, larger))
    return found


def larger_units(
    pack: Pack, unit_type: str, table: ReleaseTable, people: list[float]
) -> list[Larger]:
    """Find the published areas that consist of whole units, the largest first."""
    shapes, found = pack.area_tables[unit_type].shapes, []
    for (release, area), theirs in pack.release_tables.items():
        if release != table.release or area == unit_type:
            continue
        assert theirs.variables == table.variables
        for place, outline in enumerate(pack.area_tables[area].shapes):
            parts = [slow_fit.surface_share(shape, outline) for shape in shapes]
            if any(0.01 < part < 0.99 for part in parts):
                continue
            children = frozenset(unit for unit, part in enumerate(parts) if part >= 0.99)
            unit = Unit(cells(theirs, place), sum(people[u] for u in children), 1.0)
            found.append(Larger(theirs, place, unit, children))
    return sorted(found, key=lambda one: -len(one.children))


def compressed(
    read: Read, asked: tuple[int, ...], shares: Shares
) -> tuple[list[Unit], list[tuple[ReleaseTable, int]]]:
    """Put larger units in the place of all of theirs, where they publish what is asked."""
    left, units, rows = dict(shares), [], []
    for larger in read.larger:
        complete = all(left.get(child) == 1.0 for child in larger.children)
        published = all(_published(read, larger.unit.cells[row], row) for row in asked)
        if complete and published:
            left = {unit: share for unit, share in left.items() if unit not in larger.children}
            units.append(larger.unit)
            rows.append((larger.table, larger.place))
    units += [read.units[unit] for unit in left]
    return units, rows + [(read.table, unit) for unit in left]


def answer(releases: list[Read], indicator: Indicator, shares: Shares) -> Answer:
    """Ask release after release; keep the first that covers 90 %, else the one that covers most."""
    best = _best(releases, indicator, shares, ranges=False)
    nothing = best.found is None or best.found.answer in ("nothing_known", "too_little_covered")
    if indicator.aggregation == "median" and nothing:
        ranged = _best(releases, indicator, shares, ranges=True)
        if best.found is None or (ranged.found is not None and ranged.found.answer == "given"):
            return ranged
    return best


def _best(releases: list[Read], indicator: Indicator, shares: Shares, *, ranges: bool) -> Answer:
    best = Answer(None, None, {})
    for release in releases:
        ask = ask_of(indicator, release.table.variables, ranges=ranges)
        if ask is None:
            continue
        read = (*ask.numerator, *ask.denominator)
        units, rows = compressed(release, read, shares)
        found = estimate(units, release.variables, ask)
        kept = -1.0 if best.found is None else best.found.coverage or 0.0
        if kept < 0.9 - 1e-9 and (found.coverage or 0.0) > kept + 1e-9:
            best = Answer(release.code, found, reasons(rows, read))
    return best


def _published(read: Read, cell: Cell | None, row: int) -> bool:
    """Whether a larger unit tells a cell, with its interval where any small unit has one."""
    theirs = [unit.cells[row] for unit in read.units.values()]
    told = any(one is not None and one.low is not None for one in theirs)
    return cell is not None and (cell.low is not None or not told)


def reasons(rows: list[tuple[ReleaseTable, int]], read: tuple[int, ...]) -> dict[str, int]:
    """Count units by the reason of the first cell that they lack."""
    counts: dict[str, int] = {}
    for table, unit in rows:
        states = [STATUS_ORDER[table.status[row][unit]] for row in read]
        lacking = [state for state in states if not state.has_value]
        if lacking:
            counts[lacking[0].value] = counts.get(lacking[0].value, 0) + 1
    return counts


def cells(table: ReleaseTable, unit: int) -> tuple[Cell | None, ...]:
    """Read one unit's row."""
    row = []
    for place in range(len(table.variables)):
        if not STATUS_ORDER[table.status[place][unit]].has_value:
            row.append(None)
            continue
        low, high = float(table.low[place][unit]), float(table.high[place][unit])
        shown = np.isfinite(low) and np.isfinite(high)
        value = float(table.values[place][unit])
        row.append(Cell(value, low, high) if shown else Cell(value))
    return tuple(row)


def people_of(pack: Pack, unit_type: str) -> list[float]:
    """Give each unit's people from the first release that knows them, the mean where none does."""
    n_units = len(pack.area_tables[unit_type])
    people: list[float | None] = [None] * n_units
    for release in pack.recipe.releases:
        table = pack.release_tables.get((release.code, unit_type))
        if table is None or pack.recipe.fit.people not in table.variables:
            continue
        row = table.variables.index(pack.recipe.fit.people)
        for unit in range(n_units):
            if people[unit] is None and STATUS_ORDER[table.status[row][unit]].has_value:
                people[unit] = float(table.values[row][unit])
    known = [p for p in people if p is not None]
    return [sum(known) / len(known) if p is None else p for p in people]


def ask_of(indicator: Indicator, known: tuple[str, ...], *, ranges: bool) -> Ask | None:
    """Put an indicator as a question to a table, or None where it lacks a variable."""

    def at(*codes: str | None) -> tuple[int, ...]:
        return tuple(known.index(str(code)) for code in codes)

    rule = indicator.aggregation
    if rule in ("median", "quantile", "quantile_ratio"):
        if ranges and rule != "median":
            return None
        wanted = (indicator.value,) if ranges else tuple(b.variable for b in indicator.bands)
        if not wanted or not all(code in known for code in wanted):
            return None
        if ranges:
            return Ask("range_of_medians", at(*wanted), floor=None)
        return banded_ask(indicator, at(*wanted))
    if ranges or rule not in ("sum", "ratio_of_sums", "weighted_mean"):
        return None
    if not all(code in known for code in indicator.variables()):
        return None
    if rule == "sum":
        return Ask(rule, at(*indicator.numerator), scale=indicator.scale)
    if rule == "weighted_mean":
        value, weight = at(indicator.value), at(indicator.weight)
        return Ask(rule, value, weight, scale=indicator.scale, floor=None)
    subset = indicator.measure.value == "share" or indicator.unit == "percent"
    above, below = at(*indicator.numerator), at(*indicator.denominator)
    return Ask(rule, above, below, scale=indicator.scale, subset=subset)


def banded_ask(indicator: Indicator, places: tuple[int, ...]) -> Ask:
    """Ask for a median, a quantile or a ratio of two."""
    edges = (indicator.bands[0].from_ or 0.0, *(b.to for b in indicator.bands))
    if indicator.aggregation == "median":
        return Ask("median_from_bands", places, floor=None, edges=edges)
    q, below = indicator.q or 0.5, indicator.q_below
    rule = "quantile_from_bands" if below is None else "ratio_of_quantiles"
    return Ask(rule, places, floor=None, edges=edges, q=q, q_below=below)


def count_places(pack: Pack, indicator: Indicator, area: shapely.Geometry) -> int | None:
    """Count places one by one; None where a layer is absent."""
    count = 0
    for layer, category in indicator.places:
        table = pack.place_tables.get(layer)
        if table is None:
            return None
        for x, y, kind in zip(table.x, table.y, table.categories, strict=True):
            if category in ("*", kind) and area.intersects(shapely.Point(x, y)):
                count += 1
    return count
