"""A workspace is opened by a command, and its coordinator joins it in a browser, with a passkey."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from playwright.sync_api import Page
from tests.support.server import COMMAND, ROOT, own_data
from tests.support.table import PASSWORD

COOKIES = "cookies.json"
"""Beside the database of who joined: the browser's own side of it."""


def command(data: Path, *words: str) -> str:
    told = subprocess.run(
        [COMMAND, *words],
        cwd=ROOT,
        env=own_data(data),
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout


def with_passkeys(page: Page) -> Page:
    """Give the browser a device that holds passkeys."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    return page


def join(page: Page, site: str, data: Path) -> None:
    """Open a workspace and join it, in English; keep the browser's cookies beside the database."""
    site = site.replace("127.0.0.1", "localhost")
    link = json.loads(command(data, "people", "open", "Table", "--site", site, "--json"))["link"]
    with_passkeys(page).goto(link.replace("/fr/invitation/", "/en/invitation/"))
    page.get_by_label("Your name").fill("Ana")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Add a passkey").press("Enter")
    page.get_by_role("button", name="Make the passkey").press("Enter")
    page.get_by_role("link", name="To my workspaces").press("Enter")
    page.get_by_role("link", name="Table", exact=True).press("Enter")
    page.get_by_role("heading", level=1, name="Table").wait_for()
    kept = {"path": page.url.removeprefix(site), "cookies": page.context.cookies()}
    (data / COOKIES).write_text(json.dumps(kept), encoding="utf-8")


def come_back(page: Page, site: str, data: Path) -> Page:
    """Come back to the workspace that was joined, on a site whose data are a copy."""
    kept = json.loads((data / COOKIES).read_text(encoding="utf-8"))
    page.context.add_cookies(kept["cookies"])
    page.goto(site.replace("127.0.0.1", "localhost") + kept["path"])
    return page
