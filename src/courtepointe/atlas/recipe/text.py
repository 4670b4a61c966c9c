"""The text of a recipe and of the files that it includes, as one TOML text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courtepointe.atlas.recipe.bind import Spot
from courtepointe.core.errors import BadInput, NotFound

FIRST_TABLE = re.compile(r"^\s*\[", re.MULTILINE)
INCLUDE = re.compile(r"^include\s*=\s*\[[^\]]*\][^\S\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a recipe, read."""

    file: str
    tables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecipeText:
    """A recipe's files, and all of them as one text.

    Attributes
    ----------
    parts : tuple of Part
        Included files first, in the order named: what they share comes before what is special.
    main : str
        The recipe's own file name.
    whole : str
        A TOML text that says the same alone: what a pack keeps.
    """

    parts: tuple[Part, ...]
    main: str
    whole: str


def read_text(path: Path) -> RecipeText:
    """Read a recipe and the files named in its ``include``, each relative to the recipe.

    Raises
    ------
    NotFound
        ``recipe_not_found``.
    BadInput
        ``recipe_not_toml``, ``recipe_include_not_found``, ``recipe_include_outside``,
        ``recipe_include_clash``.
    """
    text = _text(path)
    main = _tables(text, file=path.name)
    parts: list[Part] = []
    shared = ""
    for name in _include_names(main, file=path.name):
        included = _included(path, name)
        parts.append(Part(name, _tables(included, file=name)))
        shared += f"# ---- {name}\n\n{included}\n# ---- {path.name}\n\n"
    parts.append(Part(path.name, {key: main[key] for key in main if key != "include"}))
    whole = _joined(INCLUDE.sub("", text), shared)
    if shared:
        _check_whole(whole, parts)
    return RecipeText(tuple(parts), path.name, whole)


def _joined(text: str, shared: str) -> str:
    """Put included tables before the recipe's own first table."""
    first = FIRST_TABLE.search(text)
    at = first.start() if first else len(text)
    return text[:at] + shared + text[at:]


def _text(path: Path) -> str:
    if not path.is_file():
        raise NotFound("recipe_not_found", file=path.name)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("recipe_not_toml", file=path.name, found=str(error)) from error


def _tables(text: str, *, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("recipe_not_toml", file=file, found=str(error)) from error


def _include_names(main: dict[str, Any], *, file: str) -> list[str]:
    names = main.get("include", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Spot(file, "").wrong("include", names, "a list of file names")
    return names


def _included(path: Path, name: str) -> str:
    folder = path.parent.resolve()
    wanted = (folder / name).resolve()
    if not wanted.is_relative_to(folder):
        raise BadInput("recipe_include_outside", file=path.name, value=name)
    if not wanted.is_file():
        raise BadInput("recipe_include_not_found", file=path.name, value=name)
    return _text(wanted)


def _check_whole(whole: str, parts: list[Part]) -> None:
    """Hold that the joined text says exactly what the files say."""
    names = ", ".join(part.file for part in parts)
    try:
        joined = tomllib.loads(whole)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("recipe_include_clash", file=names, found=str(error)) from error
    said: dict[str, Any] = {}
    for part in parts:
        for key, value in part.tables.items():
            both = isinstance(value, list) and isinstance(said.get(key), list)
            said[key] = said[key] + value if both else value
    if joined != said:
        raise BadInput(
            "recipe_include_clash", file=names, found="a key outside the [[tables]] of a file"
        )
