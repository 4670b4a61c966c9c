"""Say what stands out: figures tested together, strengths first, how many were tested, no rank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from courtepointe.atlas.query.peer_values import Among, Reading, Standing, StandsOut
from courtepointe.atlas.query.stand_out import city_reading
from courtepointe.atlas.query.values import Compared
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.names import place
from courtepointe.press.numbers import amount, plural
from courtepointe.press.sentences.section import figure_sentence
from courtepointe.press.sentences.values import Piece, Sentence, plain_sentence, sentence

SHOWN = 4
EACH = 2
STRENGTH_ABOVE = "higher_is_better"


class Side(StrEnum):
    """How a highlight is offered."""

    STRENGTH = "strength"
    TO_KNOW = "to_know"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Highlight:
    """A figure that stands out, in a sentence."""

    sentence: Sentence
    standing: Standing
    side: Side


@dataclass(frozen=True, slots=True)
class StandingPart:
    """What stands out beside one reference.

    Attributes
    ----------
    lead : Sentence
        Beside what, how many figures were tested and how many stand out.
    highlights : tuple of Highlight
        Four at most: up to two strengths where the recipe says what a strength is, then the others,
        each side in the recipe's order.
    untested : tuple of Sentence
        Which figures could not be tested, and why.
    """

    lead: Sentence
    highlights: tuple[Highlight, ...]
    untested: tuple[Sentence, ...]


def standing_parts(
    galley: Galley, stands: StandsOut | None = None
) -> tuple[tuple[StandingPart, ...], tuple[Sentence, ...]]:
    """Set what stands out, and how it was decided.

    Parameters
    ----------
    galley : Galley
    stands : StandsOut or None
        What the atlas found; None: tested here against the city that stands beside the portrait.
    """
    held = stands or StandsOut(
        city_reading(
            galley.portrait.figures,
            galley.comparators,
            galley.indicators,
            rate=galley.recipe.stand_out.rate,
        )
    )
    parts = tuple(_part(galley, reading) for reading in held.readings if reading.tested)
    return parts, _how(galley, held, parts) if parts else ()


def _part(galley: Galley, reading: Reading) -> StandingPart:
    return StandingPart(
        _lead(galley, reading), _highlights(galley, reading), _untested(galley, reading)
    )


def _lead(galley: Galley, reading: Reading) -> Sentence:
    found = len(reading.found)
    tested = plural("standing.tested", len(reading.tested), lang=galley.lang)
    slots = {"tested": tested, "reference": _reference(galley, reading)}
    if found == 0:
        return plain_sentence(galley.say("standing.lead_none", **slots))
    return plain_sentence(plural("standing.lead", found, lang=galley.lang, **slots))


def _reference(galley: Galley, reading: Reading) -> str:
    """Name what the figures stand beside, with its article and how many areas it is."""
    if reading.among is Among.OTHERS or reading.name is None:
        return plural("standing.others", reading.n_others, lang=galley.lang)
    name = reading.name.in_(galley.lang)
    if reading.among is Among.CITY:
        return place(name, lang=galley.lang).subject
    return plural("standing.peers", reading.n_others, lang=galley.lang, name=galley.set(name))


def _highlights(galley: Galley, reading: Reading) -> tuple[Highlight, ...]:
    sides = [(one, side_of(galley, one)) for one in _one_for_each_subject(galley, reading)]
    strengths = [(one, side) for one, side in sides if side is Side.STRENGTH][:EACH]
    room = EACH if strengths else SHOWN
    others = [(one, side) for one, side in sides if side is not Side.STRENGTH][:room]
    order = {code: place for place, code in enumerate(galley.indicators)}
    beside = _beside(galley, reading.beside)
    return tuple(
        Highlight(_said(beside, reading, one), one, side)
        for kept in (strengths, others)
        for one, side in sorted(kept, key=lambda pair: order[pair[0].figure.indicator])
    )


def side_of(galley: Galley, standing: Standing) -> Side:
    """Say whether a difference is a strength: only where the recipe declares what a strength is."""
    declared = {one.indicator: one.direction for one in galley.recipe.polarities}
    direction = declared.get(standing.figure.indicator)
    if direction is None:
        return Side.NEUTRAL
    above = standing.difference > 0
    return Side.STRENGTH if above == (direction == STRENGTH_ABOVE) else Side.TO_KNOW


def _one_for_each_subject(galley: Galley, reading: Reading) -> list[Standing]:
    """Keep the surest of each dimension: five bands of one income would say one thing five times."""
    seen: set[str] = set()
    kept = []
    for one in sorted(reading.found, key=lambda held: held.p_value):
        indicator = galley.indicators[one.figure.indicator]
        subject = indicator.dimension or indicator.concept or indicator.code
        if subject not in seen:
            kept.append(one)
            seen.add(subject)
    return kept


def _said(galley: Galley, reading: Reading, one: Standing) -> Sentence:
    if reading.among is Among.CITY:
        return figure_sentence(galley, one.figure)
    figure = one.figure
    reference = "standing.there_peers" if reading.name else "standing.there_others"
    name = galley.set(reading.name.in_(galley.lang)) if reading.name else ""
    least, most = (galley.amount(value, figure) for value in (one.least, one.most))
    form = "standing.value_one" if least == most else "standing.value"
    text = galley.say(
        form,
        label=galley.label(figure.indicator),
        value="\0",
        least=least,
        most=most,
        there=galley.say(reference, name=name),
    )
    before, _, after = text.partition("\0")
    return sentence(Piece(before), Piece(galley.value(figure), figure), Piece(after))


def _beside(galley: Galley, tested: Compared | None) -> Galley:
    """Set the portrait beside the city it was tested against, whatever it is read against."""
    first = galley.comparator()
    if tested is None or (first is not None and first.ref == tested.ref):
        return galley
    portrait = replace(galley.portrait, compared=(tested,))
    return set_galley(portrait, galley.recipe, lang=galley.lang)


def _untested(galley: Galley, reading: Reading) -> tuple[Sentence, ...]:
    """Say how many figures were kept out of the test, one sentence for each reason."""
    told = []
    for reason, codes in reading.untested.items():
        key = f"standing.untested_{reason}"
        told.append(plain_sentence(plural(key, len(codes), lang=galley.lang)))
    return tuple(told)


def _how(galley: Galley, held: StandsOut, parts: tuple[StandingPart, ...]) -> tuple[Sentence, ...]:
    rate = amount(100.0 * held.readings[0].rate, unit="percent", lang=galley.lang)
    told = [galley.say("standing.how", rate=rate)]
    if held.why_city:
        told.append(galley.say(f"standing.why_{held.why_city}"))
    elif held.readings[0].among is Among.CITY:
        told.append(galley.say("standing.city_alone"))
    sided = any(one.side is not Side.NEUTRAL for part in parts for one in part.highlights)
    decided = sorted({one.decided_by.in_(galley.lang) for one in galley.recipe.polarities})
    if sided:
        told.append(galley.say("standing.strengths", decided_by=galley.set(", ".join(decided))))
    return tuple(plain_sentence(text) for text in told)
