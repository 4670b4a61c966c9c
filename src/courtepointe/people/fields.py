"""How people call the fields of rows and the codes in them: data of each room, `<room>/data/fields.toml`.

``[words]`` names fields: `field`, or `kind.field` where a kind of rows calls it otherwise; what a room does
not name is called as in `people`. ``[codes]`` gives the words of a field's codes; ``[lists]`` says which file
of the room, or which function of it, has them already; ``[inside]`` the same for the names of what a field holds; ``[named]`` which field of a kind of rows names one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.people.personal import declared, files_named
from courtepointe.press.words import typeset_words

HOUSE = "courtepointe."
GENERAL = "people"
Table = Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Called:
    """How fields are called; keys are ``app.field`` or ``app.model.field``.

    Attributes
    ----------
    codes : mapping
        The words of what a field chooses from.
    inside : mapping
        The words of the names of what a field holds.
    named : mapping
        ``app.model`` -> the field by which people know one of its rows.
    """

    words: Mapping[str, Words]
    codes: Mapping[str, Table]
    inside: Mapping[str, Table]
    named: Mapping[str, str]


@cache
def called() -> Called:
    """Read how the rooms call their fields."""
    return read_called(files_named("fields.toml"))


def read_called(files: Iterable[Path]) -> Called:
    """Read words, or raise `BadInput` ``declared_word_unknown`` where a list is not there."""
    words: dict[str, Words] = {}
    codes: dict[str, Table] = {}
    inside: dict[str, Table] = {}
    named: dict[str, str] = {}
    for file in files:
        room, table = file.parent.parent.name, tomllib.loads(file.read_text(encoding="utf-8"))
        words |= {f"{room}.{name}": one for name, one in _table(table.get("words", {})).items()}
        codes |= {f"{room}.{name}": _table(one) for name, one in table.get("codes", {}).items()}
        codes |= {f"{room}.{k}": _listed(v, file) for k, v in table.get("lists", {}).items()}
        inside |= {f"{room}.{k}": _listed(v, file) for k, v in table.get("inside", {}).items()}
        named |= {f"{room}.{kind}": field for kind, field in table.get("named", {}).items()}
    return Called(words, codes, inside, named)


def _table(entries: Mapping[str, Any]) -> dict[str, Words]:
    return {code: typeset_words(str(one["fr"]), str(one["en"])) for code, one in entries.items()}


def _listed(where: str, file: Path) -> Table:
    """Read a list of codes: ``file``, ``file#table``, or the dotted name of a function that gives it."""
    if where.startswith(HOUSE):
        given: Table = import_string(where)()
        return given
    name, _, part = where.partition("#")
    beside = file.with_name(f"{name}.toml")
    told: Any = tomllib.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
    told = told.get(part, {}) if part else told
    if not told:
        raise BadInput(
            "declared_word_unknown", file=f"{file.parent.parent.name}/{file.name}",
            value=where, expected="file, file#table",
        )  # fmt: skip
    if isinstance(told, list):
        told = {one["code"]: one for one in told}
    return _table(told)


def _names(model: str, field: str) -> Iterator[str]:
    room = model.partition(".")[0]
    yield f"{model}.{field}"
    yield f"{room}.{field}"
    yield f"{GENERAL}.{field}"


def field_words(model: str, field: str) -> Words:
    """Name a field of a kind of rows (``app.model``) as people do; its own name where no room words it."""
    found = called().words
    plain = field.replace("_", " ")
    return next(
        (found[name] for name in _names(model, field) if name in found), Words(plain, plain)
    )


def code_words(model: str, field: str) -> Table:
    """Give the words of what a field chooses from; nothing where it is free."""
    return called().codes.get(f"{model}.{field}", {})


def inside_words(model: str, field: str) -> Table | None:
    """Give the words of the names of what a field holds; None where it is not told in parts."""
    return called().inside.get(f"{model}.{field}")


def without_words() -> list[str]:
    """List the fields that the history or the impact sheet may name, and their choices, that have no words.

    Also what `fields.toml` names and no kind of rows has.
    """
    lacking, known = [], called()
    for model in apps.get_models():
        held = declared().models[model._meta.label_lower]
        for field in model._meta.concrete_fields:
            shown = bool(held.workspace) or field.name in held.personal
            if field.primary_key or not shown:
                continue
            if not any(name in known.words for name in _names(held.model, field.name)):
                lacking.append(f"{held.model}.{field.name}")
            table = code_words(held.model, field.name)
            codes = {code for code, _ in field.choices or () if code}
            lacking += [f"{held.model}.{field.name}: {one}" for one in sorted(codes - set(table))]
    return lacking + sorted(_without_field(known))


def _without_field(known: Called) -> Iterator[str]:
    real = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }
    by_name = (f"{kind}.{field}" for kind, field in known.named.items())
    for name in {*known.words, *known.codes, *known.inside, *by_name}:
        if name.count(".") == 2 and name not in real:
            yield f"{name} (no such field)"
