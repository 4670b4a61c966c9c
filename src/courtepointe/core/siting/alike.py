"""People who would go to the same sites in the same order are one row: exact, and often far fewer."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from courtepointe.core.siting.rows import Rows
from courtepointe.core.typing import Bools, Floats, Ints


def merged_alike(rows: Rows, opened: Bools) -> Rows:
    """Merge rows that prefer the same sites in the same order, up to the first that is open anyway.

    Parameters
    ----------
    rows : Rows
    opened : (n_sites,) bool
        Open whatever is chosen: what a row would like less is never used.

    Returns
    -------
    Rows
        What any choice costs is as before: rows of a group always go to the same site, so that their
        costs add up, site by site.
    """
    n = rows.n_rows
    row = np.repeat(np.arange(n), np.diff(rows.starts))
    is_open = opened[rows.site]
    # How many open sites come before each entry of its row.
    before: Ints = np.cumsum(is_open) - is_open
    begins = rows.starts[:-1][row]
    held = before == before[begins] if len(row) else np.zeros(0, dtype=np.bool_)
    site, cost = rows.site[held], rows.cost[held]
    starts = np.concatenate([[0], np.cumsum(np.bincount(row[held], minlength=n))]).astype(np.int64)
    group, first = _groups(site.tobytes(), starts * site.itemsize)
    sizes = np.diff(starts)[first]
    begin = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    at = begin[group][row[held]] + np.arange(len(site)) - starts[:-1][row[held]]
    total: Floats = np.bincount(at, cost, minlength=int(begin[-1])).astype(np.float64)
    kept = np.empty(len(total), dtype=site.dtype)
    kept[at] = site
    cap = np.bincount(group, rows.cap, minlength=len(first)).astype(np.float64)
    return Rows(begin, kept, total, cap, rows.n_sites, rows.left, rows.cut)


def _groups(told: bytes, starts: Ints) -> tuple[Ints, Ints]:
    """Number the lists of bytes: the number of each, and where each number is first."""
    numbers: dict[bytes, int] = {}
    cuts = starts.tolist()
    group = [numbers.setdefault(told[low:high], len(numbers)) for low, high in pairwise(cuts)]
    found = np.array(group, dtype=np.int64)
    return found, np.unique(found, return_index=True)[1]
