"""What holds of every day that is written in a programme."""

from __future__ import annotations

from datetime import date

from courtepointe.core.errors import BadInput

FIRST_YEAR, LAST_YEAR = 2000, 2100


def near(*days: date | None) -> None:
    """Hold that days are of this century; or raise `BadInput` ``programme_day_far``.

    A year of which a digit slipped would stretch the chronology until nothing of it is read.
    """
    for day in days:
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise BadInput("programme_day_far", value=day, expected=f"{FIRST_YEAR}–{LAST_YEAR}")


def past(*days: date | None, today: date) -> None:
    """Hold that days on which something happened have come; or raise `BadInput` ``day_to_come``."""
    near(*days)
    for day in days:
        if day is not None and day > today:
            raise BadInput("day_to_come", value=day)
