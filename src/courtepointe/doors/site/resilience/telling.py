"""Indicators, observations and scores, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courtepointe.portraits.resilience.framework import words_of
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.suggested import ATLAS, KNOWN, SURVEY
from courtepointe.portraits.resilience.values import DimensionNumbers, Score
from courtepointe.press.numbers import amount, interval, number

MONEY = {"percent": "percent", "cad": "cad"}


def word(name: str, code: str, *, lang: str) -> str:
    """Give the words of a code of a list; the code itself where it has none."""
    found = words_of(name).get(code)
    return code if found is None else found.in_(lang)


def quantity(value: float, unit: str, *, lang: str) -> str:
    """Write a value in an indicator's unit, with one decimal where it has one."""
    decimals = 0 if float(value).is_integer() else 1
    if unit in MONEY:
        return amount(value, unit=MONEY[unit], decimals=0 if unit == "cad" else decimals, lang=lang)
    bare = number(value, decimals=decimals, lang=lang)
    return bare if unit == "count" else f"{bare} {word('units', unit, lang=lang)}"


def value_text(one: ObservationSeen | None, unit: str, *, lang: str) -> str:
    """Write what was found; where there is no value, why."""
    if one is None:
        return _("nothing observed yet")
    if one.value is None:
        return word("statuses", one.status, lang=lang)
    return quantity(one.value, unit, lang=lang)


def interval_text(one: ObservationSeen | None, unit: str, *, lang: str) -> str:
    """Write an interval, or what is known of the error; empty where there is no value."""
    if one is None or (one.value is None and one.low is None):
        return ""
    if one.low is None or one.high is None:
        return word("intervals", one.interval, lang=lang)
    if unit in MONEY:
        return interval(one.low, one.high, unit=MONEY[unit], decimals=1, lang=lang)
    ends = {
        "low": quantity(one.low, "count", lang=lang),
        "high": quantity(one.high, unit, lang=lang),
    }
    return _("%(low)s to %(high)s") % ends


def posts_text(one: IndicatorSeen, *, lang: str) -> str:
    """Say what 0 and 100 mean of an indicator."""
    ends = [quantity(end, one.unit, lang=lang) for end in (one.posts.low, one.posts.high)]
    zero, hundred = ends if one.polarity == 1 else reversed(ends)
    return _("A score of 0 stands for %(zero)s, a score of 100 for %(hundred)s.") % {
        "zero": zero,
        "hundred": hundred,
    }


def source_text(one: IndicatorSeen, *, lang: str) -> str:
    """Say where an indicator's figures come from."""
    kind, _colon, _code = one.source.partition(":")
    told = {
        ATLAS: _("the atlas"),
        SURVEY: _("a survey of the neighbourhood"),
        KNOWN: _("counted here, by this workspace"),
    }
    found = told.get(kind, _("typed or brought by people"))
    source = one.newest.source if one.newest is not None else ""
    return f"{found} – {source}" if source and kind != KNOWN else found


def score_text(score: Score, *, lang: str) -> str:
    """Write a score with its interval, on 0 to 100."""
    ends = [number(end, lang=lang) for end in (score.value, score.low, score.high)]
    return _("%(score)s of 100 (%(low)s to %(high)s)") % dict(
        zip(("score", "low", "high"), ends, strict=True)
    )


def why_text(told: DimensionNumbers) -> str:
    """Say why a dimension has no score."""
    return {
        "no_indicator": _("No indicator was chosen yet."),
        "weights": _("No indicator of this dimension has any weight."),
        "coverage": _("Too little is known for a score: less than half of what counts."),
    }[told.why]


def cover_text(told: DimensionNumbers) -> str:
    """Say how much of what was chosen has a number, and that an interval is too narrow where an error is not known."""
    covered = _("The numbers cover %(x)s of %(y)s indicators.") % {
        "x": told.n_used, "y": told.n_used + told.n_missing,
    }  # fmt: skip
    return f"{covered} {unsure}" if (unsure := unsure_text(told)) else covered


def unsure_text(told: DimensionNumbers) -> str:
    """Say of how many values in a score nobody knows the error; nothing where there is no score."""
    if told.score is None or not told.n_no_error:
        return ""
    return _("Values whose error nobody knows: %(n)s; the interval is too narrow.") % {
        "n": told.n_no_error
    }


def balance_text(told: DimensionNumbers) -> str:
    """Say how many indicators tell of what is there, and of what weighs on people."""
    return _("What is there: %(assets)s; what weighs on people: %(lacks)s.") % {
        "assets": told.n_assets, "lacks": told.n_lacks,
    }  # fmt: skip


def causes_text(score: Score, *, lang: str) -> str:
    """Say what an interval comes from, cause by cause, in half-widths."""
    parts = {
        "data": score.due_data, "missing": score.due_missing, "method": score.due_method,
    }  # fmt: skip
    told = {name: number(half, decimals=1, lang=lang) for name, half in parts.items()}
    return _("Where the interval comes from, in points out of 100: errors of the data ±%(data)s, gaps ±%(missing)s, choices of method ±%(method)s.") % told  # fmt: skip
