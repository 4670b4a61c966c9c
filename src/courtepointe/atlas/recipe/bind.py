"""Turn the tables of a TOML file into the frozen values of a recipe, strictly.

An unknown key, a missing key and a value of another kind are refused with the file, the table,
the key, the value and what was expected. Nothing is guessed.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from courtepointe.atlas.recipe.values import KeyRule
from courtepointe.core.errors import BadInput

Value = TypeVar("Value")

WORDS_OF_KIND = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in which file something stands.

    Attributes
    ----------
    file : str
    table : str
        ``sources[2] (srqc)``; the empty text is the top of the file.
    """

    file: str
    table: str

    def inside(self, key: str) -> Spot:
        """Say where a value under a key stands."""
        return Spot(self.file, f"{self.table}.{key}" if self.table else key)

    def wrong(self, key: str, value: object, expected: str) -> BadInput:
        """Make the error for a value of the wrong kind."""
        return BadInput(
            "recipe_wrong_value",
            file=self.file,
            table=self.table or "top of the file",
            key=key,
            value=value,
            expected=expected,
        )


def bind(cls: type[Value], table: Mapping[str, Any], spot: Spot) -> Value:
    """Make one frozen value from one TOML table.

    Raises
    ------
    BadInput
        ``recipe_unknown_key``, ``recipe_missing_key``, ``recipe_wrong_value``.
    """
    fields, kinds = _fields(cast("Any", cls))
    for key in table:
        if key not in fields:
            raise BadInput(
                "recipe_unknown_key",
                file=spot.file,
                table=spot.table or "top of the file",
                key=key,
                value=table[key],
                expected=", ".join(fields),
            )
    given: dict[str, Any] = {}
    for key, field in fields.items():
        if key in table:
            given[field.name] = convert(kinds[field.name], table[key], spot=spot, key=key)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            if type(None) in get_args(kinds[field.name]):
                given[field.name] = None
                continue
            raise missing(spot, key, expected=told(kinds[field.name]))
    return cls(**given)


@cache
def _fields(cls: type) -> tuple[dict[str, dataclasses.Field[Any]], dict[str, Any]]:
    """Give a value's fields by their key in TOML, and what each holds by its name."""
    return {one.name.rstrip("_"): one for one in dataclasses.fields(cls)}, get_type_hints(cls)


def missing(spot: Spot, key: str, *, expected: str) -> BadInput:
    """Make the error for a key that must be there."""
    return BadInput(
        "recipe_missing_key",
        file=spot.file,
        table=spot.table or "top of the file",
        key=key,
        expected=expected,
    )


def convert(kind: Any, value: Any, *, spot: Spot, key: str) -> Any:
    """Turn one TOML value into what a field holds."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        real = next(one for one in get_args(kind) if one is not type(None))
        return convert(real, value, spot=spot, key=key)
    if origin is tuple:
        return _tuple(kind, value, spot=spot, key=key)
    if origin is dict:
        return _dict(kind, value, spot=spot, key=key)
    if kind is KeyRule and isinstance(value, str):
        return KeyRule(column=value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(value, dict):
            raise spot.wrong(key, value, told(kind))
        return bind(kind, value, spot.inside(key))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _word(kind, value, spot=spot, key=key)
    return _plain(kind, value, spot=spot, key=key)


def _tuple(kind: Any, value: Any, *, spot: Spot, key: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise spot.wrong(key, value, told(kind))
    parts = get_args(kind)
    if parts[-1] is Ellipsis:
        return tuple(
            convert(parts[0], one, spot=spot, key=f"{key}[{place}]")
            for place, one in enumerate(value, start=1)
        )
    if len(parts) != len(value):
        raise spot.wrong(key, value, told(kind))
    return tuple(
        convert(part, one, spot=spot, key=key) for part, one in zip(parts, value, strict=True)
    )


def _dict(kind: Any, value: Any, *, spot: Spot, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise spot.wrong(key, value, told(kind))
    inner = get_args(kind)[1]
    return {
        name: convert(inner, one, spot=spot.inside(key), key=name) for name, one in value.items()
    }


def _word(kind: type[Enum], value: Any, *, spot: Spot, key: str) -> Enum:
    for member in kind:
        if member.value == value:
            return member
    raise spot.wrong(key, value, ", ".join(str(member.value) for member in kind))


def _plain(kind: Any, value: Any, *, spot: Spot, key: str) -> Any:
    fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not fits:
        raise spot.wrong(key, value, told(kind))
    return value


def told(kind: Any) -> str:
    """Say in words what a field expects."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return told(next(one for one in get_args(kind) if one is not type(None)))
    if origin is tuple:
        return f"a list of {told(get_args(kind)[0])}"
    if origin is dict:
        return "a table {name = value}"
    if dataclasses.is_dataclass(kind):
        keys = ", ".join(field.name.rstrip("_") for field in dataclasses.fields(kind))
        return f"a table {{{keys}}}"
    return WORDS_OF_KIND.get(kind, str(getattr(kind, "__name__", kind)))
