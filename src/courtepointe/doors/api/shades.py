"""What a map shades, without its limits: one column for each part of a figure, all areas of a type."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from courtepointe.atlas.pack.values import STATUS_ORDER
from courtepointe.atlas.query.areas import area_table
from courtepointe.core.typing import Floats
from courtepointe.doors.api import schemas_of_tiles as schemas
from courtepointe.doors.api.answers import reply_with_columns
from courtepointe.doors.api.asked import Asked, Table, table_for
from courtepointe.press.maps.asked import MOST, MapAsked
from courtepointe.press.maps.moving import Shades, shades_of
from courtepointe.press.numbers import status_text
from courtepointe.press.words import say, typeset

router = Router(tags=["JSON"])


class AskedShades(Asked):
    """An indicator over the areas of a type, in classes."""

    type: str = Field(max_length=200, description="TYPE or TYPE:VINTAGE")
    indicator: str = Field(max_length=200, description="Code of an indicator")
    method: Literal["", "quantile", "ckmeans"] = Field(
        "", description="How classes are chosen; else as the indicator declares"
    )
    number: int = Field(0, ge=0, le=MOST, description="How many; 0: as the indicator declares")


@router.get("/shades", url_name="shades", response=schemas.ShadesTold)
def shades(request: HttpRequest, asked: Query[AskedShades]) -> HttpResponse:
    """Give what a map of a type shades, in the order of the codes: tiles have the limits."""
    table = table_for(request, asked)
    held = area_table(table.served.pack, asked.type)
    question = MapAsked(
        area_type=held.type_and_vintage,
        indicator=table.atlas.indicator(asked.indicator).code,
        method=asked.method,
        number=asked.number,
    )
    found = shades_of(table.atlas, question, lang=table.lang)
    return reply_with_columns(_told(table, question, found))


def _told(table: Table, asked: MapAsked, found: Shades) -> dict[str, Any]:
    indicator, columns, lang = table.atlas.indicator(asked.indicator), found.columns, table.lang
    unit = f"unit.{indicator.unit}.short"
    return {
        "type": columns.type_and_vintage,
        "indicator": indicator.code,
        "label": typeset(indicator.label.in_(lang), lang=lang),
        "unit": indicator.unit,
        "unit_text": say(unit, lang=lang, n="{n}"),
        "decimals": indicator.decimals,
        "period": columns.period,
        "sources": list(columns.sources),
        "classes": [
            {"text": text, "step": step, "areas": n_areas}
            for text, step, n_areas in zip(found.texts, found.steps, found.counts, strict=True)
        ],
        "borders": list(found.classes.borders),
        "statuses": [
            {"status": status.value, "text": status_text(status, lang=lang, form="short")}
            for status in STATUS_ORDER
        ],
        "legend": {
            "striped": say("map.striped", lang=lang),
            "missing": say("map.missing", lang=lang),
            "suppressed": say("map.suppressed", lang=lang),
        },
        "codes": columns.codes,
        "status": np.ascontiguousarray(columns.status),
        "class_of": np.ascontiguousarray(found.place),
        "unsure": np.flatnonzero(found.unsure),
        "value": _numbers(columns.value, indicator.decimals),
        "low": _numbers(columns.low, indicator.decimals),
        "high": _numbers(columns.high, indicator.decimals),
        "pack": table.served.pack.content_hash,
    }


def _numbers(values: Floats, decimals: int) -> Floats:
    """Keep some digits more than are read; what is no number is written null."""
    return np.where(np.isfinite(values), np.round(values, decimals + 3), np.nan)
