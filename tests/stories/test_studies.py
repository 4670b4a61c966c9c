"""A coordinator asks where the next hub could stand, with the keyboard, and takes the report away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import Visitor
from tests.stories.test_hubs import joined
from tests.stories.test_spaces import looked_at
from tests.support.directory import uid

pytestmark = pytest.mark.story
PLACES = {
    "Bibliothèque du Moulin": (48.589, -72.031), "Église Saint-Œuf": (48.596, -72.024),
    "École des Érables": (48.583, -72.038), "Centre – Le Pont": (48.592, -72.043),
}  # fmt: skip


def file_of_places(folder: Path) -> Path:
    locations = [
        {"id": uid(200 + n), "location_type": "physical", "name": name, "latitude": lat, "longitude": lon}
        for n, (name, (lat, lon)) in enumerate(PLACES.items())
    ]  # fmt: skip
    file = folder / "lieux.json"
    file.write_text(json.dumps({"services": [], "locations": locations}), encoding="utf-8")
    return file


def test_where_the_next_hub_could_stand(
    working_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    page = joined(working_site, visitor, tmp_path)
    page.get_by_role("link", name="Directory", exact=True).press("Enter")
    page.goto(page.url + "import/")
    page.get_by_label("File", exact=True).set_input_files(file_of_places(tmp_path))
    page.get_by_role("button", name="Show what it would do").first.press("Enter")
    page.get_by_role("button", name="Do the import").press("Enter")

    page.get_by_role("link", name="Hubs", exact=True).press("Enter")
    page.get_by_role("link", name="Studies", exact=True).press("Enter")
    looked_at(page)
    page.get_by_role("link", name="Where could the next one stand?").press("Enter")
    looked_at(page)
    page.get_by_role("radio", name="The most people within reach Counts who").focus()
    page.get_by_label("How many new hubs").fill("2")
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    expect(page.get_by_text("With 2 more hubs,")).to_be_visible(timeout=180_000)
    expect(page.get_by_text("Proven: no other choice of these places")).to_be_visible()
    expect(page.locator("figure.map .site.added title")).to_have_count(2)
    looked_at(page)
    page.get_by_role("link", name="Ask again without it").first.press("Enter")
    expect(page.get_by_label("How many new hubs")).to_have_value("2")
    page.go_back()
    report = page.get_by_role("link", name="Report as PDF").get_attribute("href")
    answer = page.request.get(working_site.replace("127.0.0.1", "localhost") + str(report))
    assert answer.ok and answer.body().startswith(b"%PDF")
