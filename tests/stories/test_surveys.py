"""From the designer to an answer in French and one in English: the keyboard, a phone, nothing that axe reproaches."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_access import violations
from tests.stories.test_hubs import joined
from tests.stories.test_spaces import looked_at

pytestmark = pytest.mark.story


def begun(page: Page) -> None:
    """Name a territory, begin a portrait of it and a survey of that."""
    page.get_by_role("link", name="Settings", exact=True).press("Enter")
    page.get_by_label("Area", exact=True).fill("Rivière-aux-Retailles")
    page.get_by_role("button", name="Add this territory").press("Enter")
    page.get_by_role("link", name="Resilience", exact=True).press("Enter")
    page.get_by_text("Begin a portrait", exact=True).press("Enter")
    page.get_by_label("Name", exact=True).fill("Portrait de Vieux-Moulin")
    page.get_by_role("button", name="Begin this portrait").press("Enter")
    page.get_by_role("link", name="Surveys", exact=True).press("Enter")
    looked_at(page)
    page.get_by_text("Begin a survey", exact=True).press("Enter")
    page.get_by_label("Name", exact=True).fill("Une soirée au Moulin")
    page.get_by_role("button", name="Begin this survey").press("Enter")


def designed(page: Page) -> str:
    """Pick two questions, turn them around, open the survey; give its link."""
    page.get_by_role("link", name="Bank of questions").press("Enter")
    page.get_by_label("Have you talked with the people close to you").press("Space")
    page.get_by_label("Near your home, how many people").press("Space")
    looked_at(page)
    page.get_by_role("button", name="Put these into the survey").press("Enter")
    first = page.get_by_role("listitem").filter(has_text="one choice").first
    expect(page.locator("ol > li").first).to_contain_text("Have you talked")
    first.get_by_role("button", name="Down").press("Enter")
    expect(page.locator("ol > li").first).to_contain_text("Near your home")
    looked_at(page)
    page.get_by_role("button", name="Open the survey").press("Enter")
    expect(page.get_by_role("heading", name="The link to answer")).to_be_visible()
    looked_at(page)
    return page.locator("code.secret").inner_text()


def gone_back(phone: Page) -> None:
    """Answer as somebody else on the same device and go back: what was answered is not there for whoever comes next."""
    phone.get_by_role("link", name="Quelqu’un d’autre répond").press("Enter")
    phone.get_by_label("J’ai lu, et je veux répondre.").press("Space")
    plan = phone.get_by_role("group", name="Avez-vous parlé")
    plan.get_by_label("Oui").press("Space")
    phone.get_by_role("button", name="Envoyer mes réponses").press("Enter")
    expect(phone.get_by_text("Vos réponses sont arrivées")).to_be_visible()
    phone.go_back()
    expect(phone.get_by_label("J’ai lu, et je veux répondre.")).not_to_be_checked()
    expect(plan.get_by_label("Oui")).not_to_be_checked()


def test_a_survey_is_designed_and_answered_in_two_languages(
    table_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    page = joined(table_site, visitor, tmp_path)
    begun(page)
    link = designed(page)

    phone = visitor.window(390, 844, scripts=False)
    phone.goto(link)
    phone.get_by_role("link", name="Français").last.press("Enter")
    expect(phone.get_by_text("Répondre est libre")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    # Without the box of consent nothing leaves the page, and what was answered stays.
    phone.get_by_role("group", name="Avez-vous parlé").get_by_label("Oui").press("Space")
    phone.get_by_role("button", name="Envoyer mes réponses").press("Enter")
    expect(phone.get_by_label("J’ai lu, et je veux répondre.")).to_be_focused()
    expect(phone.get_by_role("group", name="Avez-vous parlé").get_by_label("Oui")).to_be_checked()
    phone.get_by_label("J’ai lu, et je veux répondre.").press("Space")
    phone.get_by_role("button", name="Envoyer mes réponses").press("Enter")
    expect(phone.get_by_text("Vos réponses sont arrivées")).to_be_visible()
    gone_back(phone)

    english = visitor.window(390, 844, language="en")
    english.goto(link)
    english.get_by_label("I have read this, and I want to answer.").press("Space")
    english.get_by_role("group", name="Near your home").get_by_label("I’d rather not say").press("Space")  # fmt: skip
    assert violations(english) == []
    english.get_by_role("button", name="Send my answers").press("Enter")
    expect(english.get_by_text("Your answers have come")).to_be_visible()
    assert violations(english) == []

    page.get_by_role("link", name="Results", exact=True).press("Enter")
    expect(page.get_by_text("3 sheets have come")).to_be_visible()
    looked_at(page)
