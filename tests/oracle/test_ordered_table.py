"""The demo city's custom tabulation against the truth: nearer than any sum of units."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from courtepointe.atlas.figures import Method, Status
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.query.atlas import Atlas

HOME = "quartier_sociologique:2014"
MEASURES = {
    "population_age_total": "c8",
    "age_0_14": "c9",
    "age_15_64": "c13",
    "age_65_plus": "c24",
    "households": "c50",
    "households_one_person": "c51",
    "low_income_lim_at": "c340",
}


@pytest.fixture(scope="module")
def atlas(demo_pack: Path) -> Atlas:
    return Atlas(open_pack(demo_pack))


def truth_inside(atlas: Atlas, sources: Path) -> dict[str, dict[str, float]]:
    """Walk the quarters one by one, and the blocks whose middle lies in each; the first one wins."""
    columns = ["block", *MEASURES.values()]
    rows = pq.read_table(sources / "truth" / "blocks_2021.parquet", columns=columns).to_pylist()
    blocks = atlas.pack.area_tables["dissemination_block:2021"]
    middle = dict(zip(blocks.codes, shapely.point_on_surface(blocks.shapes), strict=True))
    quarters = atlas.pack.area_tables[HOME]
    left, found = {row["block"]: row for row in rows}, {}
    for code, shape in zip(quarters.codes, quarters.shapes, strict=True):
        inside = [block for block in left if shape.intersects(middle[block])]
        mine = [left.pop(block) for block in inside]
        found[code] = {one: float(sum(row[c] for row in mine)) for one, c in MEASURES.items()}
    return found


def test_it_is_the_truth_within_one_rounding_and_our_sum_is_not(
    atlas: Atlas, demo_sources: Path
) -> None:
    truth = truth_inside(atlas, demo_sources)
    ours_off, theirs_off = [], []
    for area in atlas.areas(HOME):
        portrait = atlas.portrait(area.key)
        checks = {one.figure.indicator: one for one in portrait.gaps if one.tabulated}
        assert set(MEASURES) < set(checks)
        for indicator in MEASURES:
            true, check = truth[area.key.code][indicator], checks[indicator]
            told = portrait.figure(indicator)
            assert (told.status, told.method) == (Status.PUBLISHED, Method.CUSTOM_TABULATION)
            assert told.value is not None and told.low is not None and told.high is not None
            assert abs(told.value - true) < 5
            assert told.low <= true <= told.high
            assert check.gap == told.value - check.against.value  # type: ignore[operator]
            theirs_off.append(abs(told.value - true) / true)
            ours_off.append(abs(check.against.value - true) / true)  # type: ignore[operator]
    assert np.median(theirs_off) < np.median(ours_off)
    assert np.max(ours_off) > 0.01
