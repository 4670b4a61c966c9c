"""An organisation's own counts in a village: the threshold, the companion, the overlapping areas.

Households helped: 40, 3, 12 and 0 in the four areas; of them with children: 30, 1, 6, 0.
South is areas 1 and 2 (43), North is areas 3 and 4 (12).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.village import CODES, RECIPE, write_village

from courtepointe.atlas.build.run import build_pack
from courtepointe.atlas.figures import Figure, Status
from courtepointe.atlas.fits import FitMethod
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.values import AreaKey, Ledger
from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.core.errors import BadInput

HELPED = """area,helped,with_children,alone
24660001,40,30,10
24660002,3,1,2
24660003,12,6,6
24660004,0,0,0
"""
OWN = """
[[sources]]
code = "pantry"
publisher = "Comptoir"
title = { fr = "Ménages aidés", en = "Households helped" }
licence = "open"
citation = { fr = "Comptoir.", en = "Pantry." }
files = ["helped.csv"]

[[releases]]
code = "helped_2021"
source = "pantry"
reader = "table"
title = { fr = "Ménages aidés", en = "Households helped" }
period = "2021"
area = "area:2021"
key = "area"
protection = { least = 5, shown_on = SHOWN, sums = { helped = ["with_children", "alone"] } }
variables = [
    { code = "helped", column = "helped" },
    { code = "with_children", column = "with_children" },
    { code = "alone", column = "alone" },
]

[[indicators]]
code = "helped"
section = "all"
label = { fr = "Ménages aidés", en = "Households helped" }
universe = "people"
measure = "count"
unit = "households"
aggregation = "sum"
numerator = ["helped"]

[[indicators]]
code = "with_children_share"
section = "all"
label = { fr = "Avec enfants", en = "With children" }
universe = "people"
measure = "share"
unit = "percent"
aggregation = "ratio_of_sums"
numerator = ["with_children"]
denominator = ["helped"]
scale = 100.0
"""
BOTH, QUARTERS = '["quarter:2020", "area:2021"]', '["quarter:2020"]'


def village(folder: Path, shown: str, *, counts: str = HELPED) -> Atlas:
    """Build a village whose pantry counts whom it helps."""
    own = OWN.replace("SHOWN", shown)
    recipe = write_village(folder, recipe=RECIPE.replace("[fit]", own + "\n[fit]"))
    (folder / "sources" / "helped.csv").write_text(counts, encoding="utf-8")
    now = datetime(2026, 1, 2, tzinfo=UTC)
    build_pack(recipe, sources=folder / "sources", out=folder / "pack", now=now)
    return Atlas(open_pack(folder / "pack"))


@pytest.fixture(scope="module")
def shown_on_both(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return village(tmp_path_factory.mktemp("both"), BOTH)


@pytest.fixture(scope="module")
def shown_on_quarters(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return village(tmp_path_factory.mktemp("quarters"), QUARTERS)


def helped(atlas: Atlas, area: str, indicator: str = "helped") -> Figure:
    return atlas.portrait(AreaKey.parse(area)).figure(indicator)


def test_the_coarse_areas_are_told(shown_on_both: Atlas) -> None:
    assert helped(shown_on_both, "quarter:2020:S").value == 43.0
    assert helped(shown_on_both, "quarter:2020:N").value == 12.0


def test_the_small_count_and_its_companion_are_kept_back(shown_on_both: Atlas) -> None:
    figures = [helped(shown_on_both, f"area:2021:{code}") for code in CODES]
    assert [figure.value for figure in figures] == [None, None, 12.0, 0.0]
    assert [figure.status for figure in figures[:2]] == [Status.SUPPRESSED] * 2
    assert all(figure.cautions == ("protected",) for figure in figures[:2])
    assert all(figure.numerator is None for figure in figures[:2])


def test_a_map_tells_what_portraits_tell(shown_on_both: Atlas) -> None:
    figures = shown_on_both.figures_for_type("area:2021", "helped").figures
    assert [figure.value for figure in figures] == [None, None, 12.0, 0.0]


def test_what_is_not_shown_on_rows_is_not_told_of_rows(shown_on_quarters: Atlas) -> None:
    assert helped(shown_on_quarters, "quarter:2020:S").value == 43.0
    assert helped(shown_on_quarters, "area:2021:24660003").value is None
    by_map = shown_on_quarters.figures_for_type("area:2021", "helped").figures
    assert {figure.value for figure in by_map} == {None}


def test_a_share_is_told_when_both_its_counts_and_those_left_may_be(shown_on_both: Atlas) -> None:
    south = helped(shown_on_both, "quarter:2020:S", "with_children_share")
    assert south.value == pytest.approx(100.0 * 31 / 43)
    assert helped(shown_on_both, "area:2021:24660001", "with_children_share").value is None


def test_as_drawn_nothing_protected_is_told(shown_on_both: Atlas) -> None:
    key = AreaKey.parse("quarter:2020:S")
    portrait = shown_on_both.portrait(key, method=FitMethod.AS_DRAWN)
    assert portrait.figure("helped").value is None
    assert portrait.figure("population").value is not None


def test_without_a_list_a_drawn_area_is_told_nothing_protected(shown_on_both: Atlas) -> None:
    portrait = shown_on_both.portrait_of_units("area:2021", CODES[:3])
    assert portrait.figure("helped").value is None
    assert portrait.figure("population").value == 400.0
    assert portrait.told == ()


def test_with_a_list_it_is_told_and_written_down(shown_on_quarters: Atlas) -> None:
    portrait = shown_on_quarters.portrait_of_units("area:2021", CODES[:3], ledger=Ledger())
    assert portrait.figure("helped").value == 55.0
    told = [one for one in portrait.told if one.indicator == "helped"]
    assert [one.codes for one in told] == [CODES[:3]]


def test_areas_less_a_little_are_refused_against_official_ones(shown_on_quarters: Atlas) -> None:
    """Area 1 alone, 40, would give 43 - 40."""
    portrait = shown_on_quarters.portrait_of_units("area:2021", CODES[:1], ledger=Ledger())
    assert portrait.figure("helped").status is Status.SUPPRESSED
    assert portrait.told == ()


def test_overlapping_drawn_areas_are_refused_against_each_other(tmp_path: Path) -> None:
    counts = "area,helped,with_children,alone\n" + "".join(
        f"{code},{n},0,{n}\n" for code, n in zip(CODES, (60, 50, 3, 40), strict=True)
    )
    atlas = village(tmp_path, QUARTERS, counts=counts)
    first = atlas.portrait_of_units("area:2021", CODES[:2] + CODES[3:], ledger=Ledger())
    assert first.figure("helped").value is None, "153 less 150 is the 3 of area 3"
    wide = atlas.portrait_of_units("area:2021", CODES, ledger=Ledger())
    assert wide.figure("helped").value == 153.0
    again = atlas.portrait_of_units("area:2021", CODES, ledger=Ledger(wide.told))
    assert again.figure("helped").value == 153.0
    assert atlas.portrait_of_units("area:2021", CODES[:2], ledger=Ledger(wide.told)).told


def test_what_was_told_before_keeps_back_what_would_complete_it(tmp_path: Path) -> None:
    """Areas 1+3 then 1+2+3 where area 2 counts 3: either alone may be told, not both."""
    counts = "area,helped,with_children,alone\n" + "".join(
        f"{code},{n},0,{n}\n" for code, n in zip(CODES, (60, 3, 50, 70), strict=True)
    )
    atlas = village(tmp_path, '["quarter:2020"]', counts=counts)
    three = atlas.portrait_of_units("area:2021", CODES[:3], ledger=Ledger())
    assert three.figure("helped").value == 113.0
    both = atlas.portrait_of_units("area:2021", (CODES[0], CODES[2]), ledger=Ledger(three.told))
    assert both.figure("helped").value is None
    alone = atlas.portrait_of_units("area:2021", (CODES[0], CODES[2]), ledger=Ledger())
    assert alone.figure("helped").value == 110.0
    three_after = atlas.portrait_of_units("area:2021", CODES[:3], ledger=Ledger(alone.told))
    assert three_after.figure("helped").value is None


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("least = 5", "least = 1", "least"),
        ("shown_on = SHOWN", 'shown_on = ["quartier:1999"]', "shown_on"),
        ("shown_on = SHOWN", "shown_on = []", "shown_on"),
        ('helped = ["with_children", "alone"]', 'helped = ["with_children", "men"]', "sums"),
        ('aggregation = "sum"\nnumerator = ["helped"]',
         'aggregation = "weighted_mean"\nvalue = "helped"\nweight = "alone"', "least"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_protect_is_refused(
    tmp_path: Path, before: str, after: str, key: str
) -> None:
    own = OWN.replace(before, after).replace("SHOWN", BOTH)
    recipe = write_village(tmp_path, recipe=RECIPE.replace("[fit]", own + "\n[fit]"))
    with pytest.raises(BadInput) as refusal:
        read_recipe(recipe)
    assert refusal.value.facts["key"] == key
