"""How many contributions rest on which wording of the consent; who contributed is not told."""

from __future__ import annotations

from django.db.models import Count, Max, Min, Q

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.queries.consents import ConsentCount
from courtepointe.places.assets.models import Contribution
from courtepointe.places.collecting import field_forms


def consents_counted(workspace_id: int) -> tuple[ConsentCount, ...]:
    """Count a workspace's contributions by the wording that was agreed to; nothing but a withdrawal ends it."""
    gone = Q(state=Contribution.State.WITHDRAWN)
    rows = Contribution.objects.filter(workspace_id=workspace_id).values("form", "consent_version")
    told = rows.annotate(
        living=Count("pk", filter=~gone),
        withdrawn=Count("pk", filter=gone),
        first=Min("consent_on", filter=~gone),
        last=Max("consent_on", filter=~gone),
    )
    return tuple(
        ConsentCount(
            kind=Contribution._meta.label_lower,
            version=one["consent_version"],
            text=_text(one["form"], one["consent_version"]),
            living=one["living"],
            withdrawn=one["withdrawn"],
            first=one["first"],
            last=one["last"],
            next_end=None,
        )
        for one in told.order_by("form", "consent_version")
    )


def _text(form: str, version: str) -> Words | None:
    """Give what the form says of a version; a former one is no longer in it."""
    held = field_forms().get(form)
    if held is None or held.consent.version != version:
        return None
    return Words(held.consent.text["fr"], held.consent.text["en"])
