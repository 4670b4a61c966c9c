"""Forms, levels, ways, roles, models and the other lists of hubs, as data: one file each in ``data``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.autonomy import Season
from courtepointe.core.readiness import Asked
from courtepointe.people.lists import Lists, each_in_both, in_both

FOLDER = Path(__file__).with_name("data")
LISTS = (
    "answers", "capacities", "facts", "factors", "forms", "kit", "levels", "members", "modes", "roles",
    "seasons", "statuses", "trends", "verifiers", "ways",
)  # fmt: skip
Texts = tuple[Words, ...]
_lists = Lists(FOLDER, "hub_unknown_kind")
_data, words_of, known = _lists.data, _lists.words_of, _lists.known


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a guided path, with what it needs."""

    name: Words
    needs: Texts


@dataclass(frozen=True, slots=True)
class Way:
    """A way to form a hub from what exists; ``form`` is the one that it usually leads to."""

    code: str
    name: Words
    about: Words
    form: str
    starts_from: Texts
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role of an open hub, as its card says it."""

    code: str
    name: Words
    card: Words
    first: Texts
    stop: Texts


@dataclass(frozen=True, slots=True)
class KitItem:
    """An item of the box; ``check_days``: how often somebody looks at it."""

    code: str
    name: Words
    count: int
    check_days: int
    expires: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the self-assessment."""

    code: str
    text: Words


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of success, and what is asked of it."""

    code: str
    name: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a model's checklist."""

    code: str
    text: Words


@dataclass(frozen=True, slots=True)
class HubModel:
    """One of the ten models: facts in our words, and where they come from."""

    code: str
    name: Words
    form: str
    trend: str
    way: str
    source: str
    source_title: str
    functions: Texts
    roles: tuple[str, ...]
    finance: Texts
    indicators: Texts
    items: tuple[Item, ...]


@cache
def about(name: str) -> Mapping[str, Words]:
    """Say what each code of a list stands for: of forms, levels, modes and ways."""
    return {code: in_both(entry, "about") for code, entry in _data(name).items()}


@cache
def asks_of_forms() -> Mapping[str, Texts]:
    """Say what a hub of each form needs first."""
    return {code: each_in_both(entry, "asks") for code, entry in _data("forms").items()}


@cache
def criteria_of_modes() -> Mapping[str, Texts]:
    """Give criteria from which a hub may begin its own, by mode."""
    return {code: each_in_both(entry, "criteria") for code, entry in _data("modes").items()}


@cache
def levels() -> Mapping[str, Asked]:
    """Give what each level asks, from the lowest."""
    return {
        code: Asked(
            keys=e["keys"],
            roles=tuple(e["roles"]),
            exercise_days=e["exercise_days"],
            power_test_days=e["power_test_days"],
            autonomy_h=float(e["autonomy_h"]),
            facts=tuple(e["facts"]),
            capacities=tuple(e["capacities"]),
            members=e["members"],
        )
        for code, e in _data("levels").items()
    }


@cache
def asked_of(form: str) -> Mapping[str, Asked]:
    """Give what each level asks of a hub of a form.

    A network has no walls: members with commitments stand for keys, power and place. A mobile hub
    has a vehicle rather than a place.
    """
    if form == "network":
        none: dict[str, Any] = {"keys": 0, "power_test_days": 0, "autonomy_h": 0.0, "facts": ()}
        return {code: replace(asked, **none) for code, asked in levels().items()}
    members = 1 if form == "mobile" else 0
    return {
        code: replace(asked, members=members, facts=() if members else asked.facts)
        for code, asked in levels().items()
    }


@cache
def half_lives() -> Mapping[str, int]:
    """Give the half-life of the confidence in each capacity, in days."""
    return {code: int(entry["half_life_days"]) for code, entry in _data("capacities").items()}


@cache
def units() -> Mapping[str, Words]:
    """Give the unit of each capacity."""
    return {code: in_both(entry, "unit") for code, entry in _data("capacities").items()}


@cache
def seasons() -> Mapping[str, Season]:
    """Give what the sun yields in each season; see the file for where it comes from."""
    return {
        code: Season(float(entry["kwh_per_kwp"]), float(entry["sun_h"]))
        for code, entry in _data("seasons").items()
    }


@cache
def ranks_of_answers() -> Mapping[str, int | None]:
    """Give the rank of each answer, the strongest highest; « unknown » has none."""
    return {code: entry.get("rank") for code, entry in _data("answers").items()}


@cache
def roles() -> Mapping[str, Role]:
    """Give the roles with their cards, in the order in which they are given out."""
    return {
        code: Role(
            code, in_both(e), in_both(e, "card"), each_in_both(e, "first"), each_in_both(e, "stop")
        )
        for code, e in _data("roles").items()
    }


@cache
def kit() -> Mapping[str, KitItem]:
    """Give the items of the box."""
    return {
        code: KitItem(code, in_both(e), int(e["count"]), int(e["check_days"]), bool(e["expires"]))
        for code, e in _data("kit").items()
    }


@cache
def ways() -> Mapping[str, Way]:
    """Give the five ways to form a hub from what exists."""
    return {
        code: Way(
            code=code,
            name=in_both(e),
            about=in_both(e, "about"),
            form=e["form"],
            starts_from=each_in_both(e, "from"),
            steps=tuple(Step(in_both(one), each_in_both(one, "needs")) for one in e["step"]),
        )
        for code, e in _data("ways").items()
    }


@cache
def factors() -> Mapping[str, Factor]:
    """Give the six factors of success with their questions."""
    return {
        code: Factor(
            code, in_both(e), tuple(Question(q["code"], in_both(q)) for q in e["question"])
        )
        for code, e in _data("factors").items()
    }


@cache
def questions() -> tuple[str, ...]:
    """Give the codes of all questions: ``factor.question``."""
    return tuple(
        f"{factor.code}.{question.code}"
        for factor in factors().values()
        for question in factor.questions
    )


@cache
def hub_models() -> Mapping[str, HubModel]:
    """Give the ten models, in their order."""
    files = sorted((FOLDER / "models").glob("*.toml"))
    read = {file.stem: _data(f"models/{file.stem}") for file in files}
    return {
        code: HubModel(
            code=code,
            name=in_both(e),
            form=e["form"],
            trend=e["trend"],
            way=e["way"],
            source=e["source"],
            source_title=e["source_title"],
            functions=each_in_both(e, "functions"),
            roles=tuple(e["roles"]),
            finance=each_in_both(e, "finance"),
            indicators=each_in_both(e, "indicators"),
            items=tuple(Item(one["code"], in_both(one)) for one in e["item"]),
        )
        for code, e in sorted(read.items(), key=lambda pair: pair[1]["order"])
    }


@cache
def model_names() -> Mapping[str, Words]:
    """Give the models' names, by their codes."""
    return {code: one.name for code, one in hub_models().items()}
