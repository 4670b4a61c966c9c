"""What answers about hubs look like, for the description of the API."""

from __future__ import annotations

from typing import Literal

from ninja import Schema
from pydantic import Field

from courtepointe.doors.api.schemas import Link

StateWord = Literal["holds", "fading", "lacks", "unknown"]


class Worded(Schema):
    """A code of a list, and its words."""

    code: str
    text: str


class HubPlace(Schema):
    """A place that a hub stands on."""

    id: str = Field(description="Identifier of the place in the public directory (HSDS)")
    name: str
    address: str
    longitude: float | None
    latitude: float | None


class HubCapacity(Schema):
    """How many a hub can take of something, and how much this count still holds."""

    code: str
    text: str
    unit: str
    maximum: int
    available: int | None = Field(description="null: nobody counted what is free")
    verified_on: str | None = Field(description="ISO date; null: never")
    half_life_days: int
    confidence: float | None = Field(
        description="1 on the day of the verification, halved after each half-life; null: never verified"
    )
    state: StateWord


class HubFact(Schema):
    """Whether the place has something."""

    code: str
    text: str
    has: bool
    verified_on: str


class HubReason(Schema):
    """Why a part of readiness stands as it does: a code and its facts."""

    code: str
    facts: dict[str, str | int | float]


class HubPart(Schema):
    """A part of a hub's readiness against the level that it aims at."""

    code: str
    state: StateWord
    reasons: list[HubReason]


class HubHours(Schema):
    """How long a hub lasts without the network in a season."""

    season: str
    text: str
    least_h: float | None = Field(description="null: not known, or without limit")
    without_limit: bool
    known: bool = Field(description="false: it may be more")


class HubTold(Schema):
    """A hub that its workspace shows to everyone."""

    name: str = Field(description="The end of its address")
    title: str
    workspace: str
    form: Worded
    status: Worded
    aim: Worded
    reached: Worded | None = Field(description="The level that is reached today; null: none yet")
    about: str
    serves: str
    host: str
    link: str
    opening: str
    arriving: str
    opens: list[str]
    places: list[HubPlace]
    capacities: list[HubCapacity]
    facts: list[HubFact]
    parts: list[HubPart]
    autonomy: list[HubHours]
    tested_on: str | None
    shown_since: str
    links: list[Link]


class HubList(Schema):
    """The hubs that are shown to everyone."""

    total: int
    hubs: list[HubTold]
    links: list[Link]
