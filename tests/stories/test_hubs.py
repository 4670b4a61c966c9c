"""A coordinator forms a hub with the keyboard, from a guided path to a sign on the door."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_spaces import command, looked_at, with_passkeys
from tests.support.table import PASSWORD

pytestmark = pytest.mark.story


def joined(own_site: str, visitor: Visitor, data: Path) -> Page:
    site = own_site.replace("127.0.0.1", "localhost")
    link = json.loads(command(data, "people", "open", "Table", "--site", site, "--json"))["link"]
    page = with_passkeys(visitor.window(language="en"))
    page.goto(link.replace("/fr/invitation/", "/en/invitation/"))
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Add a passkey").press("Enter")
    page.get_by_role("button", name="Make the passkey").press("Enter")
    page.get_by_role("link", name="To my workspaces").press("Enter")
    page.get_by_role("link", name="Table", exact=True).press("Enter")
    return page


def test_from_a_guided_path_to_a_sign(own_site: str, visitor: Visitor, tmp_path: Path) -> None:
    page = joined(own_site, visitor, tmp_path)
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
