"""What may be asked of the API: each address names its parameters, and another one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.values import Indicator, Recipe
from courtepointe.core.errors import BadInput
from courtepointe.doors.api.problems import language
from courtepointe.doors.served import Served, served

MOST_INDICATORS = 40
MOST_OFFSET = 10_000_000
LONGEST_LIST = 4000
Lang = Literal["fr", "en"]
FitWord = Literal["best_fit", "as_drawn"]
Offset = Annotated[int, Field(ge=0, le=MOST_OFFSET)]
Codes = Annotated[str, Field(max_length=LONGEST_LIST)]


class Asked(Schema):
    """What every address understands."""

    lang: Lang | None = Field(
        None, description="Language of names and sentences; else Accept-Language"
    )


class AskedFit(Asked):
    """How units stand for an area."""

    fit: FitWord = Field(
        "best_fit", description="Whole units, or units that the limit crosses split"
    )

    @property
    def method(self) -> FitMethod:
        """Give the fit asked for."""
        return FitMethod(self.fit)


@dataclass(frozen=True, slots=True)
class Table:
    """Where an answer is made: the atlas served, and the reader's language."""

    served: Served
    lang: str

    @property
    def atlas(self) -> Atlas:
        """Give the atlas."""
        return self.served.atlas

    @property
    def recipe(self) -> Recipe:
        """Give its recipe."""
        return self.served.pack.recipe


def table_for(request: HttpRequest, asked: Asked) -> Table:
    """Refuse a parameter that the address does not know, then give what answers are made with."""
    refuse_unknown(request, asked)
    return Table(served(), language(request))


def refuse_unknown(request: HttpRequest, asked: Asked) -> None:
    """Refuse a parameter that the address does not know."""
    known = known_parameters(type(asked))
    for name in request.GET:
        if name not in known:
            raise BadInput("api_unknown_parameter", value=name[:80], expected=", ".join(known))


def known_parameters(asked: type[Asked]) -> tuple[str, ...]:
    """Name the parameters of an address, as they are written there."""
    fields: Mapping[str, Any] = asked.model_fields
    return tuple(field.alias or name for name, field in fields.items())


def chosen_indicators(
    table: Table, codes: str, *, default: tuple[str, ...] = ()
) -> tuple[Indicator, ...]:
    """Read indicators named with commas, each once, or raise `NotFound`."""
    named = tuple(dict.fromkeys(code for code in codes.split(",") if code)) or default
    if len(named) > MOST_INDICATORS:
        raise BadInput("api_too_many_indicators", value=len(named), expected=MOST_INDICATORS)
    return tuple(table.atlas.indicator(code) for code in named)
