"""Notes of what happened are added; none is changed or taken away."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.engagement.programme.access import card_to, run_to
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
    """Add a note on a stage or on the whole; an error is set right by a note that names the first."""
    run = run_to("contribute", slug, by=by, now=now)
    if card is not None:
        card_to("contribute", slug, card, by=by, now=now)
    if not text.strip():
        raise BadInput("programme_field_needed", column="text")
    if on > localdate(now):
        raise BadInput("day_to_come", value=on)
    if corrects is not None and not News.objects.filter(pk=corrects, run=run, card=card).exists():
        raise NotFound("unknown_programme_record")
    row = News(
        workspace_id=run.workspace_id,
        run=run,
        card_id=card,
        on=on,
        text=text.strip(),
        by_id=by.id,
        written=now,
        corrects_id=corrects,
    )
    return create(row, by=by, now=now).pk
