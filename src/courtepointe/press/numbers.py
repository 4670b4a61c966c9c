"""Write numbers as each language writes them: grouped, with their unit, never for a missing value."""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.core.errors import BadInput
from courtepointe.press.words import knows, say

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
MONTH_LENGTH = len("2021-06")
MORE_DECIMALS = 2
"""Decimals added to the ends of an interval that would read alike."""
SURE_TO, SURE_DIGITS = 10**9, 8
"""Numbers that large at most are taken as they are to so many digits more than are written."""


def rounded(value: float, *, decimals: int) -> Decimal:
    """Round half away from zero, as people are taught, with no negative zero.

    Notes
    -----
    What sums in another order have in their last digits decides nothing: 412.49999999999994 people and
    412.5 are written alike.
    """
    if not math.isfinite(value):
        raise BadInput("number_not_finite", value=repr(value))
    exact = Decimal(repr(float(value)))
    if abs(exact) < SURE_TO:
        exact = exact.quantize(Decimal(1).scaleb(-decimals - SURE_DIGITS))
    exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return exact if exact else abs(exact)


def number(value: float, *, decimals: int = 0, lang: str) -> str:
    """Write a number without its unit: 31 240,5 in French, 31,240.5 in English."""
    exact = rounded(value, decimals=decimals)
    text = f"{abs(exact):,.{max(decimals, 0)}f}"
    if lang == "fr":
        text = text.replace(",", NARROW).replace(".", ",")
    return MINUS + text if exact < 0 else text


# The figures of an area of comparison are written on every page.
@lru_cache(maxsize=32_768)
def amount(value: float, *, unit: str, decimals: int = 0, lang: str, in_words: bool = False) -> str:
    """Write a number with its unit; ``in_words`` adds the noun: 31 240 personnes."""
    exact = rounded(value, decimals=decimals)
    bare = number(abs(value), decimals=decimals, lang=lang)
    sign = MINUS if exact < 0 else ""
    form = "short" if not in_words else "one" if is_one(value, decimals, lang=lang) else "many"
    key = f"unit.{unit}.{form}"
    if not knows(key, lang=lang):
        told = f" {unit.replace('_', ' ')}" if in_words else ""
        return f"{sign}{bare}{told}"
    return sign + say(key, lang=lang, n=bare)


def is_one(value: float, decimals: int = 0, *, lang: str) -> bool:
    """Say whether what is counted stays singular: under 2 in French, only 1 in English."""
    shown = abs(rounded(value, decimals=decimals))
    return shown < 2 if lang == "fr" else shown == 1 and decimals <= 0


def plural(stem: str, count: int, *, lang: str, **slots: object) -> str:
    """Say the ``_one`` or ``_many`` words of a key for a whole count."""
    form = "one" if is_one(count, lang=lang) else "many"
    return say(f"{stem}_{form}", lang=lang, n=number(count, lang=lang), **slots)


def interval(low: float, high: float, *, unit: str, decimals: int = 0, lang: str) -> str:
    """Write an interval: de 12,1 % à 14,5 %, or 12.1% to 14.5%.

    Ends that differ and read alike are written with up to two more decimals; equal ends as one.
    """
    for more in range(MORE_DECIMALS + 1):
        first = amount(low, unit=unit, decimals=decimals + more, lang=lang)
        last = amount(high, unit=unit, decimals=decimals + more, lang=lang)
        if first != last:
            return say("interval.of", lang=lang, low=first, high=last)
    return amount(low, unit=unit, decimals=decimals, lang=lang)


def signed(value: float, *, unit: str, decimals: int = 0, lang: str) -> str:
    """Write a difference with its sign; shares differ by percentage points."""
    exact = rounded(value, decimals=decimals)
    if exact == 0:
        return say("difference.equal", lang=lang)
    sign = MINUS if exact < 0 else "+"
    bare = number(abs(value), decimals=decimals, lang=lang)
    if unit == "percent":
        form = "one" if abs(exact) < 2 and (lang == "fr" or abs(exact) == 1) else "many"
        return sign + say(f"difference.points_{form}", lang=lang, n=bare)
    return sign + amount(abs(value), unit=unit, decimals=decimals, lang=lang, in_words=True)


def ordinal(rank: int, *, lang: str, feminine: bool = False) -> str:
    """Write an ordinal: 1er, 1re, 2e; 1st, 2nd, 3rd, 11th."""
    if rank < 1:
        raise BadInput("ordinal_below_one", value=rank)
    bare = number(rank, lang=lang)
    if lang == "fr":
        form = ("first_f" if feminine else "first_m") if rank == 1 else "other"
        return say(f"ordinal.{form}", lang=lang, n=bare)
    teens = rank % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{bare}{ending}"


def date_text(iso: str, *, lang: str) -> str:
    """Write an ISO date as people do: « 1er juin 2021 », "1 June 2021", « juin 2021 »; a year stays a year.

    Anything else, such as « automne 2021 », is given back as it stands.
    """
    is_month = len(iso) == MONTH_LENGTH
    try:
        day = date.fromisoformat(f"{iso}-01" if is_month else iso)
    except ValueError:
        return iso
    month = say(f"month.m{day.month}", lang=lang)
    if is_month:
        return f"{month}\u00a0{day.year}"
    first = lang == "fr" and day.day == 1
    return f"{'1er' if first else day.day}\u00a0{month}\u00a0{day.year}"


def status_text(
    status: Status, *, lang: str, form: str = "full", filled_by: str | None = None
) -> str:
    """Say a status: ``full`` words, ``short`` words, or the publisher's ``symbol``."""
    if status is Status.NOT_LOADED and form == "full" and filled_by:
        return say("status.full.not_loaded_by", lang=lang, source=filled_by)
    return say(f"status.{form}.{status.value}", lang=lang)


def uncertainty_text(figure: Figure, *, lang: str, form: str = "short") -> str:
    """Say what the interval of a figure accounts for, or that its error is unknown."""
    if figure.method is Method.RANGE_OF_MEDIANS:
        return say(f"uncertainty.{form}.range", lang=lang)
    return say(f"uncertainty.{form}.{figure.uncertainty.value}", lang=lang)


def value_text(figure: Figure, *, decimals: int, lang: str, in_words: bool = False) -> str:
    """Write a figure's value; a range of medians as its range; a missing value as its short status."""
    if figure.value is not None:
        return amount(
            figure.value, unit=figure.unit, decimals=decimals, lang=lang, in_words=in_words
        )
    if figure.status.has_value and figure.low is not None and figure.high is not None:
        return interval(figure.low, figure.high, unit=figure.unit, decimals=decimals, lang=lang)
    return status_text(figure.status, lang=lang, form="short")


def interval_text(figure: Figure, *, decimals: int, lang: str) -> str:
    """Write a figure's interval, or why there is none; empty where the value itself is missing."""
    if not figure.status.has_value or figure.method is Method.RANGE_OF_MEDIANS:
        return ""
    if figure.low is None or figure.high is None:
        exact = figure.uncertainty is Uncertainty.NONE
        return "" if exact else uncertainty_text(figure, lang=lang)
    return interval(figure.low, figure.high, unit=figure.unit, decimals=decimals, lang=lang)
