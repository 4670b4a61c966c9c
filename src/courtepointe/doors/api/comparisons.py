"""The JSON API of comparisons: areas alike, what stands out, who may be both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from courtepointe.doors.api import schemas
from courtepointe.doors.api.answers import reply
from courtepointe.doors.api.asked import Asked, AskedFit, table_for
from courtepointe.doors.comparison_json import joint_json, peers_json, standing_json
from courtepointe.press.galley import set_galley

router = Router(tags=["JSON"])


class AskedPeers(Asked):
    """A peer group."""

    group: str | None = Field(
        None, max_length=120, description="Code of a group; else the first of the area's type"
    )


class AskedBoth(AskedFit):
    """Two shares of one area."""

    first: str = Field(max_length=200, description="Code of an indicator: a share in percent")
    second: str = Field(max_length=200, description="Code of another one")


@router.get("/areas/{key}/peers", url_name="peers_of", response=schemas.PeersTold)
def peers_of(request: HttpRequest, key: str, asked: Query[AskedPeers]) -> HttpResponse:
    """Name the areas most alike by declared variables, and say by what; the order is no rank."""
    table = table_for(request, asked)
    found = table.atlas.peers(table.atlas.find(key), asked.group)
    return reply(peers_json(found, table.recipe, lang=table.lang))


@router.get("/areas/{key}/standing", url_name="standing_of", response=schemas.StandingTold)
def standing_of(request: HttpRequest, key: str, asked: Query[AskedFit]) -> HttpResponse:
    """Say what stands out in an area, false discoveries held."""
    table = table_for(request, asked)
    portrait = table.atlas.portrait(table.atlas.find(key), method=asked.method)
    galley = set_galley(portrait, table.recipe, lang=table.lang)
    return reply(standing_json(table.atlas.stands_out(portrait), galley))


@router.get("/areas/{key}/both", url_name="both_of", response=schemas.BothTold)
def both_of(request: HttpRequest, key: str, asked: Query[AskedBoth]) -> HttpResponse:
    """Bound how many are both of two shares: shares counted apart do not say it."""
    table = table_for(request, asked)
    portrait = table.atlas.portrait(table.atlas.find(key), method=asked.method)
    galley = set_galley(portrait, table.recipe, lang=table.lang)
    told = joint_json(table.atlas.both(portrait, asked.first, asked.second), galley)
    return reply(told | {"warning": galley.say("joint.warning")})
