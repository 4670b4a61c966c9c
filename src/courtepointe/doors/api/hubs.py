"""The hubs that workspaces show to everyone: what their public pages say, as data."""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from ninja import Query, Router
from pydantic import Field

from courtepointe.core.autonomy import Autonomy
from courtepointe.doors.api import schemas_of_hubs as schemas
from courtepointe.doors.api.answers import reply
from courtepointe.doors.api.asked import Asked, Offset, refuse_unknown
from courtepointe.doors.api.pages import absolute, link
from courtepointe.doors.api.problems import language
from courtepointe.doors.api.v1 import turns
from courtepointe.hubs.kinds import units, words_of
from courtepointe.hubs.queries.shown import shown_hub, shown_hubs
from courtepointe.hubs.shown import PublicHub

router = Router(tags=["JSON"])
PAGE, LARGEST_PAGE = 100, 1000


class AskedHubs(Asked):
    """A page of hubs."""

    limit: int = Field(
        PAGE, ge=1, description=f"More than {LARGEST_PAGE} is read as {LARGEST_PAGE}"
    )
    offset: Offset = 0


@router.get("/hubs", url_name="hubs_list", response=schemas.HubList)
def hubs(request: HttpRequest, asked: Query[AskedHubs]) -> HttpResponse:
    """List the hubs that are shown to everyone, by name; what is hidden is gone at once."""
    refuse_unknown(request, asked)
    found = shown_hubs(now=timezone.now())
    limit = min(asked.limit, LARGEST_PAGE)
    told = [_told(request, one) for one in found[asked.offset : asked.offset + limit]]
    links = turns(request, total=len(found), limit=limit, offset=asked.offset)
    return reply({"total": len(found), "hubs": told, "links": links})


@router.get("/hubs/{name}", url_name="hub", response=schemas.HubTold)
def hub(request: HttpRequest, name: str, asked: Query[Asked]) -> HttpResponse:
    """Describe a hub that is shown to everyone, by the end of its address."""
    refuse_unknown(request, asked)
    return reply(_told(request, shown_hub(name, now=timezone.now())))


def _told(request: HttpRequest, one: PublicHub) -> dict[str, Any]:
    lang = language(request)

    def worded(name: str, code: str) -> dict[str, str]:
        return {"code": code, "text": words_of(name)[code].in_(lang)}

    return {
        "name": one.name, "title": one.title, "workspace": one.workspace,
        "form": worded("forms", one.form), "status": worded("statuses", one.status),
        "aim": worded("levels", one.aim),
        "reached": worded("levels", one.reached) if one.reached else None,
        "about": one.about, "serves": one.serves, "host": one.host, "link": one.link,
        "opening": one.opening, "arriving": one.arriving, "opens": list(one.opens),
        "places": [_place(place) for place in one.places],
        "capacities": _capacities(one, lang),
        "facts": [
            {**worded("facts", fact.code), "has": fact.has, "verified_on": fact.verified_on.isoformat()}
            for fact in one.facts
        ],
        "parts": _parts(one),
        "autonomy": [_hours(season, found, lang) for season, found in one.autonomy.items()],
        "tested_on": one.tested_on.isoformat() if one.tested_on else None,
        "shown_since": one.since.isoformat(),
        "links": _links(request, one, lang),
    }  # fmt: skip


def _place(place: Any) -> dict[str, Any]:
    longitude, latitude = place.point or (None, None)
    return {
        "id": place.uid, "name": place.name, "address": place.address,
        "longitude": longitude, "latitude": latitude,
    }  # fmt: skip


def _capacities(one: PublicHub, lang: str) -> list[dict[str, Any]]:
    return [
        {
            "code": held.code,
            "text": words_of("capacities")[held.code].in_(lang),
            "unit": units()[held.code].in_(lang),
            "maximum": held.maximum,
            "available": held.available,
            "verified_on": held.verified_on.isoformat() if held.verified_on else None,
            "half_life_days": held.half_life_days,
            "confidence": None if held.confidence is None else round(held.confidence, 4),
            "state": held.state.value,
        }
        for held in one.capacities
    ]


def _parts(one: PublicHub) -> list[dict[str, Any]]:
    return [
        {
            "code": part.code,
            "state": part.state.value,
            "reasons": [
                {"code": why.code, "facts": {n: _plain(v) for n, v in why.facts.items()}}
                for why in part.whys
            ],
        }
        for part in one.parts
    ]


def _plain(value: str | int | float) -> str | int | float:
    """Write a fact; hours without limit, which JSON has no number for, are a word."""
    return "without limit" if isinstance(value, float) and math.isinf(value) else value


def _hours(season: str, found: Autonomy, lang: str) -> dict[str, Any]:
    endless = found.least_h is not None and math.isinf(found.least_h)
    return {
        "season": season,
        "text": words_of("seasons")[season].in_(lang),
        "least_h": None if found.least_h is None or endless else round(found.least_h, 2),
        "without_limit": endless,
        "known": found.is_known,
    }


def _links(request: HttpRequest, one: PublicHub, lang: str) -> list[dict[str, Any]]:
    with override(lang):
        page = reverse("hub_shown", args=[one.name])
    return [
        link(absolute(request, reverse("api:hub", kwargs={"name": one.name})), "self"),
        link(absolute(request, page), "alternate", kind="text/html", lang=lang),
    ]
