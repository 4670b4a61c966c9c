"""Activities of a spreadsheet, from the clean rows of a brought table to the room that keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.timezone import localtime, make_aware

from courtepointe.doors.site.space.frame import Space
from courtepointe.engagement.actions import arriving
from courtepointe.engagement.queries.arriving import activities_there
from courtepointe.engagement.values.activities import NewActivity
from courtepointe.engagement.values.arriving import ArrivingActivity
from courtepointe.people.bringing import RowRead, Unfit, key_of_row, shape, shown

SHAPE = "activities"
KEY = ("title", "date", "starts")
NEEDS = {"interpreting": "interpretation", "childcare": "childcare", "meal": "catering"}
"""What the table calls the needs that registrations ask about."""
ASIDE = ("organisation", "languages", "website")
"""Fields that an activity has no place for: told in its text, in words."""
YEARS = range(2007, 2101)


def existing_activities(space: Space) -> Mapping[tuple[str, ...], Collection[str]]:
    """Say which activities are planned or were held already."""
    rows = activities_there(space.seen.id)
    return {KEY: {_key(title, localtime(starts)) for _, title, starts, _ in rows}}


def _key(title: str, at: datetime) -> str:
    return key_of_row({"title": title, "date": at.date(), "starts": at.time()}, KEY)


def look_at_activities(
    space: Space, rows: Sequence[RowRead]
) -> tuple[tuple[Unfit, ...], frozenset[int]]:
    """Find the rows whose hours or counts cannot be, and those of an activity that was called off."""
    gone = {
        _key(title, localtime(starts))
        for _, title, starts, state in activities_there(space.seen.id)
        if state == "cancelled"
    }
    return tuple(one for row in rows for one in _faults(space, row, gone)), frozenset()


def _faults(space: Space, row: RowRead, gone: Collection[str]) -> Iterator[Unfit]:
    held = row.values
    day, starts, ends = held.get("date"), held.get("starts"), held.get("ends")
    if isinstance(starts, time) and isinstance(ends, time) and ends <= starts:
        yield Unfit(row.number, "ends", "ends_before_start")
    if not isinstance(day, date):
        return
    if day.year not in YEARS:
        yield Unfit(row.number, "date", "year_out_of_range")
    elif (
        isinstance(starts, time)
        and isinstance(held.get("participants"), int)
        and _at(day, starts) > space.now
    ):
        yield Unfit(row.number, "participants", "count_before_held")
    if key_of_row(held, KEY) in gone:
        yield Unfit(row.number, "title", "activity_called_off")


def bring_activities(space: Space, rows: Sequence[RowRead], batch: str) -> int:
    """Keep the activities of clean rows, all or none; give how many."""
    some = [_arriving(space, row) for row in rows]
    return arriving.bring_activities(space.seen.slug, some, by=space.by, now=space.now, batch=batch)


def _arriving(space: Space, row: RowRead) -> ArrivingActivity:
    held = row.values
    day, starts, ends = held["date"], held["starts"], held["ends"]
    assert isinstance(day, date) and isinstance(starts, time) and isinstance(ends, time)
    participants, cost = held.get("participants"), held.get("cost")
    what = NewActivity(
        kind=_text(held, "kind") or arriving.UNSAID,
        title=_text(held, "title"),
        starts=_at(day, starts),
        ends=_at(day, ends),
        text=_told(space, held),
        place=_text(held, "place"),
        needs=tuple(need for name, need in NEEDS.items() if held.get(name) is True),
    )
    return ArrivingActivity(
        what,
        participants if isinstance(participants, int) else None,
        cost if isinstance(cost, Decimal) else None,
        row.number,
    )


def _at(day: date, hour: time) -> datetime:
    return make_aware(datetime.combine(day, hour))


def _told(space: Space, held: Mapping[str, object]) -> str:
    fields = shape(SHAPE).by_code
    lines = [
        f"{fields[name].said(space.lang)} – {text}"
        for name in ASIDE
        if (text := shown(held.get(name), fields[name], lang=space.lang)) and _filled(held, name)
    ]
    return "\n".join(filter(None, (_text(held, "description"), *lines)))


def _filled(held: Mapping[str, object], name: str) -> bool:
    return bool(_text(held, name)) or isinstance(held.get(name), tuple)


def _text(held: Mapping[str, object], name: str) -> str:
    value = held.get(name)
    return value.strip() if isinstance(value, str) else ""
