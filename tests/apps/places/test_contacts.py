"""Contact persons are found again by fingerprints; what is sealed is not opened for it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.directory import SECRETS, taken_in, writing
from tests.support.table import NOW, Table

from courtepointe.people.actions import undo_batch
from courtepointe.places.actions import add_part, change_part
from courtepointe.places.marks import key_of_contact, marks_in, marks_of
from courtepointe.places.models import Entry, Part
from courtepointe.places.queries.contacts import contacts_held, contacts_twice, organisations_named


def test_marks_tell_the_same_person_however_written_and_nothing_else() -> None:
    one = marks_of({"name": "Marguerite  Œuvrard", "email": " M@Example.org "})
    assert one == marks_of({"name": "marguerite oeuvrard", "email": "m@example.ORG"})
    other = marks_of({"name": "Marguerite Auvrard", "email": "m@example.com"})
    assert one.mail != other.mail and one.name != other.name
    assert len(one.mail) == len(one.name) == 32 and len(key_of_contact({"name": "a", "email": "b"})) <= 80  # fmt: skip
    assert marks_in(key_of_contact({"email": "m@example.org"})) == marks_of({"email": "M@example.org"})  # fmt: skip
    assert key_of_contact({"title": "Accueil"}) == ""


def _organisation(table: Table) -> Entry:
    taken_in(table)
    return Entry.objects.get(table="organization")


def test_contacts_of_every_way_in_have_marks_and_keep_them_right(table: Table) -> None:
    taken = taken_in(table)
    held = Part.objects.get(table="contact")
    assert held.key and not any(secret in held.key for secret in SECRETS)
    change_part(table.slug, held.pk, {"email": "neuve@example.org"}, writing=writing(table))
    held.refresh_from_db()
    assert marks_in(held.key).mail == marks_of({"email": "neuve@example.org"}).mail
    holder = Entry.objects.get(table="organization")
    added = add_part(table.slug, holder.pk, "contact", {"name": "Ève"}, writing=writing(table))
    assert Part.objects.get(pk=added).key == key_of_contact({"name": "Ève"})
    assert taken.batch


def test_doubles_are_the_same_mail_anywhere_or_the_same_name_in_one_record(table: Table) -> None:
    holder = _organisation(table)
    place = Entry.objects.get(table="location")
    told: list[tuple[Entry, dict[str, Any]]] = [
        (holder, {"name": "Ève Roy", "email": "eve@example.org"}), (holder, {"name": "EVE ROY"}),
        (place, {"name": "Ève Roy"}), (place, {"name": "É. Roy", "email": "EVE@example.org"}),
    ]  # fmt: skip
    for at, values in told:
        add_part(table.slug, at.pk, "contact", values, writing=writing(table))
    with CaptureQueriesContext(connection) as counted:
        found = contacts_twice(holder.workspace_id)
    assert len(counted) == 1
    assert {(one.first[0], one.second[0], one.why) for one in found} == {
        (holder.pk, holder.pk, "name"), (holder.pk, place.pk, "mail"),
    }  # fmt: skip
    other = contacts_twice(-1)
    assert other == () and contacts_held(-1) == () and organisations_named(-1) == ()


def test_an_address_of_a_whole_team_is_no_double(table: Table) -> None:
    holder = _organisation(table)
    for n in range(6):
        values = {"name": f"Personne {n}", "email": "info@example.org"}
        add_part(table.slug, holder.pk, "contact", values, writing=writing(table))
    assert contacts_twice(holder.workspace_id) == ()


def test_contacts_that_were_there_before_get_their_marks(table: Table) -> None:
    taken = taken_in(table)
    right = Part.objects.get(table="contact").key
    Part.objects.filter(table="contact").update(key="")
    import_module("courtepointe.places.migrations.0002_marks_of_contacts").mark(apps, None)
    assert Part.objects.get(table="contact").key == right
    undo_batch(table.slug, taken.batch, by=table.coordinator, now=NOW)
    assert not Part.objects.exists()
