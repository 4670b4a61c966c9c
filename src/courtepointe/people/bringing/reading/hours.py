"""Opening hours: *lun-ven 9h-17h*, *Samedi de 10 h à 16 h*, *Mon-Fri 9am-5pm*, *Mo-Fr 09:00-17:00*."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from courtepointe.formats.workbooks import Value, folded, text_of
from courtepointe.people.bringing.outcome import Good, Outcome, Reader, Setting, Wrong
from courtepointe.people.bringing.reading.lists import words
from courtepointe.people.bringing.reading.moments import time_at
from courtepointe.people.bringing.shape import Field

Span = tuple[int, dt.time, dt.time]
"""Day (1 is Monday), opens, closes; closing no later than opening is after midnight."""
Times = tuple[tuple[dt.time, dt.time], ...]
OSM_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALL_WEEK: tuple[Span, ...] = tuple((day, dt.time(), dt.time()) for day in range(1, 8))
"""Open day and night: from midnight to midnight, every day."""

_TOKEN = re.compile(
    r"(?P<time>(?P<hour>\d{1,2}) ?(?:h|:|heures?)(?! ?/) ?(?P<minute>\d{2})? ?(?P<half>[ap]\.?m\b\.?)?|(?P<hour12>\d{1,2}) ?(?P<half12>[ap]\.?m\b\.?)|midi|noon|minuit|midnight)"
    r"|(?P<number>\d{1,2})(?![\d/])"
    r"|(?P<range>-|–|—|\ba\b|\bau\b|\bto\b|\buntil\b|\bjusqu'a\b|\bthrough\b|>)"
    r"|(?P<closed>\bfermee?s?\b|\bclosed\b)"
    r"|(?P<join>,|\bet\b|\band\b|&|\+|/)"
    r"|(?P<break>[;\n.:()])"
    r"|(?P<filler>\b(?:de|du|des|le|les|la|from|ouverte?s?|open|heures?|hours?|l'|d')(?:\b|(?<=')))"
    r"|(?P<word>[a-z]+\.?)"
    r"|(?P<blank>\s+)"
)


@dataclass
class _State:
    """What was read so far of a text."""

    days: list[tuple[int, int]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    opens: dt.time | None = None
    range_from: int | None = None
    ranged: bool = False
    timed: bool = False


def hours_reader(setting_of: Field, setting: Setting) -> Reader:
    """Read opening hours, days with the times that follow them."""

    def read(value: Value) -> Outcome:
        spans = read_hours(text_of(value))
        if spans is None:
            return Wrong("not_hours")
        return Good(spans, "" if text_of(value).strip() == hours_text(spans) else "hours_in_words")

    return read


def read_hours(text: str) -> tuple[Span, ...] | None:
    """Read opening hours, or give None where any word of them is not understood.

    Returns
    -------
    tuple of (day, opens, closes), in the order of the week
    """
    told = "\n".join(folded(line) for line in text.splitlines()).strip(" .;")
    if told in words()["always"]["words"]:
        return ALL_WEEK
    state = _State()
    for kind, token in _tokens(_with_days(told)):
        if not _STEPS[kind](state, token):
            return None
    if not state.spans or state.opens is not None or state.range_from is not None:
        return None
    return tuple(sorted(set(state.spans)))


def hours_text(spans: tuple[Span, ...]) -> str:
    """Write hours as OpenStreetMap does: ``Mo-Fr 09:00-17:00; Sa 10:00-16:00``."""
    told = []
    for first, last, times in by_days(spans):
        days = OSM_DAYS[first - 1] + ("" if first == last else f"-{OSM_DAYS[last - 1]}")
        told.append(
            f"{days} {','.join(f'{opens:%H:%M}-{closes:%H:%M}' for opens, closes in times)}"
        )
    return "; ".join(told)


def by_days(spans: tuple[Span, ...]) -> list[tuple[int, int, Times]]:
    """Put together the days in a row that have the same hours: first day, last day, their times."""
    each = {day: tuple(span[1:] for span in spans if span[0] == day) for day in range(1, 8)}
    told: list[tuple[int, int, Times]] = []
    for day, times in each.items():
        if told and told[-1][1] == day - 1 and told[-1][2] == times:
            told[-1] = (told[-1][0], day, times)
        elif times:
            told.append((day, day, times))
    return told


def _with_days(text: str) -> str:
    """Put the days themselves for what names several: *tous les jours*, *weekdays*."""
    for name, (first, last) in sorted(words()["spans"].items(), key=lambda item: -len(item[0])):
        days = f"{OSM_DAYS[first - 1]}-{OSM_DAYS[last - 1]}".lower()
        text = re.sub(rf"(?<![\w/]){re.escape(name)}(?![\w/])", f" {days} ", text)
    return text


def _tokens(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found or found.end() == place:
            yield "unknown", re.compile("").match("")  # type: ignore[misc]
            return
        kind = next(k for k in _STEPS if k in found.groupdict() and found[k] is not None)
        yield kind, found
        place = found.end()


@cache
def _days() -> Mapping[str, int]:
    return {name: int(number) for number, names in words()["days"].items() for name in names}


def _word(state: _State, token: re.Match[str]) -> bool:
    """Take a day, or the end of a range of days."""
    day = _days().get(token[0].strip("."))
    if day is None or state.opens is not None:
        return False
    if state.ranged and state.range_from is not None:
        state.days[-1] = (state.range_from, day)
    else:
        if state.timed:
            state.days, state.timed = [], False
        state.days.append((day, day))
    state.range_from, state.ranged = (None if state.ranged else day), False
    return True


def _time(state: _State, token: re.Match[str]) -> bool:
    """Take the beginning of a time, or its end, for all days named."""
    at = _at(token)
    if at is None or not state.days:
        return False
    state.range_from = None
    if state.opens is None:
        state.opens, state.ranged = at, False
        return True
    if not state.ranged:
        return False
    opens = _morning_or_afternoon(state.opens, at, token)
    for first, last in state.days:
        state.spans += [(day, opens, at) for day in _days_between(first, last)]
    state.opens, state.ranged, state.timed = None, False, True
    return True


def _days_between(first: int, last: int) -> list[int]:
    """Count the days of a range, over Sunday where it ends before it begins."""
    if first <= last:
        return list(range(first, last + 1))
    return [*range(first, 8), *range(1, last + 1)]


def _at(token: re.Match[str]) -> dt.time | None:
    if token[0] in ("midi", "noon", "minuit", "midnight"):
        return dt.time(12 if token[0] in ("midi", "noon") else 0)
    hour = token["hour"] or token["hour12"] or token["number"]
    half = (token["half"] or token["half12"] or "").replace(".", "")
    return time_at(int(hour), int(token["minute"] or 0), half)


def _morning_or_afternoon(opens: dt.time, closes: dt.time, token: re.Match[str]) -> dt.time:
    """Read *1-5 pm* as from one in the afternoon."""
    half = (token["half"] or token["half12"] or "").replace(".", "")
    later = opens.replace(hour=opens.hour + 12) if opens.hour < 12 else opens
    return later if half == "pm" and later < closes and opens.hour < 8 else opens


def _range(state: _State, token: re.Match[str]) -> bool:
    if state.opens is None and state.range_from is None:
        return not state.days or state.timed
    state.ranged = True
    return True


def _join(state: _State, token: re.Match[str]) -> bool:
    state.range_from = None
    return state.opens is None


def _closed(state: _State, token: re.Match[str]) -> bool:
    if state.opens is not None or not state.days:
        return False
    state.timed, state.range_from = True, None
    return True


def _nothing(state: _State, token: re.Match[str]) -> bool:
    return True


def _refuse(state: _State, token: re.Match[str]) -> bool:
    return False


_STEPS = {
    "time": _time, "number": _time, "range": _range, "closed": _closed, "join": _join,
    "break": _join, "filler": _nothing, "blank": _nothing, "word": _word, "unknown": _refuse,
}  # fmt: skip
