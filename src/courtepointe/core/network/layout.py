"""Where each organisation stands on a drawing: the same place in every wave, nothing on top of another.

All waves are laid out together, over the ties of any of them, so that what moves from one drawing
to the next is the ties and never the organisations. Organisations of a sector stand together, as
patches of a quilt. The same ties give the same places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.linalg import eigh
from scipy.sparse.csgraph import dijkstra

from courtepointe.core.errors import BadInput
from courtepointe.core.network.shape import pieces
from courtepointe.core.network.spread import spread
from courtepointe.core.network.values import UNSAID
from courtepointe.core.typing import Bools, Floats, Ints

ROUNDS = 200
STILL = 1e-4
INSIDE, ACROSS = 0.6, 1.2
"""How much nearer those of one sector stand than their ties say, and how many steps farther the others."""
FILL = 1.7
"""How much more one side may be stretched than the other to fill the sheet."""
EVEN = 0.55
"""The distance that organisations keep, as a part of that of an even spread."""
HELD = 50.0
"""How much harder a place that was given is held than what draws on it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Places on a sheet.

    Attributes
    ----------
    positions : (n_nodes, 2) float, pixels
        From the left, from the top.
    alone : (n_nodes,) bool
        Without a partner in any wave: they stand in rows at the foot of the sheet.
    """

    positions: Floats
    alone: Bools


def joined(waves: Sequence[tuple[Bools, Ints]], *, n_nodes: int) -> Ints:
    """Count in how many waves two organisations are partners.

    Parameters
    ----------
    waves : sequence of ((n_in_wave, n_in_wave) bool, (n_in_wave,) int)
        Partners, and the number of each organisation of the wave among all.
    n_nodes : int
        Organisations of all waves.

    Returns
    -------
    (n_nodes, n_nodes) int
    """
    total = np.zeros((n_nodes, n_nodes), dtype=np.int64)
    for tied, places in waves:
        total[np.ix_(places, places)] += tied
    return total


def lay_out(
    ties: Ints,
    *,
    sectors: Ints,
    width: float,
    height: float,
    room: float,
    names: Floats | None = None,
    kept: Floats | None = None,
    is_kept: Bools | None = None,
) -> Layout:
    """Place organisations on a sheet.

    Parameters
    ----------
    ties : (n_nodes, n_nodes) int, symmetric
        0 where two are apart; from `joined`.
    sectors : (n_nodes,) int
        From 1; `UNSAID` where not known.
    width, height : float, pixels
    room : float, pixels
        The least distance between two middles, and from a middle to the edge of the sheet twice.
    names : (n_nodes, 2) float, pixels, optional
        Width and height of the name to keep free under each; 0 where there is none.
    kept : (n_nodes, 2) float, pixels, optional
        Places of an earlier drawing; a new wave is laid out around them.
    is_kept : (n_nodes,) bool, optional
        Who had a place.

    Raises
    ------
    BadInput
        ``core_shape``.

    Notes
    -----
    Stress is lowered by majorisation (E. R. Gansner, Y. Koren and S. North, "Graph drawing by
    stress majorization", Graph Drawing 2004) from classical scaling, with weights d^-2. A tie is as long as
    its two ends have few partners in common, as in their *subset* model: groups come out. Then all
    are pushed apart until none is nearer to another than ``room``.
    """
    n = len(ties)
    if ties.shape != (n, n) or sectors.shape != (n,):
        raise BadInput("core_shape", array="ties", shape=ties.shape, expected=(n, n))
    alone: Bools = np.asarray(~(ties > 0).any(axis=1))
    drawn = np.flatnonzero(~alone)
    rows, per_row = _rows(int(alone.sum()), width=width, room=room)
    tall = height - rows * room - (room if rows else 0.0)
    positions = np.zeros((n, 2))
    held = np.zeros(n, dtype=np.bool_) if is_kept is None else is_kept & ~alone
    if len(drawn):
        before = None if kept is None or not held[drawn].any() else kept[drawn]
        near = ties[np.ix_(drawn, drawn)]
        far = _patched(_lengths(near), sectors[drawn])
        box = np.array([width, tall])
        points = _placed(near, far, box, room, before, held[drawn])
        free = np.zeros((len(drawn), 2)) if names is None else names[drawn]
        ease = np.where(held[drawn], 1.0 / HELD, 1.0)
        positions[drawn] = spread(points, distance=room, box=box, ease=ease, names=free,
                                  rounds=800)  # fmt: skip
    for count, node in enumerate(np.flatnonzero(alone).tolist()):
        row, column = divmod(count, per_row)
        positions[node] = (room / 2 + column * room, height - (rows - row - 0.5) * room)
    return Layout(positions, alone)


def _rows(n_alone: int, *, width: float, room: float) -> tuple[int, int]:
    per_row = max(1, int(width // room))
    return -(-n_alone // per_row), per_row


def _placed(
    ties: Ints, far: Floats, box: Floats, room: float, kept: Floats | None, is_kept: Bools
) -> Floats:
    if kept is None:
        points = _fitted(_settled(far, _scaled(far), None, is_kept), box, room)
    else:
        scale = _scale(far, kept, is_kept)
        start = _started(ties, kept, is_kept)
        points = _settled(far * scale, start, kept, is_kept)
        return np.clip(points, room / 2, box - room / 2)
    wide = max(room, EVEN * float(np.sqrt(box.prod() / len(ties))))
    every = np.ones(len(ties))
    return spread(points, distance=wide, box=box, ease=every, names=np.zeros((len(ties), 2)),
                  rounds=60)  # fmt: skip


def _lengths(ties: Ints) -> Floats:
    """Give the distance of every two organisations along their ties, pieces set apart."""
    near = (ties > 0) | np.eye(len(ties), dtype=np.bool_)
    held = near.astype(np.float64)
    common = held @ held
    sizes = held.sum(axis=1)
    either = sizes[:, None] + sizes[None, :] - common
    lengths = np.where(ties > 0, 1.5 - common / either, 0.0)
    far: Floats = dijkstra(sp.csr_matrix(lengths), directed=False)
    return _apart(far, pieces(ties > 0).of)


def _patched(far: Floats, sectors: Ints) -> Floats:
    """Draw sectors together; those of no known sector stand where their ties put them."""
    known = sectors != UNSAID
    same = (sectors[:, None] == sectors[None, :]) & known[:, None]
    other = known[:, None] & known[None, :] & ~same
    return np.where(same, INSIDE * far, np.where(other, far + ACROSS, far))


def _apart(far: Floats, of: Ints) -> Floats:
    """Set pieces as far apart as they are wide."""
    inside = of[:, None] == of[None, :]
    reach = np.where(inside, far, 0.0).max(axis=1) / 2
    across = reach[:, None] + reach[None, :] + 1.0
    told: Floats = np.where(inside, far, across)
    return told


def _scaled(far: Floats) -> Floats:
    """Give the plane that keeps distances best (classical scaling), each axis with a fixed sign."""
    n = len(far)
    if n == 1:
        return np.zeros((1, 2))
    squares = far**2
    centred = -0.5 * (
        squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()
    )
    values, vectors = eigh(centred, subset_by_index=[n - 2, n - 1])
    plane = vectors[:, ::-1] * np.sqrt(np.maximum(values[::-1], 0.0))
    signs = np.sign(plane[np.abs(plane).argmax(axis=0), [0, 1]])
    turns = np.arange(n) * 2.399963
    # Those whom their ties cannot tell apart begin a hair apart, always the same way.
    hair = 1e-3 * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    told: Floats = plane * np.where(signs == 0, 1.0, signs) + hair
    return told


def _settled(far: Floats, start: Floats, kept: Floats | None, is_kept: Bools) -> Floats:
    """Lower the stress round by round; places that were given draw strongly to themselves."""
    n = len(far)
    if n < 2:
        return start
    weight = np.where(far > 0, 1.0 / np.maximum(far, 1e-9) ** 2, 0.0)
    pull = np.where(is_kept, HELD * weight.sum(axis=1), 0.0) if kept is not None else np.zeros(n)
    # The stress alone does not say where the middle is: at zero.
    anchor = np.full((n, n), 0.0 if pull.any() else 1.0 / n)
    inverse = np.linalg.inv(np.diag(weight.sum(axis=1) + pull) - weight + anchor)
    points = start
    drawn = 0.0 if kept is None else pull[:, None] * kept
    for _ in range(ROUNDS):
        moved = inverse @ (_turned(points, far, weight) + drawn)
        step = float(np.abs(moved - points).max())
        points = moved
        if step < STILL * float(far.max()):
            break
    return points


def _turned(points: Floats, far: Floats, weight: Floats) -> Floats:
    """Give the right side of a round of majorisation."""
    squares = (points**2).sum(axis=1)
    apart = squares[:, None] + squares[None, :] - 2.0 * points @ points.T
    long = np.sqrt(np.maximum(apart, 0.0))
    part = np.where(long > 1e-12, weight * far / np.maximum(long, 1e-12), 0.0)
    told: Floats = part.sum(axis=1)[:, None] * points - part @ points
    return told


def _fitted(points: Floats, box: Floats, room: float) -> Floats:
    """Turn the widest way along the longer side, and fill the sheet."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    if len(points) > 2:
        turned = centred @ axes.T
        signs = np.sign(turned[np.abs(turned).argmax(axis=0), [0, 1]])
        centred = turned * np.where(signs == 0, 1.0, signs)
    if box[1] > box[0]:
        centred = centred[:, ::-1]
    low, high = centred.min(axis=0), centred.max(axis=0)
    wide = np.maximum(high - low, 1e-9)
    scales = (box - room) / wide
    scales = np.minimum(scales, scales.min() * FILL)
    told: Floats = (centred - (low + high) / 2) * scales + box / 2
    return told


def _scale(far: Floats, kept: Floats, is_kept: Bools) -> float:
    """Give the pixels of a step in the places that were given."""
    places = np.flatnonzero(is_kept)
    if len(places) < 2:
        return 60.0
    way = kept[places][:, None, :] - kept[places][None, :, :]
    long = np.sqrt((way**2).sum(axis=2))
    wanted = far[np.ix_(places, places)]
    there = wanted > 0
    weight = np.where(there, 1.0 / np.maximum(wanted, 1e-9) ** 2, 0.0)
    return float((weight * wanted * long).sum() / (weight * wanted**2).sum())


def _started(ties: Ints, kept: Floats, is_kept: Bools) -> Floats:
    """Begin the new ones among their partners that had a place, else in the middle."""
    drawn = (ties > 0) & is_kept[None, :]
    count = drawn.sum(axis=1)
    middle = kept[is_kept].mean(axis=0)
    around = np.where(count[:, None] > 0, drawn @ kept / np.maximum(count, 1)[:, None], middle)
    turns = np.arange(len(ties)) * 2.399963
    hair = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    told: Floats = np.where(is_kept[:, None], kept, around + hair)
    return told
