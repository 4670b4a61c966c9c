"""Complete groups of units replaced by the largest published unit that they make up.

Fewer rounded cells, and fewer that are kept confidential: the larger unit's own value was rounded
once, and counts those whom its parts do not tell. Only units of the same release are exchanged,
and only for figures all of whose cells the larger unit publishes. See ``docs/methods/compression.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from courtepointe.atlas.query.cells import Cells, Part, joined
from courtepointe.atlas.query.fit import Members
from courtepointe.atlas.query.nesting import Nesting
from courtepointe.atlas.query.units import UnitData
from courtepointe.core.aggregate import CellBlock, Quantity
from courtepointe.core.typing import Bools, Floats, Ints

MOST_KNOWN = 16
"""Lists of figures of which a level remembers who publishes all their cells."""
MOST_BATCHES = 6
"""Figures whose larger cells are published in rarer patterns than this share one common pattern."""


@dataclass(frozen=True, slots=True)
class Level:
    """A type of larger units, beside the units that are asked.

    Attributes
    ----------
    data : UnitData
    nesting : Nesting
    rows : (n_variables,) int or None
        Where each variable of the units' table stands in this one, -1 for none; None: the same.
    block : CellBlock
        In the units' order of variables; people are those of the units.
    good : (n_variables, n_larger) bool
        Whether the larger unit's cell is published, with its interval if any of the units has one.
    known_of : dict
        What `usable` found, by what was asked: the same figures are asked of every area.
    """

    data: UnitData
    nesting: Nesting
    rows: Ints | None
    block: CellBlock
    good: Bools
    known_of: dict[tuple[tuple[int, ...], ...], Bools] = field(default_factory=dict)

    @classmethod
    def of(cls, leaf: UnitData, data: UnitData, nesting: Nesting) -> Level:
        """Put a release's cells of larger units beside those of the units."""
        inside = nesting.parent >= 0
        people: Floats = np.bincount(
            nesting.parent[inside], leaf.block.people[inside], minlength=data.block.n_units
        ).astype(np.float64)
        rows = _rows(leaf, data)
        told = leaf.block.sampled & (leaf.block.known & ~leaf.block.lacking).any(axis=1)
        block = _aligned(data.block, rows, people)
        good = np.asfortranarray(block.known & ~(block.lacking & told[:, None]))
        return cls(data, nesting, rows, block, good)

    def usable(self, quantities: Sequence[Quantity]) -> Bools:
        """Say which larger units publish all cells of each quantity: (n_larger, n_quantities)."""
        asked = tuple(quantity.variables for quantity in quantities)
        if (known := self.known_of.get(asked)) is not None:
            return known
        flat = np.concatenate([np.array(one, np.int64) for one in asked])
        starts = np.cumsum([0, *(len(one) for one in asked[:-1])])
        found: Bools = np.logical_and.reduceat(self.good[flat], starts, axis=0)
        if len(self.known_of) >= MOST_KNOWN:
            self.known_of.clear()
        made = self.known_of[asked] = np.ascontiguousarray(found.T)
        return made


def _rows(leaf: UnitData, data: UnitData) -> Ints | None:
    if leaf.table.variables == data.table.variables:
        return None
    return np.array([data.rows.get(code, -1) for code in leaf.table.variables], np.int64)


def _aligned(block: CellBlock, rows: Ints | None, people: Floats) -> CellBlock:
    """Order the variables of a block as the units' table has them; unknown where it lacks them."""
    there = np.ones(block.rounded_to.size, np.bool_) if rows is None else rows >= 0
    order = np.arange(there.size) if rows is None else np.maximum(rows, 0)
    if rows is None:
        values, known, variance, lacking = block.values, block.known, block.variance, block.lacking
    else:
        values = np.asfortranarray(np.where(there[:, None], block.values[order], 0.0))
        variance = np.asfortranarray(np.where(there[:, None], block.variance[order], 0.0))
        known = np.asfortranarray(block.known[order] & there[:, None])
        lacking = np.asfortranarray(block.lacking[order] & there[:, None])
    return CellBlock(
        values,
        known,
        variance,
        lacking,
        block.rounded_to[order],
        block.sampled[order] & there,
        people,
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Figures of some areas that rest on the same cells.

    Attributes
    ----------
    places : tuple of int
        Positions of the quantities.
    block : CellBlock
        Of the units of all areas together.
    columns : (n_areas,) tuple of (n_cells,) int
        Where in the block the cells of each area are.
    shares : (n_areas,) tuple of (n_cells,) float
    cells : (n_areas,) tuple of Cells
    """

    places: tuple[int, ...]
    block: CellBlock
    columns: tuple[Ints, ...]
    shares: tuple[Floats, ...]
    cells: tuple[Cells, ...]


def batches(
    leaf: UnitData,
    levels: Sequence[Level],
    members: Sequence[Members],
    quantities: Sequence[Quantity],
) -> list[Batch]:
    """Choose the cells of some areas' figures.

    Parameters
    ----------
    leaf : UnitData
        What the release says of the units.
    levels : sequence of Level
        Larger units of the same release, the largest first.
    members : sequence of (n_areas,) Members
    quantities : sequence of Quantity

    Notes
    -----
    A larger unit is taken for a figure where all of its cells are published there, with their
    intervals where the units have any; it must be complete: all of its units in the area, whole.
    The largest comes first; what is left is looked up among the next. Only whole units are
    exchanged, nothing is ever subtracted.
    """
    whole = [_complete(levels, one) for one in members]
    possible = [np.unique(np.concatenate([w[k] for w in whole])) for k in range(len(levels))]
    found = []
    for places, usable in _patterns(levels, possible, quantities):
        taken = [_taken(levels, one, usable) for one in members]
        found.append(_batch(leaf, levels, members, taken, places))
    return found


def _complete(levels: Sequence[Level], members: Members) -> list[Ints]:
    """Give, level by level, the larger units all of whose units are in an area."""
    units = members.units[members.shares == 1.0]
    return [_full(level.nesting, level.nesting.parent[units]) for level in levels]


def _full(nesting: Nesting, parents: Ints) -> Ints:
    counted = np.bincount(parents[parents >= 0], minlength=nesting.n_children.size)
    return np.flatnonzero((counted == nesting.n_children) & (nesting.n_children > 0))


def _patterns(
    levels: Sequence[Level],
    possible: Sequence[Ints],
    quantities: Sequence[Quantity],
) -> Iterator[tuple[tuple[int, ...], list[Bools]]]:
    """Group quantities by the larger units that publish all they take."""
    if not any(some.size for some in possible):
        nothing = [np.zeros(level.block.n_units, np.bool_) for level in levels]
        yield tuple(range(len(quantities))), nothing
        return
    told = [level.usable(quantities)[some] for level, some in zip(levels, possible, strict=True)]
    # Most units publish everything: only the others tell one figure's cells from another's.
    odd: list[Bools] = [np.logical_not(one.all(axis=1)) for one in told]
    table = np.concatenate([one[some] for one, some in zip(told, odd, strict=True)], axis=0)
    for places, pattern in _alike(np.ascontiguousarray(table.T)):
        yield places, _by_level(levels, possible, odd, pattern)


def _alike(table: Bools) -> Iterator[tuple[tuple[int, ...], Bools]]:
    """Group the rows of a table that are the same; give their places, and the row.

    Rare rows, beyond `MOST_BATCHES`, are taken together, as what they have in common.
    """
    seen: dict[bytes, list[int]] = {}
    for place, row in enumerate(table):
        seen.setdefault(row.tobytes(), []).append(place)
    groups = sorted(seen.values(), key=len, reverse=True)
    rare = [place for group in groups[MOST_BATCHES - 1 :] for place in group]
    for places in [*groups[: MOST_BATCHES - 1], sorted(rare)]:
        if places:
            yield tuple(places), np.asarray(table[places].all(axis=0))


def _by_level(
    levels: Sequence[Level], possible: Sequence[Ints], odd: Sequence[Bools], pattern: Bools
) -> list[Bools]:
    """Say of every larger unit whether it may be taken."""
    found, start = [], 0
    for level, some, some_odd in zip(levels, possible, odd, strict=True):
        stop = start + int(np.count_nonzero(some_odd))
        allowed = np.zeros(level.block.n_units, np.bool_)
        allowed[some] = True
        allowed[some[some_odd]] = pattern[start:stop]
        start = stop
        found.append(allowed)
    return found


def _taken(
    levels: Sequence[Level], members: Members, usable: Sequence[Bools]
) -> tuple[Bools, list[Ints]]:
    """Give the units of an area that stay, and the larger ones that stand for the others."""
    left, larger = np.ones(members.units.size, np.bool_), []
    whole = members.shares == 1.0
    for level, allowed in zip(levels, usable, strict=True):
        parent = np.where(whole & left, level.nesting.parent[members.units], -1)
        full = _full(level.nesting, parent)
        full = full[allowed[full]]
        stands = np.zeros(level.block.n_units + 1, np.bool_)
        stands[full] = True
        left &= ~stands[parent]
        larger.append(full)
    return left, larger


def _batch(
    leaf: UnitData,
    levels: Sequence[Level],
    members: Sequence[Members],
    taken: Sequence[tuple[Bools, list[Ints]]],
    places: tuple[int, ...],
) -> Batch:
    """Pick the cells of all areas, the units first, then the larger ones from small to large."""
    datas = [(leaf, None, leaf.block), *((v.data, v.rows, v.block) for v in reversed(levels))]
    units = [
        [one.units[left], *reversed(larger)]
        for one, (left, larger) in zip(members, taken, strict=True)
    ]
    every = [np.unique(np.concatenate([mine[k] for mine in units])) for k in range(len(datas))]
    starts = np.cumsum([0, *(some.size for some in every)])
    return Batch(
        places=places,
        block=joined(
            [b.pick(some) for (_, _, b), some in zip(datas, every, strict=True) if some.size]
        ),
        columns=tuple(
            np.concatenate(
                [starts[k] + np.searchsorted(every[k], mine[k]) for k in range(len(datas))]
            )
            for mine in units
        ),
        shares=tuple(
            np.concatenate([one.shares[left], *(np.ones(some.size) for some in larger)])
            for one, (left, larger) in zip(members, taken, strict=True)
        ),
        cells=tuple(
            Cells(tuple(Part(d, r, some) for (d, r, _), some in zip(datas, mine, strict=True)))
            for mine in units
        ),
    )


def levels_of(
    leaf: UnitData, above: Sequence[UnitData], nest: Callable[[str], Nesting]
) -> tuple[Level, ...]:
    """Give the types of larger units that a release has rows for, the largest first.

    ``nest`` finds how the units of the leaf lie in those of a ``TYPE:VINTAGE``.
    """
    found = [Level.of(leaf, data, nest(data.table.area)) for data in above]
    useful = [level for level in found if level.nesting.n_children.any()]
    return tuple(sorted(useful, key=lambda level: level.block.n_units))
