"""From a suggestion to an adopted plan, and along the thread, without the mouse; every page looked at, on a phone too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_hubs import joined
from tests.stories.test_spaces import looked_at

pytestmark = pytest.mark.story


def test_from_a_suggestion_to_an_adopted_plan_and_along_the_thread(
    table_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    page = joined(table_site, visitor, tmp_path)
    space = page.url
    page.get_by_role("link", name="Plan", exact=True).press("Enter")
    expect(page.get_by_text("begin a resilience portrait first")).to_be_visible()
    looked_at(page)
    page.goto(f"{space}settings/")
    page.locator("input[name=area]").fill("Les Ateliers-du-Canal")
    page.locator("input[name=area]").press("Enter")
    page.goto(f"{space}resilience/")
    page.get_by_text("Begin a portrait", exact=True).press("Enter")
    page.get_by_label("Name", exact=True).fill("Canal")
    page.get_by_role("button", name="Begin this portrait").press("Enter")

    page.get_by_role("link", name="Plan", exact=True).press("Enter")
    looked_at(page)
    page.get_by_role("link", name="Priorities", exact=True).press("Enter")
    page.get_by_text("Write a priority", exact=True).press("Enter")
    page.get_by_label("Priority", exact=True).fill("Nobody stays alone in a blackout")
    page.get_by_label("Dimension", exact=True).select_option("REL|REL.between")
    looked_at(page)
    page.get_by_role("button", name="Keep this priority").press("Enter")
    looked_at(page)
    page.get_by_role("link", name="Suggested actions").press("Enter")
    looked_at(page)
    page.get_by_role("button", name="Take it up as an idea Bring organisations together").press("Enter")  # fmt: skip
    expect(page.get_by_text("Nobody leads it yet.")).to_be_visible()
    looked_at(page)
    page.get_by_text("Change the action", exact=True).press("Enter")
    page.get_by_label("Post that leads it").fill("Network coordination")
    page.get_by_label("Priority that it answers").select_option(label="Nobody stays alone in a blackout")  # fmt: skip
    page.get_by_role("button", name="Keep the change").press("Enter")
    page.get_by_text("Say where it stands", exact=True).press("Enter")
    page.get_by_label("It is now").select_option("active")
    page.get_by_role("button", name="Keep this state").press("Enter")
    page.get_by_text("Write down what was seen", exact=True).press("Enter")
    page.get_by_role("textbox", name="What was seen").fill("Nine members answered")
    page.get_by_role("textbox", name="Who saw it").fill("Network coordination")
    page.get_by_role("button", name="Keep this result").press("Enter")
    looked_at(page)
    page.get_by_role("link", name="See the thread").press("Enter")
    expect(page.get_by_role("link", name="Nine members answered", exact=True)).to_be_visible()
    expect(
        page.get_by_role("link", name="Nobody stays alone in a blackout", exact=True)
    ).to_be_visible()
    looked_at(page)

    page.goto(f"{space}decisions/")
    page.get_by_text("Write a decision down", exact=True).press("Enter")
    page.locator("#decide textarea").first.fill("The plan is adopted.")
    page.get_by_role("button", name="Write this decision down").press("Enter")
    page.get_by_role("link", name="Plan", exact=True).press("Enter")
    page.get_by_role("link", name="Resilience plan", exact=True).press("Enter")
    page.locator("#begin summary").press("Enter")
    page.get_by_role("button", name="Begin the plan").press("Enter")
    looked_at(page)
    a_section_is_written_in_two_windows(page)
    page.locator("#adopt summary").press("Enter")
    page.get_by_label("Decision of the register").select_option(index=1)
    page.get_by_role("button", name="Adopt the plan", exact=True).press("Enter")
    expect(page.get_by_text("It stays as it was adopted.")).to_be_visible()
    looked_at(page)
    answer = page.request.get(page.url.split("#")[0] + "plan.pdf")
    assert answer.ok and answer.body().startswith(b"%PDF")


def a_section_is_written_in_two_windows(page: Page) -> None:
    """Go back to a form whose section another window wrote meanwhile: what it wrote is told before it is lost."""
    plan = page.url.split("#")[0]
    first = page.context.new_page()  # its console speaks of the refusal, on purpose

    def keep(where: Page, words: str) -> None:
        where.locator("#write-follow textarea").fill(words)
        with where.expect_navigation():
            where.locator("#write-follow button").press("Enter")

    first.goto(plan)
    first.locator("a[href='#write-follow']").press("Enter")
    keep(first, "Each autumn")
    page.goto(plan)
    page.locator("a[href='#write-follow']").press("Enter")
    keep(page, "Each spring")
    first.go_back()
    first.locator("#write-follow summary").press("Enter")
    keep(first, "Each winter")
    expect(first.locator("#write-follow .told")).to_contain_text("Each spring")
    looked_at(first)
    keep(first, "Each spring and winter")
    expect(first.locator("#write-follow .told")).to_have_count(0)
    first.close()
    page.goto(plan)
