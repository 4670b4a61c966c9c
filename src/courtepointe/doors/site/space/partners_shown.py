"""What a partner shows of its network by an agreement: figures that tell of nobody, and no tie."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.space.partners_drawn import coarse_rows
from courtepointe.engagement.partners.queries import figures_shown
from courtepointe.people.access import Received


def shown_network(request: HttpRequest, space: Space, found: Received) -> dict[str, Any]:
    """List the figures of each closed wave."""
    waves = figures_shown(found.owner_id)
    return {"waves": [(one, coarse_rows(one, lang=space.lang)) for one in waves]}
