"""The places of an atlas that lie in a workspace's territories, as a directory to take in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from courtepointe.atlas.pack.values import Pack
from courtepointe.core.errors import Refused
from courtepointe.formats.hsds import Directory
from courtepointe.people.access import workspace_to
from courtepointe.people.queries import territories_of
from courtepointe.people.values import Person
from courtepointe.places.areas import ground
from courtepointe.places.gather import gathered

PROVINCE, COUNTRY = "QC", "CA"


def gathered_for(
    slug: str, pack: Pack, layers: Sequence[str] = (), *, by: Person, now: datetime
) -> Directory:
    """Give the places of some layers of an atlas, or of all, that lie in a workspace's territories.

    Raises
    ------
    Refused
        ``territories_needed``: the workspace stands on no area of this atlas.
    """
    workspace = workspace_to("write", slug, by=by, now=now)
    held = territories_of(workspace.id, on=localdate(now))
    keys = [one.area_key for one in held if one.atlas_code == pack.recipe.code]
    within = ground(pack, keys)
    if within.is_empty:
        raise Refused("territories_needed")
    return gathered(pack, layers, within=within, province=PROVINCE, country=COUNTRY)


def source_of_layer(pack: Pack, layer: str, *, lang: str) -> tuple[str, date | None]:
    """Give a layer's citation, and the last day of the time that its publisher gave it: 2020 is 2020-12-31."""
    code = next(one.source for one in pack.recipe.places if one.code == layer)
    source = next(one for one in pack.recipe.sources if one.code == code)
    return source.citation.in_(lang), last_day(source.date_published or "")


def last_day(text: str) -> date | None:
    """Read ``2020``, ``2020-06`` or ``2020-06-15`` as the last day of that time; None where it is none."""
    parts = text.split("-")
    try:
        if len(parts) == 3:
            return date.fromisoformat(text)
        year, month = int(parts[0]), int(parts[1]) if len(parts) == 2 else 12
        first = date(year, month, 1)
    except ValueError:
        return None
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)
