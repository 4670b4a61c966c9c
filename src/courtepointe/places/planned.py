"""What an import would do, before it does it: what is new, what changes, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from courtepointe.formats.hsds import Record

ALL = "*"
"""In a record's sources: the source of each field that is not named."""
Key = tuple[str, str]
"""Table and identifier."""
Sources = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record as the workspace has it, and who said what of it."""

    record: Record
    sources: Sources


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which the import says something else."""

    table: str
    uid: str
    name: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes
    ----------
    new : tuple of Record
    changes : tuple of Difference
        What is written over.
    proposals : tuple of Difference
        What a person verified, and which therefore waits.
    same : int
        How many records say nothing new.
    """

    new: tuple[Record, ...]
    changes: tuple[Difference, ...]
    proposals: tuple[Difference, ...]
    same: int


def planned(told: Iterable[Record], held: Mapping[Key, HeldRecord], *, dated: date | None) -> Plan:
    """Compare what an import says with what there is.

    Parameters
    ----------
    told : iterable of Record
    held : mapping of (table, identifier) -> HeldRecord
    dated : date or None
        On which day what the import says was true; None where nobody knows.

    Returns
    -------
    Plan
        A field that the import does not fill is left as it is. A field that a person verified is
        written over only by what is dated after that day.
    """
    new: list[Record] = []
    changes: list[Difference] = []
    proposals: list[Difference] = []
    same = 0
    for record in told:
        there = held.get((record.table, record.id))
        if there is None:
            new.append(record)
            continue
        found = list(_differences(record, there.record))
        same += not found
        for one in found:
            stays = verified_since(there.sources, one.field, dated)
            (proposals if stays else changes).append(one)
    return Plan(tuple(new), tuple(changes), tuple(proposals), same)


def _differences(told: Record, held: Record) -> Iterable[Difference]:
    was, says = {**held.more, **held.values}, {**told.more, **told.values}
    for name, after in says.items():
        if was.get(name) != after:
            shown = str(held.values.get("name", told.values.get("name", "")))
            yield Difference(told.table, told.id, shown, name, was.get(name), after)


def source_of(sources: Sources, field: str) -> Mapping[str, Any]:
    """Give what is known of a field's source."""
    return sources.get(field) or sources.get(ALL) or {}


def verified_since(sources: Sources, field: str, dated: date | None) -> bool:
    """Say whether a person verified a field on or after the day of an import."""
    on = source_of(sources, field).get("verified_on")
    return bool(on) and (dated is None or str(on) >= dated.isoformat())
