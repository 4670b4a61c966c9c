"""A coordinator asks what holds in a heat wave, reads the answer, and moves through its hours."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import Visitor
from tests.stories.test_hubs import joined
from tests.stories.test_spaces import looked_at

pytestmark = pytest.mark.story


def test_what_holds_in_a_blackout(working_site: str, visitor: Visitor, tmp_path: Path) -> None:
    page = joined(working_site, visitor, tmp_path)
    page.get_by_role("link", name="Directory", exact=True).press("Enter")
    page.goto(page.url.rstrip("/") + "/new/location/")
    page.get_by_label("Name optional", exact=True).fill("Salle du Moulin")
    page.get_by_label("Latitude").fill("48.589")
    page.get_by_label("Longitude").fill("-72.031")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Hubs", exact=True).press("Enter")
    page.get_by_role("link", name="Studies").first.press("Enter")
    page.get_by_role("link", name="What holds when things fail?").press("Enter")
    expect(page.get_by_text("There is no hub yet")).to_be_visible()
    looked_at(page)
    page.get_by_label("Heat wave of July 2018").uncheck()
    page.get_by_label("Three days without power in winter").check()
    page.get_by_text("Beside today, option 1").press("Enter")
    page.get_by_label("What changes").first.select_option("add")
    page.get_by_label("Which place").first.select_option(label="Salle du Moulin")
    page.get_by_label("Drawings").fill("50")
    looked_at(page)
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    # Answered by a process of its own, in seconds where the machine has nothing else to do.
    expect(page.get_by_text("today’s hubs seat 0 of the")).to_be_visible(timeout=300_000)
    expect(page.get_by_text("Salle du Moulin added:")).to_be_visible()
    looked_at(page)
    page.get_by_label("Option", exact=True).select_option(label="Salle du Moulin added")
    expect(page.locator("#at-this-hour").get_by_role("row", name="Salle du Moulin")).to_be_visible()
    slider = page.get_by_label("Hour", exact=True)
    slider.press("Home")
    expect(page.locator("#hours output")).to_have_text("hour 1 of 72, day 1")
    expect(page.locator("#at-this-hour")).to_contain_text("not open yet")
    looked_at(page)
