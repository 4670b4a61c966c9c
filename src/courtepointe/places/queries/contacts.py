"""Contact persons by what tells them apart, without opening what is sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from courtepointe.places.models import Entry, Part

MOST_TWICE = 200


@dataclass(frozen=True, slots=True)
class ContactHeld:
    """A contact person of a record.

    Attributes
    ----------
    phone : str
        Identifier of the first telephone; empty where there is none.
    """

    uid: str
    holder: str
    name_print: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Twice:
    """Two contact persons who may be one: of which records, by which of ``mail``, ``name``."""

    first: tuple[int, str]
    second: tuple[int, str]
    why: str


def contacts_held(workspace_id: int) -> tuple[ContactHeld, ...]:
    """Give the contact persons of a workspace's records."""
    rows = Part.objects.filter(workspace_id=workspace_id, table="contact", holder__closed=None)
    phones = Part.objects.filter(
        workspace_id=workspace_id, table="phone", values__has_key="contact_id"
    )
    of = {
        str(values["contact_id"]): str(uid)
        for uid, values in phones.order_by("-pk").values_list("uid", "values")
    }
    return tuple(
        ContactHeld(str(uid), str(holder), name, of.get(str(uid), ""))
        for uid, holder, name in rows.order_by("pk").values_list("uid", "holder__uid", "name_print")
    )


def organisations_named(workspace_id: int) -> tuple[tuple[str, str], ...]:
    """Give every organisation of a directory that is not closed: identifier, name."""
    rows = Entry.objects.filter(workspace_id=workspace_id, table="organization", closed=None)
    return tuple(
        (str(uid), str(name or "")) for uid, name in rows.values_list("uid", "values__name")
    )


def contacts_twice(workspace_id: int) -> tuple[Twice, ...]:
    """List contact persons who may be one: the same e-mail anywhere, the same name in one record."""
    rows = list(
        Part.objects.filter(workspace_id=workspace_id, table="contact", holder__closed=None)
        .order_by("pk")
        .values_list("pk", "holder_id", "holder__values__name", "contact_print", "name_print")
    )
    held = {pk: (holder, str(name or "")) for pk, holder, name, *_ in rows}
    found = {
        pair: why
        for why in ("name", "mail")
        for group in _groups(why, rows)
        for pair in combinations(group, 2)
    }
    pairs = sorted(found.items())[:MOST_TWICE]
    return tuple(Twice(held[first], held[second], why) for (first, second), why in pairs)


def _groups(why: str, rows: Iterable[tuple[int, int | None, str, str, str]]) -> Iterable[list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for pk, holder, _, mail, name in rows:
        if why == "mail" and mail:
            groups[mail].append(pk)
        elif why == "name" and name:
            groups[holder, name].append(pk)
    # One e-mail of a whole team says little of who is who: beyond a few it is nobody's own.
    return [group for group in groups.values() if 2 <= len(group) <= 5]
