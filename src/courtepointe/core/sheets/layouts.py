"""The layouts that are printed: cards on two papers; maps on four, upright and lying.

A layout that has been printed is never changed: people keep sheets. Another one takes the next number,
and with it marks of its own.
"""

from __future__ import annotations

from functools import cache

from courtepointe.core.errors import NotFound
from courtepointe.core.sheets.values import (
    CORNERS,
    SIZES_MM,
    Box,
    Cell,
    Corner,
    Layout,
    Mark,
    SheetKind,
    SheetPaper,
    TickBox,
    WritingBox,
)

MARGIN_MM = 10.0
"""Office printers leave 4 to 6 mm white; more is wanted where paper is fed askew."""
MARK_MM = 14.0
QR_MM = 18.0
TICK_MM = 4.0
LABEL_MM = 4.6
"""The strip of a writing box that its label takes."""
LINE_MM = 0.35
HEAD_MM = 33.0
"""Where what is cut begins, from the upper edge."""
FOOT_MM = 28.0
MAP_FOOT_MM = 30.0
GUTTER_MM = 4.0
GRID_NAMES_MM = 6.0
"""Room for letters and numbers around the grid of a map."""

CLASSES = (
    "knowledge", "place", "organisation", "initiative",
    "public_service", "worship", "shop", "vulnerable_place",
)  # fmt: skip
"""What a card may tell of: the seven classes of assets, and a place that is vulnerable."""
VISIBILITIES = ("nobody", "table", "everyone")
"""Who may be shown a card, from the fewest to the most."""
COLUMN_LETTERS = "ABCDEFGHJKLMN"
"""Of a map's squares: no I, which reads as a 1."""

_CARDS = (SheetPaper.A4, SheetPaper.LETTER)
_GRIDS: tuple[tuple[SheetPaper, bool, int, int], ...] = (
    (SheetPaper.A4, False, 8, 10),
    (SheetPaper.A4, True, 12, 7),
    (SheetPaper.LETTER, False, 8, 10),
    (SheetPaper.LETTER, True, 11, 7),
    (SheetPaper.A3, False, 8, 10),
    (SheetPaper.A3, True, 12, 7),
    (SheetPaper.TABLOID, False, 8, 11),
    (SheetPaper.TABLOID, True, 12, 7),
)
"""Paper, lying, columns, rows."""


@cache
def layouts() -> tuple[Layout, ...]:
    """Give all layouts, by number."""
    cards = [_card_layout(number, paper) for number, paper in enumerate(_CARDS)]
    return (*cards, *(_map_layout(len(cards) + n, *grid) for n, grid in enumerate(_GRIDS)))


def layout(code: str) -> Layout:
    """Give a layout by its code; raise `NotFound` ``unknown_sheet_layout``."""
    for one in layouts():
        if one.code == code:
            return one
    raise NotFound(
        "unknown_sheet_layout", value=code, expected=", ".join(one.code for one in layouts())
    )


def card_layout(paper: SheetPaper) -> Layout:
    """Give the layout of cards on a paper."""
    return layout(f"cards-{paper}")


def map_layout(paper: SheetPaper, *, lies: bool) -> Layout:
    """Give the layout of a map on a paper, upright or lying."""
    return layout(f"map-{paper}-{'lying' if lies else 'upright'}")


def _marks(number: int, wide: float, tall: float) -> tuple[Mark, ...]:
    far_x, far_y = wide - MARGIN_MM - MARK_MM, tall - MARGIN_MM - MARK_MM
    where = {
        Corner.UPPER_LEFT: (MARGIN_MM, MARGIN_MM),
        Corner.UPPER_RIGHT: (far_x, MARGIN_MM),
        Corner.LOWER_RIGHT: (far_x, far_y),
        Corner.LOWER_LEFT: (MARGIN_MM, far_y),
    }
    return tuple(
        Mark(corner, 4 * number + place, Box(*where[corner], MARK_MM, MARK_MM))
        for place, corner in enumerate(CORNERS)
    )


def _qr(wide: float) -> Box:
    return Box(wide - MARGIN_MM - MARK_MM - 6.0 - QR_MM, MARGIN_MM, QR_MM, QR_MM)


def _card_layout(number: int, paper: SheetPaper) -> Layout:
    wide, tall = SIZES_MM[paper]
    card_wide = (wide - 2 * MARGIN_MM - GUTTER_MM) / 2
    card_tall = (tall - HEAD_MM - FOOT_MM - GUTTER_MM) / 2
    cells = tuple(
        _card(
            str(1 + column + 2 * row),
            Box(
                MARGIN_MM + column * (card_wide + GUTTER_MM),
                HEAD_MM + row * (card_tall + GUTTER_MM),
                card_wide,
                card_tall,
            ),
        )
        for row in range(2)
        for column in range(2)
    )
    marks = _marks(number, wide, tall)
    return Layout(
        f"cards-{paper}", number, SheetKind.CARDS, paper, wide, tall, 2, 2, marks, _qr(wide), cells
    )


CARD_INSET_MM = 3.0
CLASS_ROWS, CLASS_STEP_MM = 4, 6.2
BOX_MM = 11.5
"""Height of a line to write on, its label included."""
NAME_MM, CLASSES_MM, NEED_MM, NOTE_MM = 10.5, 29.2, 55.0, 68.0
"""From the top of a card's inside."""
VISIBILITY_PARTS = (0.0, 0.29, 0.63)
"""Of a card's width."""


def _card(name: str, box: Box) -> Cell:
    """Arrange a card from the top down; the note takes the room that is left."""
    inside = box.inset(CARD_INSET_MM)
    left, wide, top = inside.x, inside.wide, inside.y
    last = inside.bottom - TICK_MM - 0.6
    classes = tuple(
        _tick("class", option, left + place // CLASS_ROWS * wide / 2, top + CLASSES_MM + down)
        for place, option in enumerate(CLASSES)
        for down in (place % CLASS_ROWS * CLASS_STEP_MM,)
    )
    visible = tuple(
        _tick("visibility", option, left + wide * part, last)
        for option, part in zip(VISIBILITIES, VISIBILITY_PARTS, strict=True)
    )
    note = top + NOTE_MM
    writing = (
        _written("map_cell", Box(inside.right - 22.0, top, 22.0, 9.0), label=0.0),
        _written("name", Box(left, top + NAME_MM, wide, BOX_MM)),
        _written("need", Box(left, top + NEED_MM, wide, BOX_MM)),
        _written("note", Box(left, note, wide, last - 7.2 - note)),
    )
    return Cell(name, box, (*classes, *visible), writing)


def _tick(field: str, option: str, x: float, y: float) -> TickBox:
    return TickBox(field, option, Box(x, y, TICK_MM, TICK_MM))


def _written(field: str, box: Box, *, label: float = LABEL_MM) -> WritingBox:
    inner = box.inset(1.0)
    down = max(label - 1.0, 0.0)
    return WritingBox(field, box, Box(inner.x, inner.y + down, inner.wide, inner.tall - down))


def _map_layout(number: int, paper: SheetPaper, lies: bool, columns: int, rows: int) -> Layout:
    sizes = SIZES_MM[paper]
    wide, tall = (sizes[1], sizes[0]) if lies else sizes
    room_wide = wide - 2 * (MARGIN_MM + GRID_NAMES_MM)
    room_tall = tall - HEAD_MM - MAP_FOOT_MM
    side = min(room_wide / columns, room_tall / rows)
    left = (wide - side * columns) / 2
    cells = tuple(
        Cell(
            f"{COLUMN_LETTERS[column]}{row + 1}",
            Box(left + column * side, HEAD_MM + row * side, side, side),
        )
        for row in range(rows)
        for column in range(columns)
    )
    code = f"map-{paper}-{'lying' if lies else 'upright'}"
    marks = _marks(number, wide, tall)
    return Layout(
        code, number, SheetKind.MAP, paper, wide, tall, columns, rows, marks, _qr(wide), cells
    )
