"""A directory is taken in whole and leaves whole; what a person verified is proposed, never written over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from tests.support.directory import (
    ORGANISATION,
    PLACE,
    SECRETS,
    SERVICE,
    by_id,
    directory,
    entry,
    taken_in,
    told,
    uid,
    writing,
)
from tests.support.table import NOW, Table

from courtepointe.core.errors import NotAllowed, NotFound, Refused
from courtepointe.formats.hsds import Directory, Record, read_json, write_json
from courtepointe.people.actions import undo_batch
from courtepointe.places.actions import (
    Incoming,
    change_fields,
    decide_proposal,
    import_directory,
    keep_waiting,
    take_in,
    verify,
    waiting,
)
from courtepointe.places.exports import exported
from courtepointe.places.models import Capacity, Entry, Part, Proposal, Source, Waiting

DAY = timedelta(days=1)


def test_what_was_taken_in_leaves_as_it_came(table: Table) -> None:
    done = taken_in(table)
    assert (done.new, done.changed, done.same) == (len(directory()), 0, 0)
    back = exported(table.slug, contacts=True, by=table.coordinator, now=NOW)
    assert by_id(back) == by_id(directory())
    again = taken_in(table)
    assert (again.new, again.changed, again.proposed, again.same) == (0, 0, 0, len(directory()))


def test_an_export_taken_in_by_another_workspace_gives_the_same_export(table: Table) -> None:
    taken_in(table)
    first = exported(table.slug, by=table.coordinator, now=NOW)
    read = read_json(write_json(first), file="a.json")
    assert read.faults == () and read.directory == first
    incoming = Incoming("De la table")
    import_directory(table.other, read.directory, incoming, areas=None, by=table.stranger, now=NOW)
    assert by_id(exported(table.other, by=table.stranger, now=NOW)) == by_id(first)


def test_contact_persons_are_sealed_and_leave_with_no_export_that_did_not_ask(table: Table) -> None:
    taken_in(table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM places_part UNION ALL SELECT * FROM places_part")
        held = str(cursor.fetchall())
        cursor.execute("SELECT before, after FROM people_historyrow")
        held += str(cursor.fetchall())
    export = write_json(exported(table.slug, by=table.coordinator, now=NOW)).decode()
    for secret in SECRETS:
        assert secret not in held and secret not in export
    assert uid(9) not in export, "the language of a contact's telephone goes with it"
    with pytest.raises(NotAllowed, match="role_needed"):
        exported(table.slug, contacts=True, by=table.member, now=NOW)


def test_only_who_writes_takes_in(table: Table) -> None:
    for who, refusal in (("member", NotAllowed), ("former", NotFound), ("stranger", NotFound)):
        with pytest.raises(refusal):
            by = getattr(table, who)
            import_directory(table.slug, directory(), Incoming("x"), areas=None, by=by, now=NOW)
    assert Entry.objects.count() == Part.objects.count() == Source.objects.count() == 0


def test_faults_are_told_and_nothing_is_taken_in(table: Table) -> None:
    wrong = Directory({"location": (Record("location", {"id": PLACE, "location_type": "moon"}),)})
    with pytest.raises(Refused, match="import_has_faults"):
        import_directory(
            table.slug, wrong, Incoming("x"), areas=None, by=table.coordinator, now=NOW
        )
    assert Entry.objects.count() == 0


def test_a_file_may_point_to_what_the_workspace_has(table: Table) -> None:
    taken_in(table)
    other = {"id": uid(20), "name": "B", "description": "b", "parent_organization_id": uid(99)}
    both = [other, {**other, "id": uid(21), "parent_organization_id": ORGANISATION}]
    read = read_json(write_json(Directory({"organization": tuple(Record("organization", one) for one in both)})), file="b.json")  # fmt: skip
    assert [one.code for one in read.faults] == ["hsds_link", "hsds_link"]
    with pytest.raises(Refused) as refused:
        import_directory(
            table.slug, read.directory, Incoming("x"), areas=None, by=table.coordinator, now=NOW
        )
    assert refused.value.facts["found"] == 1, "one points to nothing, here or there"


def renamed(name: str) -> dict[str, object]:
    content = told()
    content["services"][0]["organization"]["name"] = name
    return content


def test_a_field_that_a_person_verified_is_proposed_and_not_written_over(table: Table) -> None:
    taken_in(table)
    number = entry(ORGANISATION).pk
    change_fields(table.slug, number, {"name": "La Grande Maille"}, writing=writing(table))
    done = taken_in(table, renamed("Maille inc."))
    assert (done.changed, done.proposed) == (0, 1)
    assert entry(ORGANISATION).values["name"] == "La Grande Maille"
    assert taken_in(table, renamed("Maille inc.")).proposed == 0, "once is enough"
    (waits,) = Proposal.objects.filter(state="open")
    with pytest.raises(NotAllowed):
        decide_proposal(table.slug, waits.pk, taken=True, writing=writing(table, "member"))
    with pytest.raises(NotFound):
        decide_proposal(table.other, waits.pk, taken=True, writing=writing(table, "stranger"))
    decide_proposal(table.slug, waits.pk, taken=True, writing=writing(table))
    assert entry(ORGANISATION).values["name"] == "Maille inc."
    assert entry(ORGANISATION).folded == " maille inc"
    with pytest.raises(NotFound, match="unknown_proposal"):
        decide_proposal(table.slug, waits.pk, taken=False, writing=writing(table))


def test_what_is_dated_after_the_verification_is_written(table: Table) -> None:
    taken_in(table)
    verify(table.slug, entry(ORGANISATION).pk, writing=writing(table))
    for dated, written in ((date(2026, 6, 1), False), (date(2026, 6, 2), True)):
        taken_in(table, renamed("Maille inc."), dated=dated)
        assert (entry(ORGANISATION).values["name"] == "Maille inc.") is written
    source = Source.objects.get(pk=entry(ORGANISATION).sources["name"]["source"])
    assert source.dated == date(2026, 6, 2)


def test_a_field_nobody_verified_is_written_over_and_one_not_told_is_left(table: Table) -> None:
    taken_in(table)
    content = renamed("Maille inc.")
    del content["services"][0]["organization"]["description"]  # type: ignore[index]
    content["services"][0]["organization"]["description"] = "Autre"  # type: ignore[index]
    done = taken_in(table, content)
    assert done.changed == 1
    row = entry(ORGANISATION)
    assert (row.values["name"], row.values["description"]) == ("Maille inc.", "Autre")
    alone = Directory({"service": (Record("service", {"id": SERVICE, "organization_id": ORGANISATION, "name": "Halte", "status": "active"}),)})  # fmt: skip
    import_directory(
        table.slug, alone, Incoming("y"), areas=None, by=table.coordinator, now=NOW + DAY
    )
    assert entry(SERVICE).values["name"] == "Halte"
    assert entry(SERVICE).more == {"our_own_field": {"kept": True}}


def test_an_import_is_undone_whole_unless_somebody_wrote_since(table: Table) -> None:
    first = taken_in(table)
    before = by_id(exported(table.slug, contacts=True, by=table.coordinator, now=NOW))
    second = taken_in(table, renamed("Maille inc."))
    undo_batch(table.slug, second.batch, by=table.coordinator, now=NOW)
    assert by_id(exported(table.slug, contacts=True, by=table.coordinator, now=NOW)) == before
    assert entry(ORGANISATION).folded == " maille"
    verify(table.slug, entry(PLACE).pk, writing=writing(table))
    with pytest.raises(Refused, match="changed_since"):
        undo_batch(table.slug, first.batch, by=table.coordinator, now=NOW)
    assert Entry.objects.count() > 0


def test_an_import_that_nobody_touched_leaves_nothing_behind(table: Table) -> None:
    done = taken_in(table)
    assert Capacity.objects.count() == 2
    undo_batch(table.slug, done.batch, by=table.coordinator, now=NOW)
    for model in (Entry, Part, Capacity, Source, Proposal):
        assert model.objects.count() == 0, model


def test_an_import_waits_for_its_sender_for_a_day(table: Table) -> None:
    incoming = Incoming("Le fichier", "a.json", date(2026, 5, 1), "public")
    by = table.coordinator
    number = keep_waiting(table.slug, directory(), incoming, by=by, now=NOW)
    held, said = waiting(table.slug, number, by=by, now=NOW)
    assert (by_id(held), said) == (by_id(directory()), incoming)
    for who in (table.member, table.former, table.stranger):
        with pytest.raises((NotAllowed, NotFound)):
            waiting(table.slug, number, by=who, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM places_waiting")
        assert "Maille" not in str(cursor.fetchall())
    take_in(table.slug, number, areas=None, by=by, now=NOW)
    assert entry(PLACE).visibility == "public" and Waiting.objects.count() == 0
    old = keep_waiting(table.slug, directory(), incoming, by=by, now=NOW - 2 * DAY)
    keep_waiting(table.slug, directory(), incoming, by=by, now=NOW)
    with pytest.raises(NotFound, match="unknown_import"):
        take_in(table.slug, old, areas=None, by=by, now=NOW)


def test_identifiers_written_otherwise_are_the_same(table: Table) -> None:
    taken_in(table)
    shouted = Directory({"location": (Record("location", {"id": PLACE.upper(), "location_type": "physical", "name": "Centre"}),)})  # fmt: skip
    done = import_directory(
        table.slug, shouted, Incoming("x"), areas=None, by=table.coordinator, now=NOW
    )
    assert (done.new, done.changed) == (0, 1)
