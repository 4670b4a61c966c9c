"""What to look at before going on: dates that a spreadsheet swapped, rows out of sight, merged cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from courtepointe.formats.workbooks import Grid, Value
from courtepointe.people.bringing.mapping import ColumnMatch
from courtepointe.people.bringing.result import Caution
from courtepointe.people.bringing.shape import Field, Kind

FEWEST_SWAPPED = 3
_NUMERIC = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}")


def cautions_of(
    grid: Grid, columns: Sequence[tuple[ColumnMatch, Field, Sequence[Value]]]
) -> Iterator[Caution]:
    """Give the cautions of a table that is being read.

    Parameters
    ----------
    columns : sequence of (match, field, cells)
    """
    for match, field, cells in columns:
        n = n_perhaps_swapped(cells) if field.kind == Kind.DATE else 0
        if n:
            yield Caution("dates_perhaps_swapped", match.letters, match.heading, n)
    if grid.hidden_rows:
        yield Caution("hidden_rows_read", n=len(grid.hidden_rows))
    if grid.filled_down:
        yield Caution("merged_cells_filled", n=len(grid.filled_down))


def n_perhaps_swapped(cells: Sequence[Value]) -> int:
    """Count the dates of a column that a spreadsheet may have swapped; 0 where nothing says so.

    Notes
    -----
    A spreadsheet set to write the month first turns 03/04/2025 into 4 March, and leaves 31/12/2025 as
    text. So a column that mixes texts whose day is over 12 with true dates whose days are all at most
    12 was likely typed with the day first, and its true dates are swapped.
    """
    days = [value for value in cells if isinstance(value, dt.date)]
    texts = [_NUMERIC.match(value) for value in cells if isinstance(value, str)]
    over = sum(found is not None and int(found[1]) > 12 for found in texts)
    if not over or len(days) < FEWEST_SWAPPED or any(day.day > 12 for day in days):
        return 0
    return sum(day.day != day.month for day in days)
