"""What a plan holds, as one value: read today while it is a draft, kept as it was once it is adopted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class PlanPriority:
    """A priority of a plan."""

    number: int
    dimension: str
    part: str
    statement: str
    why: str


@dataclass(frozen=True, slots=True)
class PlanEffect:
    """What an action of a plan is expected to move."""

    fr: str
    en: str
    direction: str
    by_day: date | None


@dataclass(frozen=True, slots=True)
class PlanLink:
    """What an action of a plan is followed by."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanAction:
    """An action of a plan: who, when, with what."""

    number: int
    priority: int | None
    dimension: str
    statement: str
    bearer: str
    lead: str
    partners: tuple[str, ...]
    beside: str
    beside_by: str
    means: str
    cost: str
    horizon: str
    due: date | None
    state: str
    effects: tuple[PlanEffect, ...]
    links: tuple[PlanLink, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanHub:
    """A hub of the territory, as it stood."""

    name: str
    form: str
    status: str
    aim: str
    reached: str
    host: str


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What was read of a dimension, as it stood; ``found`` is its state, ``validated_by`` a group."""

    dimension: str
    found: str
    fr: str
    en: str
    validated: date | None
    validated_by: str


@dataclass(frozen=True, slots=True)
class PlanContent:
    """All that a plan says.

    Attributes
    ----------
    names : mapping of code to (French, English)
        Of the dimensions and parts that it names.
    texts : mapping of section to text
    n_ideas : int
        Actions that are still ideas: the plan leaves them out.
    """

    workspace: str
    portrait: str
    territory: str
    read_on: date
    names: Mapping[str, tuple[str, str]]
    texts: Mapping[str, str]
    readings: tuple[PlanReading, ...]
    priorities: tuple[PlanPriority, ...]
    actions: tuple[PlanAction, ...]
    hubs: tuple[PlanHub, ...]
    n_ideas: int

    @property
    def gaps(self) -> tuple[tuple[PlanAction | PlanPriority, tuple[str, ...]], ...]:
        """What is still to be settled: each action with what it lacks, each priority without an action."""
        answered = {one.priority for one in self.actions}
        lacking = tuple((one, one.gaps) for one in self.actions if one.gaps)
        alone = tuple(
            (one, ("no_action",)) for one in self.priorities if one.number not in answered
        )
        return alone + lacking

    @property
    def practice(self) -> tuple[PlanLink, ...]:
        """Trainings, activities and exercises that its actions are followed by, each once."""
        held = (link for one in self.actions for link in one.links if link.kind != "hub")
        return tuple(dict.fromkeys(held))


def frozen(content: PlanContent) -> dict[str, Any]:
    """Give a content as JSON holds it."""
    told: dict[str, Any] = json.loads(json.dumps(asdict(content), default=str))
    return told


def thawed(told: Mapping[str, Any]) -> PlanContent:
    """Read a content back from what was kept."""
    return PlanContent(
        **{name: told[name] for name in ("workspace", "portrait", "territory", "texts", "n_ideas")},
        read_on=date.fromisoformat(told["read_on"]),
        names={code: (fr, en) for code, (fr, en) in told["names"].items()},
        readings=tuple(
            PlanReading(**one | {"validated": _day(one["validated"])}) for one in told["readings"]
        ),
        priorities=tuple(PlanPriority(**one) for one in told["priorities"]),
        actions=tuple(map(_action, told["actions"])),
        hubs=tuple(PlanHub(**one) for one in told["hubs"]),
    )


def _action(told: Mapping[str, Any]) -> PlanAction:
    lists = ("effects", "links", "partners", "gaps", "due")
    plain = {one.name: told[one.name] for one in fields(PlanAction) if one.name not in lists}
    return PlanAction(
        **plain,
        due=_day(told["due"]),
        partners=tuple(told["partners"]),
        effects=tuple(
            PlanEffect(one["fr"], one["en"], one["direction"], _day(one["by_day"])) for one in told["effects"]
        ),
        links=tuple(PlanLink(**one) for one in told["links"]),
        gaps=tuple(told["gaps"]),
    )  # fmt: skip


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
