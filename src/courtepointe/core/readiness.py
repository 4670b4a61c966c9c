"""Readiness that decays by itself: each part of a hub, its state, and why; never one score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courtepointe.core.errors import BadInput

HOLDS_FROM, FADES_FROM = 0.5, 0.25
"""A confidence holds for one half-life and fades for another; then it lapsed."""
KEYS_HALF_LIFE = ROLES_HALF_LIFE = 365
SOON_DAYS = 60
"""An agreement or a date of expiry this near is told before it is over."""


class State(StrEnum):
    """How a part stands, from the best."""

    HOLDS = "holds"
    FADING = "fading"
    LACKS = "lacks"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


WORST_FIRST = (State.LACKS, State.UNKNOWN, State.FADING, State.HOLDS)


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: a code, and the facts that its sentence needs."""

    code: str
    facts: Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a hub's readiness: agreement, members, keys, kit, roles…"""

    code: str
    state: State
    whys: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """How each part stands against what a level asks. There is no total, on purpose."""

    parts: tuple[Part, ...]

    @property
    def is_met(self) -> bool:
        """Whether nothing that the level asks lacks or is unknown."""
        return all(part.state not in (State.LACKS, State.UNKNOWN) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a level asks; 0 or empty: nothing. Days and hours in the names."""

    keys: int = 0
    roles: tuple[str, ...] = ()
    exercise_days: int = 0
    power_test_days: int = 0
    autonomy_h: float = 0.0
    facts: tuple[str, ...] = ()
    capacities: tuple[str, ...] = ()
    members: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with a host; ``left_days`` is None where it has no end, under 0 where it is over."""

    signed_days: int
    left_days: int | None


@dataclass(frozen=True, slots=True)
class Keys:
    """How many keys a role holds, and days since somebody counted; None: nobody did."""

    role: str
    count: int
    age_days: int | None


@dataclass(frozen=True, slots=True)
class KitLine:
    """An item of the box; ``left_days`` until it expires, None where it has no date."""

    code: str
    wanted: int
    held: int | None
    age_days: int | None
    check_days: int
    left_days: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A role: how many hold it, how many of them are trained; None: not known."""

    role: str
    filled: int | None
    trained: int | None
    age_days: int | None


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a hub offers, how much of it now, and since when that was verified."""

    code: str
    maximum: int
    available: int | None
    age_days: int | None
    half_life_days: int


@dataclass(frozen=True, slots=True)
class Held:
    """All that is known of a hub today, in ages: no clock is read here.

    ``autonomy_h`` is from what is known alone; where ``autonomy_may_be_more``, something is not.
    ``members`` are those who wrote what they do in a disruption, or vehicles that can leave.
    """

    agreements: tuple[Agreement, ...] = ()
    keys: tuple[Keys, ...] = ()
    kit: tuple[KitLine, ...] = ()
    posts: tuple[Post, ...] = ()
    exercise_days: int | None = None
    power_test_days: int | None = None
    autonomy_h: float | None = None
    autonomy_may_be_more: bool = False
    facts: Mapping[str, bool] | None = None
    capacities: tuple[Capacity, ...] = ()
    members: int = 0


def confidence(age_days: int | None, half_life_days: int) -> float | None:
    """Give 0.5 ** (age / half-life), from 1 today to 0; None where nobody verified.

    Raises
    ------
    BadInput
        ``readiness_age``: an age under 0, a half-life under 1.
    """
    if half_life_days < 1:
        raise BadInput("readiness_age", value=half_life_days, expected="≥ 1")
    if age_days is None:
        return None
    if age_days < 0:
        raise BadInput("readiness_age", value=age_days, expected="≥ 0")
    return float(0.5 ** (age_days / half_life_days))


def state_at(age_days: int | None, half_life_days: int) -> State:
    """Say whether something verified that long ago holds, fades, lapsed, or is not known."""
    share = confidence(age_days, half_life_days)
    if share is None:
        return State.UNKNOWN
    if share >= HOLDS_FROM:
        return State.HOLDS
    return State.FADING if share >= FADES_FROM else State.LACKS


def readiness(held: Held, asked: Asked) -> Readiness:
    """Say how each part of a hub stands against what a level asks, and why.

    Parameters
    ----------
    held : Held
    asked : Asked

    Returns
    -------
    Readiness
        A part a thing that can fail by itself; the state of each is that of its weakest line. What
        nobody looked at is unknown, which is neither good nor bad.

    Notes
    -----
    A capacity's confidence halves with every half-life since it was verified; keys and roles, with
    every year. Growing older never betters a state. Parts are never added up or averaged.
    """
    return Readiness(
        (
            _agreement(held.agreements),
            _members(held.members, asked.members),
            _keys(held.keys, asked.keys),
            _kit(held.kit),
            _roles(held.posts, asked.roles),
            _aged("exercise", held.exercise_days, asked.exercise_days),
            _power(held, asked),
            _place(held.facts or {}, asked.facts),
            _capacities(held.capacities, asked.capacities),
        )
    )


def level_reached(by_level: Mapping[str, Readiness]) -> str:
    """Give the last level, from the lowest, that is met with all those below it; empty: none yet."""
    reached = ""
    for level, found in by_level.items():
        if not found.is_met:
            break
        reached = level
    return reached


def _part(code: str, lines: Sequence[tuple[State, Why]]) -> Part:
    """Join lines into a part: the state of the weakest, the weakest told first."""
    if not lines:
        return Part(code, State.NOT_ASKED, ())
    told = sorted(lines, key=lambda line: WORST_FIRST.index(line[0]))
    return Part(code, told[0][0], tuple(why for _, why in told))


def _why(code: str, **facts: str | int | float) -> Why:
    return Why(code, facts)


def _agreement(agreements: Sequence[Agreement]) -> Part:
    begun = [one for one in agreements if one.signed_days >= 0]
    living = [one for one in begun if one.left_days is None or one.left_days >= 0]
    if not begun:
        return Part("agreement", State.LACKS, (_why("no_agreement"),))
    if not living:
        ago = min(-(one.left_days or 0) for one in begun)
        return Part("agreement", State.LACKS, (_why("agreement_over", days=ago),))
    if any(one.left_days is None for one in living):
        return Part("agreement", State.HOLDS, (_why("agreement_open"),))
    left = max(one.left_days or 0 for one in living)
    soon = left < SOON_DAYS
    why = _why("agreement_soon" if soon else "agreement_until", days=left)
    return Part("agreement", State.FADING if soon else State.HOLDS, (why,))


def _members(count: int, asked: int) -> Part:
    if asked == 0:
        return Part("members", State.NOT_ASKED, ())
    if count < asked:
        return Part("members", State.LACKS, (_why("members_few", n=count, asked=asked),))
    return Part("members", State.HOLDS, (_why("members_enough", n=count, asked=asked),))


def _keys(keys: Sequence[Keys], asked: int) -> Part:
    if asked == 0:
        return Part("keys", State.NOT_ASKED, ())
    lines: list[tuple[State, Why]] = []
    count = sum(one.count for one in keys)
    if not keys:
        return Part("keys", State.UNKNOWN, (_why("keys_unknown"),))
    if count < asked:
        lines.append((State.LACKS, _why("keys_few", n=count, asked=asked)))
    elif len([one for one in keys if one.count]) < min(asked, 2):
        lines.append((State.FADING, _why("keys_one_role", n=count)))
    else:
        lines.append((State.HOLDS, _why("keys_enough", n=count, asked=asked)))
    lines += [_verified(one.role, one.age_days, KEYS_HALF_LIFE, "keys") for one in keys if one.count]  # fmt: skip
    return _part("keys", lines)


def _verified(code: str, age: int | None, half_life: int, what: str) -> tuple[State, Why]:
    state = state_at(age, half_life)
    if age is None:
        return state, _why(f"{what}_unverified", of=code)
    share = round(100 * (confidence(age, half_life) or 0.0))
    return state, _why(f"{what}_verified", of=code, days=age, percent=share)


def _kit(kit: Sequence[KitLine]) -> Part:
    if not kit:
        return Part("kit", State.LACKS, (_why("no_kit"),))
    return _part("kit", [_kit_line(one) for one in kit])


def _kit_line(one: KitLine) -> tuple[State, Why]:
    if one.held is None or one.age_days is None:
        return State.UNKNOWN, _why("kit_unchecked", of=one.code)
    if one.left_days is not None and one.left_days < 0:
        return State.LACKS, _why("kit_expired", of=one.code, days=-one.left_days)
    if one.held < one.wanted:
        return State.LACKS, _why("kit_few", of=one.code, n=one.held, asked=one.wanted)
    if one.age_days > 2 * one.check_days:
        return State.LACKS, _why("kit_late", of=one.code, days=one.age_days)
    if one.age_days > one.check_days:
        return State.FADING, _why("kit_late", of=one.code, days=one.age_days)
    if one.left_days is not None and one.left_days < SOON_DAYS:
        return State.FADING, _why("kit_expires", of=one.code, days=one.left_days)
    return State.HOLDS, _why("kit_checked", of=one.code, days=one.age_days)


def _roles(posts: Sequence[Post], asked: Sequence[str]) -> Part:
    known = {one.role: one for one in posts}
    return _part("roles", [_role(code, known.get(code)) for code in asked])


def _role(code: str, post: Post | None) -> tuple[State, Why]:
    if post is None or post.filled is None:
        return State.UNKNOWN, _why("role_unknown", of=code)
    if post.filled == 0:
        return State.LACKS, _why("role_empty", of=code)
    if post.trained is None:
        return State.UNKNOWN, _why("role_training_unknown", of=code, n=post.filled)
    if post.trained == 0:
        return State.LACKS, _why("role_untrained", of=code, n=post.filled)
    return _verified(code, post.age_days, ROLES_HALF_LIFE, "role")


def _aged(code: str, age: int | None, most: int) -> Part:
    """Tell of something that is done again and again: it fades past its time, and lapses at twice that."""
    if most == 0:
        return Part(code, State.NOT_ASKED, ())
    if age is None:
        return Part(code, State.LACKS, (_why(f"{code}_never", most=most),))
    if age < 0:
        raise BadInput("readiness_age", value=age, expected="≥ 0")
    state = State.HOLDS if age <= most else State.FADING if age <= 2 * most else State.LACKS
    return Part(code, state, (_why(f"{code}_age", days=age, most=most),))


def _power(held: Held, asked: Asked) -> Part:
    if asked.autonomy_h == 0.0 and asked.power_test_days == 0:
        return Part("power", State.NOT_ASKED, ())
    hours = held.autonomy_h
    if hours is None:
        line = (State.UNKNOWN, _why("autonomy_unknown", asked=asked.autonomy_h))
    else:
        why = _why("autonomy_h", hours=hours, asked=asked.autonomy_h)
        short = State.UNKNOWN if held.autonomy_may_be_more else State.LACKS
        line = (State.HOLDS if hours >= asked.autonomy_h else short, why)
    test = _aged("power_test", held.power_test_days, asked.power_test_days)
    lines = [line, *((test.state, why) for why in test.whys)]
    return _part("power", lines)


def _place(facts: Mapping[str, bool], asked: Sequence[str]) -> Part:
    return _part("place", [_fact(code, facts.get(code)) for code in asked])


def _fact(code: str, told: bool | None) -> tuple[State, Why]:
    if told is None:
        return State.UNKNOWN, _why("fact_unknown", of=code)
    if told:
        return State.HOLDS, _why("fact_yes", of=code)
    return State.LACKS, _why("fact_no", of=code)


def _capacities(capacities: Sequence[Capacity], asked: Sequence[str]) -> Part:
    held = {one.code: one for one in capacities}
    lines = [
        (State.LACKS, _why("capacity_none", of=code))
        for code in asked
        if code not in held or held[code].maximum == 0
    ]
    lines += [_capacity(one) for one in capacities if one.maximum]
    return _part("capacities", lines)


def _capacity(one: Capacity) -> tuple[State, Why]:
    if one.available == 0:
        return State.LACKS, _why("capacity_full", of=one.code, n=one.maximum)
    return _verified(one.code, one.age_days, one.half_life_days, "capacity")
