"""The kinds of questions, read from ``kinds.toml``, and the cell of a form that names one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

OR_OTHER = re.compile(r"\s+or[ _]other$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question.

    Attributes
    ----------
    answer : str
        ``text``, ``integer``, ``decimal``, ``date``, ``time``, ``moment``, ``one``, ``many``,
        ``point``, ``line``, ``file``; ``nothing`` where none is expected; ``personal`` where it
        tells of a person or a telephone.
    listed : bool
        Answers come from a list of the sheet of choices.
    filed : bool
        Answers come from a file beside the form.
    silent : bool
        Nothing is asked on the screen, so that no label is needed.
    """

    name: str
    answer: str
    listed: bool = False
    filed: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class TypeCell:
    """What a cell of the column ``type`` says.

    Attributes
    ----------
    choices : str
        Name of the list, or of the file; empty where the kind has none.
    or_other : bool
        Something else may be typed in.
    """

    kind: Kind
    choices: str = ""
    or_other: bool = False

    @property
    def lists(self) -> bool:
        """Whether its list stands in the sheet of choices, not in a file or in a repeat."""
        return is_listed(self.kind, self.choices)


def is_listed(kind: Kind, choices: str) -> bool:
    """Tell whether answers come from a list of the sheet of choices."""
    return kind.listed and not choices.startswith("${")


@cache
def kinds() -> Mapping[str, Kind]:
    """Give the kinds by name, in the order of ``kinds.toml``."""
    return {name: _kind(name, told) for name, told in _told().items()}


def _told() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))


def _kind(name: str, told: Mapping[str, Any]) -> Kind:
    return Kind(name, **{key: value for key, value in told.items() if key != "aliases"})


@cache
def _names() -> Mapping[str, str]:
    """Give each way to write a kind, spaces as underscores: the kind's name."""
    found = {}
    for name, told in _told().items():
        for way in (name, *told.get("aliases", ())):
            found[way.replace(" ", "_")] = name
    return found


def read_type(cell: str) -> TypeCell | None:
    """Read a cell of the column ``type``; None where it names no kind that we know.

    Parameters
    ----------
    cell : str
        ``text``, ``select_one LIST``, ``select multiple LIST or_other``…
    """
    text, n_other = OR_OTHER.subn("", cell.strip())
    words = text.split()
    for n_kind in range(len(words), 0, -1):
        name = _names().get("_".join(words[:n_kind]).casefold())
        if name is None:
            continue
        kind, rest = kinds()[name], words[n_kind:]
        if len(rest) != int(kind.listed or kind.filed):
            continue
        return TypeCell(kind, rest[0] if rest else "", bool(n_other))
    return None
