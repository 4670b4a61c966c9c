"""Read the sentence templates of a language, and refuse one that could not be said."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.press.words import typeset

FOLDER = Path(__file__).parent
FIGURE_SLOTS = frozenset({"number", "counted", "range", "compare", "agree"})
PLACE_FORMS = frozenset({"plain", "subject", "de", "a", "dans"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a template: text before it, what it is, and of what."""

    before: str
    kind: str
    of: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with slots, and when it may be said.

    Attributes
    ----------
    needs : tuple of str
        Indicators that must have a value.
    compared : tuple of str
        Indicators that must also have a comparison.
    """

    slots: tuple[Slot, ...]
    needs: tuple[str, ...]
    compared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates of a language, by section and by indicator."""

    sections: Mapping[str, tuple[Template, ...]]
    indicators: Mapping[str, Template]


@cache
def templates(lang: str) -> Templates:
    """Read the shipped templates of a language."""
    file = FOLDER / f"{lang}.toml"
    return read_templates(file.read_text(encoding="utf-8"), lang=lang, file=file.name)


def read_templates(text: str, *, lang: str, file: str) -> Templates:
    """Read templates from TOML; an unknown slot is refused by name."""
    held = tomllib.loads(text)
    sections = {
        code: tuple(
            _template(entry, lang=lang, file=file, where=f"section.{code}") for entry in listed
        )
        for code, listed in held.get("section", {}).items()
    }
    indicators = {
        code: _template({"needs": [code]} | entry, lang=lang, file=file, where=f"indicator.{code}")
        for code, entry in held.get("indicator", {}).items()
    }
    return Templates(sections, indicators)


def _template(entry: Mapping[str, Any], *, lang: str, file: str, where: str) -> Template:
    needs, compared = tuple(entry["needs"]), tuple(entry.get("compared", ()))
    slots = []
    for before, name, of, _ in string.Formatter().parse(typeset(str(entry["text"]), lang=lang)):
        slot = Slot(before, name or "", *_argument(of or ""))
        _check(slot, needs, file=file, where=where)
        slots.append(slot)
    return Template(tuple(slots), needs, compared)


def _argument(of: str) -> tuple[str, tuple[str, ...]]:
    first, *choices = of.split("|")
    return first, tuple(choices)


def _check(slot: Slot, needs: tuple[str, ...], *, file: str, where: str) -> None:
    if not slot.kind and not slot.of:
        return
    known = (slot.kind in FIGURE_SLOTS and slot.of in needs) or (
        slot.kind == "place" and slot.of in PLACE_FORMS
    )
    complete = slot.kind != "agree" or len(slot.choices) == 2
    if not (known and complete):
        raise BadInput("template_slot", file=file, table=where, value=f"{slot.kind}:{slot.of}")
