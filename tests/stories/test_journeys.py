"""Whole journeys, as a coordinator makes them on a Monday."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, Route, expect
from tests.stories.conftest import Visitor

pytestmark = pytest.mark.story
QUARTER = "/fr/territoires/quartier_sociologique/2014/Q02/"


def centre_of_the_city(page: Page, demo_site: str) -> tuple[float, float]:
    """Find the middle of the demo city from the limits that the site gives."""
    limits = page.request.get(demo_site + QUARTER + "limites.geojson").json()
    shape = limits["features"][0]["geometry"] if "features" in limits else limits["geometry"]
    rings = shape["coordinates"] if shape["type"] == "Polygon" else shape["coordinates"][0]
    longitudes, latitudes = zip(*[point[:2] for point in rings[0]], strict=True)
    return sum(longitudes) / len(longitudes), sum(latitudes) / len(latitudes)


def square(longitude: float, latitude: float, half: float = 0.008) -> str:
    west, east = longitude - half, longitude + half
    south, north = latitude - half, latitude + half
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return "POLYGON ((" + ", ".join(f"{x:.6f} {y:.6f}" for x, y in corners) + "))"


@pytest.mark.parametrize(
    ["language", "asked", "found"],
    [["fr", "oeillet", "L’Anse-aux-Œillets"], ["en", "coeur du fauburg", "Le Cœur-du-Faubourg"]],
)
def test_a_misspelt_name_leads_to_its_portrait_and_a_number_tells_all(
    visitor: Visitor, demo_site: str, language: str, asked: str, found: str
) -> None:
    page = visitor.window(language=language)
    page.goto(f"{demo_site}/{language}/")
    box = page.locator("main input[name=q]")
    box.fill(asked)
    box.press("Enter")
    page.get_by_role("main").get_by_role("link", name=found).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(found)
    number = page.locator(".key a").first
    told = number.inner_text()
    number.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_be_visible()
    expect(drawer).to_contain_text(told)
    expect(drawer).to_contain_text(re.compile("Univers|Universe"))
    expect(drawer).to_contain_text(re.compile("Licence"))
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(number).to_be_focused()


def test_the_search_can_be_used_with_the_keyboard_alone(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window()
    page.goto(f"{demo_site}/fr/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.locator("main input[name=q]").focus()
    page.keyboard.type("cordel")
    suggestion = page.get_by_role("option").first
    expect(suggestion).to_contain_text("Cordelles")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ste-Ouïe–Les Cordelles")


def test_a_late_answer_does_not_move_the_list_under_who_is_choosing(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window()
    page.goto(f"{demo_site}/fr/")
    field = page.locator("main input[name=q]")
    field.focus()
    page.keyboard.type("cor")
    expect(page.get_by_role("option").first).to_be_visible()
    held: list[Route] = []
    page.route("**/*q=cordel*", lambda route: held.append(route))
    with page.expect_request("**/*q=cordel*"):
        page.keyboard.type("del")
    page.keyboard.press("ArrowDown")
    address = page.locator("[role=option][aria-selected=true]").get_attribute("data-address")
    for route in held:
        with contextlib.suppress(Error):
            route.continue_()
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_the_language_switch_keeps_the_page(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window()
    page.goto(demo_site + QUARTER)
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert "/en/areas/" in page.url


def test_an_area_pasted_as_text_is_fitted_read_shared_and_exported(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window()
    middle = centre_of_the_city(page, demo_site)
    page.goto(f"{demo_site}/fr/tracer/")
    page.locator("details[data-written] summary").click()
    page.locator("textarea[name=shape]").fill(square(*middle))
    page.get_by_role("button", name="Voir l’ajustement").click()
    expect(page.get_by_role("main")).to_contain_text("Ajustement au mieux")
    name = "L’îlot de l’œuvre – ᐃᓄᒃ"
    page.locator("input[name=name]").fill(name)
    page.get_by_role("button", name="Lire le portrait").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    shared = page.url
    other = visitor.window(language="en")
    other.goto(shared)
    expect(other.get_by_role("heading", level=1)).to_have_text(name)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV et métadonnées").click()
    bundle = zipfile.ZipFile(Path(download.value.path()))
    table = next(n for n in bundle.namelist() if n.endswith(".csv"))
    rows = list(csv.DictReader(io.StringIO(bundle.read(table).decode("utf-8-sig"))))
    population = next(row for row in rows if row["indicator"] == "population")
    shown = page.locator(".key a").first.inner_text()
    assert int(float(population["value"])) == int(re.sub(r"\D", "", shown))
    assert any(n.endswith("metadata.json") for n in bundle.namelist())


def test_an_area_can_be_drawn_on_the_map(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window()
    page.goto(f"{demo_site}/fr/tracer/")
    canvas = page.locator(".canvas canvas").first
    expect(canvas).to_be_visible(timeout=30_000)
    expect(page.locator("[data-tools]")).to_be_visible()
    page.wait_for_timeout(1_000)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for dx, dy in [(-90, -90), (90, -90), (90, 90), (-90, 90), (-90, -90)]:
        page.mouse.move(x + dx, y + dy)
        page.mouse.click(x + dx, y + dy)
        page.wait_for_timeout(350)
    expect(page.locator("textarea[name=shape]")).not_to_have_value("")
    page.get_by_role("button", name="Voir l’ajustement").click()
    expect(page.get_by_role("main")).to_contain_text("Ajustement au mieux")


def test_units_can_be_assembled_from_the_list_without_script(
    visitor: Visitor, demo_site: str
) -> None:
    page = visitor.window(390, scripts=False)
    page.goto(f"{demo_site}/fr/tracer/?way=assemble")
    group = page.locator("details.pick").first
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    ticks = group.locator("input[name=unit]")
    for number in range(2):
        ticks.nth(number).check()
    page.get_by_role("button", name="Voir l’ajustement").click()
    page.locator("input[name=name]").fill("Deux aires voisines")
    page.get_by_role("button", name="Lire le portrait").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deux aires voisines")
    expect(page.locator("main table").first).to_be_attached()


@pytest.mark.parametrize(
    ["name", "content"],
    [
        ["rien.geojson", b""],
        ["faux.gpkg", b"not a GeoPackage"],
        ["vide.geojson", b'{"type": "FeatureCollection", "features": []}'],
        ["loin.geojson", b'{"type":"Polygon","coordinates":[[[2,48],[2.1,48],[2.1,48.1],[2,48]]]}'],
        ["tronque.zip", b"PK\x03\x04 and then nothing"],
        ["entites.kml", b'<!DOCTYPE k [<!ENTITY e "x">]><kml>&e;</kml>'],
    ],
)
def test_a_wrong_file_is_answered_in_words_and_the_form_stays(
    visitor: Visitor, demo_site: str, name: str, content: bytes
) -> None:
    page = visitor.window(may_complain=True)
    page.goto(f"{demo_site}/fr/tracer/?way=upload")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Voir l’ajustement").click()
    fault = page.get_by_role("alert")
    expect(fault).to_be_visible()
    assert len(fault.inner_text()) > 30
    expect(page.locator("input[type=file]")).to_be_visible()


def test_a_huge_file_is_refused_in_words(visitor: Visitor, demo_site: str, tmp_path: Path) -> None:
    huge = tmp_path / "immense.geojson"
    with huge.open("wb") as stream:
        stream.truncate(49 * 1024 * 1024)
    page = visitor.window(may_complain=True)
    page.goto(f"{demo_site}/fr/tracer/?way=upload")
    page.locator("input[type=file]").set_input_files(huge)
    page.get_by_role("button", name="Voir l’ajustement").click()
    expect(page.get_by_role("main")).to_contain_text("10")
    expect(page.get_by_role("main")).to_contain_text("Mo")


def test_pages_are_read_without_script_as_tables(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window(scripts=False)
    page.goto(f"{demo_site}/fr/")
    expect(page.locator("main svg a").first).to_be_attached()
    page.goto(demo_site + QUARTER)
    assert page.locator("main table tr").count() > 50
    page.locator(".key a").first.click()
    expect(page.get_by_role("main")).to_contain_text("Univers")


def test_areas_are_compared_side_by_side(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window()
    page.goto(
        f"{demo_site}/fr/comparer/?a=quartier_sociologique:2014:Q02&a=quartier_sociologique:2014:Q03"
    )
    expect(page.get_by_role("main")).to_contain_text("Ste-Ouïe–Les Cordelles")
    assert page.locator("main table").count() >= 1


def test_an_unknown_address_says_so_in_words(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window(may_complain=True)
    answer = page.goto(f"{demo_site}/fr/territoires/quartier_sociologique/2014/Q99/")
    assert answer is not None and answer.status == 404
    expect(page.get_by_role("main")).to_contain_text("Q99")


def test_the_way_back_from_the_fit_still_holds_the_shape(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window()
    longitude, latitude = centre_of_the_city(page, demo_site)
    shape = square(longitude, latitude)
    page.goto(demo_site + "/fr/tracer/?way=draw")
    page.locator("details:has(textarea) summary").first.click()
    page.locator("textarea[name=shape]").fill(shape)
    page.locator(
        "form:has(textarea[name=shape]) button[type=submit], form:has(textarea[name=shape]) button:not([type])"
    ).last.click()
    expect(page.get_by_role("heading", name="Ce que représentent ces chiffres")).to_be_visible()
    page.go_back()
    expect(page.locator("textarea[name=shape]")).to_have_value(shape)
    page.go_forward()
    expect(page.get_by_role("heading", name="Ce que représentent ces chiffres")).to_be_visible()


def test_every_page_names_itself_in_the_other_language(visitor: Visitor, demo_site: str) -> None:
    page = visitor.window()
    pairs = [
        ("/fr/tracer/", "/en/draw/"),
        ("/fr/code-source/", "/en/source-code/"),
        (QUARTER.replace("Q02/", "Q02-ste-ouie-les-cordelles/"),
         "/en/areas/quartier_sociologique/2014/Q02-ste-ouie-les-cordelles/"),
    ]  # fmt: skip
    for french, english in pairs:
        page.goto(demo_site + french)
        alternate = page.locator('link[rel=alternate][hreflang="en"]').get_attribute("href")
        assert alternate is not None and alternate.endswith(english)
        page.goto(demo_site + english)
        alternate = page.locator('link[rel=alternate][hreflang="fr"]').get_attribute("href")
        assert alternate is not None and alternate.endswith(french)
