"""What an action is expected to do, what was seen of it, who has a part in it, what it is linked to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.texts import line, text, web_address
from courtepointe.hubs.queries.directory import record_uid
from courtepointe.people.actions import create, remove
from courtepointe.people.values import Person
from courtepointe.plans.access import line_of, to_change
from courtepointe.plans.kinds import known, known_or_none
from courtepointe.plans.models import Action, ActionLink, ActionPartner, Effect, Result
from courtepointe.plans.queries.grounds import source_row
from courtepointe.plans.queries.linked import linked_row
from courtepointe.plans.queries.moves import known_indicator
from courtepointe.plans.values import NewEffect, NewPartner, NewResult


@transaction.atomic
def add_partner(slug: str, number: int, what: NewPartner, *, by: Person, now: datetime) -> int:
    """Say which organisation has a part in an action: of the directory, or by its name."""
    row = to_change(Action, slug, number, by=by, now=now)
    uid = None if what.record is None else record_uid(row.workspace_id, what.record, "organization")
    name = line(what.name, needed=uid is None)
    same = ActionPartner.objects.filter(action=row)
    if same.filter(record=uid).exists() if uid else same.filter(record=None, name=name).exists():
        raise Refused("action_line_twice")
    made = ActionPartner(
        workspace_id=row.workspace_id, action=row, record=uid, name="" if uid else name,
        does=line(what.does, longest=400),
    )  # fmt: skip
    return create(made, by=by, now=now).pk


@transaction.atomic
def drop_partner(slug: str, number: int, partner: int, *, by: Person, now: datetime) -> None:
    """Take a partner off an action."""
    row = to_change(Action, slug, number, by=by, now=now)
    remove(line_of(ActionPartner, partner, action=row), by=by, now=now)


def _effect(what: NewEffect, action: Action, *, now: datetime) -> dict[str, Any]:
    indicator, words = line(what.indicator, longest=60), line(what.words, longest=300)
    if not indicator and not words:
        raise BadInput("effect_needs_words")
    return {
        "workspace_id": action.workspace_id,
        "action": action,
        "indicator": known_indicator(action.workspace_id, indicator),
        "words": words,
        "direction": known("directions", what.direction),
        "by_day": what.by_day,
        "why": text(what.why, longest=2_000),
        "made": localdate(now),
    }


@transaction.atomic
def expect(slug: str, number: int, what: NewEffect, *, by: Person, now: datetime) -> int:
    """Say what an action is expected to move, which way and by when."""
    row = to_change(Action, slug, number, by=by, now=now)
    told = _effect(what, row, now=now)
    same = Effect.objects.filter(action=row, replaced_by=None)
    if same.filter(**{k: told[k] for k in ("indicator", "words", "direction", "by_day")}).exists():
        raise Refused("action_line_twice")
    return create(Effect(**told), by=by, now=now).pk


@transaction.atomic
def revise_effect(
    slug: str, number: int, effect: int, what: NewEffect, *, by: Person, now: datetime
) -> int:
    """Expect otherwise: the effect that was expected stays, with what replaced it."""
    row = to_change(Action, slug, number, by=by, now=now)
    before = line_of(Effect, effect, action=row)
    if Effect.objects.filter(replaces=before).exists():
        raise Refused("action_line_replaced")
    if not what.why.strip():
        raise BadInput("revision_needs_why")
    return create(Effect(**_effect(what, row, now=now), replaces=before), by=by, now=now).pk


def _result(what: NewResult, action: Action, *, now: datetime) -> dict[str, Any]:
    if what.seen_on > localdate(now):
        raise BadInput("plan_future_day", value=what.seen_on, expected=localdate(now))
    effect = None if what.effect is None else line_of(Effect, what.effect, action=action)
    return {
        "workspace_id": action.workspace_id,
        "action": action,
        "effect": effect,
        "seen_on": what.seen_on,
        "text": text(what.text, longest=4_000, needed=True),
        "direction": known_or_none("directions", what.direction),
        "seen_by": line(what.seen_by, longest=120, needed=True),
        "link": web_address(what.link),
        "source": None if what.source is None else source_row(action, what.source),
    }


@transaction.atomic
def note_result(slug: str, number: int, what: NewResult, *, by: Person, now: datetime) -> int:
    """Write down what was seen of an action, whether it was expected or not."""
    row = to_change(Action, slug, number, by=by, now=now)
    told = _result(what, row, now=now)
    same = Result.objects.filter(action=row, replaced_by=None, text=told["text"])
    if same.filter(seen_on=told["seen_on"]).exists():
        raise Refused("action_line_twice")
    return create(Result(**told), by=by, now=now).pk


@transaction.atomic
def correct_result(
    slug: str, number: int, result: int, what: NewResult, *, why: str, by: Person, now: datetime
) -> int:
    """Correct what was seen: what was written before stays, with why it was corrected."""
    row = to_change(Action, slug, number, by=by, now=now)
    before = line_of(Result, result, action=row)
    if Result.objects.filter(replaces=before).exists():
        raise Refused("action_line_replaced")
    reason = line(why, longest=400)
    if not reason:
        raise BadInput("revision_needs_why")
    made = Result(**_result(what, row, now=now), replaces=before, why=reason)
    return create(made, by=by, now=now).pk


@transaction.atomic
def link_action(slug: str, number: int, kind: str, what: int, *, by: Person, now: datetime) -> int:
    """Link an action to a hub, a session, an activity or an exercise of the same workspace."""
    row = to_change(Action, slug, number, by=by, now=now)
    held, name = linked_row(row.workspace_id, known("links", kind), what)
    if ActionLink.objects.filter(action=row, **{kind: held}).exists():
        raise Refused("action_line_twice")
    made = ActionLink(
        workspace_id=row.workspace_id, action=row, kind=kind, name=name[:300], **{kind: held}
    )
    return create(made, by=by, now=now).pk


@transaction.atomic
def unlink_action(slug: str, number: int, link: int, *, by: Person, now: datetime) -> None:
    """Undo a link."""
    row = to_change(Action, slug, number, by=by, now=now)
    remove(line_of(ActionLink, link, action=row), by=by, now=now)
