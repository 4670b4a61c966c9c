"""Filled forms are taken in: each once, in any order, corrected, withdrawn, and undone together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.support.contributed import ONE, TWO, a_photo, a_place, filled, telephone, with_photos
from tests.support.field_exports import instance_xml
from tests.support.table import NOW, Table, joined, person

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.people.actions import undo_batch
from courtepointe.people.models import HistoryRow
from courtepointe.people.values import Person
from courtepointe.places.assets.access import field_draft_to_take
from courtepointe.places.assets.actions import (
    Taken,
    accept,
    drop_files,
    keep_files,
    refuse,
    take_files,
    withdraw_for,
)
from courtepointe.places.assets.arriving import arrived
from courtepointe.places.assets.models import Contribution, ContributionPhoto, FieldDraft
from courtepointe.places.assets.queries import arriving, field_drafts_of
from courtepointe.places.collecting import field_form


def kept(table: Table, *files: tuple[str, bytes], code: str = "assets", by: Person | None = None) -> int:  # fmt: skip
    return keep_files(table.slug, form=code, files=files, by=by or table.coordinator, now=NOW)


def brought(table: Table, *files: tuple[str, bytes], code: str = "assets") -> Taken:
    return take_files(table.slug, kept(table, *files, code=code), by=table.coordinator, now=NOW)


def held() -> dict[str, tuple[str, str]]:
    return {row.source_key: (row.texts.get("name", ""), row.state) for row in Contribution.objects.all()}  # fmt: skip


def test_what_a_telephone_brings_waits_for_review(table: Table) -> None:
    files = (telephone("assets", a_place()),)
    found = arriving(table.id, arrived(files, "assets").found, field_form("assets"))
    assert (found.n_new, found.n_known) == (1, 0) and not Contribution.objects.exists()
    taken = brought(table, *files)
    assert (taken.n_new, taken.n_corrected) == (1, 0)
    row = Contribution.objects.get()
    assert (row.state, row.source, row.source_key, row.consent_how) == ("proposed", "phone", ONE, "phone")  # fmt: skip
    assert row.point == {"lon": -73.554, "lat": 45.5088, "accuracy_m": 6.0} and row.by_id is None
    assert not FieldDraft.objects.exists()


def test_only_who_may_write_and_only_their_own_files(table: Table) -> None:
    file = telephone("assets", a_place())
    with pytest.raises(NotAllowed):
        kept(table, file, by=table.member)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            kept(table, file, by=who)
    number = kept(table, file)
    assert b"La Maille" not in bytes(FieldDraft.objects.get().content)
    for who, error in ((table.member, NotAllowed), (table.stranger, NotFound)):
        with pytest.raises(error):
            take_files(table.slug, number, by=who, now=NOW)
    with pytest.raises(NotFound, match="unknown_draft"):
        take_files(table.other, number, by=table.stranger, now=NOW)
    assert [one.number for one in field_drafts_of(table.id, table.coordinator, now=NOW)] == [number]
    drop_files(table.slug, number, by=table.coordinator, now=NOW)
    assert not FieldDraft.objects.exists()


def test_the_same_form_twice_is_one_and_batches_come_in_any_order(table: Table) -> None:
    first = telephone("assets", a_place(), name="a.json")
    both = telephone("assets", a_place(), a_place(TWO, name="Le Nœud"), name="b.json")
    brought(table, first, both)
    assert set(held()) == {ONE, TWO}
    before = HistoryRow.objects.count()
    for files in ((first,), (both,), (both, first)):
        taken = brought(table, *files)
        assert (taken.n_new, taken.n_corrected) == (0, 0)
    assert Contribution.objects.count() == 2 and HistoryRow.objects.count() == before


def test_a_later_version_corrects_and_is_reviewed_again_and_an_older_one_changes_nothing(table: Table) -> None:  # fmt: skip
    old = telephone("assets", a_place())
    brought(table, old)
    row = Contribution.objects.get()
    accept(table.slug, row.pk, by=table.coordinator, now=NOW)
    found = arrived([("k.xml", corrected_xml())], "assets")
    assert found.faults == () and found.found.contributions[0].earlier == {ONE}
    taken = brought(table, ("k.xml", corrected_xml()))
    assert (taken.n_new, taken.n_corrected) == (0, 1)
    row.refresh_from_db()
    assert (row.texts["name"], row.state) == ("La Maille neuve", "proposed")
    assert brought(table, old).n_corrected == 0
    row.refresh_from_db()
    assert row.texts["name"] == "La Maille neuve" and Contribution.objects.count() == 1


def corrected_xml() -> bytes:
    told = {**a_place(TWO, name="La Maille neuve"), "replaces": ONE}
    return instance_xml(field_form("assets").form, told)


def test_what_was_withdrawn_does_not_come_back(table: Table) -> None:
    file = telephone("assets", a_place())
    brought(table, file)
    withdraw_for(table.slug, Contribution.objects.get().pk, by=table.coordinator, now=NOW)
    taken = brought(table, file)
    assert (taken.n_new, taken.n_corrected) == (0, 0)
    assert Contribution.objects.get().texts == {}


def test_a_form_that_is_agreed_to_no_more_withdraws_what_it_brought(table: Table) -> None:
    brought(table, telephone("assets", a_place()))
    taken = brought(table, telephone("assets", filled("assets", ONE, consent="no")))
    assert taken.n_withdrawn == 1
    row = Contribution.objects.get()
    assert row.state == "withdrawn" and row.texts == {}


def test_without_consent_nothing_is_kept(table: Table) -> None:
    files = (telephone("assets", filled("assets", ONE, consent="no")),)
    told = arriving(table.id, arrived(files, "assets").found, field_form("assets"))
    assert (told.n_new, told.n_without_consent) == (0, 1)
    assert brought(table, *files).n_new == 0 and not Contribution.objects.exists()


def test_an_import_is_undone_together_unless_somebody_wrote_on_it(table: Table) -> None:
    kept_before = brought(table, telephone("assets", a_place())).batch
    taken = brought(table, telephone("assets", a_place(name="Renommée"), a_place(TWO)))
    assert (taken.n_new, taken.n_corrected) == (1, 1)
    undo_batch(table.slug, taken.batch, by=table.coordinator, now=NOW)
    assert held() == {ONE: ("La Maille", "proposed")}
    refuse(table.slug, Contribution.objects.get().pk, why="x", by=table.coordinator, now=NOW)
    with pytest.raises(Refused, match="changed_since"):
        undo_batch(table.slug, kept_before, by=table.coordinator, now=NOW)


def test_photos_come_along_without_what_their_files_tell(table: Table) -> None:
    told = a_place(photo="17.jpg")
    broken = a_place(TWO, photo="18.jpg")
    file = with_photos("assets", told, broken, photos={"17.jpg": a_photo(), "18.jpg": b"rien"})
    found = arrived([file], "assets")
    assert [*found.photos] == ["17.jpg"] and [one.code for one in found.told] == [
        "photo_unreadable"
    ]
    taken = brought(table, file)
    held = ContributionPhoto.objects.get()
    assert (held.name, held.people_seen, held.contribution.source_key) == ("17.jpg", "unknown", ONE)
    assert b"Marque-sentinelle" not in bytes(held.picture)
    undo_batch(table.slug, taken.batch, by=table.coordinator, now=NOW)
    assert not ContributionPhoto.objects.exists() and not Contribution.objects.exists()


def test_two_photos_of_one_name_are_nobodys(table: Table) -> None:
    file = with_photos("assets", a_place(photo="1.jpg"), photos={"a/1.jpg": a_photo(), "b/1.jpg": a_photo(gps=False)})  # fmt: skip
    found = arrived([file], "assets")
    assert found.photos == {} and [one.code for one in found.told] == ["photo_named_twice"]


def test_a_walk_gives_one_contribution_for_each_stop(table: Table) -> None:
    stop = {"where": "45.5088 -73.5540 0 6", "direction": "strength", "dimension": "safety", "seen": "Bien éclairé"}  # fmt: skip
    walk = filled("walk", ONE, turns=[stop, {**stop, "seen": "Un banc"}], zone="rue A", visibility="members", walked_on="2026-05-30")  # fmt: skip
    assert brought(table, telephone("walk", walk), code="walk").n_new == 2
    assert [row.source_turn for row in Contribution.objects.order_by("source_turn")] == [1, 2]
    assert brought(table, telephone("walk", walk), code="walk").n_new == 0


def test_a_file_with_a_fault_changes_nothing(table: Table) -> None:
    file = telephone("assets", a_place(), a_place(TWO, where="95 -73 0 0"))
    number = kept(table, file)
    with pytest.raises(BadInput, match="field_faults"):
        take_files(table.slug, number, by=table.coordinator, now=NOW)
    assert not Contribution.objects.exists() and FieldDraft.objects.exists()
    for files in ((), (("photo.jpg", a_photo()),)):
        with pytest.raises(BadInput, match="nothing_arrived"):
            kept(table, *files)


def test_files_that_wait_are_seen_by_who_brought_them_and_no_colleague(table: Table) -> None:
    eli = person("Éli")
    joined(table.slug, table.coordinator, eli, "agent")
    file = telephone("assets", a_place())
    number = keep_files(table.slug, form="assets", files=[file], by=table.coordinator, now=NOW)
    assert field_draft_to_take(table.slug, number, by=table.coordinator, now=NOW).pk == number
    for by, now in ((eli, NOW), (table.coordinator, NOW + timedelta(days=2))):
        with pytest.raises(NotFound, match="unknown_draft"):
            field_draft_to_take(table.slug, number, by=by, now=now)
