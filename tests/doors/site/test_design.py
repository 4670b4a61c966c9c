"""The design system: one palette, six sizes, only the files that pages ask for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finder
from django.test import Client
from tests.conftest import ROOT

from courtepointe.doors.site.addresses import code_in, place_word, slug
from courtepointe.doors.site.libraries import FILES, MODULES, served_as
from courtepointe.press.palette import css_tokens

STATIC = ROOT / "src" / "courtepointe" / "doors" / "site" / "static" / "site"
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
SHEETS = [TOKENS, *(file.read_text("utf-8") for file in sorted((STATIC / "css").glob("*.css")))]


def test_the_tokens_are_those_of_the_press_light_and_dark() -> None:
    lines = [line.strip() for line in TOKENS.splitlines()]
    for scheme, times in (("light", 1), ("dark", 2)):
        for token in css_tokens(scheme).splitlines():
            assert lines.count(token.strip()) >= times, (scheme, token)


def test_sheets_use_only_tokens_that_exist_and_no_colour_of_their_own() -> None:
    known = set(re.findall(r"(--[\w-]+):", TOKENS))
    for sheet in SHEETS[1:]:
        assert set(re.findall(r"var\((--[\w-]+)", sheet)) <= known
    parts = (STATIC / "css" / "parts.css").read_text(encoding="utf-8")
    page = (STATIC / "css" / "page.css").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-f]{3,8}\b", (parts + page).split("@media print")[0])


def test_no_page_hides_where_its_forms_come_from(client: Client) -> None:
    """Chromium sends the forms of such a page from nowhere: they are refused as forged, every one of them."""
    templates = [*(STATIC.parents[1] / "templates").rglob("*.html")]
    assert len(templates) > 100
    assert [one.name for one in templates if 'name="referrer"' in one.read_text("utf-8")] == []
    answer = client.get("/en/", headers={"host": "localhost"})
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_text_has_six_sizes() -> None:
    assert len(re.findall(r"--size-\d:", TOKENS)) == 6
    for name in ("parts.css", "page.css"):
        sizes = re.findall(r"font-size: ([^;]+);", (STATIC / "css" / name).read_text("utf-8"))
        assert set(sizes) <= {f"var(--size-{n})" for n in range(1, 7)} | {"106.25%", "20px"}


def test_browser_libraries_serve_the_listed_files_and_no_other() -> None:
    finder = get_finder("courtepointe.doors.site.libraries.BrowserLibraries")
    assert {name for name, _ in finder.list(None)} == {served_as(path) for path in FILES}
    assert finder.find("lib/maplibre-gl/package.json") == []
    if not (ROOT / "node_modules").is_dir():
        pytest.skip("no node_modules here: `make setup` installs them")
    for name, storage in finder.list(None):
        assert storage.exists(name)


def test_every_module_of_the_import_map_is_served() -> None:
    if not (ROOT / "node_modules").is_dir():
        pytest.skip("no node_modules here: `make setup` installs them")
    assert [name for name, path in MODULES.items() if not finders.find(path)] == []


def test_modules_import_only_names_of_the_map() -> None:
    for file in sorted((STATIC / "js").glob("*.js")):
        text = file.read_text(encoding="utf-8")
        asked = re.findall(r'(?:from|import\(|resolve\()\s*"([^"]+)"', text)
        assert set(asked) <= set(MODULES), file.name
        assert not re.search(r"https?://|innerHTML \+=|eval\(|new Function", text)


def test_the_lock_names_no_host_and_fonts_hold_our_letters() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "U+0152-0153" in TOKENS and "U+1400-167F" in TOKENS and "U+2000-206F" in TOKENS


@pytest.mark.parametrize(
    ["name", "told"],
    [["Cœur-de-l’Île", "coeur-de-l-ile"], ["Sainte-Ouïe – Nord", "sainte-ouie-nord"], ["ᐃᓄᒃ", ""]],
)
def test_names_become_addresses(name: str, told: str) -> None:
    assert slug(name) == told
    assert place_word("7", name) == (f"7-{told}" if told else "7")


def test_a_code_is_found_at_the_beginning_of_an_address() -> None:
    codes = ("1", "1-2", "60A", "4620001.00")
    assert code_in("1-vieux-moulin", codes) == "1"
    assert code_in("1-2-vieux-moulin", codes) == "1-2"
    assert code_in("60A", codes) == "60A"
    assert code_in("4620001.00", codes) == "4620001.00"
    assert code_in("9-vieux", codes) == "9"


def test_no_template_holds_a_word_that_is_not_translated() -> None:
    folder = ROOT / "src" / "courtepointe" / "doors" / "site" / "templates"
    bare = []
    for file in sorted(Path(folder).rglob("*.html")):
        if file.name == "broken.html":
            continue
        text = re.sub(
            r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%.*?%}|{{.*?}}|{#.*?#}",
            "",
            file.read_text("utf-8"),
            flags=re.S,
        )
        words = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]*>|&\w+;", " ", text, flags=re.S)
        bare += [(file.name, w) for w in re.findall(r"[A-Za-zÀ-ÿ]{3,}", words) if w not in NAMES]
    assert bare == []


NAMES = {
    "BibTeX",
    "PDF",
    "Word",
    "Excel",
    "GraphML",
    "CSL",
    "JSON",
    "Courtepointe",
    "SHA",
    "doctype",
    "html",
    "Français",
    "English",
    "FrançaisEnglish",
}
