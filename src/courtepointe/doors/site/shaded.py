"""The map of a section: the units that stand for the area, shaded by one indicator."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Figure, Uncertainty
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.values import AreaKey
from courtepointe.core.errors import NotFound
from courtepointe.doors.site.lists import names_by_code
from courtepointe.doors.site.subjects import Subject, official
from courtepointe.press.document import MapPlan
from courtepointe.press.maps import MapArea, draw_choropleth


def shaded_areas(
    subject: Subject, section: str, *, lang: str
) -> tuple[MapPlan, tuple[MapArea, ...]]:
    """Give the units of an area with their values, or raise `NotFound`."""
    plans = {part.code: part.map for part in subject.document(lang).sections}
    plan = plans.get(section)
    if plan is None:
        raise NotFound("unknown_map", value=section)
    atlas, galley = subject.served.atlas, subject.galley(lang)
    found = atlas.figures_for_type(plan.unit_type, plan.indicator)
    figures = dict(zip(found.codes, found.figures, strict=True))
    table = area_table(subject.served.pack, plan.unit_type)
    places = {code: place for place, code in enumerate(table.codes)}
    names = names_by_code(subject.served, plan.unit_type, lang=lang)
    areas = []
    for code in plan.unit_codes:
        place, figure = places[code], figures[code]
        areas.append(
            MapArea(
                code=code,
                label=names[code],
                shape=table.shapes[place],
                value=figure.value,
                status=figure.status,
                value_text=galley.value(figure),
                low=figure.low if figure.value is not None else None,
                high=figure.high if figure.value is not None else None,
                error_known=figure.uncertainty is not Uncertainty.UNKNOWN,
            )
        )
    return plan, tuple(areas)


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
    found = served.atlas.figures_for_type(plan.unit_type, plan.indicator)
    figures = dict(zip(found.codes, found.figures, strict=True))
    rows = (
        UnitRow(
            official(served, AreaKey.of(plan.unit_type, area.code), lang=lang),
            area.label,
            figures[area.code],
            area.value_text,
        )
        for area in areas
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
