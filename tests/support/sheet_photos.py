"""Photos of printed sheets as people take them: askew, blurred, in bad light, on a table, a corner folded.

What is drawn by hand on a sheet, and how the sheet lies in the photo, are known: what is read must agree.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from PIL import Image

from courtepointe.core.sheets import CORNERS, Cell, Corner, Layout

PPI = 200.0
PER_MM = PPI / 25.4
INKS = ((30, 30, 45), (35, 45, 120), (70, 70, 75))
"""Black pen, blue pen, pencil."""


@dataclass(frozen=True)
class Shot:
    """How a photo is taken.

    Attributes
    ----------
    turn : float, degrees
    tilt : float
        How far the corners are pushed out of square, as a share of the sheet.
    blur : float, pixels
    shadow : float
        What a shadow leaves of the light; 1 for none.
    folded : Corner or None
    table : str
        ``plain``, ``wood``, ``checked``.
    """

    seed: int
    turn: float = 0.0
    tilt: float = 0.03
    blur: float = 0.7
    light: float = 0.75
    shadow: float = 1.0
    noise: float = 4.0
    quality: int = 80
    folded: Corner | None = None
    table: str = "plain"
    size: tuple[int, int] = (1500, 2000)
    fill: float = 0.86


@dataclass
class Hand:
    """What a person put on a sheet: ticks by cell and box, and the cells that they wrote in."""

    ticked: set[tuple[str, str, str]] = field(default_factory=set)
    written: set[tuple[str, str]] = field(default_factory=set)


def page_of(png: bytes) -> Any:
    """Give a printed page as pixels."""
    return np.array(Image.open(io.BytesIO(png)).convert("RGB"))


def fill_in(page: Any, layout: Layout, rng: np.random.Generator) -> Hand:
    """Tick and write on a sheet of cards as several people would; the last card stays empty."""
    hand = Hand()
    for cell in layout.cells[:-1]:
        ink = INKS[int(rng.integers(len(INKS)))]
        for name in ("class", "visibility"):
            some = [one for one in cell.ticks if one.field == name]
            one = some[int(rng.integers(len(some)))]
            tick(page, one.box, rng, ink)
            hand.ticked.add((cell.name, one.field, one.option))
        for box in cell.writing:
            if box.field in ("name", "map_cell") or rng.random() < 0.5:
                scribble(page, box.ink, rng, ink)
                hand.written.add((cell.name, box.field))
    return hand


def tick(page: Any, box: Any, rng: np.random.Generator, ink: tuple[int, int, int]) -> None:
    """Cross a box, or check it, with a hand that trembles and oversteps."""
    over = rng.uniform(-0.4, 0.8, 8)
    wide = int(rng.integers(3, 6))
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    if rng.random() < 0.7:
        lines = [
            [(left - over[0], top - over[1]), (right + over[2], bottom + over[3])],
            [(right + over[4], top - over[5]), (left - over[6], bottom + over[7])],
        ]
    else:
        lines = [
            [(left + 0.4, top + 1.8), (left + 1.6, bottom - 0.4 + over[0] / 2)],
            [(left + 1.6, bottom - 0.4 + over[0] / 2), (right + over[1], top - over[2])],
        ]
    for line in lines:
        stroke(page, line, ink, wide)


def scribble(page: Any, box: Any, rng: np.random.Generator, ink: tuple[int, int, int]) -> None:
    """Write something that looks like letters."""
    x, middle = box.x + 1.0, box.y + box.tall / 2
    end = box.x + box.wide * rng.uniform(0.5, 0.95)
    points = []
    while x < end:
        points.append((x, middle + rng.uniform(-1, 1) * min(2.2, box.tall / 2 - 0.8)))
        x += rng.uniform(0.6, 1.6)
    stroke(page, points, ink, int(rng.integers(3, 5)))


def stroke(page: Any, points: Any, ink: tuple[int, int, int], wide: int) -> None:
    """Draw a pen's line through points in millimetres."""
    drawn = np.rint(np.array(points) * PER_MM * 8).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(page, [drawn], False, ink, wide, cv2.LINE_AA, 3)


def photograph(page: Any, layout: Layout, shot: Shot) -> tuple[bytes, Any]:
    """Take a photo of a page.

    Returns
    -------
    (bytes, (3, 3) float)
        The JPEG, and the true homography from the sheet's millimetres to the photo's pixels.
    """
    rng = np.random.default_rng(shot.seed)
    truth = _pose(layout, shot, rng)
    picture = _on_table(page, layout, truth, shot, rng)
    if shot.folded is not None:
        _fold(picture, layout, truth, shot.folded)
    return _taken(picture, shot, rng), truth


def two_sheets(pages: list[tuple[Any, Layout]], shot: Shot) -> bytes:
    """Take a photo of two sheets side by side."""
    halves = []
    for place, (page, layout) in enumerate(pages):
        rng = np.random.default_rng(shot.seed + place)
        halves.append(_on_table(page, layout, _pose(layout, shot, rng), shot, rng))
    rng = np.random.default_rng(shot.seed)
    return _taken(np.hstack(halves), shot, rng)


def _pose(layout: Layout, shot: Shot, rng: np.random.Generator) -> Any:
    """Turn and tilt a sheet, then fit it into the photo."""
    corners = np.array([[0, 0], [layout.wide, 0], [layout.wide, layout.tall], [0, layout.tall]])
    middle = corners.mean(axis=0)
    angle = np.radians(shot.turn)
    spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned = (corners - middle) @ spin
    turned += rng.uniform(-shot.tilt, shot.tilt, (4, 2)) * layout.tall
    low, high = turned.min(axis=0), turned.max(axis=0)
    size = np.array(shot.size)
    scale = float((size * shot.fill / (high - low)).min())
    shift = size / 2 - (low + high) / 2 * scale + rng.uniform(-1, 1, 2) * size * 0.02
    moved = (turned * scale + shift).astype(np.float32)
    return cv2.getPerspectiveTransform(corners.astype(np.float32), moved).astype(np.float64)


def _on_table(page: Any, layout: Layout, truth: Any, shot: Shot, rng: np.random.Generator) -> Any:
    # The middle of a page's first pixel is half a pixel into the sheet.
    to_mm = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, PER_MM]]) / PER_MM
    # Drawn twice as large and then shrunk: a lens mixes what a pixel sees.
    twice = np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1]])
    size = (shot.size[0] * 2, shot.size[1] * 2)
    table = cv2.resize(_table(shot, rng).astype(np.uint8), size, interpolation=cv2.INTER_LINEAR)
    mixed = cv2.warpPerspective(
        page, twice @ truth @ to_mm, size, dst=table, flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_TRANSPARENT,
    )  # fmt: skip
    return cv2.resize(mixed, shot.size, interpolation=cv2.INTER_AREA).astype(np.float32)


def _table(shot: Shot, rng: np.random.Generator) -> Any:
    wide, tall = shot.size
    base = np.full((tall, wide, 3), (120, 95, 70), np.float32)
    if shot.table == "wood":
        grain = cv2.GaussianBlur(
            rng.standard_normal((tall, wide), np.float32) * 60, (0, 0), 9, None, 1.2
        )
        base += grain[..., None]
    if shot.table == "checked":
        y, x = np.mgrid[0:tall, 0:wide]
        base += (((x // 60 + y // 60) % 2) * 90.0 - 60.0)[..., None]
    return np.clip(base, 0, 255)


def _fold(picture: Any, layout: Layout, truth: Any, corner: Corner) -> None:
    """Turn a corner over: its mark is covered by the back of the paper, and the table is bare."""
    at = np.array([[0, 0], [layout.wide, 0], [layout.wide, layout.tall], [0, layout.tall]])[
        CORNERS.index(corner)
    ]
    inwards = np.sign(np.array([layout.wide, layout.tall]) / 2 - at)
    long = 34.0
    one, other = at + inwards * [long, 0], at + inwards * [0, long]
    tip = at + inwards * long * 0.9
    for points, colour in (([at, one, other], (115, 92, 70)), ([one, tip, other], (232, 230, 224))):
        shape = np.array(points, dtype=np.float64)
        moved = cv2.perspectiveTransform(shape.reshape(-1, 1, 2), truth)
        cv2.fillConvexPoly(picture, np.rint(moved).astype(np.int32), colour, cv2.LINE_AA)


def _taken(picture: Any, shot: Shot, rng: np.random.Generator) -> bytes:
    """Light, shade, blur, noise, and what JPEG does."""
    tall, wide = picture.shape[:2]
    y, x = np.mgrid[0:tall, 0:wide].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    ramp = (np.cos(angle) * (x / wide - 0.5) + np.sin(angle) * (y / tall - 0.5)) / 1.4 + 0.5
    light = shot.light + (1 - shot.light) * ramp
    if shot.shadow < 1:
        edge = np.cos(angle + 1) * (x - wide / 2) + np.sin(angle + 1) * (y - tall / 2)
        soft = float(rng.uniform(6, 30))
        light *= shot.shadow + (1 - shot.shadow) / (1 + np.exp(np.clip(-edge / soft, -50, 50)))
    warm = np.array([1.0, rng.uniform(0.93, 0.99), rng.uniform(0.82, 0.96)], np.float32)
    # In the picture's own 32 bits: half the memory to walk through.
    lit = picture * light[..., None].astype(np.float32) * warm
    blurred = cv2.GaussianBlur(lit, (0, 0), shot.blur) if shot.blur > 0 else lit
    noisy = blurred + rng.standard_normal(blurred.shape, np.float32) * shot.noise
    out = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=shot.quality)
    return out.getvalue()


def folder_of_shots(number: int, seed: int = 2026) -> list[Shot]:
    """Choose how some photos are taken: every one differs, and a fifth is upside down."""
    rng = np.random.default_rng(seed)
    shots = []
    for place in range(number):
        shots.append(
            Shot(
                seed=seed + place,
                turn=float(rng.uniform(-25, 25)) + (180.0 if place % 5 == 4 else 0.0),
                tilt=float(rng.uniform(0.01, 0.05)),
                blur=float(rng.uniform(0.4, 1.5)),
                light=float(rng.uniform(0.5, 0.95)),
                shadow=float(rng.uniform(0.5, 0.8)) if place % 2 else 1.0,
                noise=float(rng.uniform(2, 8)),
                quality=int(rng.integers(55, 92)),
                folded=CORNERS[place % 4] if place % 6 == 5 else None,
                table=("plain", "wood", "checked")[place % 3],
            )
        )
    return shots


def cell_named(layout: Layout, name: str) -> Cell:
    """Give a cell by its name."""
    return next(cell for cell in layout.cells if cell.name == name)
