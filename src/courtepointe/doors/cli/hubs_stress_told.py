"""What `courtepointe hubs stress` tells, as JSON writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import shapely

from courtepointe.core.stress import (
    Disc,
    Effect,
    Estimate,
    Regrets,
    Trials,
    estimate,
    gaps,
    value_of,
)
from courtepointe.core.stress.values import Range
from courtepointe.doors.cli.hubs_stress_options import AS_THEY_ARE, Option
from courtepointe.formats.scenarios import ScenarioFile


def told_of(one: Estimate) -> dict[str, float | None]:
    """Write an estimate; what is not a number is null."""
    return {
        name: None if number != number else round(number, 3)
        for name, number in asdict(one).items()
        if name != "n_draws"
    }


def groups_told(file: ScenarioFile, trials: Trials) -> list[dict[str, Any]]:
    """Tell people-hours of each group, and the gap to the others."""
    names = ("seekers", "served", "too_far", "no_room", "spilled")
    told = []
    for group, (seeking, gap) in enumerate(zip(file.scenario.seeking, gaps(trials), strict=True)):
        hours = {name: getattr(trials, name)[:, :, group].sum(axis=1) for name in names}
        with np.errstate(invalid="ignore"):
            minutes = trials.minutes[:, :, group].sum(axis=1) / hours["served"]
        told.append(
            {
                "code": seeking.code,
                "names": file.groups[seeking.code],
                "walker": seeking.walker.code,
                **{f"{name}_people_hours": told_of(estimate(one)) for name, one in hours.items()},
                "minutes": told_of(estimate(minutes)),
                "gap_people_hours": told_of(gap.people_hours),
                "gap_minutes": told_of(gap.minutes),
            }
        )
    return told


def hours_told(trials: Trials) -> list[dict[str, Any]]:
    """Tell each hour, all groups together."""
    return [
        {
            "hour": hour,
            "open": told_of(estimate(trials.n_open[:, hour])),
            "seekers": told_of(estimate(trials.seekers[:, hour].sum(axis=1))),
            "served": told_of(estimate(trials.served[:, hour].sum(axis=1))),
            "unserved": told_of(estimate(trials.unserved[:, hour].sum(axis=1))),
            "turned_away": told_of(estimate(trials.overload[:, hour].sum(axis=1))),
        }
        for hour in range(trials.seekers.shape[1])
    ]


def overloads_told(trials: Trials, rows: list[int]) -> list[dict[str, Any]]:
    """Tell the hubs that turn people away, those of most first, and their worst hour."""
    mean = trials.overload.mean(axis=0)
    order = np.argsort(-mean.sum(axis=0), kind="stable")
    return [
        {
            "row": rows[hub], "worst_hour": int(mean[:, hub].argmax()),
            "turned_away_people_hours": told_of(estimate(trials.overload[:, :, hub].sum(axis=1))),
        }
        for hub in order
        if mean[:, hub].sum() > 0.0
    ]  # fmt: skip


def assumed_told(file: ScenarioFile, *, n_tried: int) -> dict[str, Any]:
    """Tell all that a scenario assumes: who comes and how they walk, when, what fails and when hubs close."""
    scenario = file.scenario
    return {
        "limit_min": scenario.limit_min,
        "hubs_tried": n_tried,
        "rules": {
            "staff_at_least": scenario.rules.staff_at_least,
            "opening_lag_h": _range_told(scenario.rules.opening_lag_h),
        },
        "hubs_where_their_file_says_nothing": asdict(file.hubs)
        | {
            "traits": sorted(file.hubs.traits),
            # null: without limit, which JSON has no number for
            "autonomy_h": file.hubs.autonomy_h if np.isfinite(file.hubs.autonomy_h) else None,
        },
        "groups": [
            {
                "code": one.code,
                "share": file.shares[one.code],
                "walker": asdict(one.walker),
                "take_up": _range_told(one.take_up),
                "by_hour": np.round(one.by_hour, 4).tolist(),
            }
            for one in scenario.seeking
        ],
        "effects": [_effect_told(one) for one in scenario.effects],
    }


def _range_told(one: Range) -> dict[str, float]:
    return asdict(one)


def _effect_told(one: Effect) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "hours": list(one.hours),
        "share": _range_told(one.share),
        "trait": one.trait or None,
        "areas": [_area_told(area) for area in one.areas],
        "discs": None if one.discs is None else asdict(one.discs),
    }


def _area_told(area: Any) -> dict[str, Any]:
    """Tell an area in metres of the plane: a disc whole, a polygon by its limits and surface."""
    if isinstance(area, Disc):
        return {"kind": "disc", **asdict(area)}
    bounds = [round(float(one)) for one in shapely.bounds(area)]
    return {"kind": "polygon", "bounds_m": bounds, "km2": round(float(shapely.area(area)) / 1e6, 4)}


def options_told(options: Sequence[Option], found: Regrets) -> list[dict[str, Any]]:
    """Tell how each option fares in each scenario, the least regretted first; of equals, the first given."""
    order = np.argsort(found.worst, kind="stable")
    return [
        {
            **options[n].told,
            "worst_regret": round(float(found.worst[n]), 3),
            "is_least": n == found.least,
            "scenarios": [
                {
                    "scenario": scenario,
                    "unserved_people_hours": round(float(found.unserved[n, s]), 3),
                    "regret_people_hours": round(float(found.regret[n, s]), 3),
                    "error": _number(found.error[n, s]),
                }
                for s, scenario in enumerate(found.scenarios)
            ],
        }
        for n in order.tolist()
    ]


def _number(told: float) -> float | None:
    return None if told != told else round(float(told), 3)


def values_told(
    options: Sequence[Option], trials: Sequence[Trials], kind: str
) -> list[dict[str, Any]]:
    """Tell what each option of a kind serves more than the hubs as they are, that of most first."""
    before = next(one for one, its in zip(trials, options, strict=True) if its.kind == AS_THEY_ARE)
    told = []
    for option, after in zip(options, trials, strict=True):
        if option.kind != kind:
            continue
        worth = value_of(before, after)
        more = {
            "served_more_people_hours": told_of(worth.people_hours),
            "more_minutes": told_of(worth.minutes),
        }
        told.append({"row": option.row, **more})
    return sorted(told, key=lambda one: -(one["served_more_people_hours"]["mean"] or 0.0))
