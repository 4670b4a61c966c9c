"""Where the names go beside their discs: the most telling first, none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np

from courtepointe.core.typing import Bools, Floats, Ints

SIDES = ((0.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.6), (-1.0, 0.6), (1.0, -0.6),
         (-1.0, -0.6))  # fmt: skip
"""Under, right, left, over, and the corners: in the order of liking."""
FARTHER = (0.0, 7.0)
GAP = 3.0
PASSES = 4
ON_LINE = 0.12
"""What a tie that runs under a name costs, where the least liked place costs one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Boxes of names.

    Attributes
    ----------
    boxes : (n_labels, 4) float, pixels
        Left, top, right, bottom.
    choice : (n_labels,) int
        Which of its places each took; -1 where none was free.
    """

    boxes: Floats
    choice: Ints

    @property
    def clear(self) -> Bools:
        """Which are inside the sheet, over no disc and over no other that is clear."""
        told: Bools = self.choice >= 0
        return told


def place_labels(
    choices: Sequence[Floats], *, points: Floats, radius: float, box: Floats, lines: Floats
) -> Placed:
    """Place names, each at one of the places it likes.

    Parameters
    ----------
    choices : sequence of (n_choices, 4) float, pixels
        Boxes for each name, the best liked first; the most telling name first: later ones give way.
        From `beside`.
    points : (n_nodes, 2) float, pixels
        Middles of all discs.
    radius : float, pixels
    box : (2,) float, pixels
        The sheet.
    lines : (n_lines, 4) float, pixels
        Ties, from x, y to x, y: names go where fewer pass, if it is free.

    Notes
    -----
    Each takes the place that is free of discs and names, liked best and crossed by the fewest ties;
    in later passes those that found none try again. Greedy, after J. Christensen, J. Marks and S.
    Shieber, "An empirical study of algorithms for point-feature label placement", ACM Transactions on
    Graphics 14 (1995).
    """
    costs = [_cost(made, points, radius, box, lines) for made in choices]
    chosen = np.full(len(choices), -1, dtype=np.int64)
    for _ in range(PASSES):
        before = chosen.copy()
        for label, made in enumerate(choices):
            others = [
                choices[k][chosen[k]] for k in range(len(choices)) if k != label and chosen[k] >= 0
            ]
            chosen[label] = _best(made, costs[label], others)
        if (chosen == before).all():
            break
    boxes = [made[max(int(k), 0)] for made, k in zip(choices, chosen, strict=True)]
    return Placed(np.array(boxes, dtype=np.float64).reshape(-1, 4), chosen)


def beside(middle: Floats, *, radius: float, size: Floats) -> Floats:
    """Give sixteen boxes around a disc: near it, then farther.

    Parameters
    ----------
    middle : (2,) float, pixels
    radius : float, pixels
    size : (2,) float, pixels
        Width and height of the name.

    Returns
    -------
    (16, 4) float, pixels
        Left, top, right, bottom.
    """
    made = []
    for more in FARTHER:
        gap = radius + GAP + more
        for across, down in SIDES:
            centre = middle + np.array([across, down]) * (gap + size / 2)
            made.append([*(centre - size / 2), *(centre + size / 2)])
    return np.array(made, dtype=np.float64)


def _cost(made: Floats, points: Floats, radius: float, box: Floats, lines: Floats) -> Floats:
    """Give what each place costs; infinite over a disc or out of the sheet."""
    outside = (made[:, :2] < 0).any(axis=1) | (made[:, 2:] > box).any(axis=1)
    covered = on_discs(made, points, radius=radius + 1.0)
    cost = np.arange(len(made)) / len(made) + ON_LINE * crossings(made, lines)
    told: Floats = np.where(outside | covered, np.inf, cost)
    return told


def on_discs(boxes: Floats, points: Floats, *, radius: float) -> Bools:
    """Tell which boxes cover a part of a disc: (n_boxes,) bool."""
    nearest = np.clip(points[None, :, :], boxes[:, None, :2], boxes[:, None, 2:])
    gaps = np.sqrt(((points[None, :, :] - nearest) ** 2).sum(axis=2))
    told: Bools = (gaps < radius).any(axis=1)
    return told


def _best(made: Floats, cost: Floats, others: list[Floats]) -> int:
    free = cost.copy()
    if others:
        taken = np.array(others)
        free[overlaps(made, taken).any(axis=1)] = np.inf
    best = int(free.argmin())
    return best if np.isfinite(free[best]) else -1


def overlaps(boxes: Floats, others: Floats) -> Bools:
    """Tell which boxes overlap which others: (n_boxes, n_others) bool."""
    told: Bools = (
        (boxes[:, None, 0] < others[None, :, 2])
        & (others[None, :, 0] < boxes[:, None, 2])
        & (boxes[:, None, 1] < others[None, :, 3])
        & (others[None, :, 1] < boxes[:, None, 3])
    )
    return told


def crossings(boxes: Floats, lines: Floats) -> Ints:
    """Count the straight lines that pass through each box: (n_boxes,) int."""
    return _crossings(np.ascontiguousarray(boxes), np.ascontiguousarray(lines))


@numba.njit(cache=True, nogil=True, error_model="numpy")
def _crossings(boxes: Floats, lines: Floats) -> Ints:
    counted = np.zeros(len(boxes), dtype=np.int64)
    for k in range(len(boxes)):
        for line in range(len(lines)):
            enter, leave = 0.0, 1.0
            for axis in range(2):
                start, low, high = lines[line, axis], boxes[k, axis], boxes[k, axis + 2]
                way = lines[line, axis + 2] - start
                if abs(way) < 1e-9:
                    if start < low or start > high:
                        leave = -1.0
                else:
                    one, two = (low - start) / way, (high - start) / way
                    enter, leave = max(enter, min(one, two)), min(leave, max(one, two))
            if enter <= leave:
                counted[k] += 1
    return counted
