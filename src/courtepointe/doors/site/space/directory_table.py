"""Organisations of a spreadsheet, from the clean rows of a brought table to the directory."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from courtepointe.doors.site.space.frame import Space
from courtepointe.formats.hsds import Directory, Record, read_json
from courtepointe.people.bringing import RowRead, key_of_row, shape, shown
from courtepointe.places.actions import Incoming, import_directory
from courtepointe.places.queries.directories import rows_held
from courtepointe.places.queries.records import organisations_by_key

SHAPE = "organisations"
REGISTER = "NEQ"
"""Numéro d'entreprise du Québec, of the province's register of enterprises."""
QUEBEC = tuple("GHJ")
"""First letters of Quebec's postal codes."""
UNTOLD = "—"
ASIDE = ("kind", "sector", "services", "hours", "languages")
"""Fields that HSDS gives no column to beside an organisation: told in its description, in words."""


def existing_organisations(space: Space) -> Mapping[tuple[str, ...], Collection[str]]:
    """Say which organisations the directory holds, by number and by name."""
    names, numbers = organisations_by_key(space.seen.id)
    return {
        ("neq",): {key_of_row({"neq": one}, ("neq",)) for one in numbers},
        ("name",): {key_of_row({"name": one}, ("name",)) for one in names},
    }


def bring_organisations(space: Space, rows: Sequence[RowRead], batch: str) -> int:
    """Take the organisations of clean rows in, each field with the file as its source."""
    names, numbers = organisations_by_key(space.seen.id)
    held = {key_of_row({"name": one}, ("name",)): uid for one, uid in names.items()}
    held |= {key_of_row({"neq": one}, ("neq",)): uid for one, uid in numbers.items()}
    told = {"organizations": [_organisation(space, row, held, batch) for row in rows]}
    read = read_json(json.dumps(told).encode(), file="organisations")
    if read.faults:
        raise read.faults[0]
    incoming = Incoming(name=shape(SHAPE).said(space.lang))
    done = import_directory(
        space.seen.slug,
        _with_what_is_told(space.seen.id, read.directory),
        incoming,
        areas=None,
        by=space.by,
        now=space.now,
        batch=batch,
    )
    return done.new + done.changed


def _with_what_is_told(workspace_id: int, directory: Directory) -> Directory:
    """Put what the directory says already where the table says nothing and HSDS wants something."""
    rows = rows_held(workspace_id, directory)

    def whole(one: Record) -> Record:
        row = rows.get((one.table, one.id))
        told = row.values if row is not None else {}
        said = {n: told.get(n, v) if v == UNTOLD else v for n, v in one.values.items()}
        return replace(one, values=said)

    return Directory({table: tuple(map(whole, some)) for table, some in directory.records.items()})


def _organisation(
    space: Space, row: RowRead, held: Mapping[str, str], batch: str
) -> dict[str, Any]:
    values = row.values
    keys = [key_of_row(values, fields) for fields in (("neq",), ("name",))]
    new = str(uuid5(NAMESPACE_URL, f"{batch}/{row.number}"))
    uid = next((held[key] for key in keys if key in held), new)
    said: dict[str, Any] = {"id": uid, "name": _text(values, "name")}
    said["description"] = _described(space, values)
    said |= {name: text for name in ("email", "website") if (text := _text(values, name))}
    if phone := _shown(space, values, "phone"):
        said["phones"] = [{"id": _part(uid, "phone"), "number": phone}]
    if number := _text(values, "neq"):
        identifier = {"identifier_type": REGISTER, "identifier": number}
        said["organization_identifiers"] = [{"id": _part(uid, REGISTER), **identifier}]
    if street := _text(values, "address"):
        said["locations"] = [_place(uid, street, _text(values, "postal_code"), said["name"])]
    return said


def _place(uid: str, street: str, postal_code: str, name: str) -> dict[str, Any]:
    address = {
        "id": _part(uid, "address"),
        "address_1": street,
        # The table has no column for these, and HSDS wants them: a dash says that nobody told.
        "city": UNTOLD,
        "state_province": "QC" if postal_code[:1].upper() in QUEBEC else UNTOLD,
        "postal_code": postal_code or UNTOLD,
        "country": "CA",
        "address_type": "physical",
    }
    place = {"id": _part(uid, "place"), "location_type": "physical", "name": name}
    return {**place, "addresses": [address]}


def _described(space: Space, values: Mapping[str, object]) -> str:
    """Say in words what has no column of its own; a dash where nothing is said: HSDS wants a description."""
    fields = shape(SHAPE).by_code
    lines = [
        f"{fields[name].said(space.lang)} – {text}"
        for name in ASIDE
        if (text := _shown(space, values, name))
    ]
    return "\n".join(lines) or UNTOLD


def _shown(space: Space, values: Mapping[str, object], name: str) -> str:
    return shown(values.get(name), shape(SHAPE).by_code[name], lang=space.lang)


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""


def _part(uid: str, name: str) -> str:
    """Give a part the same identifier each time its organisation is brought."""
    return str(uuid5(NAMESPACE_URL, f"{uid}/{name}"))
