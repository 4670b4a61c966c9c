"""Push discs apart until none is nearer to another than it may be."""

from __future__ import annotations

import numpy as np

from courtepointe.core.typing import Floats

SLACK = 1e-3


def spread(
    points: Floats, *, distance: float, box: Floats, edge: float, ease: Floats, rounds: int
) -> Floats:
    """Push points apart, as little as may be, inside a box.

    Parameters
    ----------
    points : (n, 2) float, pixels
    distance : float, pixels
        That any two are to keep.
    box : (2,) float, pixels
    edge : float, pixels
        To keep from the sides of the box.
    ease : (n,) float
        How easily each moves.
    rounds : int
        At most.

    Returns
    -------
    (n, 2) float
        Where the box holds them all at that distance, mostly so; `closest` measures it.
    """
    held = np.clip(points, edge, np.maximum(box - edge, edge))
    for _ in range(rounds):
        way = held[:, None, :] - held[None, :, :]
        long = np.sqrt((way**2).sum(axis=2))
        np.fill_diagonal(long, np.inf)
        if float(long.min(initial=np.inf)) >= distance - SLACK:
            break
        lack = np.maximum(distance - long, 0.0)
        share = ease[:, None] / (ease[:, None] + ease[None, :])
        way = np.where(long[:, :, None] < 1e-9, _apart(len(held)), way / long[:, :, None])
        moved = held + 0.6 * (way * (lack * share)[:, :, None]).sum(axis=1)
        held = np.clip(moved, edge, np.maximum(box - edge, edge))
    return held


def _apart(n: int) -> Floats:
    """Give a way out for those that stand on the very same point: the earlier goes left."""
    order = np.sign(np.arange(n)[:, None] - np.arange(n)[None, :]).astype(np.float64)
    return np.stack([order, np.zeros((n, n))], axis=2)


def closest(points: Floats) -> float:
    """Give the least distance between two points; infinite for one."""
    way = points[:, None, :] - points[None, :, :]
    long = np.sqrt((way**2).sum(axis=2))
    np.fill_diagonal(long, np.inf)
    return float(long.min(initial=np.inf))
