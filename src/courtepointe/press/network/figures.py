"""Figures of a network in words: values, what missing answers may make of them, and changes."""

from __future__ import annotations

import math
from collections.abc import Mapping

from courtepointe.core.network.statement import COUNTS, SHARES
from courtepointe.core.network.values import Bounded, Bounds
from courtepointe.press.network.words import tell, tell_count
from courtepointe.press.numbers import MINUS, amount, is_one, number, rounded

FINE_UNDER = 10.0
"""Percentages under this are written with a decimal."""
NARROW = 2.0
"""Ends nearer than so many points are written with a decimal."""
MOST_DECIMALS = 2
EXACT = 9
"""Digits after which a floating point is not believed."""


def figure_name(figure: str, *, lang: str) -> str:
    """Name a figure."""
    return tell(f"figure.{figure}.name", lang=lang)


def is_share(figure: str) -> bool:
    """Say whether a figure is from 0 to 1; else it is a count."""
    return figure in SHARES


def measured(figure: str, measure: Bounded, *, lang: str) -> str:
    """Write the value of a measure: down where it is at least so much, finely where its bounds are near."""
    if measure.value is None:
        return tell("chart.none", lang=lang)
    low, high = measure.any_answers.low, measure.any_answers.high
    fine = low is not None and high is not None and 0.0 < 100.0 * (high - low) < NARROW
    floor = measure.at_least and not measure.settled
    return value_words(figure, measure.value, lang=lang, at_least=floor, fine=fine)


def value_words(
    figure: str, value: float, *, lang: str, at_least: bool = False, fine: bool = False
) -> str:
    """Write a value of a figure; what is at least so much is rounded down."""
    if figure in COUNTS:
        return number(value, lang=lang)
    told = 100.0 * value
    decimals = 1 if fine or abs(told) < FINE_UNDER else 0
    return _percent(_down(told, decimals) if at_least else told, decimals, lang=lang)


def _percent(told: float, decimals: int, *, lang: str) -> str:
    """Write a percentage; a whole one without decimals."""
    whole = rounded(told, decimals=decimals) == rounded(told, decimals=0)
    return amount(told, unit="percent", decimals=0 if whole else decimals, lang=lang)


def _down(told: float, decimals: int) -> float:
    scale = 10.0**decimals
    return math.floor(round(told * scale, EXACT)) / scale


def _up(told: float, decimals: int) -> float:
    return -_down(-told, decimals)


def ends_words(figure: str, bounds: Bounds, *, lang: str) -> Mapping[str, str] | None:
    """Write both ends of bounds, rounded outwards; None without them."""
    if bounds.low is None or bounds.high is None:
        return None
    if figure in COUNTS:
        low, high = (number(end, lang=lang) for end in (bounds.low, bounds.high))
    elif bounds.low == bounds.high:
        low = high = value_words(figure, bounds.low, lang=lang)
    else:
        ends = 100.0 * bounds.low, 100.0 * bounds.high
        decimals = 1 if ends[1] - ends[0] < NARROW else 0
        low = _percent(_down(ends[0], decimals), decimals, lang=lang)
        high = _percent(_up(ends[1], decimals), decimals, lang=lang)
    return {"low": low, "high": high}


def bounds_words(figure: str, bounds: Bounds, *, lang: str) -> str:
    """Write bounds: « de 12 % à 14 % »; one value where both ends are it, nothing without ends."""
    ends = ends_words(figure, bounds, lang=lang)
    if ends is None:
        return ""
    if bounds.low == bounds.high:
        return ends["low"]
    return tell("change.bounds", lang=lang, **ends)


def difference_words(figure: str, value: float, *, lang: str) -> str:
    """Write a change with its sign and unit, never as none where there is one."""
    scaled = _scaled(figure, value)
    decimals = next((d for d in range(MOST_DECIMALS) if rounded(scaled, decimals=d)), MOST_DECIMALS)
    return _with_unit(figure, scaled, decimals if scaled else 0, lang=lang)


def range_words(figure: str, bounds: Bounds, *, lang: str) -> str:
    """Write the bounds of a change, rounded outwards: « de −2 à +4 points »."""
    if bounds.low is None or bounds.high is None:
        return ""
    low, high = _scaled(figure, bounds.low), _scaled(figure, bounds.high)
    if low == high:
        return difference_words(figure, bounds.low, lang=lang)
    decimals = next((d for d in range(MOST_DECIMALS) if _keeps_side(low, high, d)), MOST_DECIMALS)
    first = _signed(_down(low, decimals), decimals, lang=lang)
    last = _with_unit(figure, _up(high, decimals), decimals, lang=lang)
    return tell("moved.range", lang=lang, low=first, high=last)


def _keeps_side(low: float, high: float, decimals: int) -> bool:
    """Say whether ends rounded outwards stay on the side of zero that they are on."""
    return not (low > 0 and _down(low, decimals) <= 0) and not (
        high < 0 and _up(high, decimals) >= 0
    )


def _scaled(figure: str, value: float) -> float:
    return 100.0 * value if is_share(figure) else value


def _signed(value: float, decimals: int, *, lang: str) -> str:
    exact = rounded(value, decimals=decimals)
    sign = "" if exact == 0 else "+" if exact > 0 else MINUS
    return sign + number(abs(value), decimals=decimals, lang=lang)


def _with_unit(figure: str, value: float, decimals: int, *, lang: str) -> str:
    bare = _signed(value, decimals, lang=lang)
    if not is_share(figure):
        return bare
    form = "one" if is_one(value, decimals, lang=lang) else "many"
    return tell(f"moved.points_{form}", lang=lang, n=bare)


def counted(key: str, count: float, *, lang: str) -> str:
    """Write a count with its noun."""
    return tell_count(f"count.{key}", round(count), lang=lang)
