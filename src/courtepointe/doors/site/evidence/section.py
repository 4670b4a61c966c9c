"""What people say of a dimension, on its page: strengths first, who was heard, what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.core.agreement import Breadth, breadth_of
from courtepointe.doors.site.evidence.frame import groups_heard, named
from courtepointe.doors.site.space.frame import Space
from courtepointe.portraits.evidence import queries
from courtepointe.portraits.evidence.lists import data
from courtepointe.portraits.evidence.values import Quote
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.values import DimensionVoices, PortraitSeen

SHOWN = 4
"""Quotes of a direction that are shown at once; the others are folded."""


@dataclass(frozen=True, slots=True)
class Told:
    """Quotes of a direction: the first few, then the others."""

    direction: str
    count: int
    first: tuple[Quote, ...]
    others: tuple[Quote, ...]


def what_people_say(space: Space, portrait: PortraitSeen, dimension: Dimension) -> dict[str, Any]:
    """Give what the section says of a dimension."""
    today = localdate(space.now)
    voices = queries.voices_of(space.seen, portrait.number, now=space.now)[dimension.code]
    quotes = queries.passages_of(space.seen, portrait.number, dimension.code, on=today)
    counts = (voices.strengths, voices.fragilities, voices.contradictions)
    directions = named("directions", lang=space.lang)
    told = [
        _told(code, count, quotes) for code, count in zip(directions, counts, strict=True) if count
    ]
    return {
        "voices": voices,
        "told": [(directions[one.direction], one) for one in told],
        "kinds": named("kinds", lang=space.lang),
        "groups": groups_heard(voices.groups, lang=space.lang),
        "grid": grid_of(voices, space=space),
    }


def _told(direction: str, count: int, quotes: tuple[Quote, ...]) -> Told:
    held = tuple(one for one in quotes if one.direction == direction)
    return Told(direction, count, held[:SHOWN], held[SHOWN:])


def grid_of(voices: DimensionVoices, *, space: Space) -> list[tuple[str, str]]:
    """Say what stands behind a dimension: each side of the grid with its band, then the lowest of them."""
    sides, words = data("grid"), data("bands")
    held = breadth(voices, space=space)

    def band(code: str) -> str:
        return str(words[code][space.lang][int(getattr(held, code))])

    lines = [(sides[code][space.lang], band(code)) for code in ("sources", "groups", "recency")]
    return [*lines, (_("together: the lowest of the three"), band("whole"))]


def breadth(voices: DimensionVoices, *, space: Space) -> Breadth:
    """Place what people say of a dimension in the grid."""
    limits = data("grid")
    age = None if voices.newest is None else (localdate(space.now) - voices.newest).days
    return breadth_of(
        n_sources=voices.n_sources, n_groups=len(voices.groups), age_days=age,
        sources_from=limits["sources"]["from"], groups_from=limits["groups"]["from"],
        days_to=limits["recency"]["days"],
    )  # fmt: skip
