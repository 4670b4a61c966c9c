"""What a neighbourhood shows of its resilience profile by an agreement: what its people validated."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from courtepointe.doors.site.readings.compare_told import CellTold, cell_told
from courtepointe.doors.site.space.frame import Space
from courtepointe.people.access import Received
from courtepointe.portraits.readings.queries.profiles import profile_shown
from courtepointe.portraits.resilience.framework import dimensions


def shown_profile(request: HttpRequest, space: Space, found: Received) -> dict[str, Any]:
    """List the dimensions as they stood when they were validated, with their readings and the replies beside."""
    profile = profile_shown(found.owner_id, found.agreement, now=space.now)
    told: list[tuple[str, CellTold]] = []
    if profile is not None:
        told = [
            (one.name.in_(space.lang), cell_told(profile, code, lang=space.lang))
            for code, one in dimensions().items()
        ]
    waiting = ", ".join(name for name, one in told if one.waits)
    return {
        "told": [one for one in told if not one[1].waits],
        "waiting": waiting,
        "profile": profile,
    }
