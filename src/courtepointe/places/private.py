"""What in a directory tells of a person rather than of an organisation: it is sealed, and never leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from courtepointe.formats.hsds import Directory, Record
from courtepointe.formats.hsds.spec import ATTACHED, tables

HEADS = ("organization", "program", "service", "location", "service_at_location")
"""Tables whose records stand by themselves; those of the others belong to one of them."""
PERSONAL: Mapping[str, frozenset[str]] = {
    "address": frozenset({"attention"}),
    "service": frozenset({"assurer_email"}),
    "metadata": frozenset({"updated_by"}),
}
MORE = "more"
"""Under which name the fields that the standard does not know are kept with the sealed ones."""


def of_a_contact(record: Record) -> bool:
    """Say whether a record is a contact person, or says something of one."""
    values = record.values
    if record.table in ATTACHED:
        return values.get(ATTACHED[record.table][2]) == "contact"
    return record.table == "contact" or (record.table == "phone" and "contact_id" in values)


def apart(record: Record) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Take apart what a record says: for all, what the standard does not know, for who may see contacts."""
    values = {name: told for name, told in record.values.items() if name != "id"}
    if of_a_contact(record):
        links = _links(record)
        private = {name: values.pop(name) for name in list(values) if name not in links}
        return values, {}, private | ({MORE: dict(record.more)} if record.more else {})
    hidden = PERSONAL.get(record.table, frozenset())
    private = {name: values.pop(name) for name in list(values) if name in hidden}
    return values, dict(record.more), private


def together(
    table: str,
    uid: str,
    values: Mapping[str, Any],
    more: Mapping[str, Any],
    private: Mapping[str, Any],
) -> Record:
    """Put a record together again, in the order of the standard's fields."""
    told = {"id": uid, **values, **{n: v for n, v in private.items() if n != MORE}}
    ordered = {name: told[name] for name in tables()[table].fields if name in told}
    return Record(table, ordered, {**more, **private.get(MORE, {})})


def _links(record: Record) -> frozenset[str]:
    own = set(tables()[record.table].links)
    if record.table in ATTACHED:
        own |= set(ATTACHED[record.table][1:])
    return frozenset(own)


def without_persons(directory: Directory) -> Directory:
    """Leave out contact persons, what belongs to them, and the fields that name a person.

    The trace of merges goes with them: each of its rows says who decided.
    """
    gone = {
        (one.table, one.id) for one in directory if of_a_contact(one) or one.table == "metadata"
    }
    kept = {
        table: tuple(
            replace(one, values={n: v for n, v in one.values.items() if not _hides(one, n)})
            for one in some
            if (one.table, one.id) not in gone and not _hangs_on(one, gone)
        )
        for table, some in directory.records.items()
    }
    return Directory({table: some for table, some in kept.items() if some})


def _hides(record: Record, name: str) -> bool:
    return name in PERSONAL.get(record.table, frozenset())


def _hangs_on(record: Record, gone: set[tuple[str, str]]) -> bool:
    """Say whether a language is that of a contact's telephone."""
    return ("phone", str(record.values.get("phone_id", ""))) in gone


def closed_upon_itself(directory: Directory) -> Directory:
    """Leave out what points to records that are not there, until all that is left holds together.

    A link that the standard does not ask for is emptied, unless it is the only thing that says to
    what a record belongs: then the record goes.
    """
    while True:
        held = {table: {one.id for one in some} for table, some in directory.records.items()}
        kept = {
            table: tuple(told for one in some if (told := _pointing(one, held)) is not None)
            for table, some in directory.records.items()
        }
        after = Directory({table: some for table, some in kept.items() if some})
        if after == directory:
            return after
        directory = after


def _pointing(record: Record, held: Mapping[str, set[str]]) -> Record | None:
    spec = tables()[record.table]
    links = {name: table for name, table in spec.links.items() if name in record.values}
    if record.table in ATTACHED:
        _, by_id, by_table = ATTACHED[record.table]
        if str(record.values.get(by_id, "")) not in held.get(str(record.values[by_table]), ()):
            return None
    lost = [n for n, table in links.items() if str(record.values[n]) not in held.get(table, ())]
    if not lost:
        return record
    must = any(spec.fields[name].must for name in lost)
    if must or record.table == "service_at_location":
        return None
    if record.table not in HEADS and record.table not in ATTACHED and len(lost) == len(links):
        return None
    return replace(record, values={n: v for n, v in record.values.items() if n not in lost})
