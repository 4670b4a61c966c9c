"""What holds of all codes, and of every way a sheet may lie in a photo."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from courtepointe.core.errors import CourtepointeError
from courtepointe.core.sheets import (
    CORNERS,
    Layout,
    SheetPaper,
    card_layout,
    checked,
    layouts,
    map_layout,
    read_code,
)
from courtepointe.core.sheets.codes import SYMBOLS
from courtepointe.core.sheets.frame import Frame
from courtepointe.core.sheets.marks import Seen
from courtepointe.core.sheets.straighten import fit_homography, lay, through

bodies = st.text(st.sampled_from(SYMBOLS), min_size=5, max_size=6)
angles = st.floats(-180.0, 180.0)
tilts = st.lists(st.floats(-0.06, 0.06), min_size=8, max_size=8)


@given(bodies, st.data())
def test_every_single_wrong_symbol_is_found(body: str, data: st.DataObject) -> None:
    told = checked(body)
    place = data.draw(st.integers(0, len(told) - 1))
    other = data.draw(st.sampled_from(SYMBOLS.replace(told[place], "")))
    with pytest.raises(CourtepointeError):
        read_code(told[:place] + other + told[place + 1 :])


@given(bodies, st.data())
def test_every_two_unlike_symbols_that_changed_places_are_found(
    body: str, data: st.DataObject
) -> None:
    told = checked(body)
    first = data.draw(st.integers(0, len(told) - 2))
    second = data.draw(st.integers(first + 1, len(told) - 1))
    assume(told[first] != told[second])
    swapped = list(told)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    with pytest.raises(CourtepointeError):
        read_code("".join(swapped))


@given(bodies)
def test_what_is_checked_is_read(body: str) -> None:
    assume(len(body) == 5 or body[-1] in "123456789")
    code = read_code(checked(body))
    assert code.text == checked(body)
    assert read_code(code.spaced.lower()) == code


def posed(turn: float, tilt: list[float], wide: float, tall: float) -> np.ndarray:  # type: ignore[type-arg]
    """Give the homography of a sheet that is turned and tilted before a camera."""
    corners = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]])
    angle = math.radians(turn)
    spin = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    moved = (corners - corners.mean(axis=0)) @ spin + np.reshape(tilt, (4, 2)) * tall
    return cv2.getPerspectiveTransform(
        corners.astype(np.float32), (moved * 8 + 1500).astype(np.float32)
    ).astype(np.float64)


@given(angles, tilts)
def test_a_homography_there_and_back_is_where_one_began(turn: float, tilt: list[float]) -> None:
    truth = posed(turn, tilt, 210.0, 297.0)
    points = np.random.default_rng(3).uniform(0, 200, (12, 2))
    found = fit_homography(points, through(truth, points))
    assert np.allclose(through(np.linalg.inv(found), through(found, points)), points, atol=1e-6)
    assert np.allclose(through(found, points), through(truth, points), atol=1e-3)


@settings(max_examples=60)
@given(
    st.sampled_from(layouts()), angles, tilts,
    st.sampled_from([(0, 1, 2, 3), (1, 2, 3), (0, 2, 3), (0, 1, 3), (0, 1, 2)]),
)  # fmt: skip
def test_a_sheet_is_found_where_it_lies_by_any_three_of_its_marks(
    held: Layout, turn: float, tilt: list[float], kept: tuple[int, ...]
) -> None:
    truth = posed(turn, tilt, held.wide, held.tall)
    seen = tuple(
        Seen(held, held.marks[place], through(truth, held.marks[place].box.corners()))
        for place in kept
    )
    laid = lay(seen)
    points = np.vstack([cell.box.corners() for cell in held.cells])
    back = through(np.linalg.inv(laid.to_px), through(truth, points))
    assert np.abs(back - points).max() < 0.01
    assert laid.error_mm < 0.01
    assert [one.code for one in laid.notices] == (
        [] if len(kept) == len(CORNERS) else ["sheet_corner_computed"]
    )


@given(st.integers(0, 3), st.floats(5.0, 30.0), angles)
def test_a_mark_out_of_place_is_left_out_and_told(place: int, away: float, turn: float) -> None:
    held = card_layout(SheetPaper.A4)
    truth = posed(turn, [0.01] * 8, held.wide, held.tall)
    seen = []
    for mark in held.marks:
        shift = np.array([away, -away]) if mark.corner is CORNERS[place] else np.zeros(2)
        seen.append(Seen(held, mark, through(truth, mark.box.corners() + shift)))
    laid = lay(tuple(seen))
    (notice,) = laid.notices
    assert notice.code == "sheet_corner_aside"
    assert notice.facts["corners"] == str(place + 1)
    assert laid.error_mm < 0.01


@given(st.integers(0, 79), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_a_point_lies_in_the_square_that_names_it(place: int, east: float, south: float) -> None:
    held = map_layout(SheetPaper.A4, lies=False)
    frame = Frame(300_000.0, 5_040_000.0, 130.0, held.columns, held.rows)
    name = frame.names()[place]
    assert name == held.cells[place].name
    corner = frame.corners(name)[0]
    x, y = corner[0] + east * 130.0, corner[1] - south * 130.0
    assert frame.square_at(x, y) == name
    middle = frame.corners(name).mean(axis=0)
    assert math.hypot(x - middle[0], y - middle[1]) <= frame.uncertainty_m
