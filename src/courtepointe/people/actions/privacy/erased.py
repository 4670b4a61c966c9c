"""A request of destruction is carried out: all that was listed, in every room, for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from courtepointe.core.errors import NotAllowed, Refused
from courtepointe.people.actions.privacy.ends import destroy, log, put, unsign
from courtepointe.people.actions.privacy.requests import answer_request, request_to_answer
from courtepointe.people.models import Destruction, HistoryRow
from courtepointe.people.personal import Held
from courtepointe.people.queries.erasure import ALL, WITHDRAWAL, Ending, Erasure, erasure
from courtepointe.people.queries.retention import Rows
from courtepointe.people.queries.whom import Whom, acts, asked_by
from courtepointe.people.values import Person

ERASED = (ALL, WITHDRAWAL)


@transaction.atomic
def look_for(slug: str, number: int, *, by: Person, now: datetime) -> Erasure:
    """Say what a request would destroy, to the officer; nothing is changed.

    Raises
    ------
    NotAllowed
        ``own_destruction``: nobody destroys what tells of themselves.
    Refused
        ``request_is_no_destruction``, ``request_already_answered``, ``destruction_held_back``.
    """
    _, workspace_id, whom, kind = _asked(slug, number, by=by, now=now)
    return erasure(workspace_id, whom, only=kind)


def _asked(slug: str, number: int, *, by: Person, now: datetime) -> tuple[int, int, Whom, str]:
    row = request_to_answer(slug, number, by=by, now=now)
    if row.kind not in ERASED:
        raise Refused("request_is_no_destruction")
    whom = asked_by(row)
    if whom.account_id == by.id:
        raise NotAllowed("own_destruction")
    return row.pk, row.workspace_id, whom, row.kind


@transaction.atomic
def erase_for(slug: str, number: int, *, mark: str, reason: str, by: Person, now: datetime) -> int:
    """End all that a request calls for, as it was listed, and answer it; give how many kinds of rows ended.

    The log says how many of what, never what; the history of each row is emptied. Nobody can give it back.

    Parameters
    ----------
    mark : str
        That of the `Erasure` which the officer read.

    Raises
    ------
    Refused
        As `look_for`; ``found_has_changed``: there is more, or less, than what was read;
        ``last_who_may_invite``.
    """
    _, workspace_id, whom, kind = _asked(slug, number, by=by, now=now)
    found = erasure(workspace_id, whom, only=kind)
    if found.mark != mark:
        raise Refused("found_has_changed")
    for one in found.ends:
        counts = _end(one, workspace_id, whom, by=by, now=now)
        if any(counts.values()):
            log(
                workspace_id,
                because=Destruction.Because.REQUEST, what=one.held.model, then=one.then,
                counts=counts, by=by, now=now,
            )  # fmt: skip
    answer_request(slug, number, refused=False, reason=reason, by=by, now=now)
    return len(found.ends)


def _end(one: Ending, workspace_id: int, whom: Whom, *, by: Person, now: datetime) -> Mapping[str, int]:  # fmt: skip
    model, label = apps.get_model(one.held.model), one.held.model
    if one.field:
        rows = acts(one.held, workspace_id, whom, path=one.field)
        if one.then == "destroyed":
            kept = model._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))
            return destroy(kept, by=by, now=now)
        return {label: unsign(rows, one.field, whom.account_id or 0)}
    rows = model._default_manager.filter(pk__in=one.keys)
    done = _end_told(one, rows, by=by, now=now)
    _forget_elsewhere(one.held, workspace_id, whom)
    return done


def _end_told(one: Ending, rows: Rows, *, by: Person, now: datetime) -> Mapping[str, int]:
    if one.held.on_request.call:
        counts: Mapping[str, int] = import_string(one.held.on_request.call)(rows, by=by, now=now)
        return counts
    if one.then == "destroyed":
        return destroy(rows, by=by, now=now)
    fields = dict.fromkeys(
        (n for n, d in one.held.personal.items() if d.sensitivity == "contact"), ""
    )
    return {one.held.model: put(rows, fields, by=by, now=now)}


def _forget_elsewhere(held: Held, workspace_id: int, whom: Whom) -> None:
    """Empty the lines that tell of the person in rows that are there no more, or are somebody else's by now."""
    if whom.account_id is None:
        return
    tells = Q(pk__in=())
    for path in held.about:
        for side in ("before", "after"):
            tells |= Q(**{f"{side}__{path}_id": whom.account_id})
    lines = HistoryRow.objects.filter(workspace_id=workspace_id, what=held.model)
    lines.filter(tells).update(before={}, after={}, why="")
