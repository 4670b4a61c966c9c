"""What a hub prints: the sign for its door, the list of its box, its role cards."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate

from courtepointe.doors.faces import paper_faces
from courtepointe.doors.site.hubs.shown import is_shown
from courtepointe.doors.site.hubs.telling import capital, named
from courtepointe.doors.site.space.frame import Space, space_page
from courtepointe.hubs.kinds import roles, units
from courtepointe.hubs.queries.hubs import hub
from courtepointe.hubs.values import HubSeen
from courtepointe.press.hubs import (
    BoxLine,
    HubBox,
    HubSign,
    RoleCard,
    RoleCards,
    write_box,
    write_cards,
    write_sign,
)
from courtepointe.press.numbers import number as number_text


@space_page("read")
def sign(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Print the sign of a hub."""
    seen, lang = hub(space.seen, number, now=space.now), space.lang
    made = HubSign(
        name=seen.told.name,
        workspace=space.seen.name,
        mark=space.seen.slug,
        made=localdate(space.now),
        address=next((one.told.address for one in seen.members if one.told.address), ""),
        host=seen.host,
        link=_link(request, seen),
        here=_here(seen, lang),
        opens=_opens(seen),
    )
    return _pdf(write_sign(made, lang=lang, fonts=paper_faces()), f"pole-{number}.pdf")


def _link(request: HttpRequest, seen: HubSeen) -> str:
    """Give where the sign leads: what the hub says, else its public page, else its place’s, else nothing."""
    if seen.told.link:
        return seen.told.link
    if seen.page is not None and is_shown(seen):
        return request.build_absolute_uri(reverse("hub_shown", args=[seen.page.name]))
    uid = next((one.told.uid for one in seen.members if one.told.uid), "")
    return request.build_absolute_uri(reverse("place", args=[uid])) if uid else ""


def _here(seen: HubSeen, lang: str) -> tuple[str, ...]:
    """Say what the hub has: capacities with their numbers, then what its place has."""
    counted = [
        f"{capital(named('capacities', one.told.code, lang=lang))} ({number_text(one.told.maximum, lang=lang)} {units()[one.told.code].in_(lang)})"
        for one in seen.capacities
        if one.told.maximum
    ]  # fmt: skip
    facts = [named("facts", one.told.code, lang=lang) for one in seen.facts if one.told.has]
    return (*counted[:6], *([capital(", ".join(facts))] if facts else []))


def _opens(seen: HubSeen) -> tuple[str, ...]:
    told = next((one.told.criteria for one in seen.modes if one.told.mode == "disruption"), "")
    return tuple(line.strip() for line in told.splitlines() if line.strip())[:5]


@space_page("read")
def box(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Print the list of a hub's box."""
    seen, lang = hub(space.seen, number, now=space.now), space.lang
    lines = tuple(
        BoxLine(
            one.told.name or capital(named("kit", one.told.code, lang=lang)),
            one.told.wanted,
            one.told.checked_on,
            one.told.expires,
        )
        for one in seen.kit
    )
    made = HubBox(seen.told.name, space.seen.name, space.seen.slug, localdate(space.now), lines)
    return _pdf(write_box(made, lang=lang, fonts=paper_faces()), f"pole-{number}-boite.pdf")


@space_page("read")
def cards(request: HttpRequest, space: Space, number: int) -> HttpResponseBase:
    """Print the role cards of a hub."""
    seen, lang = hub(space.seen, number, now=space.now), space.lang
    held = tuple(
        RoleCard(
            capital(role.name.in_(lang)),
            role.card.in_(lang),
            tuple(one.in_(lang) for one in role.first),
            tuple(one.in_(lang) for one in role.stop),
        )
        for role in roles().values()
    )
    made = RoleCards(seen.told.name, space.seen.name, localdate(space.now), held)
    return _pdf(write_cards(made, lang=lang, fonts=paper_faces()), f"pole-{number}-cartes.pdf")


def _pdf(content: bytes, name: str) -> HttpResponseBase:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
