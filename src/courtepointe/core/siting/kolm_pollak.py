"""Siting by the Kolm-Pollak equally-distributed equivalent: long ways weigh more than short ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.siting.checks import check_distances, check_people, check_reached
from courtepointe.core.siting.p_median import p_median
from courtepointe.core.siting.values import Answer, Goal, Terms, Watch
from courtepointe.core.typing import Floats

MOST = 50.0
"""Natural logarithm of the most that a way costs beside one of the equivalent distance."""

MOST_TURNS = 6


def kappa_of(away: Floats, people: Floats, *, epsilon: float) -> float:
    """Scale the aversion to inequality to distances: kappa = epsilon Σ w a / Σ w a².

    Parameters
    ----------
    away : (n_rows,) float
        What each has to go in a situation of reference, such as with all sites open.
    people : (n_rows,) float
    epsilon : float
        Under 0 for a burden: -1 is common, nearer to 0 is less averse.

    Returns
    -------
    float
        Under 0, by unit of distance.

    Raises
    ------
    BadInput
        ``siting_epsilon``.
    """
    squared = float((people * away**2).sum())
    if not epsilon < 0 or not np.isfinite(squared) or squared == 0:
        raise BadInput("siting_epsilon", value=float(epsilon))
    return epsilon * float((people * away).sum()) / squared


def equivalent(away: Floats, people: Floats, kappa: float) -> float:
    """Give the distance that, gone by all, is as good as what each has to go.

    Notes
    -----
    EDE = -ln(Σ w exp(-kappa a) / Σ w) / kappa; C. Kolm (1976), R. Pollak (1971); as a burden:
    P. M. Sheriff and K. B. Maguire (2020).
    """
    top = float(away.max(initial=0.0))
    shares = people * np.exp(-kappa * (away - top))
    return top - float(np.log(shares.sum() / people.sum())) / kappa


def kolm_pollak_median(
    distance: Floats, people: Floats, *, n_open: int, kappa: float, terms: Terms | None = None,
    watch: Watch | None = None,
) -> Answer:  # fmt: skip
    """Choose ``n_open`` sites for the least equally-distributed equivalent distance.

    Parameters
    ----------
    distance : (n_rows, n_sites) float
        inf where no way leads.
    people : (n_rows,) float
    n_open : int
    kappa : float
        Under 0, the same for all choices that are compared; from `kappa_of`.
    terms : Terms, optional
    watch : Watch, optional

    Returns
    -------
    Answer
        ``objective`` and ``bound`` in the unit of distance; ``reasons.lost`` too.

    Raises
    ------
    BadInput
        ``siting_epsilon``, and as `p_median`.
    NoAnswer
        As `p_median`; ``siting_nobody``.

    Notes
    -----
    exp(-kappa d) rises with d: its sum over people is a p-median (J. Horton and others, 2024).
    """
    check_distances(distance)
    check_people(people, len(distance))
    if not kappa < 0 or not np.isfinite(kappa):
        raise BadInput("siting_epsilon", value=float(kappa))
    if not people.any():
        raise NoAnswer("siting_nobody")
    check_reached(distance, people, (terms or Terms(distance.shape[1])).closed)
    told, top, least = _told(distance, people, kappa, n_open=n_open, terms=terms, watch=watch)
    total = float(people.sum())

    def as_distance(told: float) -> float:
        return top - float(np.log(max(told, 1e-300) / total)) / kappa

    objective = as_distance(told.objective)
    lost = [as_distance(told.objective + more) - objective for more in told.reasons.lost]
    proven = told.proven and least is None
    bound = objective if proven else as_distance(told.bound) if least is None else least
    return replace(
        told, goal=Goal.KOLM_POLLAK, objective=objective, bound=bound, proven=proven,
        reasons=replace(told.reasons, lost=np.array(lost)),
    )  # fmt: skip


def _told(
    distance: Floats, people: Floats, kappa: float, *, n_open: int, terms: Terms | None, watch: Watch | None
) -> tuple[Answer, float, float | None]:  # fmt: skip
    """Choose by exp(-kappa (d - top)), and give the top that was taken.

    Where the turns end before that is settled, also what no choice is under: the equivalent with all sites
    open; the answer is then not proven.

    Notes
    -----
    Measured from the farthest way of all, what people walk is a number so small that a solver's tolerance
    swallows it. From what they would walk with all sites open it is about theirs; ways far beyond are held to
    `MOST`. If the choice needs one of those, it is made again measured from its own equivalent, until that
    is near: a way held to `MOST` then costs more than the whole choice, and no better one goes it.
    """
    lives = people > 0
    closed = (terms or Terms(distance.shape[1])).closed
    top = first = equivalent(distance[lives][:, ~closed].min(axis=1), people[lives], kappa)
    for turn in range(MOST_TURNS):
        cost = np.exp(np.minimum(-kappa * (distance - top), MOST))
        cost[~np.isfinite(distance)] = np.inf
        told = p_median(cost, people, n_open=n_open, terms=terms, watch=watch).answer
        away = distance[lives][:, told.sites].min(axis=1)
        found = equivalent(away, people[lives], kappa)
        is_plain = (-kappa * (away - top) < MOST).all()
        if (is_plain and -kappa * (top - found) < 1.0) or found == top:
            return told, top, None
        if turn < MOST_TURNS - 1:
            top = found
    return told, top, first
