"""Codes, layouts and squares of workshop sheets, by hand."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
import shapely

from courtepointe.core.errors import BadInput, CourtepointeError, NotFound
from courtepointe.core.sheets import (
    CLASSES,
    CORNERS,
    VISIBILITIES,
    Answered,
    Box,
    Code,
    Filled,
    Frame,
    Layout,
    SheetKind,
    SheetPaper,
    Tick,
    answers_of,
    card_layout,
    check_symbol,
    checked,
    frame_around,
    layout,
    layouts,
    map_layout,
    new_sheets,
    read_code,
)
from courtepointe.core.sheets.marks import MODULES, mark_modules

PRINTERS_MM = 9.9
QUIET_MM = 2.0


def refused(code: str, ask: object, *words: object) -> CourtepointeError:
    with pytest.raises(CourtepointeError) as told:
        ask(*words)  # type: ignore[operator]
    assert told.value.code == code
    return told.value


def rectangle(box: Box) -> shapely.Polygon:
    return shapely.box(box.x, box.y, box.right, box.bottom)


# ---------------------------------------------------------------- codes


def test_a_check_symbol_worked_by_hand() -> None:
    # "10": 2 x 0 + 3 x 1 = 3, and 3 + 28 = 31: the 28th symbol from 0 is X.
    assert check_symbol("10") == "X"
    assert check_symbol("0") == "0"


def test_a_code_is_read_as_people_type_it() -> None:
    sheet = checked("K7QM2")
    for typed in (sheet, sheet.lower(), f" {sheet[:3]}-{sheet[3:]} ", f"{sheet[:3]}–{sheet[3:]}"):
        assert read_code(typed) == Code(sheet)
    card = checked("K7QM24")
    assert read_code(f"{card[:5]} {card[5:]}") == Code(sheet, 4)


def test_letters_left_out_are_read_as_what_they_look_like() -> None:
    assert read_code(
        checked("01V50").replace("0", "O").replace("1", "l").replace("5", "s")
    ) == Code(checked("01V50"))


def test_a_code_is_printed_in_two_groups() -> None:
    sheet = Code(checked("K7QM2"))
    assert sheet.spaced == f"K7Q-M2{sheet.sheet[-1]}"
    card = Code(sheet.sheet, 3)
    assert card.spaced.startswith("K7QM2-3") and read_code(card.spaced) == card


def test_codes_that_are_none_are_refused() -> None:
    refused("sheet_code_symbols", read_code, "K7Q*M2")
    refused("sheet_code_length", read_code, "K7Q")
    refused("sheet_code_length", read_code, "")
    wrong = checked("K7QM2")[:-1] + ("0" if checked("K7QM2")[-1] != "0" else "1")
    assert refused("sheet_code_check", read_code, wrong).facts["value"] == wrong
    refused("sheet_code_check", read_code, checked("K7QM2A"))
    refused("sheet_code_symbols", check_symbol, "k")
    refused("sheet_code_length", check_symbol, "0" * 30)


def test_new_sheets_differ_and_are_no_number_to_a_spreadsheet() -> None:
    made = new_sheets(300, rng=np.random.default_rng(1))
    assert len({one.sheet for one in made}) == 300
    assert all(set(one.sheet[:5]) - set("0123456789E") for one in made)
    assert made == new_sheets(300, rng=np.random.default_rng(1))
    assert made != new_sheets(300, rng=np.random.default_rng(2))


# ---------------------------------------------------------------- layouts


@pytest.mark.parametrize("held", layouts(), ids=lambda one: one.code)
def test_a_layout_keeps_the_margins_of_printers_and_marks_their_quiet(held: Layout) -> None:
    page = shapely.box(PRINTERS_MM, PRINTERS_MM, held.wide - PRINTERS_MM, held.tall - PRINTERS_MM)
    parts = [mark.box for mark in held.marks] + [cell.box for cell in held.cells]
    assert all(page.contains(rectangle(box)) for box in [*parts, held.qr])
    for mark in held.marks:
        quiet = rectangle(mark.box.inset(-QUIET_MM))
        others = [cell.box for cell in held.cells] + [held.qr]
        assert not any(quiet.intersects(rectangle(box)) for box in others)


@pytest.mark.parametrize("held", layouts(), ids=lambda one: one.code)
def test_what_stands_in_a_cell_lies_in_it_and_apart(held: Layout) -> None:
    for cell in held.cells:
        inside = rectangle(cell.box)
        boxes = [tick.box for tick in cell.ticks] + [one.box for one in cell.writing]
        assert all(inside.contains(rectangle(box)) for box in boxes)
        assert not any(
            rectangle(one).intersects(rectangle(other)) for one, other in combinations(boxes, 2)
        )
        for one in cell.writing:
            assert rectangle(one.box).contains(rectangle(one.ink))
            assert one.box.tall >= 9.0
    for one, other in combinations(held.cells, 2):
        assert rectangle(one.box).intersection(rectangle(other.box)).area < 1e-6


def test_the_marks_of_all_layouts_differ_and_name_their_corner() -> None:
    ids = [mark.id for held in layouts() for mark in held.marks]
    assert len(set(ids)) == len(ids) == 4 * len(layouts())
    for held in layouts():
        assert tuple(mark.corner for mark in held.marks) == CORNERS
        assert [mark.id - 4 * held.number for mark in held.marks] == [0, 1, 2, 3]
    patterns = {mark_modules(one).tobytes() for one in ids}
    assert len(patterns) == len(ids)
    rim = mark_modules(0)
    assert rim.shape == (MODULES, MODULES) and rim[0].all() and rim[:, -1].all()


def test_a_card_asks_what_is_asked() -> None:
    for paper in (SheetPaper.A4, SheetPaper.LETTER):
        held = card_layout(paper)
        assert held.kind is SheetKind.CARDS and len(held.cells) == 4
        for cell in held.cells:
            asked = [(one.field, one.option) for one in cell.ticks]
            assert asked == [
                *(("class", code) for code in CLASSES),
                *(("visibility", code) for code in VISIBILITIES),
            ]
            assert {one.field for one in cell.writing} == {"map_cell", "name", "need", "note"}


def test_a_map_upright_has_squares_from_a1_to_h10() -> None:
    held = map_layout(SheetPaper.A4, lies=False)
    assert held.cells[0].name == "A1" and held.cells[-1].name == "H10"
    assert held.cells[0].box.wide == pytest.approx(held.cells[0].box.tall)
    assert map_layout(SheetPaper.LETTER, lies=True).lies


def test_an_unknown_layout_is_not_found() -> None:
    with pytest.raises(NotFound) as told:
        layout("map-a0")
    assert told.value.code == "unknown_sheet_layout"


# ---------------------------------------------------------------- squares


def test_squares_worked_by_hand() -> None:
    frame = Frame(west=1000.0, north=5000.0, side=200.0, columns=8, rows=10)
    assert frame.corners("A1").tolist() == [[1000, 5000], [1200, 5000], [1200, 4800], [1000, 4800]]
    assert frame.corners("c4")[0].tolist() == [1400, 4400]
    assert frame.uncertainty_m == pytest.approx(141.42, abs=0.01)
    assert frame.square_at(1401, 4399) == "C4"
    assert frame.square_at(999, 4399) is None and frame.square_at(1401, 2999) is None


@pytest.mark.parametrize("typed", ["c4", "C 4", "4C", "C-04", " c.4 "])
def test_a_square_is_read_as_people_write_it(typed: str) -> None:
    assert Frame(0, 0, 100, 8, 10).square(typed) == "C4"


@pytest.mark.parametrize("typed", ["", "C", "4", "C0", "C11", "J4", "I4", "C4D", "CC4", "C4 ou C5"])
def test_a_square_that_the_map_lacks_is_refused(typed: str) -> None:
    error = refused("map_square", Frame(0, 0, 100, 8, 10).square, typed)
    assert error.facts["expected"] == "A1 – H10"


def test_a_frame_holds_its_area_in_squares_of_a_round_side() -> None:
    held = map_layout(SheetPaper.A4, lies=False)
    made = frame_around((0.0, 0.0, 1900.0, 1000.0), held)
    assert made.side == 250.0
    assert made.west == pytest.approx(950 - 1000) and made.north == pytest.approx(500 + 1250)
    with pytest.raises(BadInput) as told:
        frame_around((0.0, 0.0, 1e6, 1e6), held)
    assert told.value.code == "map_too_large"


# ---------------------------------------------------------------- answers


def ticks(*filled: Filled) -> tuple[Tick, ...]:
    return tuple(
        Tick("visibility", option, one, 0.0)
        for option, one in zip(VISIBILITIES, filled, strict=True)
    )


E, F, D = Filled.EMPTY, Filled.FILLED, Filled.DOUBT


@pytest.mark.parametrize(
    ("filled", "answered", "option"),
    [
        ((E, E, E), Answered.NONE, None),
        ((E, F, E), Answered.ONE, "table"),
        ((F, F, E), Answered.SEVERAL, None),
        ((E, F, D), Answered.DOUBT, None),
        ((E, E, D), Answered.DOUBT, None),
    ],
)
def test_one_box_answers_and_doubt_is_never_an_answer(
    filled: tuple[Filled, ...], answered: Answered, option: str | None
) -> None:
    (answer,) = answers_of(ticks(*filled))
    assert (answer.answered, answer.option) == (answered, option)
