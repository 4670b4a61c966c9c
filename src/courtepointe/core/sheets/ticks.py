"""Read what needs no reading: whether a box is ticked, whether anything is written. Never a letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from courtepointe.core.sheets.layouts import LINE_MM, TICK_MM
from courtepointe.core.sheets.marks import Pixels, grey_of
from courtepointe.core.sheets.values import Box, Cell, Layout, TickBox, WritingBox

SEARCH_MM = 1.6
"""How far a box may lie from where the marks say: paper is never quite flat."""
FOUND = 0.2
"""How much darker a box's outline must be than the paper on both its sides."""
BAND_MM = (0.5, 0.9)
INNER_MM = 0.65
RING_MM = (0.55, 1.25)
BARE, INKED = 0.02, 0.1
FULL = 0.62
"""A box blackened whole: ticked, or struck out? People say."""
DIRTY = 0.12
"""Ink in the emptiest boxes beyond which a photo is too dark or too blurred to be read."""
RING_INK = 0.12
GRAIN_MM, GRAIN = 0.4, 0.08
"""A camera's grain is finer than a pen's line, and evens out to less than this."""
DARK = 0.35
SPECK_MM2 = 0.2
NOTHING_MM2, SOMETHING_MM2 = 0.8, 3.0
PAPER_PERCENT = 35
"""More than a third of every sheet is bare paper."""


class Filled(StrEnum):
    """Whether a box holds a person's ink."""

    EMPTY = "empty"
    FILLED = "filled"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick as read.

    Attributes
    ----------
    ink : float, 0-1
        Of the box's inside that is dark, above what the emptiest boxes of the sheet show.
    """

    field: str
    option: str
    filled: Filled
    ink: float


@dataclass(frozen=True, slots=True)
class Writing:
    """A box to write in as read.

    Attributes
    ----------
    ink_mm2 : float, square millimetres
    """

    field: str
    filled: Filled
    ink_mm2: float


@dataclass(frozen=True, slots=True)
class Darkness:
    """How dark a sheet is, from 0 (its paper) to 1 (its print).

    Attributes
    ----------
    values : (height, width) float32
    per_mm : float, pixels per millimetre
    """

    values: NDArray[np.float32]
    per_mm: float

    def at(self, box: Box) -> NDArray[np.float32]:
        """Give the part under a box; cut off at the sheet's edge."""
        left, top, right, bottom = (
            max(round(place * self.per_mm), 0) for place in (box.x, box.y, box.right, box.bottom)
        )
        return self.values[top:bottom, left:right]


def darkness(even: Pixels, layout: Layout) -> Darkness:
    """Scale an evened sheet between its paper and the black of its marks.

    Parameters
    ----------
    even : (height, width[, 3]) uint8
        Of `evened`. In colour the darkest of red, green and blue counts: ink of any colour is ink.
    layout : Layout
    """
    ink = even if even.ndim == 2 else np.minimum.reduce(cv2.split(even))
    per_mm = even.shape[1] / layout.wide
    whole = Darkness((255.0 - ink.astype(np.float32)) / 255.0, per_mm)
    grey = Darkness((255.0 - grey_of(even).astype(np.float32)) / 255.0, per_mm)
    paper = float(np.percentile(whole.values[::3, ::3], PAPER_PERCENT))
    rims = [grey.at(mark.box.inset(0.6)) for mark in layout.marks]
    black = float(np.median([np.percentile(rim, 85) for rim in rims if rim.size]))
    scaled = (whole.values - paper) / max(black - paper, 0.05)
    return Darkness(np.clip(scaled, 0.0, 1.0), per_mm)


def read_ticks(dark: Darkness, cells: Sequence[Cell]) -> list[tuple[Tick, ...]]:
    """Say which boxes are ticked, cell by cell; in doubt, that it is in doubt.

    Parameters
    ----------
    dark : Darkness
    cells : sequence of Cell

    Notes
    -----
    Each box is found again near its place by its printed outline. Its inside is compared with the
    emptiest quarter of all boxes of the sheet, which share the photo's blur and light. In doubt are: a
    box not found, ink between the two limits, ink around a box but not in it (circled?), a box blackened
    whole (struck out?), and all boxes of a photo whose emptiest ones look inked.
    """
    met = [[_met(dark, tick) for tick in cell.ticks] for cell in cells]
    inks = [one.ink for row in met for one in row if one is not None]
    floor = float(np.percentile(inks, 25)) if inks else 0.0
    return [
        tuple(_told(tick, one, floor) for tick, one in zip(cell.ticks, row, strict=True))
        for cell, row in zip(cells, met, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Met:
    """A box found: the ink in it and around it, 0-1."""

    ink: float
    around: float


def _met(dark: Darkness, tick: TickBox) -> _Met | None:
    window = dark.at(tick.box.inset(-SEARCH_MM - BAND_MM[1]))
    outline = _outline(dark.per_mm)
    if window.shape[0] < outline.shape[0] or window.shape[1] < outline.shape[1]:
        return None
    score = cv2.matchTemplate(np.ascontiguousarray(window), outline, cv2.TM_CCORR)
    place = np.unravel_index(int(np.argmax(score)), score.shape)
    if not float(score[place]) >= FOUND:
        return None
    top, left = (int(p) + round(BAND_MM[1] * dark.per_mm) for p in place)
    side = round(TICK_MM * dark.per_mm)
    if min(_sides(window, left, top, side, dark)) < FOUND:
        return None
    return _Met(_inside(window, left, top, side, dark), _around(window, left, top, side, dark))


def _outline(per_mm: float) -> NDArray[np.float32]:
    """Weigh a window by a box: its outline less the paper inside and outside, whatever was ticked.

    The sum of the weights times a window's darkness is how much darker the outline is.
    """
    edge, side = round(BAND_MM[1] * per_mm), round(TICK_MM * per_mm)
    at = np.arange(side + 2 * edge)
    beyond = np.maximum(edge - at, at - edge - side)
    away = np.abs(np.maximum(beyond[:, None], beyond[None, :])) / per_mm
    line, paper = away <= LINE_MM / 2, (away >= BAND_MM[0]) & (away <= BAND_MM[1])
    return np.asarray(line / line.sum() - paper / paper.sum(), dtype=np.float32)


def _sides(
    window: NDArray[np.float32], left: int, top: int, side: int, dark: Darkness
) -> Iterator[float]:
    """Give how dark each side of a box is: one that is covered may hide a tick."""
    half = max(round(LINE_MM / 2 * dark.per_mm), 1)
    rows, columns = slice(top, top + side), slice(left, left + side)
    for at in (left, left + side):
        yield float(window[rows, max(at - half, 0) : at + half].mean())
    for at in (top, top + side):
        yield float(window[max(at - half, 0) : at + half, columns].mean())


def _inside(window: NDArray[np.float32], left: int, top: int, side: int, dark: Darkness) -> float:
    inset = round(INNER_MM * dark.per_mm)
    part = window[top + inset : top + side - inset, left + inset : left + side - inset]
    grain = max(round(GRAIN_MM * dark.per_mm), 1)
    calm = cv2.blur(np.ascontiguousarray(part), (grain, grain), borderType=cv2.BORDER_REFLECT)
    return float(np.maximum(calm - GRAIN, 0.0).mean())


def _around(window: NDArray[np.float32], left: int, top: int, side: int, dark: Darkness) -> float:
    near, far = (round(mm * dark.per_mm) for mm in RING_MM)
    rows = np.arange(window.shape[0])[:, None]
    columns = np.arange(window.shape[1])[None, :]
    out = np.maximum.reduce(
        np.broadcast_arrays(left - columns, columns - left - side, top - rows, rows - top - side)
    )
    ring = (out >= near) & (out <= far)
    return float(window[ring].mean()) if ring.any() else 0.0


def _told(tick: TickBox, met: _Met | None, floor: float) -> Tick:
    if met is None:
        return Tick(tick.field, tick.option, Filled.DOUBT, 0.0)
    ink = max(met.ink - floor, 0.0)
    return Tick(tick.field, tick.option, _judged(ink, met, floor), round(ink, 3))


def _judged(ink: float, met: _Met, floor: float) -> Filled:
    if floor > DIRTY or met.ink > FULL:
        return Filled.DOUBT
    if ink >= INKED:
        return Filled.FILLED
    return Filled.EMPTY if ink <= BARE and met.around <= RING_INK else Filled.DOUBT


def read_writing(dark: Darkness, boxes: Sequence[WritingBox]) -> tuple[Writing, ...]:
    """Say in which boxes something is written; what it is, people read.

    Parameters
    ----------
    dark : Darkness
    boxes : sequence of WritingBox
    """
    return tuple(_written(dark, one) for one in boxes)


def _written(dark: Darkness, one: WritingBox) -> Writing:
    part = (dark.at(one.ink) > DARK).astype(np.uint8)
    if not part.size:
        return Writing(one.field, Filled.DOUBT, 0.0)
    _, _, about, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    surfaces = about[1:, cv2.CC_STAT_AREA] / dark.per_mm**2
    ink = float(surfaces[surfaces >= SPECK_MM2].sum())
    filled = Filled.EMPTY if ink <= NOTHING_MM2 else Filled.DOUBT
    filled = Filled.FILLED if ink >= SOMETHING_MM2 else filled
    return Writing(one.field, filled, round(ink, 2))


class Answered(StrEnum):
    """What the boxes of one question say together."""

    ONE = "one"
    NONE = "none"
    SEVERAL = "several"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question of which one box is to be ticked.

    Attributes
    ----------
    option : str or None
        Only where exactly one box is ticked and no other is in doubt.
    """

    field: str
    answered: Answered
    option: str | None


def answers_of(ticks: Sequence[Tick]) -> tuple[Answer, ...]:
    """Say what the ticks of a card answer, question by question.

    Parameters
    ----------
    ticks : sequence of Tick
    """
    found = []
    for name in dict.fromkeys(one.field for one in ticks):
        held = [one for one in ticks if one.field == name]
        ticked = [one.option for one in held if one.filled is Filled.FILLED]
        if any(one.filled is Filled.DOUBT for one in held):
            answer = Answer(name, Answered.DOUBT, None)
        elif len(ticked) == 1:
            answer = Answer(name, Answered.ONE, ticked[0])
        else:
            answer = Answer(name, Answered.SEVERAL if ticked else Answered.NONE, None)
        found.append(answer)
    return tuple(found)


def together(parts: Sequence[Filled]) -> Filled:
    """Say whether a card holds anything: filled where one part is, empty where all are."""
    if Filled.FILLED in parts:
        return Filled.FILLED
    return Filled.DOUBT if Filled.DOUBT in parts else Filled.EMPTY
