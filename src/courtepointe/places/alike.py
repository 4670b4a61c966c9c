"""Records that may be one and the same place: each pair with its probability and the reasons.

Evidence is weighed as Fellegi and Sunter do (1969): how likely each agreement is when two records
are the same place, over how likely it is when they are two places near each other. See
``docs/methods/duplicates.md``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from courtepointe.core.typing import Floats, Ints
from courtepointe.places.compare import Reasons, Sight, Told, compared, likeness, told, weights

METRES_A_DEGREE = 111_320.0
FARTHEST_M = 400.0
"""Records farther apart are only compared where they share a telephone; those without a position also by name and address."""
MOST_BY_PHONE = 50
"""A switchboard that more records share is no reason to compare them all."""
PRIOR, WORTH_PAIRS = 0.02, 100
"""Before any pair is seen, 2 in 100 are the same: what a hundred pairs would tell."""
ROUNDS = 25
LIKELY, CERTAIN = 0.5, 0.95
Candidate = tuple[int, int, float | None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one place.

    Attributes
    ----------
    first, second : int
        Positions.
    probability : float, 0-1
    distance_m : float or None
    reasons : tuple of (what, level)
        ``("name", "same")``, ``("phone", "other")``: what was compared, and how it came out.
    """

    first: int
    second: int
    probability: float
    distance_m: float | None
    reasons: Reasons


def likely_same(sights: Sequence[Sight], *, least: float = LIKELY) -> tuple[Pair, ...]:
    """Find the records that may be the same place.

    Parameters
    ----------
    sights : sequence of (n,) Sight
    least : float
        Probability from which a pair is given.

    Returns
    -------
    tuple of Pair
        The likeliest first; ties by position.

    Notes
    -----
    Compared are records within 400 m of each other, or with the same telephone; a record without a
    position also with those of its address, or of its name (unless more than 50 have it). How many of those
    are truly the same is found from the pairs themselves (expectation-maximisation on that one
    number, 25 rounds), the other probabilities being declared in ``likeness.toml``.
    """
    records = [told(one) for one in sights]
    weighed = weights(records)
    often = Counter(one.folded for one in records)
    found = [
        (one, compared(records[one[0]], records[one[1]], one[2], weighed))
        for one in _candidates(records, sights)
    ]
    ratios = np.array(
        [_log_ratio(why, (often[records[one[0]].folded] - 2) / len(records)) for one, why in found]
    )
    pairs = [
        Pair(first, second, float(probability), away, reasons)
        for ((first, second, away), reasons), probability in zip(
            found, _posterior(ratios), strict=True
        )
        if probability >= least
    ]
    return tuple(sorted(pairs, key=lambda one: (-one.probability, one.first, one.second)))


def _candidates(records: Sequence[Told], sights: Sequence[Sight]) -> Iterator[Candidate]:
    """Give the pairs to compare, each once, with how far apart they are."""
    at = {
        place: row
        for row, place in enumerate(
            n for n, s in enumerate(sights) if s.longitude is not None and s.latitude is not None
        )
    }
    xy = _metres(sights, list(at))
    seen: set[tuple[int, int]] = set()
    for near in _near(list(at), xy):
        seen.add(near[:2])
        yield near
    for first, second in _called_alike(records, at):
        if (first, second) not in seen:
            seen.add((first, second))
            known = first in at and second in at
            away = float(np.hypot(*(xy[at[first]] - xy[at[second]]))) if known else None
            yield first, second, away


def _near(located: Sequence[int], xy: Floats) -> Iterator[tuple[int, int, float]]:
    """Give the pairs within 400 m."""
    if len(located) < 2:
        return
    places: Ints = np.array(located, dtype=np.int64)
    near = np.sort(cKDTree(xy).query_pairs(FARTHEST_M, output_type="ndarray"), axis=1)
    near = near[np.lexsort((near[:, 1], near[:, 0]))]
    away: Floats = np.hypot(*(xy[near[:, 0]] - xy[near[:, 1]]).T)
    for (first, second), distance in zip(places[near].tolist(), away.tolist(), strict=True):
        yield first, second, distance


def _called_alike(records: Sequence[Told], located: Collection[int]) -> Iterator[tuple[int, int]]:
    """Give the pairs with the same telephone; and where one has no position, the same address or name."""
    for keys, whole in (
        ([one.phone for one in records], True),
        ([_building(one) for one in records], False),
        ([one.folded for one in records], False),
    ):
        alike: dict[str, list[int]] = {}
        for place, key in enumerate(keys):
            if key:
                alike.setdefault(key, []).append(place)
        for some in alike.values():
            if len(some) <= MOST_BY_PHONE:
                yield from (
                    (first, second)
                    for n, first in enumerate(some)
                    for second in some[n + 1 :]
                    if whole or first not in located or second not in located
                )


def _building(record: Told) -> str:
    """Give a number and a street as one text; empty where either is not known."""
    return f"{record.number} {sorted(record.street)}" if record.number and record.street else ""


def _metres(sights: Sequence[Sight], located: Sequence[int]) -> Floats:
    """Lay positions out in metres: near enough over a city for distances of some hundred metres."""
    degrees: Floats = np.array(
        [(sights[n].longitude, sights[n].latitude) for n in located], dtype=np.float64
    ).reshape(-1, 2)
    middle = float(np.cos(np.radians(degrees[:, 1].mean()))) if len(degrees) else 1.0
    metres: Floats = degrees * METRES_A_DEGREE * np.array([middle, 1.0])
    return metres


def _log_ratio(reasons: Reasons, how_common: float) -> float:
    """Add up the evidence of a pair, in logarithms of odds.

    Two records with one address lie at one point and may share a switchboard: of what tells of the
    same building, what speaks for it most counts once; what speaks against it counts each time.
    """
    ratios = {}
    for what, level in reasons:
        held = likeness()[what][level]
        u = max(held["u"], how_common) if (what, level) == ("name", "same") else held["u"]
        ratios[what] = math.log(held["m"] / u)
    where = [ratios.pop(one) for one in ("distance", "address", "phone") if one in ratios]
    speaks_for = max((one for one in where if one > 0.0), default=0.0)
    return sum(ratios.values()) + sum(one for one in where if one < 0.0) + speaks_for


def _posterior(log_ratios: Floats) -> Floats:
    """Give the probability of each pair, with the part of true pairs found from all of them."""
    prior, probabilities = PRIOR, log_ratios
    worth = log_ratios.size + WORTH_PAIRS
    for _ in range(ROUNDS if log_ratios.size else 0):
        odds = math.log(prior / (1.0 - prior)) + log_ratios
        probabilities = 1.0 / (1.0 + np.exp(-np.clip(odds, -60.0, 60.0)))
        prior = float((probabilities.sum() + PRIOR * WORTH_PAIRS) / worth)
    return probabilities
