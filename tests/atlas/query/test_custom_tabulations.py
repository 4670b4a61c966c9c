"""What a publisher tabulated on order for exactly an area beats our own sum, and serves nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from tests.support.town import X, release_tables, town, with_recipe
from tests.support.town import _table as table

from courtepointe.atlas.figures import Figure, Method, Status, Uncertainty
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import TABULATED, Gap, Portrait
from courtepointe.atlas.recipe.values import Release, Variable, Words
from courtepointe.doors.portrait_json import portrait_json
from courtepointe.press.document.build import build_document
from courtepointe.press.document.drawer import explain
from courtepointe.press.galley import set_galley

VARIABLES = ("population", "households", "households_one_person", "low_income", "low_income_base")
QUARTERS = {
    "population": (1513, 2000, 1500, 800),
    "households": (615, X, 600, 350),
    "households_one_person": (230, 10, 200, 150),
    "low_income": (240, 500, X, 120),
    "low_income_base": (1500, 1980, 1490, 790),
}


def ordered(area: str, rows: dict[str, tuple[object, ...]]) -> Pack:
    """Give the town with a custom tabulation for a type of area, after all other releases."""
    pack = town()
    release = Release(
        "commande", "comptage", "table", Words("Commande", "Order"), "2021",
        tuple(Variable(code, column=code, rounded_to=5) for code in rows),
        area=area, custom_tabulation=True,
    )  # fmt: skip
    tables = release_tables() | {("commande", area): table("commande", area, rows)}  # type: ignore[arg-type]
    pack = with_recipe(pack, releases=(*pack.recipe.releases, release))
    return replace(pack, release_tables=tables)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(ordered("quartier:2014", dict(QUARTERS)))


@pytest.fixture(scope="module")
def plain() -> Atlas:
    return Atlas(town())


def portrait(atlas: Atlas, key: str, method: str = "best_fit") -> Portrait:
    return atlas.portrait(atlas.find(key), method=FitMethod(method))


def gap(held: Portrait, indicator: str) -> Gap:
    return next(one for one in held.gaps if one.code == f"{TABULATED}:{indicator}")


def test_it_beats_the_sum_of_units_and_the_sum_stays_as_a_check(atlas: Atlas, plain: Atlas) -> None:
    held = portrait(atlas, "quartier:2014:1")
    found = held.figure("households")
    assert (found.value, found.low, found.high) == (615.0, 611.0, 619.0)
    assert (found.status, found.method) == (Status.PUBLISHED, Method.CUSTOM_TABULATION)
    assert (found.uncertainty, found.release) == (Uncertainty.ROUNDING, "commande")
    check = gap(held, "households")
    ours = portrait(plain, "quartier:2014:1").figure("households")
    assert (check.figure, check.against) == (found, ours)
    assert ours.value is not None and check.gap == 615.0 - ours.value != 0.0


def test_a_share_is_divided_from_its_own_cells(atlas: Atlas) -> None:
    held = portrait(atlas, "quartier:2014:1")
    found = held.figure("households_one_person_share")
    assert found.value == pytest.approx(100 * 230 / 615)
    assert found.method is Method.CUSTOM_TABULATION
    assert (found.numerator, found.denominator) == (230.0, 615.0)
    assert gap(held, "households_one_person_share").against.method is Method.RATIO_OF_SUMS


@pytest.mark.parametrize("method", ["best_fit", "as_drawn"])
def test_the_check_is_by_the_fit_in_force(atlas: Atlas, plain: Atlas, method: str) -> None:
    check = gap(portrait(atlas, "quartier:2014:3", method), "population")
    assert check.against == portrait(plain, "quartier:2014:3", method).figure("population")


def test_what_the_publisher_keeps_back_stays_back(atlas: Atlas, plain: Atlas) -> None:
    held = portrait(atlas, "quartier:2014:2")
    found = held.figure("households")
    assert (found.value, found.status) == (None, Status.SUPPRESSED)
    assert portrait(plain, "quartier:2014:2").figure("households").value is not None
    assert held.figure("households_one_person_share").value is None
    codes = {one.code for one in held.gaps}
    assert f"{TABULATED}:households" not in codes
    assert f"{TABULATED}:households_one_person_share" not in codes


def test_the_map_of_its_type_says_the_same_as_portraits(atlas: Atlas) -> None:
    told = atlas.figures_for_type("quartier:2014", "households")
    for code, figure in zip(told.codes, told.figures, strict=True):
        assert figure == portrait(atlas, f"quartier:2014:{code}").figure("households")


def without(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    return tuple(one for one in figures if one.indicator != "english_speakers")


@pytest.mark.parametrize("key", ["arrondissement:2021:EST", "quartier:2001:1", "ville:2021:1"])
def test_no_other_area_is_made_of_it(atlas: Atlas, plain: Atlas, key: str) -> None:
    assert portrait(atlas, key).figures == portrait(plain, key).figures
    assert not any(one.tabulated for one in portrait(atlas, key).gaps)


def test_an_area_drawn_on_its_very_limits_is_still_a_drawn_one(atlas: Atlas, plain: Atlas) -> None:
    shape = atlas.shape(atlas.find("quartier:2014:1"))
    held, other = (one.portrait_of_shape(shape, in_metres=True) for one in (atlas, plain))
    assert held.figures == other.figures
    assert held.gaps == ()
    assert isinstance(shape, shapely.Geometry)


def test_it_never_stands_for_units_even_where_its_areas_are_units(plain: Atlas) -> None:
    rows = {"population": (7, 7, 7, 7, 7, 7), "households": (5, 5, 5, 5, 5, 5)}
    odd = Atlas(ordered("secteur:2021", rows))
    for key in ("arrondissement:2021:OUE", "quartier:2014:1", "ville:2021:1"):
        assert portrait(odd, key).figures == portrait(plain, key).figures
        assert portrait(odd, key).fit == portrait(plain, key).fit
    units = ("001", "004")
    assert (
        odd.portrait_of_units("secteur:2021", units).figures
        == plain.portrait_of_units("secteur:2021", units).figures
    )
    alone = portrait(odd, "secteur:2021:001").figure("households")
    assert (alone.value, alone.method) == (5.0, Method.CUSTOM_TABULATION)


@pytest.mark.parametrize(
    ("lang", "told", "term"),
    [("fr", "totalisation commandée", "Vérification"), ("en", "tabulation ordered", "Check")],
)
def test_page_drawer_and_json_tell_both(atlas: Atlas, lang: str, told: str, term: str) -> None:
    held, recipe = portrait(atlas, "quartier:2014:1"), atlas.pack.recipe
    sentences = [part.sentence.text for part in build_document(held, recipe, lang).gaps]
    mine = next(
        text
        for text in sentences
        if text.casefold().startswith("households\u00a0")
        or text.casefold().startswith("households:")
    )
    assert told in mine and "615" in mine
    galley = set_galley(held, recipe, lang=lang)
    terms = {one.term: one for one in explain(galley, held.figure("households"))}
    assert "custom-tabulations" in (terms[term].link or "")
    against = galley.value(gap(held, "households").against)
    assert against in terms[term].text
    assert term not in {one.term for one in explain(galley, held.figure("degree_share"))}
    json = portrait_json(held, recipe, lang=lang)
    check = next(one for one in json["gaps"] if one["code"] == f"{TABULATED}:households")
    assert check["gap"] == check["figure"]["value"] - check["against"]["value"]
    assert check["figure"]["method"] == "custom_tabulation"
