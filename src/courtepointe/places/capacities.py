"""Capacities in an export: HSDS 3.0 has no table for them, so they are a line of text of their record.

3.1 has one, for services: what a file says there is read as that line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from courtepointe.formats.hsds import Directory, Record

FIELD, TABLE = "capacity", "service_capacity"
LONGEST = 60
SIGNS = re.compile(r"[;@]")
"""Signs that part a line: a unit has none."""
ONE = re.compile(r"(?P<maximum>\d+)(?: \((?P<available>\d+) free\))? (?P<unit>[^;@]+?)(?: @ (?P<on>\d{4}-\d\d-\d\d))?")  # fmt: skip
MOST = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Held:
    """How many a place can take, in a unit.

    Attributes
    ----------
    available : int or None
        None where nobody counted what is free.
    """

    unit: str
    maximum: int
    available: int | None = None
    verified_on: date | None = None


def written(capacities: Iterable[Held]) -> str:
    """Write capacities on a line: ``120 (40 free) seats @ 2026-06-01; 3 toilets``."""
    return "; ".join(map(_one, sorted(capacities, key=lambda one: one.unit)))


def _one(held: Held) -> str:
    free = "" if held.available is None else f" ({held.available} free)"
    on = f" @ {held.verified_on.isoformat()}" if held.verified_on else ""
    return f"{held.maximum}{free} {held.unit}{on}"


def read(text: str) -> tuple[Held, ...] | None:
    """Read such a line; None where it is not one."""
    found = [ONE.fullmatch(one.strip()) for one in text.split(";")]
    held = []
    for one in found:
        if one is None:
            return None
        free = None if one["available"] is None else int(one["available"])
        on = None
        try:
            on = date.fromisoformat(one["on"]) if one["on"] else None
        except ValueError:
            return None
        if int(one["maximum"]) > MOST or (free is not None and free > int(one["maximum"])):
            return None
        held.append(Held(one["unit"], int(one["maximum"]), free, on))
    units = {one.unit for one in held}
    return tuple(held) if len(units) == len(held) else None


def folded(directory: Directory) -> Directory:
    """Write the capacities of services, which 3.1 has tables for, on their line; a line that is there stays for the rest."""
    if not directory.of(TABLE):
        return directory
    names = {one.id: str(one.values.get("name", "")) for one in directory.of("unit")}
    told: dict[str, list[Held]] = defaultdict(list)
    for one in directory.of(TABLE):
        told[str(one.values.get("service_id"))].append(_held(one, names))
    services = tuple(_with_line(one, told.get(one.id, ())) for one in directory.of("service"))
    rest = {n: some for n, some in directory.records.items() if n not in (TABLE, "unit")}
    return Directory({**rest, "service": services})


def _held(one: Record, names: Mapping[str, str]) -> Held:
    """Read a capacity; where no maximum is told, it is what is available."""
    free = int(float(one.values["available"]))
    most = max(int(float(one.values.get("maximum", free))), free)
    on = datetime.fromisoformat(str(one.values["updated"])).date()
    unit = SIGNS.sub(" ", names.get(str(one.values["unit_id"]), "")).strip()[:LONGEST] or "?"
    return Held(unit, most, free, on)


def _with_line(service: Record, told: Sequence[Held]) -> Record:
    if not told:
        return service
    line = service.more.get(FIELD)
    said = {one.unit: one for one in (read(line) or () if isinstance(line, str) else ())}
    said |= {one.unit: one for one in told}
    return replace(service, more={**service.more, FIELD: written(said.values())})
