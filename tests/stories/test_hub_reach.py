"""A coordinator finds out who would reach a hub at a point, on the streets of the atlas."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import Visitor
from tests.stories.test_hubs import joined
from tests.stories.test_spaces import looked_at

pytestmark = pytest.mark.story


def test_who_would_reach_a_hub_at_a_point(
    table_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    page = joined(table_site, visitor, tmp_path)
    page.get_by_role("link", name="Hubs", exact=True).press("Enter")
    page.get_by_role("link", name="Who reaches one").press("Enter")
    expect(page.get_by_text("No hub counts here")).to_be_visible()
    looked_at(page)
    page.get_by_label("Or a point: latitude, longitude").fill("48.589, -72.031")
    page.keyboard.press("Enter")
    expect(page.get_by_text("With the added point, within 10 minutes: +")).to_be_visible()
    expect(page.locator("figure.map .site.added")).not_to_have_count(0)
    page.get_by_text("How it was counted").press("Enter")
    expect(page.get_by_text("Streets, paths and stairs")).to_be_visible()
    expect(page.get_by_text("does not tell where stairs are")).to_have_count(0)
    looked_at(page)
    file = page.get_by_role("link", name="This table as CSV").get_attribute("href")
    answer = page.request.get(table_site.replace("127.0.0.1", "localhost") + str(file))
    assert answer.ok
    assert answer.text().startswith("\ufeffterritory,walker,minutes,")
