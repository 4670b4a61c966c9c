"""How many sectors meet: among the partners of each organisation, and over all ties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.network.possible import between
from courtepointe.core.network.values import (
    UNSAID,
    Between,
    Bounded,
    Bounds,
    Network,
    Rule,
    check_sectors,
)
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Diversity:
    """The sectors among the partners of each organisation.

    Attributes
    ----------
    has_partners : (n_nodes,) bool
        Some partner's sector is known; where none is, the figures are 0 and say nothing.
    n_sectors : (n_nodes,) int
    blau : (n_nodes,) float, 0 to 1 - 1 / n_sectors_in_all
        The chance that two partners drawn with replacement are of two sectors.
    evenness : (n_nodes,) float, 0 to 1
        The same as a part of the most it could be with all sectors (IQV).
    outward : (n_nodes,) float, -1 to 1
        Partners of other sectors less those of its own, over both (E-I); 0 where its own sector
        is not known.
    """

    has_partners: Bools
    n_sectors: Ints
    blau: Floats
    evenness: Floats
    outward: Floats


def diversity(tied: Bools, sectors: Ints) -> Diversity:
    """Bounded the sectors among partners.

    Parameters
    ----------
    tied : (n_nodes, n_nodes) bool, symmetric
    sectors : (n_nodes,) int
        As `check_sectors` holds them.

    Notes
    -----
    P. M. Blau, Inequality and Heterogeneity (1977): 1 - sum of p². Index of qualitative variation:
    Blau's K / (K - 1) with K the sectors present in the network; J. H. Mueller and K. F. Schuessler
    (1961). E-I: D. Krackhardt and R. N. Stern, "Informal networks and organizational crises",
    Social Psychology Quarterly 51 (1988).
    """
    counts = partners_by_sector(tied, sectors)
    n_known = counts.sum(axis=1)
    some = np.maximum(n_known, 1)
    blau = np.where(n_known > 0, 1.0 - ((counts / some[:, None]) ** 2).sum(axis=1), 0.0)
    present = len(np.unique(sectors[sectors != UNSAID]))
    evenness = blau * present / (present - 1) if present > 1 else np.zeros(len(tied))
    inside = np.where(sectors != UNSAID, counts[np.arange(len(tied)), sectors - 1], 0)
    outward = np.where((sectors != UNSAID) & (n_known > 0), (n_known - 2 * inside) / some, 0.0)
    return Diversity(n_known > 0, (counts > 0).sum(axis=1), blau, evenness, outward)


def partners_by_sector(tied: Bools, sectors: Ints) -> Ints:
    """Count the partners of each organisation by sector: (n_nodes, n_sectors) int."""
    check_sectors(sectors, len(tied))
    columns = np.arange(1, max(int(sectors.max()), 1) + 1)
    held = (sectors[:, None] == columns[None, :]).astype(np.float32)
    told: Ints = (tied.astype(np.float32) @ held).astype(np.int64)
    return told


def blau_bounds(span: Between, sectors: Ints) -> tuple[Floats, Floats]:
    """Bound Blau's index of each organisation over all networks between two.

    Returns
    -------
    low, high : (n_nodes,) float
        Exact for each, over the answers that give it a partner of a known sector; 0 where none do.

    Notes
    -----
    The partners of a sector may be any number from the certain to the possible ones. The root of
    the sum of squares over the sum is quasiconvex: it is greatest where each sector is at one of its
    ends, found for every total; and for every total it is least where the smallest grow first.
    """
    least = partners_by_sector(span.certain, sectors)
    most = partners_by_sector(span.possible, sectors)
    ends = [_blau_ends(a, b) for a, b in zip(least, most, strict=True)]
    return np.array([low for low, _ in ends]), np.array([high for _, high in ends])


def _blau_ends(least: Ints, most: Ints) -> tuple[float, float]:
    if most.sum() == 0:
        return 0.0, 0.0
    totals = np.arange(int(most.sum()) + 1, dtype=np.float64)
    greatest = _greatest_squares(least, most)[1:] / totals[1:] ** 2
    grown = np.sort(np.concatenate([np.arange(a, b) for a, b in zip(least, most, strict=True)]))
    squares = float((least**2).sum()) + np.concatenate([[0], np.cumsum(2 * grown + 1)])
    sizes = float(least.sum()) + np.arange(len(squares))
    smallest = squares[sizes > 0] / sizes[sizes > 0] ** 2
    return 1.0 - float(greatest.max()), 1.0 - float(smallest.min())


def _greatest_squares(least: Ints, most: Ints) -> Floats:
    """Give, for every total, the greatest sum of squares with each sector at one of its ends."""
    size = int(most.sum()) + 1
    best = np.full(size, -1.0)
    best[0] = 0.0
    for a, b in zip(least.tolist(), most.tolist(), strict=True):
        after = np.full(size, -1.0)
        for end in {a, b}:
            moved = best[: size - end]
            after[end:] = np.maximum(after[end:], np.where(moved >= 0, moved + end**2, -1.0))
        best = after
    return best


def across_sectors(network: Network, sectors: Ints) -> Bounded:
    """Give the part of ties that join two sectors, over ties whose two sectors are known.

    Returns
    -------
    Bounded
        The value is that of the named ties. Exact bounds over the answers that leave a tie. Twice
        it less one is the E-I index of the network.
    """
    spans = [between(network, rule=rule) for rule in Rule]
    named = _ends_and_sums(spans[0].certain, sectors)
    bounds = [_across_bounds(span, sectors) for span in spans]
    return Bounded(_across(*named), False, bounds[0], bounds[1])


def across_by_chance(sectors: Ints) -> float | None:
    """Give the part of all pairs of organisations that are of two sectors: ties drawn blindly."""
    counts = np.bincount(sectors[sectors != UNSAID])
    n = int(counts.sum())
    pairs = n * (n - 1) // 2
    return None if pairs == 0 else 1.0 - float((counts * (counts - 1) // 2).sum()) / pairs


def _across_bounds(span: Between, sectors: Ints) -> Bounds:
    apart, same = _ends_and_sums(span.certain, sectors)
    apart_most, same_most = _ends_and_sums(span.possible, sectors)
    low = _across(apart, same_most)
    high = _across(apart_most, same)
    # Where only ties inside sectors are possible, none of them joins two; and the reverse.
    if low is None:
        low = 1.0 if apart_most else None
    if high is None:
        high = 0.0 if same_most else None
    return Bounds(low, high)


def _across(apart: int, same: int) -> float | None:
    return apart / (apart + same) if apart + same else None


def _ends_and_sums(tied: Bools, sectors: Ints) -> tuple[int, int]:
    """Count the ties between two sectors and inside one."""
    counts = partners_by_sector(tied, sectors)
    known = sectors != UNSAID
    inside = int(counts[known, sectors[known] - 1].sum())
    return (int(counts[known].sum()) - inside) // 2, inside // 2
