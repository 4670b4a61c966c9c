"""One priority: why, from what, and the actions that answer it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.plans.forms import AFTER, PriorityChange
from courtepointe.doors.site.plans.frame import (
    HERE,
    PAGES,
    names_of,
    place_of,
    places,
)
from courtepointe.doors.site.plans.grounded import ground_deeds
from courtepointe.doors.site.plans.listed import new_priority
from courtepointe.doors.site.plans.rewriting import rewriting
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_page
from courtepointe.plans.actions.priorities import change_priority, end_priority
from courtepointe.plans.queries.actions import actions, priority
from courtepointe.plans.queries.grounds import grounds_of
from courtepointe.portraits.resilience.queries import portrait


@space_page("read", methods=FORM)
def one(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a priority, what it comes from and what answers it; say it otherwise, set it aside."""
    seen, slug, k = priority(space.seen, number), space.seen.slug, keys(space)

    def change(typed: dict[str, Any], *, after: str) -> None:
        change_priority(slug, number, new_priority(typed), after=after, **k)

    def end(_typed: dict[str, Any]) -> None:
        end_priority(slug, number, **k)

    begun = {"statement": seen.statement, "why": seen.why, "place": place_of(seen.dimension, seen.part), AFTER: seen.mark}  # fmt: skip
    form = partial(PriorityChange, places=places(space), initial=begun)
    deeds = ground_deeds(space, "priority", number, seen.portrait)
    deeds.append(
        rewriting(
            "change", _("Keep the change"), change, form, _("Say it otherwise"), lang=space.lang
        )
    )
    if seen.ended is None:
        deeds.append(Deed("end", _("Set this priority aside"), end, title=_("Set aside")))

    def draw() -> dict[str, Any]:
        found = priority(space.seen, number)
        return {
            "priority": found,
            "portrait": portrait(space.seen, found.portrait),
            "names": names_of(space),
            "grounds": grounds_of(space.seen, "priority", number, now=space.now, lang=space.lang),
            "actions": actions(space.seen, now=space.now, priority=number),
        }

    return page_of(request, space, f"{PAGES}priority.html", deeds, draw, here=HERE)
