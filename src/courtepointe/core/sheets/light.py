"""Light: make a photographed page evenly white, and say how sharp the photo is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from courtepointe.core.sheets.marks import Pixels, grey_of
from courtepointe.core.sheets.straighten import Laid, through
from courtepointe.core.sheets.values import Box, Layout
from courtepointe.core.typing import Floats

COARSE_PX_PER_MM = 2.0
PAPER_MM = 11.0
"""Paper is seen at least once in a square of this side, between lines and letters."""
WHITE = 250.0
DARKEST_LIGHT = 12.0
"""Below this there is no light to make even."""

SHARP_MM, SOFT_MM = 0.6, 1.1
COARSEST_PX_PER_MM = 4.0
EDGE_REACH_MM, EDGE_STEP_MM = 1.6, 0.05
"""Half of it is less than the 2 mm of black that every mark has at its edge."""
LOW, HIGH = 0.1, 0.9


class Sharpness(StrEnum):
    """What can be read in a photo."""

    SHARP = "sharp"
    SOFT = "soft"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class Focus:
    """How sharp a photo is.

    Attributes
    ----------
    rise_mm : float, millimetres on the sheet
        Over which the edge of a mark goes from 10 % to 90 % of its way from black to white.
    px_per_mm : float
    sharpness : Sharpness
    """

    rise_mm: float
    px_per_mm: float
    sharpness: Sharpness


def evened(sheet: Pixels, layout: Layout) -> Pixels:
    """Divide a straightened sheet by its light, so that paper is white and shadows are gone.

    Parameters
    ----------
    sheet : (height, width[, 3]) uint8
    layout : Layout

    Returns
    -------
    same shape, uint8

    Notes
    -----
    The light is what is left where all that is narrower than 11 mm and darker than its surroundings is
    closed, then smoothed by its median: grey closing, Serra, Image Analysis and Mathematical Morphology
    (1982). A shadow's edge stays where it is.
    """
    per_mm = sheet.shape[1] / layout.wide
    shrink = COARSE_PX_PER_MM / per_mm
    small = cv2.resize(sheet, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    side = round(PAPER_MM * COARSE_PX_PER_MM) | 1
    square = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, square, borderType=cv2.BORDER_REPLICATE)
    smooth = cv2.medianBlur(closed.astype(np.uint8), 11)
    size = (sheet.shape[1], sheet.shape[0])
    light = cv2.resize(smooth, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
    made = sheet.astype(np.float32) * (WHITE / np.maximum(light, DARKEST_LIGHT))
    return np.clip(made, 0.0, 255.0).astype(np.uint8)


def focus(picture: Pixels, laid: Laid) -> Focus:
    """Say how sharp a photo is, by the edges of the marks that it shows.

    Parameters
    ----------
    picture : (height, width[, 3]) uint8
        As photographed.
    laid : Laid
    """
    grey = grey_of(picture)
    rises = [_rise(grey, laid, ends) for seen in laid.seen for ends in _edges(seen.mark.box)]
    rise = float(np.median(rises))
    fine = laid.px_per_mm >= COARSEST_PX_PER_MM
    if rise <= SHARP_MM and fine:
        sharpness = Sharpness.SHARP
    else:
        sharpness = Sharpness.SOFT if rise <= SOFT_MM else Sharpness.BLURRED
    return Focus(rise, laid.px_per_mm, sharpness)


def _edges(box: Box) -> list[tuple[Floats, Floats]]:
    """Give the middle part of each side of a mark, and the way that leads out of it."""
    corners = box.corners()
    found = []
    for place in range(4):
        start, end = corners[place], corners[(place + 1) % 4]
        along = end - start
        outwards = np.array([along[1], -along[0]]) / float(np.hypot(*along))
        found.append((start + along * np.linspace(0.2, 0.8, 25)[:, None], outwards))
    return found


def _rise(grey: Pixels, laid: Laid, ends: tuple[Floats, Floats]) -> float:
    """Measure over how many millimetres an edge rises, on the mean of its profiles."""
    points, outwards = ends
    steps = np.arange(-EDGE_REACH_MM, EDGE_REACH_MM + EDGE_STEP_MM / 2, EDGE_STEP_MM)
    places = points[:, None, :] + steps[None, :, None] * outwards
    photo = through(laid.to_px, places.reshape(-1, 2)).astype(np.float32)
    shape = (len(points), len(steps))
    read = cv2.remap(
        grey, photo[:, 0].reshape(shape), photo[:, 1].reshape(shape), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    profile = np.asarray(read, dtype=np.float64).mean(axis=0)
    black, white = float(profile[:8].mean()), float(profile[-8:].mean())
    if white - black < 10.0:
        return 2 * EDGE_REACH_MM
    part = np.maximum.accumulate((profile - black) / (white - black))
    first, last = np.searchsorted(part, (LOW, HIGH))
    return float((last - first) * EDGE_STEP_MM)
