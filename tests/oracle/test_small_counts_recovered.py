"""Nothing of a few is worked out from a table that was told, nor from two; the attacker tries all."""

from __future__ import annotations

import numpy as np
import pytest
from tests.oracle.recovered import possible

from courtepointe.core.errors import BadInput
from courtepointe.core.small_counts import Told, ToldTable, told_table, told_tables
from courtepointe.core.typing import Ints

LEAST, MOST = 3, 9
"""Counts of 1 and 2 are of a few: tables small enough to list every world."""


def table(*rows: list[int]) -> Ints:
    return np.array(rows, dtype=np.int64)


def nothing_is_narrowed(tables: list[Ints], told: tuple[ToldTable, ...], most: int = MOST) -> None:
    for counts, found in zip(tables, possible(tables, told, least=LEAST, most=most), strict=True):
        for value, numbers in zip(counts.ravel().tolist(), found, strict=True):
            if 0 < value < LEAST:
                assert numbers >= set(range(1, LEAST)), (counts, told)


def test_a_naive_table_is_worked_out_by_the_attacker() -> None:
    """The attacker can win: hiding the small cell alone does not protect it."""
    counts = table([2, 6], [7, 8])
    cells = np.where((counts > 0) & (counts < LEAST), Told.FEW, Told.VALUE)
    naive = ToldTable(cells, np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64), 0)
    assert possible([counts], [naive], least=LEAST, most=MOST)[0][0] == {2}


@pytest.mark.parametrize("seed", range(40))
def test_no_small_count_of_a_table_is_narrowed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shape = ((2, 2), (2, 3), (3, 2), (1, 4))[seed % 4]
    counts = rng.integers(0, 7, size=shape)
    told = told_table(counts, least=LEAST)
    nothing_is_narrowed([counts], (told,))
    small = (counts > 0) & (counts < LEAST)
    assert (told.cells[small] == Told.FEW).all(), "a few is always told as a few in one table"
    assert (told.cells[counts == 0] == Told.VALUE).all()


@pytest.mark.parametrize("seed", range(25))
def test_no_small_count_is_narrowed_by_a_second_table_of_the_same_people(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    first = rng.integers(0, 6, size=(2, 2))
    second = _parted(first.sum(axis=1), rng)
    told = told_tables([first, second], least=LEAST)
    nothing_is_narrowed([first, second], told)


def _parted(totals: Ints, rng: np.random.Generator) -> Ints:
    """Part the same rows of people in two other columns."""
    left = np.array([rng.integers(0, total + 1) for total in totals])
    return np.column_stack([left, totals - left]).astype(np.int64)


def test_two_tables_told_apart_are_worked_out_together() -> None:
    """Why they must be protected together: what one table hides, the other tells."""
    found = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        first = rng.integers(0, 6, size=(2, 2))
        second = _parted(first.sum(axis=1), rng)
        apart = tuple(told_table(one, least=LEAST) for one in (first, second))
        try:
            nothing_is_narrowed([first, second], apart)
        except AssertionError:
            found.append(seed)
    assert found


def test_a_table_worked_by_hand() -> None:
    """2 of a row of 32: its neighbour is left out in its row and in its column, and one more across."""
    told = told_table(table([2, 30], [40, 50]))
    assert told.cells[0, 0] == Told.FEW
    assert told.total == Told.VALUE and (told.rows == Told.VALUE).all()
    assert (told.columns == Told.VALUE).all()
    assert (told.cells.ravel()[1:] == Told.HIDDEN).all()


def test_a_list_hides_a_second_count_or_its_total() -> None:
    told = told_table(table([3, 20, 40]))
    marks = [*told.cells.ravel().tolist(), told.total]
    assert marks[0] == Told.FEW and marks.count(Told.HIDDEN) == 1


def test_a_table_without_small_counts_is_told_whole() -> None:
    told = told_table(table([0, 5], [6, 7]))
    assert not told.cells.any() and not told.rows.any() and not told.columns.any()
    assert told.total == Told.VALUE


def test_a_large_table_hides_few(benchmark_table: Ints) -> None:
    told = told_table(benchmark_table)
    small = (benchmark_table > 0) & (benchmark_table < 5)
    hidden = int((told.cells == Told.HIDDEN).sum())
    assert (told.cells[small] == Told.FEW).all() and told.total == Told.VALUE
    assert hidden <= 2 * int(small.sum())


@pytest.fixture
def benchmark_table() -> Ints:
    rng = np.random.default_rng(7)
    return rng.integers(0, 60, size=(12, 5))


@pytest.mark.parametrize(
    ("counts", "least", "code"),
    [
        (np.array([1, 2]), 5, "core_shape"),
        (np.array([[-1, 2]]), 5, "core_negative_count"),
        (np.array([[1, 2]]), 1, "protection_least"),
    ],
)
def test_what_is_no_table_of_counts_is_refused(counts: Ints, least: int, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        told_table(counts, least=least)


def test_tables_of_other_people_are_refused() -> None:
    with pytest.raises(BadInput, match="core_shape"):
        told_tables([table([1, 2], [3, 4]), table([1, 2], [3, 5])])
