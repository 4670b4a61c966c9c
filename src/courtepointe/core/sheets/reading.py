"""Read a photographed sheet whole: straighten it, cut it, say what is sure and what is not."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from courtepointe.core.errors import CourtepointeError
from courtepointe.core.sheets.codes import Code, read_code
from courtepointe.core.sheets.light import Focus, Sharpness, evened, focus
from courtepointe.core.sheets.marks import Pixels, find_marks, grey_of
from courtepointe.core.sheets.straighten import MM_PER_INCH, Laid, Notice, lay, straight
from courtepointe.core.sheets.ticks import (
    Darkness,
    Filled,
    Tick,
    Writing,
    darkness,
    read_ticks,
    read_writing,
    together,
)
from courtepointe.core.sheets.values import Box, Cell, SheetKind

DPI = 200.0
QR_WORD = "COURTEPOINTE"
"""What our QR codes begin with, before the code of the sheet."""
QR_AROUND_MM = 3.0
UNSHARP = {Sharpness.SOFT: "sheet_soft", Sharpness.BLURRED: "sheet_blurred"}


@dataclass(frozen=True, slots=True)
class CutCell:
    """A cell cut out of a photographed sheet.

    Attributes
    ----------
    cell : Cell
    pixels : (height, width[, 3]) uint8
    code : Code or None
        Of a card, where the sheet's code was read.
    ticks : tuple of Tick
    writing : tuple of Writing
    filled : Filled or None
        None for a square of a map: what is printed there cannot be told from what is written.
    """

    cell: Cell
    pixels: Pixels
    code: Code | None
    ticks: tuple[Tick, ...]
    writing: tuple[Writing, ...]
    filled: Filled | None


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A photographed sheet, straightened and cut.

    Attributes
    ----------
    laid : Laid
    pixels : (height, width[, 3]) uint8
        Straightened, its light made even.
    dpi : float, pixels per inch
    focus : Focus
    code : Code or None
        Of the QR code; None where it could not be read: it is printed beside it.
    cells : tuple of CutCell
    notices : tuple of Notice
    """

    laid: Laid
    pixels: Pixels
    dpi: float
    focus: Focus
    code: Code | None
    cells: tuple[CutCell, ...]
    notices: tuple[Notice, ...]


def read_sheet(picture: Pixels, *, dpi: float = DPI) -> ReadSheet:
    """Read one photographed sheet.

    Parameters
    ----------
    picture : (height, width[, 3]) uint8
        Upright or not: the marks say which way the sheet is held.
    dpi : float, pixels per inch
        Of the pictures given back; boxes are always read at 200 or more.

    Raises
    ------
    BadInput
        As `courtepointe.core.sheets.straighten.lay`.

    Notes
    -----
    Nothing is recognised as handwriting. ``docs/methods/workshop-sheets.md`` has the limits and what was
    measured.
    """
    laid = lay(find_marks(picture))
    layout = laid.layout
    fine = max(dpi, DPI)
    even = evened(straight(picture, laid, dpi=fine), layout)
    sharp = focus(picture, laid)
    code = read_qr(even, layout.qr, per_mm=fine / MM_PER_INCH)
    shown = _shown(even, laid, dpi) if dpi < fine else even
    notices = list(laid.notices)
    if sharp.sharpness is not Sharpness.SHARP:
        facts = {"value": round(sharp.rise_mm, 1), "expected": round(sharp.px_per_mm, 1)}
        notices.append(Notice(UNSHARP[sharp.sharpness], facts))
    if code is None:
        notices.append(Notice("sheet_qr_unread"))
    cells = _cut(shown, darkness(even, layout), laid, code)
    return ReadSheet(laid, shown, dpi, sharp, code, cells, tuple(notices))


def _shown(even: Pixels, laid: Laid, dpi: float) -> Pixels:
    """Make a sheet smaller that was read finer than it is shown."""
    size = (
        round(laid.layout.wide * dpi / MM_PER_INCH),
        round(laid.layout.tall * dpi / MM_PER_INCH),
    )
    return cv2.resize(even, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _cut(shown: Pixels, dark: Darkness, laid: Laid, code: Code | None) -> tuple[CutCell, ...]:
    layout = laid.layout
    per_mm = shown.shape[1] / layout.wide
    if layout.kind is SheetKind.MAP:
        return tuple(
            CutCell(cell, part_of(shown, cell.box, per_mm=per_mm), None, (), (), None)
            for cell in layout.cells
        )
    found = []
    for cell, ticks in zip(layout.cells, read_ticks(dark, layout.cells), strict=True):
        writing = read_writing(dark, cell.writing)
        its = None if code is None else Code(code.sheet, int(cell.name))
        pixels = part_of(shown, cell.box, per_mm=per_mm)
        filled = together([*(one.filled for one in ticks), *(one.filled for one in writing)])
        found.append(CutCell(cell, pixels, its, ticks, writing, filled))
    return tuple(found)


def part_of(sheet: Pixels, box: Box, *, per_mm: float) -> Pixels:
    """Cut a box out of a straightened sheet."""
    left, top, right, bottom = (
        max(round(place * per_mm), 0) for place in (box.x, box.y, box.right, box.bottom)
    )
    return np.ascontiguousarray(sheet[top:bottom, left:right])


def read_qr(even: Pixels, box: Box, *, per_mm: float) -> Code | None:
    """Read the code of a sheet from its QR code; None where it is not read or is none of ours.

    Parameters
    ----------
    even : (height, width[, 3]) uint8
        Of `evened`.
    box : Box
    per_mm : float, pixels per millimetre
    """
    part = grey_of(part_of(even, box.inset(-QR_AROUND_MM), per_mm=per_mm))
    for grow, cut in ((1.0, False), (2.0, False), (2.0, True), (3.0, True), (0.6, False)):
        asked = cv2.resize(part, None, fx=grow, fy=grow, interpolation=cv2.INTER_CUBIC)
        if cut:
            _, asked = cv2.threshold(asked, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        code = _code_of(_decoded(asked.astype(np.uint8)))
        if code is not None:
            return code
    return None


def _decoded(part: Pixels) -> str:
    try:
        text, _, _ = cv2.QRCodeDetector().detectAndDecode(part)
    except cv2.error:
        return ""
    return str(text)


def _code_of(text: str) -> Code | None:
    word, _, told = text.partition(" ")
    if word != QR_WORD:
        return None
    try:
        code = read_code(told)
    except CourtepointeError:
        return None
    return code if code.card is None else None
