"""From an invitation to a workspace and back, with a passkey, in a real browser."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_access import violations
from tests.support.server import ROOT
from tests.support.table import PASSWORD

pytestmark = pytest.mark.story


def command(data: Path, *words: str) -> str:
    told = subprocess.run(
        [str(Path(sys.executable).with_name("courtepointe")), *words],
        cwd=ROOT,
        env=os.environ | {"COURTEPOINTE_DATA": str(data)},
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


def looked_at(page: Page) -> None:
    """Find nothing that axe reproaches, nor anything that overflows a phone."""
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_coordinator_joins_by_a_link_and_comes_back_with_a_passkey(
    own_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    told = command(tmp_path, "people", "open", "Table de l’Œuvre – Nord", "--site", own_site.replace("127.0.0.1", "localhost"), "--json")  # fmt: skip
    page = with_passkeys(visitor.window())
    page.goto(json.loads(told)["link"])
    looked_at(page)
    page.get_by_label("Votre nom").fill("Ana Œuvrard")
    page.get_by_label("Adresse courriel").fill("ana@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Encore une étape")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Ajouter une clé d’accès").press("Enter")
    looked_at(page)
    page.get_by_role("button", name="Créer la clé d’accès").press("Enter")
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Vers mes espaces").press("Enter")
    page.get_by_role("link", name="Table de l’Œuvre – Nord").press("Enter")
    space = page.url
    for rest in ("", "membres/", "partages/", "historique/", "reglages/"):
        page.goto(space + rest)
        looked_at(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(page.locator(".entries a[aria-current]")).to_be_in_viewport(ratio=0.9)
    page.set_viewport_size({"width": 1280, "height": 900})

    page.goto(space.split("/fr/")[0] + "/fr/compte/deconnexion/")
    page.get_by_role("main").get_by_role("button", name="Se déconnecter").press("Enter")
    page.goto(space)
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Se connecter avec une clé d’accès").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Table de l’Œuvre – Nord")).to_be_visible()
    page.get_by_role("link", name="English").press("Enter")
    expect(page.get_by_role("link", name="Overview")).to_be_visible()
