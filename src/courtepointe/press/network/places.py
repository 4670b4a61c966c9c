"""The sheet of a network: how large, how large the discs, and where each organisation stands in every wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.network.brokers import betweenness, foremost
from courtepointe.core.network.layout import Layout, joined, lay_out
from courtepointe.core.network.possible import between
from courtepointe.core.network.statement import most_brokers_of
from courtepointe.core.network.values import Network
from courtepointe.core.typing import Bools, Floats, Ints
from courtepointe.press.network.lettering import name_size, name_wraps
from courtepointe.press.network.values import Partners

DESKTOP = 720.0
SIDES = ((12, 0.62), (30, 0.66), (70, 0.8), (130, 0.95), (250, 1.12))
"""Up to so many organisations, the height of the sheet over its width."""
TALLEST = 1.3
FEW = 70
NARROW_UNDER = 520.0
ALL_NAMED = 45
"""Up to so many organisations, each has its name sought a place."""
MARGIN = 14.0
HEADING = 18.0
RADIUS, NARROW_RADIUS = 9.0, 7.5


@dataclass(frozen=True, slots=True)
class Places:
    """A sheet with its places.

    Attributes
    ----------
    layout : Layout
        Of the organisations of all waves.
    width, height : float, pixels
    radius : float, pixels
        Of a disc.
    """

    layout: Layout
    width: float
    height: float
    radius: float

    @property
    def foot(self) -> float:
        """Where the rows of those without any partner begin, their heading included, in pixels from the top."""
        if not self.layout.alone.any():
            return self.height
        return float(self.layout.positions[self.layout.alone, 1].min()) - self.radius - HEADING

    def of(self, nodes: Ints) -> Places:
        """Keep the places of some organisations, in the order given."""
        layout = Layout(self.layout.positions[nodes], self.layout.alone[nodes])
        return Places(layout, self.width, self.height, self.radius)


def place_partners(
    waves: Sequence[tuple[Network, Ints]],
    partners: Partners,
    *,
    width: float = DESKTOP,
    kept: Places | None = None,
    is_kept: Bools | None = None,
) -> Places:
    """Place the organisations of one or more waves, for all drawings of them.

    Parameters
    ----------
    waves : sequence of (Network, (n_in_wave,) int)
        Each wave, and who of the partners its organisations are.
    partners : Partners
        Of all waves.
    width : float, pixels
    kept : Places, optional
        Of an earlier drawing of the same width: who was on it stays where it was.
    is_kept : (n_nodes,) bool, optional
        Who was on it; ``kept`` gives a place, of whatever value, to the others too.
    """
    n = len(partners.names)
    narrow = width < NARROW_UNDER
    tall = next((side for most, side in SIDES if n <= most), TALLEST)
    height = round(width * tall * ((1.5 if n <= FEW else 1.8) if narrow else 1.0))
    radius = NARROW_RADIUS if narrow else RADIUS
    ties = joined([(between(net).certain, who) for net, who in waves], n_nodes=n)
    box = np.array([width - 2 * MARGIN, height - 2 * MARGIN])
    layout = lay_out(
        ties,
        sectors=partners.sectors,
        width=float(box[0]),
        height=float(box[1]),
        room=2 * radius + 4.0,
        names=_free(waves, partners),
        kept=None if kept is None else kept.layout.positions - MARGIN,
        is_kept=is_kept,
    )
    moved: Floats = np.round(layout.positions + MARGIN, 1)
    return Places(Layout(moved, layout.alone), width, float(height), radius)


def _free(waves: Sequence[tuple[Network, Ints]], partners: Partners) -> Floats:
    """Give the size of the names that are to stand under their disc: of who bridges others in some wave."""
    wanted = np.zeros(len(partners.names), dtype=np.bool_)
    for network, who in waves:
        if len(partners.names) <= ALL_NAMED:
            wanted[who] = True
        else:
            wanted[who[bridging(network)]] = True
    sizes = np.zeros((len(partners.names), 2))
    for node in np.flatnonzero(wanted).tolist():
        sizes[node] = name_size(name_wraps(partners.names[node], bold=True)[0], bold=True)
    return sizes


def bridging(network: Network) -> Ints:
    """Give those whom a drawing of a wave names first: who stands between the most others."""
    through = betweenness(between(network).certain)
    return foremost(through, most=most_brokers_of(network.n_nodes))
