"""A coordinator begins a portrait, chooses indicators, takes the atlas's figures and reads the profile, at the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_hubs import joined
from tests.stories.test_spaces import looked_at

pytestmark = pytest.mark.story
HEALTH = ("People aged 85 and over", "People who live alone", "Households in a dwelling too small")


def begun(page: Page) -> None:
    """Name a territory of the atlas and begin its portrait."""
    page.get_by_role("link", name="Settings", exact=True).press("Enter")
    page.get_by_label("Area", exact=True).fill("Rivière-aux-Retailles")
    page.get_by_role("button", name="Add this territory").press("Enter")
    page.get_by_role("link", name="Resilience", exact=True).press("Enter")
    looked_at(page)
    page.get_by_text("Begin a portrait", exact=True).press("Enter")
    page.get_by_label("Name", exact=True).fill("Portrait de la rivière")
    page.get_by_role("button", name="Begin this portrait").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Portrait de la rivière")).to_be_visible()


def chosen(page: Page) -> None:
    """Tick the suggestions of a dimension that the atlas counts, and take its figures."""
    page.get_by_role("link", name="Indicators", exact=True).press("Enter")
    expect(page.get_by_text("The indicators that you choose will stand here")).to_be_visible()
    looked_at(page)
    for name in HEALTH:
        page.get_by_label(name).press("Space")
    page.get_by_role("button", name="Count these", exact=True).press("Enter")
    expect(page.get_by_text("nothing observed yet")).to_have_count(len(HEALTH))
    page.get_by_role("button", name="Take the figures of the atlas").press("Enter")
    expect(page.get_by_text("nothing observed yet")).to_have_count(0)
    looked_at(page)


def test_from_a_portrait_begun_to_its_profile(
    table_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    page = joined(table_site, visitor, tmp_path)
    begun(page)
    chosen(page)
    page.get_by_role("link", name="Dimensions", exact=True).press("Enter")
    expect(page.locator("figure.chart")).to_be_visible()
    page.get_by_text("The same in words", exact=True).press("Enter")
    expect(page.get_by_text("The numbers cover 3 of 3 indicators.").first).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Groups", exact=True).press("Enter")
    expect(page.get_by_text("Nobody of this group has been heard yet.").first).to_be_visible()
    looked_at(page)
    for name in ("older people", "tenants"):
        page.get_by_label(name, exact=True).press("Space")
    page.get_by_role("button", name="Look at these groups").press("Enter")
    expect(page.get_by_role("heading", level=2, name="Older people")).to_be_visible()
    looked_at(page)
