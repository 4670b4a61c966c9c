"""What an area of the town is read against, its peers, and two of its shares together."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.compared_town import compared_town
from tests.support.town import square, town, with_recipe, words

from courtepointe.atlas.figures import Method
from courtepointe.atlas.query.areas import moved, to_degrees
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.peer_values import Among
from courtepointe.atlas.query.surfaces import without_surfaces
from courtepointe.atlas.query.values import Compared, Portrait
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.atlas.recipe.values import PeerGroup
from courtepointe.core.errors import CourtepointeError, NoAnswer, NotFound

OLD_MILL = "quartier:2014:1"


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(compared_town())


def of(atlas: Atlas, key: str = OLD_MILL) -> Portrait:
    return atlas.portrait(atlas.find(key))


def beside(atlas: Atlas, ref: str, key: str = OLD_MILL) -> Compared:
    (one,) = atlas.against(of(atlas, key), [ref]).compared
    return one


def value(compared: Compared, code: str) -> float | None:
    return next(one.value for one in compared.figures if one.indicator == code)


def test_only_what_the_recipe_shows_is_shown_and_the_rest_is_offered(atlas: Atlas) -> None:
    held = of(atlas)
    assert [one.ref for one in held.compared] == ["ville:2021:1"]
    assert [ref for ref, _ in atlas.offered(held)] == [
        "ville:2021:1", "peers:semblables", "ville:2021:1", "past", "target",
    ]  # fmt: skip
    assert [ref for ref, _ in atlas.offered(of(atlas, "ville:1"))] == ["past", "target"]


def test_peers_are_those_worked_by_hand_and_say_by_what(atlas: Atlas) -> None:
    """38.5 % and 1,500 a km²: quarter 3 has 33.3 % and 1,500, quarter 4 42.9 % and 800."""
    found = atlas.peers(of(atlas))
    assert [str(one.key) for one in found.peers] == ["quartier:2014:3", "quartier:2014:4"]
    assert [one.own for one in found.variables] == pytest.approx([500 / 13, 1500.0])
    assert found.peers[0].contribution == pytest.approx((1.0, 0.0))
    assert sum(one.weight for one in found.variables) == pytest.approx(1.0)
    assert not found.left_out and not found.set_aside and not found.overlapping
    assert found.inputs_hash == atlas.peers(of(atlas)).inputs_hash
    assert found.inputs_hash != atlas.peers(of(atlas, "quartier:2014:2")).inputs_hash


def test_peers_together_are_sums_never_means(atlas: Atlas) -> None:
    """Tracts 004 and 005: 350 of 950 households, not the mean of 33.3 % and 42.9 %."""
    peers = beside(atlas, "peers")
    assert peers.ref == "peers:semblables" and len(peers.peers) == 2
    assert value(peers, "population") == 2300.0
    assert value(peers, "households_one_person_share") == pytest.approx(100 * 350 / 950)


def test_an_area_is_never_its_own_peer_and_neighbours_that_share_units_are_named(
    atlas: Atlas,
) -> None:
    shape = moved(square(0, 0, 1600, 1000), to_degrees(atlas.pack))
    drawn = atlas.portrait_of_shape(shape, name=words("Ici"))
    found = atlas.peers(drawn)
    assert [str(key) for key in found.overlapping] == [OLD_MILL]
    assert OLD_MILL not in [str(one.key) for one in found.peers]


def test_an_area_without_a_value_is_left_out_and_named() -> None:
    group = PeerGroup("g", words("g"), "secteur:2021", ("degree_share", "immigrants_share"),
                      words("r"), n_peers=9)  # fmt: skip
    atlas = Atlas(with_recipe(town(), peer_groups=(group,)))
    found = atlas.peers(atlas.find("secteur:2021:001"))
    lacking = {str(key).rpartition(":")[2]: codes for key, codes in found.left_out}
    assert lacking["006"] == ("degree_share", "immigrants_share")
    assert lacking["005"] == ("immigrants_share",)
    assert not {"005", "006"} & {one.key.code for one in found.peers}


def test_the_parent_holds_the_area_and_any_area_may_be_asked_for(atlas: Atlas) -> None:
    parent = beside(atlas, "parent")
    assert parent.contains and parent.kind == "city" and value(parent, "population") == 6000.0
    other = beside(atlas, "quartier:2014:3")
    assert (other.kind, other.contains) == ("area", False)
    assert value(other, "population") == 1500.0


def test_a_target_is_a_number_somebody_decided(atlas: Atlas) -> None:
    (figure,) = beside(atlas, "target").figures
    assert (figure.value, figure.method, figure.unit) == (10.0, Method.TARGET, "percent")


def test_asked_twice_is_shown_once(atlas: Atlas) -> None:
    asked = atlas.against(
        of(atlas), ["city", "parent", "ville:2021:1", "peers", "peers:semblables"]
    )
    assert [one.ref for one in asked.compared] == ["ville:2021:1", "peers:semblables"]


@pytest.mark.parametrize(
    ("ref", "key", "code"),
    [
        ("zork", OLD_MILL, "unknown_comparator"),
        ("peers:zork", OLD_MILL, "unknown_peer_group"),
        ("quartier:2014:99", OLD_MILL, "unknown_area"),
        ("zork:2014:1", OLD_MILL, "unknown_area_type"),
        (OLD_MILL, OLD_MILL, "same_area"),
        ("past", OLD_MILL, "no_past"),
        ("parent", "ville:2021:1", "no_parent"),
        ("peers", "ville:2021:1", "no_peer_group"),
        ("peers:semblables", "ville:2021:1", "no_peer_group"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    atlas: Atlas, ref: str, key: str, code: str
) -> None:
    with pytest.raises(CourtepointeError) as caught:
        atlas.against(of(atlas, key), [ref])
    assert caught.value.code == code
    kept, faults = atlas.against_some(of(atlas, key), ["quartier:2014:4", ref])
    assert [one.ref for one in kept.compared] == ["quartier:2014:4"]
    assert [fault.code for fault in faults] == [code]


def test_a_recipe_that_offers_nothing_says_so() -> None:
    bare = Atlas(with_recipe(town(), comparators=()))
    for ref, code in (("city", "no_comparator"), ("target", "no_target")):
        with pytest.raises(NoAnswer) as caught:
            bare.against(of(bare), [ref])
        assert caught.value.code == code


def test_too_few_areas_are_tested_against_the_city_and_it_is_said(atlas: Atlas) -> None:
    told = atlas.stands_out(of(atlas))
    assert told.why_city == "few" and [one.among for one in told.readings] == [Among.CITY]
    tested = {one.figure.indicator for one in told.readings[0].tested}
    assert "households_one_person_share" in tested and "population" not in tested
    assert told.readings[0].untested["error_unknown"]


def test_two_shares_are_bounded_and_other_pairs_say_why_not(atlas: Atlas) -> None:
    """Tracts 001 and 002: low income 150 and 500 of 990 and 1,980, one-person households 100 and 400."""
    held = of(atlas)
    told = atlas.both(held, "low_income_share", "unemployment_rate")
    assert told.reason == "" and told.n_units == 2
    assert told.low is not None and told.high is not None and 0.0 <= told.low <= told.high
    assert told.high <= 650 + 2 * 4 + 1e-9
    assert atlas.both(held, "low_income_share", "low_income_share").reason == "not_shares"
    assert atlas.both(held, "population", "low_income_share").reason == "not_shares"
    assert (
        atlas.both(of(atlas, "secteur:2021:006"), "degree_share", "low_income_share").reason
        == "no_value"
    )
    with pytest.raises(NotFound, match="unknown_indicator"):
        atlas.both(held, "zork", "low_income_share")


def test_counts_of_groups_are_bounded_within_all_and_others_say_why_not(atlas: Atlas) -> None:
    """700 immigrants (619.2 to 780.8) and 3,000 by age (2,995 to 3,005) of 3,000: 614.2 at least, 780.8 at most."""
    held = of(atlas)
    told = atlas.together(held, ["immigrants", "population_by_age"], base="population")
    assert (told.reason, told.base, told.n_units) == ("", 3_000.0, 2)
    ends = held.figure("immigrants")
    assert ends.low is not None and told.low == pytest.approx(ends.low + 2_995 - 3_000)
    assert told.high == pytest.approx(ends.high)
    three = ["immigrants", "population_by_age", "population"]
    assert atlas.together(held, three, base="population").low == pytest.approx(told.low)
    for other, reason in (("households", "unit"), ("parks", "not_counts")):
        assert atlas.together(held, ["immigrants", other], base="population").reason == reason
    with pytest.raises(NotFound, match="unknown_indicator"):
        atlas.together(held, ["zork"], base="population")


def test_land_is_told_from_people(root: Path) -> None:
    """Neither land nor a density over it is carried with people; what people count stays."""
    recipe = read_recipe(root / "recipes" / "demo.toml")
    left = {one.code for one in without_surfaces(recipe, recipe.indicators)}
    gone = {one.code for one in recipe.indicators} - left
    assert {"population_density", "land_area"} <= gone
    assert {"population", "renter_share", "households"} <= left
