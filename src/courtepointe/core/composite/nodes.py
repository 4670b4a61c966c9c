"""One node of one draw, compiled: its parts gathered into a score."""

from __future__ import annotations

import numpy as np

from courtepointe.core.composite.components import NOISE
from courtepointe.core.composite.counts import NEAR
from courtepointe.core.composite.noise import compiled
from courtepointe.core.composite.values import Mean

MEAN_CODE = {mean: code for code, mean in enumerate(Mean)}
ARITHMETIC, GEOMETRIC, HARMONIC, AMPI_MEAN, COPELAND, SUM, FIRST, COUNT = (
    MEAN_CODE[one] for one in Mean
)


@compiled
def turned(values, code, told):  # type: ignore[no-untyped-def]
    """Give logarithms or inverses of numbers above 0; NaN for others."""
    for unit in range(len(values)):
        one = values[unit]
        if one > 0.0:
            told[unit] = np.log(one) if code == GEOMETRIC else 1.0 / one
        else:
            told[unit] = np.nan


@compiled
def summed(parts, children, shares, told):  # type: ignore[no-untyped-def]
    """Add up some rows of parts, each times its share."""
    for place in range(len(children)):
        row, share = parts[children[place]], shares[place]
        for unit in range(len(told)):
            told[unit] += share * row[unit]


@compiled
def mean_of(nodes, children, shares, code):  # type: ignore[no-untyped-def]
    """Give the arithmetic mean of some nodes, their sum, or the mean less AMPI's penalty."""
    told = np.zeros(nodes.shape[1])
    summed(nodes, children, shares, told)
    if code == SUM:
        told *= len(shares)
    elif code == AMPI_MEAN:
        variance = np.zeros(len(told))
        for place in range(len(children)):
            row = nodes[children[place]]
            for unit in range(len(told)):
                variance[unit] += shares[place] * (row[unit] - told[unit]) ** 2
        for unit in range(len(told)):
            told[unit] = told[unit] - variance[unit] / told[unit] if told[unit] > 0.0 else np.nan
    return told


@compiled
def turned_mean(nodes, of_indicators, children, shares, code):  # type: ignore[no-untyped-def]
    """Give the geometric or the harmonic mean of some nodes; indicators are turned already."""
    told, row = np.zeros(nodes.shape[1]), np.empty(nodes.shape[1])
    for place in range(len(children)):
        child = children[place]
        if child < len(of_indicators):
            summed(of_indicators, children[place : place + 1], shares[place : place + 1], told)
        else:
            turned(nodes[child], code, row)
            for unit in range(len(told)):
                told[unit] += shares[place] * row[unit]
    for unit in range(len(told)):
        told[unit] = np.exp(told[unit]) if code == GEOMETRIC else 1.0 / told[unit]
    return told


@compiled
def gathered(nodes, children, shares, code, facing, counts):  # type: ignore[no-untyped-def]
    """Make a node of some others; not by a geometric or a harmonic mean."""
    if code == COPELAND:
        return beaten(nodes[children], shares)
    if code == FIRST:
        return along_first(nodes[children])
    if code == COUNT:
        return counted(nodes[children], facing, counts)
    return mean_of(nodes, children, shares, code)


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
