"""What tells a row from all others: within the file, and against what is already there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from courtepointe.formats.workbooks import CellStatus, Grid
from courtepointe.people.bringing.folding import key_of
from courtepointe.people.bringing.mapping import Matching
from courtepointe.people.bringing.result import CellFault, Known, RowRead
from courtepointe.people.bringing.shape import Shape

BETWEEN = "\x1f"


def key_of_row(values: Mapping[str, object], fields: Sequence[str]) -> str:
    """Make the key of a row; empty where one of the fields holds nothing.

    Rows of a database are made keys in the same way, to be told as existing. Texts are folded: case,
    accents and marks do not make another row.
    """
    parts = [_part(values.get(name)) for name in fields]
    return BETWEEN.join(parts) if all(parts) else ""


def _part(value: object) -> str:
    if value is None or isinstance(value, CellStatus):
        return ""
    text = str(value)
    return text.casefold() if "@" in text or text[:1] == "+" else key_of(text)


def repeated(
    grid: Grid, shape: Shape, rows: Sequence[RowRead], matching: Matching
) -> Iterator[CellFault]:
    """Tell the rows that say again the key of a row that comes before; each row once.

    Where clean rows come first, it is the row with another fault that repeats: left out, it takes
    nobody else with it.
    """
    told: set[int] = set()
    places = {number: place for place, number in enumerate(grid.row_numbers)}
    for fields in shape.keys:
        first: dict[str, int] = {}
        shown = next((m for name in reversed(fields) if (m := matching.of(name))), None)
        for row in rows if shown else ():
            key = key_of_row(row.values, fields)
            if not key or first.setdefault(key, row.number) == row.number or row.number in told:
                continue
            told.add(row.number)
            assert shown is not None
            yield CellFault(
                grid.sheet, row.number, shown.letters, shown.heading, shown.field,
                grid.rows[places[row.number]][shown.place], "repeated_key", "unique", first_row=first[key],
            )  # fmt: skip


def known_rows(
    shape: Shape, rows: Sequence[RowRead], existing: Mapping[tuple[str, ...], Collection[str]]
) -> Iterator[Known]:
    """Tell the rows whose key exists already; each row once, by the first key that tells."""
    there = {fields: frozenset(existing.get(fields, ())) for fields in shape.keys}
    for row in rows:
        for fields in shape.keys:
            key = key_of_row(row.values, fields)
            if key and key in there[fields]:
                yield Known(row.number, fields, key)
                break
