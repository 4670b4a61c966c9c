"""Where a directory holds a person's contact: it is sealed there, so that it is opened to be looked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.db.models.functions import Length

from courtepointe.places.models import Entry, Part, Proposal

SHORTEST_NUMBER = 7
AREA_AND_NUMBER = 10
"""Digits of a telephone: with fewer than the first anybody would be found; those before the last ten are a country's."""


def entries_naming(workspace_id: int, contact: str) -> frozenset[int]:
    """Give the keys of the records that hold a contact."""
    return frozenset(key for key, *_, text in _sealed(Entry, workspace_id) if _holds(text, contact))


def parts_naming(workspace_id: int, contact: str) -> frozenset[int]:
    """Give the keys of the details that hold a contact, and of all that tells of the same contact person."""
    rows = list(_sealed(Part, workspace_id))
    found = {_person(*row[1:4]) for row in rows if _holds(row[4], contact)}
    return frozenset(row[0] for row in rows if _person(*row[1:4]) in found)


def proposals_naming(workspace_id: int, contact: str) -> frozenset[int]:
    """Give the keys of the proposed values that hold a contact."""
    rows = Proposal.objects.filter(workspace_id=workspace_id).values_list("pk", "value")
    return frozenset(key for key, text in rows.iterator() if _holds(text, contact))


def _sealed(model: type[Model], workspace_id: int) -> Iterator[tuple[Any, ...]]:
    rows = model._default_manager.filter(workspace_id=workspace_id)
    rows = rows.annotate(long=Length("private")).filter(long__gt=0)
    yield from rows.values_list("pk", "uid", "table", "values", "private").iterator()


def _person(uid: object, table: str, values: dict[str, Any]) -> str:
    """Say of which contact person a detail tells: its own number where it is of none."""
    held = uid if table == "contact" else values.get("contact_id") or values.get("link_id") or uid
    return str(held)


def _holds(text: str, contact: str) -> bool:
    """Say whether a sealed text holds an e-mail address, whatever the case, or a telephone, however written."""
    plain = contact.strip().casefold()
    words = list(_words(text))
    if "@" in plain:
        return any(plain in word.casefold().split() for word in words)
    number = _digits(plain)
    return len(number) >= SHORTEST_NUMBER and any(_digits(word) == number for word in words)


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdecimal())[-AREA_AND_NUMBER:]


def _words(text: str) -> Iterator[str]:
    try:
        told: Any = json.loads(text)
    except json.JSONDecodeError:
        told = text
    waiting = [told]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting.extend(one.values() if isinstance(one, dict) else one)
        elif one is not None:
            yield str(one)
