"""What this installation itself counts of a portrait's territory, ready to be kept as observations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.territories import area_of
from courtepointe.engagement.protect import alone
from courtepointe.engagement.queries.activities import past_activities
from courtepointe.engagement.queries.volunteers import pivots, volunteer_counts
from courtepointe.hubs.queries.hubs import hub, hubs
from courtepointe.places.access import audience_of
from courtepointe.places.queries.directories import directory_of
from courtepointe.portraits.resilience.numbers import NewObservation
from courtepointe.portraits.resilience.values import PortraitSeen

YEAR = timedelta(days=365)
GONE = ("cancelled",)


def counts_of(space: Space, seen: PortraitSeen) -> Mapping[str, NewObservation]:
    """Count what this installation knows itself, by the words of ``known:``; a few people are not told."""
    found = area_of(seen)
    people = None if found is None else found[1].figure("population").value
    today = localdate(space.now)
    living = [one for one in hubs(space.seen, now=space.now) if one.status != "ended"]
    every = [hub(space.seen, one.number, now=space.now) for one in living]
    held = [
        one for told in every for one in told.exercises if today - YEAR < one.told.held <= today
    ]
    past = [
        one for one in past_activities(space.seen, now=space.now)
        if one.state not in GONE and one.starts > space.now - YEAR
    ]  # fmt: skip
    records = directory_of(space.seen.id, audience_of(space.seen))
    trained = sum(one.training == "valid" for one in pivots(space.seen, now=space.now))
    plain = {
        "hubs_ready": sum(bool(one.reached) for one in living),
        "exercises": len(held),
        "agreements": sum(len(told.agreements) for told in every),
        "gatherings": len(past),
    }
    per_people = {
        "organisations": len(records.of("organization")),
        "open_places": len(records.of("location")),
        "volunteers": volunteer_counts(space.seen, now=space.now).all,
        "trained": alone(trained),
    }
    period, source = today.isoformat(), _("Counted in this workspace")
    return {
        code: NewObservation(period, source, float(n), interval="exact")
        for code, n in plain.items()
    } | {code: _per_1000(n, people, period, source) for code, n in per_people.items()}


def _per_1000(n: int | None, people: float | None, period: str, source: str) -> NewObservation:
    if n is None:
        return NewObservation(period, source, status="suppressed")
    if not people:
        return NewObservation(period, source, status="not_available")
    return NewObservation(
        period, source, 1_000.0 * n / people, numerator=float(n), denominator=people, interval="exact"
    )  # fmt: skip
