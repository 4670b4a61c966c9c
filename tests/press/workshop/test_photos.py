"""Twenty photos of printed sheets, taken badly: cells are cut where they are, ticks read right or in doubt."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from tests.support.sheet_photos import (
    PER_MM,
    Hand,
    Shot,
    cell_named,
    fill_in,
    folder_of_shots,
    photograph,
    two_sheets,
)

from courtepointe.core.errors import BadInput
from courtepointe.core.sheets import (
    Answered,
    Code,
    Corner,
    CutCell,
    Filled,
    Layout,
    ReadSheet,
    SheetKind,
    answers_of,
    read_sheet,
)
from courtepointe.core.sheets.reading import DPI
from courtepointe.core.sheets.straighten import MM_PER_INCH, through
from courtepointe.formats.sheet_photos import read_sheet_photo
from courtepointe.press.workshop import Workshop

TOLERANCE_MM = 1.0
"""Cells are cut no farther from the truth than this."""
PICTURE_MM = 0.3
SHOTS = folder_of_shots(20)
KINDS = ("a4", "letter", "map", "letter", "a4")
Pages = dict[str, tuple[Any, Layout]]


def read(jpeg: bytes) -> ReadSheet:
    return read_sheet(read_sheet_photo(jpeg, file="photo.jpg").pixels)


def taken(pages: Pages, kind: str, shot: Shot) -> tuple[ReadSheet, Any, Any, Hand]:
    """Fill in a sheet, photograph it, read it."""
    page, layout = pages[kind]
    page, hand = page.copy(), Hand()
    if layout.kind is SheetKind.CARDS:
        hand = fill_in(page, layout, np.random.default_rng(shot.seed))
    jpeg, truth = photograph(page, layout, shot)
    return read(jpeg), truth, page, hand


def farthest_mm(found: ReadSheet, truth: Any) -> float:
    """Say how far the corners of cells are from where they truly lie."""
    points = np.vstack([one.cell.box.corners() for one in found.cells])
    back = through(np.linalg.inv(found.laid.to_px), through(truth, points))
    return float(np.hypot(*(back - points).T).max())


def shift_mm(one: CutCell, page: Any) -> float:
    """Say how far a cut picture is from the same part of the page, by what is printed on both."""
    box, per_mm = one.cell.box.inset(3.0), DPI / MM_PER_INCH
    left, top, right, bottom = (
        round(side * PER_MM) for side in (box.x, box.y, box.right, box.bottom)
    )
    part = cv2.GaussianBlur(
        cv2.cvtColor(page[top:bottom, left:right], cv2.COLOR_RGB2GRAY), (0, 0), 2
    )
    cut = cv2.GaussianBlur(cv2.cvtColor(one.pixels, cv2.COLOR_RGB2GRAY), (0, 0), 1.5)
    score = cv2.matchTemplate(cut, part, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(score)
    assert best > 0.8
    return float(np.hypot(x / per_mm - 3.0, y / per_mm - 3.0))


@pytest.mark.parametrize("place", range(len(SHOTS)))
def test_cells_are_cut_where_they_are_and_ticks_are_never_wrong(pages: Pages, place: int) -> None:
    kind, shot = KINDS[place % len(KINDS)], SHOTS[place]
    found, truth, page, hand = taken(pages, kind, shot)
    assert found.laid.layout is pages[kind][1]
    assert farthest_mm(found, truth) < TOLERANCE_MM
    assert found.laid.error_mm < TOLERANCE_MM
    for one in (found.cells[0], found.cells[-1]):
        if shot.folded is None:
            assert shift_mm(one, page) < PICTURE_MM
    ticks = [(one.cell.name, tick) for one in found.cells for tick in one.ticks]
    for name, tick in ticks:
        really = (name, tick.field, tick.option) in hand.ticked
        assert tick.filled is Filled.DOUBT or (tick.filled is Filled.FILLED) == really
    for one in found.cells:
        for wrote in one.writing:
            really = (one.cell.name, wrote.field) in hand.written
            assert wrote.filled is Filled.DOUBT or (wrote.filled is Filled.FILLED) == really
    doubts = sum(tick.filled is Filled.DOUBT for _, tick in ticks)
    assert doubts <= (3 if shot.folded else 0), "a fair photo leaves no doubt but under a fold"


def test_most_photos_give_the_code_and_an_empty_card_is_told(pages: Pages) -> None:
    found, _, _, hand = taken(pages, "a4", Shot(seed=1, turn=170))
    assert found.code is not None and [one.code for one in found.cells] == [
        Code(found.code.sheet, number) for number in (1, 2, 3, 4)
    ]
    assert [one.filled for one in found.cells] == [Filled.FILLED] * 3 + [Filled.EMPTY]
    assert found.notices == ()
    for one in found.cells[:-1]:
        for answer in answers_of(one.ticks):
            assert answer.answered is Answered.ONE
            assert (one.cell.name, answer.field, answer.option) in hand.ticked


@pytest.mark.parametrize("dpi", [100.0, 150.0, 300.0])
def test_what_is_read_does_not_hang_on_the_size_of_the_pictures(pages: Pages, dpi: float) -> None:
    page, layout = pages["a4"]
    page = page.copy()
    fill_in(page, layout, np.random.default_rng(1))
    jpeg, _ = photograph(page, layout, Shot(seed=1, turn=12, shadow=0.7))
    pixels = read_sheet_photo(jpeg, file="p.jpg").pixels
    found, usual = read_sheet(pixels, dpi=dpi), read_sheet(pixels)
    assert abs(found.pixels.shape[1] - layout.wide * dpi / MM_PER_INCH) <= 1
    for one, other in zip(found.cells, usual.cells, strict=True):
        assert [t.filled for t in one.ticks] == [t.filled for t in other.ticks]
        assert [w.filled for w in one.writing] == [w.filled for w in other.writing]
        assert abs(one.pixels.shape[0] - one.cell.box.tall * dpi / MM_PER_INCH) <= 1
    assert found.code == usual.code is not None


def test_a_code_that_is_no_code_of_ours_is_left_to_people(pages: Pages) -> None:
    page, layout = pages["a4"]
    page = page.copy()
    left, top = round(layout.qr.x * PER_MM), round(layout.qr.y * PER_MM)
    page[top + 40 : top + 110, left + 40 : left + 110] = 255
    found = read(photograph(page, layout, Shot(seed=2))[0])
    assert found.code is None and [one.code for one in found.cells] == [None] * 4
    assert [one.code for one in found.notices] == ["sheet_qr_unread"]


def test_a_map_is_cut_in_squares_of_which_nothing_is_judged(pages: Pages) -> None:
    found, _, _, _ = taken(pages, "map", Shot(seed=3, turn=-20))
    assert [one.cell.name for one in found.cells][:2] == ["A1", "B1"]
    assert {one.filled for one in found.cells} == {None}
    side = pages["map"][1].cells[0].box.wide * DPI / MM_PER_INCH
    assert all(abs(one.pixels.shape[1] - side) <= 1 for one in found.cells)


@pytest.mark.parametrize("corner", list(Corner))
def test_three_marks_are_enough_and_it_is_said(pages: Pages, corner: Corner) -> None:
    shot = Shot(seed=4, turn=8, folded=corner)
    found, truth, _, _ = taken(pages, "a4", shot)
    assert farthest_mm(found, truth) < TOLERANCE_MM
    (notice,) = [one for one in found.notices if one.code == "sheet_corner_computed"]
    assert notice.facts["corners"] == str(corner.number)


def test_a_box_under_a_fold_is_in_doubt(pages: Pages) -> None:
    page, layout = pages["a4"]
    found = read(photograph(page, layout, Shot(seed=4, turn=8, folded=Corner.LOWER_LEFT))[0])
    hidden = next(one for one in found.cells if one.cell.name == "3")
    told = {tick.option: tick.filled for tick in hidden.ticks if tick.field == "visibility"}
    assert told["nobody"] is Filled.DOUBT and told["everyone"] is Filled.EMPTY


def test_a_blurred_photo_says_so_and_guesses_nothing(pages: Pages) -> None:
    shot = Shot(seed=5, turn=5, blur=3.4, noise=2.0)
    found, truth, _, hand = taken(pages, "a4", shot)
    assert farthest_mm(found, truth) < TOLERANCE_MM
    assert "sheet_blurred" in {one.code for one in found.notices}
    sharp, _, _, _ = taken(pages, "a4", replace(shot, blur=0.4))
    assert sharp.focus.rise_mm < 0.5 < 1.1 < found.focus.rise_mm
    for one in found.cells:
        for tick in one.ticks:
            really = (one.cell.name, tick.field, tick.option) in hand.ticked
            assert tick.filled is Filled.DOUBT or (tick.filled is Filled.FILLED) == really


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        ("blackened", Filled.DOUBT),
        ("circled", Filled.DOUBT),
        ("faint", Filled.DOUBT),
        ("crossed", Filled.FILLED),
    ],
)
def test_odd_ticks_are_in_doubt(pages: Pages, draw: str, expected: Filled) -> None:
    page, layout = pages["a4"]
    page = page.copy()
    tick = cell_named(layout, "2").ticks[3]
    left, top, right, bottom = (
        round(side * PER_MM) for side in (tick.box.x, tick.box.y, tick.box.right, tick.box.bottom)
    )
    ink = (30, 30, 60)
    if draw == "blackened":
        cv2.rectangle(page, (left, top), (right, bottom), ink, -1)
    if draw == "circled":
        middle = ((left + right) // 2, (top + bottom) // 2)
        cv2.circle(page, middle, round(2.95 * PER_MM), ink, 4, cv2.LINE_AA)
    if draw == "faint":
        cv2.line(
            page, (left + 8, bottom - 8), (right - 8, top + 8), (150, 150, 150), 2, cv2.LINE_AA
        )
    if draw == "crossed":
        cv2.line(page, (left, top), (right, bottom), ink, 4, cv2.LINE_AA)
        cv2.line(page, (left, bottom), (right, top), ink, 4, cv2.LINE_AA)
    found = read(photograph(page, layout, Shot(seed=6, turn=3))[0])
    told = next(one for one in found.cells if one.cell.name == "2")
    assert told.ticks[3].filled is expected
    assert all(other.filled is Filled.EMPTY for other in told.ticks if other is not told.ticks[3])


# ---------------------------------------------------------------- answered in words


def refused(pixels: Any) -> BadInput:
    with pytest.raises(BadInput) as told:
        read_sheet(pixels)
    return told.value


def test_a_blank_photo_and_one_of_something_else_are_refused() -> None:
    assert refused(np.full((900, 1200, 3), 240, np.uint8)).code == "sheet_none_seen"
    rng = np.random.default_rng(7)
    street = cv2.GaussianBlur(rng.uniform(0, 255, (900, 1200, 3)).astype(np.uint8), (0, 0), 3)
    for _ in range(120):
        x, y = rng.integers(0, 1200), rng.integers(0, 900)
        wide, tall = rng.integers(10, 200, 2)
        colour = tuple(int(c) for c in rng.integers(0, 255, 3))
        cv2.rectangle(street, (int(x), int(y)), (int(x + wide), int(y + tall)), colour, -1)
    assert refused(street).code == "sheet_none_seen"


def test_two_sheets_in_one_photo_are_refused(pages: Pages) -> None:
    jpeg = two_sheets([pages["a4"], pages["a4"]], Shot(seed=8, turn=6))
    assert refused(read_sheet_photo(jpeg, file="p.jpg").pixels).code == "sheets_several"
    jpeg = two_sheets([pages["a4"], pages["map"]], Shot(seed=8, turn=-6))
    assert refused(read_sheet_photo(jpeg, file="p.jpg").pixels).code == "sheets_several"


def test_the_corner_of_another_sheet_does_not_hide_the_whole_one(pages: Pages) -> None:
    jpeg = two_sheets([pages["a4"], pages["letter"]], Shot(seed=8, turn=2, fill=0.9))
    pixels = read_sheet_photo(jpeg, file="p.jpg").pixels
    found = read_sheet(np.ascontiguousarray(pixels[:, : int(pixels.shape[1] * 0.6)]))
    assert found.laid.layout.code == "cards-a4"
    assert "sheet_other_marks" in {one.code for one in found.notices}


def test_a_photo_that_cuts_marks_off_names_the_corners_to_show(pages: Pages) -> None:
    page, layout = pages["a4"]
    jpeg, truth = photograph(page, layout, Shot(seed=9, turn=0, tilt=0.0))
    pixels = read_sheet_photo(jpeg, file="p.jpg").pixels
    right = int(through(truth, np.array([[layout.wide - 17.0, 20.0]]))[0, 0])
    error = refused(np.ascontiguousarray(pixels[:, :right]))
    assert error.code == "sheet_corners_unseen"
    assert error.facts["corners"] == "2, 3" and error.facts["value"] == 2
    down = int(through(truth, np.array([[20.0, layout.tall - 17.0]]))[0, 1])
    assert refused(np.ascontiguousarray(pixels[:down, :right])).facts["corners"] == "2, 3, 4"


def test_a_sheet_that_is_not_flat_is_refused(pages: Pages) -> None:
    page, layout = pages["a4"]
    jpeg, _ = photograph(page, layout, Shot(seed=10))
    pixels = read_sheet_photo(jpeg, file="p.jpg").pixels
    tall, wide = pixels.shape[:2]
    y, x = np.mgrid[0:tall, 0:wide].astype(np.float32)
    bent = y + 90 * np.sin(np.pi * x / wide) * (y / tall - 0.5)
    curled = cv2.remap(pixels, x, bent.astype(np.float32), cv2.INTER_LINEAR)
    assert refused(curled).code == "sheet_not_flat"


def test_a_sheet_slightly_curled_is_read_and_said_to_be(pages: Pages) -> None:
    page, layout = pages["a4"]
    jpeg, _ = photograph(page, layout, Shot(seed=10))
    pixels = read_sheet_photo(jpeg, file="p.jpg").pixels
    tall, wide = pixels.shape[:2]
    y, x = np.mgrid[0:tall, 0:wide].astype(np.float32)
    bent = y + 14 * np.sin(np.pi * x / wide) * (y / tall)
    curled = cv2.remap(pixels, x, bent.astype(np.float32), cv2.INTER_LINEAR)
    found = read_sheet(curled)
    assert {one.code for one in found.notices} <= {"sheet_bent", "sheet_soft"}
    assert found.laid.error_mm > 0.5


def test_the_twenty_are_many_ways_to_take_a_photo(workshop: Workshop) -> None:
    assert len(SHOTS) == 20 and len({shot.seed for shot in SHOTS}) == 20
    assert sum(abs(shot.turn) > 90 for shot in SHOTS) == 4
    assert sum(shot.folded is not None for shot in SHOTS) == 3
    assert sum(shot.shadow < 1 for shot in SHOTS) == 10
    assert {shot.table for shot in SHOTS} == {"plain", "wood", "checked"}
