"""Cards of a workshop: keyed by two people, compared, contributed; their pictures destroyed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.table import NOW, Table

from courtepointe.core.errors import BadInput, NotAllowed, NotFound, Refused
from courtepointe.core.sheets import Code, Frame, SheetPaper, checked
from courtepointe.people.access import workspace_to
from courtepointe.people.models import HistoryRow
from courtepointe.people.values import Person
from courtepointe.places.assets.actions import add_cards, keep_sheets, key_card, settle_card
from courtepointe.places.assets.models import Contribution, SheetCard
from courtepointe.places.assets.queries import card, card_picture, cards_of, sheets_of
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
    cards = [CardRead(Code(SHEET.sheet, n).spaced, b"PNG", {"class": "Un lieu"}) for n in numbers]
    assert add_cards(table.slug, sheets, cards, by=by or table.member, now=NOW) == len(numbers)
    assert add_cards(table.slug, sheets, cards, by=by or table.member, now=NOW) == 0
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
