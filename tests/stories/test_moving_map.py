"""A shaded map is explored: its pixels are those of the classes, whatever brought limits and values."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pyproj import Transformer
from tests.stories.conftest import Visitor, visiting
from tests.stories.test_access import violations

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.press.palette import PALETTES, Scheme

pytestmark = pytest.mark.story
UNITS, INDICATOR = "dissemination_area:2021", "immigrants_share"
MAP = "/fr/cartes/dissemination_area/2021/immigrants_share/"
QUARTERS = "/fr/cartes/quartier_sociologique/2014/renter_share/"
NEAR = 24
"""Of 255: an edge or a thin line may be mixed into a pixel."""


@pytest.fixture
def looker(windowed: Browser) -> Iterator[Visitor]:
    """See pixels as people's own browser draws them."""
    with visiting(windowed) as someone:
        yield someone


def explored(page: Page, address: str) -> Any:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    figure = page.locator("figure.still")
    figure.get_by_role("button", name="Explorer la carte").click()
    expect(page.locator("[data-ready]")).to_be_attached()
    return figure


def pixels(page: Page) -> np.ndarray:
    """Take the picture of the map, as a person sees it: (height, width, 3)."""
    taken = page.locator(".canvas").screenshot()
    return np.asarray(Image.open(io.BytesIO(taken)).convert("RGB"), dtype=np.int64)


def colours_around(picture: np.ndarray, x: float, y: float) -> set[tuple[int, ...]]:
    """Give the colours of a few pixels around a place."""
    some = picture[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3].reshape(-1, 3)
    return {tuple(one) for one in some.tolist()}


def close(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= NEAR


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


@pytest.mark.parametrize("dark", [False, True])
def test_every_area_has_the_colour_of_its_class(
    looker: Visitor, demo_site: str, demo_pack: Path, dark: bool
) -> None:
    page = looker.window(width=1280, height=1000, dark=dark)
    explored(page, demo_site + MAP)
    told = page.request.get(f"{demo_site}/api/v1/shades?type={UNITS}&indicator={INDICATOR}").json()
    atlas = Atlas(open_pack(demo_pack))
    table = atlas.pack.area_tables[UNITS]
    middles = np.array([shapely.maximum_inscribed_circle(s).coords[0] for s in table.shapes])
    carry = Transformer.from_crs(atlas.pack.recipe.metric_crs, "EPSG:4326", always_xy=True)
    places = np.column_stack(carry.transform(middles[:, 0], middles[:, 1])).tolist()
    at = page.evaluate(
        "(all) => all.map((one) => { const { x, y } = document.querySelector('.canvas').map.project(one); return [x, y]; })",
        places,
    )
    picture = pixels(page)
    palette = PALETTES[Scheme.DARK if dark else Scheme.LIGHT]
    steps = [rgb(colour) for colour in palette.sequential]
    lost, seen, unsure = rgb(palette.missing), 0, set(told["unsure"])
    for place, (x, y) in enumerate(at):
        found = colours_around(picture, x, y)
        number = told["class_of"][place]
        if number:
            wanted = steps[told["classes"][number - 1]["step"] - 1]
            assert any(close(one, wanted) for one in found), (told["codes"][place], wanted, found)
            if place not in unsure:
                assert all(close(one, wanted) for one in found), (told["codes"][place], found)
            others = [step for step in steps if not close(step, wanted)]
            stripes = (rgb(palette.ink), rgb(palette.paper))
            plain = [one for one in found if any(close(one, o) for o in others)]
            assert (
                place in unsure
                or not plain
                or all(any(close(one, s) for s in stripes) for one in plain)
            )
        else:
            assert any(close(one, lost) for one in found), (told["codes"][place], found)
        seen += 1
    assert seen == len(table) and {0} < set(told["class_of"])


def test_pointing_says_the_area_and_its_interval_and_a_click_opens_it(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window()
    figure = explored(page, demo_site + QUARTERS)
    canvas = page.locator(".canvas canvas")
    canvas.hover()
    expect(figure.locator("[data-said]")).to_have_text(
        re.compile(r".+\s:\s[\d,]+\s%.* \([\d,]+–[\d,]+\)")
    )
    expect(figure.locator(".samples .near")).to_have_count(1)
    canvas.click()
    page.wait_for_url(re.compile(r"/fr/territoires/quartier_sociologique/2014/Q\d\d"))


def test_it_is_moved_with_the_keyboard_read_by_everyone_and_put_back(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window(may_complain=True)
    figure = explored(page, demo_site + QUARTERS)
    assert violations(page) == []
    expect(page.locator(".canvas canvas")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(figure.locator("[data-said]")).not_to_be_empty()
    figure.get_by_role("button", name="Revenir à l’image").press("Enter")
    expect(figure.locator("svg").first).to_be_visible()
    expect(page.locator(".canvas")).to_have_count(0)
    expect(figure.get_by_role("button", name="Explorer la carte")).to_be_focused()


@pytest.mark.parametrize("lost", ["**/api/v1/shades*", "**/tiles/WebMercatorQuad/**"])
def test_the_picture_stays_where_values_or_limits_do_not_come(
    visitor: Visitor, demo_site: str, lost: str
) -> None:
    page = visitor.window(may_complain=True)
    page.route(lost, lambda route: route.abort())
    page.goto(demo_site + QUARTERS)
    figure = page.locator("figure.still")
    expect(figure.locator("svg").first).to_be_visible()
    figure.get_by_role("button", name="Explorer la carte").click()
    expect(figure.locator("[data-said]")).to_contain_text("l’image reste")
    expect(figure.locator("svg").first).to_be_visible()


def test_maps_that_are_only_still_offer_nothing_to_explore(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window()
    for question in ("?kind=change", "?kind=hexagons", "?period=2016"):
        page.goto(demo_site + MAP + question)
        expect(page.locator("[data-shades]")).to_have_count(0)
