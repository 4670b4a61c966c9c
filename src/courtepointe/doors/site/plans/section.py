"""What stands of priorities and actions on the page of a dimension."""

from __future__ import annotations

from typing import Any

from courtepointe.doors.site.plans.frame import names_of
from courtepointe.doors.site.space.frame import Space
from courtepointe.plans.kinds import read_words
from courtepointe.plans.queries.actions import actions, priorities
from courtepointe.portraits.readings.queries.readings import readings_of
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.values import PortraitSeen


def of_dimension(space: Space, about: PortraitSeen, dimension: Dimension) -> dict[str, Any]:
    """Give the priorities and the actions of a dimension, and what was read of it."""
    reading = readings_of(about).get(dimension.code)
    first = priorities(space.seen, portrait=about.number)
    return {
        "priorities": [one for one in first if one.dimension == dimension.code],
        "actions": actions(
            space.seen, now=space.now, portrait=about.number, dimension=dimension.code
        ),
        "names": names_of(space),
        "read": reading.state if reading is not None and reading.state in read_words() else "",
    }
