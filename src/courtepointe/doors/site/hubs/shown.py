"""A hub is shown to everyone, or hidden again: what its page in the workspace offers."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed
from courtepointe.doors.site.hubs.forms import ShownForm
from courtepointe.doors.site.space.frame import Space, keys
from courtepointe.hubs.actions.shown import hide_hub, show_hub
from courtepointe.hubs.shown import NewPage
from courtepointe.hubs.values import HubSeen


def is_shown(seen: HubSeen) -> bool:
    """Say whether everyone sees a hub: its page is open, and it did not end."""
    return seen.page is not None and seen.page.since is not None and seen.told.status != "ended"


def shown_deeds(space: Space, seen: HubSeen) -> list[Deed]:
    """Offer to show a hub to everyone, to change what its page says, to hide it."""

    def show(typed: dict[str, Any]) -> None:
        show_hub(space.seen.slug, seen.number, NewPage(**typed), **keys(space))

    def hide(typed: dict[str, Any]) -> None:
        hide_hub(space.seen.slug, seen.number, **keys(space))

    form = partial(ShownForm, initial={} if seen.page is None else asdict(seen.page.told))
    if not is_shown(seen):
        if seen.told.status == "ended":
            return []
        return [Deed("show", _("Show it to everyone"), show, form, _("Show this hub to everyone"))]
    return [
        Deed("show", _("Keep these words"), show, form, _("Change what the public page says")),
        Deed("hide", _("Hide it at once"), hide, title=_("Hide this hub from everyone")),
    ]
