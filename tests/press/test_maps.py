"""Static maps: classes, shapes on the sheet, links, words, size."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import shapely

from courtepointe.atlas.figures import Status
from courtepointe.core.errors import NoAnswer
from courtepointe.press.maps import (
    DrawnMap,
    MapArea,
    draw_choropleth,
    draw_outlines,
)
from courtepointe.press.maps.furniture import round_length
from courtepointe.press.maps.paths import path, plate
from courtepointe.press.palette import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"


def square(x: float, y: float, side: float = 1000) -> shapely.Polygon:
    return shapely.box(x, y, x + side, y + side)


def town() -> list[MapArea]:
    held = []
    for n, value in enumerate((10.0, 20.0, 30.0, None, None, 0.0)):
        status = (
            Status.AGGREGATED
            if value is not None
            else (Status.SUPPRESSED, Status.UNRELIABLE)[n % 2]
        )
        shape = square(1000 * (n % 3), 1000 * (n // 3))
        label = ("Vieux-Moulin", "Saint-Étienne", "Le Plateau", "Pointe", "Rive", "A < B & C")[n]
        text = f"{value}" if value is not None else "confidentiel"
        held.append(MapArea(str(n), label, shape, value, status, text))
    return held


def drawn(areas: list[MapArea], **more: object) -> DrawnMap:
    told: dict[str, object] = {"title": "Essai", "unit": "percent", "lang": "fr", "width": 400}
    return draw_choropleth(areas, **(told | more))  # type: ignore[arg-type]


def paths(svg: str, kind: str) -> list[ET.Element]:
    found = ET.fromstring(svg).iter(f"{SVG}path")
    return [e for e in found if kind in (e.get("class") or "").split()]


def test_shades_follow_values_and_missing_is_not_a_shade() -> None:
    told = drawn(town())
    fills = [e.get("fill") for e in paths(told.svg, "map-area")]
    ramp = LIGHT.sequential
    assert [ramp.index(f) for f in (fills[5], fills[0], fills[1], fills[2]) if f] == [0, 1, 3, 4]
    assert fills[3] == "url(#map-hatch)" and fills[4] == "url(#map-dots)"
    assert told.legend is not None
    assert (told.legend.n_missing, told.legend.n_suppressed) == (1, 1)
    assert [c.n_areas for c in told.legend.classes] == [1, 1, 1, 1]


def test_a_map_is_said_in_words() -> None:
    told = drawn(town())
    assert told.desc.startswith(
        "Carte, nord en haut. Plus la teinte est foncée, plus la valeur est grande."
    )
    assert "1 territoire\u00a0: 10\u00a0%" in told.desc and told.desc.endswith("2 sans valeur.")
    root = ET.fromstring(told.svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}desc") == told.desc
    titles = [e.findtext(f"{SVG}title") for e in paths(told.svg, "map-area")]
    assert titles[5] == "A < B & C\u00a0: 0.0"
    assert "nord en haut" in told.desc and "hachures" in told.svg and "pointillé" in told.svg


def test_links_are_reached_and_named() -> None:
    areas = [replace(a, href=f"/fr/t/{a.code}?a=1&b=2") for a in town()]
    root = ET.fromstring(drawn(areas).svg)
    links = list(root.iter(f"{SVG}a"))
    assert root.get("role") == "group", "an image would hide its links"
    assert links[0].get("href") == "/fr/t/0?a=1&b=2"
    assert links[3].get("aria-label") == "Pointe\u00a0: confidentiel"


def test_north_is_up_and_nothing_leaves_the_sheet() -> None:
    told = draw_outlines([town()[0], town()[3]], title="Deux", lang="fr", width=300)
    tops = []
    for element in paths(told.svg, "map-area"):
        start, steps = re.findall(r"M([-\d. ]+)l([-\d. ]+)z", element.get("d") or "")[0]
        x, y = map(float, start.split())
        numbers = [float(n) for n in steps.split()]
        xs, ys = [x], [y]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            xs.append(xs[-1] + dx)
            ys.append(ys[-1] + dy)
        assert min(xs) >= 0 and max(xs) <= told.width and min(ys) >= 0 and max(ys) <= told.height
        tops.append(min(ys))
    assert tops[1] < tops[0], "the area further north is drawn above"


def test_the_area_of_the_page_is_filled_and_outlined() -> None:
    areas = [replace(a, here=a.code == "2") for a in town()]
    told = draw_outlines(areas, title="Ici", lang="fr", width=500)
    assert len(paths(told.svg, "here")) == 1 and len(paths(told.svg, "map-outline")) == 1
    outlined = drawn(town(), outline=square(500, 500))
    assert len(paths(outlined.svg, "map-outline")) == 1


def test_names_are_written_only_where_they_fit() -> None:
    def names(width: float) -> set[str]:
        told = draw_outlines(town(), title="Noms", lang="fr", width=width)
        return {e.text or "" for e in ET.fromstring(told.svg).iter(f"{SVG}text")}

    assert {"Vieux-Moulin", "Le Plateau"} <= names(500)
    assert not names(60) & {"Vieux-Moulin", "Le Plateau"}
    narrow = names(220)
    assert {"Vieux-", "Moulin"} <= narrow, "broken after a hyphen, never inside a word"


def test_holes_parts_and_lines_of_a_shape() -> None:
    holed = square(0, 0).difference(square(400, 400, 200))
    island = square(3000, 0)
    mixed = shapely.GeometryCollection([holed, island, shapely.LineString([(0, 0), (9, 9)])])
    told = draw_outlines([MapArea("1", "Île", mixed)], title="x", lang="en", width=300)
    (element,) = paths(told.svg, "map-area")
    assert (element.get("d") or "").count("M") == 3
    assert element.get("fill-rule") == "evenodd"


def test_a_speck_is_still_drawn_when_it_is_all_there_is() -> None:
    on = plate((0, 0, 1e6, 1e6), width=100, margin=0, tallest=100)
    assert path(shapely.MultiPolygon([square(0, 0, 9e4)]), on=on).startswith("M")


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(NoAnswer, match="empty_map"):
        drawn([])
    with pytest.raises(NoAnswer, match="empty_map"):
        drawn(
            [
                MapArea("1", "Vide", shapely.Polygon()),
                MapArea("2", "Ligne", shapely.LineString([(0, 0), (1, 1)])),
            ]
        )


def test_all_values_missing_still_makes_a_map() -> None:
    told = drawn([replace(a, value=None, status=Status.SUPPRESSED) for a in town()])
    assert told.legend is not None and told.legend.classes == () and told.legend.n_suppressed == 6
    assert told.desc.endswith("6 sans valeur.")


def test_a_map_is_stable_and_suits_a_strict_page_in_both_schemes() -> None:
    for scheme, palette in (("light", LIGHT), ("dark", DARK)):
        svg = drawn(town(), scheme=scheme).svg
        assert svg == drawn(town(), scheme=scheme).svg
        assert "style=" not in svg and "<script" not in svg and palette.paper in svg
    assert "Plus la teinte est claire" in drawn(town(), scheme="dark").desc


@pytest.mark.parametrize(
    ["metres", "told"], [(3, 2), (999, 500), (1000, 1000), (7400, 5000), (0.2, 1)]
)
def test_a_scale_bar_is_round(metres: float, told: float) -> None:
    assert round_length(metres) == told


@pytest.mark.shared
def test_the_91_quarters_of_montreal_weigh_little(montreal_files: Path) -> None:
    file = montreal_files / "boundaries" / "quartierreferencehabitation.geojson"
    rows = json.loads(file.read_text(encoding="utf-8"))["features"]
    areas = []
    for row in rows:
        degrees = shapely.make_valid(shapely.geometry.shape(row["geometry"]))
        metres = shapely.transform(degrees, lambda xy: (xy - [-73.6, 45.5]) * [78_000, 111_000])
        code = row["properties"]["no_qr"]
        href = f"/fr/territoires/quartier_reference/2020/{code}/"
        areas.append(
            MapArea(code, row["properties"]["nom_qr"], metres, float(len(areas)), href=href)
        )
    told = draw_choropleth(areas, title="Montréal", unit="percent", lang="fr", width=720)
    assert len(told.svg.encode()) < 60_000
    assert len(paths(told.svg, "map-area")) == 91


@pytest.mark.parametrize(
    ("lang", "one", "six"),
    [("fr", "1 territoire,", "6 territoires,"), ("en", "1 area,", "6 areas,")],
)
def test_a_map_of_one_area_says_so_in_the_singular(lang: str, one: str, six: str) -> None:
    assert one in draw_outlines(town()[:1], title="Ici", lang=lang).svg
    assert six in draw_outlines(town(), title="Ici", lang=lang).svg
