"""One draw of an index after another, compiled: what `steps` does, without tables in between."""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.composite.components import NOISE
from courtepointe.core.composite.counts import NEAR
from courtepointe.core.composite.noise import compiled, hot_deck, normal_quantile, stream, uniform
from courtepointe.core.composite.values import Mean, Scale

KEEP, FILL_MEAN, FILL_MEDIAN, FILL_DONOR = range(4)
SCALE_CODE = {scale: code for code, scale in enumerate(Scale)}
MEAN_CODE = {mean: code for code, mean in enumerate(Mean)}
MIN_MAX, Z, GOALPOSTS, RANK, BORDA, PERCENTILE, AMPI = (SCALE_CODE[one] for one in Scale)
ARITHMETIC, GEOMETRIC, HARMONIC, AMPI_MEAN, COPELAND, SUM, FIRST, COUNT = (
    MEAN_CODE[one] for one in Mean
)


@numba.njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract", "nsz"})
def moments(values):  # type: ignore[no-untyped-def]
    """Give sample skewness and kurtosis, in two passes."""
    n = len(values)
    mean = 0.0
    for one in values:
        mean += one
    mean /= n
    m2 = m3 = m4 = 0.0
    for one in values:
        far = one - mean
        square = far * far
        m2 += square
        m3 += square * far
        m4 += square * square
    if m2 == 0.0:
        return 0.0, 0.0
    skew = np.sqrt(n) * m3 / m2**1.5 * np.sqrt(n * (n - 1.0)) / (n - 2.0)
    ratio = n * m4 / (m2 * m2)
    kurtosis = ((n + 1.0) * (ratio - 3.0) + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0))
    return skew, kurtosis


@compiled
def pull(values, high):  # type: ignore[no-untyped-def]
    """Bring the farthest values of one end to the next ones."""
    sign = 1.0 if high else -1.0
    end = near = -np.inf
    for one in values:
        far = sign * one
        if far > end:
            near, end = end, far
        elif near < far < end:
            near = far
    for place in range(len(values)):
        if sign * values[place] == end:
            values[place] = sign * near


@compiled
def treated(values, most_points, limits, logarithm):  # type: ignore[no-untyped-def]
    """Draw in, or put on a logarithm, in place; say whether it was a logarithm."""
    skew, kurtosis = moments(values)
    if abs(skew) < limits[0] or kurtosis < limits[1]:
        return False
    original = values.copy()
    for _ in range(most_points):
        pull(values, skew > 0.0)
        skew, kurtosis = moments(values)
        if abs(skew) < limits[0] or kurtosis < limits[1]:
            return False
    if logarithm:
        low, high = original.min(), original.max()
        for place in range(len(values)):
            values[place] = np.log(original[place] - low + 0.01 * (high - low))
    return logarithm


@compiled
def filled(values, known, groups, n_groups, by_median):  # type: ignore[no-untyped-def]
    """Fill gaps by the mean or the median of the group, in place."""
    total, count, middle = np.zeros(n_groups), np.zeros(n_groups), np.empty(n_groups)
    for unit in range(len(values)):
        if known[unit]:
            total[groups[unit]] += values[unit]
            count[groups[unit]] += 1.0
    for group in range(n_groups):
        middle[group] = total[group] / count[group]
        if by_median and count[group] > 0:
            middle[group] = np.median(values[known & (groups == group)])
    for unit in range(len(values)):
        if not known[unit]:
            values[unit] = middle[groups[unit]]


@compiled
def drawn_column(column, values, error, known, groups, n_groups, fill, seed, draw):  # type: ignore[no-untyped-def]
    """Give an indicator of all units in one draw: observed values in doubt, gaps filled."""
    told = values.copy()
    start = stream(seed, draw, column)
    for unit in range(len(told)):
        if error[unit] > 0.0 and known[unit]:
            told[unit] += error[unit] * normal_quantile(uniform(start, unit))
    if fill == FILL_DONOR:
        hot_deck(seed, draw, column, told, known, groups)
    elif fill != KEEP:
        filled(told, known, groups, n_groups, fill == FILL_MEDIAN)
    return told


@compiled
def scaled(values, polarity, code, low, high, posts):  # type: ignore[no-untyped-def]
    """Put an indicator on a scale, in place; NaN where it does not vary."""
    if code == GOALPOSTS or (code == AMPI and posts[0] < posts[1]):
        bottom, top = (70.0, 130.0) if code == AMPI else (low, high)
        for place in range(len(values)):
            share = (values[place] - posts[0]) / (posts[1] - posts[0])
            share = share if polarity > 0 else 1.0 - share
            if code == GOALPOSTS:
                share = min(max(share, 0.0), 1.0)
            values[place] = bottom + (top - bottom) * share
        return
    values *= polarity
    least, most = values.min(), values.max()
    if least == most:
        values[:] = np.nan
    elif code == Z:
        deviation = np.sqrt(((values - values.mean()) ** 2).sum() / (len(values) - 1))
        values[:] = low + high * (values - values.mean()) / deviation
    elif code in (MIN_MAX, AMPI):
        bottom, top = (70.0, 130.0) if code == AMPI else (low, high)
        values[:] = bottom + (top - bottom) * ((values - least) / (most - least))
    else:
        ranked(values, code)


@compiled
def ranked(values, code):  # type: ignore[no-untyped-def]
    """Put ranks from 1 upward in place of values, or what is made of them."""
    ranks = np.searchsorted(np.sort(values), values)
    for place in range(len(values)):
        if code == RANK:
            values[place] = ranks[place] + 1.0
        elif code == BORDA:
            values[place] = ranks[place]
        else:
            values[place] = ranks[place] / (len(values) - 1.0)


@compiled
def summed(parts, shares, code):  # type: ignore[no-untyped-def]
    """Give the weighted mean of numbers, of their logarithms or of their inverses, (n_units,)."""
    told = np.zeros(parts.shape[1])
    for part in range(len(shares)):
        for unit in range(parts.shape[1]):
            one = parts[part, unit]
            if code == GEOMETRIC:
                one = np.log(one) if one > 0.0 else np.nan
            elif code == HARMONIC:
                one = 1.0 / one if one > 0.0 else np.nan
            told[unit] += shares[part] * one
    return told


@compiled
def gathered(parts, shares, code, facing, counts):  # type: ignore[no-untyped-def]
    """Make a node of its parts, (n_parts, n_units)."""
    if code == COPELAND:
        return beaten(parts, shares)
    if code == FIRST:
        return along_first(parts)
    if code == COUNT:
        return counted(parts, facing, counts)
    told = summed(parts, shares, code)
    for unit in range(len(told)):
        if code == GEOMETRIC:
            told[unit] = np.exp(told[unit])
        elif code == HARMONIC:
            told[unit] = 1.0 / told[unit]
        elif code == SUM:
            told[unit] *= len(shares)
        elif code == AMPI_MEAN:
            variance = 0.0
            for part in range(len(shares)):
                variance += shares[part] * (parts[part, unit] - told[unit]) ** 2
            told[unit] = told[unit] - variance / told[unit] if told[unit] > 0.0 else np.nan
    return told


@compiled
def along_first(parts):  # type: ignore[no-untyped-def]
    """Give scores on the first component, as `components.component_scores` does; NaN where none."""
    n_parts, n_units = parts.shape
    alike = np.zeros((n_parts, n_units))
    for part in range(n_parts):
        far = parts[part] - parts[part].mean()
        spread = np.sqrt((far * far).mean())
        if spread > 1e-12 * np.abs(parts[part]).max():
            alike[part] = far / spread
    _, directions = np.linalg.eigh(np.dot(alike, alike.T) / n_units)
    loading = np.ascontiguousarray(directions[:, -1])
    sign = loading.sum()
    if abs(sign) <= NOISE:
        for one in loading:
            if abs(one) > NOISE:
                sign = one
                break
    told = np.dot(loading, alike) * np.sign(sign)
    spread = np.sqrt((told * told).mean() - told.mean() ** 2)
    return told / spread if spread > NOISE else np.full(n_units, np.nan)


@compiled
def counted(parts, facing, counts):  # type: ignore[no-untyped-def]
    """Give how many parts fall in the classes that are counted, as `counts.count` does."""
    n_parts, n_units = parts.shape
    classes, n_counted = counts
    told = np.zeros(n_units)
    for part in range(n_parts):
        ordered = np.sort(parts[part])
        end = n_counted if facing[part] < 0 else classes - n_counted
        limit = ordered[(n_units * end + classes - 1) // classes - 1]
        limit += NEAR * (ordered[-1] - ordered[0])
        for unit in range(n_units):
            told[unit] += (parts[part, unit] > limit) == (facing[part] > 0)
    return told


@compiled
def beaten(parts, shares):  # type: ignore[no-untyped-def]
    """Give victories less defeats, as `gather.copeland` does."""
    n_units = parts.shape[1]
    told = np.zeros(n_units)
    for one in range(n_units):
        for other in range(one):
            lead = 0.0
            for part in range(len(shares)):
                lead += shares[part] * np.sign(parts[part, one] - parts[part, other])
            if abs(lead) >= 1e-12:
                told[one] += np.sign(lead)
                told[other] -= np.sign(lead)
    return told


@compiled
def draw_scores(data, tree, choices, rules, seed, first, out):  # type: ignore[no-untyped-def]
    """Compute draws `first` to `first + len(out)` of the last node, into out (n_draws, n_kept)."""
    values, errors, known, groups, kept, polarity, posts = data
    parent, levels, n_indicators, facing = tree
    scale, ends, means, most_points, weights = choices
    fill, n_groups, limits, treats, logarithm, counts = rules
    nodes = np.empty((len(parent), len(kept)))
    for place in range(len(out)):
        draw = first + place
        for column in range(n_indicators):
            told = drawn_column(
                column, values[column], errors[column], known[column], groups, n_groups, fill,
                seed, draw,
            )[kept]  # fmt: skip
            logged = treats and treated(told, most_points[draw], limits, logarithm)
            if logged and posts[column, 0] < posts[column, 1] and scale[draw] in (GOALPOSTS, AMPI):
                told[:] = np.nan  # Goalposts are in the unit that the indicator no longer has.
            scaled(told, polarity[column], scale[draw], ends[draw, 0], ends[draw, 1], posts[column])
            nodes[column] = told
        for node in range(n_indicators, len(parent)):
            parts = np.flatnonzero(parent == node)
            shares = weights[draw][parts]
            code = means[draw, levels[node]]
            nodes[node] = gathered(
                nodes[parts], shares / shares.sum(), code, facing[parts], counts
            )  # fmt: skip
        out[place] = nodes[-1]
