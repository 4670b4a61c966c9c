"""Fill a template with figures, in the grammar of its language."""

from __future__ import annotations

from courtepointe.atlas.comparable import COMPARABLE
from courtepointe.atlas.figures import Figure, Method
from courtepointe.press.galley import Galley
from courtepointe.press.numbers import interval, is_one
from courtepointe.press.sentences.templates import Slot, Template
from courtepointe.press.sentences.values import Piece, Sentence, sentence


def can_say(template: Template, galley: Galley) -> bool:
    """Say whether every figure that a template needs has a value, and its comparisons exist."""
    valued = all(_stated(galley.figures.get(code)) for code in template.needs)
    return valued and all(galley.comparison(code) is not None for code in template.compared)


def fill(template: Template, galley: Galley, *, again: bool = False) -> Sentence:
    """Put figures, places and comparisons into a template's slots.

    ``again``: the area of comparison has just been named, and need not be a second time.
    """
    pieces: list[Piece] = []
    for slot in template.slots:
        pieces.append(Piece(slot.before))
        if slot.kind == "place":
            pieces.append(Piece(galley.place.form(slot.of)))
        elif slot.kind == "compare":
            pieces += comparison_pieces(galley, slot.of, again=again)
        elif slot.kind:
            pieces.append(_figure_piece(slot, galley))
    return sentence(*pieces)


def generic(figure: Figure, galley: Galley) -> Sentence:
    """Say a figure that has no template of its own: its label, its value, its comparison."""
    label = galley.label(figure.indicator)
    if figure.method is Method.RANGE_OF_MEDIANS and figure.low == figure.high:
        text = galley.say("generic.one_median", label="\0", value="\1")
        return _spliced(text, {"\0": [Piece(label)], "\1": [Piece(galley.value(figure), figure)]})
    if figure.method is Method.RANGE_OF_MEDIANS:
        text = galley.say("generic.range", label="\0", interval="\1")
        return _spliced(text, {"\0": [Piece(label)], "\1": [Piece(galley.value(figure), figure)]})
    text = galley.say("generic.value", label="\0", value="\1", compare="\2")
    told = {
        "\0": [Piece(label)],
        "\1": [Piece(galley.value(figure, in_words=True), figure)],
        "\2": comparison_pieces(galley, figure.indicator),
    }
    return _spliced(text, told)


def compares(template: Template, galley: Galley) -> bool:
    """Say whether a template's sentence names the area of comparison."""
    slots = (slot for slot in template.slots if slot.kind == "compare")
    return any(galley.comparison(slot.of) is not None for slot in slots)


def comparison_pieces(galley: Galley, code: str, *, again: bool = False) -> list[Piece]:
    """Say how a figure stands beside the area of comparison, and if the two can be told apart."""
    compared = galley.comparator()
    theirs = galley.theirs(compared, code) if compared else None
    if compared is None or theirs is None:
        return []
    against = galley.against(compared)
    made = galley.comparison(code)
    if made is None and (theirs.status.has_value or not _may_compare(galley, code)):
        return []
    if made is None:
        status = galley.status(theirs, form="short")
        told = galley.say("compare.missing", status=status, against_de=against.de)
        return [Piece(told)]
    words = {"theirs": "\3", "verdict": galley.verdict(made)}
    key = "compare.again" if again else "compare.clause"
    before, _, after = galley.say(key, against_de=against.de, **words).partition("\3")
    return [Piece(before), Piece(galley.value(theirs), theirs), Piece(after)]


def _may_compare(galley: Galley, code: str) -> bool:
    indicator = galley.indicators.get(code)
    return indicator is not None and indicator.measure in COMPARABLE


def _stated(figure: Figure | None) -> bool:
    return figure is not None and figure.value is not None


def _figure_piece(slot: Slot, galley: Galley) -> Piece:
    figure = galley.figures[slot.of]
    assert figure.value is not None
    if slot.kind == "agree":
        decimals = galley.decimals(slot.of)
        one = is_one(figure.value, decimals, lang=galley.lang)
        return Piece(slot.choices[0 if one else 1])
    if slot.kind == "range" and figure.low is not None and figure.high is not None:
        decimals = galley.decimals(slot.of)
        low, high = figure.low, figure.high
        told = interval(low, high, unit=figure.unit, decimals=decimals, lang=galley.lang)
        return Piece(told, figure)
    return Piece(galley.value(figure, in_words=slot.kind == "counted"), figure)


def _spliced(text: str, told: dict[str, list[Piece]]) -> Sentence:
    pieces: list[Piece] = []
    for run in _runs(text, tuple(told)):
        pieces += told.get(run, [Piece(run)])
    return sentence(*pieces)


def _runs(text: str, marks: tuple[str, ...]) -> list[str]:
    runs, run = [], ""
    for letter in text:
        if letter in marks:
            runs += [run, letter]
            run = ""
        else:
            run += letter
    return [*runs, run]
