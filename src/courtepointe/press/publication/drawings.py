"""The maps of a publication."""

from __future__ import annotations

from functools import partial

import shapely

from courtepointe.core.typing import Floats
from courtepointe.press.document.values import SectionPart
from courtepointe.press.galley import Galley
from courtepointe.press.maps import draw_choropleth
from courtepointe.press.maps.place import draw_place
from courtepointe.press.maps.units import unit_areas, unit_figures
from courtepointe.press.maps.values import DrawnMap, MapArea
from courtepointe.press.publication.material import Material
from courtepointe.press.publication.tables import units_table
from courtepointe.press.publication.values import MapBlock


def locator(material: Material) -> MapBlock:
    """Draw the area among its neighbours."""
    galley = material.galley
    title = galley.say("print.map_of", place_de=galley.place.de)
    return MapBlock(title, partial(_place, material, galley, "place"))


def section_map(material: Material, section: SectionPart) -> MapBlock | None:
    """Draw the units that stand for the area, shaded by the section's indicator; None without."""
    plan, galley, atlas = section.map, material.galley, material.subject.atlas
    if plan is None or len(plan.unit_codes) < 2:
        return None
    areas = unit_areas(atlas, galley, plan)
    indicator = galley.indicators[plan.indicator]
    draw = partial(
        _shades, areas, plan.title, indicator.unit, galley.lang, indicator.decimals,
        f"map-{section.code}", material.subject.shape,
    )  # fmt: skip
    table = units_table(galley, plan, areas, unit_figures(atlas, plan))
    return MapBlock(plan.title, draw, table)


def places_map(material: Material, section: SectionPart) -> MapBlock | None:
    """Draw the area with the places of a section as dots; None where there is none."""
    subject, galley = material.subject, material.galley
    found = [
        (place.longitude, place.latitude)
        for layer in subject.places
        if layer.layer in section.place_layers
        for place in layer.places
    ]
    if not found:
        return None
    title = galley.say("print.places_of", place_de=galley.place.de)
    dots = subject.atlas.in_metres(found)
    return MapBlock(title, partial(_place, material, galley, f"dots-{section.code}", dots=dots))


def _place(
    material: Material, galley: Galley, stem: str, width: float, *, dots: Floats | None = None
) -> DrawnMap:
    subject = material.subject
    return draw_place(
        subject.ground, subject.shape, title=galley.place.plain, lang=galley.lang, stem=stem,
        width=width, dots=dots,
    )  # fmt: skip


def _shades(
    areas: tuple[MapArea, ...], title: str, unit: str, lang: str, decimals: int, code: str,
    outline: shapely.Geometry, width: float,
) -> DrawnMap:  # fmt: skip
    return draw_choropleth(
        areas, title=title, unit=unit, lang=lang, decimals=decimals, width=width, code=code,
        outline=outline,
    )  # fmt: skip
