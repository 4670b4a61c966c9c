"""What is read together of a dimension, on its page of the portrait."""

from __future__ import annotations

from typing import Any

from courtepointe.doors.site.readings.telling import side_told, votes_told
from courtepointe.doors.site.space.frame import Space
from courtepointe.portraits.readings.queries import readings_of, replies_shown, workshops_of
from courtepointe.portraits.readings.queries.sides import sides_of
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.values import PortraitSeen


def what_is_read(space: Space, portrait: PortraitSeen, dimension: Dimension) -> dict[str, Any]:
    """Give what the section says of a dimension."""
    code = dimension.code
    side = sides_of(space.seen, portrait, now=space.now)[code]
    return {
        "one": side_told(side, readings_of(portrait).get(code), lang=space.lang),
        "votes": votes_told(workshops_of(portrait, now=space.now), code, lang=space.lang)[:1],
        "replies": replies_shown(portrait, now=space.now).get(code, ()),
    }
