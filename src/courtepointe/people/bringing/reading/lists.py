"""Lists of words, read from data once: languages, yes and no, days, hosts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.people.bringing.shape import Choice


@cache
def words() -> Mapping[str, Any]:
    """Read ``words.toml``."""
    return _toml("words.toml")


@cache
def languages() -> tuple[Choice, ...]:
    """Give the languages that we have words for."""
    told = _toml("languages.toml")
    return tuple(Choice(code, names[0], names[1], tuple(names[2:])) for code, names in told.items())


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
