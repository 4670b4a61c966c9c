"""What the page that draws areas offers: units grouped under the neighbourhoods that hold them, a shape to start from."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from courtepointe.atlas.query.areas import area_table
from courtepointe.atlas.query.values import AreaKey
from courtepointe.core.typing import Ints
from courtepointe.doors.served import Served
from courtepointe.doors.site.lists import alphabetical
from courtepointe.doors.site.maps import Bounds, bounds_in_degrees
from courtepointe.portraits.values import Assembled, KeptArea, Shaped
from courtepointe.press.words import typeset


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that can be ticked."""

    code: str
    name: str
    people: float | None
    ticked: bool


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The units of a neighbourhood."""

    name: str
    units: tuple[Unit, ...]

    @property
    def opened(self) -> bool:
        """Whether it holds a ticked unit."""
        return any(unit.ticked for unit in self.units)


@dataclass(frozen=True, slots=True)
class Choice:
    """An area to compare with."""

    key: str
    name: str


def unit_type_of(served: Served, start: KeptArea | None) -> str:
    """Give the type of units to assemble: the coarsest that the recipe fits areas on."""
    if start and isinstance(start.what, Assembled):
        return start.what.unit_type
    pack = served.pack
    order = {kind.code: kind.order for kind in pack.recipe.area_types}
    held = [unit for unit in pack.recipe.fit.units if unit in pack.area_tables]
    return min(held, key=lambda unit: order[unit.partition(":")[0]])


def unit_groups(
    served: Served, unit_type: str, *, lang: str, chosen: frozenset[str]
) -> tuple[UnitGroup, ...]:
    """List the units under the neighbourhood that holds the middle of each."""
    members = served.shelf.take(("unit groups", unit_type), lambda: _members(served, unit_type))
    units, home = (
        area_table(served.pack, unit_type),
        area_table(served.pack, served.pack.recipe.home),
    )
    names = home.names_en if lang == "en" else home.names_fr
    unit_names = units.names_en if lang == "en" else units.names_fr
    groups = []
    for place, inside in members.items():
        title = typeset(names[place], lang=lang) if place >= 0 else ""
        lines = tuple(
            Unit(units.codes[i], typeset(unit_names[i], lang=lang), None, units.codes[i] in chosen)
            for i in inside
        )
        groups.append(UnitGroup(title, lines))
    return tuple(sorted(groups, key=lambda g: (not g.name, alphabetical(g.name))))


def _members(served: Served, unit_type: str) -> dict[int, list[int]]:
    units = area_table(served.pack, unit_type)
    home = area_table(served.pack, served.pack.recipe.home)
    middles = shapely.point_on_surface(units.shapes)
    found: Ints
    unit, found = shapely.STRtree(home.shapes).query(middles, predicate="intersects")
    holder = dict(zip(reversed(unit.tolist()), reversed(found.tolist()), strict=True))
    members: dict[int, list[int]] = {}
    for place in range(len(units)):
        members.setdefault(holder.get(place, -1), []).append(place)
    return members


def starting_shape(start: KeptArea | None) -> str:
    """Give the shape of a kept area as text, to start a new one from."""
    if start is None or not isinstance(start.what, Shaped):
        return ""
    return str(shapely.to_geojson(start.what.shape))


def whole_bounds(served: Served) -> Bounds:
    """Give the box around the neighbourhoods, in degrees."""
    kind = served.pack.recipe.home
    shapes = area_table(served.pack, kind).shapes
    return served.shelf.take(("bounds", kind), lambda: bounds_in_degrees(served, shapes))


def comparators_to_choose(served: Served, *, lang: str) -> tuple[Choice, ...]:
    """Give the areas that a portrait can be read against."""
    pack = served.pack
    table = area_table(pack, pack.recipe.home)
    names = table.names_en if lang == "en" else table.names_fr
    pairs = zip(table.codes, names, strict=True)
    kind, vintage = table.type_and_vintage.split(":", 1)
    areas = [Choice(str(AreaKey(kind, vintage, code)), typeset(n, lang=lang)) for code, n in pairs]
    return tuple(sorted(areas, key=lambda choice: alphabetical(choice.name)))
