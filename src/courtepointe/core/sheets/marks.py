"""Corner marks: their pattern for print, and where a photo shows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from courtepointe.core.errors import BadInput
from courtepointe.core.sheets.layouts import layouts
from courtepointe.core.sheets.values import CORNERS, Corner, Layout, Mark
from courtepointe.core.typing import Bools, Floats

Pixels: TypeAlias = NDArray[np.uint8]
"""A picture: (height, width) grey or (height, width, 3) red, green, blue."""

MODULES = 7
"""Squares across a mark, its black border included."""
QUICK_PX = 1600
"""Marks are first looked for in a smaller picture: most are found there, in a tenth of the time."""
MOST_SEEN = 4
"""More marks than this of one id are a pattern of something else."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark seen in a photo.

    Attributes
    ----------
    layout : Layout
    mark : Mark
    corners : (4, 2) float, pixels
        Clockwise from the mark's own upper left corner.
    """

    layout: Layout
    mark: Mark
    corners: Floats

    def side_px(self) -> float:
        """Give the mean length of its sides."""
        steps = np.diff(self.corners, axis=0, append=self.corners[:1])
        return float(np.hypot(steps[:, 0], steps[:, 1]).mean())


@cache
def _dictionary() -> cv2.aruco.Dictionary:
    return cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_5X5_50)


def mark_modules(id_: int) -> Bools:
    """Give (7, 7) squares of a mark, true where black.

    Notes
    -----
    Dictionary ``DICT_5X5_50`` of ArUco (Garrido-Jurado and others, Pattern Recognition 47, 2014,
    2280-2292).
    """
    drawn = cv2.aruco.generateImageMarker(_dictionary(), id_, MODULES)
    return np.asarray(drawn < 128)


def find_marks(picture: Pixels) -> tuple[Seen, ...]:
    """Find the marks of our sheets in a photo.

    Parameters
    ----------
    picture : (height, width) or (height, width, 3) uint8

    Returns
    -------
    tuple of Seen
        In the order of their ids; several of one id where the photo shows several sheets.
    """
    grey = grey_of(picture)
    shrink = min(1.0, QUICK_PX / max(grey.shape))
    quick = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    found = _detected(quick.astype(np.uint8), shrink)
    if shrink < 1.0 and len(found) < len(CORNERS):
        slow = _detected(grey, 1.0)
        found = slow if len(slow) > len(found) else found
    return tuple(Seen(one.layout, one.mark, _refined(grey, one)) for one in found)


def grey_of(picture: Pixels) -> Pixels:
    """Give a picture in grey."""
    if picture.ndim == 2:
        return picture
    return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8)


def _detected(grey: Pixels, scale: float) -> tuple[Seen, ...]:
    asked = cv2.aruco.DetectorParameters()
    asked.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    asked.adaptiveThreshWinSizeMax = 43
    asked.minMarkerPerimeterRate = 0.02
    asked.errorCorrectionRate = 0.4
    corners, ids, _ = cv2.aruco.ArucoDetector(_dictionary(), asked).detectMarkers(grey)
    if not len(corners):
        return ()
    held = [
        _seen(int(id_), np.asarray(four, dtype=np.float64).reshape(4, 2), scale)
        for id_, four in zip(np.ravel(ids).tolist(), corners, strict=True)
        if id_ < len(CORNERS) * len(layouts())
    ]
    return tuple(sorted(held, key=lambda one: one.mark.id))


def _seen(id_: int, corners: Floats, scale: float) -> Seen:
    number, place = divmod(id_, len(CORNERS))
    layout = layouts()[number]
    # A pixel's middle is whole in both pictures.
    return Seen(layout, layout.marks[place], (corners + 0.5) / scale - 0.5)


def _refined(grey: Pixels, seen: Seen) -> Floats:
    """Move corners to where edges cross in the full picture, never by more than half a module."""
    reach = max(2, int(seen.side_px() / MODULES / 2))
    start = seen.corners.astype(np.float32).reshape(-1, 1, 2)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 40, 0.01)
    moved = cv2.cornerSubPix(grey, start.copy(), (reach, reach), (-1, -1), stop)
    moved = np.asarray(moved, dtype=np.float64).reshape(4, 2)
    far = np.hypot(*(moved - seen.corners).T) > reach
    return np.where(far[:, None], seen.corners, moved)


def one_each(seen: tuple[Seen, ...]) -> list[tuple[Seen, ...]]:
    """Give every way to take one mark for each corner that a layout shows.

    Raises
    ------
    BadInput
        ``sheet_none_seen``; ``sheets_too_many`` beyond four marks of one id.
    """
    if not seen:
        raise BadInput("sheet_none_seen")
    ways: list[tuple[Seen, ...]] = []
    for held in {one.layout.code: one.layout for one in seen}.values():
        of = [[s for s in seen if s.layout is held and s.mark.corner is c] for c in CORNERS]
        if max(map(len, of)) > MOST_SEEN:
            raise BadInput("sheets_too_many", value=max(map(len, of)))
        ways += list(product(*(some for some in of if some)))
    return ways


def unseen(seen: tuple[Seen, ...]) -> tuple[Corner, ...]:
    """Give the corners whose marks are lacking."""
    held = {one.mark.corner for one in seen}
    return tuple(corner for corner in CORNERS if corner not in held)
