"""Golden screenshots, looked at by a person and compared by pixels.

`COURTEPOINTE_GOLDEN=write` writes them anew: look at each one before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser
from tests.stories.conftest import Visitor

pytestmark = pytest.mark.story
GOLDEN = Path(__file__).with_name("golden")
MAY_DIFFER = 0.001
A_PIXEL_DIFFERS_FROM = 16
QUARTERS = "quartier_sociologique/2014"
SHOTS = [
    ["home-fr-1280", "/fr/", 1280, False],
    ["home-en-390", "/en/", 390, False],
    ["home-fr-1280-dark", "/fr/", 1280, True],
    ["portrait-fr-1280", "/fr/territoires/quartier_sociologique/2014/Q02/", 1280, False],
    ["portrait-en-390", "/en/areas/quartier_sociologique/2014/Q02/", 390, False],
    ["portrait-en-1280-dark", "/en/areas/quartier_sociologique/2014/Q02/", 1280, True],
    [
        "drawer-fr-390",
        "/fr/territoires/quartier_sociologique/2014/Q02/chiffre/renter_share/",
        390,
        False,
    ],
    ["upload-en-1280", "/en/draw/?way=upload", 1280, False],
    [
        "compare-fr-1280",
        "/fr/comparer/?a=quartier_sociologique:2014:Q02&a=quartier_sociologique:2014:Q03",
        1280,
        False,
    ],
    ["map-fr-1280", f"/fr/cartes/{QUARTERS}/renter_share/?here=Q03", 1280, False],
    ["map-en-390-dark", f"/en/maps/{QUARTERS}/population/?kind=change", 390, True],
]


def part_that_differs(shot: Path, golden: Path) -> float:
    """Tell which part of the pixels differs; 1 where the sizes do."""
    new, old = Image.open(shot).convert("RGB"), Image.open(golden).convert("RGB")
    if new.size != old.size:
        return 1.0
    difference = ImageChops.difference(new, old).convert("L")
    counts = difference.histogram()
    return sum(counts[A_PIXEL_DIFFERS_FROM:]) / (new.width * new.height)


@pytest.fixture(scope="module")
def browser(windowed: Browser) -> Browser:
    """Look with the browser by which the pictures were taken."""
    return windowed


@pytest.mark.parametrize(["name", "address", "width", "dark"], SHOTS)
def test_page_looks_as_it_was_looked_at(
    visitor: Visitor,
    demo_site: str,
    tmp_path: Path,
    name: str,
    address: str,
    width: int,
    dark: bool,
) -> None:
    page = visitor.window(width, 1000, dark=dark)
    page.goto(demo_site + address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    shot = tmp_path / f"{name}.png"
    page.screenshot(path=shot, animations="disabled", caret="hide")
    golden = GOLDEN / f"{name}.png"
    if os.environ.get("COURTEPOINTE_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        golden.write_bytes(shot.read_bytes())
    assert part_that_differs(shot, golden) <= MAY_DIFFER
