"""What is due is ended: by the officer of a workspace, or by the operator for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from courtepointe.core.errors import NotFound, Refused
from courtepointe.people.access import workspace_to
from courtepointe.people.actions.privacy.consents import end_consents
from courtepointe.people.actions.privacy.ends import destroy, log, put
from courtepointe.people.models import Destruction, DestructionRun, Workspace
from courtepointe.people.personal import Rule, declared
from courtepointe.people.queries.retention import beside, due_rows, fields_ended
from courtepointe.people.values import Person

BECAUSE = Destruction.Because


@transaction.atomic
def destroy_due(slug: str, code: str, *, by: Person, now: datetime) -> int:
    """End what a rule calls for in a workspace; give how many things of the rule's kind ended.

    Raises
    ------
    NotFound
        ``unknown_rule``: no rule of that name ends anything in a workspace.
    Refused
        ``nothing_is_due``, ``destruction_held_back``.
    """
    workspace = workspace_to("officer", slug, by=by, now=now)
    rule = declared().rules.get(code)
    if rule is None or rule.by_room or not declared().models[rule.model].workspace:
        raise NotFound("unknown_rule", value=code)
    count = _end(rule, workspace.id, by=by, now=now)
    if not count:
        raise Refused("nothing_is_due")
    return count


def destroy_all_due(*, now: datetime) -> tuple[tuple[str, int], ...]:
    """End all that is due in the installation, a transaction a rule; give each rule's count.

    A consent whose last day is past counts as withdrawn first. That it ran to its end is written down, so that each workspace sees when it did last. A rule that is held
    back stops no other: they are all carried out, then its `Refused` is raised.
    """
    done: list[tuple[str, int]] = []
    held_back: Refused | None = None
    try:
        with transaction.atomic():
            end_consents(now=now)
    except Refused as error:
        held_back = error
    for rule in declared().rules.values():
        if rule.by_room or rule.then == "kept":
            continue
        try:
            with transaction.atomic():
                count = sum(_end(rule, one, by=None, now=now) for one in list(_places(rule, now)))
        except Refused as error:
            held_back = held_back or error
            continue
        if count:
            done.append((rule.code, count))
    if held_back is not None:
        raise held_back
    total = sum(count for _, count in done)
    DestructionRun.objects.update_or_create(pk=1, defaults={"at": now, "count": total})
    return tuple(done)


def _places(rule: Rule, now: datetime) -> Iterator[int | None]:
    """Name the workspaces in which a rule ends something; none for what the installation holds."""
    path = declared().models[rule.model].workspace
    if not path:
        yield None
        return
    found = due_rows(rule, now=now).order_by().values_list(path, flat=True).distinct()
    yield from found


def _end(rule: Rule, workspace_id: int | None, *, by: Person | None, now: datetime) -> int:
    rows = due_rows(rule, now=now, workspace_id=workspace_id)
    if workspace_id is None and declared().models[rule.model].workspace:
        rows = rows.filter(**{f"{declared().models[rule.model].workspace}__isnull": True})
    count = rows.count()
    if not count:
        return 0
    counts = {rule.model: count, **beside(rule, rows)}
    known = workspace_id is not None and Workspace.objects.filter(pk=workspace_id).exists()
    log(
        workspace_id if known else None,
        because=BECAUSE.RETENTION, rule=rule.code, what=rule.model, then=rule.then,
        counts=counts, by=by, now=now,
    )  # fmt: skip
    if rule.then == "destroyed":
        destroy(rows, by=by, now=now)
    else:
        emptied = dict.fromkeys(fields_ended(rule), "")
        put(rows, rule.values or emptied, by=by, now=now)
    return count
