"""Cards of a workshop: keyed by two people, compared, contributed; their pictures destroyed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.core.sheets import Code, Frame, SheetPaper, checked
from courtepointe.people.access import workspace_to
from courtepointe.people.actions import destroy_all_due
from courtepointe.people.models import Destruction, HistoryRow
from courtepointe.people.values import Person, WorkspaceSeen
from courtepointe.places.assets.actions import (
    CardsAdded,
    add_cards,
    drop_card,
    hand_in,
    keep_sheets,
    keep_typed,
    key_card,
    settle_card,
)
from courtepointe.places.assets.models import CardDraft, Contribution, SheetCard
from courtepointe.places.assets.queries import (
    card,
    card_picture,
    cards_of,
    cards_to_key,
    sheets_of,
)
from courtepointe.places.assets.sheets import CardRead
from courtepointe.places.workshop import PrintedWorkshop

SHEET = Code(checked("K7QM2"))
MADE = PrintedWorkshop(
    "quartier:2014:1", "Le Moulin", "fr", SheetPaper.A4, "map-a4-upright", Code(checked("MAP12")),
    (SHEET,), Frame(298_000.0, 5_042_000.0, 200.0, 8, 10), "EPSG:32188",
)  # fmt: skip
KEYED = {"class": "place", "name": "Le parc", "map_cell": "C4", "need": "de l’ombre", "visibility": "table"}  # fmt: skip


def cut(table: Table, *numbers: int, by: Person | None = None) -> list[int]:
    sheets = keep_sheets(table.slug, MADE, by=table.coordinator, now=NOW)
    cards = [CardRead(Code(SHEET.sheet, n).spaced, b"PNG", {"class": "place"}) for n in numbers]
    assert add_cards(table.slug, sheets, cards, by=by or table.member, now=NOW) == CardsAdded(len(numbers), 0, 0)  # fmt: skip
    return list(SheetCard.objects.order_by("code").values_list("pk", flat=True))


def key(table: Table, number: int, by: Person, **more: Any) -> str:
    return key_card(table.slug, number, {**KEYED, **more}, by=by, now=NOW)


def test_two_people_who_key_alike_contribute_and_nothing_is_kept_twice(table: Table) -> None:
    (number,) = cut(table, 1)
    assert key(table, number, table.member) == "once"
    seat = workspace_to("read", table.slug, by=table.coordinator, now=NOW)
    held = card(seat, number, table.coordinator)
    assert (held.state, held.is_mine, held.first) == ("once", False, {}), "the second sees nothing"
    with pytest.raises(Refused, match="keyed_by_you"):
        key(table, number, table.member)
    assert key(table, number, table.coordinator, name="le PARC") == "done"
    row = Contribution.objects.get()
    assert (row.source, row.source_key, row.consent_how, row.visibility) == ("workshop", Code(SHEET.sheet, 1).text, "paper", "workspace")  # fmt: skip
    assert row.category == ["place"] and row.texts == {"name": "le PARC", "needs": "de l’ombre"}
    assert row.point["accuracy_m"] == pytest.approx(141.4, abs=0.1) and row.by_id is None
    left = SheetCard.objects.get()
    assert left.is_done and left.picture is None and left.first is None
    lines = HistoryRow.objects.filter(what="assets.sheetcard")
    assert all(line.before == {} == line.after for line in lines)
    with pytest.raises(NotFound, match="unknown_sheets"):
        card_picture(seat, number)
    assert [(one.n_cards, one.n_done) for one in sheets_of(seat)] == [(1, 1)]


def test_what_differs_is_settled_by_a_reviewer(table: Table) -> None:
    (number,) = cut(table, 1)
    key(table, number, table.member)
    with pytest.raises(Refused, match="keyed_once_only"):
        settle_card(table.slug, number, KEYED, by=table.coordinator, now=NOW)
    assert key(table, number, table.coordinator, map_cell="D4") == "differs"
    assert not Contribution.objects.exists()
    with pytest.raises(Refused, match="keyed_twice_already"):
        key(table, number, table.coordinator)
    with pytest.raises(NotAllowed):
        settle_card(table.slug, number, KEYED, by=table.member, now=NOW)
    settle_card(table.slug, number, KEYED, by=table.coordinator, now=NOW)
    assert Contribution.objects.get().state == "proposed"


def test_a_skill_loses_its_square_and_a_fragile_place_is_a_note(table: Table) -> None:
    one, two = cut(table, 1, 2)
    for who in (table.member, table.coordinator):
        key(table, one, who, **{"class": "knowledge"}, name="tricoter", visibility="nobody")
        key(table, two, who, **{"class": "vulnerable_place"}, name="L’arrêt sans ombre")
    skill, note = Contribution.objects.order_by("kind")
    assert skill.is_person and skill.point is None and skill.texts["skill"] == "tricoter"
    assert skill.visibility == "reviewers"
    assert note.kind == "vulnerability" and note.texts["seen"] == "L’arrêt sans ombre"


def test_a_card_that_cannot_be_is_refused_by_its_field(table: Table) -> None:
    (number,) = cut(table, 1)
    for more, code in (({"map_cell": "Z99"}, "map_square"), ({"class": "château"}, "card_class"), ({"name": ""}, "card_name")):  # fmt: skip
        with pytest.raises(BadInput, match=code):
            key(table, number, table.member, **more)
    with pytest.raises(BadInput, match="contribution_says_nothing"):
        key_card(table.slug, number, {}, by=table.member, now=NOW)


def test_who_prints_brings_and_keys(table: Table) -> None:
    (number,) = cut(table, 1)
    with pytest.raises(NotAllowed):
        keep_sheets(table.slug, MADE, by=table.member, now=NOW)
    for who in (table.former, table.stranger):
        for act in (
            lambda who=who: keep_sheets(table.slug, MADE, by=who, now=NOW),
            lambda who=who: key(table, number, who),
        ):
            with pytest.raises(NotFound, match="unknown_workspace"):
                act()
    with pytest.raises(NotFound, match="unknown_sheets"):
        key_card(table.other, number, KEYED, by=table.stranger, now=NOW)
    theirs = workspace_to("read", table.other, by=table.stranger, now=NOW)
    assert sheets_of(theirs) == () and cards_of(theirs, SheetCard.objects.get().sheets_id, table.stranger) == ()  # fmt: skip


def seat(table: Table, who: Person) -> WorkspaceSeen:
    return workspace_to("read", table.slug, by=who, now=NOW)


def sheets_number() -> int:
    return SheetCard.objects.values_list("sheets_id", flat=True)[0]


def test_a_photograph_taken_again_replaces_what_nobody_keyed(table: Table) -> None:
    one, two = cut(table, 1, 2)
    key(table, two, table.member)
    again = [CardRead(Code(SHEET.sheet, n).spaced, b"SHARPER", {}) for n in (1, 2, 3)]
    told = add_cards(table.slug, sheets_number(), again, by=table.member, now=NOW)
    assert told == CardsAdded(new=1, again=1, known=1)
    assert card_picture(seat(table, table.member), one) == b"SHARPER"
    assert card_picture(seat(table, table.member), two) == b"PNG", "somebody read it already"


def test_what_is_typed_is_kept_for_its_person_alone_until_it_is_handed_in(table: Table) -> None:
    one, two = cut(table, 1, 2)
    sheets = sheets_number()
    began = {"class": "Shop", "name": "Le dépan", "note": ""}
    assert keep_typed(table.slug, sheets, {one: began, two: {"class": "place"}}, by=table.member, now=NOW) == 1  # fmt: skip
    mine, other = (cards_to_key(seat(table, who), sheets, who) for who in (table.member, table.coordinator))  # fmt: skip
    assert mine[0].begun["class"] == "shop" and mine[0].begun["name"] == "Le dépan"
    assert mine[1].begun == {}, "what the boxes said is no draft"
    assert [one.begun for one in other] == [{}, {}]
    assert not HistoryRow.objects.filter(what="assets.carddraft").exists()
    for who in (table.former, table.stranger):
        with pytest.raises(NotFound):
            keep_typed(table.slug, sheets, {one: began}, by=who, now=NOW)
    assert keep_typed(table.slug, sheets, {one: {}}, by=table.member, now=NOW) == 0
    assert not CardDraft.objects.exists(), "emptied by hand"


def test_cards_are_handed_in_together_and_a_fault_stops_no_other(table: Table) -> None:
    one, two, three = cut(table, 1, 2, 3)
    sheets = sheets_number()
    typed = {one: {**KEYED}, two: {**KEYED, "map_cell": "Z99"}, three: {"class": "place"}}
    done = hand_in(table.slug, sheets, typed, by=table.member, now=NOW)
    assert done.keyed == {one: "once"} and [*done.faults] == [two]
    assert (done.faults[two].code, done.faults[two].facts["field"]) == ("map_square", "map_cell")
    assert CardDraft.objects.get().card_id == two and CardDraft.objects.get().values["map_cell"] == "Z99"  # fmt: skip
    left = cards_to_key(seat(table, table.member), sheets, table.member)
    assert [card.number for card in left] == [two, three], "the first waits for somebody else"
    theirs = {one: {**KEYED, "class": "Lieu", "visibility": "notre table"}, 10**9: {**KEYED}}
    again = hand_in(table.slug, sheets, theirs, by=table.coordinator, now=NOW)
    assert again.keyed == {one: "done"} and again.faults[10**9].code == "unknown_sheets"
    (line,) = Destruction.objects.all()
    assert (line.rule, line.what, line.then, line.count) == ("card_over", "assets.sheetcard", "emptied", 1)  # fmt: skip
    assert Contribution.objects.get().visibility == "workspace"


def test_a_card_with_nothing_to_key_is_set_aside_by_a_reviewer(table: Table) -> None:
    (number,) = cut(table, 1)
    keep_typed(table.slug, sheets_number(), {number: KEYED}, by=table.member, now=NOW)
    with pytest.raises(NotAllowed):
        drop_card(table.slug, number, by=table.member, now=NOW)
    drop_card(table.slug, number, by=table.coordinator, now=NOW)
    left = SheetCard.objects.get()
    assert left.is_done and left.picture is None and not Contribution.objects.exists()
    assert not CardDraft.objects.exists() and Destruction.objects.get().count == 1


def test_what_nobody_finished_keying_ends_after_ninety_days(table: Table) -> None:
    one, two = cut(table, 1, 2)
    for who in (table.member, table.coordinator):
        key(table, one, who)
    keep_typed(table.slug, sheets_number(), {two: KEYED}, by=table.member, now=NOW)
    destroy_all_due(now=NOW + timedelta(days=29))
    assert CardDraft.objects.count() == 1
    destroy_all_due(now=NOW + timedelta(days=31))
    assert not CardDraft.objects.exists() and SheetCard.objects.count() == 2
    destroy_all_due(now=NOW + timedelta(days=91))
    assert SheetCard.objects.get().pk == one, "that it was keyed is known for a year"
    line = Destruction.objects.order_by("-pk")[0]
    assert (line.rule, line.then, line.count) == ("card_over", "destroyed", 1)
    destroy_all_due(now=NOW + timedelta(days=366))
    assert not SheetCard.objects.exists() and Contribution.objects.count() == 1
