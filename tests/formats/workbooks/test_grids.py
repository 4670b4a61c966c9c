"""Where tables stand in people's sheets: titles, headers on two lines, totals, notes, several tables."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.support.people_files import xls, xlsx

from courtepointe.core.errors import BadInput
from courtepointe.formats.workbooks import Grid, find_grids, read_workbook

HEADS = ["Nom", "Téléphone", "Inscription"]
PEOPLE = [
    ["Nœud", "514 555-1234", dt.date(2025, 3, 1)],
    ["D’Or – ᐃ", "438 555-1234", dt.date(2025, 4, 2)],
]


def grids(rows, finish=None) -> tuple[Grid, ...]:  # type: ignore[no-untyped-def]
    return find_grids(read_workbook(xlsx({"Liste": rows}, finish), file="x"))


def one(rows, finish=None) -> Grid:  # type: ignore[no-untyped-def]
    (found,) = grids(rows, finish)
    return found


def csv(text: str) -> tuple[Grid, ...]:
    return find_grids(read_workbook(text.encode(), file="x.csv"))


def test_titles_above_the_header_are_told_and_rows_keep_their_numbers() -> None:
    grid = one([["Table de quartier"], ["Mise à jour", "mars 2025"], [], HEADS, *PEOPLE])
    assert grid.titles == ("Table de quartier", "Mise à jour mars 2025")
    assert grid.headings == tuple(HEADS) and grid.header_rows == (4,)
    assert grid.row_numbers == (5, 6) and grid.rows[1][0] == "D’Or – ᐃ"


def test_a_title_right_above_the_header_is_no_heading() -> None:
    def finish(book) -> None:  # type: ignore[no-untyped-def]
        book["Liste"].merge_cells("A1:C1")

    grid = one([["Bénévoles 2025", None, None], HEADS, *PEOPLE], finish)
    assert grid.titles == ("Bénévoles 2025",) and grid.headings == tuple(HEADS)


def test_blank_rows_and_columns_are_passed_over() -> None:
    rows = [[None, *HEADS[:1], None, *HEADS[1:]]]
    rows += [[None, row[0], None, *row[1:]] for row in PEOPLE]
    grid = one([rows[0], [], rows[1], [], [], rows[2]])
    assert [column.letters for column in grid.columns] == ["B", "D", "E"]
    assert grid.row_numbers == (3, 6)


def two_lines() -> list[list[object]]:
    return [
        ["Nom", "Coordonnées", None, "Inscription"],
        [None, "Téléphone", "Courriel", None],
        ["Nœud", "514 555-1234", "a@b.ca", dt.date(2025, 3, 1)],
        ["Ève", "514 555-1235", "c@d.ca", dt.date(2025, 3, 2)],
    ]


TWO_LINES = ("Nom", "Coordonnées / Téléphone", "Coordonnées / Courriel", "Inscription")


def test_a_header_on_two_lines_with_merged_cells() -> None:
    def finish(book) -> None:  # type: ignore[no-untyped-def]
        book["Liste"].merge_cells("B1:C1")
        book["Liste"].merge_cells("A1:A2")

    grid = one(two_lines(), finish)
    assert grid.headings == TWO_LINES and grid.header_rows == (1, 2) and len(grid) == 2
    old = xls({"L": two_lines()}, merged={"L": [(0, 1, 0, 2), (0, 0, 1, 0)]})
    assert find_grids(read_workbook(old, file="x.xls"))[0].headings == TWO_LINES


def test_a_header_on_two_lines_where_nothing_tells_of_merged_cells() -> None:
    assert one(two_lines()).headings == TWO_LINES
    (grid,) = csv(
        ";;Coordonnées;;Moment;\nNom;Zone;Tél.;Courriel;Jour;Soir\na;b;514 555-1234;c@d.ca;x;\n"
    )
    assert grid.headings[2:] == ("Coordonnées / Tél.", "Coordonnées / Courriel", "Moment / Jour", "Moment / Soir")  # fmt: skip


def test_a_heading_that_lacks_does_not_make_the_first_record_a_heading() -> None:
    (grid,) = csv("Nom;;Ville\nNœud;Ève;Montréal\nOr;Lou;Laval\n")
    assert grid.headings == ("Nom", "", "Ville") and len(grid) == 2


@pytest.mark.parametrize("total", ["Total", "TOTAL :", "Sous-total", "Grand total", "Nombre total de bénévoles", "Moyenne"])  # fmt: skip
def test_totals_and_notes_at_the_bottom_are_left_out_and_told(total: str) -> None:
    rows = [["Activité", "Date", "Présences"], ["Fête", dt.date(2025, 6, 1), 40], ["Forum", dt.date(2025, 7, 1), 25]]  # fmt: skip
    grid = one([*rows, [total, None, 65], [], ["* Données du 3 août"], ["Source : Ginette"]])
    assert [(n.row, n.why) for n in grid.left_out] == [(4, "total"), (6, "note"), (7, "note")]
    assert len(grid) == 2


@pytest.mark.parametrize("name", ["Total Santé", "Totem", "Somme toute"])
def test_a_record_that_begins_like_a_total_is_a_record(name: str) -> None:
    grid = one([["Nom", "Ville", "Membres"], ["Nœud", "Laval", 3], [name, "Laval", 4]])
    assert len(grid) == 2 and not grid.left_out


def test_lines_across_and_headings_said_again_are_left_out() -> None:
    def finish(book) -> None:  # type: ignore[no-untyped-def]
        book["Liste"].merge_cells("A2:C2")

    grid = one([HEADS, ["Secteur nord"], PEOPLE[0], HEADS, PEOPLE[1]], finish)
    assert [(n.row, n.why) for n in grid.left_out] == [(2, "section"), (4, "header_again")]
    assert grid.row_numbers == (3, 5)


def test_a_cell_merged_downwards_stands_for_its_rows() -> None:
    def finish(book) -> None:  # type: ignore[no-untyped-def]
        book["Liste"].merge_cells("A2:A3")

    grid = one(
        [["Organisme", "Personne", "Tél."], ["La Maille", "Ève", 1], [None, "Lou", 2]], finish
    )
    assert grid.rows == (("La Maille", "Ève", 1), ("La Maille", "Lou", 2))
    assert grid.filled_down == ((3, 0),)


def test_several_tables_of_a_sheet_are_told() -> None:
    other = [["Activités prévues"], ["Titre", "Date"], ["Fête", dt.date(2025, 6, 24)]]
    first, second = grids([HEADS, *PEOPLE, [], *other])
    assert (first.place, len(first)) == (1, 2)
    assert (second.place, second.titles, second.headings) == (2, ("Activités prévues",), ("Titre", "Date"))  # fmt: skip
    assert second.row_numbers == (7,)


def test_a_list_with_blank_rows_between_its_parts_stays_one_list() -> None:
    grid = one(
        [["Nom", "Ville"], ["Ève", "Laval"], [], ["Lou", "Brossard"], [], [], ["Zoé", "Laval"]]
    )
    assert grid.row_numbers == (2, 4, 7)


def test_tables_side_by_side_are_told_where_their_headings_repeat() -> None:
    rows = [[*HEADS, None, *HEADS], [*PEOPLE[0], None, *PEOPLE[1]], [*PEOPLE[1]]]
    left, right = grids(rows)
    assert (len(left), len(right)) == (2, 1)
    assert right.columns[0].letters == "E" and right.row_numbers == (2,)


def test_a_table_without_headings_is_told_as_such() -> None:
    (grid,) = csv("Nœud;514 555-1234;a@b.ca\nÈve;514 555-1235;c@d.ca\n")
    assert grid.header_rows == () and grid.headings == ("", "", "") and len(grid) == 2


def test_a_person_may_say_where_the_header_is() -> None:
    workbook = read_workbook(xlsx({"L": [["a", "b"], ["x", "y"], HEADS, *PEOPLE]}), file="x")
    (grid,) = find_grids(workbook, header_rows={"L": 3})
    assert grid.headings == tuple(HEADS) and grid.titles == ("a b", "x y") and len(grid) == 2
    for rows, code in (({"L": 99}, "header_row_blank"), ({"M": 1}, "unknown_sheet")):
        with pytest.raises(BadInput, match=code):
            find_grids(workbook, header_rows=rows)


def test_hidden_sheets_and_rows_are_told() -> None:
    def finish(book) -> None:  # type: ignore[no-untyped-def]
        book["Codes"].sheet_state = "hidden"
        book["Liste"].row_dimensions[3].hidden = True

    content = xlsx({"Liste": [HEADS, *PEOPLE], "Codes": [["Jour"], ["lundi"]]}, finish)
    first, second = find_grids(read_workbook(content, file="x"))
    assert first.hidden_rows == (3,) and len(first) == 2
    assert second.hidden and not first.hidden


def test_a_workbook_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(BadInput, match="table_without_header"):
        grids([])
