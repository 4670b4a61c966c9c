"""Steps before treatment: denominate, impute, and see who has enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.composite.checks import check_known, check_whole
from courtepointe.core.composite.values import Imputation
from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints

NO_DENOMINATOR = -1


@dataclass(frozen=True, slots=True)
class Imputed:
    """Values without gaps, and which of them were never observed.

    Attributes
    ----------
    values : (n_units, n_indicators) float
    imputed : (n_units, n_indicators) bool
    """

    values: Floats
    imputed: Bools


def denominate(values: Floats, denominators: Floats, which: Ints) -> Floats:
    """Divide indicators by what makes units of different sizes comparable.

    Parameters
    ----------
    values : (n_units, n_indicators) float
        NaN where missing, and only there.
    denominators : (n_units, n_denominators) float, above 0
        NaN where missing.
    which : (n_indicators,) int
        The denominator of each indicator; `NO_DENOMINATOR` where it has none.

    Returns
    -------
    (n_units, n_indicators) float
        A gap where the value or the denominator that it needs is one.

    Raises
    ------
    BadInput
        ``composite_denominator``: one that is needed is zero, negative or infinite.
    """
    told = values.copy()
    for indicator in np.flatnonzero(which != NO_DENOMINATOR):
        below = denominators[:, which[indicator]]
        known = ~np.isnan(values[:, indicator])
        for unit in np.flatnonzero(known & ((below <= 0.0) | np.isinf(below))):
            raise BadInput(
                "composite_denominator",
                unit=int(unit),
                indicator=int(indicator),
                value=float(below[unit]),
            )
        told[known, indicator] = values[known, indicator] / below[known]
    return told


def known_share(values: Floats) -> Floats:
    """Give the part of its indicators that each unit has.

    Parameters
    ----------
    values : (n_units, n_indicators) float
        NaN where missing.

    Returns
    -------
    (n_units,) float, 0 to 1
    """
    share: Floats = np.isfinite(values).mean(axis=1)
    return share


def screened(values: Floats, *, least: float) -> Bools:
    """Say which units have enough; what was imputed does not count as known.

    Parameters
    ----------
    values : (n_units, n_indicators) float
        As they were before imputation.
    least : float, 0 to 1
        Exactly so much is enough.

    Returns
    -------
    (n_units,) bool

    Raises
    ------
    BadInput
        ``composite_least``.
    """
    if not 0.0 <= least <= 1.0:
        raise BadInput("composite_least", value=least)
    # A tenth of 50 is 5: the product of both must not fall short by a rounding.
    kept: Bools = known_share(values) >= least - 1e-12
    return kept


def impute(values: Floats, *, rule: Imputation, groups: Ints | None = None) -> Imputed:
    """Fill gaps by a named rule, and keep which were filled.

    Parameters
    ----------
    values : (n_units, n_indicators) float
        NaN where missing.
    rule : Imputation
        ``none`` refuses the first gap.
    groups : (n_units,) int, optional
        Of units that resemble each other; needed by the rules of groups.

    Returns
    -------
    Imputed

    Raises
    ------
    BadInput
        ``composite_gap``, ``composite_missing_everywhere``, ``composite_one_value``,
        ``composite_groups``, ``composite_group_empty``: a group without any value is not filled
        from elsewhere in silence.
    """
    check_known(values)
    missing = np.isnan(values)
    if rule is Imputation.NONE:
        check_whole(values)
        return Imputed(values.copy(), missing)
    by_group = rule in (Imputation.GROUP_MEAN, Imputation.GROUP_MEDIAN)
    if by_group and groups is None:
        raise BadInput("composite_groups", value=str(rule))
    own = groups if by_group and groups is not None else np.zeros(len(values), dtype=np.int64)
    by_mean = rule in (Imputation.MEAN, Imputation.GROUP_MEAN)
    told = values.copy()
    for group in np.unique(own):
        members = np.flatnonzero(own == group)
        for indicator in np.flatnonzero(missing[members].any(axis=0)):
            column = values[members, indicator]
            like = column[np.isfinite(column)]
            gaps = members[np.isnan(column)]
            if not like.size:
                raise BadInput("composite_group_empty", unit=int(gaps[0]), indicator=int(indicator))
            told[gaps, indicator] = like.mean() if by_mean else np.median(like)
    return Imputed(told, missing)
