"""What stands out in a unit: indicators further from those of the others than these lie apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.composite.checks import check_polarity
from courtepointe.core.errors import BadInput
from courtepointe.core.multiplicity import false_discovery
from courtepointe.core.stand_out import among_all
from courtepointe.core.typing import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class StandsOut:
    """Each value beside those of the other units.

    Attributes
    ----------
    others : (n_units, n_indicators) float
        The mean of the other units, in the indicator's unit; 0 where not tested.
    lead : (n_units, n_indicators) float
        By how much the unit does better than that, in the indicator's unit; 0 where not tested.
    p_value : (n_units, n_indicators) float
        Two-sided; 1 where not tested.
    tested : (n_units, n_indicators) bool
        Not where the value was never observed, nor where too few others were.
    told_apart : (n_units, n_indicators) bool
        Further away than chance lets values lie, of all indicators of the unit together.
    """

    others: Floats
    lead: Floats
    p_value: Floats
    tested: Bools
    told_apart: Bools

    def strengths(self, unit: int, *, most: int) -> Ints:
        """Give positions of indicators where a unit does better than the others, farthest first."""
        return self._first(unit, self.lead[unit] > 0.0, most)

    def attention(self, unit: int, *, most: int) -> Ints:
        """Give positions of indicators where the others do better, farthest first."""
        return self._first(unit, self.lead[unit] < 0.0, most)

    def _first(self, unit: int, side: Bools, most: int) -> Ints:
        places = np.flatnonzero(side & self.tested[unit])
        order = np.lexsort((places, self.p_value[unit][places]))
        found: Ints = places[order][:most]
        return found


def stands_out(
    values: Floats, polarity: Ints, *, errors: Floats | None = None, rate: float = 0.05
) -> StandsOut:
    """Set each unit's observed values beside those of the others.

    Parameters
    ----------
    values : (n_units, n_indicators) float
        Denominated; NaN where missing, and only there.
    polarity : (n_indicators,) int, 1 or -1
    errors : (n_units, n_indicators) float, optional
        Standard errors, 0 where exact or not known.
    rate : float, above 0 and under 1
        Of what is told apart in a unit, the part that may be chance, on average.

    Returns
    -------
    StandsOut

    Raises
    ------
    BadInput
        ``composite_polarity``, ``composite_shape``, ``rate_out_of_range``.

    Notes
    -----
    `among_all`: each unit in turn, the others being its peers: how much these differ counts
    as well as errors. Over the indicators of a unit, `false_discovery`. Tie rule: of equal
    p-values the indicator that comes first.
    """
    check_polarity(polarity, values.shape[1])
    held = np.zeros(values.shape) if errors is None else errors
    if held.shape != values.shape:
        raise BadInput("composite_shape", value=held.shape, expected=values.shape)
    known = np.isfinite(values)
    found = among_all(np.where(known, values, 0.0), held, known)
    told = np.zeros(values.shape, dtype=bool)
    for unit, there in enumerate(found.tested):
        told[unit, there] = false_discovery(found.p_value[unit, there], rate=rate)
    return StandsOut(
        np.where(found.tested, found.centre, 0.0), polarity * found.difference, found.p_value,
        found.tested, told,
    )  # fmt: skip
