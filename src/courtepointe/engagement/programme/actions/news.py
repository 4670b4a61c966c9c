"""Notes of what happened are added; none is changed or taken away."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.engagement.programme.access import card_to, run_to
from courtepointe.engagement.programme.days import past
from courtepointe.engagement.programme.models import News
from courtepointe.people.actions import create
from courtepointe.people.values import Person


@transaction.atomic
def add_news(
    slug: str,
    *,
    card: int | None = None,
    on: date,
    text: str,
    corrects: int | None = None,
    by: Person,
    now: datetime,
) -> int:
    """Add a note on a stage or on the whole; an error is set right by a note that names the first.

    A note that its author sends twice is the same note: none could be taken away after.
    """
    run = run_to("contribute", slug, by=by, now=now)
    if card is not None:
        card_to("contribute", slug, card, by=by, now=now)
    if not text.strip():
        raise BadInput("programme_field_needed", column="text")
    past(on, today=localdate(now))
    if corrects is not None and not News.objects.filter(pk=corrects, run=run, card=card).exists():
        raise NotFound("unknown_programme_record")
    told = {
        "card_id": card,
        "on": on,
        "text": text.strip(),
        "by_id": by.id,
        "corrects_id": corrects,
    }
    held = News.objects.filter(run=run, **told).first()
    if held is not None:
        return held.pk
    row = News(workspace_id=run.workspace_id, run=run, written=now, **told)
    return create(row, by=by, now=now).pk
