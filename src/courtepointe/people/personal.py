"""Which fields of the project hold personal information: declared by each room, as data.

Each room says it in `<room>/data/personal.toml` (see ``docs/personal-information.md``). A test holds that
every field of every model is declared, one way or the other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.apps import apps

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.people.roles import FOLDER, rights
from courtepointe.press.words import typeset_words

HOUSE = "courtepointe."


@dataclass(frozen=True, slots=True)
class Datum:
    """Fields that hold personal information, and what is promised of them.

    Attributes
    ----------
    readers : tuple of str
        Rights, or words of ``privacy.toml`` (``self``, ``operator``, ``nobody``…).
    retention : str
        Code of the `Rule` that ends them.
    consent : str
        The consent text without which they are not kept; empty where the ground is another.
    """

    fields: tuple[str, ...]
    purpose: str
    readers: tuple[str, ...]
    sensitivity: str
    ground: str
    retention: str
    consent: str = ""


@dataclass(frozen=True, slots=True)
class OnRequest:
    """What becomes of a person's rows when they ask for destruction, where it is not what the ground says.

    Attributes
    ----------
    then : str
        ``destroyed``, ``emptied``, ``kept``; empty: rows that the law asks for are kept, those that tell of the
        person are destroyed, those that they wrote stay without their name.
    why : Words or None
        Why rows are kept.
    call : str
        The dotted name of the room's own verb: rows, ``by``, ``now`` -> how many of each kind ended.
    """

    then: str = ""
    why: Words | None = None
    call: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What a model holds.

    Attributes
    ----------
    workspace : str
        The path from a row to its workspace; empty where the installation holds it.
    about, acts : tuple of str
        Paths to the accounts that a row tells of; to those that merely wrote it.
    prints, codes : tuple of str
        Paths to the fingerprint of a contact, and to a code that stands for a name: by these a person
        without an account is found.
    found_by : str
        The dotted name of a function that looks for a contact where it is only sealed: a workspace's id and
        the contact -> keys of rows.
    agrees : tuple of str
        The consent texts that may be noted on such a row, by hand.
    on_withdrawal : str
        What a withdrawal does to such a row, where it is not what the text says: ``destroyed``.
    plain : frozenset of str or None
        Fields without personal information; None where no field has any.
    history : str
        The right without which the changes of such rows are not shown; empty for all members.
    """

    model: str
    name: Words
    workspace: str
    about: tuple[str, ...]
    acts: tuple[str, ...]
    prints: tuple[str, ...]
    codes: tuple[str, ...]
    found_by: str
    on_request: OnRequest
    plain: frozenset[str] | None
    history: str
    data: tuple[Datum, ...]
    agrees: tuple[str, ...] = ()
    on_withdrawal: str = ""

    @property
    def finds_others(self) -> bool:
        """Say whether somebody without an account can be looked for in such rows."""
        return bool(self.prints or self.codes or self.found_by)

    @property
    def personal(self) -> dict[str, Datum]:
        """Each personal field with what is promised of it."""
        return {name: datum for datum in self.data for name in datum.fields}


@dataclass(frozen=True, slots=True)
class Rule:
    """When personal information ends, and how.

    Attributes
    ----------
    since : tuple of str
        The first of these moments that is known; paths from a row.
    then : str
        ``destroyed`` (the row), ``emptied`` (the fields), ``anonymised`` (fields set to ``values``), ``kept``.
    when, unless : mapping
        Further conditions, as lookups.
    by_room : bool
        Its own room does it when the time comes.
    """

    code: str
    model: str
    words: Words
    since: tuple[str, ...]
    days: int
    then: str
    fields: tuple[str, ...]
    values: Mapping[str, Any]
    when: Mapping[str, Any]
    unless: Mapping[str, Any]
    by_room: bool


@dataclass(frozen=True, slots=True)
class Export:
    """A list of contacts that may leave, once two people agree."""

    code: str
    name: Words
    rows: str


@dataclass(frozen=True, slots=True)
class Declared:
    """All that the rooms declare."""

    purposes: Mapping[str, Words]
    models: Mapping[str, Held]
    rules: Mapping[str, Rule]
    exports: Mapping[str, Export]


@cache
def closed_list(name: str) -> Mapping[str, Words]:
    """Give a closed list of ``privacy.toml``: grounds, sensitivities, ends, readers, requests…"""
    table = tomllib.loads((FOLDER / "privacy.toml").read_text(encoding="utf-8"))[name]
    return {code: _words(entry) for code, entry in table.items()}


def _words(entry: Mapping[str, Any]) -> Words:
    return typeset_words(str(entry["fr"]), str(entry["en"]))


def files_named(name: str) -> list[Path]:
    """List a file of each room that has it, in the order of the installed apps."""
    rooms = (Path(one.path) for one in apps.get_app_configs() if one.name.startswith(HOUSE))
    return [room / "data" / name for room in rooms if (room / "data" / name).is_file()]


@cache
def declared() -> Declared:
    """Read what the rooms declare."""
    return read_declared(files_named("personal.toml"))


def read_declared(files: Iterable[Path]) -> Declared:
    """Read declarations, or raise `BadInput` that says which file and which word is wrong."""
    purposes = {code: _words(entry) for code, entry in _table(FOLDER / "purposes.toml").items()}
    held: dict[str, Held] = {}
    rules: dict[str, Rule] = {}
    exports: dict[str, Export] = {}
    read = [(file, _table(file)) for file in files]
    for file, table in read:
        new = {code: _words(entry) for code, entry in table.get("purposes", {}).items()}
        _add(purposes, new, file)
        _add(rules, {one["code"]: _rule(one, file) for one in table.get("rule", ())}, file)
        _add(held, {one["name"]: _held(one, file) for one in table.get("model", ())}, file)
        _add(exports, {code: _export(code, one) for code, one in table.get("exports", {}).items()}, file)  # fmt: skip
    made = Declared(purposes, held, rules, exports)
    for file, table in read:
        _check(made, [one["name"] for one in table.get("model", ())], file)
    return made


def _table(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _add(into: dict[str, Any], new: Mapping[str, Any], file: Path) -> None:
    twice = into.keys() & new.keys()
    if twice:
        raise BadInput("declared_twice", file=_named(file), value=", ".join(sorted(twice)))
    into.update(new)


def _named(file: Path) -> str:
    return f"{file.parent.parent.name}/{file.name}"


def _export(code: str, entry: Mapping[str, Any]) -> Export:
    return Export(code, _words(entry), str(entry["rows"]))


def _rule(entry: Mapping[str, Any], file: Path) -> Rule:
    since = entry.get("since", ())
    if entry["then"] not in closed_list("ends"):
        raise _unknown(file, entry["then"], closed_list("ends"))
    if entry["then"] != "kept" and not (since and isinstance(entry.get("days"), int)):
        raise BadInput("rule_without_a_day", file=_named(file), value=entry["code"])
    return Rule(
        code=entry["code"],
        model=entry["model"],
        words=_words(entry),
        since=(since,) if isinstance(since, str) else tuple(since),
        days=int(entry.get("days", 0)),
        then=entry["then"],
        fields=tuple(entry.get("fields", ())),
        values=dict(entry.get("values", {})),
        when=dict(entry.get("when", {})),
        unless=dict(entry.get("unless", {})),
        by_room=bool(entry.get("by_room", False)),
    )


def _held(entry: Mapping[str, Any], file: Path) -> Held:
    plain = entry.get("plain", ())
    data = tuple(_datum(one) for one in entry.get("data", ()))
    if (plain is True and data) or not (plain or data):
        raise BadInput("plain_or_personal", file=_named(file), value=entry["name"])
    return Held(
        model=entry["name"],
        name=_words(entry),
        workspace=entry.get("workspace", ""),
        about=tuple(entry.get("about", ())),
        acts=tuple(entry.get("acts", ())),
        prints=tuple(entry.get("prints", ())),
        codes=tuple(entry.get("codes", ())),
        found_by=entry.get("found_by", ""),
        on_request=_on_request(entry.get("on_request", {}), file),
        plain=None if plain is True else frozenset(plain),
        history=entry.get("history", ""),
        data=data,
        agrees=tuple(entry.get("agrees", ())),
        on_withdrawal=_end(entry.get("on_withdrawal", ""), file),
    )


def _end(word: str, file: Path) -> str:
    if word not in {"", *closed_list("ends")}:
        raise _unknown(file, word, closed_list("ends"))
    return word


def _on_request(entry: Mapping[str, Any], file: Path) -> OnRequest:
    then = _end(entry.get("then", ""), file)
    return OnRequest(then, _words(entry) if "fr" in entry else None, entry.get("call", ""))


def _datum(entry: Mapping[str, Any]) -> Datum:
    return Datum(
        fields=tuple(entry["fields"]),
        purpose=entry["purpose"],
        readers=tuple(entry["readers"]),
        sensitivity=entry["sensitivity"],
        ground=entry["ground"],
        retention=entry["retention"],
        consent=entry.get("consent", ""),
    )


def _unknown(file: Path, value: str, known: Iterable[str]) -> BadInput:
    return BadInput(
        "declared_word_unknown", file=_named(file), value=value, expected=", ".join(known)
    )


def _check(made: Declared, models: Iterable[str], file: Path) -> None:
    readers = {*rights(), *closed_list("readers")}
    known: tuple[tuple[Iterable[str], str], ...] = (
        (made.purposes, "purpose"),
        (closed_list("sensitivities"), "sensitivity"),
        (closed_list("grounds"), "ground"),
        (made.rules, "retention"),
    )
    for datum in chain.from_iterable(made.models[model].data for model in models):
        for words, name in known:
            if getattr(datum, name) not in words:
                raise _unknown(file, getattr(datum, name), words)
        for reader in datum.readers:
            if reader not in readers:
                raise _unknown(file, reader, readers)


def undeclared() -> list[str]:
    """List the fields of all models that no room declares, and the declared ones that do not exist."""
    known, lacking = declared().models, []
    for model in apps.get_models():
        label = model._meta.label_lower
        names = {field.name for field in model._meta.concrete_fields if not field.primary_key}
        if label not in known:
            lacking.append(label)
            continue
        held = known[label]
        if held.plain is None:
            continue
        told = held.plain | held.personal.keys() | {"workspace"}
        lacking += [f"{label}.{name}" for name in sorted(names - told)]
        lacking += [f"{label}.{name} (no such field)" for name in sorted(told - names - {"workspace"})]  # fmt: skip
    return lacking + sorted(known.keys() - {one._meta.label_lower for one in apps.get_models()})
