"""Places on a sheet: apart, inside, the same each time, and kept from wave to wave."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import networks as made_up

from courtepointe.core.errors import BadInput
from courtepointe.core.network import among, between
from courtepointe.core.network.labels import beside, crossings, on_discs, overlaps, place_labels
from courtepointe.core.network.layout import Layout, joined, lay_out
from courtepointe.core.network.spread import closest, spread
from courtepointe.core.typing import Floats, Ints

ROOM = 22.0


def ties_of(n: int, seed: int = 5) -> tuple[Ints, Ints]:
    network = made_up.network(n, seed=seed, mean=min(4.0, n / 2))
    every = np.arange(n)
    waves = [(between(one).certain, every) for one in (network, made_up.later(network))]
    return joined(waves, n_nodes=n), made_up.sectors(n, seed=seed)


def laid(n: int, *, side: float = 720.0, tall: float = 800.0, seed: int = 5) -> Layout:
    ties, sectors = ties_of(n, seed)
    return lay_out(ties, sectors=sectors, width=side, height=tall, room=ROOM)


@pytest.mark.parametrize("n", [1, 2, 12, 60, 200])
def test_nobody_stands_on_another_or_outside(n: int) -> None:
    told = laid(n)
    assert closest(told.positions) >= ROOM - 0.05
    assert (told.positions >= ROOM / 2 - 0.05).all()
    assert (told.positions <= np.array([720.0, 800.0]) - ROOM / 2 + 0.05).all()


def test_the_same_ties_give_the_same_places() -> None:
    assert laid(60).positions.tolist() == laid(60).positions.tolist()


def test_who_has_no_partner_in_any_wave_stands_at_the_foot() -> None:
    ties = np.zeros((5, 5), dtype=np.int64)
    ties[0, 1] = ties[1, 0] = ties[1, 2] = ties[2, 1] = 1
    told = lay_out(ties, sectors=np.ones(5, dtype=np.int64), width=200.0, height=200.0, room=20.0)
    assert told.alone.tolist() == [False, False, False, True, True]
    assert told.positions[3:, 1].min() > told.positions[:3, 1].max()


def test_partners_stand_nearer_than_others_and_sectors_together() -> None:
    ties, sectors = ties_of(60)
    points = laid(60).positions
    far = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    apart = ~np.eye(60, dtype=bool)
    same = sectors[:, None] == sectors[None, :]
    assert far[ties > 0].mean() < 0.8 * far[(ties == 0) & apart].mean()
    assert far[same & apart].mean() < 0.5 * far[~same].mean()


def test_a_new_wave_leaves_who_was_there_where_it_was() -> None:
    ties, sectors = ties_of(60)
    first = laid(60)
    # Four join, each with a partner of before and one of its partners.
    more = np.zeros((64, 64), dtype=np.int64)
    more[:60, :60] = ties
    for new in range(60, 64):
        for partner in (new - 60, int(np.flatnonzero(ties[new - 60])[0])):
            more[new, partner] = more[partner, new] = 1
    kept = np.zeros((64, 2))
    kept[:60] = first.positions
    is_kept = np.arange(64) < 60
    told = lay_out(more, sectors=np.append(sectors, [1, 2, 3, 1]), width=720.0, height=800.0,
                   room=ROOM, kept=kept, is_kept=is_kept & ~np.append(first.alone, [False] * 4))  # fmt: skip
    stayed = ~first.alone
    moved = np.sqrt(((told.positions[:60] - first.positions) ** 2).sum(axis=1))[stayed]
    assert np.median(moved) < 3.0 and moved.max() < ROOM
    assert closest(told.positions) >= ROOM - 0.1
    ways = np.sqrt(((told.positions[60] - told.positions[:60]) ** 2).sum(axis=1))
    assert ways[more[60, :60] > 0].mean() < np.median(ways)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 40), st.integers(0, 999))
def test_discs_are_pushed_apart_where_there_is_room(n: int, seed: int) -> None:
    points = np.random.default_rng(seed).uniform(0, 400, (n, 2))
    told = spread(points, distance=20.0, box=np.array([400.0, 400.0]), ease=np.ones(n),
                  names=np.zeros((n, 2)), rounds=800)  # fmt: skip
    assert closest(told) >= 19.9
    free = closest(points) >= 20.0 and (points >= 10).all() and (points <= 390).all()
    assert not free or (told == points).all(), "who is free is not moved"


def test_a_name_keeps_its_room_under_its_disc() -> None:
    points = np.array([[100.0, 100.0], [100.0, 118.0], [120.0, 112.0]])
    names = np.array([[80.0, 14.0], [0.0, 0.0], [0.0, 0.0]])
    told = spread(points, distance=20.0, box=np.array([400.0, 300.0]), ease=np.ones(3),
                  names=names, rounds=800)  # fmt: skip
    size = np.array([80.0, 14.0])
    under = beside(told[0], radius=8.0, size=size)[:1]
    assert not on_discs(under, told[1:], radius=9.0).any()


def test_names_that_are_clear_cover_nothing() -> None:
    chance = np.random.default_rng(3)
    points = chance.uniform(20, 380, (40, 2))
    sizes = np.stack([chance.uniform(30, 90, 40), np.full(40, 14.0)], axis=1)
    lines = np.concatenate([points[:20], points[20:]], axis=1)
    choices = [
        beside(point, radius=5.0, size=size) for point, size in zip(points, sizes, strict=True)
    ]
    box = np.array([400.0, 400.0])
    told = place_labels(choices, points=points, radius=5.0, box=box, lines=lines)
    clear = told.boxes[told.clear]
    assert 10 < len(clear) <= 40
    assert not on_discs(clear, points, radius=5.5).any()
    assert int(overlaps(clear, clear).sum()) == len(clear), "each overlaps itself alone"
    assert (clear[:, :2] >= 0).all() and (clear[:, 2:] <= box).all()


def test_the_first_name_has_the_first_choice() -> None:
    points = np.array([[50.0, 50.0], [50.0, 50.0]])
    choice: Floats = np.array([[60.0, 40.0, 90.0, 60.0]])
    told = place_labels([choice, choice], points=points, radius=5.0, box=np.array([100.0, 100.0]),
                        lines=np.zeros((0, 4)))  # fmt: skip
    assert told.clear.tolist() == [True, False]


def test_lines_through_a_box_are_counted() -> None:
    boxes = np.array([[10.0, 10.0, 20.0, 20.0]])
    lines = np.array(
        [[0, 15, 30, 15], [15, 0, 15, 30], [0, 0, 30, 30], [0, 0, 9, 9], [0, 25, 30, 25],
         [12, 12, 13, 13], [0, 30, 9, 21], [15, 25, 15, 40]], dtype=float)  # fmt: skip
    assert crossings(boxes, lines).tolist() == [4]


def test_waves_are_joined_by_who_they_are() -> None:
    network = made_up.network(10, mean=3.0)
    whole = between(network).certain
    part = np.array([7, 2, 5])
    told = joined(
        [(whole, np.arange(10)), (between(among(network, part)).certain, part)], n_nodes=10
    )
    expected = whole.astype(int)
    expected[np.ix_(part, part)] *= 2
    assert told.tolist() == expected.tolist()


def test_a_table_that_is_not_square_is_refused() -> None:
    with pytest.raises(BadInput, match="core_shape"):
        lay_out(np.zeros((3, 2), dtype=np.int64), sectors=np.ones(3, dtype=np.int64), width=100.0,
                height=100.0, room=10.0)  # fmt: skip
