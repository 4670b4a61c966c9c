"""The words of what contributions say: from the forms that ask for them, and the dimensions that they speak of."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from courtepointe.atlas.recipe.values import Words
from courtepointe.formats.xlsform import Question
from courtepointe.places.collecting import FieldForm, field_form, field_forms

FOLDER = Path(__file__).with_name("data")
TITLES = ("name", "skill", "seen")
"""Questions whose answer names a contribution, the first that has one."""
KINDS = {"assets": "asset", "place-notes": "vulnerability", "walk": "observation"}
ASSETS, CLASSES, NEEDS, OPEN_TO = "assets", "class", "needs", "open_to"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of resilience, and the codes that speak of it, by what they are of."""

    code: str
    name: Words
    speaks: Mapping[str, frozenset[str]]


@cache
def dimensions() -> Mapping[str, Dimension]:
    """Give the dimensions by their codes."""
    told = tomllib.loads((FOLDER / "dimensions.toml").read_text(encoding="utf-8"))
    return {
        code: Dimension(
            code,
            Words(one["fr"], one["en"]),
            {of: frozenset(one[of]) for of in ("needs", "vulnerability", "observation")},
        )
        for code, one in told.items()
    }


def dimensions_of(kind: str, category: Iterable[str], needs: Iterable[str]) -> tuple[str, ...]:
    """Name the dimensions that a contribution speaks of."""
    of, codes = ("needs", set(needs)) if kind == "asset" else (kind, set(category))
    return tuple(code for code, one in dimensions().items() if codes & one.speaks[of])


@cache
def question(form: str, name: str) -> Question | None:
    """Find a question of one of our forms by its name."""
    told = field_form(form).form
    return next((one.question for one in told.questions() if one.question.name == name), None)


@cache
def words(form: str, name: str) -> Mapping[str, Words]:
    """Give the answers that a question of a form offers, each with its words, in order."""
    asked = question(form, name)
    if asked is None or not asked.choices:
        return {}
    listed = field_form(form).form.choices[asked.choices]
    return {one.name: Words(one.label["fr"], one.label["en"]) for one in listed}


def label(form: str, name: str) -> Words:
    """Give the words of a question; its name where the form asks it no more."""
    asked = question(form, name)
    return (
        Words(asked.label["fr"], asked.label["en"]) if asked and asked.label else Words(name, name)
    )


@cache
def category_question(form: str) -> str:
    """Name the question that says of what sort a contribution is."""
    roles = field_form(form).roles
    return next(path for path, role in roles.items() if role == "category").rpartition("/")[2]


def categories(form: str) -> Mapping[str, Words]:
    """Give the sorts of contributions of a form."""
    return words(form, category_question(form))


def all_categories() -> Mapping[str, Words]:
    """Give the sorts of contributions of all forms."""
    return {code: told for form in field_forms() for code, told in categories(form).items()}


def all_directions() -> Mapping[str, Words]:
    """Give the answers of all forms on which way something goes."""
    return _of_all("direction")


def all_certainties() -> Mapping[str, Words]:
    """Give the answers of all forms on how sure somebody is."""
    return _of_all("confidence")


def _of_all(name: str) -> Mapping[str, Words]:
    return {code: told for form in field_forms() for code, told in words(form, name).items()}


def form_of(kind: str) -> FieldForm:
    """Give our form for a kind of contributions."""
    return next(one for one in field_forms().values() if one.kind == kind)
