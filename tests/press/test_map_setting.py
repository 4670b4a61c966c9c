"""Maps set from the town worked by hand: what each kind shows, says and refuses."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree as ET

import pytest
from tests.support.town import town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.errors import BadInput, CourtepointeError, NoAnswer, NotFound
from courtepointe.doors.words import sentence
from courtepointe.press.maps.asked import MapAsked, MapKind, kind_of
from courtepointe.press.maps.poster import draw_map, png
from courtepointe.press.maps.rows import map_csv, map_rows
from courtepointe.press.maps.setting import set_map
from courtepointe.press.maps.themed import ThematicMap
from courtepointe.press.maps.values import DrawnMap

QUARTERS = "quartier:2014"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(town())


def made(
    atlas: Atlas, indicator: str = "immigrants_share", lang: str = "fr", **more: object
) -> ThematicMap:
    told = {"area_type": QUARTERS, "indicator": indicator} | more
    return set_map(atlas, MapAsked(**told), lang=lang)  # type: ignore[arg-type]


def drawn(atlas: Atlas, told: ThematicMap, **more: object) -> DrawnMap:
    held = [atlas.indicator(code) for code in told.asked.indicators]
    return draw_map(told, held, **more)  # type: ignore[arg-type]


def test_a_shaded_map_shows_the_figures_of_the_portraits(atlas: Atlas) -> None:
    told = made(atlas)
    (panel,) = told.panels
    for area, figure in zip(panel.areas, panel.figures, strict=True):
        portrait = atlas.portrait(atlas.find(f"{QUARTERS}:{area.code}"))
        assert portrait.figure("immigrants_share") == figure
        assert (area.value, area.status) == (figure.value, figure.status)


def test_a_map_is_said_in_the_order_of_its_classes(atlas: Atlas) -> None:
    assert made(atlas).words == (
        "Carte de 4 territoires du type «\u202fQuartiers\u202f», nord en haut\u00a0: immigrants_share.",
        "10,0\u00a0% dans 1 territoire, au sud-est\u00a0: Saint-Étienne-du-Coteau.",
        "20,0\u00a0% dans 1 territoire, au nord-ouest\u00a0: Le Plateau-des-Érables.",
        "23,3\u00a0% dans 1 territoire, au sud-ouest\u00a0: le Vieux-Moulin.",
        "Sans valeur (trop peu fiable)\u00a0: 1 territoire\u00a0: Pointe-aux-Fées.",
        "Les classes du Plateau-des-Érables et du Vieux-Moulin ne sont pas sûres\u00a0: leur intervalle à 95\u00a0% "
        "en touche une autre.",
    )
    english = made(atlas, lang="en").words
    assert english[1] == "10.0% in 1 area, in the south-east: Saint-Étienne-du-Coteau."
    assert english[-1].startswith("The classes of Le Plateau-des-Érables and ")


def test_words_rows_stripes_and_legend_tell_the_same_areas(atlas: Atlas) -> None:
    told = made(atlas)
    rows = map_rows(told, told.panels[0], atlas.indicator("immigrants_share"))
    unsure = {row.area.label for row in rows if row.unsure}
    assert unsure == {"Le Plateau-des-Érables", "Vieux-Moulin"}
    sheet = drawn(atlas, told)
    assert sheet.svg.count('class="map-stripes"') == 2
    assert sheet.legend is not None and sheet.legend.n_striped == 2
    assert "trop peu fiable" in " ".join(told.words) and sheet.legend.n_missing == 1


def test_the_area_of_the_page_is_said_first_and_outlined(atlas: Atlas) -> None:
    told = made(atlas, here="1")
    assert told.words[1] == "Le Vieux-Moulin\u00a0: 23,3\u00a0%."
    assert 'class="map-outline"' in drawn(atlas, told).svg
    assert 'class="map-outline"' not in drawn(atlas, made(atlas)).svg


def test_a_count_says_that_size_decides(atlas: Atlas) -> None:
    assert "dépend de la taille" in made(atlas, "population").warnings[0]
    assert made(atlas).warnings == ()


def test_two_indicators_side_by_side_say_what_they_do_not_prove(atlas: Atlas) -> None:
    told = made(atlas, kind=MapKind.PAIR, beside=("low_income_share",))
    assert [panel.heading for panel in told.panels] == ["immigrants_share", "low_income_share"]
    assert "erreur écologique" in told.warnings[0]
    assert "erreur écologique" in drawn(atlas, told).svg
    english = made(atlas, kind=MapKind.PAIR, beside=("low_income_share",), lang="en")
    assert "ecological fallacy" in english.warnings[0]


def test_small_maps_of_one_unit_share_their_classes(atlas: Atlas) -> None:
    told = made(atlas, kind=MapKind.MULTIPLES, beside=("low_income_share", "degree_share"))
    assert len({panel.classes for panel in told.panels}) == 1
    sheet = drawn(atlas, told)
    assert sheet.svg.count("Les classes sont les mêmes") == 2, "in the drawing and its description"
    refused(
        made, NoAnswer, "map_groups_unlike", atlas, kind=MapKind.MULTIPLES, beside=("population",)
    )


def test_hexagons_hold_every_area_once_and_measure_nothing(atlas: Atlas) -> None:
    told = made(atlas, kind=MapKind.HEXAGONS)
    assert all(len(area.shape.exterior.coords) == 7 for area in told.panels[0].areas)  # type: ignore[attr-defined]
    assert told.kept == 1.0
    sheet = drawn(atlas, told)
    assert "1 km" not in sheet.svg and "m</text>" not in sheet.svg, "no scale bar"
    assert "100\u00a0% des voisinages sont gardés" in sheet.desc


def test_dots_stand_for_people_and_are_as_many_as_the_count(atlas: Atlas) -> None:
    told = made(atlas, "population", kind=MapKind.DOTS)
    assert told.dots is not None
    assert told.dots.per_dot * told.dots.n_dots == pytest.approx(6000, abs=told.dots.per_dot)
    assert "ce n’est jamais une adresse" in " ".join(told.words)
    again = made(Atlas(town()), "population", kind=MapKind.DOTS)
    assert again.dots is not None
    assert (again.dots.groups[0].points == told.dots.groups[0].points).all()


def test_groups_of_dots_have_one_colour_each(atlas: Atlas) -> None:
    told = made(atlas, "population", kind=MapKind.DOTS, beside=("immigrants",))
    root = ET.fromstring(drawn(atlas, told).svg)
    drawn_dots = [e for e in root.iter(f"{SVG}path") if "map-dots" in (e.get("class") or "")]
    assert len({e.get("stroke") for e in drawn_dots}) == 2
    assert len([e for e in root.iter(f"{SVG}circle") if e.get("r") == "4"]) == 2


def refused(
    make: object, of: type[CourtepointeError], code: str, *told: object, **more: object
) -> str:
    with pytest.raises(of) as caught:
        make(*told, **more)  # type: ignore[operator]
    assert caught.value.code == code
    assert sentence(caught.value, lang="fr") != code
    return sentence(caught.value, lang="en")


def test_what_cannot_be_drawn_is_refused_in_words(atlas: Atlas) -> None:
    dots = {"kind": MapKind.DOTS}
    assert "share" in refused(made, NoAnswer, "dots_of_a_share", atlas, "immigrants_share", **dots)
    refused(made, NoAnswer, "dots_of_a_share", atlas, "parks", **dots)
    refused(made, NoAnswer, "dots_unlike", atlas, "population", beside=("households",), **dots)
    refused(made, NoAnswer, "map_without_values", atlas, "english_speakers")
    refused(made, NoAnswer, "map_one_area", atlas, area_type="ville:2021")
    refused(made, NoAnswer, "map_one_period", atlas, kind=MapKind.CHANGE)
    refused(made, NoAnswer, "map_one_period", atlas, kind=MapKind.PAIR)
    told = refused(made, NotFound, "unknown_period", atlas, period="1999")
    assert "1999" in told and "2021" in told
    refused(made, NotFound, "unknown_area", atlas, here="nowhere")
    refused(made, NotFound, "unknown_indicator", atlas, "cats")
    refused(made, NotFound, "unknown_area_type", atlas, area_type="ward:2021")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"number": 1}, "map_classes_number"),
        ({"number": 6}, "map_classes_number"),
        ({"method": "jenks"}, "map_classes_method"),
        ({"beside": ("b",)}, "map_too_many_beside"),
        ({"beside": ("b", "c"), "kind": MapKind.PAIR}, "map_too_many_beside"),
        ({"beside": ("a",), "kind": MapKind.PAIR}, "map_same_twice"),
        ({"kind": "globe"}, "map_kind"),
    ],
)
def test_a_question_that_makes_no_map_is_refused(more: dict[str, object], code: str) -> None:
    refused(MapAsked, BadInput, code, area_type=QUARTERS, indicator="a", **more)


def test_a_kind_is_read_by_its_word() -> None:
    assert kind_of("dots") is MapKind.DOTS
    assert MapAsked(QUARTERS, "a", "change").kind is MapKind.CHANGE  # type: ignore[arg-type]


def test_the_csv_has_a_row_for_each_area_and_no_value_is_a_status(atlas: Atlas) -> None:
    told = made(atlas)
    text = map_csv(told, {"immigrants_share": atlas.indicator("immigrants_share")})
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    held = {row["code"]: row for row in rows}
    assert len(rows) == 4
    assert held["4"]["value"] == "" and held["4"]["status"] == "unreliable"
    assert held["4"]["class"] == "" and held["4"]["may_be_another_class"] == ""
    assert held["1"]["may_be_another_class"] == "yes" and float(held["1"]["value"]) > 23


def test_a_map_carries_its_sources_and_the_hash_of_its_inputs(atlas: Atlas) -> None:
    svg = drawn(atlas, made(atlas)).svg
    assert atlas.pack.content_hash[:12] in svg and "Source" in svg
    bare = drawn(atlas, made(atlas), bare=True).svg
    assert atlas.pack.content_hash[:12] not in bare and "Rayures" in bare


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [358, 720])
@pytest.mark.parametrize(
    ("indicator", "more"),
    [
        ("immigrants_share", {}),
        ("immigrants_share", {"kind": MapKind.PAIR, "beside": ("low_income_share",)}),
        ("population", {"kind": MapKind.DOTS}),
        ("population", {"kind": MapKind.HEXAGONS}),
    ],
)
def test_every_drawing_stands_alone_on_its_sheet(
    atlas: Atlas, lang: str, width: int, indicator: str, more: dict[str, object]
) -> None:
    for scheme in ("light", "dark"):
        sheet = drawn(atlas, made(atlas, indicator, lang, **more), width=width, scheme=scheme)
        root = ET.fromstring(sheet.svg)
        assert root.get("class") == "poster" and root.get("width") == str(width)
        assert "<script" not in sheet.svg and "style=" not in sheet.svg and "href" not in sheet.svg
        named = {e.get("id") for e in root.iter() if e.get("id")}
        for used in ("aria-labelledby", "aria-describedby"):
            assert root.get(used) in named
        for words in root.iter(f"{SVG}text"):
            assert 0 <= float(words.get("y") or -1) <= sheet.height


def test_a_picture_of_points_has_two_for_each_pixel(atlas: Atlas) -> None:
    sheet = drawn(atlas, made(atlas), width=358)
    found = png(sheet)
    assert found.startswith(b"\x89PNG")
    assert int.from_bytes(found[16:20], "big") == 716
    assert int.from_bytes(found[20:24], "big") == pytest.approx(2 * sheet.height, abs=2)
