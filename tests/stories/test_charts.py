"""A chart is explored: with a pointer, with the keyboard, or not at all when something fails."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect
from tests.stories.conftest import Visitor
from tests.stories.test_access import violations

pytestmark = pytest.mark.story
QUARTER = "/fr/territoires/quartier_sociologique/2014/Q02/"
WITH_INTERVAL = re.compile(r"\d.* \(de .*\d.* à .*\d.*\)")


def asked_for(page: Page) -> list[str]:
    names: list[str] = []
    page.on("request", lambda request: names.append(request.url))
    return names


def test_a_chart_answers_to_a_pointer_and_to_the_keyboard(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window()
    asked = asked_for(page)
    page.goto(demo_site + QUARTER)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "vega" in url] == []
    figure = page.locator("figure.chart").first
    figure.get_by_role("button", name="Explorer le graphique").click()
    rows = figure.locator("path[tabindex]")
    expect(rows.first).to_be_focused()
    assert len([url for url in asked if "vega" in url]) == 3
    rows.nth(2).hover()
    expect(page.locator(".tip")).to_have_text(WITH_INTERVAL)
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(rows.nth(1)).to_be_focused()
    expect(page.locator(".tip")).to_have_text(rows.nth(1).get_attribute("aria-label") or "none")
    page.locator("[data-theme-switch]").click()
    expect(figure.locator("svg.marks")).to_have_css("background-color", "rgb(23, 23, 29)")
    expect(figure.get_by_role("link")).to_have_count(0)


def test_the_picture_stays_where_the_libraries_do_not_come(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window(may_complain=True)
    page.route("**/vega-lite.min*.js", lambda route: route.abort())
    page.goto(demo_site + QUARTER)
    figure = page.locator("figure.chart").first
    drawn = figure.locator("svg.chart")
    expect(drawn).to_be_visible()
    figure.get_by_role("button", name="Explorer le graphique").click()
    expect(figure.get_by_role("status")).to_contain_text("l’image reste")
    expect(drawn).to_be_visible()


def test_without_scripts_nothing_is_offered_to_explore(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window(scripts=False)
    page.goto(demo_site + QUARTER)
    assert page.locator("[data-chart]").count() > 3
    expect(page.locator("[data-chart]").first).to_be_hidden()
    expect(page.locator("figure.chart img").first).to_be_visible()


def test_an_explored_chart_is_read_by_everyone_and_goes_back_to_its_picture(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window(may_complain=True)
    page.goto(demo_site + QUARTER)
    figure = page.locator("figure.chart").first
    expect(figure.locator("svg.chart")).to_be_visible()
    figure.get_by_role("button", name="Explorer le graphique").click()
    expect(figure.locator("path[tabindex]").first).to_be_focused()
    assert violations(page) == []
    figure.get_by_role("button", name="Revenir à l’image").press("Enter")
    expect(figure.locator("svg.chart")).to_be_visible()
    expect(figure.locator("path[tabindex]")).to_have_count(0)
    again = figure.get_by_role("button", name="Explorer le graphique")
    expect(again).to_be_focused()
    again.press("Enter")
    expect(figure.locator("path[tabindex]").first).to_be_focused()


def test_what_is_printed_at_once_is_not_blank(visitor: Visitor, demo_site: str) -> None:
    """Drawings that have not come when the page is printed are had before it is."""
    page = visitor.window()
    held: list[Route] = []
    page.route("**/graphique/**", lambda route: held.append(route))
    page.goto(demo_site + QUARTER, wait_until="domcontentloaded")
    blank = page.locator(".drawn:not(:has(svg))")
    expect(blank.first).to_be_attached()
    page.wait_for_function("performance.getEntriesByType('resource').length > 5")
    page.unroute_all(behavior="ignoreErrors")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".shows .drawn:not(:has(svg))")).to_have_count(0)
