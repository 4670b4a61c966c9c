"""Private things planted in a workspace, and the ids that lead to them: what the crawler looks for.

Each room has a provider of its own beside this file, `examples_<room>.py`, with one function
``plant(table) -> Planted``. The crawler visits every address that exists with these ids, so that a new
page is covered on the day on which it is routed; a page whose address asks for a word that no provider
gives fails the test by name.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.table import Table

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Planted:
    """What a room planted.

    Attributes
    ----------
    ids : mapping of str to object
        ``"page_name.argument"`` (or ``"argument"``, for all pages) to an id of the workspace.
    private : tuple of str
        Words that nobody outside of the workspace may ever read.
    contacts : tuple of str
        Words that a member without the right `contacts`, `invite` or `officer` may not read either.
    """

    ids: Mapping[str, object] = field(default_factory=dict)
    private: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


def providers() -> Iterator[str]:
    """Name the rooms' providers."""
    yield from (file.stem for file in sorted(FOLDER.glob("examples_*.py")))


def plant_all(table: Table) -> Planted:
    """Have each room plant its things, in one value."""
    ids: dict[str, object] = {}
    private: list[str] = []
    contacts: list[str] = []
    for name in providers():
        made: Planted = importlib.import_module(f"tests.support.{name}").plant(table)
        twice = ids.keys() & made.ids.keys()
        assert not twice, f"{name} gives again the ids of {sorted(twice)}"
        ids.update(made.ids)
        private.extend(made.private)
        contacts.extend(made.contacts)
    return Planted(ids, tuple(private), tuple(contacts))
