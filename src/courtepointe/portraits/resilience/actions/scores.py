"""Scores are kept when an edition closes, or when somebody asks; the next edition takes over what is counted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtepointe.people.actions import create, create_many
from courtepointe.people.values import Person
from courtepointe.portraits.resilience.access import portrait_to_fill
from courtepointe.portraits.resilience.models import (
    Goalposts,
    Indicator,
    ResiliencePortrait,
    ScoreRow,
)
from courtepointe.portraits.resilience.queries.numbers import reckoned


@transaction.atomic
def keep_scores(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Keep what the numbers of an open portrait say today, with what they rest on."""
    keep_scores_of(portrait_to_fill(slug, number, by=by, now=now), by=by, now=now)


def keep_scores_of(row: ResiliencePortrait, *, by: Person, now: datetime) -> None:
    """Keep the numbers of a portrait that somebody holds; dimensions without an indicator are not kept."""
    found = reckoned(row.workspace_id, row.pk)
    for code, numbers in found.numbers.items():
        if numbers.n_used + numbers.n_missing == 0:
            continue
        kept = ScoreRow(
            workspace_id=row.workspace_id,
            portrait=row,
            dimension=code,
            made=now,
            **found.kept(code),
        )
        create(kept, by=by, now=now)


def take_over(before: ResiliencePortrait, after: ResiliencePortrait, *, by: Person, now: datetime) -> None:  # fmt: skip
    """Have an edition count what the one before counted, with the same goalposts; what was found is not copied."""
    for row in before.indicators.order_by("pk"):
        lines = list(Goalposts.objects.filter(indicator=row).order_by("since", "pk"))
        fields = {
            field.attname: getattr(row, field.attname)
            for field in Indicator._meta.concrete_fields
            if field.name not in ("id", "portrait")
        }
        made = create(Indicator(**fields, portrait=after), by=by, now=now)
        copies = [
            Goalposts(
                workspace_id=line.workspace_id,
                indicator=made,
                low=line.low,
                high=line.high,
                polarity=line.polarity,
                why_fr=line.why_fr,
                why_en=line.why_en,
                since=line.since,
            )
            for line in lines
        ]
        create_many(copies, by=by, now=now)
