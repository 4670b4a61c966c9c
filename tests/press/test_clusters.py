"""Clusters drawn and said: colours, stripes, sentences in two languages, nothing ranked."""

from __future__ import annotations

import csv
import io
import re

import pytest
from tests.support.mosaic import SQUARES, mosaic

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.cluster_values import WhyNot
from courtepointe.core.errors import NoAnswer
from courtepointe.press.clusters import (
    ClusterMap,
    ClustersAsked,
    Shown,
    clusters_csv,
    draw_clusters,
    reading,
    set_clusters,
)
from courtepointe.press.palette import LIGHT, Scheme

ONE = "households_one_person_share"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(mosaic())


def made(atlas: Atlas, indicator: str = ONE, *, lang: str = "fr", **more: str) -> ClusterMap:
    return set_clusters(atlas, ClustersAsked(SQUARES, indicator, **more), lang=lang)  # type: ignore[arg-type]


def paths(svg: str, kind: str) -> int:
    return len(re.findall(rf'<path class="map-area {kind}"', svg))


def test_each_kind_has_its_own_shade_and_what_is_missing_a_pattern(atlas: Atlas) -> None:
    told = made(atlas)
    drawn = draw_clusters(told)
    count = {kind: sum(one.shown is kind for one in told.areas) for kind in Shown}
    assert paths(drawn.svg, "diverging-5") == count[Shown.HIGH_HIGH] > 5
    assert paths(drawn.svg, "diverging-3") == count[Shown.NONE] > 50
    assert paths(drawn.svg, "suppressed") == 1 and paths(drawn.svg, "ground") == 1
    assert drawn.svg.count(LIGHT.diverging[4]) > 5
    assert drawn.legend is not None and drawn.legend.n_suppressed == 1
    texts = [swatch.text for swatch in drawn.legend.swatches]
    assert texts[0] == "valeurs élevées entourées de valeurs élevées"
    assert "aucun voisin qui a une valeur" in texts and "pointillé\u00a0: confidentiel" in texts


def test_stripes_lie_on_what_is_not_certain_and_are_explained(atlas: Atlas) -> None:
    told = made(atlas, "unemployment_rate")
    drawn = draw_clusters(told)
    unsure = sum(one.unit.unsure for one in told.areas)
    assert unsure and drawn.svg.count('class="map-stripes"') == unsure
    assert drawn.legend is not None and drawn.legend.n_striped == unsure
    assert any("Rayures" in note for note in drawn.legend.notes)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("width", [358.0, 720.0])
def test_a_drawing_bears_its_title_and_sources_unless_it_is_bare(
    atlas: Atlas, scheme: Scheme, width: float
) -> None:
    told = made(atlas, lang="en")
    whole, bare = (
        draw_clusters(told, width=width, scheme=scheme, bare=one) for one in (False, True)
    )
    assert "Source" in whole.svg and "Source" not in bare.svg
    assert bare.desc.startswith(told.words[0]) and whole.width == width
    assert bare.height < whole.height


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_sentences_name_places_in_the_order_of_the_alphabet(atlas: Atlas, lang: str) -> None:
    told = made(atlas, "immigrants_share", lang=lang)
    listed = [re.findall(r"Carreau (\d\d)", line) for line in told.words]
    assert any(len(names) > 1 for names in listed)
    assert all(names == sorted(names) for names in listed)
    said = " ".join((*told.words, *told.unequal_words, *told.how, told.warning)).casefold()
    for never in (
        "pire",
        "mauvais",
        "point chaud",
        "rang de",
        "worst",
        "bad area",
        "hot spot",
        "best",
    ):
        assert never not in said


def test_the_gap_is_said_before_the_indices(atlas: Atlas) -> None:
    lines = made(atlas, along="median_household_income").unequal_words
    order = [next(k for k, line in enumerate(lines) if word in line) for word in
             ("L’écart est de", "Gini", "Theil", "concentration")]  # fmt: skip
    assert order == sorted(order)
    assert "tout le monde\u00a0: 20\u202f000 en tout" in lines[0]
    assert "plus élevées là où cet indicateur est plus bas" in lines[order[-1]]


def test_a_median_counts_areas_and_an_unknown_error_is_said(atlas: Atlas) -> None:
    median = made(atlas, "median_household_income").unequal_words
    assert median[0].startswith("Dans le dixième des territoires")
    unknown = made(atlas, "unemployment_rate")
    assert any("n’est pas publiée" in line for line in unknown.unequal_words)
    assert any("n’est pas publiée" in line for line in unknown.words)


def test_each_reading_says_what_keeps_an_area_out(atlas: Atlas) -> None:
    units = made(atlas).found.units
    told = {unit.why_not: reading(unit, lang="en") for unit in units if not unit.kept}
    assert told[WhyNot.CHANCE] == "chance is enough"
    assert told[WhyNot.NO_VALUE] == "no value"
    assert told[WhyNot.NO_NEIGHBOUR] == "no neighbour with a value"


def test_the_csv_has_a_row_for_each_area_in_the_order_of_codes(atlas: Atlas) -> None:
    rows = list(csv.DictReader(io.StringIO(clusters_csv(made(atlas), bom=False))))
    assert [row["code"] for row in rows] == [one.unit.key.code for one in made(atlas).areas]
    first = rows[0]
    assert first["neighbours"] == "01 | 10 | 11" and float(first["smoothed"]) > 20
    assert first["area_type"] == SQUARES and first["unit"] == "percent"


def test_one_area_makes_no_map(atlas: Atlas) -> None:
    with pytest.raises(NoAnswer, match="map_one_area"):
        set_clusters(atlas, ClustersAsked("ville:2021", ONE), lang="fr")
