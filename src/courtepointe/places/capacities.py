"""Capacities in an export: HSDS 3.0 has no table for them, so they are a line of text of their record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

FIELD = "capacity"
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
