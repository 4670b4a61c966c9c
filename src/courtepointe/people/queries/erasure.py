"""What a request of destruction would end, and what the law or other people's rights keep; nothing is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.apps import apps
from django.db import models

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.personal import Datum, Held, closed_list, declared
from courtepointe.people.queries.retention import keys_with
from courtepointe.people.queries.whom import Whom, about, acts

LAW, CONSENT = "law", "consent"
HISTORY = "people.historyrow"
"""What it says of a row is emptied with that row."""
ALL, WITHDRAWAL = "destruction", "withdrawal"
"""What is asked: that everything ends; or what rests on a consent alone."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Rows of a kind that would end.

    Attributes
    ----------
    then : str
        ``destroyed``, ``emptied``, or ``anonymised``: the name of who wrote is taken off.
    keys : tuple
        Keys of rows that tell of the person; nothing where they merely wrote them.
    field : str
        The field by which they wrote them.
    beside : tuple
        What falls with them: the kind of rows, how many.
    """

    held: Held
    then: str
    count: int
    keys: tuple[object, ...] = ()
    field: str = ""
    beside: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of a kind that stay, and why."""

    held: Held
    count: int
    why: Words


@dataclass(frozen=True, slots=True)
class Erasure:
    """What would end, what stays, what could not be searched.

    Attributes
    ----------
    mark : str
        Tells whether it still is what somebody agreed to: (64,) hexadecimal digits.
    """

    ends: tuple[Ending, ...]
    kept: tuple[Kept, ...]
    not_searched: tuple[Words, ...]
    mark: str


def erasure(workspace_id: int, whom: Whom, *, only: str = ALL) -> Erasure:
    """Say what would end in a workspace of what is held on somebody.

    Parameters
    ----------
    only : str
        ``destruction``: everything; ``withdrawal``: what rests on a consent.

    Raises
    ------
    Refused
        ``destruction_held_back``: something else rests on a row.
    """
    ends: list[Ending] = []
    kept: list[Kept] = []
    missed = []
    for held in declared().models.values():
        if not held.data or not held.workspace or (only == WITHDRAWAL and not _consented(held)):
            continue
        if _by_hand(held, whom):
            missed.append(held.name)
        for one in _of_kind(held, workspace_id, whom, only):
            (ends if isinstance(one, Ending) else kept).append(one)  # type: ignore[arg-type]
    return Erasure(_each_once(ends), tuple(kept), tuple(missed), _mark(ends))


def _each_once(ends: list[Ending]) -> tuple[Ending, ...]:
    """Leave out of what falls with rows what is listed by itself."""
    listed = {one.held.model for one in ends}
    return tuple(
        replace(one, beside=tuple(kind for kind in one.beside if kind[0] not in listed))
        for one in ends
    )


def _by_hand(held: Held, whom: Whom) -> bool:
    """Say whether rows may name somebody where neither an account nor what is known of them finds it."""
    if held.about or held.model == HISTORY or (held.finds_others and whom.contact.strip()):
        return False
    signed = {*held.acts, *(f"{path}_name" for path in held.acts)}
    free = (one for one in held.data if one.ground != LAW and one.sensitivity != "secret")
    return any(set(one.fields) - signed for one in free)


def _consented(held: Held) -> bool:
    return any(datum.ground == CONSENT for datum in held.data)


def _of_kind(held: Held, workspace_id: int, whom: Whom, only: str) -> Iterator[Ending | Kept]:
    tells = bool(held.about) or held.finds_others
    keys = tuple(about(held, workspace_id, whom).values_list("pk", flat=True))
    if keys:
        yield _told(held, keys, len(keys), held.on_request.then or _by_ground(held.data))
    if only == WITHDRAWAL:
        return
    for path in held.acts:
        count = acts(held, workspace_id, whom, path=path).count()
        then = "" if tells else held.on_request.then
        if count:
            yield _wrote(held, path, count, then)


def _by_ground(data: tuple[Datum, ...]) -> str:
    return "kept" if all(one.ground == LAW for one in data) else "destroyed"


def _of_field(held: Held, path: str) -> tuple[Datum, ...]:
    return tuple(one for one in held.data if path in one.fields)


def _told(held: Held, keys: tuple[object, ...], count: int, then: str) -> Ending | Kept:
    if then == "kept":
        return Kept(held, count, held.on_request.why or closed_list("grounds")[LAW])
    return Ending(held, then, count, keys=keys, beside=_beside(held, keys, then))


def _beside(held: Held, keys: tuple[object, ...], then: str) -> tuple[tuple[str, int], ...]:
    if then != "destroyed":
        return ()
    rows = apps.get_model(held.model)._default_manager.filter(pk__in=keys)
    return tuple((kind, len(some)) for kind, some in keys_with(rows).items() if kind != held.model)


def _wrote(held: Held, path: str, count: int, then: str) -> Ending | Kept:
    """Say what becomes of what somebody wrote: it stays without their name, unless its kind says otherwise."""
    if (then or _by_ground(_of_field(held, path))) == "kept":
        return Kept(held, count, held.on_request.why or closed_list("grounds")[LAW])
    return Ending(held, then or "anonymised", count, field=path)


def _mark(ends: list[Ending]) -> str:
    told = [(one.held.model, one.then, one.field, one.count, *map(str, one.keys)) for one in ends]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def unsigned_lacking() -> list[str]:
    """List the fields by which somebody wrote that cannot be emptied, where the kind does not say what becomes."""
    return [
        f"{held.model}.{path}"
        for held in declared().models.values()
        for path in held.acts
        if held.workspace and not held.on_request.then and not _nullable(held, path)
        if _by_ground(_of_field(held, path)) != "kept"
    ]


def _nullable(held: Held, path: str) -> bool:
    field = apps.get_model(held.model)._meta.get_field(path)
    return isinstance(field, models.Field) and field.null
