"""An attendance sheet, from the clean rows of a brought table to the meetings, activities and sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from courtepointe.doors.site.space.frame import Space
from courtepointe.engagement.actions import arriving
from courtepointe.engagement.arriving import matched
from courtepointe.engagement.queries.arriving import gatherings_on
from courtepointe.engagement.queries.volunteers import codes_taken
from courtepointe.engagement.values.arriving import Came
from courtepointe.people.bringing import RowRead, Unfit

PRESENT = "present"
"""A sheet without a column of presence lists who was there."""


def look_at_attendance(
    space: Space, rows: Sequence[RowRead]
) -> tuple[tuple[Unfit, ...], frozenset[int]]:
    """Find the rows that fit nothing that took place, and those of what somebody noted already."""
    came = list(_came(rows))
    there = gatherings_on(space.seen.id, {one.day for one in came})
    of, misfits = matched(came, there, volunteers=codes_taken(space.seen), now=space.now)
    unfit = tuple(Unfit(one.row, one.field, one.code) for one in misfits)
    return unfit, frozenset(row for row, at in of.items() if at.is_noted)


def bring_attendance(space: Space, rows: Sequence[RowRead], batch: str) -> int:
    """Write the attendance that clean rows say, all or none; give how many rows."""
    came = list(_came(rows))
    return arriving.bring_attendance(space.seen.slug, came, by=space.by, now=space.now, batch=batch)


def _came(rows: Sequence[RowRead]) -> Iterator[Came]:
    for row in rows:
        held = row.values
        day = held.get("date")
        if isinstance(day, date):
            yield Came(
                row=row.number,
                day=day,
                gathering=_text(held, "meeting"),
                who=_text(held, "participant"),
                organisation=_text(held, "organisation"),
                status=_text(held, "presence") or PRESENT,
            )


def _text(held: Mapping[str, object], name: str) -> str:
    value = held.get(name)
    return value.strip() if isinstance(value, str) else ""
