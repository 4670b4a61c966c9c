"""The network drawn and told: the library's drawings and sentences, for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.network import COUNTS, SHARES, NetworkStatement
from courtepointe.engagement.partners.queries import changed, shared_places, stated
from courtepointe.engagement.partners.values import PublicFigures, WaveNetwork
from courtepointe.press.network import (
    DrawnChange,
    DrawnNetwork,
    Partners,
    ToldWave,
    change_words,
    draw_change,
    draw_network,
    effect_words,
    place_partners,
    tell_wave,
)
from courtepointe.press.network.figures import bounds_words, figure_name, measured, value_words


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in a table: its value, its bounds under no rule and under the other side's, in words."""

    name: str
    value: str
    any_answers: str
    named_by_other: str
    effect: str


@dataclass(frozen=True, slots=True)
class DrawnWave:
    """A wave as its page shows it."""

    drawn: DrawnNetwork
    told: ToldWave
    figures: tuple[FigureRow, ...]


def partners_in(held: WaveNetwork) -> Partners:
    """Give who is drawn."""
    return Partners(held.names, held.sectors, held.sector_names)


def drawn_wave(held: WaveNetwork, *, lang: str) -> DrawnWave:
    """Draw a wave and say it."""
    network, partners = held.trusted.network, partners_in(held)
    places = place_partners([(network, np.arange(network.n_nodes))], partners)
    statement = stated(held)
    drawn = draw_network(network, partners, places, lang=lang, period=held.wave.name)
    return DrawnWave(drawn, tell_wave(statement, held.names, lang=lang), figure_rows(statement, lang=lang))  # fmt: skip


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
) -> tuple[DrawnChange, tuple[str, ...]] | None:
    """Draw and say what changed; None where nobody was asked both times."""
    change = changed(before, after)
    if change is None:
        return None
    numbers = list(dict.fromkeys([*before.numbers, *after.numbers]))
    waves = [
        (one.trusted.network, np.array([numbers.index(n) for n in one.numbers], dtype=np.int64))
        for one in (before, after)
    ]
    partners, places_all = _of_both(before, after, numbers), np.array(shared_places(before, after)[1])  # fmt: skip
    places = place_partners(waves, partners).of(waves[1][1][places_all])
    names = {"before": before.wave.name, "after": after.wave.name}
    both = partners_in(after).among(places_all)
    drawn = draw_change(change, both, places, **names, lang=lang)
    return drawn, change_words(change, **names, lang=lang)


def _of_both(before: WaveNetwork, after: WaveNetwork, numbers: list[int]) -> Partners:
    """Give the organisations of two waves: as the later one tells them, else the former."""
    known: dict[int, tuple[str, str]] = {}
    for one in (before, after):
        for place, number in enumerate(one.numbers):
            known[number] = (one.names[place], partners_in(one).sector_of(place))
    sectors = tuple(sorted({sector for _, sector in known.values() if sector}))
    told = [sectors.index(known[n][1]) + 1 if known[n][1] else 0 for n in numbers]
    return Partners(tuple(known[n][0] for n in numbers), np.array(told, dtype=np.int64), sectors)
