"""The network drawn and told: the library's drawings and sentences, for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.network import COUNTS, SHARES, UNSAID, NetworkStatement
from courtepointe.core.typing import Ints
from courtepointe.engagement.partners.queries import changed, shared_places, stated
from courtepointe.engagement.partners.values import PublicFigures, WaveNetwork
from courtepointe.press.network import (
    DESKTOP,
    DrawnChange,
    DrawnNetwork,
    Partners,
    Places,
    ToldWave,
    change_words,
    draw_change,
    draw_network,
    effect_words,
    place_partners,
    tell_wave,
)
from courtepointe.press.network.figures import bounds_words, figure_name, measured, value_words

NARROW = 360.0
"""What a phone shows."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in a table: its value, its bounds under no rule and under the other side's, in words."""

    name: str
    value: str
    any_answers: str
    named_by_other: str
    effect: str


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation in the list beside the drawing; ``place`` is its number there, ``number`` its own."""

    place: int
    number: int
    name: str
    sector: str
    answered: bool


@dataclass(frozen=True, slots=True)
class DrawnWave:
    """A wave as its page shows it: ``drawn`` wide and narrow, or empty before any tie is named."""

    drawn: tuple[DrawnNetwork, ...]
    told: ToldWave
    figures: tuple[FigureRow, ...]
    listed: tuple[OrganisationRow, ...]


def partners_in(held: WaveNetwork) -> Partners:
    """Give who is drawn."""
    return Partners(held.names, held.sectors, held.sector_names)


def drawn_wave(held: WaveNetwork, waves: Sequence[WaveNetwork], *, lang: str) -> DrawnWave:
    """Draw a wave and say it; ``waves`` are all of them, so that nobody moves between drawings."""
    statement = stated(held)
    widths = (DESKTOP, NARROW) if held.trusted.network.n_ties else ()
    return DrawnWave(
        tuple(drawn_at(held, waves, lang=lang, width=width) for width in widths),
        tell_wave(statement, held.names, lang=lang),
        figure_rows(statement, lang=lang),
        listed_in(held),
    )


def listed_in(held: WaveNetwork) -> tuple[OrganisationRow, ...]:
    """List the organisations of a wave, sector by sector, by the numbers that a drawing gives them."""
    partners = partners_in(held)
    rows = [
        OrganisationRow(int(place), number, name, partners.sector_of(node), bool(answered))
        for node, (place, number, name, answered) in enumerate(
            zip(partners.numbers(), held.numbers, held.names, held.trusted.network.answered, strict=True)
        )
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.place))


def drawn_at(
    held: WaveNetwork, waves: Sequence[WaveNetwork], *, lang: str, width: float
) -> DrawnNetwork:
    """Draw a wave at a width."""
    places, numbers = _placed(waves, width=width)
    return draw_network(
        held.trusted.network,
        partners_in(held),
        places.of(_at(held, numbers)),
        lang=lang,
        period=held.wave.name,
        code=f"network-{round(width)}",
    )


def figure_rows(statement: NetworkStatement, *, lang: str) -> tuple[FigureRow, ...]:
    """List the figures with their bounds."""
    rows = []
    for name in (*SHARES, *COUNTS):
        measure = getattr(statement, name)
        ruled = measure.named_by_other
        rows.append(
            FigureRow(
                figure_name(name, lang=lang),
                measured(name, measure, lang=lang),
                bounds_words(name, measure.any_answers, lang=lang),
                bounds_words(name, ruled, lang=lang) if ruled else "",
                effect_words(name, measure, lang=lang),
            )
        )
    return tuple(rows)


def coarse_rows(told: PublicFigures, *, lang: str) -> tuple[tuple[str, str], ...]:
    """List the figures that tell of nobody, in words."""
    return share_rows(told.shares, lang=lang)


def share_rows(shares: Sequence[tuple[str, float]], *, lang: str) -> tuple[tuple[str, str], ...]:
    """Write shares by the names of their figures."""
    return tuple(
        (figure_name(name, lang=lang), value_words(name, part, lang=lang)) for name, part in shares
    )


def drawn_change(
    before: WaveNetwork, after: WaveNetwork, *, lang: str
) -> tuple[DrawnChange | None, tuple[str, ...]] | None:
    """Draw and say what changed; None where nobody was asked both times, no drawing where no tie is named."""
    change = changed(before, after)
    if change is None:
        return None
    names = {"before": before.wave.name, "after": after.wave.name}
    told = change_words(change, **names, lang=lang)
    if not change.before.n_links and not change.after.n_links:
        return None, told
    shared = np.array(shared_places(before, after)[1], dtype=np.int64)
    places, numbers = _placed((before, after), width=DESKTOP)
    both = partners_in(after).among(shared)
    drawn = draw_change(change, both, places.of(_at(after, numbers)[shared]), **names, lang=lang)
    return drawn, told


def _placed(waves: Sequence[WaveNetwork], *, width: float) -> tuple[Places, list[int]]:
    """Give a place to every organisation of some waves, and their numbers in that order."""
    known: dict[int, tuple[str, str]] = {}
    for one in waves:
        partners = partners_in(one)
        for place, number in enumerate(one.numbers):
            known[number] = (one.names[place], partners.sector_of(place))
    sectors = tuple(sorted({sector for _, sector in known.values() if sector}))
    told = [sectors.index(sector) + 1 if sector else UNSAID for _, sector in known.values()]
    names = tuple(name for name, _ in known.values())
    partners, numbers = Partners(names, np.array(told, dtype=np.int64), sectors), list(known)
    drawn = [(one.trusted.network, _at(one, numbers)) for one in waves]
    return place_partners(drawn, partners, width=width), numbers


def _at(held: WaveNetwork, numbers: list[int]) -> Ints:
    where = {number: place for place, number in enumerate(numbers)}
    return np.array([where[number] for number in held.numbers], dtype=np.int64)
