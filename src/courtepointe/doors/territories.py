"""What the served atlas says of a territory on which a workspace stands, ready to be kept as observations."""

from __future__ import annotations

from courtepointe.atlas.query.values import AreaKey, Portrait
from courtepointe.core.errors import CourtepointeError, Refused
from courtepointe.doors.served import Served, served
from courtepointe.portraits.resilience.numbers import Taken
from courtepointe.portraits.resilience.values import PortraitSeen


def area_of(seen: PortraitSeen) -> tuple[Served, Portrait] | None:
    """Give the atlas served and what it says of the portrait's territory; nothing where it does not know it."""
    place = seen.territory
    if place is None:
        return None
    try:
        held = served()
        if held.pack.recipe.code != place.atlas_code:
            return None
        return held, held.atlas.portrait(AreaKey.parse(place.area_key))
    except CourtepointeError:
        return None


def taken_from(seen: PortraitSeen) -> Taken:
    """Give the figures of the portrait's territory, or raise `Refused` ``resilience_other_atlas``."""
    found = area_of(seen)
    if found is None or seen.territory is None:
        raise Refused("resilience_other_atlas")
    held, area = found
    named = {one.code: one.publisher for one in held.pack.recipe.sources}
    sources = {
        figure.indicator: ", ".join(dict.fromkeys(named.get(code, code) for code in figure.sources))
        for figure in area.figures
    }
    place = seen.territory
    return Taken(place.atlas_code, place.area_key, held.pack.content_hash, area.figures, sources)
