"""Figures over the areas of a type as an SDMX message."""

from __future__ import annotations

import re
from collections.abc import Sequence

from courtepointe.atlas.figures import Figure, Status
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.formats.sdmx.values import OBS_STATUS, Code, Message, Observation
from courtepointe.press.open_data.areas import title_of
from courtepointe.press.words import say


def sdmx_message(
    atlas: Atlas,
    type_and_vintage: str,
    indicators: Sequence[Indicator],
    *,
    lang: str,
    told: dict[str, str],
    prepared: str,
) -> Message:
    """Gather the figures of a type as observations; ``told`` is what goes with every export."""
    table = area_table(atlas.pack, type_and_vintage)
    observations = tuple(
        _observation(table.type_and_vintage, code, figure)
        for indicator in indicators
        for code, figure in zip(
            table.codes,
            atlas.figures_for_type(table.type_and_vintage, indicator.code).figures,
            strict=True,
        )
    )
    plain = re.sub(r"[^A-Za-z0-9_-]", "-", f"{table.type_and_vintage}-{atlas.pack.content_hash}")
    return Message(
        id=plain,
        lang=lang,
        prepared=prepared,
        title=title_of(atlas.pack.recipe, table.type_and_vintage, lang=lang),
        observations=observations,
        indicators=tuple(Code(i.code, i.label.fr, i.label.en) for i in indicators),
        statuses=tuple(
            Code(s.value, *(say(f"status.full.{s.value}", lang=held) for held in ("fr", "en")))
            for s in Status
        ),
        notes=told,
    )


def _observation(area_type: str, area: str, figure: Figure) -> Observation:
    return Observation(
        (area_type, area, figure.indicator),
        figure.value,
        {
            "OBS_STATUS": OBS_STATUS[figure.status.value],
            "STATUS": figure.status.value,
            "LOW": figure.low,
            "HIGH": figure.high,
            "UNCERTAINTY": figure.uncertainty.value,
            "UNIT_MEASURE": figure.unit,
            "METHOD": figure.method.value,
            "COVERAGE": figure.coverage,
            "REF_PERIOD": figure.period,
            "RELEASE": figure.release,
            "CAUTIONS": " ".join(figure.cautions) or None,
        },
    )
