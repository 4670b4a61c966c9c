"""What an import would do, and what is wrong with it, compared with what the workspace has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds import Directory, Record
from courtepointe.formats.hsds.check import checked
from courtepointe.places import capacities
from courtepointe.places.belongs import canonical
from courtepointe.places.models import Entry, Part
from courtepointe.places.planned import Key, Plan, planned
from courtepointe.places.queries.directories import held_records, rows_held

__all__ = ["Compared", "compared_with", "faults_left", "rows_held"]


@dataclass(frozen=True, slots=True)
class Compared:
    """What an import would do.

    Attributes
    ----------
    faults : tuple of BadInput
        Where there is one, nothing is taken in.
    rows : mapping of (table, identifier) -> row
        Of the records that are there already.
    """

    plan: Plan
    faults: tuple[BadInput, ...]
    rows: Mapping[Key, Entry | Part]


def compared_with(workspace_id: int, directory: Directory, *, dated: date | None) -> Compared:
    """Compare a directory with what a workspace has."""
    records = [*directory]
    faults = faults_left(workspace_id, checked(records, file="—").faults)
    if faults:
        return Compared(Plan((), (), (), 0), faults, {})
    records = list(map(canonical, capacities.folded(directory)))
    rows = rows_held(workspace_id, records)
    plan = planned(records, held_records(workspace_id, rows), dated=dated)
    return Compared(plan, (), rows)


def faults_left(workspace_id: int, faults: Iterable[BadInput]) -> tuple[BadInput, ...]:
    """Leave out links to records that are not in the file, but are in the workspace."""
    told = tuple(faults)
    links = [one for one in told if one.code == "hsds_link"]
    asked = [
        Record(str(one.facts["expected"]), {"id": str(one.facts["value"])})
        for one in links
        if len(str(one.facts["value"])) == 36
    ]
    there = rows_held(workspace_id, asked)
    return tuple(
        one
        for one in told
        if one.code != "hsds_link"
        or (str(one.facts["expected"]), str(one.facts["value"])) not in there
    )
