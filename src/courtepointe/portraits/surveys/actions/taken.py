"""What closed surveys found becomes observations of the portrait's indicators."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtepointe.people.access import workspace_to
from courtepointe.people.actions import new_batch
from courtepointe.people.values import Person
from courtepointe.portraits.resilience.access import portrait_to_fill
from courtepointe.portraits.resilience.actions import observe_many
from courtepointe.portraits.resilience.numbers import NewObservation
from courtepointe.portraits.surveys.queries import results_to_take
from courtepointe.portraits.surveys.values import Observation

PERCENT = 100.0


@transaction.atomic
def take_results(slug: str, portrait: int, *, by: Person, now: datetime) -> int:
    """Keep what a portrait's closed surveys found of its chosen indicators; give how many observations are new.

    A group of which a survey does not tell the share is kept without a value, as suppressed: an older
    share of it does not stand beside a newer one of everybody. What was taken is not taken twice.
    """
    portrait_to_fill(slug, portrait, by=by, now=now)
    seen = workspace_to("write", slug, by=by, now=now)
    some = [(code, _told(one)) for code, one in results_to_take(seen, portrait)]
    return observe_many(slug, portrait, some, by=by, now=now, batch=new_batch()) if some else 0


def _told(one: Observation) -> NewObservation:
    day = one.day.isoformat()
    if one.share is None or one.low is None or one.high is None:
        return NewObservation(
            day, one.name, group=one.group, status="suppressed", digest=one.mark
        )  # fmt: skip
    low, value, high = (PERCENT * end for end in (one.low, one.share, one.high))
    return NewObservation(
        day, f"{one.name} (n = {one.n})", value, one.group, low=low, high=high,
        interval="wilson", status="answered", digest=one.mark,
    )  # fmt: skip
