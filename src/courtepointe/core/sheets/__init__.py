"""Sheets of a mapping workshop: their layout, their codes, and how a photo of one is straightened and cut."""

from courtepointe.core.sheets.codes import Code, check_symbol, checked, new_sheets, read_code
from courtepointe.core.sheets.frame import Frame, frame_around
from courtepointe.core.sheets.layouts import (
    CLASSES,
    VISIBILITIES,
    card_layout,
    layout,
    layouts,
    map_layout,
)
from courtepointe.core.sheets.reading import CutCell, ReadSheet, read_sheet
from courtepointe.core.sheets.straighten import Laid, Notice
from courtepointe.core.sheets.ticks import Answer, Answered, Filled, Tick, Writing, answers_of
from courtepointe.core.sheets.values import (
    CORNERS,
    Box,
    Cell,
    Corner,
    Layout,
    SheetKind,
    SheetPaper,
)

__all__ = [
    "CLASSES",
    "CORNERS",
    "VISIBILITIES",
    "Answer",
    "Answered",
    "Box",
    "Cell",
    "Code",
    "Corner",
    "CutCell",
    "Filled",
    "Frame",
    "Laid",
    "Layout",
    "Notice",
    "ReadSheet",
    "SheetKind",
    "SheetPaper",
    "Tick",
    "Writing",
    "answers_of",
    "card_layout",
    "check_symbol",
    "checked",
    "frame_around",
    "layout",
    "layouts",
    "map_layout",
    "new_sheets",
    "read_code",
    "read_sheet",
]
