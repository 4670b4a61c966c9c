"""People hour by hour: where lines and their band stand, and that grey print tells them apart."""

from __future__ import annotations

import re
from typing import Any

import pytest

from courtepointe.press.charts import DESKTOP, PHONE
from courtepointe.press.hubs.hours import HourLine, HoursChart, hours_chart, themed

LEFT = HourLine("sans place", [0.0, 10.0, 40.0], ([0.0, 5.0, 20.0], [0.0, 20.0, 80.0]))
COME = HourLine("viennent", [10.0, 20.0, 60.0])


def chart(*lines: HourLine, lang: str = "fr") -> HoursChart:
    return HoursChart(
        "Au pire, 40 personnes", "Moyenne", "heure", lines, "Trois heures.", lang, "h"
    )


def marks(told: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in told["layer"] if one["mark"]["type"] == kind]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_lines_share_one_scale_from_zero_and_the_band_holds_its_line(width: float) -> None:
    told = hours_chart(chart(LEFT, COME), width=width)
    lines = {one["mark"]["color"]: one["data"]["values"] for one in marks(told, "line")}
    come, left = lines.values()
    band = marks(told, "area")[0]["data"]["values"]
    assert [one["value"] for one in left] == LEFT.values and len(come) == 3
    # Downwards: the same zero below, half of 80 at half the height of 80.
    assert left[0]["y"] > left[1]["y"] > left[2]["y"] > come[2]["y"]
    floor = left[0]["y"]
    assert floor - left[2]["y"] == pytest.approx((floor - band[2]["y2"]) / 2, abs=0.1)
    for place, edges in enumerate(band):
        assert edges["y"] >= left[place]["y"] >= edges["y2"]
        assert edges["x"] == left[place]["x"] == come[place]["x"] <= width
    assert left[0]["x"] > 0.0


def test_lines_are_told_apart_without_colour() -> None:
    told = hours_chart(chart(LEFT, COME, COME, COME))
    dashes = [tuple(one["mark"].get("strokeDash", ())) for one in marks(told, "line")]
    assert len(set(dashes)) == 4
    names = [one["data"]["values"][0]["text"] for one in marks(told, "text")]
    assert names.count("viennent") == 3 and "sans place" in names


def test_numbers_of_the_scale_are_written_in_the_language() -> None:
    few = HourLine("x", [0.0, 0.5, 1.0])
    for lang, half in (("fr", "0,5"), ("en", "0.5")):
        told = hours_chart(chart(few, lang=lang))
        assert half in [one["text"] for made in marks(told, "text") for one in made["data"]["values"]]  # fmt: skip


def test_nobody_at_any_hour_is_drawn_as_nobody() -> None:
    drawn = chart(HourLine("x", [0.0, 0.0])).draw(PHONE)
    assert drawn.svg.startswith("<svg") and "Trois heures." in drawn.svg and drawn.width == PHONE


def test_every_colour_of_a_chart_has_a_name_that_a_dark_page_can_change() -> None:
    svg = themed(chart(LEFT, COME, COME, COME).draw().svg)
    coloured = re.findall(r"<[^>]*(?:fill|stroke)=\"#[^>]*>", svg)
    assert len(coloured) > 20
    assert [one for one in coloured if one.count('class="') != 1] == []
