"""`courtepointe hubs solve`, as a person types it: four goals, three kinds of files, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli.main import courtepointe
from courtepointe.doors.words import exit_code, sentence

KEYS = ["objective", "bound", "proven", "sites", "seconds", "peak_mb"]
STREET = "7 6 2\n1 2 1\n2 3 1\n3 4 1\n4 5 1\n5 6 1\n6 7 1\n"
POINTS = (
    "NAME : t\nDIMENSION : 5\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n"
    "1 0 0\n2 1.5 0\n3 3 0\n4 10 0\n5 11.5 0\nEOF\n"
)
PEOPLE = "id,people,x,y\na,10,0,0\nb,0,1,0\nc,1,2,0\nd,0,3,0\ne,20,4,0\n"
SITES = "id,x,y,price,statut\nA,0,0,5,\nB,1,0,9,\nC,2,0,4,\nD,3,0,4,\nE,4,0,6,\n"


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(courtepointe, ["hubs", "solve", *map(str, words)])


def told(*words: str | Path) -> dict[str, Any]:
    result = type_in(*words, "--json")
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.output)
    assert list(read) == KEYS
    assert read["seconds"] > 0 and read["peak_mb"] > 1
    return read


def error_of(result: Result) -> CourtepointeError:
    assert isinstance(result.exception, CourtepointeError), result.output
    for lang in ("fr", "en"):
        assert "{" not in sentence(result.exception, lang=lang)
        assert "—" not in sentence(result.exception, lang=lang)
    return result.exception


@pytest.fixture
def street(tmp_path: Path) -> Path:
    file = tmp_path / "street.txt"
    file.write_text(STREET, encoding="utf-8")
    return file


@pytest.fixture
def tables(tmp_path: Path) -> tuple[str | Path, ...]:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "sites.csv").write_text(SITES, encoding="utf-8")
    return ("--demand", tmp_path / "people.csv", "--sites", tmp_path / "sites.csv")


def changed(tables: tuple[str | Path, ...], place: int, old: str, new: str) -> None:
    """Write another text in the file of people (1) or of sites (3)."""
    file = Path(tables[place])
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_network_of_or_library_says_its_own_number_of_sites(street: Path) -> None:
    read = told("p-median", "--orlib", street)
    assert (read["objective"], read["bound"], read["proven"]) == (6.0, 6.0, True)
    assert len(read["sites"]) == 2 and all(1 <= site <= 7 for site in read["sites"])
    assert told("p-median", "--orlib", street, "--p", "7")["objective"] == 0.0
    assert told("p-center", "--orlib", street, "--p", "1")["sites"] == [4]
    assert told("max-cover", "--orlib", street, "--p", "2", "--limit", "1")["objective"] == 6.0
    assert told("set-cover", "--orlib", street, "--limit", "1")["objective"] == 3.0


def test_points_are_rounded_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "points.tsp"
    file.write_text(POINTS, encoding="utf-8")
    for rounding, total in (("none", 4.5), ("floor", 3.0), ("nearest", 6.0)):
        read = told("p-median", "--tsplib", file, "--p", "2", "--rounding", rounding)
        assert read["objective"] == total and 2 in read["sites"]
    # 1.5 is within 1 once it is rounded down.
    assert told("set-cover", "--tsplib", file, "--limit", "1")["objective"] == 2.0
    near = ("--tsplib", file, "--limit", "1", "--rounding", "none")
    assert told("set-cover", *near)["objective"] == 5.0
    assert told("max-cover", *near, "--p", "2")["objective"] == 2.0
    assert told("p-center", "--tsplib", file, "--p", "2", "--rounding", "none")["objective"] == 1.5


def test_tables_of_people_and_sites(tables: tuple[str | Path, ...]) -> None:
    read = told("p-median", "--p", "2", *tables)
    assert (read["objective"], read["sites"], read["proven"]) == (2.0, ["A", "E"], True)
    assert told("max-cover", "--p", "1", "--limit", "1", *tables)["objective"] == 21.0
    # Prices make the cheapest choice, not the fewest sites.
    assert told("set-cover", "--limit", "2", *tables)["objective"] == 4.0
    bought = told("max-cover", "--budget", "11", "--limit", "0.5", *tables)
    assert (bought["sites"], bought["objective"]) == (["A", "E"], 30.0)


def test_what_is_settled_of_a_site_is_kept(tables: tuple[str | Path, ...]) -> None:
    changed(tables, 3, "E,4,0,6,", "E,4,0,6,interdit")
    changed(tables, 3, "C,2,0,4,", "C,2,0,4,existant")
    read = told("p-median", "--p", "2", *tables)
    assert read["sites"] == ["A", "C", "D"] and read["objective"] == 20.0


def test_a_table_of_distances_stands_for_points(
    tables: tuple[str | Path, ...], tmp_path: Path
) -> None:
    ways = tmp_path / "ways.csv"
    rows = [f"{one},{other},{abs(a - b)}" for a, one in enumerate("abcde") for b, other in enumerate("ABCDE")]  # fmt: skip
    ways.write_text("demand,site,distance\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert told("p-median", "--p", "2", *tables, "--costs", ways)["objective"] == 2.0
    # A pair that is absent has no way.
    kept = [row for row in rows if not row.startswith("e,") or row.startswith("e,A")]
    ways.write_text("demand,site,distance\n" + "\n".join(kept) + "\n", encoding="utf-8")
    read = told("p-median", "--p", "1", *tables, "--costs", ways)
    assert read["sites"] == ["A"] and read["objective"] == 82.0


def test_degrees_are_metres_over_the_globe(tmp_path: Path) -> None:
    people, sites = tmp_path / "people.csv", tmp_path / "sites.csv"
    people.write_text("nom;personnes;lon;lat\nici;2;-73,5;45,5\n", encoding="utf-8")
    sites.write_text("nom;lon;lat\nlà;-73,5;45,6\n", encoding="utf-8")
    read = told("p-center", "--p", "1", "--demand", people, "--sites", sites)
    # A tenth of a degree of latitude on a sphere of 6,371,008.8 m.
    assert read["objective"] == pytest.approx(11119.508, abs=0.01)


@pytest.mark.parametrize(("lang", "word"), [("fr", "prouvé"), ("en", "proven")])
def test_an_answer_is_told_in_people(tables: tuple[str | Path, ...], lang: str, word: str) -> None:
    result = type_in("max-cover", "--p", "1", "--limit", "1", *tables, "--lang", lang)
    lines = result.output.splitlines()
    assert result.exit_code == 0 and word in lines[0]
    assert lines[1].split("\t")[0] in ("D", "E") and lines[1].split("\t")[1].startswith("2")
    fewest = type_in("set-cover", "--limit", "2", *tables, "--lang", lang).output
    assert "C\t" in fewest


def test_a_search_that_is_stopped_says_so(shared: Path) -> None:
    file = shared / "reference" / "pmed" / "rl1304.tsp"
    words = ("p-median", "--tsplib", file, "--p", "10", "--time-limit", "0.001")
    read = told(*words)
    assert not read["proven"] and read["objective"] >= 2_134_295
    assert read["bound"] is None or read["bound"] <= 2_134_295
    assert "pas prouvé" in type_in(*words).output


@pytest.mark.parametrize("words", [
    ("p-median", "--p", "2"),
    ("p-median", "--p", "2", "--orlib", "a", "--tsplib", "b"),
    ("p-median", "--p", "2", "--demand", "a"),
    ("p-median", "--tsplib", "b"),
    ("max-cover", "--p", "2", "--orlib", "STREET"),
    ("set-cover", "--orlib", "STREET"),
    ("p-center", "--orlib", "STREET", "--budget", "3"),
    ("max-cover", "--orlib", "STREET", "--budget", "3", "--limit", "1"),
    ("p-median", "--orlib", "STREET", "--time-limit", "0"),
    ("p-mean", "--orlib", "STREET"),
])  # fmt: skip
def test_a_command_that_is_not_whole_is_told(words: tuple[str, ...], street: Path, tmp_path: Path) -> None:  # fmt: skip
    (tmp_path / "points.tsp").write_text(POINTS, encoding="utf-8")
    given = {"STREET": str(street), "b": str(tmp_path / "points.tsp")}
    result = type_in(*(given.get(word, word) for word in words))
    assert result.exit_code == 2 and "Error" in result.output


FAULTS = [
    (1, "b,0,1,0", "b,-3,1,0", "siting_cell_negative", {"file": "people.csv", "row": 3, "column": "people", "value": -3.0}),
    (1, "b,0,1,0", "b,,1,0", "siting_cell_empty", {"row": 3, "column": "people"}),
    (1, "b,0,1,0", "b,many,1,0", "not_a_number", {"row": 3, "value": "many"}),
    (1, "b,0,1,0", "a,0,1,0", "siting_cell_twice", {"row": 3, "value": "a", "first_row": 2}),
    (1, "b,0,1,0", ",0,1,0", "siting_cell_empty", {"row": 3, "column": "id"}),
    (1, "people,x,y", "n,x,y", "siting_column", {"file": "people.csv"}),
    (1, "x,y", "east,north", "siting_points", {"file": "people.csv"}),
    (3, "x,y", "lon,lat", "siting_points", {"file": "sites.csv"}),
    (3, "C,2,0,4,", "C,2,0,4,maybe", "siting_status", {"row": 4, "value": "maybe"}),
    (3, "C,2,0,4,", "C,2,0,-4,", "siting_cell_negative", {"row": 4, "column": "price"}),
]  # fmt: skip


@pytest.mark.parametrize(("place", "old", "new", "code", "facts"), FAULTS)
def test_a_broken_table_is_named_with_row_and_value(
    tables: tuple[str | Path, ...], place: int, old: str, new: str, code: str, facts: dict[str, object]
) -> None:  # fmt: skip
    changed(tables, place, old, new)
    error = error_of(type_in("p-median", "--p", "2", *tables))
    assert error.code == code and exit_code(error) == 3
    assert facts.items() <= error.facts.items()


@pytest.mark.parametrize(("ways", "code", "facts"), [
    ("demand,site,distance\na,Z,3\n", "siting_cell_unknown", {"row": 2, "column": "site", "value": "Z"}),
    ("demand,site,distance\nz,A,3\n", "siting_cell_unknown", {"row": 2, "column": "demand", "value": "z"}),
    ("demand,site,distance\na,A,3\na,A,4\n", "siting_pair_twice", {"row": 3, "value": "a", "other": "A"}),
    ("demand,site,distance\na,A,-3\n", "siting_cell_negative", {"row": 2, "value": -3.0}),
    ("demand,site,far\na,A,3\n", "siting_column", {"file": "ways.csv"}),
])  # fmt: skip
def test_broken_distances_are_named(
    tables: tuple[str | Path, ...], tmp_path: Path, ways: str, code: str, facts: dict[str, object]
) -> None:
    (tmp_path / "ways.csv").write_text(ways, encoding="utf-8")
    error = error_of(type_in("p-median", "--p", "2", *tables, "--costs", tmp_path / "ways.csv"))
    assert error.code == code
    assert facts.items() <= error.facts.items()


@pytest.mark.parametrize(("words", "code", "exit"), [
    (("p-median", "--p", "6"), "siting_too_many", 3),
    (("p-median", "--p", "0"), "siting_too_few", 3),
    (("p-center", "--p", "-1"), "siting_too_few", 3),
    (("max-cover", "--p", "1", "--limit", "-2"), "siting_limit", 3),
    (("max-cover", "--budget", "3", "--limit", "1"), "siting_budget_buys_nothing", 3),
])  # fmt: skip
def test_what_is_asked_in_vain_is_refused(
    tables: tuple[str | Path, ...], words: tuple[str, ...], code: str, exit: int
) -> None:
    error = error_of(type_in(*words, *tables))
    assert (error.code, exit_code(error)) == (code, exit)


def test_a_limit_that_leaves_people_out_says_which_would_do(tables: tuple[str | Path, ...]) -> None:
    changed(tables, 3, "E,4,0,6,", "E,9,0,6,")
    error = error_of(type_in("set-cover", "--limit", "0.5", *tables))
    assert (error.code, exit_code(error)) == ("siting_out_of_limit", 4)
    assert error.facts["value"] == 20 and error.facts["expected"] == 1.0
    assert told("set-cover", "--limit", "1", *tables)["proven"]


def test_help_teaches() -> None:
    rooms = CliRunner().invoke(courtepointe, ["--help"])
    assert "hubs" in rooms.output
    helped = CliRunner().invoke(courtepointe, ["hubs", "solve", "--help"]).output
    for word in ("p-median", "max-cover", "set-cover", "p-center", "--time-limit", "proven"):
        assert word in helped
