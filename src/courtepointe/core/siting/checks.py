"""What cannot be computed with, told before anything is computed."""

from __future__ import annotations

import numpy as np

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.typing import AnyArray, Bools, Floats


def check_people(people: Floats, n_rows: int) -> None:
    """Hold people to one number a row, known and not under 0.

    Raises
    ------
    BadInput
        ``core_shape``, ``siting_not_a_number``, ``siting_negative_demand``.
    """
    check_shape(people, "people", (n_rows,))
    check_numbers(people, "people")
    below = np.flatnonzero(people < 0)
    if below.size:
        raise BadInput(
            "siting_negative_demand", position=int(below[0]), value=float(people[below[0]])
        )


def check_distances(distance: Floats) -> None:
    """Hold distances to a table of numbers not under 0; inf says that no way leads there.

    Raises
    ------
    BadInput
        ``core_shape``, ``siting_not_a_number``, ``siting_negative_distance``.
    """
    if distance.ndim != 2 or not distance.size:
        raise BadInput(
            "core_shape", array="distance", shape=distance.shape, expected="(n_rows, n_sites)"
        )
    check_numbers(distance, "distance")
    below = np.argwhere(distance < 0)
    if below.size:
        row, site = (int(one) for one in below[0])
        raise BadInput(
            "siting_negative_distance", position=row, value=float(distance[row, site]), site=site
        )


def check_reached(distance: Floats, people: Floats, closed: Bools) -> None:
    """Hold all people to have a way to some site that may open.

    Raises
    ------
    NoAnswer
        ``siting_unreachable``, with the position of the first row, and how many people there are.
    """
    reached = np.isfinite(distance[:, ~closed]).any(axis=1) | (people == 0)
    if not reached.all():
        raise NoAnswer(
            "siting_unreachable", position=int(np.flatnonzero(~reached)[0]),
            value=counted(people[~reached].sum()),
        )  # fmt: skip


def check_shape(told: AnyArray, array: str, expected: tuple[int, ...]) -> None:
    """Hold an array to its shape.

    Raises
    ------
    BadInput
        ``core_shape``.
    """
    if told.shape != expected:
        raise BadInput("core_shape", array=array, shape=told.shape, expected=expected)


def check_numbers(told: Floats, array: str) -> None:
    """Hold an array to numbers.

    Raises
    ------
    BadInput
        ``siting_not_a_number``, with the position of the row.
    """
    if np.isnan(told).any():
        raise BadInput(
            "siting_not_a_number", array=array, position=int(np.argwhere(np.isnan(told))[0][0])
        )


def is_whole(told: Floats) -> bool:
    """Say whether sums of these numbers are whole: then a bound may be rounded up."""
    finite = told[np.isfinite(told)]
    # Beyond 2^53 whole numbers are no longer held one by one.
    return bool((finite == np.rint(finite)).all() and np.abs(finite).sum() < 2.0**52)


def check_amounts(told: Floats, array: str, n_sites: int) -> None:
    """Hold prices or capacities to one known number a site, not under 0.

    Raises
    ------
    BadInput
        ``core_shape``, ``siting_not_a_number``, ``siting_negative_amount``.
    """
    check_shape(told, array, (n_sites,))
    check_numbers(told, array)
    below = np.flatnonzero(told < 0)
    if below.size:
        raise BadInput(
            "siting_negative_amount",
            array=array,
            position=int(below[0]),
            value=float(told[below[0]]),
        )


def counted(told: float) -> int | float:
    """Give a count of people as a whole number where it is one, for sentences."""
    return int(told) if float(told).is_integer() else float(told)
