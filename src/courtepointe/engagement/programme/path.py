"""The path and what its records choose from, as data: strands, stages, usual phases, choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.lists import entries, in_both

FOLDER = Path(__file__).with_name("data")
OWN_STALE_DAYS = 45
"""Days of silence after which a stage of a sector's own is asked about."""


@dataclass(frozen=True, slots=True)
class Strand:
    """One of the six things that a resilience agent does.

    Attributes
    ----------
    begins : float
        Where it usually begins, as a part of the programme's length, 0 to 1.
    """

    code: str
    title: Words
    aim: Words
    begins: float


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a strand: what it asks for, what proves it, how long it takes, when it is asked about."""

    code: str
    strand: str
    title: Words
    asks: Words
    proof: Words
    usual_days: int
    stale_days: int
    holds_days: int | None


@dataclass(frozen=True, slots=True)
class UsualPhase:
    """A phase that most programmes have; its ends are parts of the programme's length."""

    code: str
    title: Words
    begins: float
    ends: float


@cache
def strands() -> Mapping[str, Strand]:
    """Give the strands, in the order of the path."""
    return {
        one["code"]: Strand(one["code"], in_both(one), in_both(one, "aim"), float(one["begins"]))
        for one in entries(FOLDER / "path.toml")["strands"]
    }


@cache
def stages() -> Mapping[str, Stage]:
    """Give the stages that every sector has, in the order of the path."""
    return {
        one["code"]: Stage(
            code=one["code"],
            strand=one["strand"],
            title=in_both(one),
            asks=in_both(one, "asks"),
            proof=in_both(one, "proof"),
            usual_days=one["usual_days"],
            stale_days=one["stale_days"],
            holds_days=one.get("holds_days"),
        )
        for one in entries(FOLDER / "path.toml")["stages"]
    }


@cache
def usual_phases() -> Mapping[str, UsualPhase]:
    """Give the usual phases, in their order."""
    return {
        one["code"]: UsualPhase(one["code"], in_both(one), float(one["begins"]), float(one["ends"]))
        for one in entries(FOLDER / "path.toml")["phases"]
    }


@cache
def choices(name: str) -> Mapping[str, Words]:
    """Give what a field chooses from: codes and their words, in the order in which they are offered."""
    return {code: in_both(entry) for code, entry in entries(FOLDER / "choices.toml")[name].items()}


def _at(part: float, starts: date, ends: date) -> date:
    return starts + timedelta(days=round(part * (ends - starts).days))


def usual_due(*, starts: date, ends: date) -> Mapping[str, date]:
    """Say when each stage would be done were each to take its usual days, one after another in its strand.

    A strand begins at its usual part of the programme; nothing is due after the programme's end.
    """
    due: dict[str, date] = {}
    reached = {code: _at(strand.begins, starts, ends) for code, strand in strands().items()}
    for stage in stages().values():
        reached[stage.strand] += timedelta(days=stage.usual_days)
        due[stage.code] = min(reached[stage.strand], ends)
    return due


def usual_spans(*, starts: date, ends: date) -> Mapping[str, tuple[date, date]]:
    """Say when each usual phase would begin and end in a programme of this length."""
    return {
        code: (_at(phase.begins, starts, ends), _at(phase.ends, starts, ends))
        for code, phase in usual_phases().items()
    }
