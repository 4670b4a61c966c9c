"""Hours without the network by the hour at which it fails: a sentence and a small table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from courtepointe.core.autonomy import Autonomy
from courtepointe.doors.site.hubs.telling import autonomy_text, capital, named, said

EVERY_H = 3
Found = Mapping[str, Sequence[Autonomy]]


@dataclass(frozen=True, slots=True)
class ByHour:
    """What a page shows.

    Attributes
    ----------
    sentence : str
        Of the season in which it lasts least.
    seasons : tuple of str
    rows : tuple of (str, tuple of str)
        An hour at which the network fails, and how long it lasts in each season.
    """

    sentence: str
    seasons: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def by_hour_told(found: Found, *, lang: str) -> ByHour | None:
    """Tell hours by season and hour; None where the load is not written by hour."""
    if not found:
        return None
    hours = range(0, 24, EVERY_H)
    return ByHour(
        _sentence(found, lang),
        tuple(capital(named("seasons", code, lang=lang)) for code in found),
        tuple(
            (_at(hour, lang), tuple(autonomy_text(one[hour], lang=lang) for one in found.values()))
            for hour in hours
        ),
    )


def _at(hour: int, lang: str) -> str:
    return said("hours", "clock", lang=lang).format(n=hour)


def _length(one: Autonomy) -> float:
    return one.least_h or 0.0


def _sentence(found: Found, lang: str) -> str:
    """Say at which hour it lasts least and longest, in the season in which it lasts least."""
    season, hours = min(found.items(), key=lambda pair: _length(min(pair[1], key=_length)))
    least = min(range(24), key=lambda hour: _length(hours[hour]))
    most = max(range(24), key=lambda hour: _length(hours[hour]))
    told = {
        "season": capital(named("seasons", season, lang=lang)),
        "least": autonomy_text(hours[least], lang=lang), "least_at": _at(least, lang),
        "most": autonomy_text(hours[most], lang=lang), "most_at": _at(most, lang),
    }  # fmt: skip
    if _length(hours[least]) == _length(hours[most]):
        return _("%(season)s: it lasts as long whatever the hour at which the network fails: %(least)s.") % told  # fmt: skip
    return _("%(season)s: it lasts least if the network fails at %(least_at)s (%(least)s), longest at %(most_at)s (%(most)s).") % told  # fmt: skip
