"""Groups of the lens beside the others who answered; of whom something is told, and what, so that no few come out.

Pure: arrays in, values out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.multiplicity import false_discovery
from courtepointe.core.survey import (
    Estimate,
    Tell,
    gap_of,
    gives_away,
    telling,
    weighted_share,
    weights_tell,
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


def share_of(made: Estimate, yes: Bools, weights: Floats) -> Share:
    """Give a share as it is told: in whole percents where people weigh differently, for the count stands beside it."""
    told = (made.value, made.low, made.high)
    if np.ptp(weights) > ALIKE:
        told = (round(made.value, 2), round(made.low, 2), round(made.high, 2))
    return Share(*told, float(yes.mean()))


def groups_beside(held: Answered) -> tuple[GroupShare, ...]:
    """Set each group of the lens beside those who said that they are not of it, or beside all others where those would tell of a few."""
    told = list(_told(held))
    sets = [held.member[group] for group in told]
    made = []
    for group, of in held.member.items():
        if group not in told:
            made.append(GroupShare(group, str(Tell.TOO_FEW)))
            continue
        others = held.known[group] & ~of
        if gives_away([*sets, others], held.yes):
            others = ~of
        sets.append(others)
        made.append(_group(group, of, others, held))
    return tuple(made)


def _told(held: Answered) -> Iterator[str]:
    """Choose the groups that are told, in their order: with those before, none gives a few people's answers away."""
    sets: list[Bools] = []
    for group, of in held.member.items():
        yes, least = held.yes, lens()[group].least
        alone = telling(
            int(of.sum()), int(yes[of].sum()), int((~of).sum()), int(yes[~of].sum()), least=least
        )
        if alone is Tell.TOLD and not gives_away([*sets, of], yes):
            sets.append(of)
            yield group


def _group(group: str, of: Bools, others: Bools, held: Answered) -> GroupShare:
    parts = (of, ~of, others)
    is_weighed = not any(weights_tell(held.weights[one], [held.yes[one]]) for one in parts)
    weights = held.weights if is_weighed else np.ones(held.weights.size)
    yes = held.yes
    share = weighted_share(yes[of], weights[of])
    told = share_of(share, yes[of], weights)
    made = GroupShare(group, str(Tell.TOLD), told, share.n, share.n_effective, is_weighed=is_weighed)  # fmt: skip
    if int(others.sum()) < lens()[group].least:
        return made
    gap = gap_of(share, weighted_share(yes[others], weights[others]))
    ends = (gap.value, gap.low, gap.high)
    if np.ptp(weights) > ALIKE:
        ends = (round(gap.value, 2), round(gap.low, 2), round(gap.high, 2))
    return replace(made, gap=ends, chance=gap.p_value)


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
