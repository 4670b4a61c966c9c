"""What a moving map shades is what the still map shades, on the town."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.support.town import town

from courtepointe.atlas.pack.values import STATUS_ORDER
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.press.maps.asked import MapAsked
from courtepointe.press.maps.rows import map_rows
from courtepointe.press.maps.setting import set_map
from courtepointe.press.maps.shading import all_as_written, as_written

HERE = "/api/v1/shades?type=secteur&indicator="


def shades(program: Client, question: str) -> dict[str, Any]:
    answer = program.get(HERE + question)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize(
    "indicator", ["immigrants_share", "median_household_income", "degree_share", "population"]
)
@pytest.mark.parametrize("classes", ["", "&method=ckmeans&number=2"])
def test_classes_and_doubts_are_those_of_the_still_map(
    program: Client, indicator: str, classes: str
) -> None:
    told = shades(program, f"{indicator}{classes}&lang=fr")
    atlas = Atlas(town())
    method, number = ("ckmeans", 2) if classes else ("", 0)
    asked = MapAsked("secteur:2021", indicator, method=method, number=number)
    made = set_map(atlas, asked, lang="fr")
    rows = map_rows(made, made.panels[0], atlas.indicator(indicator))
    assert told["codes"] == [row.area.code for row in rows]
    assert told["class_of"] == [row.place for row in rows]
    assert told["unsure"] == [place for place, row in enumerate(rows) if row.unsure]
    texts = [one["text"] for one in told["classes"]]
    assert [texts[place - 1] if place else "" for place in told["class_of"]] == [
        r.class_text for r in rows
    ]
    assert [told["statuses"][code]["status"] for code in told["status"]] == [
        row.figure.status.value for row in rows
    ]
    for value, row in zip(told["value"], rows, strict=True):
        assert (
            value is None
            if row.area.value is None
            else value == pytest.approx(row.area.value, abs=1e-3)
        )


def test_what_is_missing_is_null_beside_its_reason(program: Client) -> None:
    told = shades(program, "immigrants_share")
    lost = told["codes"].index("006")
    assert told["value"][lost] is None and told["class_of"][lost] == 0
    assert told["statuses"][told["status"][lost]]["status"] == "suppressed"
    assert [one["status"] for one in told["statuses"]] == [status.value for status in STATUS_ORDER]


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        ("zork", 404, "unknown_indicator"),
        ("english_speakers", 422, "map_without_values"),
        ("population&number=9", 400, ""),
        ("population&number=1", 400, "map_classes_number"),
        ("population&method=jenks", 400, ""),
        ("population&zork=1", 400, "api_unknown_parameter"),
        ("population&type=zork", 404, "unknown_area_type"),
    ],
)
def test_what_cannot_be_shaded_says_why(
    program: Client, question: str, status: int, code: str
) -> None:
    answer = program.get(HERE + question)
    assert answer.status_code == status and code in answer.content.decode()


@given(st.lists(st.floats(-1e9, 1e9) | st.integers(-99_999, 99_999).map(lambda n: n / 1000)),
       st.integers(0, 3))  # fmt: skip
def test_many_values_are_written_as_each_is(values: list[float], decimals: int) -> None:
    told = all_as_written(np.array(values, dtype=np.float64), decimals)
    assert told.tolist() == [as_written(value, decimals) for value in values]
