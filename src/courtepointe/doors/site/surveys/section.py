"""What surveys say on the page of a dimension."""

from __future__ import annotations

from typing import Any

from courtepointe.doors.site.space.frame import Space
from courtepointe.doors.site.surveys.told import told_of
from courtepointe.portraits.resilience.framework import Dimension
from courtepointe.portraits.resilience.values import PortraitSeen
from courtepointe.portraits.surveys.queries import latest_results, surveys
from courtepointe.portraits.surveys.values import State

TEMPLATE = "site/surveys/parts/section.html"


def values(space: Space, seen: PortraitSeen, dimension: Dimension) -> dict[str, Any]:
    """Give what the portrait's closed surveys found of a dimension, and how many are open."""
    held, counted = surveys(space.seen, seen.number), latest_results(space.seen, seen.number)
    told = []
    for one in held:
        found = counted.get(one.number)
        if found is None:
            continue
        lines = told_of(one, found[0], {}, lang=space.lang)
        of = {asked.code for asked in one.questions if asked.dimension == dimension.code}
        kept = [line for line in lines if line.code in of and line.is_told and line.lead]
        if kept:
            told.append((one, kept))
    return {"told": told, "n_open": sum(one.state is State.OPEN for one in held), "portrait": seen}
