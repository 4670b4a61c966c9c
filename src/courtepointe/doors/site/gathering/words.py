"""Kinds, states and hours as a page says them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from courtepointe.engagement.kinds import words_of
from courtepointe.press.numbers import date_text


def named(name: str, *, lang: str) -> dict[str, str]:
    """Give a list's codes with their words in a language."""
    return {code: words.in_(lang) for code, words in words_of(name).items()}


def offered(name: str, *, lang: str, only: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Give a list's codes and words as choices."""
    kept = None if only is None else set(only)
    return [(c, w) for c, w in named(name, lang=lang).items() if kept is None or c in kept]


def states() -> Mapping[str, str]:
    """Give the words of every state."""
    return {
        "planned": pgettext("event", "planned"),
        "held": gettext("held"),
        "cancelled": gettext("cancelled"),
        "open": gettext("open"),
        "filled": gettext("enough people"),
        "done": gettext("done"),
        "in_force": gettext("in force"),
        "revised": gettext("revised"),
        "ended": gettext("ended"),
        "without_quorum": gettext("without quorum"),
        "confirmed": gettext("has a place"),
        "waiting": gettext("on the waiting list"),
        "valid": gettext("valid"),
        "expired": gettext("expired"),
        "withdrawn": gettext("withdrawn"),
        "enrolled": gettext("enrolled"),
        "none": gettext("not yet"),
        "yes": gettext("yes"),
        "no": gettext("no"),
        "expected": gettext("expected"),
        "present": gettext("present"),
        "excused": gettext("excused"),
        "absent": gettext("absent"),
    }


def when(starts: datetime, ends: datetime, *, lang: str) -> str:
    """Say when something takes place: « 8 juin 2026, 11:00 à 13:00 »."""
    first, last = localtime(starts), localtime(ends)
    begins = {"date": date_text(first.date().isoformat(), lang=lang), "start": f"{first:%H:%M}"}
    if first.date() == last.date():
        return gettext("%(date)s, %(start)s to %(end)s") % (begins | {"end": f"{last:%H:%M}"})
    ends_on = date_text(last.date().isoformat(), lang=lang)
    return gettext("%(date)s, %(start)s to %(end_date)s, %(end)s") % (
        begins | {"end_date": ends_on, "end": f"{last:%H:%M}"}
    )
