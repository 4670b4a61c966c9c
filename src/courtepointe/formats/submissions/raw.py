"""A submission as a file holds it, whatever its form: headings and cells, turns inside turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class RawNode:
    """A filled form, or one turn of a repeat, before anybody knows what the headings mean.

    Attributes
    ----------
    cells : mapping of heading -> cell
        Texts, numbers, or what JSON has for a point.
    file : str
    row : int or str
        Row of a table, position in a list.
    repeats : mapping of name -> list of RawNode
        By the name that the file gives to the repeat.
    elsewhere : tuple of str
        Repeats that the file says it has, in a place that is not in it.
    """

    cells: Mapping[str, Any]
    file: str
    row: int | str
    repeats: dict[str, list[RawNode]] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A photograph or another file that came along.

    Attributes
    ----------
    name : str
        As answers name it.
    file : Path
        The archive, or the file itself.
    member : str
        In the archive; empty outside one.
    """

    name: str
    file: Path
    member: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What one export holds.

    Attributes
    ----------
    nodes : tuple of RawNode
    tables : tuple of str or None
        Of tables, the names of those for repeats; None for JSON and XML, where turns stand inside.
    """

    nodes: tuple[RawNode, ...]
    tables: tuple[str, ...] | None = None
    media: tuple[MediaFile, ...] = ()
