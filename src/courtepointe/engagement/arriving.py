"""Rows of an attendance sheet are matched with what took place, and counted; nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from courtepointe.engagement.values.arriving import Came, Gathering, Misfit, Tally
from courtepointe.people.bringing.folding import key_of

RANK = ("absent", "excused", "present")
"""Where several people speak for one seat, the one who was most there counts."""
PRESENT = RANK[-1]
Matched = Mapping[int, Gathering]
"""Row -> what it says somebody was at."""


def matched(
    rows: Iterable[Came],
    there: Iterable[Gathering],
    *,
    volunteers: Collection[str],
    now: datetime,
) -> tuple[dict[int, Gathering], tuple[Misfit, ...]]:
    """Find of each row what took place that day under that name, and what of it cannot be taken.

    Parameters
    ----------
    there : iterable of Gathering
        Of the days that the rows say.
    volunteers : collection of str
        Codes: at a training, people are known by them.
    """
    by_name: dict[tuple[date, str], list[Gathering]] = defaultdict(list)
    for one in there:
        for name in one.names:
            by_name[one.day, name].append(one)
    found: dict[int, Gathering] = {}
    misfits: list[Misfit] = []
    for row in rows:
        some = by_name.get((row.day, key_of(row.gathering)), [])
        wrong = _wrong(row, some, volunteers, now)
        if wrong is not None:
            misfits.append(wrong)
        else:
            found[row.row] = some[0]
    return found, tuple(misfits)


def _wrong(
    row: Came, some: Sequence[Gathering], volunteers: Collection[str], now: datetime
) -> Misfit | None:
    if len(some) != 1:
        code = "several_gatherings" if some else "no_such_gathering"
        return Misfit(row.row, "meeting", code)
    at = some[0]
    if at.is_called_off:
        return Misfit(row.row, "meeting", "gathering_called_off")
    if at.starts > now:
        return Misfit(row.row, "meeting", "gathering_not_yet")
    if at.what == "session" and code_of(row) not in volunteers:
        return Misfit(row.row, "participant", "no_such_volunteer")
    if code_of(row) in at.attested and row.status != PRESENT:
        return Misfit(row.row, "participant", "attested_already")
    return None


def code_of(row: Came) -> str:
    """Give a volunteer's code as we keep it."""
    return row.who.strip().upper()


def tallied(rows: Iterable[Came], of: Matched) -> Iterator[Tally]:
    """Count the rows of each gathering together; names are left behind."""
    by_gathering: dict[tuple[str, int], list[Came]] = defaultdict(list)
    for row in rows:
        at = of[row.row]
        by_gathering[at.what, at.number].append(row)
    for some in by_gathering.values():
        yield _tally(of[some[0].row], some)


def _tally(at: Gathering, rows: Iterable[Came]) -> Tally:
    seats: dict[int, str] = {}
    codes: dict[str, bool] = {}
    came = 0
    for row in rows:
        seat = at.seats.get(key_of(row.who), at.seats.get(key_of(row.organisation)))
        if at.what == "session":
            codes[code_of(row)] = codes.get(code_of(row), False) or row.status == PRESENT
        elif seat is not None:
            seats[seat] = max(seats.get(seat, RANK[0]), row.status, key=RANK.index)
        else:
            came += row.status == PRESENT
    return Tally(at, seats, came, codes)
