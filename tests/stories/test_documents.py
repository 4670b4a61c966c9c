"""A person arranges a portrait with the keyboard, sees it, and takes it away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import Visitor

pytestmark = pytest.mark.story
PLACE = "quartier_sociologique/2014/Q02"


def test_a_document_is_arranged_with_the_keyboard_and_taken_away(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window(1280, 1000)
    page.goto(f"{demo_site}/fr/territoires/{PLACE}/")
    page.get_by_role("link", name="En faire un document").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Le document")
    first = page.locator(".order li").first
    assert "Population" in first.inner_text()
    page.get_by_role("button", name="Descendre Population").press("Enter")
    page.wait_for_url(re.compile("s=households&s=population"))
    assert "Ménages" in page.locator(".order li").first.inner_text()
    frame = page.frame_locator("iframe.preview")
    headings = frame.locator("h2").all_inner_texts()
    assert headings.index("Ménages") < headings.index("Population")
    page.get_by_label("Fiche éclair").check()
    page.get_by_role("button", name="Voir le document").press("Enter")
    page.wait_for_url(re.compile("template=fiche"))
    expect(frame.locator(".cards li")).to_have_count(9)
    with page.expect_download() as started:
        page.get_by_role("link", name="PDF").click()
    assert started.value.suggested_filename.endswith("-fiche.pdf")
    page.go_back()
    page.wait_for_url(re.compile("s=households&s=population"))
