"""What is typed and read of priorities, actions and their results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from courtepointe.atlas.recipe.values import Words


@dataclass(frozen=True, slots=True)
class NewPriority:
    """A priority as it is written; ``part`` may be empty."""

    dimension: str
    statement: str
    part: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class PrioritySeen:
    """A priority, and how many actions answer it; ``mark`` is what its next wording comes after."""

    number: int
    portrait: int
    dimension: str
    part: str
    statement: str
    why: str
    made: date
    ended: date | None
    n_actions: int
    mark: str


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action as it is written.

    Attributes
    ----------
    lead : int or None
        Number of an organisation of the directory.
    role : str
        A post, where no organisation of the directory leads it.
    beside, beside_by : str
        What the institution does on its side, and which.
    """

    statement: str
    dimension: str
    part: str = ""
    read: str = ""
    about: str = ""
    priority: int | None = None
    bearer: str = "organisations"
    lead: int | None = None
    role: str = ""
    beside: str = ""
    beside_by: str = ""
    means: str = ""
    cost: str = ""
    horizon: str = "year"
    due: date | None = None


@dataclass(frozen=True, slots=True)
class NewPartner:
    """A partner: a number of the directory, or a name."""

    record: int | None
    name: str = ""
    does: str = ""


@dataclass(frozen=True, slots=True)
class NewEffect:
    """An effect that is expected: of an indicator, by its code, or in words."""

    direction: str
    indicator: str = ""
    words: str = ""
    by_day: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class NewResult:
    """What was seen; ``effect`` is the number of the effect that it tells of, ``source`` of what shows it."""

    seen_on: date
    text: str
    seen_by: str
    effect: int | None = None
    direction: str = ""
    link: str = ""
    source: int | None = None


@dataclass(frozen=True, slots=True)
class PartnerSeen:
    """A partner by the number that it is taken off with; ``record`` leads to the directory."""

    number: int
    name: str
    record: int | None
    does: str


@dataclass(frozen=True, slots=True)
class EffectSeen:
    """An effect that is expected; ``name`` is what moves, ``replaced`` where another stands in its place."""

    number: int
    indicator: str
    words: str
    name: Words
    direction: str
    by_day: date | None
    why: str
    made: date
    replaced: bool


@dataclass(frozen=True, slots=True)
class ResultSeen:
    """What was seen; ``replaced`` where it was corrected, ``why`` why it corrects the one before."""

    number: int
    action: int
    effect: int | None
    seen_on: date
    text: str
    direction: str
    seen_by: str
    link: str
    source: int | None
    replaced: bool
    why: str


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """What an action is followed by.

    Attributes
    ----------
    leads : int or None
        The number that its page asks for; nothing where it is no longer there.
    ended : bool
        Of a hub.
    """

    number: int
    kind: str
    name: str
    leads: int | None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action in a list.

    Attributes
    ----------
    lead : str
        Name of the organisation or post; empty where nobody leads it.
    gaps : tuple of str
        Codes of what it lacks: of the list ``gaps``.
    """

    number: int
    portrait: int
    priority: int | None
    dimension: str
    part: str
    read: str
    statement: str
    bearer: str
    lead: str
    beside: str
    beside_by: str
    means: str
    cost: str
    horizon: str
    due: date | None
    done: date | None
    state: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionSeen:
    """An action with all that is held of it; ``mark`` is what its next wording comes after."""

    line: ActionLine
    about: str
    lead_record: int | None
    role: str
    priority: str
    suggested: str
    learned_from: str
    partners: tuple[PartnerSeen, ...]
    effects: tuple[EffectSeen, ...]
    results: tuple[ResultSeen, ...]
    links: tuple[LinkSeen, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class OthersAction:
    """An action of another workspace that shows its own, with what was seen of it; no person, no post."""

    number: int
    workspace: str
    dimension: str
    part: str
    read: str
    statement: str
    beside: str
    cost: str
    horizon: str
    state: str
    effects: tuple[EffectSeen, ...]
    results: tuple[ResultSeen, ...]


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan as it is begun, and the cycle that it covers."""

    title: str
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A version of a plan in a list."""

    number: int
    portrait: int
    title: str
    version: int
    state: str
    starts: date | None
    ends: date | None
    adopted: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class GroundSeen:
    """What a priority or an action comes from.

    Attributes
    ----------
    leads : int or None
        Number of the reading or the passage; nothing where it is no longer kept.
    words : str
        What was read or said; empty where it may not be quoted.
    """

    number: int
    kind: str
    leads: int | None
    dimension: str
    state: str
    words: str
    day: date | None


@dataclass(frozen=True, slots=True)
class ArrivingAction:
    """An action of a sheet: its partners by name, what it is expected to move, the passage that it comes from."""

    what: NewAction
    partners: tuple[str, ...] = ()
    expected: str = ""
    direction: str = ""
    passage: int | None = None
