"""How studies write people, minutes, ranges and territories."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courtepointe.hubs.studies.ground import ALL_STREETS, TOGETHER
from courtepointe.press.numbers import amount, interval, number, rounded


def people_text(count: float, *, lang: str) -> str:
    """Write people in words: “1,234 people”."""
    return amount(count, unit="persons", lang=lang, in_words=True)


def whole(count: float) -> float:
    """Round people half up, as they are written: what is told adds up."""
    return float(rounded(count, decimals=0))


def minutes_text(minutes: float, *, lang: str) -> str:
    """Write minutes, whole."""
    return _("%(n)s minutes") % {"n": number(minutes, lang=lang)}


def range_text(low: float, high: float, *, lang: str, bare: bool = False) -> str:
    """Write what could be, in brackets unless bare; nothing where the ends are one."""
    if whole(low) == whole(high):
        return ""
    told = interval(low, high, unit="persons", lang=lang)
    return told if bare else f" ({told})"


def territory(name: str) -> str:
    """Write a territory's name; those of no one territory in words."""
    return {ALL_STREETS: _("All the streets"), TOGETHER: _("Together")}.get(name, name)
