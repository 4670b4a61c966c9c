"""What a column's content says of the field that it may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from courtepointe.formats.workbooks import CellStatus, Grid, Value, day_comes_first, status_of
from courtepointe.people.bringing.outcome import Good, Setting
from courtepointe.people.bringing.reading import reader_of
from courtepointe.people.bringing.reading.numbers import mark_of, without_percent
from courtepointe.people.bringing.shape import Field, Kind

SAMPLE = 60
SCANNED = 4_000


def sample_of(values: Iterable[Value]) -> tuple[Value, ...]:
    """Give the first different values of a column, marks for nothing left out."""
    found: dict[tuple[type, Value], None] = {}
    for value in islice(values, SCANNED):
        if status_of(value, free_text=False) == CellStatus.VALUE:
            found[value.__class__, value] = None
            if len(found) == SAMPLE:
                break
    return tuple(value for _, value in found)


def share_read(field: Field, sample: Sequence[Value], grid: Grid) -> float | None:
    """Give the share of a sample that reads as the field; None where there is no sample.

    A list that keeps what it does not know counts only what it knows.
    """
    if not sample:
        return None
    read = reader_of(field, setting_of(field, sample, grid))
    outcomes = (read(value) for value in sample)
    good = sum(isinstance(one, Good) and one.why != "kept_as_written" for one in outcomes)
    return good / len(sample)


def setting_of(
    field: Field,
    values: Sequence[Value],
    grid: Grid,
    *,
    day_first: bool | None = None,
    today: date | None = None,
    country: str = "CA",
) -> Setting:
    """Make what the reader of a column must know: what the column itself tells, and what is told."""
    if field.kind == Kind.DATE and day_first is None:
        day_first = day_comes_first(values)
    return Setting(day_first, _decimal(field, values), grid.from_1904, today, country)


def _decimal(field: Field, values: Sequence[Value]) -> str | None:
    """Tell what a comma is in a column of numbers; nothing of other columns."""
    if field.kind == Kind.NUMBER:
        return mark_of(map(without_percent, values))
    return mark_of(values) if field.kind in (Kind.INTEGER, Kind.AMOUNT) else None
