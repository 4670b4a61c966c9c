"""Seats of an hour, shared out. Compiled."""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.typing import AnyArray, Bools, Floats, Ints


@numba.njit(cache=True, nogil=True, error_model="numpy")
def share_seats(
    row: Ints, hub: AnyArray, minutes: Floats, first: Bools, seekers: Floats, capacity: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Seat people, nearest pairs first: who finds a hub full goes on to the next nearest.

    Parameters
    ----------
    row, hub, minutes : (n_pairs,)
        Who goes where, in rising order of minutes.
    first : (n_pairs,) bool
        Whether the hub is the nearest of the row.
    seekers : (n_rows,) float
    capacity : (n_hubs,) float

    Returns
    -------
    (n_rows,), (n_rows,), (n_rows,), (n_hubs,) float
        Seated; of these, elsewhere than at the nearest; their minutes, added up; people turned away by each
        hub that was their nearest.
    """
    left, room = seekers.copy(), capacity.copy()
    seated, spilled, spent = np.zeros_like(left), np.zeros_like(left), np.zeros_like(left)
    turned = np.zeros_like(room)
    for i in range(len(row)):
        r, h = row[i], hub[i]
        taken = min(left[r], room[h])
        if taken > 0.0:
            left[r], room[h] = left[r] - taken, room[h] - taken
            seated[r], spent[r] = seated[r] + taken, spent[r] + taken * minutes[i]
            if not first[i]:
                spilled[r] += taken
        if first[i]:
            turned[h] += left[r]
    return seated, spilled, spent, turned
