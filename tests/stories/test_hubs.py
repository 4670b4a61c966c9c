"""A coordinator forms a hub with the keyboard, from a guided path to a sign on the door."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_spaces import looked_at
from tests.support.joining import come_back

pytestmark = pytest.mark.story


def joined(site: str, visitor: Visitor, data: Path) -> Page:
    """Be in the workspace that its coordinator joined, in English."""
    return come_back(visitor.window(language="en"), site, data)


def test_from_a_guided_path_to_a_sign(table_site: str, visitor: Visitor, tmp_path: Path) -> None:
    page = joined(table_site, visitor, tmp_path)
    page.get_by_role("link", name="Hubs", exact=True).press("Enter")
    looked_at(page)
    page.get_by_role("link", name="Guided paths").press("Enter")
    looked_at(page)
    page.get_by_role("link", name="Form a hub this way").first.press("Enter")
    page.get_by_text("Form a hub", exact=True).press("Enter")
    expect(page.get_by_label("Formed from")).to_have_value("centres")
    page.get_by_label("Name", exact=True).fill("Pôle du Moulin")
    looked_at(page)
    page.get_by_role("button", name="Form this hub").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Pôle du Moulin")).to_be_visible()
    expect(page.get_by_text("No agreement in force")).to_be_visible()
    looked_at(page)

    page.get_by_role("link", name="Equipment").press("Enter")
    page.get_by_role("button", name="Begin with the usual box").press("Enter")
    expect(page.get_by_role("row", name="Role cards")).to_be_visible()
    page.get_by_text("Say that the box is complete").press("Enter")
    page.get_by_role("button", name="All that is wanted is there").press("Enter")
    looked_at(page)
    page.get_by_role("link", name="Readiness").press("Enter")
    expect(page.get_by_text("Hub in a box holds")).to_be_visible()
    page.get_by_role("link", name="Sign for the door (PDF)").focus()
    answer = page.request.get(page.url.rstrip("/") + "/sign.pdf")
    assert answer.ok and answer.body().startswith(b"%PDF")
