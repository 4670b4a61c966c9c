"""A workshop comes back from paper: its sheet is photographed askew, keyed by two people, and waits for review."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_spaces import looked_at
from tests.support.joining import command, with_passkeys
from tests.support.sheet_photos import Shot, fill_in, page_of, photograph
from tests.support.table import PASSWORD

from courtepointe.core.sheets import card_layout
from courtepointe.doors.faces import paper_faces
from courtepointe.places.workshop import read_record
from courtepointe.press.workshop import Workshop, sheet_pictures

pytestmark = pytest.mark.story


def photographed(data: Path) -> bytes:
    """Fill the sheet of cards that was printed, and photograph it askew on a checked table."""
    with sqlite3.connect(data / "courtepointe.sqlite3") as database:
        (record,) = database.execute("SELECT record FROM assets_printedsheets").fetchone()
    made = read_record(record.encode(), file="x")
    told = Workshop(made.area, made.paper, made.lang, made.map_code, made.card_codes, None)
    page, cards = page_of(sheet_pictures(told, fonts=paper_faces())[-1]), card_layout(made.paper)
    fill_in(page, cards, np.random.default_rng(4))
    return photograph(page, cards, Shot(seed=4, turn=-11.0, table="checked", shadow=0.7))[0]


def joined(page: Page, link: str, name: str) -> None:
    """Join a workspace by a link, with a passkey, in English."""
    page.goto(link.replace("/fr/", "/en/"))
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Add a passkey").press("Enter")
    page.get_by_role("button", name="Make the passkey").press("Enter")
    page.get_by_role("link", name="To my workspaces").press("Enter")
    page.get_by_role("link", name="Table", exact=True).press("Enter")


def invitation(page: Page, space: str) -> str:
    """Invite a member, and give the link that is shown once."""
    page.goto(f"{space}members/")
    page.locator("input[name=label]").fill("Bao")
    page.locator("input[name=roles][value=member]").check()
    page.locator("input[name=label]").press("Enter")
    return page.locator("code.secret").inner_text().strip()


def keyed(page: Page, address: str) -> None:
    """Key the first card by the keyboard alone, and hand it in."""
    page.goto(address)
    page.locator("fieldset select").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("The bench by the church")
    page.keyboard.press("Enter")
    page.keyboard.type("b2")
    expect(page.locator("[data-said]")).to_contain_text("Kept at")
    page.reload()
    expect(page.get_by_label("What is it?").first).to_have_value("The bench by the church")
    page.get_by_role("button", name="Hand in what I keyed").press("Enter")


def test_a_photographed_sheet_is_keyed_twice_and_waits_for_review(
    own_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    site = own_site.replace("127.0.0.1", "localhost")
    told = command(tmp_path, "people", "open", "Table", "--site", site, "--json")
    ana = with_passkeys(visitor.window(may_complain=True))
    joined(ana, json.loads(told)["link"], "Ana")
    space = ana.url
    ana.goto(f"{space}settings/")
    ana.locator("input[name=area]").fill("Les Ateliers-du-Canal")
    ana.locator("input[name=area]").press("Enter")
    ana.goto(f"{space}assets/workshops/")
    ana.locator("input[name=cards]").fill("4")
    ana.get_by_role("button", name="Prepare them").press("Enter")
    expect(ana.get_by_role("heading", name="Bring photographs back")).to_be_visible()
    sheets = ana.url
    bao = with_passkeys(visitor.window(may_complain=True))
    joined(bao, invitation(ana, space), "Bao")

    bao.goto(sheets)
    files = [
        {"name": "cat.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"},
        {"name": "sheet.jpg", "mimeType": "image/jpeg", "buffer": photographed(tmp_path)},
    ]
    bao.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    bao.get_by_role("button", name="Straighten them and cut the cards").press("Enter")
    expect(bao.get_by_text("does not open")).to_be_visible()
    expect(bao.get_by_text("3 cards to key.")).to_be_visible()
    looked_at(bao)
    bao.get_by_role("link", name="Key the cards, several on a page").press("Enter")
    expect(bao.locator("fieldset.keying")).to_have_count(3)
    looked_at(bao)
    keyed(bao, bao.url)
    expect(bao.locator("fieldset.keying")).to_have_count(2)
    keyed(ana, f"{sheets}key/")
    expect(ana.get_by_text("1 of 3 cards keyed")).to_be_visible()
    ana.goto(f"{space}assets/review/")
    expect(ana.get_by_text("The bench by the church").first).to_be_visible()
    ana.goto(f"{space}privacy/log/")
    expect(ana.get_by_role("rowheader", name="cards of workshops")).to_be_visible()
