"""The shapes that ship, and the reader of a shape's TOML; what is unknown is refused by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.people.bringing.shape import Choice, Field, Kind, Shape

FOLDER = Path(__file__).parent
SHIPPED = (
    "organisations",
    "contacts",
    "volunteers",
    "activities",
    "attendance",
    "actions",
    "observations",
)
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "code": str, "kind": str, "fr": str, "en": str, "synonyms": list, "required": bool, "many": bool,
    "open": bool, "sealed": bool, "choices": list, "longest": int, "least": (int, float),
    "most": (int, float), "lines": bool, "past": bool, "pattern": str, "digits": int,
}  # fmt: skip
CHOICE_KEYS = ("code", "fr", "en", "synonyms")
SHAPE_KEYS = ("code", "fr", "en", "keys", "fields")


@cache
def shape(code: str) -> Shape:
    """Give a shape that ships, or raise `NotFound` ``unknown_shape``."""
    if code not in SHIPPED:
        raise NotFound("unknown_shape", value=code, expected=", ".join(SHIPPED))
    text = (FOLDER / f"{code}.toml").read_text(encoding="utf-8")
    return read_shape(text, file=f"{code}.toml")


def shipped() -> tuple[Shape, ...]:
    """Give all shapes that ship."""
    return tuple(shape(code) for code in SHIPPED)


def read_shape(text: str, *, file: str) -> Shape:
    """Read a shape.

    Raises
    ------
    BadInput
        ``shape_toml`` (no TOML: where), ``shape_wrong``: with the file, the place in it, what stands
        there and what was expected.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("shape_toml", file=file, detail=str(error)) from error
    _only(told, SHAPE_KEYS, file, "")
    _needs(told, ("code", "fr", "en", "fields"), file, "")
    found = tuple(
        _field(one, file, f"fields[{n}]") for n, one in enumerate(told["fields"], start=1)
    )
    codes = [field.code for field in found]
    for code in codes:
        if codes.count(code) > 1:
            raise _wrong(file, "fields", code, "once")
    keys = tuple(tuple(key) for key in told.get("keys", ()))
    for code in (code for key in keys for code in key):
        if code not in codes:
            raise _wrong(file, "keys", code, ", ".join(codes))
    return Shape(told["code"], told["fr"], told["en"], found, keys)


def _field(told: Mapping[str, Any], file: str, place: str) -> Field:
    _needs(told, ("code", "kind", "fr", "en"), file, place)
    place = f"{place} ({told['code']})"
    _only(told, tuple(TYPES), file, place)
    for name, value in told.items():
        if not isinstance(value, TYPES[name]) or (isinstance(value, bool) and TYPES[name] is not bool):  # fmt: skip
            raise _wrong(file, f"{place}.{name}", value, str(TYPES[name]))
    if told["kind"] not in {*Kind}:
        raise _wrong(file, f"{place}.kind", told["kind"], ", ".join(Kind))
    kind = Kind(told["kind"])
    choices = tuple(_choice(one, file, place) for one in told.get("choices", ()))
    if bool(choices) != (kind == Kind.CHOICE):
        raise _wrong(file, f"{place}.choices", len(choices), Kind.CHOICE)
    if kind == Kind.CODE:
        _check_pattern(told, file, place)
    plain = {name: value for name, value in told.items() if name not in ("kind", "choices", "synonyms")}  # fmt: skip
    return Field(
        **plain, kind=kind, choices=choices, synonyms=tuple(map(str, told.get("synonyms", ())))
    )


def _choice(told: Mapping[str, Any], file: str, place: str) -> Choice:
    _only(told, CHOICE_KEYS, file, f"{place}.choices")
    _needs(told, ("code", "fr", "en"), file, f"{place}.choices")
    return Choice(told["code"], told["fr"], told["en"], tuple(told.get("synonyms", ())))


def _check_pattern(told: Mapping[str, Any], file: str, place: str) -> None:
    try:
        re.compile(told.get("pattern", ""))
    except re.error as error:
        raise _wrong(file, f"{place}.pattern", told["pattern"], str(error)) from error


def _only(told: Mapping[str, Any], allowed: tuple[str, ...], file: str, place: str) -> None:
    for name in told:
        if name not in allowed:
            raise _wrong(file, place or "—", name, ", ".join(allowed))


def _needs(told: Mapping[str, Any], wanted: tuple[str, ...], file: str, place: str) -> None:
    for name in wanted:
        if not told.get(name):
            raise _wrong(file, place or "—", "", name)


def _wrong(file: str, place: str, value: object, expected: str) -> BadInput:
    return BadInput("shape_wrong", file=file, place=place, value=value, expected=expected)
