"""Pairs of areas of two censuses, as the publisher lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from courtepointe.core.typing import Floats, Ints

SAME, SPLIT, MERGED, MIXED = 1, 2, 3, 4
FLAGS = (SAME, SPLIT, MERGED, MIXED)


class Level(StrEnum):
    """What the pairs are made of."""

    DISSEMINATION_AREA = "DA"
    DISSEMINATION_BLOCK = "DB"


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Which areas of a census share ground with which areas of the census before.

    Attributes
    ----------
    file : str
    level : Level
    newer, older : str
        Years of the two censuses, ``"2021"`` and ``"2016"``.
    newer_codes, older_codes : (n_pairs,) tuple of str
        Each pair once, in the file's order.
    flags : (n_pairs,) int
        The publisher's own word on the pair, 1 to 4.
    surface_percent : (n_pairs,) float, percent
        Part of the newer area's surface that lies in the older one; NaN where the file has none.
    row_numbers : (n_pairs,) int
        Line at which a pair is first met.
    """

    file: str
    level: Level
    newer: str
    older: str
    newer_codes: tuple[str, ...]
    older_codes: tuple[str, ...]
    flags: Ints
    surface_percent: Floats
    row_numbers: Ints

    def __len__(self) -> int:
        return len(self.newer_codes)


def relation_flags(newer: Ints, older: Ints) -> Ints:
    """Say of each pair how its two areas are related.

    Parameters
    ----------
    newer, older : (n_pairs,) int
        Positions of the two areas; no pair twice.

    Returns
    -------
    (n_pairs,) int
        1 where each has the other alone; 2 where one older area was split into several newer
        ones that are made of it alone; 3 where several older areas were merged; 4 otherwise.
    """
    if newer.size == 0:
        return np.zeros(0, dtype=np.int64)
    newer_of_older = np.bincount(older)
    older_of_newer = np.bincount(newer)
    splits, merges = newer_of_older[older] > 1, older_of_newer[newer] > 1
    # A split stays clean only if all its parts are: one part merged elsewhere mixes them all.
    muddled_older = np.bincount(older, weights=merges) > 0
    muddled_newer = np.bincount(newer, weights=splits) > 0
    flags = np.full(newer.size, SAME, dtype=np.int64)
    flags[splits & ~muddled_older[older]] = SPLIT
    flags[merges & ~muddled_newer[newer]] = MERGED
    flags[(splits & muddled_older[older]) | (merges & muddled_newer[newer])] = MIXED
    return flags
