"""What the drawings of a run tell, gathered chunk by chunk and written as JSON keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from courtepointe.core.stress import (
    Drawn,
    Estimate,
    Trials,
    Why,
    estimate,
    gaps,
    regrets,
    value_of,
)
from courtepointe.core.typing import AnyArray, Floats, Ints

NAMES = ("seekers", "served", "too_far", "no_room")
TODAY = "today"


class Counted:
    """Counts of one option in one scenario.

    Each drawing is added after the one before, whatever the chunks that they come in: sums are the same to the
    last bit.
    """

    def __init__(self) -> None:
        self.parts: list[Trials] = []
        self.n_draws = 0
        self.why: dict[Why, Ints] = {}
        self.open: Ints | None = None
        self.turned: Floats | None = None
        self.each_hub: list[Floats] = []
        self.trials: Trials

    def see(self, drawn: Drawn) -> None:
        """Count which hubs are open, and why the others are not."""
        if self.open is None:
            self.open = np.zeros(drawn.open.shape, dtype=np.int64)
            self.why = {one: np.zeros(drawn.open.shape, dtype=np.int64) for one in Why}
        self.open += drawn.open
        for one in Why:
            told = drawn.why & np.uint8(one)
            self.why[one] += told != 0

    def take(self, part: Trials) -> None:
        """Take a chunk; of people turned away only sums stay, for hubs and hours are many."""
        if self.turned is None:
            self.turned = np.zeros(part.overload.shape[1:])
        for one in part.overload:
            self.turned += one
            self.each_hub.append(one.sum(axis=0))
        self.n_draws += len(part.served)
        turned = part.overload.sum(axis=2, keepdims=True)
        self.parts.append(Trials(*(turned if one.name == "overload" else getattr(part, one.name) for one in fields(Trials))))  # fmt: skip

    def ended(self) -> Counted:
        """Join the chunks."""
        joined = (np.concatenate([getattr(one, f.name) for one in self.parts]) for f in fields(Trials))  # fmt: skip
        self.trials, self.parts = Trials(*joined), []
        return self

    @property
    def whole(self) -> Trials:
        """All hours as one: what options are compared by."""
        return Trials(*(getattr(self.trials, f.name).sum(axis=1, keepdims=True) for f in fields(Trials)))  # fmt: skip


def told_of(held: Counted) -> dict[str, Any]:
    """Tell a run."""
    trials, hours = held.trials, held.trials.unserved.sum(axis=2)
    worst = int(hours.mean(axis=0).argmax())
    return {
        "totals": {
            **{name: est(estimate(getattr(trials, name).sum(axis=(1, 2)))) for name in NAMES},
            "unserved": est(estimate(hours.sum(axis=1))),
        },
        "worst": {"hour": worst, "people": est(estimate(hours[:, worst]))},
        "hours": _hours(trials, hours), "groups": _groups(held), "hubs": _hubs(held),
    }  # fmt: skip


def _hours(trials: Trials, unserved: Floats) -> dict[str, Any]:
    """Tell each hour, all groups together: means, and the ends of 5 and 95 % of who has no seat."""
    ends = np.quantile(unserved, (0.05, 0.95), axis=0)
    told = {name: getattr(trials, name).sum(axis=2).mean(axis=0).tolist() for name in NAMES}
    return {
        **told, "open": trials.n_open.mean(axis=0).tolist(),
        "turned_away": trials.overload.sum(axis=2).mean(axis=0).tolist(),
        "unserved": unserved.mean(axis=0).tolist(), "low": ends[0].tolist(), "high": ends[1].tolist(),
    }  # fmt: skip


def _groups(held: Counted) -> list[dict[str, Any]]:
    trials, told = held.trials, []
    for group, gap in enumerate(gaps(trials)):
        hours = {name: getattr(trials, name)[:, :, group].sum(axis=1) for name in NAMES}
        with np.errstate(invalid="ignore", divide="ignore"):
            walked = trials.minutes[:, :, group].sum(axis=1)
            minutes = np.where(hours["served"] > 0.0, walked / hours["served"], np.nan)
        told.append({
            **{name: est(estimate(one)) for name, one in hours.items()},
            "minutes": est(estimate(minutes)),
            "gap_people_hours": est(gap.people_hours), "gap_minutes": est(gap.minutes),
        })  # fmt: skip
    return told


def _hubs(held: Counted) -> list[dict[str, Any]]:
    """Tell each hub: in which part of the drawings it is open by hour, why not, whom it turns away."""
    assert held.open is not None and held.turned is not None
    each = np.array(held.each_hub)
    mean = held.turned / held.n_draws
    told = []
    for hub in range(mean.shape[1]):
        why = {one.name.lower(): counts[:, hub] for one, counts in held.why.items() if one.name}
        told.append({
            "open": steps(held.open[:, hub] / held.n_draws),
            "why": {name: steps(one / held.n_draws) for name, one in why.items() if one.any()},
            "turned": steps(mean[:, hub]), "overload": est(estimate(each[:, hub])),
            "worst_hour": int(mean[:, hub].argmax()), "at_worst": float(mean[:, hub].max()),
        })  # fmt: skip
    return told


def steps(values: AnyArray) -> list[list[float]]:
    """Write hours as steps, [first hour, value]: most of them are as the hour before."""
    change = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    return [[hour, float(values[hour])] for hour in change.tolist()]


def at_hour(told: Sequence[Sequence[float]], hour: int) -> float:
    """Read steps at an hour."""
    return next(value for first, value in reversed(told) if first <= hour)


def est(one: Estimate) -> dict[str, float | None]:
    """Write an estimate; what is not a number is null."""
    pairs = {name: getattr(one, name) for name in ("mean", "error", "low", "high")}
    return {name: None if np.isnan(value) else float(value) for name, value in pairs.items()}


def compared(scenarios: Sequence[str], held: Sequence[Sequence[Trials]]) -> dict[str, Any]:
    """Compare options with today drawing by drawing, and with the best of each scenario.

    Parameters
    ----------
    scenarios : sequence of str
    held : sequence of sequence of Trials
        Of each scenario, each option's, today first.
    """
    n_options = len(held[0])
    values = [[_value(one[0], one[n]) for n in range(1, n_options)] for one in held]
    names = (TODAY, *(str(n) for n in range(1, n_options)))
    found = regrets({name: [one[n] for one in held] for n, name in enumerate(names)}, scenarios)
    return {
        "values": values,
        "regrets": {
            "regret": found.regret.tolist(), "error": found.error.tolist(),
            "worst": found.worst.tolist(), "least": found.least,
        },
    }  # fmt: skip


def _value(before: Trials, after: Trials) -> dict[str, Any]:
    found = value_of(before, after)
    return {"people_hours": est(found.people_hours), "minutes": est(found.minutes)}
