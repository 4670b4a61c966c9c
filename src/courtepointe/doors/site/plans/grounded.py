"""What a priority or an action comes from, as its page says and takes it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from courtepointe.doors.site.gathering.deeds import Deed, row_deed
from courtepointe.doors.site.hubs.telling import capital
from courtepointe.doors.site.plans.forms import PickForm
from courtepointe.doors.site.plans.frame import word
from courtepointe.doors.site.space.frame import Space, keys
from courtepointe.plans.actions.grounds import ground, unground
from courtepointe.plans.queries.grounds import groundable


def ground_deeds(space: Space, of: str, number: int, portrait: int) -> list[Deed]:
    """Give what may be done with what a priority or an action comes from."""
    slug, k = space.seen.slug, keys(space)

    def say(typed: dict[str, Any]) -> None:
        kind, _colon, source = typed["what"].partition(":")
        ground(slug, of, number, kind, int(source), **k)

    held = groundable(space.seen, portrait, now=space.now, lang=space.lang) if space.may("write") else {}  # fmt: skip
    groups = [
        (capital(word("grounds", kind, lang=space.lang)), [(f"{kind}:{n}", name) for n, name in those])
        for kind, those in held.items() if those
    ]  # fmt: skip
    deeds = [row_deed("unground", _("Take back"), lambda n: unground(slug, n, **k))]
    if groups:
        pick = partial(PickForm, label=_("Reading or words"), groups=groups)
        deeds.append(Deed("ground", _("Say that it comes from there"), say, pick, _("Say where it comes from")))  # fmt: skip
    return deeds
