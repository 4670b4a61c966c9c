"""What tells whether two contact persons are one, and nothing else: their values stay sealed."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.formats.hsds import Record
from courtepointe.people.bringing.folding import key_of
from courtepointe.people.sealed import fingerprint
from courtepointe.places.private import of_a_contact

REACHED = {"contact": "email", "phone": "number"}
"""Which field of a table reaches the person."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Fingerprints of what reaches a contact person, and of their name, folded; empty where there is none."""

    contact_print: str = ""
    name_print: str = ""


def marks_of(record: Record) -> Marks:
    """Give the marks of a contact person or of their telephone; none of what is nobody's."""
    if not of_a_contact(record):
        return Marks()
    reached = str(record.values.get(REACHED.get(record.table, ""), ""))
    name = str(record.values.get("name", "")) if record.table == "contact" else ""
    return Marks(fingerprint(reached), name_mark(name))


def name_mark(name: str) -> str:
    """Give the mark of a name: case, accents and spaces do not make another."""
    return fingerprint(key_of(name))
