"""The demo town, generated once in memory and once on disk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from courtepointe.atlas.demo.plan import Plan, plan_of
from courtepointe.atlas.demo.region import Made, make
from courtepointe.atlas.demo.write import write_demo


@pytest.fixture(scope="session")
def town_plan() -> Plan:
    """Plan the smallest town."""
    return plan_of("town", seed=7, lang="en")


@pytest.fixture(scope="session")
def town(town_plan: Plan) -> Made:
    """Generate the smallest town."""
    return make(town_plan.regions[0], seed=town_plan.seed)


@pytest.fixture(scope="session")
def city() -> Made:
    """Generate the default city."""
    return make(plan_of("city", seed=2021, lang="en").regions[0], seed=2021)


@pytest.fixture(scope="session")
def written(town_plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the smallest town."""
    folder = tmp_path_factory.mktemp("demo_town") / "sources"
    write_demo(folder, town_plan)
    return folder


@pytest.fixture(scope="session")
def shared_layout(shared: Path) -> dict[int, str]:
    """Read the official list of characteristics, notes' numbers left out."""
    book = shared / "data/montreal/census/statcan_layout/census_profile_lut_legend.xlsx"
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()[1:]
    return {int(row[0]): re.sub(r" \(\d+\)$", "", str(row[1]).strip()) for row in rows}
