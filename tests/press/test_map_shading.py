"""Shades and patterns: stripes where the class is not sure, limits that a person reads."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
import shapely

from courtepointe.atlas.figures import Status
from courtepointe.core.classes import classify, fixed
from courtepointe.press.maps import MapArea, draw_choropleth
from courtepointe.press.maps.shading import class_texts, shading, uncertain
from courtepointe.press.palette import DARK, LIGHT, contrast

SVG = "{http://www.w3.org/2000/svg}"


def row(*told: tuple[float, float, float] | None, known: bool = True) -> list[MapArea]:
    """Give areas of value, low and high, from west to east."""
    areas = []
    for n, one in enumerate(told):
        shape, name = shapely.box(1000 * n, 0, 1000 * n + 1000, 1000), f"Aire {n}"
        if one is None:
            areas.append(MapArea(str(n), name, shape, None, Status.SUPPRESSED, "confidentiel"))
            continue
        value, low, high = one
        areas.append(
            MapArea(
                str(n), name, shape, value, Status.AGGREGATED, f"{value}", low=low, high=high,
                error_known=known,
            )
        )  # fmt: skip
    return areas


TOWN = row((5.0, 4.0, 6.0), (12.0, 9.0, 15.0), (15.0, 11.0, 19.0), (25.0, 18.0, 32.0), None)
LIMITS = fixed([10, 20], [5.0, 12.0, 15.0, 25.0])


def test_an_area_whose_interval_crosses_a_limit_is_striped() -> None:
    made = shading(TOWN, unit="percent", decimals=1, lang="fr", classes=LIMITS)
    assert [bool(made.paint(a).stripes) for a in TOWN] == [False, True, False, True, False]
    assert made.legend.n_striped == 2
    assert any("Rayures" in note and "95" in note for note in made.legend.notes)
    assert any("rayures" in s.text and s.paint.stripes for s in made.legend.swatches)


def test_without_an_uncertain_area_nothing_is_said_of_stripes() -> None:
    sure = [replace(a, low=a.value, high=a.value) for a in TOWN]
    made = shading(sure, unit="percent", decimals=1, lang="fr", classes=LIMITS)
    assert made.legend.n_striped == 0 and "ayures" not in made.legend.text
    assert not any(s.paint.stripes for s in made.legend.swatches)


def test_an_unknown_error_is_said_and_not_striped() -> None:
    areas = [replace(a, low=None, high=None, error_known=False) for a in TOWN]
    made = shading(areas, unit="percent", decimals=1, lang="en", classes=LIMITS)
    assert made.legend.n_striped == 0
    assert "The sampling error of these values is not known" in made.legend.text


def test_bounds_are_read_as_they_are_written() -> None:
    (area,) = row((12.0, 9.96, 15.0))
    assert not uncertain(area, LIMITS, decimals=1), "9.96 is written 10.0, which is in the class"
    assert uncertain(area, LIMITS, decimals=2)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", ("moins de 10\u00a0%", "de 10\u00a0% à moins de 20\u00a0%", "20\u00a0% et plus")),
        ("en", ("under 10%", "10% to under 20%", "20% and over")),
    ],
)
def test_classes_are_said_by_their_limits(lang: str, told: tuple[str, ...]) -> None:
    assert class_texts(LIMITS, unit="percent", decimals=0, lang=lang) == told


def test_limits_are_written_with_as_many_decimals_as_they_need() -> None:
    made = fixed([2.25, 4], [1.0, 3.0, 5.0])  # One value each: declared limits are still said.
    texts = class_texts(made, unit="percent", decimals=0, lang="fr")
    assert texts[0] == "moins de 2,25\u00a0%" and texts[2] == "4,00\u00a0% et plus"


def test_distinct_values_are_said_themselves_and_one_class_is_whole() -> None:
    assert class_texts(classify([1.0, 3.0], number=5), unit="count", decimals=0, lang="fr") == (
        "1",
        "3",
    )
    (whole,) = class_texts(classify([1.0, 2.0, 3.0], number=1), unit="count", decimals=0, lang="en")
    assert whole == "1 to 3"


def test_an_outlier_class_is_said() -> None:
    areas = row(*[(float(n), float(n), float(n)) for n in (*range(1, 20), 900)])
    made = shading(areas, unit="count", decimals=0, lang="fr")
    assert made.classes.apart_high
    assert "Quelques valeurs très éloignées des autres ont leur propre classe." in made.legend.text


def test_equal_values_share_a_shade_even_unrounded() -> None:
    areas = row((10.04, 10.0, 10.1), (9.96, 9.9, 10.0), (20.0, 20.0, 20.0))
    made = shading(areas, unit="percent", decimals=1, lang="fr")
    assert made.paint(areas[0]).colour == made.paint(areas[1]).colour
    assert made.paint(areas[0]).colour != made.paint(areas[2]).colour


@pytest.mark.parametrize(("scheme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_stripes_stand_out_on_every_shade(scheme: str, palette: object) -> None:
    values = [5.0, 15.0, 25.0, 35.0, 45.0]
    areas = row(*[(v, v - 9, v + 9) for v in values])
    classes = fixed([10, 20, 30, 40], values)
    svg = draw_choropleth(
        areas, title="x", unit="percent", lang="fr", scheme=scheme, classes=classes
    ).svg
    root = ET.fromstring(svg)
    striped = [e for e in root.iter(f"{SVG}path") if e.get("class") == "map-stripes"]
    assert len(striped) == 5
    lines = {
        p.get("id"): p[0].get("stroke") or ""
        for p in root.iter(f"{SVG}pattern")
        if "stripes" in (p.get("id") or "")
    }
    shades = [
        e.get("fill") or "" for e in root.iter(f"{SVG}path") if "sequential" in e.get("class", "")
    ]
    for shade, stripe in zip(shades, striped, strict=True):
        line = lines[(stripe.get("fill") or "")[5:-1]]
        assert contrast(shade, line) >= 3.0, (shade, line)


def test_missing_suppressed_and_unsure_have_three_patterns() -> None:
    areas = [*TOWN, replace(TOWN[4], code="9", status=Status.NOT_AVAILABLE)]
    made = shading(areas, unit="percent", decimals=1, lang="fr", classes=LIMITS)
    assert made.paint(areas[4]).colour == "url(#map-dots)"
    assert made.paint(areas[5]).colour == "url(#map-hatch)"
    assert len({s.paint.colour + s.paint.stripes for s in made.legend.swatches}) == 6
