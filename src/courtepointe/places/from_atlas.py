"""The places of an atlas that lie in a workspace's territories, as a directory to take in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import shapely
from django.utils.timezone import localdate

from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.areas import to_metres
from courtepointe.core.errors import Refused
from courtepointe.formats.hsds import Directory
from courtepointe.people.access import workspace_to
from courtepointe.people.queries import territories_of
from courtepointe.people.values import Person
from courtepointe.places.areas import ground
from courtepointe.places.belongs import owner_of, point_of
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
    within = _ground(workspace.id, pack, now)
    return gathered(pack, layers, within=within, province=PROVINCE, country=COUNTRY)


def only_there(workspace_id: int, pack: Pack, directory: Directory, *, now: datetime) -> Directory:
    """Keep the places that lie in a workspace's territories, and those that have no position.

    Raises
    ------
    Refused
        ``territories_needed``.
    """
    within = _ground(workspace_id, pack, now)
    shapely.prepare(within)
    transform = to_metres(pack).transform
    gone = {
        ("location", one.id)
        for one in directory.of("location")
        if (point := point_of(one.values)) and not shapely.intersects_xy(within, *transform(*point))
    }
    kept = {
        table: tuple(
            one for one in some if (table, one.id) not in gone and owner_of(one) not in gone
        )
        for table, some in directory.records.items()
    }
    return Directory({table: some for table, some in kept.items() if some})


def _ground(workspace_id: int, pack: Pack, now: datetime) -> shapely.Geometry:
    held = territories_of(workspace_id, on=localdate(now))
    within = ground(pack, [one.area_key for one in held if one.atlas_code == pack.recipe.code])
    if within.is_empty:
        raise Refused("territories_needed")
    return within


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
