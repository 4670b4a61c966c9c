"""A coordinator moves a hub over the map, by keyboard and by hand, and reads at once who gains."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_hubs import joined
from tests.stories.test_spaces import looked_at

pytestmark = pytest.mark.story

SAID = "[data-part=said] .lead"


def shown(page: Page) -> str:
    """Give the sentence that the page says now."""
    return page.locator(SAID).inner_text()


@pytest.fixture
def page(table_site: str, visitor: Visitor, demo_sources: Path, tmp_path: Path) -> Page:
    shutil.copy(demo_sources / "network" / "rues.gpkg", tmp_path / "streets.gpkg")
    held = joined(table_site, visitor, tmp_path)
    held.get_by_role("link", name="Hubs", exact=True).press("Enter")
    held.get_by_role("link", name="Who reaches one").press("Enter")
    expect(held.get_by_text("No hub counts here")).to_be_visible()
    return held


def test_a_hub_is_placed_by_keyboard_and_by_hand(page: Page) -> None:
    # The page is loaded once: what changes is put in its place.
    page.evaluate("window.once = true")
    ground = page.get_by_role("application", name="Map of the streets")
    page.locator("[data-walk-ground]").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_contain_text("With the added point, within 10 minutes: +")
    expect(page).to_have_url(re.compile(r"[?&]point="))
    first, address = shown(page), page.url
    expect(ground.locator(".gain-over .site.added")).to_have_count(1)
    expect(ground.locator(".gain-over .walk-1")).to_have_count(1)
    expect(ground).to_be_focused()
    # The chart comes with the answer, where the page as it was loaded had none.
    chart = page.locator("[data-part=tables] svg.chart")
    expect(chart).to_have_count(1)
    expect(chart.locator("title")).to_contain_text("groups")
    looked_at(page)

    box = ground.locator("svg.map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.4)
    expect(page).not_to_have_url(address)
    expect(page.locator(SAID)).not_to_have_text(first)
    expect(page.locator(SAID)).to_contain_text("With the added point, within 10 minutes: +")
    second = shown(page)

    page.get_by_role("link", name="Keep to compare: With point A").press("Enter")
    expect(page.get_by_role("table", name="Options side by side")).to_contain_text("With point A")
    page.get_by_role("slider", name="Within").press("ArrowRight")
    expect(page.locator(SAID)).to_contain_text("within 15 minutes")
    expect(page.get_by_role("slider", name="Within")).to_have_attribute(
        "aria-valuetext", "15 minutes"
    )
    looked_at(page)
    page.go_back()
    expect(page.locator(SAID)).to_have_text(second)
    expect(page.get_by_role("slider", name="Within")).to_have_value("10")
    page.go_back()
    page.go_back()
    expect(page.locator(SAID)).to_have_text(first)
    assert page.evaluate("window.once") is True

    # The address alone says the same to whoever is given it.
    page.goto(address)
    expect(page.locator(SAID)).to_have_text(first)
    page.locator("[data-walk-ground]").focus()
    page.keyboard.press("Delete")
    expect(page.locator(SAID)).to_contain_text("Still left out")
    expect(page.locator(".gain-over .site.added")).to_have_count(0)


def test_without_script_the_button_asks_the_same(
    table_site: str, page: Page, visitor: Visitor
) -> None:
    # A key that comes before the script does nothing: a busy machine is slow to load it.
    page.wait_for_load_state("networkidle")
    page.locator("[data-walk-ground]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(SAID)).to_contain_text("With the added point")
    said, query = shown(page), page.url.partition("?")[2]
    plain = visitor.window(language="en", scripts=False)
    plain.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain.goto(page.url.partition("?")[0])
    point = re.search(r"point=([^&]+)", query)
    assert point is not None
    value = point.group(1).replace("%2C", ",").replace("+", " ")
    plain.get_by_label("Or a point: latitude, longitude").fill(value)
    plain.get_by_role("button", name="Count").press("Enter")
    expect(plain.locator(SAID)).to_have_text(said)
    expect(plain.get_by_text("Click on a street")).to_be_hidden()
