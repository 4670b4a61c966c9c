"""The attacker, slow and obvious: list every table of whole numbers that agrees with what is told."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from courtepointe.core.small_counts import Told, ToldTable
from courtepointe.core.typing import Ints

Table = tuple[tuple[int, ...], ...]


def candidates(value: int, mark: int, least: int, most: int, hidden_from: int) -> range:
    """List what a reader thinks that a count may be."""
    if mark == Told.VALUE:
        return range(value, value + 1)
    return range(1, least) if mark == Told.FEW else range(hidden_from, most + 1)


def agrees(total: int, value: int, mark: int, least: int) -> bool:
    """Say whether a sum of an imagined table agrees with what is told of the true one."""
    if mark == Told.VALUE:
        return total == value
    return 1 <= total < least if mark == Told.FEW else True


def all_few_told(tables: Sequence[Ints], told: Sequence[ToldTable], least: int) -> bool:
    """Say whether each cell of none and of a few was told as such: a hidden one is then neither."""
    return all(
        bool(((counts >= least) | (one.cells != Told.HIDDEN)).all())
        for counts, one in zip(tables, told, strict=True)
    )


def worlds(counts: Ints, told: ToldTable, *, least: int, most: int, shown: bool) -> Iterator[Ints]:
    """Give every table that agrees with one that was told, cells up to ``most``."""
    ranges = [
        candidates(int(value), int(mark), least, most, least if shown else 0)
        for value, mark in zip(counts.ravel(), told.cells.ravel(), strict=True)
    ]
    for cells in itertools.product(*ranges):
        table = np.array(cells).reshape(counts.shape)
        if not agrees(int(table.sum()), int(counts.sum()), told.total, least):
            continue
        if counts.shape[0] > 1 and not _margins_agree(table, counts, told, least):
            continue
        yield table


def _margins_agree(table: Ints, counts: Ints, told: ToldTable, least: int) -> bool:
    for axis, marks in ((1, told.rows), (0, told.columns)):
        sums, true = table.sum(axis=axis), counts.sum(axis=axis)
        if not all(
            agrees(int(a), int(b), int(m), least) for a, b, m in zip(sums, true, marks, strict=True)
        ):
            return False
    return True


def possible(
    tables: Sequence[Ints], told: Sequence[ToldTable], *, least: int, most: int
) -> list[list[set[int]]]:
    """Give for each cell of each table the numbers that a reader of all tables finds possible."""
    shown = all_few_told(tables, told, least)
    listed = [
        list(worlds(counts, one, least=least, most=most, shown=shown))
        for counts, one in zip(tables, told, strict=True)
    ]
    margins = [{tuple(world.sum(axis=1).tolist()) for world in held} for held in listed]
    shared = set.intersection(*margins)
    found = []
    for held, counts in zip(listed, tables, strict=True):
        kept = [world.ravel() for world in held if tuple(world.sum(axis=1).tolist()) in shared]
        found.append([{int(world[n]) for world in kept} for n in range(counts.size)])
    return found
