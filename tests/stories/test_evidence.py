"""A long interview is coded without the mouse: a hundred passages, three keys a code at most, undone, found again."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_hubs import joined
from tests.stories.test_spaces import looked_at

pytestmark = pytest.mark.story

N_SENTENCES, N_PASSAGES = 400, 100
PLACES = ("in the lane", "at the church", "by the canal", "on the third floor", "in the shop")
ACTS = (
    "we shared a stove",
    "nobody told us",
    "the lift stopped",
    "somebody knocked",
    "we kept the keys",
)
DIRECTIONS = "sfc"


def interview() -> str:
    """Write some twenty pages: paragraphs of ten sentences."""
    told = [
        f"The night of the ice, {place} and for hour {n}, {act}, and people of the street came to see what could be done together."
        for n, (place, act) in enumerate(itertools.islice(itertools.cycle(itertools.product(PLACES, ACTS)), N_SENTENCES), 1)
    ]  # fmt: skip
    return "\n".join(" ".join(told[n : n + 10]) for n in range(0, N_SENTENCES, 10))


class Keyboard:
    """Keys, counted: those that move, and those of each code."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.moves = 0
        self.of_codes: list[int] = []

    def move(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.moves += len(keys)

    def code(self, keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.of_codes.append(len(keys))


def codings(page: Page) -> list[dict[str, Any]]:
    """Ask the site itself what it holds."""
    asked = "async () => (await (await fetch(location.pathname, {headers: {Accept: 'application/json'}})).json()).codings"
    return list(page.evaluate(asked))


def wait_until_saved(page: Page) -> None:
    # A hundred codes typed in ten seconds are sent one after the other.
    expect(page.locator("[data-coding]")).to_have_attribute("data-waiting", "0", timeout=300_000)


def brought(page: Page) -> None:
    """Stand on a territory, begin a portrait, bring the interview: without the mouse."""
    space = page.url
    page.goto(f"{space}settings/")
    page.locator("input[name=area]").fill("Les Ateliers-du-Canal")
    page.locator("input[name=area]").press("Enter")
    page.goto(f"{space}resilience/")
    page.get_by_text("Begin a portrait", exact=True).press("Enter")
    page.get_by_label("Name", exact=True).fill("Canal")
    page.get_by_role("button", name="Begin this portrait").press("Enter")
    page.get_by_role("link", name="Evidence", exact=True).press("Enter")
    looked_at(page)
    page.get_by_role("link", name="Add a source").press("Enter")
    page.get_by_label("Title").fill("Interview by the canal")
    page.get_by_label("Text", exact=False).first.fill(interview())
    page.get_by_label("Consent", exact=False).first.select_option("spoken")
    day = page.get_by_label("Day on which it was gathered").input_value()
    page.get_by_label("Consent given on", exact=False).fill(day)
    page.get_by_label("Sentences may be quoted").press("Space")
    page.get_by_label("Tenants").fill("12")
    looked_at(page)
    page.get_by_role("button", name="Keep this source").press("Enter")
    looked_at(page)
    page.get_by_role("link", name="Code this source").press("Enter")


def test_a_hundred_passages_are_coded_without_the_mouse(
    table_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    page = joined(table_site, visitor, tmp_path)
    brought(page)
    options = page.locator("[role=listbox] [role=option]")
    expect(options).to_have_count(N_SENTENCES)
    expect(options.first).to_be_focused()
    keys = Keyboard(page)
    for n in range(N_PASSAGES):
        keys.move("j")
        if n % 10 == 9:
            keys.move("Shift+ArrowDown")
        strength = str(1 + n // 3 % 3) if n % 3 == 0 else ""
        keys.code(f"{1 + n % 8}{strength}{DIRECTIONS[n % 3]}")
    wait_until_saved(page)
    held = codings(page)
    assert len({(one["first"], one["last"]) for one in held}) == len(held) == N_PASSAGES
    assert sum(one["last"] > one["first"] for one in held) == N_PASSAGES // 10
    assert len(keys.of_codes) == N_PASSAGES
    assert max(keys.of_codes) <= 3
    assert keys.moves <= 2 * N_PASSAGES
    expect(page.locator("[data-said]")).to_contain_text("Coded:")
    looked_at(page)

    # Whoever presses twice has one code; what is undone is undone on the site, step by step.
    page.keyboard.type("4f4f")
    wait_until_saved(page)
    assert len(codings(page)) == N_PASSAGES + 1
    for left in (N_PASSAGES, N_PASSAGES - 1, N_PASSAGES - 2):
        page.keyboard.press("u")
        wait_until_saved(page)
        assert len(codings(page)) == left
    expect(page.locator("[data-said]")).to_contain_text("Taken back:")
    here = page.locator("[role=option][aria-selected=true]").first.get_attribute("id")
    page.reload()
    expect(page.locator(f"#{here}")).to_be_focused()
    expect(page.locator(f"#{here}")).to_be_in_viewport()
    expect(page.locator(".mark-of-code")).to_have_count(N_PASSAGES - 2)


def test_what_could_not_be_saved_is_told_kept_and_sent_again(
    table_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    page = joined(table_site, visitor, tmp_path)
    # A laptop that serves a room without https: browsers then have no randomUUID.
    page.add_init_script("delete Crypto.prototype.randomUUID;")
    brought(page)
    expect(page.locator("[role=listbox] [role=option]").first).to_be_focused()
    page.keyboard.type("1s")
    wait_until_saved(page)
    page.context.set_offline(True)
    page.keyboard.type("j2fj3+")
    expect(page.locator("[data-said]")).to_contain_text("Not saved yet")
    expect(page.locator(".mark-of-code.waits")).to_have_count(2)
    page.context.set_offline(False)
    wait_until_saved(page)
    assert [one["direction"] for one in codings(page)] == ["strength", "fragility", "strength"]
    assert all("ERR_INTERNET_DISCONNECTED" in one for one in visitor.complaints)
    visitor.complaints.clear()
    expect(page.locator(".mark-of-code.waits")).to_have_count(0)

    # Each key is a button too.
    page.get_by_role("button", name=re.compile("Next")).press("Enter")
    page.get_by_role("button", name=re.compile("Resources")).press("Enter")
    page.get_by_role("button", name=re.compile("contradiction")).press("Enter")
    wait_until_saved(page)
    assert codings(page)[-1]["what"] == "RES"
    page.goto(re.sub(r"\d+/code/.*", "", page.url))
    for name in ("Codebook", "Agreement", "New codes"):
        page.get_by_role("link", name=name, exact=True).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        looked_at(page)
    page.goto(re.sub(r"evidence/.*", "dimension/SBE/", page.url))
    expect(page.get_by_text("The night of the ice").first).to_be_visible()
    looked_at(page)
