"""From an invitation to a workspace and back, with a passkey, in a real browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.stories.conftest import Visitor
from tests.stories.test_access import violations
from tests.support.joining import command, with_passkeys
from tests.support.table import PASSWORD

pytestmark = pytest.mark.story


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
