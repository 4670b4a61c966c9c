"""A portrait as one object of plain values: codes for machines, words in both languages, no name of a person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate, localtime

from courtepointe.doors.resilience_data.gathered import Gathered
from courtepointe.doors.resilience_data.plain import both, day, score_told
from courtepointe.doors.resilience_data.told_people import (
    groups_told,
    readings_told,
    replies_told,
    voices_told,
)
from courtepointe.doors.resilience_data.told_plans import actions_told, priorities_told
from courtepointe.people.lists import Lists
from courtepointe.plans.kinds import words_of as words_of_plans
from courtepointe.portraits.evidence.lists import words_of as words_of_evidence
from courtepointe.portraits.readings.kinds import words_of as words_of_readings
from courtepointe.portraits.resilience.framework import Dimension, Group, Part, groups, words_of
from courtepointe.portraits.resilience.numbers import GoalpostsSeen, IndicatorSeen, ObservationSeen
from courtepointe.portraits.resilience.scoring import LEAST_COVERAGE, N_DRAWS, SHARE, NumbersSeen
from courtepointe.portraits.resilience.small import protected

SCHEMA = "urn:courtepointe:resilience-portrait:1"
"""Of what the object is made; its number moves where one that is read today could no longer be."""
OWN = Lists(Path(__file__).parent, "resilience_unknown_kind").words_of
VOCABULARY = {
    "patel": words_of, "kinds": words_of, "units": words_of, "bases": words_of, "statuses": words_of,
    "intervals": words_of, "refreshed": words_of, "licences": words_of, "directions": words_of_evidence,
    "agreements": words_of_readings, "readings": words_of_readings, "actions": words_of_plans,
    "horizons": words_of_plans, "bearers": words_of_plans, "costs": words_of_plans, "moves": words_of_plans,
    "counted": OWN, "why_none": OWN,
}  # fmt: skip
LISTS = {"readings": "states", "actions": "states", "moves": "directions"}
"""Lists that two rooms call by the same name."""


def portrait_told(held: Gathered) -> dict[str, Any]:
    """Give a portrait as JSON holds it; ``portrait.schema.json`` says what stands where."""
    return {
        "schema": SCHEMA,
        "made": localtime(held.now).isoformat(),
        "workspace": {"slug": held.workspace.slug, "name": held.workspace.name},
        "portrait": _portrait(held),
        "framework": _framework(held),
        "method": _method(held.numbers),
        "scores": [
            score_told(one, held.numbers.used.get(code, {}))
            for code, one in held.numbers.numbers.items()
        ],
        "indicators": [_indicator(held, one) for one in held.indicators],
        "groups": groups_told(held),
        "voices": voices_told(held),
        "readings": readings_told(held),
        "replies": replies_told(held),
        "priorities": priorities_told(held),
        "actions": actions_told(held),
        "vocabulary": {name: _list(name) for name in VOCABULARY},
    }


def portrait_json(told: Mapping[str, Any]) -> bytes:
    """Write the object as a file: UTF-8, a line a value."""
    return (json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _list(name: str) -> dict[str, dict[str, str]]:
    held = VOCABULARY[name](LISTS.get(name, name))
    return {code: both(words) for code, words in held.items()}


def _portrait(held: Gathered) -> dict[str, Any]:
    seen, place = held.portrait, held.portrait.territory
    return {
        "uid": seen.uid,
        "number": seen.number,
        "name": seen.name,
        "about": seen.about,
        "territory": None
        if place is None
        else {"name": place.name, "atlas": place.atlas_code, "area": place.area_key},
        "begun": day(seen.begun),
        "closed": day(seen.closed),
        "follows": seen.follows,
        "followed_by": seen.followed_by,
    }


def _framework(held: Gathered) -> dict[str, Any]:
    some = held.dimensions.values()
    read = {code for one in some for code in (one.code, *(part.code for part in one.parts))}
    gone = (Part(code, name) for code, name in held.names.items() if code not in read)
    return {
        "version": held.portrait.framework,
        "dimensions": [_dimension(one) for one in some],
        "withdrawn": _named(gone),
        "groups": [_group(one) for one in groups().values()],
    }


def _group(one: Group) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": both(one.name),
        "about": both(one.about),
        "axis": one.axis,
        "least": one.least,
    }


def _dimension(one: Dimension) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": both(one.name),
        "about": both(one.about),
        "patel": list(one.patel),
        "own": one.own,
        "parts": _named(one.parts),
    }


def _named(some: Iterable[Part]) -> list[dict[str, Any]]:
    return [{"code": one.code, "name": both(one.name)} for one in some]


def _method(numbers: NumbersSeen) -> dict[str, Any]:
    return {
        "id": numbers.method,
        "sha256": numbers.digest,
        "seed": numbers.seed,
        "draws": N_DRAWS,
        "interval_holds": SHARE,
        "least_coverage": LEAST_COVERAGE,
        "releases": list(numbers.releases),
        "kept": day(numbers.kept),
    }


def _indicator(held: Gathered, one: IndicatorSeen) -> dict[str, Any]:
    some = protected(one, held.observations.get(one.number, ()), seen=held.groups)
    newest = {each.number for each in (one.newest, *one.by_group.values()) if each is not None}
    return {
        "code": one.code,
        "dimension": one.dimension,
        "part": one.part or None,
        "own": one.own,
        "name": both(one.name),
        "question": both(one.question) if one.question.fr else None,
        "kind": one.kind,
        "source": one.source,
        "unit": one.unit,
        "base": one.base,
        "asset": one.asset,
        "refreshed": one.refreshed,
        "licence": one.licence,
        "weight": one.weight,
        "left_out": None
        if one.left_out is None
        else {"on": day(one.left_out), "why": one.left_why},
        "goalposts": [_posts(line) for line in (one.posts, *one.posts_before)],
        "observations": [_observation(each, newest=each.number in newest) for each in some],
    }


def _posts(line: GoalpostsSeen) -> dict[str, Any]:
    return {
        "low": line.low, "high": line.high, "more_is_better": line.polarity > 0,
        "why": both(line.why), "since": day(line.since),
    }  # fmt: skip


def _observation(one: ObservationSeen, *, newest: bool) -> dict[str, Any]:
    return {
        "number": one.number,
        "group": one.group or None,
        "period": one.period,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "interval": one.interval,
        "status": one.status,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "coverage": one.coverage,
        "source": one.source,
        "release": one.taken or None,
        "mark": one.digest or None,
        "said": day(localdate(one.made)),
        "newest": newest,
        "supersedes": one.supersedes,
    }
