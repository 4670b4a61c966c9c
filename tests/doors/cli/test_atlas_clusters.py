"""`courtepointe atlas clusters`, on a mosaic of squares."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.support.mosaic import CORNER, mosaic
from tests.support.terminal import Ask, atlas_verbs

from courtepointe.doors.cli import atlas_clusters

ONE = ("households_one_person_share", "--type", "carreau")


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    monkeypatch.setattr(atlas_clusters, "open_pack", lambda folder: mosaic())
    return atlas_verbs(monkeypatch, capsys)


def test_clusters_are_said_and_listed_in_the_order_of_names(ask: Ask) -> None:
    code, out, err = ask("clusters", *ONE, "--lang", "fr")
    assert (code, err) == (0, "")
    assert "Un regroupement décrit des lieux, jamais les personnes qui y vivent" in out
    listed = [line.split("\t") for line in out.splitlines() if line.startswith("carreau:2021:")]
    names = [line[1] for line in listed]
    assert names == sorted(names) and "Carreau 11" in names
    assert "L’écart est de" in out and "indice de Gini".casefold() in out.casefold()


def test_as_json_each_unit_says_what_keeps_it_in_or_out(ask: Ask) -> None:
    told = json.loads(ask("clusters", *ONE, "--json", "--along", "median_household_income")[1])
    units = {one["area"].rpartition(":")[2]: one for one in told["units"]}
    assert len(units) == 101 and told["false_discovery_rate"] == 0.05
    assert {
        code for code, one in units.items() if one["in_cluster"] and one["quadrant"] == "high_high"
    } <= CORNER
    assert units["99"]["why_not"] == "no_value" and units["99"]["value"] is None
    assert units["ile"]["why_not"] == "no_neighbour" and units["ile"]["quadrant"] is None
    assert units["11"]["why_not"] is None and units["11"]["neighbours"][0] == "00"
    assert told["unequal"]["concentration"] < 0 < told["unequal"]["gini"]
    assert told["unequal"]["lowest_tenth"]["n_units"] >= 10


def test_as_csv_and_inside_an_area(ask: Ask) -> None:
    code, out, _ = ask("clusters", *ONE, "--csv", "--within", "moitie:A")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and len(rows) == 50
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)
    assert {row["in_cluster"] for row in rows} == {"yes", "no"}


@pytest.mark.parametrize(
    ("words", "exit_code", "said"),
    [
        (("households", "--type", "carreau"), 4, "a number of people"),
        (("degree_share", "--type", "carreau"), 4, "same value (50)"),
        (("low_income_share", "--type", "carreau"), 4, "At least 10"),
        (("mean_rent", "--type", "carreau"), 4, "mean_rent"),
        (("cats", "--type", "carreau"), 5, "cats"),
        ((ONE[0], "--type", "cats"), 5, "cats"),
        ((*ONE, "--within", "moitie:Z"), 5, "Z"),
        ((*ONE, "--within", "A"), 3, "A"),
        ((*ONE, "--along", "cats"), 5, "cats"),
        ((*ONE, "--csv", "--json"), 2, "not both"),
        (("households_one_person_share", "--type", "quartier"), 4, "At least 10"),
    ],
)
def test_what_cannot_be_answered_is_said_and_the_exit_code_tells(
    ask: Ask, words: tuple[str, ...], exit_code: int, said: str
) -> None:
    code, out, err = ask("clusters", *words)
    assert (code, out) == (exit_code, "") and said in err
