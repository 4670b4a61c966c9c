"""What the units of one census became in the next: the publisher's list, weighed by blocks.

The publisher's list says which units share ground and not how many people they share; blocks say
how many. Where there is a list, only its pairs count: what blocks alone would say stays beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.build.blocks import unit_positions
from courtepointe.atlas.build.keys import places_of
from courtepointe.atlas.build.sources import FoundSource
from courtepointe.atlas.pack.values import AreaTable, BlockTable, CorrespondenceTable
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


def build_correspondence(
    declared: Declared,
    tables: Mapping[str, AreaTable],
    *,
    blocks: BlockTable | None,
    found: FoundSource | None,
) -> tuple[CorrespondenceTable, dict[str, Any]] | None:
    """Measure which part of each older unit lies in each newer one.

    Parameters
    ----------
    declared : Correspondence
    tables : mapping of ``TYPE:VINTAGE`` -> AreaTable
        With both divisions, and the blocks' own table where there are blocks.
    blocks : BlockTable or None
        Of the newer census.
    found : FoundSource or None
        The publisher's list.

    Returns
    -------
    (CorrespondenceTable, report), or None where neither a list nor blocks are here

    Raises
    ------
    BadInput
        ``correspondence_level``, ``correspondence_foreign``, and what reading the list raises.

    Notes
    -----
    A unit listed with one newer unit goes whole into it. A unit listed with several is divided by
    the people (or the dwellings) of the blocks that lie in both; where no block of its pairs holds
    anybody, by surface. See ``docs/methods/time.md``.
    """
    older, newer = tables[declared.from_], tables[declared.to]
    weighed = _by_blocks(declared, older, newer, tables, blocks)
    listed = None if found is None else read_correspondence(found.one_path())
    if listed is None and weighed is None:
        return None
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
    return table, _report(table, older, newer) | facts


def _by_blocks(
    declared: Declared,
    older: AreaTable,
    newer: AreaTable,
    tables: Mapping[str, AreaTable],
    blocks: BlockTable | None,
) -> _Weighed | None:
    """Add up the people of the blocks that lie in both units of a pair."""
    if blocks is None:
        return None
    mesh = tables[blocks.type_and_vintage]
    from_ = unit_positions(mesh, older, declared.block_property)
    to = blocks.unit_position.get(declared.to)
    to = unit_positions(mesh, newer, None) if to is None else np.asarray(to)
    counts = np.asarray(blocks.people if declared.weight == "people" else blocks.dwellings)
    placed = (from_ >= 0) & (to >= 0)
    keys, which = np.unique(from_[placed] * len(newer) + to[placed], return_inverse=True)
    weight = np.bincount(which, counts[placed], minlength=keys.size).astype(np.float64)
    squares = np.bincount(which, np.square(counts[placed]), minlength=keys.size)
    return _Weighed(keys // len(newer), keys % len(newer), weight, squares.astype(np.float64))


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
