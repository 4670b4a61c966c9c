"""From a map to its clusters by keyboard, and to another question; nothing that is typed is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import Visitor

pytestmark = pytest.mark.story


def test_a_person_asks_where_values_gather_and_along_what(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window(390, language="en")
    page.goto(f"{demo_site}/en/maps/census_tract/2021/renter_share/")
    page.get_by_role("link", name=re.compile("Where these values gather")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Share of renter households: clusters"
    )
    expect(page.get_by_text("never the people who live there")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(25)
    along = page.get_by_label("Read inequality along")
    along.select_option("median_household_income")
    page.get_by_role("button", name="Look for clusters").press("Enter")
    page.wait_for_url(re.compile("along=median_household_income"))
    expect(along).to_have_value("median_household_income")
    expect(page.get_by_text("concentration index")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_count_is_refused_and_another_question_is_at_hand(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window(language="en", may_complain=True)
    page.goto(f"{demo_site}/en/maps/census_tract/2021/population/clusters/")
    expect(page.get_by_role("alert")).to_contain_text("follow the size of areas")
    page.get_by_label("Indicator", exact=True).select_option("renter_share")
    page.get_by_role("button", name="Look for clusters").press("Enter")
    page.wait_for_url(re.compile("renter_share/clusters/"))
    expect(page.get_by_role("alert")).to_have_count(0)
