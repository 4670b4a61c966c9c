"""What the units of one census became in the next: the publisher's list, weighed by blocks.

The publisher's list says which units share ground and not how many people they share; blocks say
how many. Where there is a list, only its pairs count: what blocks alone would say stays beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.build import spill
from courtepointe.atlas.build.blocks import load_counts, load_units, units_named
from courtepointe.atlas.build.keys import places_of
from courtepointe.atlas.build.work import PACK, Desk
from courtepointe.atlas.pack.values import AreaTable, CorrespondenceTable
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.atlas.recipe.values import Correspondence as Declared
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats, Ints
from courtepointe.formats.correspondence import Correspondence, Level, read_correspondence

NAMED = 200
"""Areas that the report names one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Pairs of units with the weight that they share.

    Attributes
    ----------
    from_, to : (n_pairs,) int
    weight : (n_pairs,) float, persons or dwellings
    squares : (n_pairs,) float
        Sum of the squares of the weights of its blocks.
    """

    from_: Ints
    to: Ints
    weight: Floats
    squares: Floats

    def on(self, from_: Ints, to: Ints, n_to: int) -> _Weighed:
        """Give the weights of other pairs, 0 where it has none."""
        weights, squares = np.zeros(from_.size), np.zeros(from_.size)
        if self.from_.size == 0:
            return _Weighed(from_, to, weights, squares)
        keys, wanted = self.from_ * n_to + self.to, from_ * n_to + to
        places = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
        there = keys[places] == wanted
        weights[there] = self.weight[places[there]]
        squares[there] = self.squares[places[there]]
        return _Weighed(from_, to, weights, squares)


@dataclass(frozen=True, slots=True)
class Joining:
    """Two vintages to be joined.

    Attributes
    ----------
    declared : Correspondence
    older, newer : str
        The works that gathered them.
    list_file : Path or None
        The publisher's list.
    blocks : tuple of (str, str, str) or None
        Blocks of the newer census: their ``TYPE:VINTAGE``, the work that gathered them, the work
        that counted them.
    older_homes, newer_homes : tuple of str
        The works that placed blocks by surface, where no property names their unit.
    """

    declared: Declared
    older: str
    newer: str
    metric_crs: str
    list_file: Path | None = None
    blocks: tuple[str, str, str] | None = None
    older_homes: tuple[str, ...] = ()
    newer_homes: tuple[str, ...] = ()


def join(given: Joining, desk: Desk) -> dict[str, Any]:
    """Measure which part of each older unit lies in each newer one.

    Raises
    ------
    BadInput
        ``correspondence_level``, ``correspondence_foreign``, and what reading the list raises.

    Notes
    -----
    A unit listed with one newer unit goes whole into it. A unit listed with several is divided by
    the people (or the dwellings) of the blocks that lie in both; where no block of its pairs holds
    anybody, by surface. See ``docs/methods/time.md``. Where neither a list nor blocks are here
    nothing is joined.
    """
    declared = given.declared
    older = spill.load_areas(desk.of(given.older), type_and_vintage=declared.from_)
    newer = spill.load_areas(desk.of(given.newer), type_and_vintage=declared.to)
    weighed = _by_blocks(given, older, newer, desk)
    listed = None if given.list_file is None else read_correspondence(given.list_file)
    if listed is None and weighed is None:
        return {"told": {"from": declared.from_, "to": declared.to, "method": None}}
    computed = None if weighed is None else _shares(weighed, older, newer)
    facts: dict[str, Any] = {}
    pairs = computed
    if listed is not None:
        from_, to, facts = _listed_pairs(listed, older, newer)
        none = np.zeros(0, dtype=np.int64)
        held = weighed or _Weighed(none, none, np.zeros(0), np.zeros(0))
        pairs = _shares(held.on(from_, to, len(newer)), older, newer)
    assert pairs is not None
    table = _table(declared, pairs, computed, newer, official=listed is not None)
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    writer.add_correspondence(table, codes=(older.codes, newer.codes))
    return {"told": _report(table, older, newer) | facts, "index": writer.index}


def _by_blocks(given: Joining, older: AreaTable, newer: AreaTable, desk: Desk) -> _Weighed | None:
    """Add up the people of the blocks that lie in both units of a pair."""
    if given.blocks is None:
        return None
    from_, to = _older_units(given, older, desk), _newer_units(given, desk)
    held = load_counts(desk.of(given.blocks[2]))
    counts = held.people if given.declared.weight == "people" else held.dwellings
    placed = (from_ >= 0) & (to >= 0)
    keys, which = np.unique(from_[placed] * len(newer) + to[placed], return_inverse=True)
    weight = np.bincount(which, counts[placed], minlength=keys.size).astype(np.float64)
    squares = np.bincount(which, np.square(counts[placed]), minlength=keys.size)
    return _Weighed(keys // len(newer), keys % len(newer), weight, squares.astype(np.float64))


def _older_units(given: Joining, older: AreaTable, desk: Desk) -> Ints:
    assert given.blocks is not None
    name = given.declared.block_property
    if name is None:
        return spill.load_array([desk.of(work) for work in given.older_homes], "homes")
    mesh = spill.load_areas(
        desk.of(given.blocks[1]), type_and_vintage=given.blocks[0], with_shapes=False
    )
    return units_named(mesh, name, codes=older.codes, units=older.type_and_vintage)


def _newer_units(given: Joining, desk: Desk) -> Ints:
    assert given.blocks is not None
    known = load_units(desk.of(given.blocks[2]), given.declared.to)
    if known is not None:
        return known
    return spill.load_array([desk.of(work) for work in given.newer_homes], "homes")


def _shares(pairs: _Weighed, older: AreaTable, newer: AreaTable) -> _Weighed:
    """Divide each older unit among its pairs: its weights, else its surfaces, add up to 1."""
    weight, squares = pairs.weight.copy(), pairs.squares.copy()
    whole = np.bincount(pairs.from_, weight, minlength=len(older))
    empty = np.flatnonzero(whole[pairs.from_] <= 0.0)
    if empty.size:
        ours, theirs = older.shapes[pairs.from_[empty]], newer.shapes[pairs.to[empty]]
        # Units that only touch in the drawings are listed all the same: neither is left out.
        weight[empty] = np.maximum(shapely.area(shapely.intersection(ours, theirs)), 1e-6)
        squares[empty] = np.square(weight[empty])
        whole = np.bincount(pairs.from_, weight, minlength=len(older))
    whole = whole[pairs.from_]
    return _Weighed(pairs.from_, pairs.to, weight / whole, squares / np.square(whole))


def _listed_pairs(
    listed: Correspondence, older: AreaTable, newer: AreaTable
) -> tuple[Ints, Ints, dict[str, Any]]:
    """Find the list's pairs among our units; pairs wholly elsewhere are counted, not kept."""
    if listed.level is not Level.DISSEMINATION_AREA:
        raise BadInput(
            "correspondence_level",
            file=listed.file,
            value=listed.level.value,
            expected=Level.DISSEMINATION_AREA.value,
        )
    from_ = places_of(listed.older_codes, older.codes)
    to = places_of(listed.newer_codes, newer.codes)
    inside = (from_ >= 0) & (to >= 0)
    if not inside.any():
        raise BadInput(
            "correspondence_foreign",
            file=listed.file,
            value=listed.newer_codes[0],
            expected=f"{older.type_and_vintage}, {newer.type_and_vintage}",
        )
    order = np.lexsort((to[inside], from_[inside]))
    flags, counts = np.unique(listed.flags[inside], return_counts=True)
    half = np.flatnonzero((from_ >= 0) != (to >= 0))
    facts = {
        "file": listed.file,
        "rows": len(listed),
        "outside": int((~inside).sum()),
        "half_outside": [
            {"older": listed.older_codes[i], "newer": listed.newer_codes[i]}
            for i in half[:NAMED].tolist()
        ],
        "flags": {str(flag): int(n) for flag, n in zip(flags, counts, strict=True)},
    }
    return from_[inside][order], to[inside][order], facts


def _table(
    declared: Declared,
    pairs: _Weighed,
    computed: _Weighed | None,
    newer: AreaTable,
    *,
    official: bool,
) -> CorrespondenceTable:
    """Lay the shares that count beside those of blocks alone, a row for each pair of either."""
    n_to = len(newer)
    sides = [pairs] if computed is None else [pairs, computed]
    keys = np.unique(np.concatenate([one.from_ * n_to + one.to for one in sides]))
    from_, to = keys // n_to, keys % n_to
    listed = np.isin(keys, pairs.from_ * n_to + pairs.to)
    beside = np.full(keys.size, np.nan) if computed is None else computed.on(from_, to, n_to).weight
    counted = pairs.on(from_, to, n_to)
    return CorrespondenceTable(
        from_=declared.from_,
        to=declared.to,
        from_position=from_,
        to_position=to,
        share=counted.weight,
        computed=beside,
        squares=counted.squares,
        official=listed & official,
        method="official" if official else "blocks",
        weight=declared.weight,
        source=declared.source if official else None,
    )


def _report(table: CorrespondenceTable, older: AreaTable, newer: AreaTable) -> dict[str, Any]:
    """Say what is joined, what is not, and where list and blocks part."""
    counts = table.share > 0.0
    lost = np.setdiff1d(np.arange(len(older)), table.from_position[counts])
    new = np.setdiff1d(np.arange(len(newer)), table.to_position[counts])
    split = counts & (table.share < 1.0)
    told: dict[str, Any] = {
        "from": table.from_,
        "to": table.to,
        "method": table.method,
        "weight": table.weight,
        "pairs": int(counts.sum()),
        "split": len(np.unique(table.from_position[split])),
        "older_without": [older.codes[i] for i in lost[:NAMED].tolist()],
        "older_without_count": len(lost),
        "newer_without": [newer.codes[i] for i in new[:NAMED].tolist()],
        "newer_without_count": len(new),
    }
    if table.method == "official" and not np.isnan(table.computed).any():
        gap = np.abs(table.share - table.computed)
        told["gap"] = {
            "pairs": int((gap > 1e-9).sum()),
            "largest": round(float(gap.max(initial=0.0)), 6),
            "list": [
                {
                    "older": older.codes[table.from_position[i]],
                    "newer": newer.codes[table.to_position[i]],
                    "official": round(float(table.share[i]), 6),
                    "blocks": round(float(table.computed[i]), 6),
                }
                for i in np.argsort(-gap, kind="stable")[:NAMED].tolist()
                if gap[i] > 1e-9
            ],
        }
    return told
