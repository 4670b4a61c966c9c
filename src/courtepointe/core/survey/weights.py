"""Weights that make those who answered look like those who live there, in what is known of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Bools, Floats, Ints

UNKNOWN = -1
"""Category of somebody who did not say: they keep the weight that they have."""
LEAST, MOST = 0.3, 3.0
"""Bounds of a weight, in mean weights."""
ROUNDS = 200
NEAR = 1e-9
DISAGREE = 0.01


@dataclass(frozen=True, slots=True)
class Margin:
    """A way to part people, counted among those who answered and among those who live there.

    Attributes
    ----------
    name : str
    of : (n_people,) int
        The category of each who answered, from 0; `UNKNOWN` for who did not say.
    people : (n_categories,) float, persons
        How many live there in each category; not negative, somebody in all.
    """

    name: str
    of: Ints
    people: Floats

    def __post_init__(self) -> None:
        if self.people.ndim != 1 or self.of.ndim != 1:
            raise BadInput("core_shape", array="margin", shape=self.of.shape, expected="1 axis")
        if not np.isfinite(self.people).all() or (self.people < 0.0).any():
            raise BadInput("survey_margin", value=self.name)
        if self.people.sum() <= 0.0 or ((self.of < UNKNOWN) | (self.of >= self.people.size)).any():
            raise BadInput("survey_margin", value=self.name)

    def empty(self) -> tuple[int, ...]:
        """List the categories in which people live and nobody answered."""
        there = np.bincount(self.of[self.of >= 0], minlength=self.people.size)
        return tuple(np.flatnonzero((self.people > 0.0) & (there == 0)).tolist())

    def unexpected(self) -> Bools:
        """Tell who answered in a category in which nobody is said to live: (n_people,) bool."""
        return (self.of >= 0) & (self.people[np.maximum(self.of, 0)] <= 0.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights, and what they could not do.

    Attributes
    ----------
    values : (n_people,) float
        Above 0, of mean 1.
    empty : tuple of (margin, category)
        People live there and nobody of them answered: no weight stands for them.
    disagree : tuple of str
        Margins that count other people than the first does, by more than one in a hundred; their shares are used.
    n_trimmed : int
        Weights held at a bound.
    off : float
        The greatest distance, in share (0-1), between a margin with these weights and the population,
        among the categories in which somebody answered.
    settled : bool
        Whether the rounds came to rest.
    """

    values: Floats
    empty: tuple[tuple[str, int], ...] = ()
    disagree: tuple[str, ...] = ()
    n_trimmed: int = 0
    off: float = 0.0
    settled: bool = True

    def __post_init__(self) -> None:
        if not np.isfinite(self.values).all() or (self.values <= 0.0).any():
            raise BadInput("survey_weights")


def equal_weights(n_people: int) -> Weights:
    """Give everybody the same weight: what is said is what the sample says."""
    return Weights(np.ones(n_people))


def post_stratified(margin: Margin) -> Weights:
    """Weigh people by one margin, without bounds.

    Parameters
    ----------
    margin : Margin

    Returns
    -------
    Weights
        Of each: the share of their category among those who live there over that among those who said it.

    Raises
    ------
    BadInput
        ``survey_margin_unexpected``: somebody answered in a category in which nobody lives.
    """
    _no_unexpected([margin])
    weights = _fitted(np.ones(margin.of.size), margin)
    return Weights(_of_mean_one(weights), tuple((margin.name, c) for c in margin.empty()))


def raked(
    margins: Sequence[Margin], *, least: float = LEAST, most: float = MOST, rounds: int = ROUNDS
) -> Weights:
    """Weigh people by several margins at once.

    Parameters
    ----------
    margins : sequence of Margin
        Of the same people; one at least.
    least, most : float, mean weights
        Bounds, around 1.
    rounds : int

    Returns
    -------
    Weights

    Raises
    ------
    BadInput
        ``core_shape``, ``survey_bounds``, ``survey_margin_unexpected``.

    Notes
    -----
    Source: W. E. Deming and F. F. Stephan, "On a least squares adjustment of a sampled frequency table when the
    expected marginal totals are known", Annals of Mathematical Statistics 11 (1940). After each pass over the
    margins weights are held within the bounds: no answer weighs more than ``most / least`` times another; margins
    may then be missed by ``off``. Guarantee: without bounds that bind, and where some weights reproduce all margins,
    these do, whatever the order of the margins. Who did not say keeps the weight they have: those who said share the
    weight of all who said.
    """
    if not margins or len({margin.of.size for margin in margins}) != 1:
        raise BadInput("core_shape", array="margins", shape=len(margins), expected="same people")
    if not 0.0 < least <= 1.0 <= most:
        raise BadInput("survey_bounds", value=f"{least}, {most}")
    _no_unexpected(margins)
    weights = np.ones(margins[0].of.size)
    settled = weights.size == 0
    for _ in range(rounds if weights.size else 0):
        before = weights
        for margin in margins:
            weights = _fitted(weights, margin)
        weights = np.clip(_of_mean_one(weights), least, most)
        if np.abs(weights - before).max() < NEAR:
            settled = True
            break
    held = int(((weights <= least) | (weights >= most)).sum()) if least < most else 0
    return Weights(
        _of_mean_one(weights),
        tuple((margin.name, category) for margin in margins for category in margin.empty()),
        _disagreeing(margins), held, _off(margins, weights), settled,
    )  # fmt: skip


def _no_unexpected(margins: Sequence[Margin]) -> None:
    for margin in margins:
        if margin.unexpected().any():
            category = int(margin.of[margin.unexpected()][0])
            raise BadInput("survey_margin_unexpected", value=margin.name, row=category)


def _fitted(weights: Floats, margin: Margin) -> Floats:
    """Scale each category so that those who said it share the weight of all who said as those who live there do."""
    said = margin.of >= 0
    if not said.any():
        return weights
    known = margin.of[said]
    held = np.bincount(known, weights=weights[said], minlength=margin.people.size)
    people = np.where(held > 0.0, margin.people, 0.0)
    factor = np.divide(people * (held.sum() / people.sum()), held, out=np.ones_like(held), where=held > 0.0)  # fmt: skip
    made = weights.copy()
    made[said] *= factor[known]
    return made


def _of_mean_one(weights: Floats) -> Floats:
    return weights / weights.mean() if weights.size else weights


def _disagreeing(margins: Sequence[Margin]) -> tuple[str, ...]:
    first = float(margins[0].people.sum())
    return tuple(one.name for one in margins if abs(one.people.sum() - first) > DISAGREE * first)


def _off(margins: Sequence[Margin], weights: Floats) -> float:
    worst = 0.0
    for margin in margins:
        said = margin.of >= 0
        held = np.bincount(margin.of[said], weights=weights[said], minlength=margin.people.size)
        people = np.where(held > 0.0, margin.people, 0.0)
        if said.any():
            worst = max(worst, float(np.abs(held / held.sum() - people / people.sum()).max()))
    return worst
