"""Who reaches a hub on foot, in lines: the same for the table, the sentences and the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext as _

from courtepointe.core.access import Spread
from courtepointe.doors.site.hubs.reach_asked import LIMITS, Row
from courtepointe.formats.tables.plain import plain_text
from courtepointe.press.csv import BOM
from courtepointe.press.numbers import amount, interval, number, signed


@dataclass(frozen=True, slots=True)
class People:
    """People within a limit, rounded once: evenly along streets, and the ends of what could be."""

    even: float
    low: float
    high: float
    everyone: float

    @property
    def left(self) -> float:
        """People still left out."""
        return self.everyone - self.even


@dataclass(frozen=True, slots=True)
class Line:
    """A territory and a limit: today, and with the added place.

    Attributes
    ----------
    territory : str
    limit : int, minutes
    people, more : People or None
        None where nobody knows how many; ``more`` also where no place is added.
    km, of_km, more_km : float or None
    """

    territory: str
    limit: int
    people: People | None
    more: People | None
    km: float
    of_km: float
    more_km: float | None

    @property
    def gain(self) -> tuple[float, float, float] | None:
        """People who gain: evenly, then the least and the most of the three ways to place them."""
        if self.people is None or self.more is None:
            return None
        one, two = self.people, self.more
        ways = (two.even - one.even, two.low - one.low, two.high - one.high)
        return ways[0], min(ways), max(ways)

    def with_more(self) -> Line:
        """Give the line of what is reached with the added place."""
        km = self.km if self.more_km is None else self.more_km
        return replace(self, people=self.more or self.people, km=km, more=None, more_km=None)


def lines_of(rows: Sequence[Row]) -> tuple[Line, ...]:
    """Give a line for each territory and limit."""
    return tuple(_line(row, place) for row in rows for place in range(len(LIMITS)))


def _line(row: Row, place: int) -> Line:
    return Line(
        row.name,
        LIMITS[place],
        _people(row.today.spread, place),
        None if row.more is None else _people(row.more.spread, place),
        round(row.today.reached_km[place], 1),
        round(row.today.street_km, 1),
        None if row.more is None else round(row.more.reached_km[place], 1),
    )


def _people(spread: Spread | None, place: int) -> People | None:
    """Round people of a territory; nothing where no area of it counts."""
    if spread is None or not spread.counted.any():
        return None
    ways = (spread.even, spread.farthest, spread.nearest)
    even, low, high = (float(np.rint(one.covered[0, 0, place])) for one in ways)
    return People(even, low, high, float(np.rint(spread.even.people[0, 0])))


def shown(line: Line, *, lang: str) -> dict[str, object]:
    """Write a line's numbers."""
    people, gain, unknown = line.people, line.gain, _("not known")
    told: dict[str, object] = {
        "territory": line.territory,
        "limit": _("%(n)s minutes") % {"n": line.limit},
        "minutes": line.limit,
        "people": unknown if people is None else number(people.even, lang=lang),
        "range": "" if people is None else range_text(people.low, people.high, lang),
        "left": unknown if people is None else number(people.left, lang=lang),
        "km": _("%(some)s km of %(all)s") % {"some": number(line.km, decimals=1, lang=lang), "all": number(line.of_km, decimals=1, lang=lang)},
    }  # fmt: skip
    if gain is not None and line.more is not None:
        told["more"] = number(line.more.even, lang=lang)
        told["gain"] = signed(gain[0], unit="persons", lang=lang)
        told["gain_range"] = range_text(gain[1], gain[2], lang)
    return told


def range_text(low: float, high: float, lang: str) -> str:
    """Write what could be; nothing where the ends are one."""
    return "" if low == high else interval(low, high, unit="persons", lang=lang)


def _held(told: str) -> str:
    return f" ({told})" if told else ""


def some_people(count: float, lang: str) -> str:
    """Write a count of people in words."""
    return amount(count, unit="persons", lang=lang, in_words=True)


def left_out(line: Line, *, walker: str, lang: str) -> str:
    """Say who is still left out, in people; or that nobody knows how many."""
    if line.people is None:
        return _("We do not know how many people are left out: no area of the atlas that the streets cover tells its people.")  # fmt: skip
    people = line.people
    return _("Still left out, more than %(n)s minutes on foot away (%(walker)s): %(left)s of %(all)s%(range)s.") % {
        "n": line.limit, "walker": walker, "left": some_people(people.left, lang), "all": number(people.everyone, lang=lang),
        "range": _held(range_text(people.everyone - people.high, people.everyone - people.low, lang)),
    }  # fmt: skip


def gained(line: Line, name: str, *, lang: str) -> str:
    """Say who gains by the added place; nothing where none is added or nobody knows."""
    gain, more = line.gain, line.more
    if gain is None or more is None:
        return ""
    if gain[2] == 0.0:
        return _("With %(place)s, nobody of the territory gains within %(n)s minutes: the hubs that count are already as near to all that it is near to, or nobody lives near it.") % {"place": name, "n": line.limit}  # fmt: skip
    return _("With %(place)s, within %(n)s minutes: %(gain)s%(range)s; still left out: %(left)s.") % {
        "place": name, "n": line.limit, "gain": signed(gain[0], unit="persons", lang=lang),
        "range": _held(range_text(gain[1], gain[2], lang)), "left": some_people(more.left, lang),
    }  # fmt: skip


def as_csv(lines: Sequence[Line], *, walker: str) -> str:
    """Write the lines as CSV: whole people, kilometres with a decimal point, empty where not known."""
    out = io.StringIO(BOM, newline="")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out)
    writer.writerow([
        _("territory"), _("walker"), _("minutes"), _("people reached"), _("people reached, least"), _("people reached, most"),
        _("people left out"), _("people counted"), _("km of streets reached"), _("km of streets"),
        _("people reached with the added place"), _("people who gain"), _("people who gain, least"), _("people who gain, most"),
    ])  # fmt: skip
    for line in lines:
        people, more, gain = line.people, line.more, line.gain
        counts = (None,) * 5 if people is None else (people.even, people.low, people.high, people.left, people.everyone)  # fmt: skip
        after = (None if more is None else more.even, *(gain or (None,) * 3))
        writer.writerow([
            plain_text(line.territory), walker, line.limit, *map(_whole, counts), line.km, line.of_km,
            *map(_whole, after),
        ])  # fmt: skip
    return out.getvalue()


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
