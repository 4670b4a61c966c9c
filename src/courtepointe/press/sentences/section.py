"""Say a section of a portrait: findings first, then why what is missing is missing."""

from __future__ import annotations

from collections.abc import Iterable

from courtepointe.atlas.figures import Figure, Status
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import Recipe
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.numbers import plural
from courtepointe.press.sentences.fill import can_say, compares, fill, generic
from courtepointe.press.sentences.templates import Template, templates
from courtepointe.press.sentences.values import Piece, Sentence, in_sentence, sentence

LABELS_SHOWN = 4
"""A sentence that lists more labels than this says how many others there are."""


def section_sentences(
    portrait: Portrait, recipe: Recipe, section_code: str, lang: str
) -> tuple[Sentence, ...]:
    """Say a section of a portrait in a language."""
    return say_section(set_galley(portrait, recipe, lang=lang), section_code)


def say_section(galley: Galley, section_code: str) -> tuple[Sentence, ...]:
    """Say a section: its templates, the key figures they leave out, and what is missing."""
    section = galley.section(section_code)
    held = templates(galley.lang)
    told: set[str] = set()
    sentences: list[Sentence] = []
    named = False
    for template in held.sections.get(section_code, ()):
        new = told.isdisjoint(template.needs) and set(template.needs) <= set(section.indicators)
        if new and can_say(template, galley):
            sentences.append(fill(template, galley, again=named))
            named = named or compares(template, galley)
            told.update(template.needs)
    for code in section.key_figures:
        figure = galley.figures.get(code)
        if code not in told and figure is not None and figure.status.has_value:
            sentences.append(figure_sentence(galley, figure))
    return (*sentences, *missing_sentences(galley, section.indicators))


def figure_sentence(galley: Galley, figure: Figure) -> Sentence:
    """Say one figure: by its own template, else by label and value."""
    if not figure.status.has_value:
        return missing_sentences(galley, (figure.indicator,))[0]
    template = templates(galley.lang).indicators.get(figure.indicator)
    if template is None:
        template = _lone_template(galley, figure.indicator)
    if template is not None and can_say(template, galley):
        return fill(template, galley)
    return generic(figure, galley)


def _lone_template(galley: Galley, code: str) -> Template | None:
    held = templates(galley.lang).sections.values()
    return next((t for section in held for t in section if t.needs == (code,)), None)


def missing_sentences(galley: Galley, codes: Iterable[str]) -> tuple[Sentence, ...]:
    """Say which figures have no value, one sentence for each reason."""
    groups: dict[tuple[Status, str | None], list[Figure]] = {}
    for code in codes:
        figure = galley.figures.get(code)
        if figure is not None and not figure.status.has_value:
            groups.setdefault((figure.status, figure.filled_by), []).append(figure)
    return tuple(_missing(galley, *reason, figures) for reason, figures in groups.items())


def _missing(
    galley: Galley, status: Status, filled_by: str | None, figures: list[Figure]
) -> Sentence:
    labels = [in_sentence(galley.label(figure.indicator)) for figure in figures]
    mark = "\0"
    if status is Status.NOT_LOADED and filled_by:
        source = galley.source_title(filled_by)
        text = galley.say("status.sentence.not_loaded_by", labels=mark, source=source)
    else:
        text = galley.say(f"status.sentence.{status.value}", labels=mark)
    before, after = text.split(mark)
    pieces = [Piece(before), *_listed(galley, labels, figures), Piece(after)]
    return sentence(*pieces, kind="missing")


def _listed(galley: Galley, labels: list[str], figures: list[Figure]) -> list[Piece]:
    """List labels: all of them, or the first ones and how many others."""
    room = len(labels) if len(labels) <= LABELS_SHOWN + 1 else LABELS_SHOWN
    others = len(labels) - room
    pieces: list[Piece] = []
    for position in range(room):
        last = position == room - 1 and others == 0
        if position > 0:
            pieces.append(Piece(galley.say("list.and" if last else "list.separator")))
        pieces.append(Piece(labels[position], figures[position]))
    if others > 0:
        pieces.append(Piece(" " + plural("list.more", others, lang=galley.lang)))
    return pieces
