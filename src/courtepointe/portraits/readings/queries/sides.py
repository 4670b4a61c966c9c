"""Both views of each dimension of a portrait side by side, with what they propose together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courtepointe.people.values import WorkspaceSeen
from courtepointe.portraits.evidence.queries.voices import voices_of
from courtepointe.portraits.readings.proposal import Proposal, marks, proposed
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.queries import dimensions_of
from courtepointe.portraits.resilience.queries.numbers import numbers_seen
from courtepointe.portraits.resilience.values import (
    DimensionNumbers,
    DimensionVoices,
    PortraitSeen,
)


@dataclass(frozen=True, slots=True)
class Sides:
    """What numbers and people say of a dimension; None where a side says nothing; ``used`` is what numbers rest on."""

    dimension: Dimension
    numbers: DimensionNumbers | None
    voices: DimensionVoices | None
    proposal: Proposal
    used: Mapping[str, Any]


def sides_of(seen: WorkspaceSeen, portrait: PortraitSeen, *, now: datetime) -> Mapping[str, Sides]:
    """Give both views of each dimension that the workspace reads."""
    told = numbers_seen(seen, portrait)
    voices = voices_of(seen, portrait.number, now=now)
    by, found = marks(), {}
    for code, one in dimensions_of(seen.id).items():
        held = told.numbers.get(code)
        proposal = proposed(held.score if held else None, voices.get(code), by=by)
        found[code] = Sides(one, held, voices.get(code), proposal, told.used.get(code, {}))
    return found
