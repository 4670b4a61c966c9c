"""Everyone reads every page: axe finds nothing, nothing overflows, nothing is fetched elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.stories.conftest import Visitor

pytestmark = pytest.mark.story
ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "fr": [
        "",
        "territoires/quartier_sociologique/2014/Q02/",
        "territoires/quartier_sociologique/",
        "territoires/quartier_sociologique/2014/Q02/chiffre/population/",
        "territoires/quartier_sociologique/2014/Q02/document/",
        "territoires/quartier_sociologique/2014/Q02/document.html?shown=1",
        "tracer/",
        "tracer/?way=upload",
        "tracer/?way=assemble",
        "comparer/?a=quartier_sociologique:2014:Q02&a=quartier_sociologique:2014:Q03",
        "chercher/?q=cordel",
        "cartes/quartier_sociologique/2014/renter_share/?kind=pair&beside=core_need_share",
        "cartes/quartier_sociologique/2014/renter_share/?kind=dots",
        "cartes/dissemination_area/2021/immigrants_share/regroupements/",
        "methodes/",
        "sources/",
        "donnees/",
        "code-source/",
        "territoires/quartier_sociologique/2014/absent/",
    ],
    "en": [
        "",
        "areas/quartier_sociologique/2014/Q02/",
        "areas/quartier_sociologique/2014/Q02/figure/population/",
        "areas/quartier_sociologique/2014/Q02/document/?template=fiche",
        "areas/quartier_sociologique/2014/Q02/document.html?template=dossier&shown=1",
        "draw/",
        "draw/?way=assemble",
        "compare/?a=quartier_sociologique:2014:Q02&a=quartier_sociologique:2014:Q03",
        "search/?q=cordel",
        "maps/census_tract/2021/renter_share/?kind=change",
        "maps/census_tract/2021/renter_share/clusters/?along=median_household_income",
        "methods/",
        "sources/",
        "data/",
        "source-code/",
    ],
}
EVERY_PAGE = [[language, page] for language, pages in PAGES.items() for page in pages]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    # Half a megabyte of script is sent once to a page, however often it is looked at.
    if page.evaluate("typeof axe === 'undefined'"):
        script = ROOT / "node_modules" / "axe-core" / "axe.min.js"
        # Evaluated by the debugger, so that the page's own policy on scripts stays as strict as it is.
        page.evaluate(script.read_text(encoding="utf-8") + "; undefined")
    found = page.evaluate(
        "async tags => (await axe.run(document, {runOnly: tags})).violations.map("
        "v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))",
        RULES,
    )
    return list(found)


@pytest.mark.parametrize(["language", "page_address"], EVERY_PAGE)
def test_everyone_reads_the_page(
    visitor: Visitor, demo_site: str, language: str, page_address: str
) -> None:
    page = visitor.window(language=language, may_complain=True)
    page.goto(f"{demo_site}/{language}/{page_address}")
    found = {"light": violations(page)}
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found["dark"] = violations(page)
    widths = {}
    for width in (320, 390, 768, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        widths[width] = page.evaluate("document.documentElement.scrollWidth")
    assert found == {"light": [], "dark": []}
    assert {wide: told for wide, told in widths.items() if told > wide} == {}


@pytest.mark.parametrize("page_address", ["", "territoires/quartier_sociologique/2014/Q02/"])
def test_the_first_page_is_light(visitor: Visitor, demo_site: str, page_address: str) -> None:
    page = visitor.window(390)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(f"{demo_site}/fr/{page_address}")
    page.wait_for_load_state("networkidle")
    assert 10_000 < sum(sizes) < 500_000
