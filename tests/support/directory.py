"""A small directory worked by hand: an organisation, its service at a place, a contact person."""

from __future__ import annotations

import json
from typing import Any

from tests.support.table import NOW, Table

from courtepointe.formats.hsds import Directory, read_json
from courtepointe.places.actions import Imported, Incoming, Writing, import_directory
from courtepointe.places.models import Entry

ORGANISATION = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"
SERVICE = "ac148810-d857-441c-9679-408f346de14b"
PLACE = "56d27e61-95fc-4a45-8a7f-05ca21b48b76"
TWICE = "7a1f9c55-3a54-4a0e-9b5e-3d8a0a4c8d11"
SECRET = "Marguerite Secrète"
SECRETS = (SECRET, "514 555-0199", "marguerite@example.org", "la directrice", "Attention Untel")


def uid(n: int) -> str:
    return f"0b148810-d857-441c-9679-408f346d{n:04d}"


def told() -> dict[str, Any]:
    """Give the directory as its JSON says it."""
    place = {
        "id": PLACE, "location_type": "physical", "name": "Centre Saint-Pierre", "latitude": 45.5,
        "longitude": -73.6, "capacity": "120 (40 free) seats @ 2026-01-15; 2 toilets",
        "addresses": [{
            "id": uid(1), "address_1": "1212, rue Panet", "city": "Montréal", "region": "Ville-Marie",
            "state_province": "QC", "postal_code": "H2L 2Y7", "country": "CA",
            "address_type": "physical", "attention": "Attention Untel",
        }],
        "phones": [{"id": uid(2), "number": "514 555-0100"}],
        "languages": [{"id": uid(3), "code": "fr"}, {"id": uid(4), "code": "iu", "name": "ᐃᓄᒃᑎᑐᑦ"}],
        "accessibility": [{"id": uid(5), "description": "wheelchair: yes"}],
        "schedules": [{"id": uid(6), "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "17:00:00"}],
        "contacts": [{
            "id": uid(7), "name": SECRET, "title": "la directrice", "email": "marguerite@example.org",
            "phones": [{"id": uid(8), "number": "514 555-0199", "languages": [{"id": uid(9), "code": "en"}]}],
        }],
    }  # fmt: skip
    service = {
        "id": SERVICE, "name": "Halte-chaleur", "status": "active",
        "organization": {"id": ORGANISATION, "name": "La Maille", "description": "Un centre – ouvert à tous"},
        "service_at_locations": [{"id": uid(10), "location": place}],
        "attributes": [{"id": uid(11), "link_id": SERVICE, "link_entity": "service", "taxonomy_term": {
            "id": uid(12), "name": "Halte", "description": "Répit de la chaleur"}}],
        "our_own_field": {"kept": True},
    }  # fmt: skip
    return {"services": [service]}


def directory(content: Any = None) -> Directory:
    """Give the directory, or another content, read."""
    read = read_json(json.dumps(content or told()).encode(), file="a.json")
    assert read.faults == ()
    return read.directory


def taken_in(table: Table, content: Any = None, **said: Any) -> Imported:
    """Have the coordinator take the directory in."""
    incoming = Incoming(**{"name": "Le fichier de la table", **said})
    return import_directory(
        table.slug, directory(content), incoming, areas=None, by=table.coordinator, now=NOW
    )


def writing(table: Table, who: str = "coordinator") -> Writing:
    return Writing(getattr(table, who), NOW)


def entry(identifier: str) -> Entry:
    return Entry.objects.get(uid=identifier)


def by_id(held: Directory) -> dict[tuple[str, str], Any]:
    return {(one.table, one.id): (dict(one.values), dict(one.more)) for one in held}
