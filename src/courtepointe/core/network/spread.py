"""Push discs and the names under them apart until none is over another. Compiled."""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.typing import Floats, Ints

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
SLACK = 1e-2
HEM = 1.5
"""Pixels around a name, for its corners."""
EASE = 0.55
"""How much of what is lacking is made good in a round."""


def spread(
    points: Floats, *, distance: float, box: Floats, ease: Floats, names: Floats, rounds: int
) -> Floats:
    """Push points apart, as little as may be, inside a box.

    Parameters
    ----------
    points : (n, 2) float, pixels
    distance : float, pixels
        That any two are to keep, and twice that to the sides of the box.
    box : (2,) float, pixels
    ease : (n,) float
        How easily each moves.
    names : (n, 2) float, pixels
        Width and height of the name to keep free under each; 0 where there is none.
    rounds : int
        At most.

    Returns
    -------
    (n, 2) float
        Where the box holds them all at that distance, mostly so; `closest` measures it.

    Notes
    -----
    A name is a row of small discs that moves with its own. In the manner of N. Imai's and K. Misue's
    force-scan methods ("Layout adjustment and the mental map", Journal of Visual Languages and Computing 6, 1995), but for
    all pairs at once, so that no order counts.
    """
    owners, offsets, radii = _bodies(distance, names)
    held = np.array(points, dtype=np.float64)
    _push(held, owners, offsets, radii, box, ease, rounds)
    return held


def _bodies(distance: float, names: Floats) -> tuple[Ints, Floats, Floats]:
    """Give the discs, then the small discs of the names: whose, where from its middle, how wide."""
    n = len(names)
    owners, offsets, radii = [np.arange(n)], [np.zeros((n, 2))], [np.full(n, distance / 2)]
    for node in np.flatnonzero(names[:, 0] > 0).tolist():
        wide, tall = names[node].tolist()
        half = wide / 2 - tall / 4
        across = np.linspace(-half, half, int(np.ceil(2 * half / tall)) + 2)
        count = len(across)
        owners.append(np.full(count, node))
        offsets.append(np.stack([across, np.full(count, (distance + tall) / 2 + 1.0)], axis=1))
        radii.append(np.full(count, tall / 2 + HEM))
    return np.concatenate(owners), np.concatenate(offsets), np.concatenate(radii)


@compiled
def _push(
    held: Floats, owners: Ints, offsets: Floats, radii: Floats, box: Floats, ease: Floats,
    rounds: int,
) -> None:  # fmt: skip
    n, m = len(held), len(owners)
    moves = np.zeros((n, 2))
    for _ in range(rounds):
        _keep_in(held, owners, offsets, radii, box)
        moves[:] = 0.0
        worst = 0.0
        for a in range(m):
            one = owners[a]
            ax, ay = held[one, 0] + offsets[a, 0], held[one, 1] + offsets[a, 1]
            for b in range(a + 1, m):
                two = owners[b]
                if one == two:
                    continue
                dx = ax - held[two, 0] - offsets[b, 0]
                dy = ay - held[two, 1] - offsets[b, 1]
                need = radii[a] + radii[b]
                square = dx * dx + dy * dy
                if square >= need * need:
                    continue
                long = np.sqrt(square)
                lack = need - long
                worst = max(worst, lack)
                if long < 1e-9:
                    # On the very same point: the earlier goes left.
                    dx, dy, long = -1.0, 0.0, 1.0
                share = ease[one] / (ease[one] + ease[two])
                moves[one, 0] += EASE * lack * share * dx / long
                moves[one, 1] += EASE * lack * share * dy / long
                moves[two, 0] -= EASE * lack * (1.0 - share) * dx / long
                moves[two, 1] -= EASE * lack * (1.0 - share) * dy / long
        if worst < SLACK:
            break
        held += moves
    _keep_in(held, owners, offsets, radii, box)


@compiled
def _keep_in(held: Floats, owners: Ints, offsets: Floats, radii: Floats, box: Floats) -> None:
    """Move who stands over the side of the box back inside, its name too."""
    for a in range(len(owners)):
        for axis in range(2):
            place = held[owners[a], axis] + offsets[a, axis]
            over = min(place - radii[a], 0.0) + max(place + radii[a] - box[axis], 0.0)
            held[owners[a], axis] -= over


def closest(points: Floats) -> float:
    """Give the least distance between two points; infinite for one."""
    way = points[:, None, :] - points[None, :, :]
    long = np.sqrt((way**2).sum(axis=2))
    np.fill_diagonal(long, np.inf)
    return float(long.min(initial=np.inf))
