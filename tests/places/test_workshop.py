"""From keyed cards to contributions: squares on the ground, faults by card and field, keyed twice."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from pyproj import Geod

from courtepointe.core.errors import BadInput, Refused
from courtepointe.core.sheets import CLASSES, Code, Frame, SheetPaper, checked
from courtepointe.doors.words import sentence
from courtepointe.places.workshop import (
    FIELDS,
    Caution,
    Keyed,
    PrintedWorkshop,
    agreed,
    check_keyed,
    contributions_geojson,
    differences,
    keying_csv,
    read_keying,
    read_record,
    square_on_ground,
    write_record,
)

SHEET = Code(checked("K7QM2"))
OTHER = Code(checked("ZZZZ9"))
MADE = PrintedWorkshop(
    "quartier:2014:1", "Le Moulin", "fr", SheetPaper.A4, "map-a4-upright", Code(checked("MAP12")),
    (SHEET,), Frame(298_000.0, 5_042_000.0, 200.0, 8, 10), "EPSG:32188",
)  # fmt: skip


def card(number: int, sheet: Code = SHEET) -> str:
    return Code(sheet.sheet, number).spaced


def keyed(number: int = 1, row: int = 2, **values: str) -> Keyed:
    told = {"class": "place", "name": "Le parc", "map_cell": "C4", "visibility": "everyone"}
    return Keyed(card(number), told | values, row)


def faults(*rows: Keyed) -> list[tuple[str, str, str]]:
    found = check_keyed(rows, MADE).faults
    for one in found:
        for lang in ("fr", "en"):
            assert one.code not in sentence(one, lang=lang)
    return [(one.code, str(one.facts["card"]), str(one.facts["field"])) for one in found]


# ---------------------------------------------------------------- the ground


def test_a_square_on_the_ground_is_as_wide_as_it_says() -> None:
    square = square_on_ground(MADE, " c 4")
    assert square.name == "C4" and square.uncertainty_m == 141.4
    ring = square.ring
    assert ring[0] == ring[-1] and len(ring) == 5
    geod = Geod(ellps="GRS80")
    sides = [geod.inv(*one, *other)[2] for one, other in pairwise(ring)]
    assert sides == pytest.approx([200.0] * 4, abs=0.1)
    away = [geod.inv(square.longitude, square.latitude, *point)[2] for point in ring]
    assert max(away) == pytest.approx(square.uncertainty_m, abs=0.1)
    turned = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring))
    assert turned < 0, "GeoJSON asks for rings counter-clockwise"


def test_a_record_is_read_as_it_was_written() -> None:
    assert read_record(write_record(MADE), file="a.json") == MADE


@pytest.mark.parametrize(
    "change",
    [
        {"form": "other"}, {"map_code": "K7QM2X"}, {"map_layout": "map-a0"}, {"paper": "a5"},
        {"crs": "nowhere"}, {"frame": {"west": 0, "north": 0, "side": 1, "columns": 9, "rows": 10}},
        {"frame": None}, {"card_codes": 3},
    ],
)  # fmt: skip
def test_a_damaged_record_is_refused(change: dict[str, object]) -> None:
    told = json.loads(write_record(MADE)) | change
    with pytest.raises(BadInput) as error:
        read_record(json.dumps(told).encode(), file="a.json")
    assert error.value.code == "workshop_record" and error.value.facts["file"] == "a.json"


def test_what_is_no_record_is_refused() -> None:
    for content in (b"", b"[]", b"\xff\xfe", b"{}"):
        with pytest.raises(BadInput) as error:
            read_record(content, file="a.json")
        assert error.value.code == "workshop_record"


# ---------------------------------------------------------------- checked


def test_a_card_becomes_a_contribution() -> None:
    told = check_keyed([keyed(need="  De   l’ombre ", note="ouvert le soir")], MADE)
    (one,) = told.contributions
    assert told.faults == () and told.n_empty == 0
    assert (one.card.card, one.kind, one.name, one.need) == (1, "place", "Le parc", "De l’ombre")
    assert one.square is not None and one.square.name == "C4"
    assert one.visibility == "everyone" and one.cautions == ()


def test_words_of_either_language_are_understood() -> None:
    rows = [
        keyed(1, **{"class": "Lieu de culte", "visibility": "Notre table"}),
        keyed(2, **{"class": "place of worship", "visibility": "our table"}),
        keyed(3, **{"class": "worship", "visibility": "table"}),
    ]
    told = check_keyed(rows, MADE)
    assert {(one.kind, one.visibility) for one in told.contributions} == {("worship", "table")}
    assert len(told.contributions) == 3


def test_who_says_nothing_shows_it_to_nobody() -> None:
    (one,) = check_keyed([keyed(visibility="")], MADE).contributions
    assert one.visibility == "nobody" and Caution.NOT_SAID in one.cautions
    assert not one.may_be_shown_to("table") and not one.may_be_shown_to("everyone")


@pytest.mark.parametrize(
    ("visibility", "table", "everyone"),
    [("nobody", False, False), ("table", True, False), ("everyone", True, True)],
)
def test_who_may_be_shown_what(visibility: str, table: bool, everyone: bool) -> None:
    (one,) = check_keyed([keyed(visibility=visibility)], MADE).contributions
    assert (one.may_be_shown_to("table"), one.may_be_shown_to("everyone")) == (table, everyone)
    assert not one.may_be_shown_to("nobody")


def test_a_card_without_a_square_is_kept_and_said() -> None:
    (one,) = check_keyed([keyed(map_cell="")], MADE).contributions
    assert one.square is None and one.cautions == (Caution.NO_SQUARE,)


@pytest.mark.parametrize("note", ["514 555-0123", "marie@exemple.org", "(514) 555 0123"])
def test_what_looks_like_a_contact_is_pointed_out(note: str) -> None:
    (one,) = check_keyed([keyed(note=note)], MADE).contributions
    assert one.cautions == (Caution.CONTACT,)


def test_faults_name_card_and_field() -> None:
    assert faults(keyed(map_cell="Z9")) == [("map_square", card(1), "map_cell")]
    assert faults(keyed(name=" ")) == [("card_name", card(1), "name")]
    assert faults(keyed(**{"class": ""})) == [("card_class", card(1), "class")]
    assert faults(keyed(**{"class": "Église"})) == [("card_class", card(1), "class")]
    assert faults(keyed(visibility="tous")) == [("card_visibility", card(1), "visibility")]
    assert faults(keyed(note="x" * 601)) == [("card_too_long", card(1), "note")]
    several = faults(keyed(name="", map_cell="Z9", visibility="tous"))
    assert {field for _, _, field in several} == {"name", "map_cell", "visibility"}


def test_faulty_codes_are_told_by_row() -> None:
    wrong = SHEET.sheet[:5] + "-1" + ("0" if card(1)[-1] != "0" else "1")
    assert faults(Keyed(wrong, {"name": "a"}, 7)) == [("sheet_code_check", wrong, "code")]
    assert faults(Keyed(SHEET.spaced, {"name": "a"})) == [("card_number", SHEET.spaced, "code")]
    assert faults(Keyed(card(5), {"name": "a"})) == [("card_number", card(5), "code")]
    elsewhere = card(1, OTHER)
    assert faults(Keyed(elsewhere, {"name": "a"})) == [("card_elsewhere", elsewhere, "code")]
    assert faults(keyed(1), keyed(1, 3)) == [("card_twice", card(1), "code")]
    (error,) = check_keyed([keyed(1, 9, name="")], MADE).faults
    assert error.facts["row"] == 9


def test_a_card_left_empty_is_counted_and_is_no_fault() -> None:
    told = check_keyed([Keyed(card(1)), keyed(2)], MADE)
    assert told.n_empty == 1 and len(told.contributions) == 1 and not told.faults


# ---------------------------------------------------------------- twice


def test_two_keyings_alike_agree_but_for_spaces_and_capitals() -> None:
    first = [keyed(1, name="Le Parc de l'Anse"), keyed(2)]
    second = [keyed(2), keyed(1, name="le  parc de l’anse")]
    assert differences(first, second) == ()
    assert agreed(first, second) == tuple(first)


def test_what_differs_is_shown_side_by_side() -> None:
    first = [keyed(1, map_cell="C4"), keyed(2), keyed(3, name="Pêche")]
    second = [keyed(1, map_cell="C5"), keyed(3, name="Peche"), Keyed(card(4))]
    found = differences(first, second)
    assert [(one.card, one.field, one.first, one.second) for one in found] == [
        (card(1), "map_cell", "C4", "C5"),
        (card(2), "card", "place · Le parc · C4 · everyone", ""),
        (card(3), "name", "Pêche", "Peche"),
    ]
    with pytest.raises(Refused) as told:
        agreed(first, second)
    assert told.value.code == "keyed_differently" and told.value.facts["value"] == 3


def test_a_card_is_the_same_however_its_code_is_typed() -> None:
    first = [replace(keyed(1), code=card(1).lower().replace("-", " "))]
    assert differences(first, [keyed(1)]) == ()


# ---------------------------------------------------------------- tables and GeoJSON


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_table_is_keyed_in_a_spreadsheet_and_read_again(tmp_path: Path, lang: str) -> None:
    told = {"class": "Lieu", "name": "Le parc, « côté nord »", "map_cell": "C4", "note": "=1+1"}
    file = tmp_path / "keying.csv"
    file.write_text(keying_csv([(card(1), told), (card(2), {})], lang=lang), encoding="utf-8")
    first, second = read_keying(file)
    assert first.of("name") == told["name"] and first.of("class") == "Lieu"
    assert not first.values["note"].startswith("="), "a spreadsheet runs no formula of a card"
    assert second.is_empty and second.code == card(2)
    assert check_keyed([first, second], MADE).n_empty == 1


def test_a_table_that_lacks_a_column_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "keying.csv"
    file.write_text("fiche,nom\nK7QM2,a\n", encoding="utf-8")
    with pytest.raises(BadInput) as told:
        read_keying(file)
    assert told.value.code == "keying_columns" and "carreau" in str(told.value.facts["value"])


def test_only_what_may_be_shown_is_written_and_in_its_square() -> None:
    rows = [
        keyed(1, visibility="everyone"), keyed(2, visibility="table", map_cell=""),
        keyed(3, visibility="nobody"),
    ]  # fmt: skip
    held = check_keyed(rows, MADE).contributions
    told = {
        audience: json.loads(contributions_geojson(held, MADE, audience=audience, lang="fr"))
        for audience in ("table", "everyone")
    }
    (one,) = told["everyone"]["features"]
    assert one["geometry"]["type"] == "Polygon"
    assert one["properties"]["square"] == "C4" and one["properties"]["uncertainty_m"] == 141.4
    assert one["properties"]["class_name"] == "Lieu"
    assert [one["geometry"] is None for one in told["table"]["features"]] == [False, True]
    assert card(3) not in json.dumps(told)


def test_every_field_of_a_card_is_keyed() -> None:
    assert set(FIELDS) == {"class", "name", "map_cell", "need", "note", "visibility"}
    assert len(CLASSES) == 8
