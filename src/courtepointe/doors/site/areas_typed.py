"""An area that a person named in a form: its key, or a clear word about why none was taken."""

from __future__ import annotations

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.doors.served import Served

CERTAIN = 89.0
"""From here on a hit is the name itself, its code, an alias or its beginning (see `SearchHit`)."""


def area_typed(served: Served, text: str, *, lang: str) -> tuple[str, str]:
    """Find the area that a text names: its key and its name.

    Raises
    ------
    NotFound
        ``no_area_named``.
    BadInput
        ``several_areas_named``: the page then offers them.
    """
    atlas = served.atlas
    if text.count(":") == 2:
        key = atlas.find(text)
        hits = [hit for hit in atlas.search(key.code, limit=50) if hit.key == key]
        return str(key), hits[0].name.in_(lang) if hits else key.code
    found = atlas.search(text[:200], limit=8)
    if not found:
        raise NotFound("no_area_named", value=text[:80])
    if (len(found) > 1 and found[0].score - found[1].score < 1) or found[0].score < CERTAIN:
        raise BadInput("several_areas_named", value=text[:80])
    return str(found[0].key), found[0].name.in_(lang)
