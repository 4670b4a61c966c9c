"""Two readings of the same passages as arrays, and what is said of them: ids become positions once, here."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from courtepointe.core.agreement import (
    Agreement,
    Metric,
    cohen_kappa,
    krippendorff_alpha,
)
from courtepointe.core.typing import Ints
from courtepointe.portraits.evidence.lists import STRENGTHS

DRAWS = 1_000
NONE = ""
"""Stands in the table for a coder who noted nothing that the other did."""
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a coder noted of a passage: of what it tells, in which direction, how strongly."""

    what: str
    direction: str
    strength: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage that two people read without seeing what the other noted."""

    first: frozenset[Mark]
    second: frozenset[Mark]


@dataclass(frozen=True, slots=True)
class ByCode:
    """How far two readings agree that passages tell of something.

    Attributes
    ----------
    both, first_only, second_only : int
        Passages.
    """

    what: str
    kappa: Agreement
    alpha: Agreement
    both: int
    first_only: int
    second_only: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two readings side by side.

    Attributes
    ----------
    kappa, alpha : Agreement
        Of all codes of a passage as one: alike only where all are.
    direction : Agreement
        Alpha, nominal, of what both coded so.
    strength : Agreement
        Alpha, ordinal, of what both coded so.
    whats : tuple of str
        Rows and columns of ``matrix``; the last, empty, is for what the other did not note.
    matrix : (n_whats, n_whats) int
        The first coder's code along rows, the second's along columns; what both noted stands on the diagonal.
    """

    n_passages: int
    n_alike: int
    kappa: Agreement
    alpha: Agreement
    direction: Agreement
    strength: Agreement
    by_code: tuple[ByCode, ...]
    whats: tuple[str, ...]
    matrix: Ints


def compare(pairs: Sequence[Pair], whats: Sequence[str], *, rng: np.random.Generator) -> Compared:
    """Say how far two readings agree, on the whole and code by code.

    Parameters
    ----------
    whats : sequence of str
        In the order in which they are told; those that nobody used are left out.
    """
    sets = [(_whats(one.first), _whats(one.second)) for one in pairs]
    used = [what for what in whats if any(what in a or what in b for a, b in sets)]
    whole, n_sets = _as_codes(sets)
    both = [
        (mine, theirs)
        for one in pairs
        for what in used
        if (mine := _of(one.first, what)) and (theirs := _of(one.second, what))
    ]
    directions, n_directions = _as_codes([(_directions(a), _directions(b)) for a, b in both])
    strengths, _n = _as_codes([(_strongest(a), _strongest(b)) for a, b in both], known=STRENGTHS)
    return Compared(
        n_passages=len(pairs),
        n_alike=sum(a == b for a, b in sets),
        kappa=cohen_kappa(whole[0], whole[1], n_categories=n_sets),
        alpha=_alpha(whole, n_sets, rng),
        direction=_alpha(directions, n_directions, rng),
        strength=_alpha(strengths, len(STRENGTHS), rng, metric=Metric.ORDINAL),
        by_code=tuple(_by_code(sets, what, rng) for what in used),
        whats=(*used, NONE),
        matrix=_matrix(sets, used),
    )


def _whats(marks: frozenset[Mark]) -> frozenset[str]:
    return frozenset(one.what for one in marks)


def _of(marks: frozenset[Mark], what: str) -> frozenset[Mark]:
    return frozenset(one for one in marks if one.what == what)


def _directions(marks: frozenset[Mark]) -> frozenset[str]:
    return frozenset(one.direction for one in marks)


def _strongest(marks: frozenset[Mark]) -> int:
    return max(one.strength for one in marks)


def _as_codes(pairs: Sequence[tuple[Key, Key]], known: Sequence[Key] = ()) -> tuple[Ints, int]:
    """Give two coders' codes as positions: (2, n_units), and how many there are."""
    places: dict[Key, int] = {one: place for place, one in enumerate(known)}
    told = [[places.setdefault(one, len(places)) for one in pair] for pair in pairs]
    codes = np.array(told, dtype=np.int64).reshape(len(pairs), 2).T
    return codes, max(len(places), 1)


def _alpha(
    codes: Ints, n_categories: int, rng: np.random.Generator, *, metric: Metric = Metric.NOMINAL
) -> Agreement:
    return krippendorff_alpha(
        codes, n_categories=n_categories, metric=metric, n_draws=DRAWS, rng=rng
    )


def _by_code(
    sets: Sequence[tuple[frozenset[str], frozenset[str]]], what: str, rng: np.random.Generator
) -> ByCode:
    told = np.array([[what in a, what in b] for a, b in sets], dtype=np.int64).T
    return ByCode(
        what=what,
        kappa=cohen_kappa(told[0], told[1], n_categories=2),
        alpha=_alpha(told, 2, rng),
        both=int((told.sum(axis=0) == 2).sum()),
        first_only=int((told[0] > told[1]).sum()),
        second_only=int((told[1] > told[0]).sum()),
    )


def _matrix(sets: Sequence[tuple[frozenset[str], frozenset[str]]], used: Sequence[str]) -> Ints:
    """Count how codes meet: what one noted alone meets each that the other noted alone, or nothing."""
    place = {what: number for number, what in enumerate([*used, NONE])}
    counts = np.zeros((len(place), len(place)), dtype=np.int64)
    for first, second in sets:
        for what in first & second:
            counts[place[what], place[what]] += 1
        for mine in first - second or {NONE}:
            for theirs in second - first or {NONE}:
                if mine or theirs:
                    counts[place[mine], place[theirs]] += 1
    return counts
