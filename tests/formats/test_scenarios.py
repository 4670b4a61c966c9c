"""Files of scenarios: those that are shipped hold to the schema, in both languages; bad ones are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from courtepointe.core.errors import CourtepointeError
from courtepointe.core.stress import HAZARDS, Disc
from courtepointe.doors.words import sentence
from courtepointe.formats.boundaries.crs import DEGREES, move_points
from courtepointe.formats.scenarios import SHIPPED, read_scenario, shipped_scenario

METRES = "EPSG:32188"
FILE = """
code = "essai"
hazard = "flood"
hours = 48
limit_min = 12

[names]
fr = "Essai"
en = "Trial"

[about]
fr = "Un essai."
en = "A trial."

[rules]
staff_at_least = 2
opening_lag_h = [0, 1, 2]

[hubs]
capacity = 40
autonomy_h = inf
traits = ["cooling"]

[[groups]]
code = "all"
fr = "Tout le monde"
en = "Everybody"
share = 1
by_hour = [0.5, 1]
take_up = 0.25
walker = "slow"

[[effects]]
kind = "flooded"
hours = [0, 6]
share = 0.5

[[effects.areas]]
longitude = -73.6
latitude = 45.5
radius_m = 300

[[effects.areas]]
polygon = [[-73.61, 45.5], [-73.6, 45.5], [-73.6, 45.51]]

[[effects]]
kind = "needs"
trait = "clean_air"
discs = { n = 2, radius_m = [50, 60, 70] }

[assumptions]
fr = ["Une."]
en = ["One."]

[[published]]
key = "served"
value = 12
unit = "people"
source = "A source"
fr = "Servies"
en = "Served"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "essai.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_becomes_a_scenario(tmp_path: Path) -> None:
    told = read_scenario(written(tmp_path, FILE), to_crs=METRES)
    its = told.scenario
    assert (its.code, its.hazard, its.n_hours, its.limit_min) == ("essai", "flood", 48, 12.0)
    assert (its.rules.staff_at_least, its.rules.opening_lag_h.likely) == (2, 1.0)
    assert its.seeking[0].by_hour.tolist() == [0.5] * 24 + [1.0] * 24
    assert its.seeking[0].walker.metres_per_second == 1.0
    flooded, needs = its.effects
    disc, polygon = flooded.areas
    assert isinstance(disc, Disc) and isinstance(polygon, shapely.Polygon)
    back = move_points(np.array([[disc.x, disc.y]]), source=METRES, target=DEGREES)
    assert back[0] == pytest.approx([-73.6, 45.5])
    assert 300_000 < polygon.area < 600_000
    assert (flooded.hours, needs.hours, needs.trait) == ((0, 6), (0, 48), "clean_air")
    assert (told.hubs.capacity, told.hubs.autonomy_h, told.hubs.staff) == (40.0, np.inf, 2)
    assert (told.shares, told.figure("served")) == ({"all": 1.0}, 12.0)
    # The hours of a day come back every day.
    day = ", ".join(["0"] * 12 + ["1"] * 12)
    daily = read_scenario(written(tmp_path, FILE.replace("0.5, 1]", f"{day}]")), to_crs=METRES)
    assert daily.scenario.seeking[0].by_hour.tolist() == ([0.0] * 12 + [1.0] * 12) * 2


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_scenario_is_whole(code: str) -> None:
    told = shipped_scenario(code, to_crs=METRES)
    assert told.scenario.code == code
    for words in (told.scenario.names, told.about, *told.groups.values()):
        assert words["fr"].strip() and words["en"].strip() and words["fr"] != words["en"]
    assert sum(told.shares.values()) == pytest.approx(1.0)
    assert told.assumptions["fr"] and told.assumptions["en"]
    # Access is not use: nobody is taken to come for certain.
    assert all(one.take_up.high < 1.0 for one in told.scenario.seeking)
    for french in (told.scenario.names["fr"], told.about["fr"], *told.assumptions["fr"]):
        assert "'" not in french, french
    for figure in told.published:
        assert figure.source and figure.words["fr"] != figure.words["en"]


def test_each_hazard_is_shipped() -> None:
    told = {shipped_scenario(code, to_crs=METRES).scenario.hazard for code in SHIPPED}
    assert told == set(HAZARDS)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('code = "essai"', "code = ", "scenario_toml"),
        ('code = "essai"', 'cods = "essai"', "scenario_key"),
        ('code = "essai"\n', "", "scenario_lacks"),
        ("hours = 48", "hours = 48.5", "scenario_value"),
        ("hours = 48", "hours = true", "scenario_value"),
        ("limit_min = 12", 'limit_min = "12"', "scenario_value"),
        ("limit_min = 12", "limit_min = nan", "scenario_value"),
        ('en = "Trial"', "", "scenario_lacks"),
        ('en = "Trial"', 'en = " "', "scenario_value"),
        ('en = "Trial"', 'es = "Prueba"', "scenario_key"),
        ("staff_at_least = 2", "staff = 2", "scenario_key"),
        ("opening_lag_h = [0, 1, 2]", "opening_lag_h = [0, 1]", "scenario_value"),
        ("opening_lag_h = [0, 1, 2]", "opening_lag_h = [2, 1, 0]", "stress_range"),
        ('traits = ["cooling"]', 'traits = "cooling"', "scenario_value"),
        ("by_hour = [0.5, 1]", "by_hour = [0.5, 1, 1, 1, 1]", "scenario_value"),
        ("by_hour = [0.5, 1]", "by_hour = []", "scenario_value"),
        ("by_hour = [0.5, 1]", "by_hour = [0.5, 1.5]", "stress_part"),
        ("share = 1\n", "share = 1.5\n", "scenario_value"),
        ('walker = "slow"', 'walker = "horse"', "scenario_value"),
        ("hours = [0, 6]", "hours = [0, 60]", "stress_hours"),
        ("hours = [0, 6]", "hours = [0.5, 6]", "scenario_value"),
        ("hours = [0, 6]", "hours = 6", "scenario_value"),
        ('kind = "flooded"', 'kind = "dragon"', "stress_kind"),
        ('trait = "clean_air"', "", "stress_trait"),
        ("longitude = -73.6\n", "", "scenario_lacks"),
        ("radius_m = 300", "radius_m = -300", "stress_disc"),
        ("[-73.6, 45.51]]", "[-73.6]]", "scenario_value"),
        ("[-73.61, 45.5], [-73.6, 45.5], [-73.6, 45.51]", "[-73.61, 45.5]", "scenario_value"),
        ("{ n = 2, radius_m = [50, 60, 70] }", "2", "scenario_value"),
        ('hazard = "flood"', 'hazard = "dragon"', "stress_hazard"),
        ('en = ["One."]', "en = []", "scenario_value"),
        ("value = 12", 'value = "many"', "scenario_value"),
        ("[[published]]", "[published]", "scenario_value"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_name(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    assert old in FILE
    with pytest.raises(CourtepointeError) as refused:
        read_scenario(written(tmp_path, FILE.replace(old, new, 1)), to_crs=METRES)
    assert refused.value.code == code
    if code.startswith("scenario_"):
        assert all("essai.toml" in sentence(refused.value, lang=lang) for lang in ("fr", "en"))


def test_groups_that_overlap_and_unknown_scenarios_are_refused(tmp_path: Path) -> None:
    group = FILE[FILE.index("[[groups]]") : FILE.index("[[effects]]")]
    other = group.replace('"all"', '"again"')
    with pytest.raises(CourtepointeError) as refused:
        read_scenario(written(tmp_path, FILE.replace(group, group + other)), to_crs=METRES)
    assert refused.value.code == "scenario_value"
    with pytest.raises(CourtepointeError) as unknown:
        shipped_scenario("dragon", to_crs=METRES)
    assert "heat-2018" in sentence(unknown.value, lang="en")
    with pytest.raises(CourtepointeError):
        read_scenario(tmp_path / "none.toml", to_crs=METRES)
