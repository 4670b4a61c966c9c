"""Profiles to read side by side: this edition, those before it, and what neighbourhoods that consent show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from courtepointe.people.queries import agreements_of, living_agreement
from courtepointe.people.values import Agreement, WorkspaceSeen
from courtepointe.portraits.readings.compared import Profile, Scale
from courtepointe.portraits.readings.queries.readings import readings_of, replies_shown
from courtepointe.portraits.resilience.framework import dimensions
from courtepointe.portraits.resilience.numbers import IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.queries import portrait as portrait_of
from courtepointe.portraits.resilience.queries import portraits
from courtepointe.portraits.resilience.queries.indicators import indicators_of
from courtepointe.portraits.resilience.queries.numbers import numbers_of
from courtepointe.portraits.resilience.scoring import reckon
from courtepointe.portraits.resilience.values import PortraitSeen

SET = "resilience_profile"
"""The shared set by which a neighbourhood agrees to be read beside another."""


def profile_of(seen: WorkspaceSeen, portrait: PortraitSeen, *, name: str, now: datetime) -> Profile:
    """Give a portrait as a profile, for its own people.

    What the neighbourhood counts of its own stands in its portrait, and not here: with it, no dimension in
    which one adds an indicator could be read beside another.
    """
    whole = indicators_of(seen.id, portrait.number)
    some = [one for one in whole if not one.own]
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
    )


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

    Nothing where no dimension was validated. What is of its own is left out, and so is every number
    that its people did not read.
    """
    theirs = WorkspaceSeen(
        owner, agreement.owner_slug, agreement.owner, "", frozenset(), frozenset()
    )
    for portrait in portraits(theirs):
        held = profile_of(theirs, portrait, name=agreement.owner, now=now)
        agreed = [
            code
            for code in dimensions()
            if code in held.readings and held.readings[code].validated is not None
        ]
        if agreed:
            return Profile(
                name=held.name,
                begun=held.begun,
                closed=held.closed,
                numbers={code: held.numbers[code] for code in agreed if code in held.numbers},
                scales={code: held.scales.get(code, frozenset()) for code in agreed},
                unsure=held.unsure,
                readings={code: held.readings[code] for code in agreed},
                replies={code: held.replies.get(code, ()) for code in agreed},
            )
    return None
