"""What a partner shows of its assets, by an agreement."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from courtepointe.doors.site.space.assets_told import told
from courtepointe.doors.site.space.frame import Space
from courtepointe.people.access import Received
from courtepointe.places.assets.queries import received


def shown_assets(request: HttpRequest, space: Space, found: Received) -> dict[str, Any]:
    """List what was contributed to be seen by partners."""
    return {"found": [told(one, lang=space.lang) for one in received(found)]}
