"""The units that stand for an area, with the values that a map of them shades."""

from __future__ import annotations

from courtepointe.atlas.figures import Figure, Uncertainty
from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.press.document.values import MapPlan
from courtepointe.press.galley import Galley
from courtepointe.press.maps.values import MapArea
from courtepointe.press.words import typeset


def unit_figures(atlas: Atlas, plan: MapPlan) -> tuple[Figure, ...]:
    """Give the figure of every unit of a map, in the plan's order."""
    found = atlas.figures_for_type(plan.unit_type, plan.indicator)
    figures = dict(zip(found.codes, found.figures, strict=True))
    return tuple(figures[code] for code in plan.unit_codes)


def unit_areas(atlas: Atlas, galley: Galley, plan: MapPlan) -> tuple[MapArea, ...]:
    """Give the units of a map with their shapes, names and values."""
    table = area_table(atlas.pack, plan.unit_type)
    places = {code: place for place, code in enumerate(table.codes)}
    names = table.names_en if galley.lang == "en" else table.names_fr
    areas = []
    for code, figure in zip(plan.unit_codes, unit_figures(atlas, plan), strict=True):
        place = places[code]
        areas.append(
            MapArea(
                code=code,
                label=typeset(names[place], lang=galley.lang),
                shape=table.shapes[place],
                value=figure.value,
                status=figure.status,
                value_text=galley.value(figure),
                low=figure.low if figure.value is not None else None,
                high=figure.high if figure.value is not None else None,
                error_known=figure.uncertainty is not Uncertainty.UNKNOWN,
            )
        )
    return tuple(areas)
