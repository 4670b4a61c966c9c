"""Profiles to read side by side: this edition, those before it, and what neighbourhoods that consent show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from courtepointe.people.queries import agreements_of, living_agreement
from courtepointe.people.values import Agreement, WorkspaceSeen
from courtepointe.portraits.readings.compared import Profile
from courtepointe.portraits.readings.queries.readings import (
    readings_of,
    replies_shown,
    validated_of,
)
from courtepointe.portraits.readings.values import ReadingSeen, Scale
from courtepointe.portraits.resilience.framework import dimensions
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.queries import portrait as portrait_of
from courtepointe.portraits.resilience.queries import portraits
from courtepointe.portraits.resilience.queries.indicators import indicators_of
from courtepointe.portraits.resilience.queries.numbers import numbers_of
from courtepointe.portraits.resilience.scoring import Reckoned, reckon, used_of
from courtepointe.portraits.resilience.values import PortraitSeen

SET = "resilience_profile"
"""The shared set by which a neighbourhood agrees to be read beside another."""


def profile_of(seen: WorkspaceSeen, portrait: PortraitSeen, *, name: str, now: datetime) -> Profile:
    """Give a portrait as a profile, for its own people.

    What the neighbourhood counts of its own stands in its portrait, and not here: with it, no dimension in
    which one adds an indicator could be read beside another.
    """
    whole = indicators_of(seen.id, portrait.number)
    some = _shared(whole)
    shared = len(some) == len(whole)
    numbers = numbers_of(seen, portrait, now=now) if shared else reckon(tuple(dimensions()), some).numbers  # fmt: skip
    return Profile(
        name=name,
        begun=portrait.begun,
        closed=portrait.closed,
        numbers={code: numbers[code] for code in dimensions() if code in numbers},
        scales=_scales(some),
        unsure=frozenset(one.dimension for one in some if _error_unknown(one.newest)),
        readings=readings_of(portrait),
        replies=replies_shown(portrait, now=now),
        agreed=_moved(portrait, some),
    )


def _moved(portrait: PortraitSeen, some: Sequence[IndicatorSeen]) -> Mapping[str, ReadingSeen]:
    """Give what others are shown where its numbers rest on something else than those of today."""
    used = used_of(tuple(dimensions()), some)
    return {
        code: one
        for code, one in validated_of(portrait).items()
        if one.beside is not None and one.beside.used != used.get(code)
    }


def reckoned_beside(workspace: int, portrait: int) -> Reckoned:
    """Reckon what stands beside others: the shared dimensions, without what the neighbourhood counts of its own."""
    return reckon(tuple(dimensions()), _shared(indicators_of(workspace, portrait)))


def _shared(some: Sequence[IndicatorSeen]) -> list[IndicatorSeen]:
    return [one for one in some if not one.own]


def _scales(some: Sequence[IndicatorSeen]) -> Mapping[str, Scale]:
    held: dict[str, set[tuple[str, float, float, int, float]]] = {}
    for one in some:
        told = (one.code, one.posts.low, one.posts.high, one.polarity, one.weight)
        held.setdefault(one.dimension, set()).add(told)
    return {code: frozenset(found) for code, found in held.items()}


def _error_unknown(one: ObservationSeen | None) -> bool:
    has_value = one is not None and one.value is not None
    return has_value and one is not None and one.interval != "exact" and one.low is None


def editions_before(seen: WorkspaceSeen, portrait: PortraitSeen) -> tuple[PortraitSeen, ...]:
    """List the editions that a portrait follows, the newest first."""
    found: list[PortraitSeen] = []
    number = portrait.follows
    while number is not None:
        found.append(portrait_of(seen, number))
        number = found[-1].follows
    return tuple(found)


def peers_offered(seen: WorkspaceSeen, *, now: datetime) -> tuple[Agreement, ...]:
    """List the agreements in force by which others show their profile here, by their names."""
    received = (
        one
        for one in agreements_of(seen.id, now=now)
        if one.receiver_slug == seen.slug and one.what == SET
    )
    living = [one for one in received if living_agreement(one.number, receiver_id=seen.id, now=now)]
    return tuple(sorted(living, key=lambda one: (one.owner.casefold(), one.number)))


def peer_profile(seen: WorkspaceSeen, number: int, *, now: datetime) -> Profile | None:
    """Give the profile that an agreement shows here; nothing once either side ended it."""
    found = living_agreement(number, receiver_id=seen.id, now=now)
    if found is None or found[1].what != SET:
        return None
    return profile_shown(found[0], found[1], now=now)


def profile_shown(owner: int, agreement: Agreement, *, now: datetime) -> Profile | None:
    """Give what a neighbourhood shows of its newest edition: what a group of its people validated.

    Each dimension as it stood when it was validated, and not as its numbers stand today. Nothing where no
    dimension was. What is of its own is left out, and so is every number that its people did not read.
    """
    theirs = WorkspaceSeen(
        owner, agreement.owner_slug, agreement.owner, "", frozenset(), frozenset()
    )
    for portrait in portraits(theirs):
        held = validated_of(portrait)
        agreed = {code: held[code] for code in dimensions() if code in held}
        if agreed:
            return _as_validated(agreement.owner, portrait, agreed, now=now)
    return None


def _as_validated(
    name: str, portrait: PortraitSeen, agreed: Mapping[str, ReadingSeen], *, now: datetime
) -> Profile:
    kept = {code: one.beside for code, one in agreed.items() if one.beside is not None}
    replies = replies_shown(portrait, now=now)
    return Profile(
        name=name,
        begun=portrait.begun,
        closed=portrait.closed,
        numbers={code: one.numbers for code, one in kept.items()},
        scales={code: one.scale for code, one in kept.items()},
        unsure=frozenset(code for code, one in kept.items() if one.numbers.n_no_error),
        readings=agreed,
        replies={code: replies.get(code, ()) for code in agreed},
        is_shown=True,
    )
