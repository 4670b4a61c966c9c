"""Who answers a call, person by person, with sets: slow and obvious."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Someone:
    """A volunteer as a person would write it down; ``called`` is None for never."""

    skills: frozenset[str]
    languages: frozenset[str]
    slots: frozenset[str]
    zone: str | None
    called: int | None


def reached(zone: str, touches: Mapping[str, frozenset[str]], most: int) -> dict[str, int]:
    """Walk from a zone, one step at a time."""
    steps = {zone: 0}
    for step in range(1, most + 1):
        for here in [z for z, s in steps.items() if s == step - 1]:
            for there in touches[here]:
                steps.setdefault(there, step)
    return steps


def slow_answers(
    people: Sequence[Someone],
    *,
    skills: frozenset[str],
    any_skill: bool,
    languages: frozenset[str],
    slots: frozenset[str],
    zones: Mapping[str, int] | None,
    most: int,
) -> list[int]:
    """Read everybody, keep who fits, sort by who was called least recently."""
    fits = []
    for place, one in enumerate(people):
        if skills and not (skills & one.skills if any_skill else skills <= one.skills):
            continue
        if (languages and not languages & one.languages) or (slots and not slots & one.slots):
            continue
        if zones is not None and one.zone not in zones:
            continue
        steps = 0 if zones is None or one.zone is None else zones[one.zone]
        fits.append((-1 if one.called is None else one.called, steps, place))
    return [place for _, _, place in sorted(fits)[:most]]
