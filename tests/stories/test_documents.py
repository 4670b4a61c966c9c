"""A person arranges a portrait with the keyboard, sees it, and takes it away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import Visitor
from tests.stories.test_access import violations

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


def test_people_write_in_a_portrait_with_the_keyboard_and_publish_it(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window(1280, 1000)
    page.goto(f"{demo_site}/fr/territoires/{PLACE}/document/?template=dossier")
    page.get_by_role("button", name="Y écrire").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Un portrait à écrire")
    page.get_by_label("Sa place").select_option("housing")
    page.get_by_label("Parole").check()
    page.get_by_label("En français").fill("Le loyer grimpe, disent les locataires.")
    page.get_by_label("Qui le dit").fill("Comité logement")
    page.get_by_label("Chiffre 1").select_option("renter_share")
    page.get_by_role("button", name="Ajouter", exact=True).press("Enter")
    expect(page.locator("article.wrote")).to_contain_text("Le loyer grimpe")
    expect(page.locator("article.wrote")).to_contain_text("Part des ménages locataires")
    frame = page.frame_locator("iframe.preview")
    expect(frame.locator("blockquote")).to_contain_text("Comité logement")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Publier une édition").press("Enter")
    page.wait_for_url(re.compile("/editions/"))
    expect(page.get_by_text("Édition 1, publiée le")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.go_back()
    page.reload()
    expect(page.locator("article.wrote")).to_have_count(1)
