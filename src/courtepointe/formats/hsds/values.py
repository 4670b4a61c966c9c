"""A directory of organisations, services and places as plain frozen records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from courtepointe.core.errors import BadInput

Value: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a table.

    Attributes
    ----------
    table : str
    values : mapping of field -> text or number
        Fields that are filled; those that the standard does not know are kept under ``more``.
    where : str
        Where it stood: ``organizations.csv, row 3``, or a path in the JSON.
    """

    table: str
    values: Mapping[str, Value]
    more: Mapping[str, Any] = field(default_factory=dict)
    where: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """Its identifier."""
        return str(self.values.get("id", ""))


@dataclass(frozen=True, slots=True)
class Directory:
    """Records by table, in their order; each identifier once in its table."""

    records: Mapping[str, tuple[Record, ...]]

    def of(self, table: str) -> tuple[Record, ...]:
        """Give the records of a table."""
        return self.records.get(table, ())

    def __iter__(self) -> Iterator[Record]:
        for held in self.records.values():
            yield from held

    def __len__(self) -> int:
        return sum(map(len, self.records.values()))


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, and all that is wrong with it.

    Attributes
    ----------
    faults : tuple of BadInput
        ``hsds_lacks``, ``hsds_value``, ``hsds_id_repeated``, ``hsds_link``: with the file, the
        row or the path, the column, the value and what was expected.
    unknown : tuple of (table, field)
        Fields that the standard does not know; they are kept.
    """

    directory: Directory
    faults: tuple[BadInput, ...]
    unknown: tuple[tuple[str, str], ...]
