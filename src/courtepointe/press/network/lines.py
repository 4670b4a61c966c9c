"""The ties of a drawing: straight inside a sector, drawn together between two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from courtepointe.core.network.possible import named
from courtepointe.core.network.values import UNSAID, Network
from courtepointe.core.typing import Floats, Ints

LOOSE, TIGHT = 60, 700
"""From so many ties on, they are drawn together; from so many on, as much as they may be."""
MOST = 0.68
SAMPLES = 8


class Kind(StrEnum):
    """From how many sides a tie is told."""

    MUTUAL = "mutual"
    ONE_SIDED = "one_sided"
    UNRETURNED = "unreturned"
    """The one named did not answer."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Ties as curves.

    Attributes
    ----------
    ends : (n_links, 2) int
        Organisations, the lower number first.
    curves : (n_links, 4, 2) float, pixels
        Bézier curves of the third degree.
    """

    ends: Ints
    curves: Floats

    def samples(self) -> Floats:
        """Give straight pieces along the curves: (n_links * `SAMPLES`, 4) float, pixels."""
        t = np.linspace(0.0, 1.0, SAMPLES + 1)[None, :, None]
        a, b, c, d = (self.curves[:, k, None, :] for k in range(4))
        points = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
        told: Floats = np.concatenate([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 4)
        return told


def lines(ends: Ints, positions: Floats, sectors: Ints) -> Lines:
    """Draw ties between places.

    Parameters
    ----------
    ends : (n_links, 2) int
    positions : (n_nodes, 2) float, pixels
    sectors : (n_nodes,) int

    Notes
    -----
    D. Holten, "Hierarchical edge bundles", IEEE Transactions on Visualization and Computer Graphics
    12 (2006), for one level: a tie between two sectors leans to the middles of both, the more so
    the more ties there are.
    """
    start, stop = positions[ends[:, 0]], positions[ends[:, 1]]
    third = (stop - start) / 3
    first, second = start + third, stop - third
    pull = MOST * float(np.clip((len(ends) - LOOSE) / (TIGHT - LOOSE), 0.0, 1.0))
    middle = _middles(positions, sectors)
    own = [sectors[ends[:, side]] for side in (0, 1)]
    apart = ((own[0] != own[1]) & (own[0] != UNSAID) & (own[1] != UNSAID))[:, None]
    first = np.where(apart, (1 - pull) * first + pull * middle[own[0]], first)
    second = np.where(apart, (1 - pull) * second + pull * middle[own[1]], second)
    return Lines(ends, np.stack([start, first, second, stop], axis=1))


def _middles(positions: Floats, sectors: Ints) -> Floats:
    """Give the middle of each sector, by its number."""
    made = np.zeros((int(sectors.max(initial=0)) + 1, 2))
    for sector in np.unique(sectors).tolist():
        made[sector] = positions[sectors == sector].mean(axis=0)
    return made


def kinds(network: Network, ends: Ints) -> list[Kind]:
    """Say of each tie from how many sides it is told."""
    names = named(network)
    told = []
    for a, b in ends.tolist():
        if names[a, b] and names[b, a]:
            told.append(Kind.MUTUAL)
        else:
            silent = b if names[a, b] else a
            told.append(Kind.ONE_SIDED if network.answered[silent] else Kind.UNRETURNED)
    return told


def path(curve: Floats) -> str:
    """Write a curve; a straight one as a line."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = np.round(curve, 1).tolist()
    bent = np.abs(curve[1] - (2 * curve[0] + curve[3]) / 3).max() > 0.5
    if not bent:
        return f"M{ax:g} {ay:g}L{dx:g} {dy:g}"
    return f"M{ax:g} {ay:g}C{bx:g} {by:g} {cx:g} {cy:g} {dx:g} {dy:g}"
