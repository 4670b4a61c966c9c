"""The network of partners: its organisations, its waves, and what a wave and a change say."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from courtepointe.core.errors import NotFound
from courtepointe.core.network import ego_view, trust_counts
from courtepointe.doors.site.gathering.deeds import Deed, page_of
from courtepointe.doors.site.space.frame import FORM, Space, keys, space_answer, space_page
from courtepointe.doors.site.space.partners_drawn import (
    coarse_rows,
    drawn_change,
    drawn_wave,
    share_rows,
)
from courtepointe.doors.site.space.partners_forms import (
    ChangedPartnerForm,
    PartnerForm,
    WaveForm,
)
from courtepointe.engagement.partners.access import sees_ties, ties_to
from courtepointe.engagement.partners.actions import (
    add_partner,
    change_partner,
    close_wave,
    open_wave,
)
from courtepointe.engagement.partners.queries import (
    network_in,
    network_of,
    partner_of,
    partners_of,
    public_figures,
    wave_of,
    waves_of,
)
from courtepointe.engagement.partners.values import WaveSeen
from courtepointe.formats.ties import vocabulary

HERE = "space_network"
PAGES = "../space/"


@space_page("read", methods=FORM)
def listing(request: HttpRequest, space: Space) -> HttpResponseBase:
    """List the organisations and the waves; add one, open one."""
    slug = space.seen.slug

    def add(typed: dict[str, Any]) -> None:
        add_partner(slug, **typed, **keys(space))

    def begin(typed: dict[str, Any]) -> str:
        return space.address("space_wave", number=open_wave(slug, **typed, **keys(space)))

    deeds = [
        Deed("add", _("Add this organisation"), add, PartnerForm, _("Add an organisation")),
        Deed("open", _("Open this wave"), begin, WaveForm, _("Open a wave of the survey")),
    ]

    def draw() -> dict[str, Any]:
        waves = waves_of(space.seen.id)
        return {
            "partners": partners_of(space.seen.id),
            "waves": list(zip(waves[::-1], [*waves[-2::-1], None], strict=True)) if waves else [],
            "sees_ties": sees_ties(space.seen.rights),
        }

    return page_of(request, space, f"{PAGES}partners.html", deeds, draw, here=HERE)


@space_page("write", methods=FORM)
def partner(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Change an organisation."""
    seen = partner_of(space.seen.id, number)

    def change(typed: dict[str, Any]) -> str:
        change_partner(space.seen.slug, number, **typed, **keys(space))
        return space.address(HERE)

    begun = {"name": seen.name, "sector": seen.sector, "active": seen.active}
    form = partial(ChangedPartnerForm, initial=begun)
    deeds = [Deed("change", _("Keep the change"), change, form)]
    return page_of(request, space, f"{PAGES}partners_one.html", deeds, lambda: {"partner": seen}, here=HERE)  # fmt: skip


@space_page("read", methods=FORM)
def wave(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Show a wave: drawn and told to who may read its ties, in shares that tell of nobody to the others."""
    seen = wave_of(space.seen.id, number)

    def close(typed: dict[str, Any]) -> None:
        close_wave(space.seen.slug, number, **keys(space))

    deeds = [] if seen.closed else [Deed("close", _("Close the wave"), close)]

    def draw() -> dict[str, Any]:
        if sees_ties(space.seen.rights):
            return _whole(space, seen)
        told = public_figures(space.seen.id, seen)
        return {"wave": seen, "shares": coarse_rows(told, lang=space.lang)}

    return page_of(request, space, f"{PAGES}partners_wave.html", deeds, draw, here=HERE)


def _whole(space: Space, seen: WaveSeen) -> dict[str, Any]:
    held = network_of(space.seen.id, seen, with_trust=space.may("trust"))
    waves = waves_of(space.seen.id)
    others = [network_of(space.seen.id, one) for one in waves if one.number != seen.number]
    made = drawn_wave(held, [*others, held], lang=space.lang)
    former = [one for one in waves if one.opened < held.wave.opened]
    return {
        "wave": seen,
        "made": made,
        "former": former,
        "trust": _trust(held.trusted, space) if space.may("trust") else None,
    }


def _trust(trusted: Any, space: Space) -> list[tuple[str, int]]:
    """Count the ties by trust, the least first, those that say nothing last."""
    levels = vocabulary().trusts[space.lang]
    counts = trust_counts(trusted, n_levels=len(levels)).tolist()
    return [*zip(levels, counts[1:], strict=True), (_("not said"), counts[0])]


@space_page("read")
def change(request: HttpRequest, space: Space, number: int, before: int) -> HttpResponseBase:
    """Show what changed since an earlier wave."""
    ties_to(space.seen.slug, **keys(space))
    first, second = (network_in(space.seen.id, one) for one in (before, number))
    if first.wave.opened >= second.wave.opened:
        raise NotFound("unknown_wave")
    made = drawn_change(first, second, lang=space.lang)
    values = {"before": first.wave, "wave": second.wave, "drawn": made and made[0], "told": made and made[1]}  # fmt: skip
    return space_answer(request, space, "partners_change.html", values, here=HERE)


@space_page("read")
def own(request: HttpRequest, space: Space, number: int, partner: int) -> HttpResponseBase:
    """Show the network as one of its organisations may see it: to print and hand to it."""
    ties_to(space.seen.slug, **keys(space))
    held = network_in(space.seen.id, number)
    if partner not in held.numbers:
        raise NotFound("unknown_partner")
    view = ego_view(held.trusted.network, held.numbers.index(partner), sectors=held.sectors)
    words = vocabulary()
    kinds = ["", *(told[space.lang] for told in words.kinds.values())]
    often = ["", *words.frequencies[space.lang]]
    values = {
        "wave": held.wave,
        "name": held.names[view.node],
        "view": view,
        "ties": [(held.names[t.partner], kinds[t.kind], often[t.frequency]) for t in view.ties],
        "counts": (
            (_("Organisations named, over all"), view.n_named.value),
            (_("In the same sector"), view.n_named_inside.value),
            (_("In another sector"), view.n_named_across.value),
            (_("Organisations that name this one"), view.n_naming_it.value),
        ),
        "shares": share_rows(view.shares, lang=space.lang),
    }
    return space_answer(request, space, "partners_own.html", values, here=HERE)
