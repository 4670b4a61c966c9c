"""Minimum regret: sites that are never far from the best, whichever scenario comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.siting.alike import merged_alike
from courtepointe.core.siting.checks import check_distances, check_people, check_shape, counted
from courtepointe.core.siting.p_median import p_median
from courtepointe.core.siting.regret_cuts import least_regret
from courtepointe.core.siting.rows import Rows
from courtepointe.core.siting.values import Answer, Goal, Reasons, Terms, Watch
from courtepointe.core.typing import Bools, Floats


@dataclass(frozen=True, slots=True)
class Scenario:
    """What may come: distances, some of them longer or without a way, and people who need a site.

    Attributes
    ----------
    distance : (n_rows, n_sites) float
    people : (n_rows,) float
    """

    distance: Floats
    people: Floats


@dataclass(frozen=True, slots=True)
class Regret:
    """The choice that is regretted the least, and what each scenario alone would have asked.

    Attributes
    ----------
    answer : Answer
        ``objective`` is the greatest regret, in people times distance; ``served_by`` and ``reasons`` are
        those of the scenario that has it.
    best : (n_scenarios,) float
        What the best choice for each scenario alone costs; at least, where it was not proven in time.
    cost : (n_scenarios,) float
        What this choice costs in each.
    """

    answer: Answer
    best: Floats
    cost: Floats

    @property
    def regret(self) -> Floats:
        """Give what is lost in each scenario: (n_scenarios,) float."""
        told: Floats = self.cost - self.best
        return told


def min_regret(
    scenarios: Sequence[Scenario], *, n_open: int, terms: Terms | None = None,
    watch: Watch | None = None,
) -> Regret:  # fmt: skip
    """Choose ``n_open`` sites whose cost is, in the worst scenario, least above the best for it.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Over the same sites; rows may differ.
    n_open : int
    terms : Terms, optional
        The same in all.
    watch : Watch, optional

    Raises
    ------
    BadInput
        ``siting_scenarios`` where there is none, and as `p_median`.
    NoAnswer
        As `p_median`, where a scenario alone has no answer, or where no choice serves all in each of them.

    Notes
    -----
    P. Kouvelis and G. Yu, "Robust discrete optimization" (1997): least maximal regret of p-medians.
    """
    if not scenarios:
        raise BadInput("siting_scenarios")
    n_sites = scenarios[0].distance.shape[-1]
    terms, watch = terms or Terms(n_sites), watch or Watch()
    for one in scenarios:
        check_distances(one.distance)
        check_shape(one.distance, "distance", (len(one.distance), n_sites))
        check_people(one.people, len(one.distance))
    alone = [
        p_median(one.distance, one.people, n_open=n_open, terms=terms, watch=watch)
        for one in scenarios
    ]
    found = np.array([one.answer.objective for one in alone])
    rows = [one.question.rows for one in alone]
    alike = [merged_alike(one, terms.opened) for one in rows]
    opened, bound = least_regret(
        alike, found, terms, n_open=terms.n_open(n_open), begun=[one.opened for one in alone], watch=watch
    )  # fmt: skip
    if opened is None:
        raise _unserved(rows, scenarios, [one.opened for one in alone])
    # What is regretted is told against what could be the best at least: no less than it is.
    best = np.array([max(one.answer.bound, 0.0) for one in alone])
    cost = np.array([one.total(opened) for one in rows])
    worst = int(np.argmax(cost - best))
    answer = _answer(
        rows[worst], scenarios[worst], opened, float((cost - best)[worst]), bound, terms
    )
    proven = answer.proven and all(one.answer.proven for one in alone)
    if not proven:
        answer = replace(answer, proven=False, bound=min(bound, answer.objective))
    return Regret(answer, best, cost)


def _unserved(
    rows: Sequence[Rows], scenarios: Sequence[Scenario], begun: Sequence[Bools]
) -> NoAnswer:
    """Say how many reach none by the choice by which the fewest do, in the scenario in which most do."""
    lost = min(
        max(float(one.people[its.served(opened)[1] < 0].sum()) for its, one in zip(rows, scenarios, strict=True))
        for opened in begun
    )  # fmt: skip
    return NoAnswer("siting_unserved", value=counted(lost), expected=int(begun[0].sum()))


def _answer(
    rows: Rows, scenario: Scenario, opened: Bools, regret: float, bound: float, terms: Terms
) -> Answer:
    first, who, second = rows.served(opened)
    sites, m = np.flatnonzero(opened), terms.n_sites
    people = np.bincount(who[who >= 0], scenario.people[who >= 0], minlength=m).astype(np.float64)
    lost = np.bincount(who[who >= 0], (second - first)[who >= 0], minlength=m).astype(np.float64)
    proven = bound >= regret - 1e-6 * max(abs(regret), 1.0)
    return Answer(
        Goal.MIN_REGRET, regret, regret if proven else bound, proven, sites, who.astype(np.int64),
        Reasons(people[sites], lost[sites]), (), False, terms,
    )  # fmt: skip
