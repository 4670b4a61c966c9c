"""Draw the ground of a workshop's map in black and white: streets, water, names, and the grid over them.

The drawing's unit is a tenth of a millimetre on a sheet of one table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import shapely

from courtepointe.core.sheets.layouts import COLUMN_LETTERS
from courtepointe.press.charts.text import width
from courtepointe.press.maps.names import placed_name
from courtepointe.press.maps.paths import Plate, path, polygonal
from courtepointe.press.palette import FONT_STACK
from courtepointe.press.workshop.ground import Ground, frame_box
from courtepointe.press.workshop.labels import Label, Room, along, beside

PER_MM = 10.0
INK, SOFT, STREET, BLOCK, OUTSIDE = "#000000", "#444444", "#9a9a9a", "#b4b4b4", "#e9e9e9"
SQUARE_NAME, STREET_NAME, LANDMARK_NAME, NEIGHBOUR_NAME = 25.0, 21.0, 22.0, 24.0
"""Sizes of letters: from 6 to 7 points."""
SQUARE_MM = 26.0
"""A map of larger squares is drawn so and then enlarged, its letters too: it is read from farther away."""
DOT = 6.0
MOST_LANDMARKS = 60
VEIL = 0.55
"""How much of the neighbours is veiled."""


@dataclass(frozen=True, slots=True)
class DrawnGround:
    """A drawing of the ground, and what it could show."""

    svg: str
    landmarks: int
    streets: bool
    outside: bool
    water: bool


def draw_ground(ground: Ground) -> DrawnGround:
    """Draw what lies under a map's grid, and the grid.

    Parameters
    ----------
    ground : Ground
    """
    on = plate_of(ground)
    wide, tall = on.width, on.height
    paper = shapely.box(0.0, 0.0, wide, tall)
    labels, dots = _labels(ground, on, paper)
    streets = bool(len(ground.streets.shapes))
    outside = not ground.land.contains(frame_box(ground.frame).buffer(-0.01 * ground.frame.side))
    body = [
        f'<rect width="{wide:g}" height="{tall:g}" fill="{OUTSIDE if outside else "#ffffff"}"/>',
        _filled(ground.land, on, "#ffffff"),
        "" if streets else _limits(ground.blocks, on),
        *(_filled(shape, on, OUTSIDE) for shape in ground.water),
        _streets(ground, on) if streets else "",
        _veil(ground, on),
        _grid(ground, on),
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{DOT:g}" fill="{INK}"/>' for x, y in dots),
        *map(_text, labels),
        f'<rect width="{wide:g}" height="{tall:g}" fill="none" stroke="{INK}" stroke-width="6"/>',
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {tall:g}" '
        f'width="{wide:g}" height="{tall:g}">' + "".join(body) + "</svg>"
    )
    return DrawnGround(svg, len(dots), streets, outside, bool(len(ground.water)))


def _side(ground: Ground) -> float:
    """Give the side of a square on the drawing."""
    return min(ground.layout.cells[0].box.wide, SQUARE_MM) * PER_MM


def plate_of(ground: Ground) -> Plate:
    """Say where metres fall on the drawing."""
    frame, side = ground.frame, _side(ground)
    scale = side / frame.side
    wide, tall = (n * side for n in (frame.columns, frame.rows))
    return Plate(frame.west, frame.north, scale, round(wide, 2), round(tall, 2), 0.0)


def _moved(shapes: Iterable[Any], on: Plate) -> Any:
    held = np.array(list(shapes), dtype=object)
    return shapely.transform(held, on.xy)


def _filled(shape: Any, on: Plate, colour: str) -> str:
    kept = polygonal(shape)
    if kept.is_empty:
        return ""
    return f'<path d="{path(kept, on=on)}" fill="{colour}" fill-rule="evenodd"/>'


def _limits(shapes: Iterable[Any], on: Plate) -> str:
    drawn = "".join(path(polygonal(shape), on=on) for shape in shapes)
    return (
        f'<path d="{drawn}" fill="none" stroke="{BLOCK}" stroke-width="3" stroke-linejoin="round"/>'
    )


def _streets(ground: Ground, on: Plate) -> str:
    """Draw streets, those of through traffic wider."""
    moved = _moved(ground.streets.shapes, on)
    parts = ((~ground.streets.main, 4.0), (ground.streets.main, 9.0))
    return "".join(
        f'<path d="{"".join(map(_line, moved[which]))}" fill="none" stroke="{STREET}" '
        f'stroke-width="{wide:g}" stroke-linecap="round" stroke-linejoin="round"/>'
        for which, wide in parts
        if which.any()
    )


def _line(shape: Any) -> str:
    drawn = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "LineString":
            told = " ".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(part))
            drawn.append(f"M{told}")
    return "".join(drawn)


def _veil(ground: Ground, on: Plate) -> str:
    """Fade what is not of the area, and draw its limit."""
    box = frame_box(ground.frame)
    drawn = path(polygonal(box.difference(ground.area)), on=on)
    limit = path(polygonal(ground.area), on=on)
    return (
        f'<path d="{drawn}" fill="#ffffff" fill-opacity="{VEIL:g}" fill-rule="evenodd"/>'
        f'<path d="{limit}" fill="none" stroke="#ffffff" stroke-width="14" stroke-linejoin="round"/>'
        f'<path d="{limit}" fill="none" stroke="{INK}" stroke-width="8" stroke-dasharray="26 10" '
        'stroke-linejoin="round"/>'
    )


def _grid(ground: Ground, on: Plate) -> str:
    frame, side = ground.frame, _side(ground)
    down = "".join(f"M{column * side:.1f} 0V{on.height:g}" for column in range(1, frame.columns))
    across = "".join(f"M0 {row * side:.1f}H{on.width:g}" for row in range(1, frame.rows))
    return f'<path d="{down}{across}" fill="none" stroke="{SOFT}" stroke-width="2.5"/>'


def _labels(ground: Ground, on: Plate, paper: Any) -> tuple[list[Label], list[tuple[float, float]]]:
    """Place names, the squares' own first: what people must find comes before what helps them."""
    room = Room()
    labels = _square_names(ground, room)
    area = _moved([ground.area], on)[0]
    dots: list[tuple[float, float]] = []
    for mark in ground.landmarks:
        at = on.point(mark.x, mark.y)
        spot = shapely.Point(at).buffer(DOT + 2.0)
        if len(dots) == MOST_LANDMARKS or not room.is_free(spot):
            continue
        name = beside(
            mark.name, at, size=LANDMARK_NAME, gap=DOT + 5.0, room=room, within=paper
        )  # fmt: skip
        if name is not None:
            room.take(spot)
            labels.append(name)
            dots.append(at)
    if len(ground.streets.shapes):
        moved = _moved(ground.streets.shapes, on)
        near = area.buffer(PER_MM * 4).intersection(paper)
        labels += along(ground.streets.names, moved, size=STREET_NAME, room=room, within=near)
    return labels + _neighbour_names(ground, on, room), dots


def _square_names(ground: Ground, room: Room) -> list[Label]:
    side = _side(ground)
    found = []
    for row in range(ground.frame.rows):
        for column in range(ground.frame.columns):
            left, top = column * side + 6.0, row * side + 6.0
            name = f"{COLUMN_LETTERS[column]}{row + 1}"
            room.take(shapely.box(left - 3, top - 3, left + 40.0, top + SQUARE_NAME))
            found.append(Label(name, left, top + SQUARE_NAME / 2, SQUARE_NAME, 0.0, "start"))
    return found


def _neighbour_names(ground: Ground, on: Plate, room: Room) -> list[Label]:
    """Name the areas around where their part of the map has room for it."""
    found = []
    for name, shape in ground.neighbours:
        part = max(shapely.get_parts(shape), key=lambda one: float(one.area))
        placed = placed_name(name, part, on=Plate(on.west, on.north, on.scale / 2, 0, 0, 0))
        if placed is None or part.geom_type != "Polygon":
            continue
        x, y, tall = 2 * placed.x, 2 * placed.y, NEIGHBOUR_NAME * 1.2
        half_wide = max(width(line, NEIGHBOUR_NAME) for line in placed.lines) / 2
        half_tall = tall * len(placed.lines) / 2
        if not room.ask(shapely.box(x - half_wide, y - half_tall, x + half_wide, y + half_tall)):
            continue
        for n, line in enumerate(placed.lines):
            found.append(
                Label(line, x, y + (n - (len(placed.lines) - 1) / 2) * tall, NEIGHBOUR_NAME)
            )
    return found


def _text(label: Label) -> str:
    turn = ""
    if label.turn:
        turn = f' transform="rotate({label.turn:.1f} {label.x:.1f} {label.y:.1f})"'
    weight = ' font-weight="700"' if label.size == SQUARE_NAME else ""
    # Letters stand on a line a third of their size under their middle.
    return (
        f'<text x="{label.x:.1f}" y="{label.y + label.size * 0.34:.1f}" font-size="{label.size:g}" '
        f'font-family="{escape(FONT_STACK, {chr(34): "&quot;"})}" text-anchor="{label.anchor}" '
        f'fill="{INK}" stroke="#ffffff" stroke-width="8" stroke-linejoin="round" '
        f'paint-order="stroke"{weight}{turn}>{escape(label.text)}</text>'
    )
