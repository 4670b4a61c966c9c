"""Addresses of the calendar are given out and revoked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtepointe.core.errors import BadInput, Refused
from courtepointe.engagement.access import to_change
from courtepointe.engagement.models import CalendarFeed
from courtepointe.engagement.texts import NAME, line
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import change, create
from courtepointe.people.secrets import hashed, new_secret
from courtepointe.people.values import Person

MOST_FEEDS = 200


@transaction.atomic
def give_feed(slug: str, label: str, *, lang: str, by: Person, now: datetime) -> str:
    """Give an address of the calendar to somebody who may read: its secret, once."""
    workspace = workspace_to("read", slug, by=by, now=now)
    if lang not in ("fr", "en"):
        raise BadInput("unknown_language", value=lang, expected="fr, en")
    if CalendarFeed.objects.filter(workspace_id=workspace.id, revoked=None).count() >= MOST_FEEDS:
        raise Refused("too_many_feeds", value=MOST_FEEDS)
    secret = new_secret()
    row = CalendarFeed(
        workspace_id=workspace.id,
        label=line(label, longest=NAME, needed=True),
        lang=lang,
        secret=hashed(secret),
        by_id=by.id,
        made=now,
    )
    create(row, by=by, now=now)
    return secret


@transaction.atomic
def revoke_feed(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Revoke an address of the calendar: one's own, or any for who may invite people."""
    workspace = workspace_to("read", slug, by=by, now=now)
    own = CalendarFeed.objects.filter(workspace_id=workspace.id, pk=number, by_id=by.id)
    right = "read" if own.exists() else "invite"
    row = to_change(CalendarFeed, slug, number, by=by, now=now, right=right)
    change(row, {"revoked": row.revoked or now}, by=by, now=now)
