"""Siting the slow and obvious way: try every choice, keep the best and all that are equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from math import exp, isclose

Choice = tuple[int, ...]
Table = Sequence[Sequence[float]]


def choices(
    n_sites: int, n_open: int, *, forced: Iterable[int] = (), forbidden: Iterable[int] = ()
) -> list[Choice]:
    must, never = set(forced), set(forbidden)
    return [
        one
        for one in combinations(range(n_sites), n_open)
        if must <= set(one) and not never & set(one)
    ]


def best(all_: Iterable[Choice], cost: Callable[[Choice], float]) -> tuple[float, list[Choice]]:
    """Give the least cost, and every choice that has it."""
    told = [(cost(one), one) for one in all_]
    least = min(value for value, _ in told)
    return least, [one for value, one in told if isclose(value, least, rel_tol=1e-9, abs_tol=1e-9)]


def nearest(distance: Table, row: int, choice: Choice) -> float:
    return min(distance[row][site] for site in choice)


def median(distance: Table, people: Sequence[float]) -> Callable[[Choice], float]:
    return lambda choice: sum(
        people[row] * nearest(distance, row, choice) for row in range(len(people)) if people[row]
    )


def covered(distance: Table, people: Sequence[float], limit: float, *, times: int = 1) -> Callable[[Choice], float]:  # fmt: skip
    """People with so many sites of a choice within the limit."""
    return lambda choice: sum(
        people[row]
        for row in range(len(people))
        if sum(distance[row][site] <= limit for site in choice) >= times
    )


def farthest(distance: Table, people: Sequence[float]) -> Callable[[Choice], float]:
    return lambda choice: max(
        nearest(distance, row, choice) for row in range(len(people)) if people[row] > 0
    )


def kolm_pollak_sum(
    distance: Table, people: Sequence[float], kappa: float
) -> Callable[[Choice], float]:
    return lambda choice: sum(
        people[row] * exp(-kappa * nearest(distance, row, choice)) for row in range(len(people))
    )


def room(
    distance: Table,
    people: Sequence[float],
    limit: float,
    capacity: Sequence[float],
    choice: Choice,
) -> float:
    """Count who finds room: by Hall's rule, the least over all sets of sites of what they leave through."""
    groups = [
        frozenset(site for site in choice if distance[row][site] <= limit)
        for row in range(len(people))
    ]
    reached = sum(people[row] for row, group in enumerate(groups) if group)
    cuts = []
    for size in range(len(choice) + 1):
        for full in combinations(choice, size):
            inside = sum(
                people[row] for row, group in enumerate(groups) if group and group <= set(full)
            )
            cuts.append(reached - inside + sum(capacity[site] for site in full))
    return min(cuts)
