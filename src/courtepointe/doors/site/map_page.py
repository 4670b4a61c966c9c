"""What the page of a map shows: choices, the drawing, the map in words, its table, its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from courtepointe.atlas.query.areas import area_table, current_vintages
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import AreaType, Words
from courtepointe.core.errors import NotFound
from courtepointe.doors.served import Served
from courtepointe.doors.site.addresses import area_address
from courtepointe.doors.site.asked_maps import map_address, of_kind
from courtepointe.doors.site.maps import bounds_in_degrees
from courtepointe.doors.site.subjects import official
from courtepointe.press.maps.asked import MapAsked, MapKind
from courtepointe.press.maps.reading import period_of, periods_of, present
from courtepointe.press.maps.rows import MapRow, map_rows
from courtepointe.press.maps.themed import Panel, ThematicMap
from courtepointe.press.words import typeset

MOST_ROWS = 600
"""A table of more rows than this is a file."""
TIMED = (MapKind.SHADES, MapKind.HEXAGONS)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be chosen, by a code or by an address."""

    code: str
    name: str
    current: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Choices under a heading."""

    heading: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A row of the table: the area with the address of its page, the number with that of its drawer."""

    row: MapRow
    address: str
    drawer: str


@dataclass(frozen=True, slots=True)
class PanelTable:
    """The table behind one drawing; without rows where they are too many for a page."""

    heading: str
    value_heading: str
    rows: tuple[AreaRow, ...]
    n_rows: int


def kind_choices(asked: MapAsked) -> tuple[Choice, ...]:
    """Give the ways of drawing, each with the address of this map drawn so."""
    names = {
        MapKind.SHADES: gettext("Shades"),
        MapKind.CHANGE: gettext("Change"),
        MapKind.PAIR: gettext("Side by side"),
        MapKind.MULTIPLES: gettext("Small maps"),
        MapKind.DOTS: gettext("Dots"),
        MapKind.HEXAGONS: gettext("Hexagons"),
    }
    return tuple(
        Choice(map_address(of_kind(asked, kind)), name, kind is asked.kind)
        for kind, name in names.items()
    )


def period_choices(served: Served, asked: MapAsked) -> tuple[Choice, ...]:
    """Give the periods of a map that shows one of several, each with its address."""
    if asked.kind not in TIMED:
        return ()
    held = periods_of(served.atlas, asked.area_type, asked.indicator)
    shown = asked.period or (held[-1] if held else "")
    if len(held) < 2:
        return ()
    return tuple(
        Choice(
            map_address(replace(asked, period=one if one != held[-1] else "")), one, one == shown
        )
        for one in held
    )


def indicator_choices(served: Served, chosen: str, *, lang: str) -> tuple[ChoiceGroup, ...]:
    """Give all indicators by section."""
    recipe = served.pack.recipe
    labels = {one.code: typeset(one.label.in_(lang), lang=lang) for one in recipe.indicators}
    return tuple(
        ChoiceGroup(
            typeset(section.name.in_(lang), lang=lang),
            tuple(Choice(code, labels[code], code == chosen) for code in section.indicators),
        )
        for section in recipe.sections
    )


def type_choices(served: Served, chosen: str, *, lang: str) -> tuple[Choice, ...]:
    """Give the kinds of areas that make a map, coarse first; a former vintage where it is shown."""
    recipe, pack = served.pack.recipe, served.pack
    current = current_vintages(pack)
    found = []
    for kind in sorted(recipe.area_types, key=lambda kind: kind.order):
        for whole in dict.fromkeys((f"{kind.code}:{current.get(kind.code, '')}", chosen)):
            if whole.split(":", 1)[0] == kind.code and _makes_a_map(served, whole):
                found.append(Choice(whole, _named(kind, whole, lang), whole == chosen))
    return tuple(found)


def _makes_a_map(served: Served, whole: str) -> bool:
    table = served.pack.area_tables.get(whole)
    return table is not None and len(table) > 1 and whole != served.pack.recipe.fit.blocks


def _named(kind: AreaType, whole: str, lang: str) -> str:
    return f"{typeset(kind.plural.in_(lang), lang=lang)}, {whole.split(':', 1)[1]}"


def first_asked(served: Served) -> MapAsked:
    """Give the map that is shown where nothing was chosen: the first that a section has.

    Raises
    ------
    NotFound
        ``unknown_map`` where the atlas has no section with an indicator.
    """
    recipe = served.pack.recipe
    named = [section.map_indicator for section in recipe.sections if section.map_indicator]
    held = [code for section in recipe.sections for code in section.indicators]
    code = next(iter((*named, *held)), None)
    if code is None:
        raise NotFound("unknown_map", value="—")
    return MapAsked(area_type=recipe.home, indicator=code)


def tables(served: Served, made: ThematicMap, *, lang: str) -> tuple[PanelTable, ...]:
    """Set the table of each drawing."""
    held = []
    for panel in made.panels:
        rows: Sequence[AreaRow] = ()
        if len(panel.areas) * len(made.panels) <= MOST_ROWS:
            rows = _rows(served, made, panel, lang=lang)
        value = gettext("Change") if made.asked.kind is MapKind.CHANGE else gettext("Value")
        held.append(PanelTable(panel.heading, value, tuple(rows), len(panel.areas)))
    return tuple(held)


def _rows(served: Served, made: ThematicMap, panel: Panel, *, lang: str) -> list[AreaRow]:
    whole = made.asked.area_type
    area_type, vintage = whole.split(":", 1)
    listed = next(k for k in served.pack.recipe.area_types if k.code == area_type).listed
    now = period_of(present(served.atlas, whole, panel.indicator).figures)
    behind = made.asked.kind is not MapKind.CHANGE and panel.period == now
    indicator = served.atlas.indicator(panel.indicator)
    found = []
    for row in map_rows(made, panel, indicator):
        key = AreaKey(area_type, vintage, row.area.code)
        name = Words(row.area.label, row.area.label)
        address = area_address(key, name, lang=lang) if listed else ""
        subject = official(served, key, lang=lang) if behind else None
        drawer = subject.figure_address(panel.indicator) if subject else ""
        found.append(AreaRow(row, address, drawer))
    return found


@dataclass(frozen=True, slots=True)
class MovingMap:
    """Where a moving map finds its limits and what it shades.

    Attributes
    ----------
    shades, tiles, area : str
        Addresses: of the values and classes; of a tile, with ``{z}``, ``{y}`` and ``{x}``; of an
        area's page, with ``CODE``.
    layer : str
        The name of the tiles' layer.
    zooms : (first, last)
    bounds : west, south, east, north in degrees
    """

    shades: str
    tiles: str
    layer: str
    zooms: tuple[int, int]
    bounds: tuple[float, float, float, float]
    area: str


def moving_map(served: Served, asked: MapAsked, *, lang: str) -> MovingMap | None:
    """Say what a moving map needs; None for maps that are only still: of the past, or not shaded."""
    if asked.kind is not MapKind.SHADES:
        return None
    now = served.atlas.columns_for_type(asked.area_type, asked.indicator)
    if asked.period not in ("", now.period):
        return None
    question = [("type", asked.area_type), ("indicator", asked.indicator), ("method", asked.method),
                ("number", str(asked.number or "")), ("lang", lang)]  # fmt: skip
    kind, vintage = asked.area_type.split(":", 1)
    tile = {"collection_id": asked.area_type, "tile_matrix_set": "WebMercatorQuad",
            "tile_matrix": 0, "tile_row": 0, "tile_col": 0}  # fmt: skip
    whole, _, _ = reverse("api:collection_tile", kwargs=tile).rpartition("/0/0/0")
    shapes = area_table(served.pack, asked.area_type).shapes
    place = {"area_type": kind, "vintage": vintage, "place": "CODE"}
    return MovingMap(
        shades=f"{reverse('api:shades')}?{urlencode([(k, v) for k, v in question if v])}",
        tiles=f"{whole}/{{z}}/{{y}}/{{x}}?lang={lang}",
        layer=asked.area_type,
        zooms=served.atlas.tile_zooms(asked.area_type),
        bounds=served.shelf.take(
            ("bounds", asked.area_type), lambda: bounds_in_degrees(served, shapes)
        ),
        area=reverse("area", kwargs=place),
    )
