"""What a workshop's map shows, gathered from a pack and from files of streets and water."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from courtepointe.atlas.pack.values import AreaTable, PlaceTable
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import AreaKey
from courtepointe.core.errors import BadInput
from courtepointe.core.sheets import Frame, Layout, SheetPaper, frame_around, map_layout
from courtepointe.core.typing import Shapes
from courtepointe.formats.lines import NamedLines
from courtepointe.press.galley import publisher_of
from courtepointe.press.maps.credit import foot_of
from courtepointe.press.words import typeset

NO_LINES = NamedLines(np.empty(0, dtype=object), (), np.empty(0, dtype=np.bool_))
LARGER = {SheetPaper.A4: SheetPaper.A3, SheetPaper.LETTER: SheetPaper.TABLOID}


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that people know the way to."""

    name: str
    category: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under a map's grid; all shapes in metres.

    Attributes
    ----------
    key : str
        ``TYPE:VINTAGE:CODE`` of the area.
    name : str
    layout : Layout
        The one of the paper, upright or lying, whose squares are smaller.
    frame : Frame
    crs : str
    area : shapely polygon or multipolygon
    land : shapely geometry
        All that the pack's areas cover in the frame.
    blocks : (n,) shapely polygons
    city_blocks : bool
        Whether they are blocks, whose limits are mostly streets, or only the pack's finest areas.
    neighbours : tuple of (name, shape)
    streets : NamedLines
    water : (n,) shapely polygons
    landmarks : tuple of Landmark
    credit : tuple of str
        Who made what is drawn, under which licences, and the atlas: for the map itself.
    foot : tuple of str
        The same with titles, for the guide.
    """

    key: str
    name: str
    layout: Layout
    frame: Frame
    crs: str
    area: Any
    land: Any
    blocks: Shapes
    city_blocks: bool
    neighbours: tuple[tuple[str, Any], ...]
    streets: NamedLines
    water: Shapes
    landmarks: tuple[Landmark, ...]
    credit: tuple[str, ...]
    foot: tuple[str, ...]


def ground_of(
    atlas: Atlas,
    key: AreaKey,
    *,
    paper: SheetPaper | str,
    lang: str,
    large: bool = False,
    streets: NamedLines = NO_LINES,
    water: Shapes | None = None,
    credit: str = "",
) -> Ground:
    """Gather what the map of an official area shows.

    Parameters
    ----------
    atlas : Atlas
    key : AreaKey
    paper : SheetPaper
        ``a4`` or ``letter``.
    lang : str
    large : bool
        Print the map on twice that paper.
    streets : NamedLines, optional
        In the pack's metres; without them the limits of blocks stand for streets.
    water : (n,) shapely polygons, optional
    credit : str
        Who made the streets and the water, as their licence asks.

    Raises
    ------
    NotFound
        As `Atlas.shape`.
    BadInput
        ``unknown_paper``, ``map_too_large``.
    """
    if paper not in LARGER:
        raise BadInput("unknown_paper", value=paper, expected=", ".join(LARGER))
    paper = LARGER[SheetPaper(paper)] if large else SheetPaper(paper)
    recipe = atlas.pack.recipe
    area = atlas.shape(key)
    layout, frame = _least_squares(area.bounds, paper)
    seen = frame_box(frame)
    table = atlas.pack.area_tables[key.type_and_vintage]
    blocks = _finest(atlas)
    codes = _source_codes(atlas, table)
    near = blocks[shapely.intersects(blocks, seen)]
    return Ground(
        key=str(key),
        name=typeset(atlas.identity(key).name.in_(lang), lang=lang),
        layout=layout,
        frame=frame,
        crs=recipe.metric_crs,
        area=area,
        land=shapely.union_all(np.append(near, area)).intersection(seen),
        blocks=near,
        city_blocks=atlas.pack.blocks is not None,
        neighbours=_neighbours(table, key.code, seen, lang=lang),
        streets=_within(streets, seen),
        water=np.empty(0, dtype=object)
        if water is None
        else water[shapely.intersects(water, seen)],
        landmarks=_landmarks(atlas, area),
        credit=_credit(atlas, codes, lang=lang, more=credit),
        foot=foot_of(atlas, (), lang=lang, sources=codes),
    )


def frame_box(frame: Frame) -> Any:
    """Give the rectangle that a frame covers."""
    wide, tall = frame.side * frame.columns, frame.side * frame.rows
    return shapely.box(frame.west, frame.north - tall, frame.west + wide, frame.north)


def _least_squares(
    bounds: tuple[float, float, float, float], paper: SheetPaper
) -> tuple[Layout, Frame]:
    ways = [map_layout(paper, lies=lies) for lies in (False, True)]
    laid = [(one, frame_around(bounds, one)) for one in ways]
    return min(laid, key=lambda pair: pair[1].side)


def _finest(atlas: Atlas) -> Shapes:
    """Give the shapes of the blocks, or of the type with the most areas."""
    if atlas.pack.blocks is not None:
        return atlas.pack.blocks.shapes
    return max(atlas.pack.area_tables.values(), key=len).shapes


def _neighbours(
    table: AreaTable, code: str, seen: Any, *, lang: str
) -> tuple[tuple[str, Any], ...]:
    names = table.names_fr if lang == "fr" else table.names_en
    found = []
    for place, shape in enumerate(table.shapes):
        if table.codes[place] != code and shape.intersects(seen):
            found.append((typeset(names[place], lang=lang), shape.intersection(seen)))
    return tuple(found)


def _within(lines: NamedLines, seen: Any) -> NamedLines:
    if not len(lines.shapes):
        return lines
    kept = np.flatnonzero(shapely.intersects(lines.shapes, seen))
    return NamedLines(
        shapely.intersection(lines.shapes[kept], seen),
        tuple(lines.names[place] for place in kept.tolist()),
        lines.main[kept],
    )


def _landmarks(atlas: Atlas, area: Any) -> tuple[Landmark, ...]:
    """Give the named places of an area, one category after the other in turn, the rarest first.

    A map that has no room for all then has some of each kind.
    """
    found: dict[tuple[str, str], list[Landmark]] = {}
    for table in atlas.pack.place_tables.values():
        for place in _inside(table, area):
            kind = table.categories[place]
            one = Landmark(table.names[place], kind, float(table.x[place]), float(table.y[place]))
            if one.name and kind:
                found.setdefault((table.layer, kind), []).append(one)
    turns = [
        (turn, len(held), one)
        for _, held in sorted(found.items())
        for turn, one in enumerate(sorted(held, key=lambda mark: (len(mark.name), mark.name)))
    ]
    turns.sort(key=lambda told: told[:2])
    first: dict[str, Landmark] = {}
    for _, _, one in turns:
        first.setdefault(one.name.casefold(), one)
    return tuple(first.values())


def _inside(table: PlaceTable, area: Any) -> list[int]:
    inside = shapely.contains_xy(area, table.x, table.y)
    found: list[int] = np.flatnonzero(inside).tolist()
    return found


def _source_codes(atlas: Atlas, table: AreaTable) -> tuple[str, ...]:
    """Give the sources of the areas, the blocks and the places."""
    pack = atlas.pack
    kinds = {table.type_and_vintage, pack.blocks.type_and_vintage if pack.blocks else ""}
    codes = [one.source for one in pack.recipe.places if one.code in pack.place_tables]
    codes += [
        one.source for one in pack.recipe.boundaries if f"{one.area_type}:{one.vintage}" in kinds
    ]
    return tuple(dict.fromkeys(codes))


def _credit(atlas: Atlas, codes: Sequence[str], *, lang: str, more: str) -> tuple[str, ...]:
    """Name who made what a map shows, shortly: publishers, licences, the atlas."""
    recipe = atlas.pack.recipe
    held = [source for source in recipe.sources if source.code in codes]
    names = dict.fromkeys(publisher_of(recipe, source, lang=lang) for source in held)
    words = {one.code: one.attribution.in_(lang) for one in recipe.licences}
    asked = dict.fromkeys(words.get(source.licence, "") for source in held)
    told = [more, f"{', '.join(names)}.", *(f"{one.rstrip('.')}." for one in asked if one)]
    notice = recipe.notice.in_(lang) if recipe.notice else recipe.name.in_(lang)
    return tuple(typeset(text, lang=lang) for text in (*told, notice) if text)
