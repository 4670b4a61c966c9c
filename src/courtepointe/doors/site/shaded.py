"""The map of a section: the units that stand for the area, shaded by one indicator."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.values import AreaKey
from courtepointe.core.errors import NotFound
from courtepointe.doors.site.subjects import Subject, official
from courtepointe.press.document import MapPlan
from courtepointe.press.maps import MapArea, draw_choropleth
from courtepointe.press.maps.units import unit_areas, unit_figures


def shaded_areas(
    subject: Subject, section: str, *, lang: str
) -> tuple[MapPlan, tuple[MapArea, ...]]:
    """Give the units of an area with their values, or raise `NotFound`."""
    plans = {part.code: part.map for part in subject.document(lang).sections}
    plan = plans.get(section)
    if plan is None:
        raise NotFound("unknown_map", value=section)
    return plan, unit_areas(subject.served.atlas, subject.galley(lang), plan)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of a map in the table behind it: the area that it is, and its figure."""

    subject: Subject
    label: str
    figure: Figure
    value: str


def unit_rows(subject: Subject, section: str, *, lang: str) -> tuple[MapPlan, tuple[UnitRow, ...]]:
    """Give the table behind a section's map, or raise `NotFound`."""
    plan, areas = shaded_areas(subject, section, lang=lang)
    served = subject.served
    rows = (
        UnitRow(
            official(served, AreaKey.of(plan.unit_type, area.code), lang=lang),
            area.label,
            figure,
            area.value_text,
        )
        for area, figure in zip(areas, unit_figures(served.atlas, plan), strict=True)
    )
    return plan, tuple(rows)


def shaded(subject: Subject, section: str, *, lang: str, width: int, scheme: str) -> str:
    """Draw the map of a section."""
    plan, areas = shaded_areas(subject, section, lang=lang)
    indicator = subject.served.atlas.indicator(plan.indicator)
    return draw_choropleth(
        areas,
        title=plan.title,
        unit=indicator.unit,
        lang=lang,
        decimals=indicator.decimals,
        width=float(width),
        scheme=scheme,
        code=f"map-{section}",
        outline=subject.shape(),
    ).svg
