"""A contribution is withdrawn: it is emptied, and so is what the history told of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from courtepointe.people.actions import change, forget_in_history, remove
from courtepointe.people.values import Person
from courtepointe.places.assets.access import contribution_to_review, own_contribution
from courtepointe.places.assets.kept import EMPTY
from courtepointe.places.assets.models import Contribution, ContributionPhoto


@transaction.atomic
def withdraw(number: int, *, by: Person, now: datetime) -> None:
    """Withdraw one's own contribution, at any time, a member still or not any more."""
    empty(own_contribution(number, by=by), by=by, now=now)


@transaction.atomic
def withdraw_for(slug: str, number: int, *, by: Person, now: datetime) -> None:
    """Withdraw a contribution as its contributor asked the team to: telephones have no account."""
    empty(contribution_to_review(slug, number, by=by, now=now), by=by, now=now)


def empty_all(rows: QuerySet[Contribution], *, by: Person, now: datetime) -> dict[str, int]:
    """Empty contributions whose person asked for it; give how many of each kind ended."""
    kept = rows.exclude(state=Contribution.State.WITHDRAWN).select_for_update()
    numbers = list(kept.values_list("pk", flat=True))
    photos = ContributionPhoto.objects.filter(contribution__in=numbers).count()
    for row in kept:
        empty(row, by=by, now=now)
    counts = {Contribution._meta.label_lower: len(numbers)}
    return counts | ({ContributionPhoto._meta.label_lower: photos} if photos else {})


def empty(row: Contribution, *, by: Person, now: datetime) -> None:
    """Empty a contribution, destroy its photographs, and empty the lines that tell of both.

    What stays: that something was contributed and withdrawn, when, and the identifiers of the filled
    form, so that the same file does not bring it back.
    """
    photos = list(ContributionPhoto.objects.filter(contribution_id=row.pk))
    keys = [photo.pk for photo in photos]
    for photo in photos:
        remove(photo, by=by, now=now)
    gone = {"state": Contribution.State.WITHDRAWN, "consent_withdrawn": now, "merged_into_id": None}
    change(row, {**EMPTY, **gone}, by=by, now=now)
    for told_again in row.merged.filter(state=Contribution.State.MERGED):
        # What said the same thing may stand by itself: somebody looks again.
        change(told_again, {"state": "proposed", "merged_into_id": None}, by=by, now=now)
    forget_in_history(row._meta.label_lower, [row.pk])
    forget_in_history(ContributionPhoto._meta.label_lower, keys)
