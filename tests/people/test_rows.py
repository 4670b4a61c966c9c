"""All rows of a file: what is clean, every fault by its cell, what was understood otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from tests.support.people_files import xlsx

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import CellStatus, Grid, find_grids, read_workbook
from courtepointe.people.bringing import (
    Result,
    accepted,
    best_grid,
    key_of_row,
    propose_mapping,
    read_rows,
    shape,
)

VOLUNTEERS = shape("volunteers")
ORGANISATIONS = shape("organisations")
TODAY = dt.date(2026, 1, 15)
HEADS = ["Pseudo", "Cellulaire", "Consentement le", "Langues", "Adresse"]


def table(*rows: Sequence[object], heads: Sequence[str] = HEADS) -> Grid:
    titled = [["Réseau des bénévoles"], [], list(heads), *map(list, rows)]
    return find_grids(read_workbook(xlsx({"Bénévoles": titled}), file="b.xlsx"))[0]


def read(grid: Grid, **said: object) -> Result:
    matching = propose_mapping(grid, VOLUNTEERS)
    return read_rows(grid, matching, VOLUNTEERS, today=TODAY, **said)  # type: ignore[arg-type]


def test_every_fault_is_told_with_its_cell_not_only_the_first() -> None:
    result = read(
        table(
            ["Étoile", 5145551234, dt.date(2025, 3, 1), "français", "12, rue X"],
            [None, "555-1234", "hier", "frnaçais", "y"],
            ["D’Or – ᐃ", "n/d", "31 déc. 2025", None, None],
        )
    )
    assert [(f.address, f.code, f.value, f.expected, f.suggestion) for f in result.faults] == [
        ("A5", "required_missing", None, "text", ""),
        ("B5", "area_code_missing", "555-1234", "phone", ""),
        ("C5", "not_a_date", "hier", "date", ""),
        ("D5", "unknown_language", "frnaçais", "language", "français"),
    ]
    assert {(f.sheet, f.heading) for f in result.faults} >= {("Bénévoles", "Pseudo")}
    assert result.n_rows == 3 and [row.number for row in result.rows] == [4, 6]
    assert result.rows[0].values == {
        "pseudonym": "Étoile", "phone": "+15145551234", "consent_date": dt.date(2025, 3, 1), "languages": ("fr",),
    }  # fmt: skip
    assert result.rows[1].values["phone"] is CellStatus.NOT_AVAILABLE
    assert result.rows[1].values["languages"] is CellStatus.EMPTY
    assert [one.heading for one in result.unmapped] == ["Adresse"]


def test_what_was_understood_otherwise_is_told() -> None:
    result = read(table(["Étoile", 5145551234, "31 déc. 2025", "créole"]))
    assert [(u.column, u.value, u.read, u.why) for u in result.understood] == [
        ("B", 5145551234, "+15145551234", "phone_written_anew"),
        ("C", "31 déc. 2025", dt.date(2025, 12, 31), "date_in_words"),
        ("D", "créole", ("ht",), "synonym"),
    ]


def test_personal_cells_are_not_told_by_repr() -> None:
    result = read(table(["Étoile", "555-9876"], ["Ève", 5145551234]))
    assert "555-9876" not in repr(result) and "5145551234" not in repr(result)


def test_rows_with_nothing_in_any_field_are_no_rows() -> None:
    result = read(table(["Étoile", 5145551234], [None, None, None, None, "12, rue X"], ["Ève"]))
    assert (result.n_rows, result.blank_rows, result.faults) == (2, (5,), ())


def test_a_key_said_again_is_a_fault_of_the_later_row() -> None:
    result = read(table(["Étoile"], ["Ève"], ["ETOILE "], ["étoile"]))
    assert [(f.address, f.code, f.expected, f.first_row) for f in result.faults] == [
        ("A6", "repeated_key", "unique", 4), ("A7", "repeated_key", "unique", 4),
    ]  # fmt: skip
    assert [row.number for row in result.rows] == [4, 5]


def test_a_row_with_another_fault_repeats_a_clean_one_and_takes_nobody_with_it() -> None:
    result = read(table(["Étoile", "555-1234"], ["étoile"], [None, "x"]))
    assert [(f.address, f.code, f.first_row) for f in result.faults] == [
        ("A4", "repeated_key", 5), ("B4", "area_code_missing", 0),
        ("A6", "required_missing", 0), ("B6", "not_a_phone", 0),
    ]  # fmt: skip
    assert [row.number for row in result.rows] == [5], "skipping the faulty rows keeps Étoile"
    assert [row.number for row in result.faulty] == [4, 6]
    assert (
        result.faulty[0].values["pseudonym"] == "Étoile" and "phone" not in result.faulty[0].values
    )


def test_keys_of_several_fields_need_all_of_them() -> None:
    activities = shape("activities")
    assert key_of_row({"title": "Fête", "date": TODAY, "starts": CellStatus.EMPTY}, activities.keys[0]) == ""  # fmt: skip
    first = {"title": "Fête!", "date": TODAY, "starts": dt.time(9)}
    assert key_of_row(first, activities.keys[0]) == key_of_row(first | {"title": "FETE"}, activities.keys[0])  # fmt: skip
    assert key_of_row({"neq": "1143920115"}, ("neq",)) != key_of_row(
        {"neq": "1143920116"}, ("neq",)
    )


def test_what_exists_already_is_told_and_is_no_fault() -> None:
    there = {("pseudonym",): {key_of_row({"pseudonym": "ÉTOILE"}, ("pseudonym",))}}
    result = read(table(["Étoile"], ["Ève"]), existing=there)
    assert [(one.row, one.fields) for one in result.known] == [(4, ("pseudonym",))]
    assert result.is_clean and len(result.rows) == 2


def test_all_or_nothing_unless_rows_are_said_to_be_skipped() -> None:
    grid = table(["Étoile"], ["Ève", "911"], ["Lou", "x"], ["Zoé"])
    result = read(grid, existing={("pseudonym",): {"zoe"}})
    with pytest.raises(BadInput) as raised:
        accepted(result)
    assert raised.value.code == "bring_faulty_rows"
    assert (raised.value.facts["found"], raised.value.facts["row"]) == (2, 5)
    with pytest.raises(BadInput, match="bring_faulty_rows"):
        accepted(result, skip_rows={5}, known="take")
    with pytest.raises(BadInput, match="bring_known_rows"):
        accepted(result, skip_rows=result.faulty_rows)
    assert [r.number for r in accepted(result, skip_rows=(5, 6), known="take")] == [4, 7]
    assert [r.number for r in accepted(result, skip_rows=(5, 6), known="skip")] == [4]
    assert [r.number for r in accepted(result, skip_rows=(4, 5, 6, 7))] == []


def test_nothing_is_taken_where_a_required_column_lacks() -> None:
    result = read(table(["514 555-1234", TODAY], heads=["Cellulaire", "Consentement le"]))
    assert result.lacking == ("pseudonym",) and not result.is_clean
    with pytest.raises(BadInput, match="bring_lacks_column"):
        accepted(result)


def test_dates_are_read_as_their_column_or_a_person_says() -> None:
    told = read(table(["a", None, "03/04/2025"], ["b", None, "31/12/2025"]))
    assert told.rows[0].values["consent_date"] == dt.date(2025, 4, 3)
    grid = table(["a", None, "03/04/2025"], ["b", None, "05/06/2025"])
    assert [f.code for f in read(grid).faults] == ["ambiguous_date"] * 2
    matching = propose_mapping(grid, VOLUNTEERS).with_days(first=False)
    assert read_rows(grid, matching, VOLUNTEERS).rows[0].values["consent_date"] == dt.date(
        2025, 3, 4
    )


def test_dates_that_a_spreadsheet_may_have_swapped_are_a_caution() -> None:
    swapped = [["a", None, dt.date(2025, 3, day)] for day in (4, 5, 6)]
    rows = [[f"{row[0]}{n}", *row[1:]] for n, row in enumerate(swapped)]
    told = read(table(*rows, ["b", None, "31/03/2025"]))
    assert [(c.code, c.column, c.n) for c in told.cautions] == [("dates_perhaps_swapped", "C", 3)]
    whole = read(table(*rows, ["b", None, dt.date(2025, 3, 31)], ["c", None, "30/03/2025"]))
    assert not whole.cautions


def test_hidden_rows_and_merged_cells_are_cautions() -> None:
    def finish(book) -> None:  # type: ignore[no-untyped-def]
        page = book["B"]
        page.row_dimensions[3].hidden = True
        page.merge_cells("B2:B3")

    rows = [["Pseudo", "Zone"], ["Étoile", "Nord"], ["Ève", None], ["Lou", "Sud"]]
    (grid,) = find_grids(read_workbook(xlsx({"B": rows}, finish), file="b"))
    result = read(grid)
    assert {c.code: c.n for c in result.cautions} == {
        "hidden_rows_read": 1,
        "merged_cells_filled": 1,
    }
    assert result.rows[1].values["zone"] == "Nord"


def test_one_true_and_1_are_read_each_by_itself() -> None:
    activities = shape("activities")
    rows = [
        ["Titre", "Date", "Participants", "Repas"],
        ["a", TODAY, 1, True],
        ["b", TODAY, True, 1],
    ]
    (grid,) = find_grids(read_workbook(xlsx({"A": rows}), file="a"))
    result = read_rows(grid, propose_mapping(grid, activities), activities)
    assert [(f.address, f.code) for f in result.faults] == [("C3", "not_a_number")]


def test_a_matching_of_another_table_or_shape_is_refused() -> None:
    grid, other = table(["Étoile"]), table(["La Maille"], heads=["Organisme"])
    with pytest.raises(BadInput, match="matching_other_table"):
        read_rows(other, propose_mapping(grid, VOLUNTEERS), VOLUNTEERS)
    with pytest.raises(BadInput, match="matching_other_shape"):
        read_rows(grid, propose_mapping(grid, VOLUNTEERS), ORGANISATIONS)


def test_the_table_that_fits_is_chosen_and_a_person_may_choose_another() -> None:
    sheets = {
        "Mode d’emploi": [["Étape", "Quoi"], ["1", "Remplir"]],
        "Bénévoles": [HEADS, ["Étoile", 5145551234], [], ["Codes"], ["Langue", "Courriel"], ["fr", "a@b.ca"]],
        "Ancienne": [HEADS, ["Vieille"]],
    }  # fmt: skip

    def finish(book) -> None:  # type: ignore[no-untyped-def]
        book["Ancienne"].sheet_state = "hidden"

    grids = find_grids(read_workbook(xlsx(sheets, finish), file="b.xlsx"))
    assert [(g.sheet, g.place) for g in grids] == [("Mode d’emploi", 1), ("Bénévoles", 1), ("Bénévoles", 2), ("Ancienne", 1)]  # fmt: skip
    assert best_grid(grids, VOLUNTEERS) is grids[1]
    assert best_grid(grids, VOLUNTEERS, sheet="Ancienne") is grids[3]
    assert best_grid(grids, VOLUNTEERS, sheet="Bénévoles", place=2) is grids[2]
    for said, code in (({"sheet": "X"}, "unknown_sheet"), ({"place": 9}, "unknown_table"), ({"sheet": "Mode d’emploi"}, "bring_nothing_fits")):  # fmt: skip
        with pytest.raises(BadInput, match=code):
            best_grid(grids, VOLUNTEERS, **said)  # type: ignore[arg-type]
