"""From the pixels of a photo to the millimetres of a sheet, by its corner marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.sheets.marks import Pixels, Seen, one_each, unseen
from courtepointe.core.sheets.values import Corner, Layout
from courtepointe.core.typing import Floats

FLAT_MM = 1.5
"""Marks that lie no farther than this from where the three others have them: a flat sheet."""
BENT_MM = 4.0
"""Farther than this is refused: what is cut would not be what was written."""
FITTING_MM = 0.5
"""Three marks that fit together worse than this are not on one plane."""
CLEARLY = 3.0
"""How many times better three marks must fit than any others for the fourth to be out of place."""
FEWEST = 3
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about a reading: a code and its facts, worded by whoever shows it."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Laid:
    """How a sheet lies in a photo.

    Attributes
    ----------
    layout : Layout
    seen : tuple of Seen
        The marks that were used.
    to_px : (3, 3) float
        Homography from millimetres of the sheet to pixels of the photo.
    error_mm : float
        With four marks, the farthest that one lies from where the three others have it; with three,
        the farthest that a corner lies from where all of them have it.
    px_per_mm : float
        The least, over the sheet's cells.
    notices : tuple of Notice
    """

    layout: Layout
    seen: tuple[Seen, ...]
    to_px: Floats
    error_mm: float
    px_per_mm: float
    notices: tuple[Notice, ...] = ()


def fit_homography(from_: Floats, to: Floats) -> Floats:
    """Fit the homography that takes points to others, by least squares.

    Parameters
    ----------
    from_, to : (n, 2) float, n >= 4

    Returns
    -------
    (3, 3) float, its last cell 1

    Raises
    ------
    BadInput
        ``sheet_points_degenerate`` where the points leave it open.

    Notes
    -----
    Direct linear transform on normalised points, then Levenberg-Marquardt on distances (Hartley and
    Zisserman, Multiple View Geometry, 2nd ed., 4.1-4.7), as OpenCV does both.
    """
    found, _ = cv2.findHomography(from_, to, 0)
    if found is None or not np.isfinite(found).all() or abs(float(np.linalg.det(found))) < 1e-12:
        raise BadInput("sheet_points_degenerate")
    return np.asarray(found, dtype=np.float64)


def through(homography: Floats, points: Floats) -> Floats:
    """Take (n, 2) points through a homography."""
    moved = np.column_stack([points, np.ones(len(points))]) @ homography.T
    return np.asarray(moved[:, :2] / moved[:, 2:], dtype=np.float64)


def inverse(homography: Floats) -> Floats:
    """Give the homography that leads back."""
    return np.asarray(np.linalg.inv(homography), dtype=np.float64)


def numbers(corners: tuple[Corner, ...]) -> str:
    """Name corners by the numbers printed beside their marks."""
    return ", ".join(str(corner.number) for corner in corners)


def lay(seen: tuple[Seen, ...]) -> Laid:
    """Say how the one sheet of a photo lies, from the marks seen.

    Raises
    ------
    BadInput
        ``sheet_none_seen``; ``sheet_corners_unseen`` with fewer than three marks;
        ``sheets_several`` and ``sheets_too_many``; ``sheet_not_flat`` where no three marks agree.

    Notes
    -----
    A homography bends to one mark out of four that is out of its place: how well all four fit says
    little. Each is therefore compared with what the three others say of it.
    """
    ways = [_laid(way) for way in one_each(seen) if len(way) >= FEWEST]
    if not ways:
        _refuse_few(seen)
    held = sorted((one for one in ways if one is not None), key=lambda one: one.error_mm)
    whole = _apart([one for one in held if len(one.seen) == 4 and one.error_mm <= FLAT_MM])
    if len(whole) > 1:
        raise BadInput("sheets_several", value=len(whole))
    if whole:
        return _with_strangers(whole[0], seen)
    if _is_crowded(seen):
        raise BadInput("sheets_several", value=2)
    if not held:
        raise BadInput("sheet_not_flat", value="—", expected=BENT_MM)
    return _of_three(held[0]) if len(held[0].seen) == FEWEST else _of_four(held[0])


def _refuse_few(seen: tuple[Seen, ...]) -> None:
    if _is_crowded(seen):
        raise BadInput("sheets_several", value=2)
    raise BadInput(
        "sheet_corners_unseen", value=len(seen), expected=FEWEST, corners=numbers(unseen(seen))
    )


def _is_crowded(seen: tuple[Seen, ...]) -> bool:
    ids = [one.mark.id for one in seen]
    return len(set(ids)) < len(ids) or len({one.layout.code for one in seen}) > 1


def _apart(full: list[Laid]) -> list[Laid]:
    """Keep sheets that share no mark."""
    kept: list[Laid] = []
    for one in full:
        used = {id(seen) for other in kept for seen in other.seen}
        if not used & {id(seen) for seen in one.seen}:
            kept.append(one)
    return kept


def _with_strangers(laid: Laid, seen: tuple[Seen, ...]) -> Laid:
    others = len(seen) - len(laid.seen)
    if not others:
        return laid
    return _noted(laid, Notice("sheet_other_marks", {"value": others}))


def _laid(way: tuple[Seen, ...]) -> Laid | None:
    """Fit a sheet to marks; None where no photo of a sheet shows them so."""
    layout = way[0].layout
    sheet = np.vstack([one.mark.box.corners() for one in way])
    photo = np.vstack([one.corners for one in way])
    try:
        to_px = fit_homography(sheet, photo)
    except BadInput:
        return None
    if not _is_in_front(to_px, layout):
        return None
    back = through(inverse(to_px), photo)
    error = float(np.hypot(*(back - sheet).T).max())
    if len(way) > FEWEST:
        error = max(map(float, (_away(way, one) for one in way)))
    return Laid(layout, way, to_px, error, _finest(to_px, layout))


def _away(way: tuple[Seen, ...], one: Seen) -> float:
    """Give how far a mark lies from where the others have it, in millimetres."""
    others = _laid(tuple(other for other in way if other is not one))
    if others is None:
        return float("inf")
    back = through(inverse(others.to_px), one.corners)
    return float(np.hypot(*(back - one.mark.box.corners()).mean(axis=0)))


def _is_in_front(to_px: Floats, layout: Layout) -> bool:
    """Say whether no part of the sheet lies behind the camera or is seen from its back."""
    edge = np.array(
        [[0, 0, 1], [layout.wide, 0, 1], [layout.wide, layout.tall, 1], [0, layout.tall, 1]]
    )
    depth = edge @ to_px[2]
    return bool((depth > 0).all()) and float(np.linalg.det(to_px)) > 0


def _finest(to_px: Floats, layout: Layout) -> float:
    """Give the least pixels per millimetre over the middles of the cells."""
    middle = np.array([[c.box.x + c.box.wide / 2, c.box.y + c.box.tall / 2] for c in layout.cells])
    here = through(to_px, middle)
    across = np.hypot(*(through(to_px, middle + np.array([1.0, 0.0])) - here).T)
    down = np.hypot(*(through(to_px, middle + np.array([0.0, 1.0])) - here).T)
    return float(min(across.min(), down.min()))


def _of_three(laid: Laid) -> Laid:
    """Take three marks that fit together, and say that the fourth was computed."""
    if laid.error_mm > FITTING_MM:
        raise BadInput("sheet_not_flat", value=round(laid.error_mm, 1), expected=FITTING_MM)
    return _noted(laid, Notice("sheet_corner_computed", {"corners": numbers(unseen(laid.seen))}))


def _of_four(laid: Laid) -> Laid:
    """Leave out a mark that is clearly out of place; else say how far the sheet is from flat."""
    thirds = [(_laid(tuple(s for s in laid.seen if s is not left)), left) for left in laid.seen]
    fits = sorted(
        ((one.error_mm, one, left) for one, left in thirds if one is not None),
        key=lambda told: told[0],
    )
    if len(fits) > 1 and fits[0][0] <= FITTING_MM and fits[0][0] * CLEARLY < fits[1][0]:
        corner = (fits[0][2].mark.corner,)
        return _noted(fits[0][1], Notice("sheet_corner_aside", {"corners": numbers(corner)}))
    if laid.error_mm > BENT_MM:
        raise BadInput("sheet_not_flat", value=round(laid.error_mm, 1), expected=BENT_MM)
    return _noted(laid, Notice("sheet_bent", {"value": round(laid.error_mm, 1)}))


def _noted(laid: Laid, notice: Notice) -> Laid:
    return Laid(
        laid.layout, laid.seen, laid.to_px, laid.error_mm, laid.px_per_mm, (*laid.notices, notice)
    )


def straight(picture: Pixels, laid: Laid, *, dpi: float) -> Pixels:
    """Straighten a photo to its sheet, white where the photo does not show it.

    Parameters
    ----------
    picture : (height, width[, 3]) uint8
    laid : Laid
    dpi : float, pixels per inch

    Returns
    -------
    (height, width[, 3]) uint8
        Pixel (x, y) is the middle of the square of one pixel at ((x + 0.5), (y + 0.5)) pixels from the
        sheet's upper left corner.
    """
    per_mm = dpi / MM_PER_INCH
    size = (round(laid.layout.wide * per_mm), round(laid.layout.tall * per_mm))
    shrink = min(1.0, 1.5 * per_mm / laid.px_per_mm)
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    # Half a pixel: the middle of the first pixel is 0 for OpenCV, and half a pixel into the sheet.
    to_sheet = np.array([[1 / per_mm, 0, 0.5 / per_mm], [0, 1 / per_mm, 0.5 / per_mm], [0, 0, 1]])
    shrunk = np.array([[shrink, 0, 0.5 * shrink - 0.5], [0, shrink, 0.5 * shrink - 0.5], [0, 0, 1]])
    way = shrunk @ laid.to_px @ to_sheet
    made = cv2.warpPerspective(
        small, way, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255),
    )  # fmt: skip
    return np.asarray(made, dtype=np.uint8)
