"""A portrait's dimensions on cards: what each is, what people say of it, and what is read of both together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtepointe.doors.site.readings.telling import voices_told
from courtepointe.doors.site.space.frame import Space
from courtepointe.portraits.evidence.queries import voices_of
from courtepointe.portraits.readings.kinds import words_of
from courtepointe.portraits.readings.queries import readings_of
from courtepointe.portraits.resilience.queries import dimensions_of
from courtepointe.portraits.resilience.values import PortraitSeen


@dataclass(frozen=True, slots=True)
class Card:
    """A dimension in a few words; ``state``, ``agreement`` and ``text`` are empty where nothing was read together."""

    voices: str
    state: str
    agreement: str
    text: str


def cards_of(space: Space, seen: PortraitSeen) -> Mapping[str, Card]:
    """Give the card of each dimension that the workspace reads."""
    voices = voices_of(space.seen, seen.number, now=space.now)
    readings, lang = readings_of(seen), space.lang
    states, agreements = words_of("states"), words_of("agreements")
    return {
        code: Card(
            voices=voices_told(voices.get(code)),
            state=states[read.state].in_(lang) if read else "",
            agreement=agreements[read.agreement].in_(lang) if read else "",
            text=read.text.in_(lang) if read and read.text else "",
        )
        for code in dimensions_of(space.seen.id)
        for read in [readings.get(code)]
    }
