"""Every write leaves who, when, why, before and after; an import is undone whole, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.support.table import NOW, Table

from courtepointe.core.errors import NotAllowed, NotFound, Refused
from courtepointe.people.actions import (
    change,
    create,
    create_many,
    forget_in_history,
    new_batch,
    remove,
    undo_batch,
)
from courtepointe.people.models import FiduciaryPeriod, HistoryRow, Invitation
from courtepointe.people.queries import changes_of, changes_of_thing, workspace_named
from courtepointe.people.sealed import fingerprint, seal, unseal


def fiduciary(table: Table, name: str = "Maison d’Œuvre") -> FiduciaryPeriod:
    return FiduciaryPeriod(workspace_id=table.id, name=name, since=date(2026, 1, 1))


def test_a_row_and_its_history_are_written_together(table: Table) -> None:
    row = create(fiduciary(table), by=table.coordinator, now=NOW, why="élue en juin")
    change(row, {"name": "ᐃᓄᒃ – Œuvres"}, by=table.coordinator, now=NOW + timedelta(1))
    change(row, {"name": "ᐃᓄᒃ – Œuvres"}, by=table.coordinator, now=NOW + timedelta(2))
    told = changes_of_thing(table.id, "people.fiduciaryperiod", str(row.pk))
    assert [one.verb for one in told] == ["changed", "created"], "what does not differ is not told"
    assert told[0].fields == (("name", "Maison d’Œuvre", "ᐃᓄᒃ – Œuvres"),)
    assert (told[1].by, told[1].why) == ("Ana", "élue en juin")


def test_a_row_that_cannot_be_saved_leaves_no_history(table: Table) -> None:
    before = HistoryRow.objects.count()
    row = fiduciary(table)
    row.until = date(2025, 1, 1)
    with pytest.raises(Exception, match="a_fiduciary_ends_after_it_begins"):
        create(row, by=table.coordinator, now=NOW)
    assert HistoryRow.objects.count() == before


def test_a_contact_is_sealed_in_its_table_and_in_the_history(table: Table) -> None:
    row = Invitation.objects.order_by("pk").first()
    assert row is not None
    change(row, {"label": "Bao, 514 555-0123"}, by=table.coordinator, now=NOW)
    row.refresh_from_db()
    assert row.label == "Bao, 514 555-0123"
    raw = Invitation.objects.extra(select={"raw": "label"}).get(pk=row.pk).raw  # type: ignore[attr-defined]
    line = HistoryRow.objects.filter(what="people.invitation", verb="changed").latest("pk")
    for held in (raw, str(line.before), str(line.after)):
        assert "514" not in held and "Bao" not in held
    told = changes_of_thing(table.id, "people.invitation", str(row.pk))
    assert told[0].fields == (("label", "•••", "•••"),)


def test_what_was_sealed_cannot_be_searched_and_needs_its_key(
    table: Table, settings: object
) -> None:
    with pytest.raises(Exception, match="Unsupported lookup"):
        Invitation.objects.filter(label="Bao").exists()
    sealed = seal("a@b.org")
    assert unseal(sealed) == "a@b.org" and seal("a@b.org") != sealed
    settings.CONTACT_KEYS = ["5mSeRYxw2kGbPbnBHUDnxTo1vfTAXCSvTbFsPnRtVBQ="]  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="contacts_cannot_be_read"):
        unseal(sealed)
    assert fingerprint(" A@B.org ") == fingerprint("a@b.org") != fingerprint("a@c.org")


def test_an_import_is_undone_whole(table: Table) -> None:
    kept = create(fiduciary(table, "Ancienne"), by=table.coordinator, now=NOW)
    gone = create(fiduciary(table, "Retirée"), by=table.coordinator, now=NOW)
    batch, by = new_batch(), table.coordinator
    create_many([fiduciary(table, f"n° {n}") for n in range(3)], by=by, now=NOW, batch=batch)
    change(kept, {"name": "Nouvelle", "until": date(2026, 5, 1)}, by=by, now=NOW, batch=batch)
    remove(gone, by=by, now=NOW, batch=batch)
    assert undo_batch(table.slug, batch, by=by, now=NOW, why="mauvais fichier") == 5
    assert set(FiduciaryPeriod.objects.values_list("name", "until")) == {
        ("Ancienne", None),
        ("Retirée", None),
    }
    with pytest.raises(Refused, match="batch_already_undone"):
        undo_batch(table.slug, batch, by=by, now=NOW)
    assert {one.verb for one in changes_of(table.id, batch=batch)} >= {"created", "undone"}


def test_an_import_that_somebody_wrote_on_since_stays_as_it_is(table: Table) -> None:
    batch, by = new_batch(), table.coordinator
    made = create_many([fiduciary(table, f"n° {n}") for n in range(2)], by=by, now=NOW, batch=batch)
    change(made[1], {"note": "vérifié"}, by=by, now=NOW)
    with pytest.raises(Refused, match="changed_since"):
        undo_batch(table.slug, batch, by=by, now=NOW)
    assert FiduciaryPeriod.objects.count() == 2


def test_many_rows_are_told_as_one_by_one(table: Table) -> None:
    many = [
        fiduciary(table, "Œuvre ᐃᓄᒃ \"'%s\\"),
        fiduciary(table, "n° 2"),
        fiduciary(table, "n° 3"),
    ]
    many[1].until, many[1].note = date(2026, 5, 1), "deux\nlignes"
    other = workspace_named(table.other)
    assert other is not None
    many[2].workspace_id = other.id
    held = {"by": table.coordinator, "now": NOW, "why": "d’un fichier"}
    made = create_many(many, **held, batch="lot")
    kept = list(HistoryRow.objects.filter(batch="lot").order_by("pk").values())
    for row, line in zip(made, kept, strict=True):
        row.pk = None
        row._state.adding = True
        create(row, **held, batch="un")
        alone = HistoryRow.objects.filter(batch="un").values().latest("pk")
        for other in ("id", "key", "batch"):
            assert line.pop(other) != alone.pop(other)
        assert line == alone
    assert create_many([], **held) == []


def test_of_many_rows_the_table_and_the_history_hold_one_seal(table: Table) -> None:
    def invitation(label: str, secret: str) -> Invitation:
        return Invitation(workspace_id=table.id, label=label, roles=["member"], secret=secret, made=NOW, expires=NOW)  # fmt: skip

    labels = ["Bao, 514 555-0123", "Bao, 514 555-0123", ""]
    made = create_many([invitation(label, f"{n}") for n, label in enumerate(labels)], by=table.coordinator, now=NOW)  # fmt: skip
    keys = [str(row.pk) for row in made]
    lines = HistoryRow.objects.filter(what="people.invitation", key__in=keys).order_by("pk")
    told = [line.after["label"]["sealed"] for line in lines]
    rows = Invitation.objects.extra(select={"raw": "label"}).filter(pk__in=keys).order_by("pk")
    assert [row.raw for row in rows] == told  # type: ignore[attr-defined]
    assert [row.label for row in rows] == [unseal(one) for one in told] == labels
    assert told[0] != told[1], "the same words of two people do not show as the same"
    made[0].label = "Chi"
    made[0].save()
    made[0].refresh_from_db()
    assert made[0].label == "Chi", "a seal is of its own words only"


def test_only_who_may_write_undoes_and_only_their_own(table: Table) -> None:
    batch = new_batch()
    create_many([fiduciary(table)], by=table.coordinator, now=NOW, batch=batch)
    with pytest.raises(NotAllowed):
        undo_batch(table.slug, batch, by=table.member, now=NOW)
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound, match="unknown_workspace"):
            undo_batch(table.slug, batch, by=who, now=NOW)
    with pytest.raises(NotFound, match="unknown_batch"):
        undo_batch(table.other, batch, by=table.stranger, now=NOW)


def test_what_is_destroyed_by_law_is_emptied_in_the_history_too(table: Table) -> None:
    row = create(fiduciary(table), by=table.coordinator, now=NOW, why="dit par Mme X")
    assert forget_in_history("people.fiduciaryperiod", [row.pk]) == 1
    told = changes_of_thing(table.id, "people.fiduciaryperiod", str(row.pk))
    assert told[0].fields == () and told[0].why == "" and told[0].by == "Ana"
