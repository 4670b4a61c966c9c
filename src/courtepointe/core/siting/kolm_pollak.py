"""Siting by the Kolm-Pollak equally-distributed equivalent: long ways weigh more than short ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from courtepointe.core.errors import BadInput, NoAnswer
from courtepointe.core.siting.checks import check_distances, check_people
from courtepointe.core.siting.p_median import p_median
from courtepointe.core.siting.values import Answer, Goal, Terms, Watch
from courtepointe.core.typing import Floats


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
    finite = distance[np.isfinite(distance)]
    top = float(finite.max(initial=0.0))
    told = p_median(
        np.exp(-kappa * (distance - top)), people, n_open=n_open, terms=terms, watch=watch
    ).answer
    total = float(people.sum())

    def as_distance(told: float) -> float:
        return top - float(np.log(max(told, 1e-300) / total)) / kappa

    objective = as_distance(told.objective)
    lost = [as_distance(told.objective + more) - objective for more in told.reasons.lost]
    return replace(
        told, goal=Goal.KOLM_POLLAK, objective=objective,
        bound=objective if told.proven else as_distance(told.bound),
        reasons=replace(told.reasons, lost=np.array(lost)),
    )  # fmt: skip
