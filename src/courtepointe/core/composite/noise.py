"""Random numbers that depend on a seed, a draw, a column and a row, and on nothing else.

Blocks of draws may be computed in any order and by any number of threads: each number is a hash of
where it stands, so the same seed gives the same draws.
"""

from __future__ import annotations

import math

import numba
import numpy as np

from courtepointe.core.typing import Floats

compiled = numba.njit(cache=True, nogil=True, error_model="numpy")

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
UNIT = 1.0 / 9007199254740992.0
HALF = 0.5 * UNIT
CENTRAL = 0.425
"""So far from a half the normal law has one formula for all."""


@compiled
def mixed(state):  # type: ignore[no-untyped-def]
    """Scatter 64 bits (the finaliser of SplitMix64: Steele, Lea and Flood, 2014)."""
    state = (state ^ (state >> S30)) * FIRST
    state = (state ^ (state >> S27)) * SECOND
    return state ^ (state >> S31)


@compiled
def stream(seed, draw, column):  # type: ignore[no-untyped-def]
    """Give the start of the numbers of one column of one draw."""
    state = mixed(np.uint64(seed) + GOLDEN)
    state = mixed(state ^ (np.uint64(draw) * GOLDEN + FIRST))
    return mixed(state ^ (np.uint64(column) * GOLDEN + SECOND))


@compiled
def uniform(start, place):  # type: ignore[no-untyped-def]
    """Give a number above 0 and under 1."""
    return (mixed(start + np.uint64(place + 1) * GOLDEN) >> S11) * UNIT + HALF


@compiled
def central(q):  # type: ignore[no-untyped-def]
    """Give the number of a share of a half and q, where q is not over 0.425 either way."""
    r = 0.180625 - q * q
    above = (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r + 1.3314166789178437745e2) * r + 3.3871328727963666080)  # fmt: skip
    below = (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r + 4.2313330701600911252e1) * r + 1.0)  # fmt: skip
    return q * above / below


@compiled
def outer(share):  # type: ignore[no-untyped-def]
    """Give the number of a share that is farther from a half."""
    r = math.sqrt(-math.log(min(share, 1.0 - share)))
    if r <= 5.0:
        r -= 1.6
        above = (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.76949722146069140550) * r + 4.63033784615654529590) * r + 1.42343711074968357734)  # fmt: skip
        below = (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940) * r + 2.05319162663775882187) * r + 1.0)  # fmt: skip
    else:
        r -= 5.0
        above = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580) * r + 5.46378491116411436990) * r + 6.65790464350110377720)  # fmt: skip
        below = (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r + 5.99832206555887937690e-1) * r + 1.0)  # fmt: skip
    return math.copysign(above / below, share - 0.5)


@compiled
def normal_quantile(share):  # type: ignore[no-untyped-def]
    """Give the number that a share of the normal law lies under, to some 1e-15.

    Source: M. J. Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
    """
    q = share - 0.5
    return central(q) if abs(q) <= CENTRAL else outer(share)


@compiled
def add_normals(values, error, start):  # type: ignore[no-untyped-def]
    """Add errors times numbers of the normal law, in place: what `normals` would give.

    The middle of the law is computed for all, several at once; those outside of it again, one by one.
    """
    n_units = len(values)
    share, outside = np.empty(n_units), np.empty(n_units, dtype=np.int64)
    for place in range(n_units):
        share[place] = uniform(start, place)
    n_outside = 0
    for place in range(n_units):
        outside[n_outside] = place
        n_outside += abs(share[place] - 0.5) > CENTRAL
    drawn = np.empty(n_units)
    for place in range(n_units):
        drawn[place] = central(share[place] - 0.5)
    for place in outside[:n_outside]:
        drawn[place] = outer(share[place])
    for place in range(n_units):
        values[place] += error[place] * drawn[place]


@compiled
def normals(seed, draw, column, count):  # type: ignore[no-untyped-def]
    """Give `count` numbers of the normal law, one a row."""
    start = stream(seed, draw, column)
    told = np.empty(count)
    for place in range(count):
        told[place] = normal_quantile(uniform(start, place))
    return told


@compiled
def hot_deck(start, values, known, groups, donors):  # type: ignore[no-untyped-def]
    """Fill gaps from donors of the same group, drawn from a drawn sample of them.

    `donors`: units that have a value, group by group, and where each group begins. Source: D. B. Rubin and N. Schenker,
    "Multiple imputation for interval estimation from simple random samples with ignorable nonresponse", Journal of the
    American Statistical Association 81 (1986): the approximate Bayesian bootstrap. Drawing donors twice is what keeps
    the doubt about who could be a donor.
    """
    their, first = donors
    n_units = len(values)
    for unit in range(n_units):
        if known[unit]:
            continue
        group = groups[unit]
        n_donors = first[group + 1] - first[group]
        again = int(uniform(start, n_units + unit) * n_donors)
        # The sample of donors is the same for all gaps of the group: its numbers hang on the group.
        of_group = start + np.uint64(group + 1) * FIRST
        values[unit] = values[their[first[group] + int(uniform(of_group, again) * n_donors)]]


def normal_table(seed: int, draw: int, n_units: int, n_columns: int) -> Floats:
    """Give the normal numbers of one draw as a table, (n_units, n_columns)."""
    columns = [normals(seed, draw, column, n_units) for column in range(n_columns)]
    return np.column_stack(columns)
