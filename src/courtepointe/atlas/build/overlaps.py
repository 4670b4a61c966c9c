"""Shares between divisions that do not nest: by people or dwellings where blocks tell, by surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from courtepointe.atlas.build import spill
from courtepointe.atlas.build.blocks import load_counts
from courtepointe.atlas.build.pairs import Cuts, load_cuts
from courtepointe.atlas.build.work import PACK, Desk
from courtepointe.atlas.pack.values import OverlapTable
from courtepointe.atlas.pack.write import PackWriter
from courtepointe.core.typing import Bools, Floats, Ints

LEAST_SHARE = 1e-6
"""Intersections that hold less of an area come from limits drawn twice."""


@dataclass(frozen=True, slots=True)
class Measuring:
    """Two divisions whose overlaps are to be told.

    Attributes
    ----------
    from_, to : str
        ``TYPE:VINTAGE``.
    from_table, to_table : str
        The works that gathered them.
    surface : tuple of str
        The works that cut the *from* areas by the *to* areas.
    counts : str or None
        The work that counted the people of blocks; None where there are no blocks.
    homes, block_cuts : tuple of str
        The works that placed blocks in the *from* areas, and cut them by the *to* areas.
    """

    from_: str
    to: str
    from_table: str
    to_table: str
    metric_crs: str
    surface: tuple[str, ...]
    counts: str | None = None
    homes: tuple[str, ...] = ()
    block_cuts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockCuts:
    """The blocks of two divisions.

    Attributes
    ----------
    counts : (n_blocks,) float, persons or dwellings
    home : (n_blocks,) int
        The *from* area of each; -1 for none.
    cuts : Cuts
        Of the blocks by the *to* areas.
    """

    counts: Floats
    home: Ints
    cuts: Cuts


def measure(given: Measuring, desk: Desk) -> dict[str, Any]:
    """Tell how much of each *from* area lies in each *to* area.

    Notes
    -----
    People weigh where blocks count any, else dwellings; surface where there are no blocks. A *from*
    area of whom no block holds anybody is measured by surface; the report counts them.
    """
    codes = tuple(spill.load_codes(desk.of(name)) for name in (given.from_table, given.to_table))
    surface = load_cuts([desk.of(name) for name in given.surface])
    weight, blocks = _blocks(given, desk)
    shares = shares_of(surface, blocks, n_from=len(codes[0]), n_to=len(codes[1]))
    table = OverlapTable(
        from_=given.from_,
        to=given.to,
        from_position=shares.shape,
        to_position=shares.area,
        share_surface=shares.surface,
        share_weight=shares.weight,
        weight=weight,
    )
    writer = PackWriter(desk.out / PACK, given.metric_crs)
    writer.add_overlaps(table, codes=codes)
    told = {
        "from": given.from_,
        "to": given.to,
        "pairs": len(table.from_position),
        "weight": weight,
        "measured_by_surface": shares.n_by_surface,
    }
    return {"told": told, "index": writer.index}


def _blocks(given: Measuring, desk: Desk) -> tuple[str, BlockCuts | None]:
    """Choose what a part is measured by."""
    if given.counts is None:
        return "surface", None
    weight, counts = load_counts(desk.of(given.counts)).weight()
    if counts is None:
        return weight, None
    home = spill.load_array([desk.of(name) for name in given.homes], "homes")
    return weight, BlockCuts(counts, home, load_cuts([desk.of(name) for name in given.block_cuts]))


@dataclass(frozen=True, slots=True)
class Shares:
    """Both shares side by side, a row for each pair that either knows.

    Attributes
    ----------
    shape, area : (n_pairs,) int
        Positions of *from* and *to* areas, ordered.
    surface, weight : (n_pairs,) float, 0 to 1
    n_by_surface : int
        *From* areas whose weight is their surface.
    """

    shape: Ints
    area: Ints
    surface: Floats
    weight: Floats
    n_by_surface: int


def shares_of(surface: Cuts, blocks: BlockCuts | None, *, n_from: int, n_to: int) -> Shares:
    """Lay the share by surface beside the share by who lives there.

    Parameters
    ----------
    surface : Cuts
        Of the *from* areas by the *to* areas.
    blocks : BlockCuts or None
    n_from, n_to : int

    Returns
    -------
    Shares
    """
    by_surface = np.ones(n_from, dtype=np.bool_)
    weighed = surface
    if blocks is not None:
        lived, by_surface = _by_blocks(blocks, n_from=n_from, n_to=n_to)
        weighed = _joined(lived, surface, by_surface)
    keys = [one.shape * n_to + one.area for one in (surface, weighed)]
    pairs = np.unique(np.concatenate(keys))
    columns = []
    for key, one in zip(keys, (surface, weighed), strict=True):
        column = np.zeros(len(pairs))
        column[np.searchsorted(pairs, key)] = one.share
        columns.append(column)
    kept = (columns[0] > LEAST_SHARE) | (columns[1] > LEAST_SHARE)
    pairs = pairs[kept]
    return Shares(
        pairs // n_to, pairs % n_to, columns[0][kept], columns[1][kept], int(by_surface.sum())
    )


def _by_blocks(blocks: BlockCuts, *, n_from: int, n_to: int) -> tuple[Cuts, Bools]:
    """Add up who lives in the blocks of each *from* area, by *to* area."""
    home, counts, cuts = blocks.home, blocks.counts, blocks.cuts
    placed = home >= 0
    people = np.bincount(home[placed], counts[placed], minlength=n_from)
    kept = placed[cuts.shape]
    block, area = cuts.shape[kept], cuts.area[kept]
    pair, which = np.unique(home[block] * n_to + area, return_inverse=True)
    inside = np.bincount(which, counts[block] * cuts.share[kept], minlength=len(pair))
    of, nobody = pair // n_to, people <= 0.0
    share = np.minimum(inside / np.where(nobody, 1.0, people)[of], 1.0)
    return Cuts(of, pair % n_to, share), nobody


def _joined(share: Cuts, surface: Cuts, by_surface: Bools) -> Cuts:
    """Take the share by weight, and by surface for the areas where nobody is counted."""
    weighed, measured = ~by_surface[share.shape], by_surface[surface.shape]
    return Cuts(
        np.concatenate([share.shape[weighed], surface.shape[measured]]),
        np.concatenate([share.area[weighed], surface.area[measured]]),
        np.concatenate([share.share[weighed], surface.share[measured]]),
    )
