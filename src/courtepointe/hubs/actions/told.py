"""What several writes of hubs ask of what they are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.timezone import localdate

from courtepointe.core.errors import BadInput
from courtepointe.hubs.kinds import known
from courtepointe.hubs.models import Hub, HubPage
from courtepointe.people.actions import change, create
from courtepointe.people.values import Person

Line = TypeVar("Line", bound=Model)


def past(day: date, *, now: datetime) -> date:
    """Give a day that is not to come, or raise `BadInput` ``hub_future_day``."""
    if day > localdate(now):
        raise BadInput("hub_future_day", value=day, expected=localdate(now))
    return day


def past_or_none(day: date | None, *, now: datetime) -> date | None:
    """Give a day that is not to come, where one is given; raise as `past`."""
    return None if day is None else past(day, now=now)


def verified(on: date | None, verifier: str, *, now: datetime) -> dict[str, Any]:
    """Give when something was verified, and by which role: both or neither.

    Raises
    ------
    BadInput
        ``hub_verifier``, ``hub_future_day``, ``hub_unknown_kind``.
    """
    if (on is None) != (not verifier):
        raise BadInput("hub_verifier")
    told = known("verifiers", verifier) if verifier else ""
    return {"verified_on": past_or_none(on, now=now), "verifier": told}


def put(
    kind: type[Line], hub: Hub, key: Mapping[str, str], told: Mapping[str, Any], *, by: Person, now: datetime
) -> int:  # fmt: skip
    """Write a line of a hub in place of the one with the same key; give its number."""
    row = kind._default_manager.select_for_update().filter(hub=hub, **key).first()
    if row is not None:
        return int(change(row, told, by=by, now=now).pk)
    made = kind(workspace_id=hub.workspace_id, hub=hub, **key, **told)
    return int(create(made, by=by, now=now).pk)


def close_page(row: Hub, *, by: Person, now: datetime) -> bool:
    """Close the page of a hub that was gated; say whether it was open."""
    page = HubPage.objects.select_for_update().filter(hub=row).exclude(shown_since=None).first()
    if page is not None:
        change(page, {"shown_since": None, "shown_by_id": None}, by=by, now=now)
    return page is not None
