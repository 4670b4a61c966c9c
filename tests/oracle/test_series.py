"""Series of the demo city against a slow twin that reads tables row by row, and against the truth."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.series_values import Carried, Series
from courtepointe.core.errors import NoAnswer

OLD, NEW = "dissemination_area:2016", "dissemination_area:2021"
HOME = "quartier_sociologique:2014"


@pytest.fixture(scope="module")
def atlas(demo_pack: Path) -> Atlas:
    return Atlas(open_pack(demo_pack))


def parts_of_old(atlas: Atlas, codes: set[str]) -> dict[str, float]:
    """Walk the blocks one by one: the part of each older unit in some newer ones, by people."""
    blocks = atlas.pack.area_tables["dissemination_block:2021"].properties
    inside: dict[str, float] = defaultdict(float)
    whole: dict[str, float] = defaultdict(float)
    held: dict[str, set[str]] = defaultdict(set)
    for old, new, people in zip(
        blocks["dissemination_area_2016"], blocks["dissemination_area"], blocks["people"],
        strict=True,
    ):  # fmt: skip
        whole[old] += float(people)
        held[old].add(new)
        if new in codes:
            inside[old] += float(people)
    return {
        old: 1.0 if held[old] <= codes else inside[old] / whole[old]
        for old in whole
        if inside[old] > 0.0 or held[old] <= codes
    }


def test_counts_of_the_past_are_those_of_a_slow_walk(atlas: Atlas) -> None:
    table = atlas.pack.release_tables["census_profile_2016", OLD]
    place = {code: k for k, code in enumerate(atlas.pack.area_tables[OLD].codes)}
    row = table.variables.index("population")
    checked = 0
    for area in atlas.areas(HOME):
        portrait = atlas.portrait(area.key)
        past = atlas.series_of(portrait)["population"].points[0]
        parts = parts_of_old(atlas, set(portrait.fit.unit_codes))
        known = {o: w for o, w in parts.items() if np.isfinite(table.values[row, place[o]])}
        slow = sum(w * float(table.values[row, place[o]]) for o, w in known.items())
        assert past.period == "2016"
        assert past.figure.value == pytest.approx(slow, rel=1e-9)
        checked += past.carried is Carried.SPLIT_UNITS
    assert checked > 0


def test_totals_are_kept_where_all_units_map(atlas: Atlas) -> None:
    table = atlas.pack.correspondences[OLD, NEW]
    assert (table.method, table.source) == ("official", "correspondance_2021")
    by_old = np.bincount(table.from_position, table.share)
    assert by_old == pytest.approx(np.ones(len(atlas.pack.area_tables[OLD])))
    city = atlas.series(atlas.find("municipality:2021:9800023"), "population")
    held = atlas.pack.release_tables["census_profile_2016", OLD]
    everyone = np.nansum(held.values[held.variables.index("population")])
    assert city.points[0].figure.value == pytest.approx(everyone)
    assert city.points[0].carried is Carried.SAME_LIMITS
    assert city.last_change is not None and city.last_change.change.counted_in_full


def test_a_unit_that_stayed_itself_has_its_own_row(atlas: Atlas) -> None:
    table = atlas.pack.correspondences[OLD, NEW]
    old, new = atlas.pack.area_tables[OLD].codes, atlas.pack.area_tables[NEW].codes
    alone = np.bincount(table.to_position, minlength=len(new))
    whole = np.flatnonzero((table.share == 1.0) & (alone[table.to_position] == 1))
    pair = next(k for k in whole if old[table.from_position[k]] == new[table.to_position[k]])
    code = new[table.to_position[pair]]
    past = atlas.series(atlas.find(f"{NEW}:{code}"), "population").points[0]
    held = atlas.pack.release_tables["census_profile_2016", OLD]
    value = held.values[held.variables.index("population"), old.index(code)]
    assert past.carried is Carried.SAME_LIMITS
    assert past.figure.value == value
    assert past.figure.method.value == "published"


def test_vintages_without_a_correspondence_are_not_joined(atlas: Atlas) -> None:
    key = atlas.find(HOME + ":" + atlas.areas(HOME)[0].key.code)
    with pytest.raises(NoAnswer) as refused:
        atlas.series(key, "population", on=OLD)
    assert refused.value.code == "no_correspondence"
    assert (refused.value.facts["from_type"], refused.value.facts["to_type"]) == (NEW, OLD)
    assert atlas.series(key, "population", on=NEW).has_past


def true_counts(demo_sources: Path, year: int, measures: tuple[str, ...]) -> dict[str, np.ndarray]:
    columns = ["da_2021", *measures]
    rows = pq.read_table(demo_sources / "truth" / f"blocks_{year}.parquet", columns=columns)
    codes = np.array(rows["da_2021"].to_pylist())
    values = np.array([rows[m].to_numpy() for m in measures], dtype=float)
    return {code: values[:, codes == code].sum(axis=1) for code in np.unique(codes).tolist()}


COUNTS = {"age_0_14": "c9", "age_15_64": "c13", "age_65_plus": "c24"}
"""Indicators of groups of ages, and their measures in the truth."""


def drawn_groups(atlas: Atlas, *, split: bool) -> list[tuple[tuple[str, ...], dict[str, Series]]]:
    """Assemble groups of units at random; keep those with split units, or without any."""
    rng = np.random.default_rng(11)
    codes = atlas.pack.area_tables[NEW].codes
    kept = []
    for _ in range(170):
        some = tuple(sorted(rng.choice(codes, size=int(rng.integers(10, 16)), replace=False)))
        if not split:
            some = tuple(one for one in some if one in unsplit(atlas))
        held = atlas.series_of(atlas.portrait_of_units(NEW, some))
        if split is (held["age_0_14"].points[0].carried is Carried.SPLIT_UNITS):
            kept.append((some, held))
    return kept


def unsplit(atlas: Atlas) -> set[str]:
    """Name the newer units that older ones go whole into."""
    table = atlas.pack.correspondences[OLD, NEW]
    codes = atlas.pack.area_tables[NEW].codes
    crossed = set(table.to_position[table.share < 1.0].tolist())
    known = set(table.to_position[table.share > 0.0].tolist())
    return {code for place, code in enumerate(codes) if place in known and place not in crossed}


@pytest.mark.parametrize("split", [False, True])
def test_intervals_of_change_hold_the_true_change(
    atlas: Atlas, demo_sources: Path, split: bool
) -> None:
    before = true_counts(demo_sources, 2016, tuple(COUNTS.values()))
    after = true_counts(demo_sources, 2021, tuple(COUNTS.values()))
    held = total = 0
    for codes, series in drawn_groups(atlas, split=split):
        for k, indicator in enumerate(COUNTS):
            told = series[indicator].last_change
            complete = all(p.figure.n_units_missing == 0 for p in series[indicator].points)
            if told is None or not complete or told.change.low is None:
                continue
            truth = sum(after[code][k] - before[code][k] for code in codes)
            assert told.change.high is not None
            held += told.change.low <= truth <= told.change.high
            total += 1
    assert total > 100
    assert held / total >= 0.93
