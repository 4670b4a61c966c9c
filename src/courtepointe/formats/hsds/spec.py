"""The tables of the standard, read from ``tables.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FIRST = "3.0"
FIELD = re.compile(r"(?P<name>\w+)(:(?P<type>\w+))?(?P<must>!)?(=(?P<choices>\S+))?")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table.

    Attributes
    ----------
    type : str
        ``text``, ``uuid``, ``email``, ``uri``, ``number``, ``date``, ``datetime``, ``time``.
    choices : tuple of str
        What it may say; empty: anything of its type.
    """

    name: str
    type: str
    must: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of the standard.

    Attributes
    ----------
    file : str
        Its file in a tabular package.
    fields : mapping of name -> Field
    links : mapping of field -> table
        What a field points to.
    nested : mapping of name -> table
        Under which name records that belong to one of these stand in it, in JSON.
    inside : mapping of name -> field
        Under which name the record that a field points to stands in it, in JSON.
    since : str
        The version that has it first; later ones are written only where they hold something.
    """

    name: str
    file: str
    fields: Mapping[str, Field]
    links: Mapping[str, str]
    nested: Mapping[str, str]
    inside: Mapping[str, str]
    since: str = FIRST


ATTACHED = {
    "attribute": ("attributes", "link_id", "link_entity"),
    "metadata": ("metadata", "resource_id", "resource_type"),
}
"""Tables whose records belong to one of any table: their name in it, and the two fields that say which."""


@cache
def tables() -> Mapping[str, TableSpec]:
    """Give the tables by name, in the standard's order."""
    text = Path(__file__).with_name("tables.toml").read_text(encoding="utf-8")
    return {name: _table(name, told) for name, told in tomllib.loads(text).items()}


def written_tables(held: Container[str]) -> tuple[TableSpec, ...]:
    """Give the tables that a directory with records of some is written with: of 3.0 all, of later those."""
    return tuple(one for one in tables().values() if one.since == FIRST or one.name in held)


def version_of(held: Container[str]) -> str:
    """Give the version that a directory with records of some tables keeps to."""
    return max(one.since for one in written_tables(held))


def _table(name: str, told: Mapping[str, Any]) -> TableSpec:
    fields = [_field(one) for one in told["fields"].split()]
    return TableSpec(
        name=name,
        file=told["file"],
        fields={one.name: one for one in fields},
        links=told.get("links", {}),
        nested=told.get("nested", {}),
        inside=told.get("inside", {}),
        since=told.get("since", FIRST),
    )


def _field(text: str) -> Field:
    found = FIELD.fullmatch(text)
    assert found is not None, text
    choices = (found["choices"] or "").replace("_", " ")
    return Field(
        found["name"],
        found["type"] or "text",
        found["must"] is not None,
        tuple(choices.split("|")) if choices else (),
    )
