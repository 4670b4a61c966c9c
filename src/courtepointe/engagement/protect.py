"""Counts that may be told: none of a few people, none that gives a few away by subtraction."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import scipy.sparse as sp

from courtepointe.core.disclosure import is_small, tellable

LEAST = 5.0
"""Counts of 1 to 4 are not told to readers (Loi 25; `docs/methods/small-counts.md`)."""


def alone(count: int) -> int | None:
    """Give a count that stands by itself; None where it is small."""
    return None if is_small(np.array([float(count)]), least=LEAST)[0] else count


def of_whole(counts: Mapping[str, int], whole: int) -> dict[str, int | None]:
    """Give counts of overlapping groups of a whole that is told.

    A count is not told where it is small, or where those outside of the group are a few: the whole
    less the count would be small.
    """
    return {
        code: count
        if alone(count) is not None and alone(max(whole - count, 0)) is not None
        else None
        for code, count in counts.items()
    }


def parts(counts: Mapping[str, int]) -> tuple[int | None, dict[str, int | None]]:
    """Give the whole and the counts of its parts, which do not overlap.

    The whole first, then the greater parts before the smaller: what is not told is the least that
    hides the small ones, as `courtepointe.core.disclosure.tellable` chooses.
    """
    codes = sorted(counts, key=lambda code: (-counts[code], code))
    held = np.array([float(counts[code]) for code in codes])
    if not codes:
        return 0, {}
    asked = sp.csr_matrix(np.vstack([np.ones(len(codes)), np.eye(len(codes))]))
    told = tellable(asked, held, least=LEAST)
    zero = held == 0.0
    shown = {
        code: counts[code] if told[place] or zero[place - 1] else None
        for place, code in enumerate(codes, start=1)
    }
    whole = int(held.sum())
    return (whole if told[0] or whole == 0 else None), {code: shown[code] for code in counts}
