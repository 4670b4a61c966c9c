"""Residents answer a figure or a reading; their reply is reviewed, then stands beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import Refused
from courtepointe.engagement.texts import line, text
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create, forget_in_history, log_destruction
from courtepointe.people.consents import consent_texts
from courtepointe.people.lists import held
from courtepointe.people.values import Person
from courtepointe.portraits.readings.access import to_change, workshop_to_join
from courtepointe.portraits.readings.kinds import ABOUT
from courtepointe.portraits.readings.models import Reply
from courtepointe.portraits.readings.values import NewReply
from courtepointe.portraits.resilience.access import row_of as portrait_row
from courtepointe.portraits.resilience.models import ResiliencePortrait
from courtepointe.portraits.resilience.queries import known_dimension

KEPT = timedelta(days=730)
LONGEST = 1_500
State = Reply.State


@transaction.atomic
def add_reply(slug: str, portrait: int, what: NewReply, *, by: Person, now: datetime) -> int:
    """Write down what a resident answers, and give its number; a closed edition takes replies too.

    Raises
    ------
    BadInput
        ``reading_unknown_kind``, ``resilience_unknown_kind``, ``gathering_line_needed``.
    """
    workspace = workspace_to("contribute", slug, by=by, now=now)
    row = portrait_row(ResiliencePortrait, portrait, workspace=workspace.id)
    made = _reply(what, workspace.id, portrait=row.pk, came="hand", now=now)
    return create(made, by=by, now=now).pk


@transaction.atomic
def reply_from_workshop(code: str, what: NewReply, *, now: datetime) -> None:
    """Take the reply of whoever holds the code of an open workshop, once; raise as `add_reply`."""
    row = workshop_to_join(code, now=now)
    made = _reply(what, row.workspace_id, portrait=row.portrait_id, came="workshop", now=now)
    same = ("portrait_id", "dimension", "about", "text", "told_by", "came", "agreed", "received")
    if not Reply.objects.filter(**{name: getattr(made, name) for name in same}).exists():
        create(made, by=None, now=now)


def _reply(what: NewReply, workspace: int, *, portrait: int, came: str, now: datetime) -> Reply:
    known_dimension(workspace, what.dimension)
    read = consent_texts()["reply"].last if what.agreed else None
    return Reply(
        workspace_id=workspace,
        portrait_id=portrait,
        dimension=what.dimension,
        about=held(what.about, ABOUT, unknown="reading_unknown_kind"),
        text=text(what.text, longest=LONGEST, needed=True),
        told_by=line(what.told_by, longest=120),
        came=came,
        agreed=what.agreed,
        consent_version=read.number if read else None,
        consent_hash=read.hash if read else "",
        received=localdate(now),
        expires=localdate(now) + KEPT,
    )


@transaction.atomic
def show_reply(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Show a reply beside what it answers, or raise `Refused` ``reply_not_agreed``."""
    row = to_change(Reply, slug, number, by=by, now=now, right="review")
    if not row.agreed:
        raise Refused("reply_not_agreed")
    told = {"state": State.SHOWN, "reviewed": localdate(now), "why": ""}
    change(row, told, by=by, now=now)


@transaction.atomic
def decline_reply(slug: str, number: int, why: str, *, by: Person, now: datetime) -> None:
    """Leave a reply out of what is shown, with a reason that stays."""
    row = to_change(Reply, slug, number, by=by, now=now, right="review")
    reason = line(why, longest=400, needed=True)
    told = {"state": State.DECLINED, "reviewed": localdate(now), "why": reason}
    change(row, told, by=by, now=now)


@transaction.atomic
def destroy_reply(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Destroy a reply whose resident takes it back; its words leave the history too."""
    row = to_change(Reply, slug, number, by=by, now=now, right="review")
    kind, key, workspace = Reply._meta.label_lower, row.pk, row.workspace_id
    row.delete()
    forget_in_history(kind, [key])
    log_destruction(
        workspace,
        because="withdrawal",
        what=kind,
        then="destroyed",
        counts={kind: 1},
        by=by,
        now=now,
    )
