"""To which record each part of a directory belongs, what it is found by, what a record is found by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from courtepointe.formats.hsds import Record
from courtepointe.formats.hsds.spec import ATTACHED, tables
from courtepointe.places.compare import digits, words
from courtepointe.places.planned import Key
from courtepointe.places.private import HEADS

FIRST = (
    "service_at_location_id", "location_id", "service_id", "program_id", "organization_id",
    "contact_id", "phone_id",
)  # fmt: skip
LONGEST = 300
NOT_ACCESSIBLE = re.compile(r"wheelchair:\s*no\b", re.I)


def canonical(record: Record) -> Record:
    """Write identifiers in their one form, so that two ways of writing one meet."""
    fields = tables()[record.table].fields
    values = {
        name: str(UUID(str(told))) if name in fields and fields[name].type == "uuid" else told
        for name, told in record.values.items()
    }
    return replace(record, values=values)


def folded(name: str) -> str:
    """Give the words of a name as search finds them: each with a space before it."""
    found = "".join(f" {word}" for word in words(name))
    return found[:LONGEST]


def owner_of(record: Record) -> Key | None:
    """Give what a record hangs on most closely: a place rather than its organisation."""
    values = record.values
    if record.table in ATTACHED:
        _, by_id, by_table = ATTACHED[record.table]
        return str(values.get(by_table, "")), str(values.get(by_id, ""))
    links = tables()[record.table].links
    field = next((one for one in FIRST if one in links and values.get(one)), None)
    return None if field is None else (links[field], str(values[field]))


def holders(records: Iterable[Record], known: Mapping[Key, Key | None]) -> dict[Key, Key | None]:
    """Say of each part which record holds it: through a contact's telephone to the contact's place.

    Parameters
    ----------
    records : iterable of Record
    known : mapping of part -> its record
        Of parts that are there already.
    """
    owners = {(one.table, one.id): owner_of(one) for one in records}
    found: dict[Key, Key | None] = {}
    for key in owners:
        at: Key | None = owners[key]
        steps = 0
        while at is not None and at[0] not in HEADS:
            at = owners[at] if at in owners else known.get(at)
            steps += 1
            if steps > len(HEADS) + 3:
                at = None
        found[key] = at
    return found


def key_of(table: str, values: Mapping[str, Any]) -> str:
    """Give what a part is found by: a language's code, a telephone's digits, whether one gets in."""
    if table == "language":
        return str(values.get("code") or values.get("name", "")).strip().casefold()[:80]
    if table == "phone":
        return digits(str(values.get("number", "")))
    if table == "accessibility":
        return "no" if NOT_ACCESSIBLE.match(str(values.get("description", ""))) else "yes"
    if table == "attribute":
        return str(values.get("taxonomy_term_id", ""))[:80]
    return ""


def point_of(values: Mapping[str, Any]) -> tuple[float, float] | None:
    """Give a place's longitude and latitude; None where either is not known or cannot be."""
    longitude, latitude = values.get("longitude"), values.get("latitude")
    if not isinstance(longitude, int | float) or not isinstance(latitude, int | float):
        return None
    return (float(longitude), float(latitude)) if abs(latitude) <= 90 and abs(longitude) <= 180 else None  # fmt: skip
