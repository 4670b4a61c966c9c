"""The lines of a hub, in the order of their lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from courtepointe.hubs.kinds import words_of
from courtepointe.hubs.models import Hub, KitItem
from courtepointe.hubs.values import (
    KitSeen,
    NewCapacity,
    NewExercise,
    NewFact,
    NewKeys,
    NewMode,
    NewPost,
    Row,
)

Told = TypeVar("Told")


def _ordered(
    name: str, rows: Iterable[Row[Told]], code: Callable[[Told], str]
) -> tuple[Row[Told], ...]:
    places = {one: place for place, one in enumerate(words_of(name))}
    return tuple(sorted(rows, key=lambda row: places[code(row.told)]))


def capacities(hub: Hub) -> tuple[Row[NewCapacity], ...]:
    """Give what a hub can take."""
    rows = (
        Row(o.pk, NewCapacity(o.code, o.maximum, o.available, o.verified_on, o.verifier))
        for o in hub.capacities.all()
    )
    return _ordered("capacities", rows, lambda told: told.code)


def facts(hub: Hub) -> tuple[Row[NewFact], ...]:
    """Give what is known of a hub's place."""
    rows = (
        Row(o.pk, NewFact(o.code, o.has, o.verified_on, o.verifier, o.note))
        for o in hub.facts.all()
    )
    return _ordered("facts", rows, lambda told: told.code)


def keys(hub: Hub) -> tuple[Row[NewKeys], ...]:
    """Give the keys, by role."""
    rows = (Row(o.pk, NewKeys(o.role, o.count, o.verified_on)) for o in hub.keys.all())
    return _ordered("roles", rows, lambda told: told.role)


def posts(hub: Hub) -> tuple[Row[NewPost], ...]:
    """Give the roles with their counts."""
    rows = (Row(o.pk, NewPost(o.role, o.filled, o.trained, o.verified_on)) for o in hub.posts.all())
    return _ordered("roles", rows, lambda told: told.role)


def modes(hub: Hub) -> tuple[Row[NewMode], ...]:
    """Give the modes with what starts them."""
    rows = (
        Row(o.pk, NewMode(o.mode, o.criteria, o.decides, o.decided_by)) for o in hub.modes.all()
    )
    return _ordered("modes", rows, lambda told: told.mode)


def exercises(hub: Hub) -> tuple[Row[NewExercise], ...]:
    """Give the exercises and openings, the last first."""
    rows = sorted(hub.exercises.all(), key=lambda o: (o.held, o.pk), reverse=True)
    return tuple(
        Row(o.pk, NewExercise(o.held, o.scenario, o.is_real, o.people, o.lag_min, o.lessons))
        for o in rows
    )


def kit(hub: Hub, *, today: date) -> tuple[Row[KitSeen], ...]:
    """Give the box, one's own lines last."""
    places = {code: place for place, code in enumerate(words_of("kit"))}
    rows = sorted(hub.kit.all(), key=lambda o: (places.get(o.code, len(places)), o.name))
    return tuple(Row(o.pk, _kit(o, today)) for o in rows)


def _kit(one: KitItem, today: date) -> KitSeen:
    old = one.checked_on is None or (today - one.checked_on).days > one.check_days
    over = one.expires is not None and one.expires < today
    return KitSeen(
        one.code, one.name, one.wanted, one.check_days, one.held, one.expires, one.checked_on,
        one.verifier, late=old or over,
    )  # fmt: skip
