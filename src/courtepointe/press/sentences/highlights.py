"""Choose what stands out: differences that can be told apart, strengths first, no rank."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.press.comparisons import Comparison, Verdict
from courtepointe.press.galley import Galley
from courtepointe.press.sentences.section import figure_sentence
from courtepointe.press.sentences.values import Sentence

SHOWN = 4
EACH = 2
STRENGTH_ABOVE = "higher_is_better"
STRENGTH_BELOW = "lower_is_better"


class Side(StrEnum):
    """How a highlight is offered."""

    STRENGTH = "strength"
    TO_KNOW = "to_know"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Highlight:
    """A difference from the area of comparison that is larger than its margin."""

    sentence: Sentence
    comparison: Comparison
    side: Side


def highlights(galley: Galley) -> tuple[Highlight, ...]:
    """Give up to two strengths then two things to know; without declared polarity, all neutral.

    Among indicators of one dimension only the one that differs most is kept. Figures stand in the
    order of the size of the difference, then of the recipe.
    """
    found = [c for c in map(galley.comparison, galley.indicators) if c and _stands_out(c)]
    found.sort(key=lambda c: -abs(c.effect or 0.0))
    kept = _one_for_each_subject(galley, found)
    sides = [(c, side_of(galley, c)) for c in kept]
    strengths = [(c, s) for c, s in sides if s is Side.STRENGTH][:EACH]
    others = [(c, s) for c, s in sides if s is not Side.STRENGTH][: SHOWN - len(strengths)]
    if strengths:
        others = others[:EACH]
    return tuple(
        Highlight(figure_sentence(galley, comparison.figure), comparison, side)
        for comparison, side in (*strengths, *others)
    )


def side_of(galley: Galley, comparison: Comparison) -> Side:
    """Say whether a difference is a strength: only where the recipe declares what a strength is."""
    polarity = galley.indicators[comparison.figure.indicator].polarity
    above = comparison.difference.difference > 0
    if polarity not in (STRENGTH_ABOVE, STRENGTH_BELOW):
        return Side.NEUTRAL
    return Side.STRENGTH if above == (polarity == STRENGTH_ABOVE) else Side.TO_KNOW


def _stands_out(comparison: Comparison) -> bool:
    return comparison.verdict is Verdict.DISTINCT and comparison.effect is not None


def _one_for_each_subject(galley: Galley, found: list[Comparison]) -> list[Comparison]:
    seen: set[str] = set()
    kept = []
    for comparison in found:
        indicator = galley.indicators[comparison.figure.indicator]
        subject = indicator.dimension or indicator.concept or indicator.code
        if subject not in seen:
            kept.append(comparison)
            seen.add(subject)
    return kept
