"""Contact persons are found again by fingerprints; what is sealed is not opened for it."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.support.directory import SECRETS, taken_in, uid, writing
from tests.support.table import NOW, Table

from courtepointe.formats.hsds import Record
from courtepointe.people.actions import undo_batch
from courtepointe.people.actions.privacy.retention import destroy_all_due
from courtepointe.people.queries.subjects import dossier
from courtepointe.people.queries.whom import Whom
from courtepointe.people.sealed import fingerprint
from courtepointe.places.actions import add_part, change_part
from courtepointe.places.marks import Marks, marks_of, name_mark
from courtepointe.places.models import Entry, Part
from courtepointe.places.queries.contacts import contacts_held, contacts_twice, organisations_named


def _contact(**values: str) -> Marks:
    return marks_of(Record("contact", values))  # type: ignore[arg-type]


def test_marks_tell_the_same_person_however_written_and_nothing_else() -> None:
    one = _contact(name="Marguerite  Œuvrard", email=" M@Example.org ")
    assert one == _contact(name="marguerite oeuvrard", email="m@example.ORG")
    other = _contact(name="Marguerite Auvrard", email="m@example.com")
    assert one.contact_print != other.contact_print and one.name_print != other.name_print
    assert len(one.contact_print) == len(one.name_print) == 64
    assert _contact(title="Accueil") == Marks()
    phone = {"number": "514 555-0199", "contact_id": uid(7)}
    assert marks_of(Record("phone", phone)) == Marks(fingerprint("514 555-0199"))
    assert marks_of(Record("phone", {"number": "514 555-0100"})) == Marks(), "a place is nobody"


def _organisation(table: Table) -> Entry:
    taken_in(table)
    return Entry.objects.get(table="organization")


def test_contacts_of_every_way_in_have_marks_and_keep_them_right(table: Table) -> None:
    taken_in(table)
    held = Part.objects.get(table="contact")
    assert held.contact_print == fingerprint("marguerite@example.org") and held.key == ""
    change_part(table.slug, held.pk, {"email": "neuve@example.org"}, writing=writing(table))
    held.refresh_from_db()
    assert held.contact_print == fingerprint("neuve@example.org")
    assert held.name_print == name_mark(SECRETS[0])
    holder = Entry.objects.get(table="organization")
    added = add_part(table.slug, holder.pk, "contact", {"name": "Ève"}, writing=writing(table))
    assert Part.objects.get(pk=added).name_print == name_mark("Ève")


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
    right = _marked()
    assert len(right) == 2, "the person and their telephone"
    Part.objects.update(contact_print="", name_print="")
    import_module("courtepointe.places.migrations.0002_marks_of_contacts").mark(apps, None)
    assert _marked() == right
    undo_batch(table.slug, taken.batch, by=table.coordinator, now=NOW)
    assert not Part.objects.exists()


def _marked() -> list[tuple[str, str, str]]:
    rows = Part.objects.exclude(contact_print="", name_print="").order_by("pk")
    return list(rows.values_list("table", "contact_print", "name_print"))


def test_a_contact_person_is_found_by_what_reaches_them_and_forgotten_with_their_marks(
    table: Table,
) -> None:
    taken_in(table)
    found = dossier(table.id, Whom(contact="Marguerite@example.org "), now=NOW)
    (kind,) = (one for one in found.found if one.model == "places.part")
    assert len(kind.lines) == 2, "the person and their telephone"
    assert SECRETS[0] in str(kind.lines)
    other = dossier(table.id, Whom(contact="autre@example.org"), now=NOW)
    assert "places.part" not in {one.model for one in other.found}
    Entry.objects.update(closed=NOW.date())
    destroy_all_due(now=NOW + timedelta(days=364))
    assert len(_marked()) == 2, "not before its time"
    destroy_all_due(now=NOW + timedelta(days=366))
    assert _marked() == [] and Part.objects.get(table="contact").private == ""
