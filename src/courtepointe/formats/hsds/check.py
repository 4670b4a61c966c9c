"""Hold records to the standard: what must be filled, types, choices, identifiers, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from urllib.parse import urlsplit
from uuid import UUID

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds.spec import ATTACHED, Field, tables
from courtepointe.formats.hsds.values import Directory, Read, Record, Value

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def checked(records: Iterable[Record], *, file: str) -> Read:
    """Gather records into a directory, with all that is wrong with them.

    A record that stands twice with the same content (an organisation inside each of its services)
    is one.
    """
    held: dict[str, dict[str, Record]] = {name: {} for name in tables()}
    faults: list[BadInput] = []
    unknown: dict[tuple[str, str], None] = {}
    for record in records:
        unknown.update({(record.table, name): None for name in record.more})
        faults += _record_faults(record, file)
        before = held[record.table].get(record.id)
        if before is None or not record.id:
            held[record.table][record.id or record.where] = record
        elif (joined := _joined(before, record)) is not None:
            held[record.table][record.id] = joined
        else:
            faults.append(
                BadInput(
                    "hsds_id_repeated", file=file, row=record.where, table=record.table,
                    value=record.id, first_row=before.where,
                )
            )  # fmt: skip
    directory = Directory({name: tuple(some.values()) for name, some in held.items() if some})
    faults += _link_faults(directory, held, file)
    return Read(directory, tuple(faults), tuple(unknown))


def _joined(first: Record, second: Record) -> Record | None:
    """Join two tellings of one record; None where they contradict each other."""
    for name in first.values.keys() & second.values.keys():
        if first.values[name] != second.values[name]:
            return None
    return Record(
        first.table, {**first.values, **second.values}, {**first.more, **second.more}, first.where
    )


def _record_faults(record: Record, file: str) -> Iterator[BadInput]:
    for name, field in tables()[record.table].fields.items():
        value = record.values.get(name)
        told = {"file": file, "row": record.where, "table": record.table, "column": name}
        if value is None:
            if field.must:
                yield BadInput("hsds_lacks", **told)
        elif (expected := _expected(field, value)) is not None:
            yield BadInput("hsds_value", value=str(value)[:80], expected=expected, **told)


def _expected(field: Field, value: Value) -> str | None:
    """Say what was expected; None where the value will do."""
    if field.choices and value not in field.choices:
        return ", ".join(field.choices)
    if field.type == "number":
        return None if isinstance(value, int | float) else "12, 3.5"
    if not isinstance(value, str):
        return "“…”"
    test = TYPES.get(field.type)
    if test is None:
        return None
    try:
        good = test[0](value)
    except ValueError:
        good = False
    return None if good else test[1]


def _is_uri(value: str) -> bool:
    parts = urlsplit(value)
    return bool(parts.scheme and (parts.netloc or parts.path))


TYPES: Mapping[str, tuple[Callable[[str], object], str]] = {
    "uuid": (lambda text: UUID(text), "8-4-4-4-12: 3f7b145d-84af-42d7-8fae-eaca714b02b2"),
    "email": (MAIL.fullmatch, "nom@exemple.org"),
    "uri": (_is_uri, "https://exemple.org"),
    "date": (lambda text: date.fromisoformat(text), "2026-03-31"),
    "datetime": (lambda text: datetime.fromisoformat(text), "2026-03-31T10:30:00Z"),
    "time": (lambda text: time.fromisoformat(text) is not None, "10:30:00"),
}


def _link_faults(
    directory: Directory, held: Mapping[str, Mapping[str, Record]], file: str
) -> Iterator[BadInput]:
    """Name what points to nothing; a table that is not there at all may be elsewhere."""
    for record in directory:
        spec = tables()[record.table]
        links = {name: spec.links[name] for name in spec.links if name in record.values}
        if record.table in ATTACHED:
            _, by_id, by_table = ATTACHED[record.table]
            links[by_id] = str(record.values.get(by_table, ""))
        for name, table in links.items():
            if not held.get(table) or record.values.get(name) in held[table]:
                continue
            yield BadInput(
                "hsds_link", file=file, row=record.where, table=record.table, column=name,
                value=record.values.get(name), expected=table,
            )  # fmt: skip
