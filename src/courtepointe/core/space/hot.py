"""Where large or small values gather: Getis and Ord's local Gi and Gi*."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.space.checks import deviations
from courtepointe.core.space.neighbours import Neighbours
from courtepointe.core.typing import Floats


def gathered(values: Floats, neighbours: Neighbours, *, star: bool = False) -> Floats:
    """Give the standardised Gi of each unit: above 0 where its neighbours have large values.

    Parameters
    ----------
    values : (n_units,) float
    neighbours : Neighbours
        Without the unit itself.
    star : bool
        Gi*: the unit is counted with its neighbours, with a weight of 1.

    Returns
    -------
    (n_units,) float
        Standard deviations from what is expected; 0 for a unit without neighbours, and for one whose
        others are all equal.

    Raises
    ------
    BadInput
        ``core_shape``, ``core_not_a_number``; ``space_own_neighbour``.
    NoAnswer
        ``space_too_few``, ``space_no_pairs``, ``space_all_equal``.

    Notes
    -----
    J. K. Ord and A. Getis, *Geographical Analysis* 27 (1995). Values less their mean give the same: the
    standardised form does not change when all values are moved.
    """
    z = deviations(values, n_units=neighbours.n_units, n_pairs=neighbours.unit.size)
    own = np.flatnonzero(neighbours.row == neighbours.unit)
    if own.size:
        raise BadInput("space_own_neighbour", position=int(neighbours.unit[own[0]]))
    alone = neighbours.counts == 0
    used = neighbours.with_self() if star else neighbours
    weights = used.summed(used.weight)
    squares = used.summed(np.square(used.weight))
    taken = np.zeros(z.size) if star else z
    n_others = float(z.size) if star else z.size - 1.0
    mean = (z.sum() - taken) / n_others
    variance = (z @ z - np.square(taken)) / n_others - np.square(mean)
    spread = np.maximum(n_others * squares - np.square(weights), 0.0) / (n_others - 1.0)
    scale = np.sqrt(np.maximum(variance, 0.0) * spread)
    told = np.zeros(z.size)
    # All others equal, or all others neighbours alike: nothing can be dealt otherwise.
    sure = ~alone & (scale > 1e-9 * float(np.abs(z).max()))
    told[sure] = (used.lag(z) - weights * mean)[sure] / scale[sure]
    return told
