"""Groups of the lens beside the others who answered; of whom something is told, and what, so that no few come out.

Pure: arrays in, values out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.multiplicity import false_discovery
from courtepointe.core.survey import (
    Estimate,
    Tell,
    gap_of,
    gives_away,
    in_percents,
    telling,
    weighted_share,
)
from courtepointe.core.typing import Bools, Floats
from courtepointe.portraits.resilience.framework import groups as lens
from courtepointe.portraits.surveys.results import GroupShare, QuestionResult, Share

RATE = 0.05
ALIKE = 1e-6


@dataclass(frozen=True, slots=True)
class Answered:
    """Those who answered a question: what each said and weighs, and whose answer it is known to be.

    Attributes
    ----------
    yes : (n_people,) bool
    weights : (n_people,) float
    member, known : mapping of group -> (n_people,) bool
        Who is of it; of whom it is known whether they are.
    """

    yes: Bools
    weights: Floats
    member: Mapping[str, Bools]
    known: Mapping[str, Bools]


@dataclass(frozen=True, slots=True)
class Told:
    """Groups that are told, by code: who is of each, and those whom it is set beside."""

    of: Mapping[str, Bools]
    others: Mapping[str, Bools]

    @property
    def sets(self) -> list[Bools]:
        """All sets of people whose count is told."""
        return [*self.of.values(), *self.others.values()]


def share_of(made: Estimate, yes: Bools, weights: Floats) -> Share:
    """Give a share as it is told: in whole percents where people weigh differently, for the count stands beside it."""
    told = (made.value, made.low, made.high)
    return Share(*(in_percents(told) if _differ(weights) else told), float(yes.mean()))


def _differ(weights: Floats) -> bool:
    return bool(np.ptp(weights) > ALIKE)


def groups_told(held: Answered) -> Told:
    """Choose the groups that are told, in their order: with those before, none gives a few people's answers away.

    Each is set beside those who said that they are not of it, or beside all others where those would tell of a few.
    """
    of: dict[str, Bools] = {}
    for group, own in held.member.items():
        if _alone(group, own, held.yes) and not gives_away([*of.values(), own], held.yes):
            of[group] = own
    others: dict[str, Bools] = {}
    for group, own in of.items():
        known = held.known[group] & ~own
        away = gives_away([*of.values(), *others.values(), known], held.yes)
        others[group] = ~own if away else known
    return Told(of, others)


def _alone(group: str, of: Bools, yes: Bools) -> bool:
    n = (int(of.sum()), int(yes[of].sum()), int((~of).sum()), int(yes[~of].sum()))
    return telling(*n, least=lens()[group].least) is Tell.TOLD


def groups_beside(held: Answered, told: Told, *, is_weighed: bool) -> tuple[GroupShare, ...]:
    """Give the share of each group of the lens that is told, and its gap to those whom it is set beside."""
    weights = held.weights if is_weighed else np.ones(held.weights.size)
    return tuple(
        _group(group, told, held.yes, weights, is_weighed)
        if group in told.of
        else GroupShare(group, str(Tell.TOO_FEW))
        for group in held.member
    )


def _group(group: str, told: Told, yes: Bools, weights: Floats, is_weighed: bool) -> GroupShare:
    of, others = told.of[group], told.others[group]
    share = weighted_share(yes[of], weights[of])
    shown = share_of(share, yes[of], weights)
    made = GroupShare(group, str(Tell.TOLD), shown, share.n, share.n_effective, is_weighed=is_weighed)  # fmt: skip
    if int(others.sum()) < lens()[group].least:
        return made
    gap = gap_of(share, weighted_share(yes[others], weights[others]))
    ends = (gap.value, gap.low, gap.high)
    return replace(made, gap=in_percents(ends) if _differ(weights) else ends, chance=gap.p_value)


def apart(found: Sequence[QuestionResult]) -> list[QuestionResult]:
    """Hold up the gaps that stand out of chance, all of them read together."""
    chances = [group.chance for one in found for group in one.groups if group.gap is not None]
    stands = iter(false_discovery(np.array(chances, dtype=np.float64), rate=RATE).tolist())
    return [
        replace(
            one,
            groups=tuple(
                replace(group, apart=next(stands) if group.gap is not None else False)
                for group in one.groups
            ),
        )
        for one in found
    ]
