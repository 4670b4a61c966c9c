"""Charts: what they draw for each kind of figure, that nothing is clipped, that nothing is fetched."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.press.sample import figures, missing, portrait, recipe, share

from courtepointe.atlas.figures import Figure, Status
from courtepointe.atlas.recipe.values import ChartPlan, Words
from courtepointe.press.charts import (
    DESKTOP,
    PHONE,
    Chart,
    ChartKind,
    draw_chart,
    draw_png,
    plan_chart,
    strip_chart,
    vega_lite,
)
from courtepointe.press.charts.text import width, wrap
from courtepointe.press.charts.ticks import nice_ticks
from courtepointe.press.galley import Galley, set_galley
from courtepointe.press.palette import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
AGES = ChartPlan(
    "bars", ("age_0_14_share", "age_15_64_share", "age_65_plus_share"), Words("Âges", "Ages")
)
PERIODS = next(s for s in recipe().sections if s.code == "housing").charts[1]


def galley(lang: str = "fr", held: tuple[Figure, ...] | None = None) -> Galley:
    return set_galley(portrait(held=held), recipe(), lang=lang)


def chart(plan: ChartPlan, lang: str = "fr", held: tuple[Figure, ...] | None = None) -> Chart:
    made = plan_chart(galley(lang, held), plan, "essai")
    assert made is not None
    return made


def all_charts(lang: str) -> list[Chart]:
    told = galley(lang)
    planned = [(s.code, n, p) for s in recipe().sections for n, p in enumerate(s.charts)]
    made = [plan_chart(told, p, f"{code}-{n}") for code, n, p in planned]
    strip = strip_chart(told, told.figures["renter_share"], [50.0, 60, 70, 70.2, 71, 80], "strip")
    return [c for c in (*made, strip) if c is not None]


def layers(spec: dict[str, Any], kind: str, **style: object) -> list[dict[str, Any]]:
    return [
        datum
        for one in spec["layer"]
        if one["mark"]["type"] == kind and all(one["mark"].get(k) == v for k, v in style.items())
        for datum in one["data"]["values"]
    ]


def written(spec: dict[str, Any]) -> list[str]:
    return [d["text"] for d in layers(spec, "text")]


# ---------------------------------------------------------------- what is drawn


def test_bars_are_as_long_as_their_values() -> None:
    spec = vega_lite(chart(AGES), width=DESKTOP)
    bars = layers(spec, "rect", color=LIGHT.data)
    assert [b["value"] for b in bars] == [15.2, 71.0, 13.8]
    long = [b["x2"] - b["x"] for b in bars]
    assert long[1] / long[0] == pytest.approx(71.0 / 15.2, rel=1e-3)
    assert written(spec)[3:6] == ["15,2\u00a0%", "71,0\u00a0%", "13,8\u00a0%"]


def test_whiskers_stand_at_the_interval_and_only_where_it_is_known() -> None:
    told = chart(PERIODS)
    spec = vega_lite(told, width=DESKTOP)
    ends = {(d["low"], d["high"]) for d in layers(spec, "rule", color=LIGHT.ink) if "low" in d}
    known = {(r.figure.low, r.figure.high) for r in told.rows if r.figure.low is not None}
    assert ends == known and len(known) == 3


def test_an_unknown_error_is_striped_and_a_known_one_is_not() -> None:
    striped = vega_lite(chart(PERIODS), width=DESKTOP)
    assert layers(striped, "rule", color=LIGHT.paper, strokeWidth=2.0)
    assert not layers(vega_lite(chart(AGES)), "rule", color=LIGHT.paper, strokeWidth=2.0)
    assert "barre rayée" in chart(PERIODS).subtitle and "barre rayée" not in chart(AGES).subtitle


def test_missing_is_hatched_suppressed_is_dotted_and_zero_is_written() -> None:
    spec = vega_lite(chart(PERIODS), width=PHONE)
    boxes = layers(spec, "rect", stroke=LIGHT.missing)
    assert [b["dotted"] for b in boxes] == [False, True]
    assert layers(spec, "point", color=LIGHT.missing) and layers(spec, "rule", color=LIGHT.missing)
    said = written(spec)
    assert {"confidentiel", "non disponible", "0,0\u00a0%"} <= set(said)
    zero = [b for b in layers(spec, "rect", color=LIGHT.data) if b["value"] == 0]
    assert len(zero) == 1 and zero[0]["x"] == zero[0]["x2"]


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_a_chart_of_missing_values_only_is_not_made(kind: str) -> None:
    held = tuple(missing(code, Status.SUPPRESSED) for code in AGES.indicators)
    assert plan_chart(galley(held=held), replace(AGES, kind=kind), "x") is None
    assert plan_chart(galley(held=()), replace(AGES, kind=kind), "x") is None


def test_dots_of_one_unit_share_one_scale() -> None:
    plan = next(s for s in recipe().sections if s.code == "income").charts[1]
    spec = vega_lite(chart(plan), width=DESKTOP)
    held = layers(spec, "point", color=LIGHT.data_strong)
    start = layers(spec, "rule", color=LIGHT.rule)[0]["x"]
    steps = {round((d["x"] - start) / d["value"], 2) for d in held}
    assert len(held) == 2 and max(steps) - min(steps) <= 0.02


def test_a_comparator_is_a_diamond_and_an_unknown_error_a_hollow_dot() -> None:
    plan = next(s for s in recipe().sections if s.code == "housing").charts[2]
    spec = vega_lite(chart(plan), width=DESKTOP)
    assert [d["value"] for d in layers(spec, "point", shape="diamond")] == [24.0]
    assert {d["value"] for d in layers(spec, "point", filled=False)} == {72.4, 62.9}
    assert "point vide" in chart(plan).subtitle


def test_the_pyramid_has_two_sides_on_one_scale() -> None:
    plan = recipe().sections[0].charts[0]
    told = chart(plan)
    assert told.kind is ChartKind.PYRAMID and told.title.endswith("25 à 29 ans")
    spec = vega_lite(told, width=PHONE)
    men = layers(spec, "rect", color=LIGHT.data)
    women = layers(spec, "rect", color=LIGHT.categories[2])
    assert len(men) == len(women) == 18
    scales = {round((b["x2"] - b["x"]) / b["value"], 3) for b in (*men, *women)}
    assert max(scales) - min(scales) <= 0.002
    assert men[0]["y"] > men[-1]["y"], "the youngest stand below"


def test_a_pyramid_without_genders_is_drawn_as_bars() -> None:
    assert chart(replace(AGES, kind="pyramid")).kind is ChartKind.BARS


def test_a_missing_side_of_the_pyramid_is_shown_so() -> None:
    held = tuple(
        missing(f.indicator, Status.SUPPRESSED, unit="persons")
        if f.indicator == "age_0_4_men"
        else f
        for f in figures()
    )
    told = chart(recipe().sections[0].charts[0], held=held)
    assert told.title == "Population selon l’âge et le genre"
    assert len(layers(vega_lite(told), "rect", stroke=LIGHT.missing)) == 1


def test_a_strip_names_nobody_but_here() -> None:
    told = galley("en")
    made = strip_chart(told, told.figures["immigrants_share"], [10.0, 10.1, 30.0], "strip")
    assert made is not None
    spec = vega_lite(made, width=PHONE)
    assert len(layers(spec, "point", color=LIGHT.line)) == 3
    assert "Here: 19.5%" in written(spec)
    assert strip_chart(told, told.figures["rent_median"], [1.0], "x") is None
    assert strip_chart(told, told.figures["immigrants_share"], [], "x") is None


# ---------------------------------------------------------------- what is said


def test_a_title_is_a_finding_only_where_it_can_be_told() -> None:
    assert (
        chart(AGES).title == "Personnes de 15 à 64 ans\u00a0: la part la plus grande, 71,0\u00a0%"
    )
    close = tuple(
        share(code, value, 3) for code, value in zip(AGES.indicators, (34, 35, 31), strict=True)
    )
    assert "que l’on ne peut pas distinguer" in chart(AGES, held=close).title
    unsure = tuple(
        share(code, value, None) for code, value in zip(AGES.indicators, (10, 80, 10), strict=True)
    )
    assert chart(AGES, held=unsure).title == "Âges"
    assert chart(AGES, held=close[:2]).title == "Âges", "a part of the whole is no finding"


def test_a_comparison_in_a_title_is_distinguishable() -> None:
    plan = recipe().sections[0].charts[2]
    assert chart(plan, "en").title == (
        "People aged 65 years and over: 13.8% here, 17.0% for the city, "
        "a difference that is distinguishable"
    )
    same = tuple(share(code, value, 5) for code, value in
                 zip(plan.indicators, (15.0, 17.0, 2.7), strict=True))  # fmt: skip
    assert chart(plan, "en", same).title.endswith("no difference is distinguishable")
    unknown = tuple(share(code, 90, None) for code in plan.indicators)
    assert chart(plan, "en", unknown).title == "Children and seniors, compared"


def test_the_subtitle_says_measure_universe_year_and_the_foot_the_source() -> None:
    told = chart(AGES, "en")
    assert "Share in %, total population, 2021." in told.subtitle
    assert told.foot == "Source: Statistics Canada, 2021 Census Profile."


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_chart_is_said_in_words(lang: str) -> None:
    for told in all_charts(lang):
        for row in told.rows:
            assert row.value_text in told.alt
        assert told.title in told.alt
        assert not re.search(r"\bnan\b|\bNone\b", told.alt + told.title + told.subtitle)


# ---------------------------------------------------------------- how it is drawn


@pytest.mark.parametrize("wide", [PHONE, DESKTOP])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_text_leaves_the_sheet(wide: int, lang: str) -> None:
    for told in all_charts(lang):
        spec = vega_lite(told, width=wide)
        for one in spec["layer"]:
            if one["mark"]["type"] != "text":
                continue
            for datum in one["data"]["values"]:
                long = width(datum["text"], one["mark"]["fontSize"])
                align = one["mark"]["align"]
                left = datum["x"] - {"left": 0, "center": long / 2, "right": long}[align]
                assert left >= -0.5, (told.code, datum)
                assert left + long <= wide + 0.5, (told.code, datum)
                assert 0 <= datum["y"] <= spec["height"]
        for line in (*spec["title"]["text"], *spec["title"]["subtitle"]):
            assert width(line, 12.5) <= wide


@pytest.mark.parametrize("wide", [PHONE, DESKTOP])
@pytest.mark.parametrize("name", ["Ville de Rivière-aux-Retailles", "x" * 300, "mot " * 80])
def test_a_comparator_of_any_name_stays_in_its_column(wide: int, name: str) -> None:
    told = portrait()
    compared = tuple(replace(c, name=Words(name, name)) for c in told.compared)
    named = set_galley(replace(told, compared=compared), recipe(), lang="fr")
    made = plan_chart(named, replace(AGES, kind="dots"), "x")
    assert made is not None
    spec = vega_lite(made, width=wide)
    tracks = layers(spec, "rule", color=LIGHT.rule)
    rows_at = {d["y"] for d in tracks}
    for one in spec["layer"]:
        for datum in one["data"]["values"] if one["mark"]["type"] == "text" else []:
            long = width(datum["text"], one["mark"]["fontSize"])
            assert datum["x"] + long <= wide + 0.5
            beside = any(abs(datum["y"] - at) < 9 for at in rows_at)
            assert datum["x"] > 0 or not beside or long <= tracks[0]["x"]


def test_the_longest_labels_wrap() -> None:
    plan = next(s for s in recipe().sections if s.code == "housing").charts[0]
    spec = vega_lite(chart(plan), width=PHONE)
    assert "cinq étages" in written(spec) or any(t.startswith("cinq") for t in written(spec))


@pytest.mark.parametrize("kind", ["bars", "dots"])
def test_a_specification_is_plain_data_and_names_no_address(kind: str) -> None:
    told = json.dumps(vega_lite(chart(replace(AGES, kind=kind))))
    assert "url" not in told
    assert re.findall(r"https?://[^\"]+", told) == [
        "https://vega.github.io/schema/vega-lite/v6.json"
    ]


def test_the_picture_speaks_is_stable_and_suits_a_strict_page() -> None:
    told = chart(AGES)
    svg = draw_chart(told, width=PHONE)
    assert svg == draw_chart(told, width=PHONE)
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    ids = {e.get("id") for e in root.iter() if e.get("id")}
    assert set((root.get("aria-labelledby") or "").split()) <= ids
    assert root.findtext(f"{SVG}title") == told.title
    assert root.findtext(f"{SVG}desc") == told.alt
    assert "style=" not in svg and "<script" not in svg and "href" not in svg
    said = "".join(root.itertext())
    assert "13,8\u00a0%" in said and "Personnes de 65 ans et plus" in said


def test_dark_and_light_differ_in_colour_only() -> None:
    light, dark = (vega_lite(chart(AGES), scheme=s) for s in ("light", "dark"))
    assert dark["background"] == DARK.paper != light["background"]
    assert written(light) == written(dark)


def test_ids_of_two_charts_do_not_meet() -> None:
    one = ET.fromstring(draw_chart(replace(chart(AGES), code="a-1")))
    two = ET.fromstring(draw_chart(replace(chart(AGES), code="b-1")))
    ids = [{e.get("id") for e in root.iter() if e.get("id")} for root in (one, two)]
    assert ids[0] and not ids[0] & ids[1]


def test_a_png_for_documents_that_hold_no_svg() -> None:
    assert draw_png(vega_lite(chart(AGES), width=PHONE), scale=1.0)[:8] == b"\x89PNG\r\n\x1a\n"


# ---------------------------------------------------------------- text and ticks


def test_wrapping_keeps_every_word_and_the_room() -> None:
    lines = wrap("Appartements dans un immeuble de moins de cinq étages", 14, 160)
    assert " ".join(lines) == "Appartements dans un immeuble de moins de cinq étages"
    assert all(width(line, 14) <= 160 for line in lines)
    assert wrap("", 14, 100) == ("",)


def test_a_word_longer_than_the_room_is_cut_rather_than_clipped() -> None:
    lines = wrap("Rivière-des-Prairies–Pointe-aux-Trembles", 14, 120)
    assert "".join(lines) == "Rivière-des-Prairies–Pointe-aux-Trembles"
    assert all(width(line, 14) <= 120 for line in lines)
    assert len(wrap("x" * 300, 14, 100)) > 10


@pytest.mark.parametrize(
    ["high", "most", "ticks"],
    [
        (1900, 2, (0, 1000)),
        (1900, 4, (0, 500, 1000, 1500)),
        (0.7, 4, (0, 0.2, 0.4, 0.6)),
        (0, 4, (0,)),
    ],
)
def test_ticks_are_round(high: float, most: int, ticks: tuple[float, ...]) -> None:
    assert nice_ticks(0, high, most=most) == pytest.approx(ticks)


def test_each_row_answers_in_words_on_screen_and_weighs_nothing_in_a_picture() -> None:
    for told in all_charts("fr"):
        spec = vega_lite(told, width=PHONE)
        (rows,) = [one for one in spec["layer"] if one.get("name") == "rows"]
        assert [d["told"] for d in rows["data"]["values"]] == [r.told for r in told.rows]
        for row in told.rows:
            assert row.label in row.told and row.value_text in row.told
            known = row.figure.value is not None and row.figure.low is not None
            assert (row.interval_text in row.told) if known else "(de" not in row.told
        assert "transparent" not in draw_chart(told, width=PHONE)
