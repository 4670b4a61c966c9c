"""What tells whether two contact persons are one, and nothing else: their values stay sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from courtepointe.people.bringing.folding import key_of
from courtepointe.people.sealed import fingerprint

LENGTH = 32
"""Hexadecimal digits kept of each fingerprint: 128 bits, of which two fit in a key."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Fingerprints of a contact's e-mail and of their name, folded; empty where there is none."""

    mail: str = ""
    name: str = ""


def marks_of(values: Mapping[str, Any]) -> Marks:
    """Give the marks of a contact person, from the fields of HSDS."""
    mail, name = str(values.get("email") or ""), str(values.get("name") or "")
    return Marks(fingerprint(mail)[:LENGTH], fingerprint(key_of(name))[:LENGTH])


def key_of_contact(values: Mapping[str, Any]) -> str:
    """Write the marks of a contact as a detail's key holds them; empty where there is none."""
    marks = marks_of(values)
    return f"{marks.mail}:{marks.name}" if marks != Marks() else ""


def marks_in(key: str) -> Marks:
    """Read the marks that a detail's key holds."""
    mail, _, name = key.partition(":")
    return Marks(mail, name)
