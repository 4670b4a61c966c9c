"""Whoever reads all that is told of who was heard cannot work out a few people of a group."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from courtepointe.portraits.evidence.heard import heard_in

FEW, MOST, N_SOURCES = 5, 7, 3
World = tuple[int, ...]
Sources = tuple[int, ...]
SETS: Sequence[Sources] = [
    some for n in range(1, N_SOURCES + 1) for some in itertools.combinations(range(N_SOURCES), n)
]
"""Any sources together: one alone, a dimension, a dimension within another, an edition, all until a day."""


def told_of(world: World, some: Sources) -> Mapping[str, int]:
    return heard_in({"tenants": world[one]} for one in some)


def test_no_count_of_a_few_is_told_from_greater_ones_whatever_is_read_together() -> None:
    alike: dict[str, list[World]] = defaultdict(list)
    for world in itertools.product(range(MOST + 1), repeat=N_SOURCES):
        alike[str([told_of(world, some) for some in SETS])].append(world)
    for worlds, some in itertools.product(alike.values(), SETS):
        sums = {sum(world[one] for one in some) for world in worlds}
        present = sum(worlds[0][one] > 0 for one in some)
        assert sums == set(range(present, present * MOST + 1))
        assert not present or max(sums) >= FEW


def recovered(
    world: World, sets: Sequence[Sources], told: Callable[[int], str], most: int
) -> World | None:
    """Give the one world that agrees with what is told of some sets; None where there are several."""
    said = [told(sum(world[one] for one in some)) for some in sets]
    found = [
        other
        for other in itertools.product(range(most + 1), repeat=len(world))
        if [told(sum(other[one] for one in some)) for some in sets] == said
    ]
    return found[0] if len(found) == 1 else None


def exact_from_ten(n: int) -> str:
    """Tell as the pages once did: a count from ten on, else that it is fewer."""
    return str(n) if n == 0 or n >= 10 else "fewer than 10"


def banded(n: int) -> str:
    """Tell a band."""
    return "none" if n == 0 else ["1-4", "5-9", "10-19", "20"][sum(n >= one for one in (5, 10, 20))]


def test_counts_from_a_threshold_on_are_subtracted() -> None:
    assert recovered((10, 2), [(0,), (1,), (0, 1)], exact_from_ten, 12) == (10, 2)


def test_bands_of_a_whole_and_its_parts_are_worked_out_too() -> None:
    each = [(0,), (1,), (2,), (3,), (4,)]
    assert recovered((5, 1, 1, 1, 1), [*each, (0, 1, 2, 3, 4)], banded, 9) == (5, 1, 1, 1, 1)
