"""Where a directory holds a person's contact: it is sealed there, so that it is opened to be looked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.db.models.functions import Length

from courtepointe.people.queries.whom import holds_contact
from courtepointe.places.models import Entry, Part, Proposal


def entries_naming(workspace_id: int, contact: str) -> frozenset[int]:
    """Give the keys of the records that hold a contact."""
    return frozenset(
        key
        for key, *_, text in _sealed(Entry, workspace_id)
        if holds_contact(_words(text), contact)
    )


def parts_naming(workspace_id: int, contact: str) -> frozenset[int]:
    """Give the keys of the details that hold a contact, and of all that tells of the same contact person."""
    rows = list(_sealed(Part, workspace_id))
    found = {_person(*row[1:4]) for row in rows if holds_contact(_words(row[4]), contact)}
    return frozenset(row[0] for row in rows if _person(*row[1:4]) in found)


def proposals_naming(workspace_id: int, contact: str) -> frozenset[int]:
    """Give the keys of the proposed values that hold a contact."""
    rows = Proposal.objects.filter(workspace_id=workspace_id).values_list("pk", "value")
    return frozenset(key for key, text in rows.iterator() if holds_contact(_words(text), contact))


def _sealed(model: type[Model], workspace_id: int) -> Iterator[tuple[Any, ...]]:
    rows = model._default_manager.filter(workspace_id=workspace_id)
    rows = rows.annotate(long=Length("private")).filter(long__gt=0)
    yield from rows.values_list("pk", "uid", "table", "values", "private").iterator()


def _person(uid: object, table: str, values: dict[str, Any]) -> str:
    """Say of which contact person a detail tells: its own number where it is of none."""
    held = uid if table == "contact" else values.get("contact_id") or values.get("link_id") or uid
    return str(held)


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
