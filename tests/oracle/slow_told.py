"""Somebody who reads all that a survey tells, knows who is of each group, and adds and subtracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

Set = frozenset[int]
Counts = dict[Set, int]
MOST = 3_000


def sums(told: Mapping[Set, int]) -> Counts:
    """Add counts of sets that hold nobody in common, take those of a set from one that holds it, again and again."""
    found = dict(told)
    fresh = list(found)
    while fresh and len(found) < MOST:
        made: Counts = {}
        for one, two in product(list(found), fresh):
            for big, small in ((one, two), (two, one)):
                if small < big:
                    made[big - small] = found[big] - found[small]
            if not one & two:
                made[one | two] = found[one] + found[two]
        fresh = [one for one in made if one and one not in found]
        found |= {one: made[one] for one in fresh}
    return found


def worlds(told: Mapping[Set, int], everybody: Set) -> Iterator[Counts]:
    """Try every number of yes among those of both, of one alone, of neither; give what is the same in all that fit."""
    for one, two in combinations([each for each in told if each != everybody], 2):
        cells = [one & two, one - two, two - one, everybody - one - two]
        fit = []
        for both, first, second in product(*(range(len(cell) + 1) for cell in cells[:3])):
            rest = told[everybody] - both - first - second
            if both + first == told[one] and both + second == told[two] and 0 <= rest <= len(cells[3]):  # fmt: skip
                fit.append((both, first, second, rest))
        yield {cell: fit[0][k] for k, cell in enumerate(cells) if len({world[k] for world in fit}) == 1}  # fmt: skip
