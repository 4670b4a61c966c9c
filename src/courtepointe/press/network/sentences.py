"""What may be said of a wave and of a change: what holds together first, then what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from courtepointe.core.network.change import ChangeVerdict, FigureChange, NetworkChange
from courtepointe.core.network.statement import COUNTS, SHARES, NetworkStatement
from courtepointe.core.network.values import Bounded, Bounds
from courtepointe.press.network.figures import (
    counted,
    difference_words,
    ends_words,
    figure_name,
    measured,
    range_words,
    value_words,
)
from courtepointe.press.network.telling import broker_words
from courtepointe.press.network.words import phrases, tell, tell_count
from courtepointe.press.numbers import number


@dataclass(frozen=True, slots=True)
class FigureSentence:
    """A figure in words.

    Attributes
    ----------
    figure : str
        A name of `SHARES` or `COUNTS`.
    text : str
    effect : str
        What missing answers do to it; empty where all answered.
    """

    figure: str
    text: str
    effect: str


@dataclass(frozen=True, slots=True)
class ToldWave:
    """A wave in words.

    Attributes
    ----------
    answers : str
        Who answered, and what the silence of others means.
    ties : tuple of str
        How many, how many from both sides, in how many pieces.
    figures : tuple of FigureSentence
    brokers : tuple of str
        Who bridges others, in the order of the alphabet.
    open : str
        How many pairs are not known; empty where all are.
    """

    answers: str
    ties: tuple[str, ...]
    figures: tuple[FigureSentence, ...]
    brokers: tuple[str, ...]
    open: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, in order."""
        told = [*self.ties, *(one.text for one in self.figures), *self.brokers, self.answers]
        told += [self.open] if self.open else []
        return tuple(told)


def tell_wave(statement: NetworkStatement, names: Sequence[str], *, lang: str) -> ToldWave:
    """Say the figures of a wave.

    Parameters
    ----------
    statement : NetworkStatement
    names : sequence of str
        Of its organisations, in its order.
    lang : str
    """
    figures = [made for name in SHARES if (made := _figure(name, statement, lang=lang)) is not None]
    brokers = [names[int(node)] for node in statement.brokers]
    return ToldWave(
        answers=_answers(statement, lang=lang),
        ties=tuple(_ties(statement, lang=lang)),
        figures=tuple(figures),
        brokers=tuple(broker_words(brokers, lang=lang)),
        open=_open(statement, lang=lang),
    )


def _answers(told: NetworkStatement, *, lang: str) -> str:
    all_ = number(told.n_nodes, lang=lang)
    if told.n_answered == 0:
        return tell("answers.none", lang=lang, n=all_)
    if told.n_silent == 0:
        key = "answers.one" if told.n_nodes == 1 else "answers.all"
        return tell(key, lang=lang, n=all_)
    key = "answers.few" if told.n_answered == 1 else "answers.some"
    answered = number(told.n_answered, lang=lang)
    # « Les 1 autres » is never said, nor "the 1 others": the form goes by exactly one.
    form = "one" if told.n_silent == 1 else "many"
    slots = {"answered": answered, "n_nodes": all_, "n": number(told.n_silent, lang=lang)}
    return tell(f"{key}_{form}", lang=lang, **slots)


def _ties(told: NetworkStatement, *, lang: str) -> list[str]:
    if told.n_links == 0:
        return [tell("links.none", lang=lang)]
    made = [tell_count("links.told", told.n_links, lang=lang)]
    if told.n_mutual:
        made.append(tell_count("links.mutual", told.n_mutual, lang=lang))
    n_pieces = round(told.n_pieces.value or 0)
    if n_pieces == 1:
        return [*made, tell("pieces.one", lang=lang)]
    made.append(tell("pieces.several", lang=lang, n=number(n_pieces, lang=lang)))
    n_alone = round(told.n_alone.value or 0)
    return [*made, tell_count("pieces.alone", n_alone, lang=lang)] if n_alone else made


def _figure(name: str, told: NetworkStatement, *, lang: str) -> FigureSentence | None:
    measure: Bounded = getattr(told, name)
    whole = measure.value == 1.0 and name in ("in_largest", "reach_in_all")
    if measure.value is None or told.n_links == 0 or whole:
        return None
    floor = measure.at_least and not measure.settled
    value = measured(name, measure, lang=lang)
    text = tell(f"figure.{name}.{'at_least' if floor else 'told'}", lang=lang, value=value)
    if name == "across_sectors" and told.across_by_chance is not None:
        chance = value_words(name, told.across_by_chance, lang=lang)
        text = f"{text} {tell('figure.across_sectors.chance', lang=lang, chance=chance)}"
    return FigureSentence(
        name, text, effect_words(name, measure, lang=lang) if told.n_silent else ""
    )


def effect_words(figure: str, measure: Bounded, *, lang: str) -> str:
    """Say what missing answers may make of a figure, under no rule and under the rule of the other side."""
    if measure.settled:
        return tell("effect.settled", lang=lang)
    ends = ends_words(figure, measure.any_answers, lang=lang)
    if ends is None:
        return ""
    key = "effect.wide" if measure.any_answers.exact else "effect.wide_bound"
    told = tell(key, lang=lang, **ends)
    ruled = _ruled(figure, measure.named_by_other, lang=lang)
    return f"{told} {ruled}".strip()


def _ruled(figure: str, bounds: Bounds | None, *, lang: str) -> str:
    ends = None if bounds is None else ends_words(figure, bounds, lang=lang)
    if bounds is None or ends is None:
        return ""
    key = "effect.ruled" if bounds.exact else "effect.ruled_bound"
    if bounds.low == bounds.high:
        key = "effect.ruled_settled"
    return tell(key, lang=lang, **ends)


def _open(told: NetworkStatement, *, lang: str) -> str:
    if told.n_open == 0:
        return ""
    ruled = number(told.n_open_named_by_other, lang=lang)
    return tell_count("answers.open", told.n_open, lang=lang, ruled=ruled)


def change_words(change: NetworkChange, *, before: str, after: str, lang: str) -> tuple[str, ...]:
    """Say what changed between two waves, named by their times."""
    shared = counted("shared", change.n_shared, lang=lang)
    told = [tell("moved.opening", lang=lang, before=before, after=after, n_shared=shared)]
    pairs = change.pairs
    counts = {
        name: _pairs(name, round(bounds.low or 0.0), lang=lang)
        for name, bounds in (("kept", pairs.n_kept), ("new", pairs.n_new), ("ended", pairs.n_ended))
    }
    told.append(tell("moved.pairs", lang=lang, **counts))
    unknown = int(pairs.unknown.sum()) // 2
    if unknown:
        told.append(tell_count("moved.unknown", unknown, lang=lang))
    for key, count in (("joined", change.n_joined), ("left", change.n_left)):
        if count:
            told.append(tell_count(f"moved.{key}", count, lang=lang))
    full = change.before.n_silent == 0 and change.after.n_silent == 0
    for name in (*SHARES, *COUNTS):
        said = moved_words(name, change.of(name), full=full, lang=lang)
        told += [said] if said else []
    return tuple(told)


def _pairs(what: str, count: int, *, lang: str) -> str:
    if count == 0:
        return tell(f"moved.{what}_none", lang=lang)
    return tell_count(f"moved.{what}", count, lang=lang)


def moved_words(figure: str, moved: FigureChange, *, full: bool, lang: str) -> str:
    """Say the change of a figure, and only what holds whatever the missing answers."""
    if moved.value is None or moved.verdict is ChangeVerdict.NONE:
        return ""
    slots = {
        "name": figure_name(figure, lang=lang),
        "any": range_words(figure, moved.any_answers, lang=lang),
    }
    key = moved.verdict.value
    if moved.verdict in (ChangeVerdict.HIGHER, ChangeVerdict.LOWER):
        slots["change"] = difference_words(figure, moved.value, lang=lang)
        key = f"{key}_full" if full else key
    ruled = f"open_{moved.verdict_named_by_other.value}"
    if moved.verdict is ChangeVerdict.OPEN and f"moved.{ruled}" in phrases(lang):
        key = ruled
        if moved.named_by_other is not None:
            slots["ruled"] = range_words(figure, moved.named_by_other, lang=lang)
    return tell(f"moved.{key}", lang=lang, **slots)
