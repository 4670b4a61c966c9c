"""What a workspace shows of its actions under an agreement."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from courtepointe.doors.site.space.frame import Space
from courtepointe.people.access import Received
from courtepointe.plans.queries.others import actions_shown


def shown_actions(request: HttpRequest, space: Space, found: Received) -> dict[str, Any]:
    """Give the actions that are more than ideas, with what was expected and seen; nobody who leads them."""
    return {"actions": actions_shown(found.owner_id)}
