"""Say how much a figure changed, and whether the change can be told from none."""

from __future__ import annotations

from courtepointe.atlas.query.series_values import BreakKind, Series, SeriesBreak, SeriesChange
from courtepointe.core.change import Statement
from courtepointe.press.galley import Galley
from courtepointe.press.numbers import number, signed
from courtepointe.press.sentences.values import Piece, Sentence, sentence

MOST_DECIMALS = 2


def change_sentence(galley: Galley, series: Series) -> Sentence | None:
    """Say the last change of a series; nothing where there is none to tell."""
    last = series.last_change
    if last is None:
        return None
    return sentence(Piece(f"{galley.label(series.indicator)}{galley.say('time.colon')}"),
                    Piece(change_words(galley, series.indicator, last)), kind="finding")  # fmt: skip


def change_words(galley: Galley, indicator: str, told: SeriesChange) -> str:
    """Say a change without its subject: « entre 2016 et 2021, la valeur a augmenté… »."""
    made = told.change
    key = made.statement.value
    if made.counted_in_full and made.statement is not Statement.UNCHANGED:
        key = f"counted_{key}"
    slots = {"before": told.before, "after": told.after}
    if made.statement is not Statement.UNCHANGED:
        signs = made.statement in (Statement.UNKNOWN, Statement.NOT_DISTINGUISHABLE)
        slots["amount"] = difference_text(galley, indicator, told, with_sign=signs)
    if made.low is not None and made.high is not None:
        slots["low"], slots["high"] = _ends(galley, indicator, told)
    return galley.say(f"time.{key}", **slots)


def difference_text(
    galley: Galley, indicator: str, told: SeriesChange, *, with_sign: bool = True
) -> str:
    """Write a difference in its unit: « +3,2 points de pourcentage »."""
    value, unit = told.change.difference, "percent" if told.unit == "points" else told.unit
    decimals = _decimals(galley, indicator, (value,))
    text = signed(value, unit=unit, decimals=decimals, lang=galley.lang)
    return text if with_sign else text.lstrip("+\u2212")


def interval_words(galley: Galley, indicator: str, told: SeriesChange) -> str:
    """Write the interval of a change: « de −0,4 à 1,2 »; empty where it has none."""
    if told.change.low is None or told.change.high is None:
        return ""
    decimals = _decimals(galley, indicator, (told.change.low, told.change.high))
    low, high = (
        number(end, decimals=decimals, lang=galley.lang)
        for end in (told.change.low, told.change.high)
    )
    return galley.say("interval.of", low=low, high=high)


def statement_words(galley: Galley, told: SeriesChange) -> str:
    """Say in a word or two what may be said of a change."""
    if told.change.counted_in_full:
        return galley.say("time.short_counted")
    return galley.say(f"time.short_{told.change.statement.value}")


def break_words(galley: Galley, one: SeriesBreak) -> str:
    """Say what else changed between two points."""
    if one.words is not None:
        return galley.set(one.words.in_(galley.lang))
    key = "limits" if one.kind is BreakKind.LIMITS else "method"
    return galley.say(f"time.break_{key}", before=one.before, after=one.after)


def _ends(galley: Galley, indicator: str, told: SeriesChange) -> tuple[str, str]:
    """Write the ends of the interval: of a fall as amounts, the smaller first."""
    assert told.change.low is not None and told.change.high is not None
    low, high = told.change.low, told.change.high
    if told.change.statement is Statement.LOWER:
        low, high = -high, -low
    decimals = _decimals(galley, indicator, (low, high))
    return (
        number(low, decimals=decimals, lang=galley.lang),
        number(high, decimals=decimals, lang=galley.lang),
    )


def _decimals(galley: Galley, indicator: str, values: tuple[float, ...]) -> int:
    """Add decimals to a change that would read as none, or whose ends would read alike."""
    decimals = galley.decimals(indicator)
    for more in range(MOST_DECIMALS):
        shown = [number(value, decimals=decimals + more, lang=galley.lang) for value in values]
        nothing = any(value != 0.0 and round(value, decimals + more) == 0.0 for value in values)
        if not nothing and len(set(shown)) == len(values):
            return decimals + more
    return decimals + MOST_DECIMALS
