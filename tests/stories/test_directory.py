"""A coordinator takes a file into the directory, decides on a double with the keyboard, verifies and shows a place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.stories.conftest import Visitor
from tests.stories.test_spaces import looked_at
from tests.support.directory import told, uid
from tests.support.joining import command, with_passkeys
from tests.support.table import PASSWORD

pytestmark = pytest.mark.story


def file_with_a_double(folder: Path) -> Path:
    twice = {
        "id": uid(77), "location_type": "physical", "name": "Centre St-Pierre", "latitude": 45.5,
        "longitude": -73.6,
    }  # fmt: skip
    file = folder / "répertoire.json"
    file.write_text(json.dumps({**told(), "locations": [twice]}), encoding="utf-8")
    return file


def test_from_a_file_to_a_place_that_everyone_sees(
    own_site: str, visitor: Visitor, tmp_path: Path
) -> None:
    site = own_site.replace("127.0.0.1", "localhost")
    link = json.loads(command(tmp_path, "people", "open", "Table", "--site", site, "--json"))["link"]  # fmt: skip
    page = with_passkeys(visitor.window())
    page.goto(link)
    page.get_by_label("Votre nom").fill("Ana")
    page.get_by_label("Adresse courriel").fill("ana@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Ajouter une clé d’accès").press("Enter")
    page.get_by_role("button", name="Créer la clé d’accès").press("Enter")
    page.get_by_role("link", name="Vers mes espaces").press("Enter")
    page.get_by_role("link", name="Table", exact=True).press("Enter")
    page.get_by_role("link", name="Répertoire").press("Enter")
    looked_at(page)
    directory = page.url

    page.goto(directory + "importer/")
    page.get_by_label("Fichier", exact=True).set_input_files(file_with_a_double(tmp_path))
    page.get_by_label("Qui voit les nouvelles fiches").first.select_option("public")
    page.get_by_role("button", name="Montrer ce que cela ferait").first.press("Enter")
    expect(page.get_by_role("heading", name="Ce que ferait l’importation")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Faire l’importation").press("Enter")
    expect(page.get_by_role("button", name="Annuler cet import")).to_be_visible()

    page.goto(directory + "doublons/")
    page.get_by_role("button", name="Chercher les doublons").press("Enter")
    looked_at(page)
    page.get_by_role("button", name="Les mêmes : garder la première").press("Enter")
    expect(page.get_by_role("status")).to_be_visible()

    page.goto(directory + "?q=saint+pierre")
    page.get_by_role("link", name="Centre Saint-Pierre").or_(page.get_by_role("link", name="Centre St-Pierre")).press("Enter")  # fmt: skip
    page.get_by_role("button", name="Je l’ai vérifié aujourd’hui").press("Enter")
    expect(page.get_by_text("vérifié par Ana").first).to_be_visible()
    looked_at(page)

    stranger = visitor.window(scripts=False)
    stranger.goto(site + "/fr/")
    stranger.get_by_role("navigation").get_by_role("link", name="Lieux", exact=True).click()
    stranger.get_by_role("link", name="Halte-chaleur").click()
    expect(stranger.get_by_role("heading", level=1, name="Halte-chaleur")).to_be_visible()
    assert "Marguerite" not in stranger.content() and "Ana" not in stranger.content()
