"""Our forms from their TOML: consent first, nothing asked of whoever does not agree."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.core.errors import NotFound
from courtepointe.formats.xlsform import Choice, Group, Language, Part, Question, Texts, XlsForm
from courtepointe.places.collecting.values import (
    CONSENT,
    CONSENT_VERSION,
    FILLED_ON,
    ConsentText,
    FieldForm,
)

FOLDER = Path(__file__).with_name("forms")
LISTS = Path(__file__).with_name("lists.toml")
LANGUAGES = (Language("fr", "Français"), Language("en", "English"))
YES_NO = "yes_no"
SAID_YES = f"${{{CONSENT}}} = 'yes'"
SETTINGS = {"clean_text_values": "no"}
"""Spaces are those of French; pyxform would make plain ones of them."""
PHOTO = {"parameters": "max-pixels=1600"}
"""A photograph that a telephone sends in the field, and that shows a place well enough."""
USUAL_ROLES: Mapping[str, str] = {
    "text": "text", "one": "choice", "many": "choice", "point": "point", "file": "photo",
    "date": "day", "integer": "count",
}  # fmt: skip
TEXTS = ("label", "hint", "constraint_message")
PLAIN = ("kind", "name", "required", "relevant", "constraint", "appearance", "default")
KNOWN = frozenset({*TEXTS, *PLAIN, "list", "reads", "repeat", "parts"})


def field_forms() -> Mapping[str, FieldForm]:
    """Give our forms by their codes."""
    return _field_forms()


@cache
def _field_forms() -> Mapping[str, FieldForm]:
    forms = [read_field_form(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml"))]
    return {one.code: one for one in forms}


def field_form(code: str) -> FieldForm:
    """Give one of our forms.

    Raises
    ------
    NotFound
        ``unknown_field_form``.
    """
    found = field_forms().get(code)
    if found is None:
        raise NotFound("unknown_field_form", value=code, expected=", ".join(field_forms()))
    return found


def read_field_form(text: str) -> FieldForm:
    """Read a form of ours.

    Parameters
    ----------
    text : str
        TOML, as those of the folder ``forms``.

    Raises
    ------
    ValueError
        Where it has a key that we do not know, or a text in one language only: it is our own data.
    """
    told = tomllib.loads(text)
    choices = {**_lists(tomllib.loads(LISTS.read_text("utf-8"))["lists"]), **_lists(told["lists"])}
    consent = ConsentText(
        told["consent"]["version"],
        told["consent"]["on"],
        _both({code: told["consent"][code] for code in ("fr", "en")}),
    )
    group = Group(
        told["group"], tuple(map(_part, told["parts"])), _both(told["title"]), relevant=SAID_YES
    )
    asked = {one.choices for one in _questions([group])} | {YES_NO}
    form = XlsForm(
        told["id"],
        told["version"],
        _both(told["title"]),
        LANGUAGES,
        (_consent(consent), group, *_silent(consent)),
        {name: choices[name] for name in choices if name in asked},
        SETTINGS,
        CONSENT,
    )
    turns = f"{told['group']}/{told['turns']}" if "turns" in told else ""
    roles = dict(_roles(told["parts"], f"{told['group']}/"))
    return FieldForm(
        told["code"], form, consent, told["kind"], turns, frozenset(told.get("persons", ())), roles
    )


def _both(told: Texts) -> Texts:
    """Hold a text to be in both languages."""
    if set(told) != {"fr", "en"} or not all(text.strip() for text in told.values()):
        raise ValueError(f"a text in French and in English, not {told}")
    return dict(told)


def _lists(told: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[Choice, ...]]:
    """Read lists of choices, with the answers that say why there is none behind them."""
    without = tomllib.loads(LISTS.read_text("utf-8"))["without_answer"]
    found = {}
    for name, one in told.items():
        named = {
            **one["choices"],
            **{status: without[status] for status in one.get("without_answer", ())},
        }
        found[name] = tuple(Choice(choice, _both(label)) for choice, label in named.items())
    return found


def _part(told: Mapping[str, Any]) -> Part:
    unknown = told.keys() - KNOWN
    if unknown:
        raise ValueError(f"{told['name']}: {', '.join(sorted(unknown))}")
    if told.get("repeat"):
        return Group(
            told["name"], tuple(map(_part, told["parts"])), _both(told["label"]), repeat=True
        )
    given: dict[str, Any] = {name: told[name] for name in PLAIN if name in told}
    given |= {name: _both(told[name]) for name in TEXTS if name in told}
    more = PHOTO if told["kind"] == "image" else {}
    return Question(**given, choices=told.get("list", ""), more=more)


def _consent(consent: ConsentText) -> Question:
    return Question("select_one", CONSENT, consent.text, choices=YES_NO, required=True)


def _silent(consent: ConsentText) -> Iterator[Question]:
    """Give what every filled form carries without asking: the words agreed to, and the day."""
    yield Question("calculate", CONSENT_VERSION, calculation=f"'{consent.version}'")
    yield Question("today", FILLED_ON)


def _questions(parts: Sequence[Part]) -> Iterator[Question]:
    for part in parts:
        if isinstance(part, Question):
            yield part
        else:
            yield from _questions(part.parts)


def _roles(parts: Sequence[Mapping[str, Any]], above: str) -> Iterator[tuple[str, str]]:
    for told in parts:
        path = f"{above}{told['name']}"
        if told.get("repeat"):
            yield from _roles(told["parts"], f"{path}/")
        elif told["kind"] != "note":
            usual = Question(told["kind"], told["name"]).spec.answer
            yield path, told.get("reads") or USUAL_ROLES[usual]
