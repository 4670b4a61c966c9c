"""A room reads a portrait together: the network is cut while hands and notes are kept, and all is there once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_access import violations
from tests.stories.test_hubs import joined
from tests.stories.test_spaces import looked_at
from tests.support.server import ROOT, own_data

pytestmark = pytest.mark.story

PLANTED = """
from datetime import date
from django.utils import timezone
from courtepointe.people.actions import stand_on
from courtepointe.people.models import Account, Workspace
from courtepointe.people.queries import person_of, territories_of
from courtepointe.portraits.resilience.actions import begin_portrait
from courtepointe.portraits.resilience.values import NewPortrait
row = Workspace.objects.get(name="Table")
keys = {"by": person_of(Account.objects.get(email="ana@example.org")), "now": timezone.now()}
stand_on(row.slug, atlas_code="demo", area_key="x:2021:1", name="Vieux-Moulin", since=date(2020, 1, 1), **keys)
begin_portrait(row.slug, NewPortrait("Portrait du Moulin", territories_of(row.pk)[0].number), **keys)
"""


def plant(data: Path) -> None:
    """Begin a portrait of the table's territory."""
    subprocess.run(
        [sys.executable, "-m", "django", "shell", "-c", PLANTED],
        cwd=ROOT,
        env=own_data(data, DJANGO_SETTINGS_MODULE="courtepointe.config.settings"),
        check=True,
    )


def opened(page: Page) -> str:
    """Open a workshop with the keyboard, and give its code."""
    page.get_by_role("link", name="Resilience", exact=True).press("Enter")
    page.get_by_role("link", name="Portrait du Moulin").press("Enter")
    page.get_by_role("link", name="Reading together").press("Enter")
    looked_at(page)
    page.get_by_role("link", name="Workshops").first.press("Enter")
    looked_at(page)
    page.get_by_text("Open a workshop", exact=True).press("Enter")
    page.get_by_label("Name").fill("Thursday evening")
    page.get_by_role("button", name="Open this workshop").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Thursday evening")).to_be_visible()
    looked_at(page)
    return page.locator("strong.code").inner_text()


def keep_hands(page: Page, *counts: int) -> None:
    section = page.locator("[data-dimension]:visible")
    for name, count in zip(("present", "fragile", "absent"), counts, strict=True):
        section.locator(f"input[name={name}]").fill(str(count))
    section.get_by_role("button", name="Keep this count").press("Enter")


def keep_note(page: Page, text: str) -> None:
    section = page.locator("[data-dimension]:visible")
    section.get_by_label("What is said").fill(text)
    section.get_by_role("button", name="Keep this note").press("Enter")


def test_the_network_drops_and_nothing_is_lost_nor_counted_twice(
    table_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    page = joined(table_site, visitor, tmp_path)
    plant(tmp_path)
    code = opened(page)
    page.get_by_role("link", name="Screen for the room").press("Enter")
    expect(page.locator("[data-held]")).to_be_attached(timeout=30_000)
    looked_at(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Health and well-being")
    least = page.evaluate("Math.min(...[...document.querySelectorAll('.big')].filter((one) => one.offsetHeight).map((one) => one.offsetHeight))")  # fmt: skip
    assert least >= 56

    phone = visitor.window(390, 844, language="en", may_complain=True)
    phone.goto(f"{table_site.replace('127.0.0.1', 'localhost')}/en/")
    phone.goto(phone.url.rstrip("/") + f"/workshop/{code}/")
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    health = phone.locator("#SBE")
    health.get_by_role("button", name="fragile").press("Enter")
    expect(health.get_by_text("Your vote is counted.")).to_be_visible()
    expect(health.get_by_text("Your vote is counted.")).to_be_focused()

    full = visitor.window(390, 844, language="en", may_complain=True)
    full.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    full.goto(phone.url)
    full.locator("#PRE").get_by_role("button", name="present").press("Enter")
    expect(full.locator("#PRE").get_by_text("Your vote is counted.")).to_be_visible()

    page.context.set_offline(True)
    keep_hands(page, 6, 9, 0)
    keep_note(page, "The choir looks after its own.")
    expect(page.get_by_text("2 kept here, not sent yet")).to_be_visible()
    page.locator("[data-go='1']").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Local knowledge")
    keep_note(page, "Remembered since the flood.")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Local knowledge")
    expect(page.get_by_text("3 kept here, not sent yet")).to_be_visible()
    expect(page.get_by_text("Remembered since the flood.")).to_be_visible()

    phone.context.set_offline(True)
    knowledge = phone.locator("#CON")
    knowledge.get_by_role("button", name="present").press("Enter")
    expect(knowledge.get_by_text("Kept on this telephone")).to_be_visible()
    phone.get_by_role("textbox", name="Reply").fill("Benches are missing.")
    phone.get_by_role("button", name="Send").press("Enter")
    expect(phone.get_by_text("The network is away: your words stay here.")).to_be_visible()
    expect(phone.get_by_role("textbox", name="Reply")).to_have_value("Benches are missing.")

    phone.context.set_offline(False)
    page.context.set_offline(False)
    expect(knowledge.get_by_text("Your vote is counted.")).to_be_visible()
    phone.get_by_role("button", name="Send").press("Enter")
    expect(phone.get_by_text("Thank you: your words were received")).to_be_visible()
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    expect(page.get_by_text("Telephones: 1").first).to_be_attached()
    # Requests failed on purpose: the browser said so, and nothing else.
    assert {one for one in visitor.complaints if "DISCONNECTED" not in one} == set()
    visitor.complaints.clear()

    page.reload()
    page.get_by_role("link", name="Thursday evening").press("Enter")
    for text in ("The choir looks after its own.", "Remembered since the flood."):
        expect(page.get_by_text(text)).to_have_count(1)
    health_told = page.locator("#answers ~ dl").first
    expect(health_told).to_contain_text("16")
    page.get_by_text("Close the workshop", exact=True).first.press("Enter")
    page.get_by_role("button", name="Close the workshop").press("Enter")
    phone.reload()
    expect(phone.get_by_text("No open workshop has this code")).to_be_visible()
