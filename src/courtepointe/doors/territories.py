"""What the served atlas says of a territory on which a workspace stands, ready to be kept as observations."""

from __future__ import annotations

from collections.abc import Mapping

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.values import AreaKey, Portrait
from courtepointe.core.errors import CourtepointeError, NotFound, Refused
from courtepointe.doors.served import Served, served
from courtepointe.portraits.resilience import lens
from courtepointe.portraits.resilience.framework import groups
from courtepointe.portraits.resilience.lens import GroupSeen
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


def groups_of(seen: PortraitSeen) -> Mapping[str, GroupSeen]:
    """Say what the atlas served counts of each group of the lens in the portrait's territory."""
    figures = figures_of(area_of(seen))
    return {code: lens.counted(one, figures) for code, one in groups().items()}


def figures_of(found: tuple[Served, Portrait] | None) -> lens.Figures:
    """Give the figures of an area by code: none where the atlas has none."""

    def figure(code: str) -> Figure | None:
        try:
            return None if found is None else found[1].figure(code)
        except NotFound:
            return None

    return figure


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
