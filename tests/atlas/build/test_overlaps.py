"""The fast way to overlaps, against the slow one of `core.fit`, area by area."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from courtepointe.atlas.build.overlaps import LEAST_SHARE, BlockCuts, Shares, shares_of
from courtepointe.atlas.build.pairs import cut
from courtepointe.atlas.build.topology import parents_by_surface
from courtepointe.atlas.pack.values import AreaTable, BlockTable
from courtepointe.core.fit import index_shapes, place_blocks, share_by_blocks, share_by_surface
from courtepointe.core.typing import Floats, Shapes


def grid(columns: int, rows: int, *, width: float, height: float, shift: float = 0.0) -> Shapes:
    boxes = [
        shapely.box(x * width + shift, y * height, (x + 1) * width + shift, (y + 1) * height)
        for y in range(rows)
        for x in range(columns)
    ]
    return np.array(boxes, dtype=object)


def table(name: str, shapes: Shapes) -> AreaTable:
    codes = tuple(f"{place:03d}" for place in range(len(shapes)))
    nothing = ("",) * len(shapes)
    return AreaTable(name, codes, codes, codes, nothing, nothing, shapes, shapely.area(shapes))


FROM = table("from:1", grid(3, 2, width=1000, height=1000))
TO = table("to:1", grid(3, 1, width=900, height=2000, shift=250))


def blocks_with(people: Floats, dwellings: Floats) -> BlockTable:
    shapes = grid(12, 8, width=250, height=250)
    return BlockTable("block:1", shapes, people, dwellings, {})


def overlap(blocks: BlockTable | None) -> Shares:
    """Hold FROM against TO, by blocks that count somebody."""
    surface = cut(FROM.shapes, TO.shapes)
    if blocks is None:
        return shares_of(surface, None, n_from=len(FROM), n_to=len(TO))
    counts = blocks.people if blocks.people.any() else blocks.dwellings
    home = parents_by_surface(blocks.shapes, FROM.shapes)
    told = BlockCuts(counts, home, cut(blocks.shapes, TO.shapes))
    return shares_of(surface, told, n_from=len(FROM), n_to=len(TO))


def matrix(shares: dict[tuple[int, int], float]) -> Floats:
    whole = np.zeros((len(FROM), len(TO)))
    for (a, b), share in shares.items():
        whole[a, b] = share
    return whole


@pytest.mark.parametrize("kind", ["people", "dwellings", "surface"])
def test_overlaps_equal_the_slow_way(kind: str) -> None:
    rng = np.random.default_rng(7)
    counts = rng.integers(0, 40, 96).astype(float)
    counts[:4] = 0.0
    nobody = np.zeros(96)
    blocks = {
        "people": blocks_with(counts, nobody),
        "dwellings": blocks_with(nobody, counts),
        "surface": None,
    }[kind]
    found = overlap(blocks)
    slow: dict[tuple[int, int], float] = {}
    for place, area in enumerate(TO.shapes):
        if blocks is None:
            shares = share_by_surface(index_shapes(FROM.shapes), area)
        else:
            shares = share_by_blocks(
                index_shapes(FROM.shapes),
                area,
                blocks=place_blocks(
                    index_shapes(blocks.shapes),
                    counts,
                    parents_by_surface(blocks.shapes, FROM.shapes),
                    n_units=FROM.shapes.size,
                ),
            )
        for unit, share in zip(shares.positions.tolist(), shares.inside.tolist(), strict=True):
            if share > LEAST_SHARE:
                slow[unit, place] = share
    pairs = zip(found.shape.tolist(), found.area.tolist(), strict=True)
    fast = dict(zip(pairs, found.weight.tolist(), strict=True))
    assert matrix(fast) == pytest.approx(matrix(slow), abs=1e-9)
    if kind == "surface":
        assert np.array_equal(found.surface, found.weight)


def test_an_area_of_nobody_is_measured_by_surface() -> None:
    people = np.full(96, 5.0)
    home = parents_by_surface(blocks_with(people, people).shapes, FROM.shapes)
    people[home == 0] = 0.0
    found = overlap(blocks_with(people, people))
    assert found.n_by_surface == 1
    first = found.shape == 0
    assert found.weight[first] == pytest.approx([0.75])
    assert np.array_equal(found.weight[first], found.surface[first])


def test_pairs_are_ordered_and_shares_are_parts() -> None:
    found = overlap(None)
    pairs = list(zip(found.shape, found.area, strict=True))
    assert pairs == sorted(pairs)
    whole = np.bincount(found.shape, found.surface)
    assert np.all(whole <= 1.0 + 1e-12)
    # x 1000-1150 is in the first area, 1150-2000 in the second: 15 % and 85 %.
    middle = found.shape == 1
    assert found.surface[middle] == pytest.approx([0.15, 0.85])
