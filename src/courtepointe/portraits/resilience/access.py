"""The one gate: a row of a workspace's resilience portraits to whoever may change it."""

from __future__ import annotations

from datetime import datetime

from courtepointe.core.errors import Refused
from courtepointe.people.access import Gate
from courtepointe.people.values import Person
from courtepointe.portraits.resilience.models import Indicator, OwnPart, ResiliencePortrait

GATE = Gate(
    {
        Indicator: "unknown_resilience_indicator",
        OwnPart: "unknown_own_part",
        ResiliencePortrait: "unknown_resilience_portrait",
    }
)
row_of, to_change = GATE.row_of, GATE.to_change


def portrait_to_fill(
    slug: str, number: int, *, by: Person, now: datetime, right: str = "write"
) -> ResiliencePortrait:
    """Give a portrait, locked, that is open; or raise as `to_change`, or `Refused` ``portrait_closed``."""
    row = to_change(ResiliencePortrait, slug, number, by=by, now=now, right=right)
    if row.closed is not None:
        raise Refused("portrait_closed")
    return row


def indicator_to_fill(slug: str, number: int, *, by: Person, now: datetime) -> Indicator:
    """Give an indicator of an open portrait, both locked; or raise as `portrait_to_fill`.

    The portrait is locked first, as by whoever chooses indicators or closes: two who lock in two orders wait for
    each other.
    """
    there = Indicator.objects.filter(pk=number, workspace__slug=slug)
    portrait = there.values_list("portrait_id", flat=True).first()
    if portrait is not None:
        portrait_to_fill(slug, portrait, by=by, now=now)
    return to_change(Indicator, slug, number, by=by, now=now)
