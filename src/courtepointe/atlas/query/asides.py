"""What a publisher says beside the numbers of an area's units: why some lack one, what to mind.

For all figures of an area at once: a portrait has hundreds, and most of their cells are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from courtepointe.atlas.figures import Status
from courtepointe.atlas.pack.values import (
    FLAG_HIGH_NON_RESPONSE,
    FLAG_REVISED,
    FLAG_USE_WITH_CAUTION,
    STATUS_ORDER,
)
from courtepointe.atlas.query.cells import Cells
from courtepointe.core.aggregate import Quantity
from courtepointe.core.typing import Bools, Codes, Ints

FLAG_CAUTIONS = (
    (FLAG_USE_WITH_CAUTION, "use_with_caution"),
    (FLAG_HIGH_NON_RESPONSE, "high_non_response"),
    (FLAG_REVISED, "revised"),
)
NO_REASON = 255


@dataclass(frozen=True, slots=True)
class Aside:
    """What is said beside one figure.

    Attributes
    ----------
    missing : tuple of (Status, int)
        Units without a value, by reason.
    cautions : tuple of str
        What the publisher says to mind about cells that have one.
    """

    missing: tuple[tuple[Status, int], ...]
    cautions: tuple[str, ...]


def asides(quantities: Sequence[Quantity], cells: Cells) -> list[Aside]:
    """Say what is to be said beside each quantity of an area.

    Parameters
    ----------
    quantities : sequence of Quantity
    cells : Cells
        The published units that stand for the area.

    Returns
    -------
    (n_quantities,) list of Aside

    Notes
    -----
    A unit that lacks several cells is counted once, for the first of them in the order of the
    formula. Reasons go the most frequent first; on ties the order of `STATUS_ORDER` decides.
    """
    variables, places = _laid_out(tuple(quantity.variables for quantity in quantities))
    known = cells.known(variables)
    reasons = _reasons(cells, variables, known, places)
    bits = _bits(cells, variables, known, places)
    pairs = zip(map(tuple, reasons.tolist()), bits.tolist(), strict=True)
    return [Aside(_missing(counts), flag_cautions(code)) for counts, code in pairs]


@lru_cache(maxsize=128)
def _laid_out(groups: tuple[tuple[int, ...], ...]) -> tuple[Ints, Ints]:
    """Give the variables taken, and where each group's stand among them, -1 after its last.

    Returns
    -------
    (n_variables,) int, (n_groups, n_longest) int
    """
    variables = np.unique(np.array([v for group in groups for v in group], np.int64))
    places = np.full((len(groups), max(map(len, groups))), -1, np.int64)
    for row, group in enumerate(groups):
        places[row, : len(group)] = np.searchsorted(variables, group)
    return variables, places


def _reasons(cells: Cells, variables: Ints, known: Bools, places: Ints) -> Ints:
    """Count the units that lack a cell, by status: (n_quantities, n_statuses)."""
    counts = np.zeros((len(places), len(STATUS_ORDER)), np.int64)
    lacking = np.flatnonzero(~known.all(axis=0))
    if lacking.size == 0:
        return counts
    there, status = known[:, lacking], cells.status(variables, lacking)
    reason = np.full((len(places), lacking.size), NO_REASON, np.uint8)
    for column in places.T:
        rows = np.flatnonzero(column >= 0)
        its = column[rows]
        new = (reason[rows] == NO_REASON) & ~there[its]
        reason[rows] = np.where(new, status[its], reason[rows])
    for code in range(len(STATUS_ORDER)):
        counts[:, code] = np.count_nonzero(reason == code, axis=1)
    return counts


def _bits(cells: Cells, variables: Ints, known: Bools, places: Ints) -> Codes:
    """Join the flags of all cells that have a value: (n_quantities,)."""
    joined = np.zeros(variables.size + 1, np.uint8)
    flagged = np.flatnonzero(cells.flagged(variables))
    if flagged.size:
        flags = np.where(known[flagged], cells.flags(variables[flagged]), 0)
        joined[flagged] = np.bitwise_or.reduce(flags, axis=1, initial=0)
    return np.asarray(np.bitwise_or.reduce(joined[places], axis=1), np.uint8)


@lru_cache(maxsize=4096)
def _missing(counts: tuple[int, ...]) -> tuple[tuple[Status, int], ...]:
    found = [(code, count) for code, count in enumerate(counts) if count]
    found.sort(key=lambda entry: (-entry[1], entry[0]))
    return tuple((STATUS_ORDER[code], count) for code, count in found)


@lru_cache(maxsize=256)
def flag_cautions(bits: int) -> tuple[str, ...]:
    """Tell what a publisher's flags say to mind."""
    return tuple(caution for flag, caution in FLAG_CAUTIONS if bits & flag)
