"""How people call the tables, fields and choices of the standard; what forms ask for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.atlas.recipe.values import Words

FILE = Path(__file__).with_name("data") / "words.toml"


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _said(group: str, name: str, lang: str) -> str:
    told = _data()[group].get(name)
    return name if told is None else Words(told["fr"], told["en"]).in_(lang)


def table_word(table: str, *, lang: str) -> str:
    """Name a table; its code where it has no word."""
    return _said("table", table, lang)


def field_word(field: str, *, lang: str) -> str:
    """Name a field; its own name where it has no word."""
    return _said("field", field, lang)


def choice_word(choice: str, *, lang: str) -> str:
    """Name what a field may say; itself where it has no word."""
    return _said("choice", choice, lang)


def reason_word(what: str, level: str, *, lang: str) -> str:
    """Say how a comparison of two records came out."""
    return _said("reason", f"{what} {level}", lang)


def asked(table: str) -> Sequence[str]:
    """Give the fields that a form asks for, in order; none for a table that no form writes."""
    fields: Sequence[str] = _data()["asked"].get(table, ())
    return fields


def given(table: str) -> Mapping[str, str]:
    """Give what a new record starts with."""
    start = f"{table}."
    return {n.removeprefix(start): v for n, v in _data()["given"].items() if n.startswith(start)}
