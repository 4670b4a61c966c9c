"""`courtepointe portraits index`, as a person types it: the ASEM index, a small one, and what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli.main import courtepointe
from courtepointe.doors.words import exit_code, sentence

META = """Level,iCode,Direction,Weight,Parent,Type,Denominator
1,trees,1,1,land,Indicator,
1,heat,-1,1,land,Indicator,
1,halls,1,1,people,Indicator,pop
1,phones,1,1,people,Indicator,
2,land,1,1,index,Aggregate,
2,people,1,3,index,Aggregate,
3,index,1,1,,Aggregate,
,pop,,,,Denominator,
,side,,,,Group,
"""
DATA = """uCode,uName,trees,heat,halls,phones,pop,side
a,Alder,0,30,1,10,100,north
b,Birch,25,31,1,20,50,north
c,Cedar,50,32,3,,100,north
d,Dale,100,34,4,50,100,south
"""
METHOD = """[gaps]
imputation = "group-mean"
group = "side"
"""


class Files:
    """The three files of a small index, and the command that reads them."""

    def __init__(self, folder: Path) -> None:
        self.data, self.meta, self.method = (
            folder / name for name in ("iData.csv", "iMeta.csv", "mine.toml")
        )
        self.out = folder / "steps"
        for file, text in ((self.data, DATA), (self.meta, META), (self.method, METHOD)):
            file.write_text(text, encoding="utf-8")

    def change(self, file: Path, was: str, now: str) -> None:
        text = file.read_text(encoding="utf-8")
        assert was in text
        file.write_text(text.replace(was, now, 1), encoding="utf-8")

    def run(self, *more: str) -> Result:
        words = ["--data", self.data, "--meta", self.meta, "--method", self.method]
        told = ["portraits", "index", *map(str, words), "--out", str(self.out), *more]
        return CliRunner().invoke(courtepointe, told)

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.out / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_a_small_index_worked_by_hand(files: Files) -> None:
    result = files.run("--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["n_units"] == 4 and told["n_imputed"] == 1 and told["left_out"] == []
    halls = [float(row["halls"]) for row in files.table("denominated")]
    assert halls == [0.01, 0.02, 0.03, 0.04]
    # Cedar's phones are the mean of Alder's and Birch's, and the table of marks says so.
    assert [row["phones"] for row in files.table("imputed")] == ["10.0", "20.0", "15.0", "50.0"]
    assert [row["phones"] for row in files.table("was_imputed")] == ["false"] * 2 + [
        "true",
        "false",
    ]
    scores = files.table("scores")
    assert [row["uCode"] for row in scores] == ["a", "b", "c", "d"]
    assert float(scores[2]["land"]) == 50.0
    assert float(scores[2]["people"]) == pytest.approx((200 / 3 + 12.5) / 2)
    assert float(scores[2]["index"]) == pytest.approx(50 / 4 + (200 / 3 + 12.5) * 3 / 8)
    assert float(files.table("coverage")[2]["index"]) == pytest.approx(1 - 3 / 8)
    assert float(files.table("weights")[2]["effective_weight"]) == 0.375


@pytest.mark.shared
def test_the_shipped_method_gives_the_published_asem_index(shared: Path, tmp_path: Path) -> None:
    folder = shared / "reference" / "coinr_asem"
    if not folder.is_dir():
        pytest.skip("no reference data")
    words = ["--data", folder / "ASEM_iData.csv", "--meta", folder / "ASEM_iMeta.csv"]
    out = tmp_path / "asem"
    told = ["portraits", "index", *map(str, words), "--method", "asem", "--out", str(out)]
    told += ["--draws", "64"]
    assert CliRunner().invoke(courtepointe, told).exit_code == 0
    for name, published in (
        ("denominated", "denominated"), ("imputed", "imputed"), ("treated", "treated"),
        ("normalised", "normalised"), ("scores", "aggregated"),
    ):  # fmt: skip
        ours, theirs = (
            {row["uCode"]: row for row in csv.DictReader(file.read_text("utf-8").splitlines())}
            for file in (out / f"{name}.csv", folder / f"expected_{published}.csv")
        )
        assert ours.keys() == theirs.keys()
        for unit, row in theirs.items():
            codes = [code for code in row if code != "uCode"]
            np.testing.assert_allclose(
                [float(ours[unit][code] or "nan") for code in codes],
                [float("nan") if row[code] in ("", "NA") else float(row[code]) for code in codes],
                rtol=1e-9, atol=1e-9, err_msg=f"{name} {unit}",
            )  # fmt: skip
    sensitivity = csv.DictReader((out / "sensitivity.csv").read_text("utf-8").splitlines())
    assert [row["input"] for row in sensitivity] == ["treatment", "weights"]


@pytest.mark.parametrize(
    ("which", "was", "now", "code", "facts"),
    [
        ("data", "a,Alder,0,", "a,Alder,zero,", "not_a_number", {"row": 2, "column": "trees"}),
        ("data", "b,Birch", "a,Birch", "composite_twice", {"row": 3, "first_row": 2}),
        ("data", "c,Cedar", ",Cedar", "composite_empty_cell", {"row": 4, "column": "uCode"}),
        ("data", "halls,phones", "halls,telephones", "composite_column", {"column": "phones"}),
        ("data", "100,south", "100,", "composite_empty_cell", {"row": 5, "column": "side"}),
        ("data", "50,100,south", "50,0,south", "composite_denominator",
         {"unit": "d", "indicator": "halls"}),
        ("data", "d,Dale,100,34", "d,Dale,100,", "composite_group_empty",
         {"unit": "d", "indicator": "heat"}),
        ("meta", "1,trees,1,1,land", "1,trees,1,1,lend", "composite_parent",
         {"row": 2, "column": "Parent", "value": "lend"}),
        ("meta", "1,heat,-1", "1,heat,0", "composite_direction", {"row": 3, "column": "Direction"}),
        ("meta", "1,heat,-1,1", "1,heat,-1,-2", "composite_cell", {"row": 3, "column": "Weight"}),
        ("meta", "1,trees,1,1", "2,trees,1,1", "composite_cell", {"row": 2, "column": "Level"}),
        ("meta", "Indicator,pop", "Indicator,area", "composite_no_denominator", {"column": "Denominator"}),
        ("meta", "index,Aggregate", ",Aggregate", "composite_two_tops", {"row": 6}),
        ("meta", "Group", "Groop", "composite_cell", {"row": 10, "column": "Type"}),
        ("meta", "2,people,1,3,index,Aggregate,\n", "2,people,1,3,index,Aggregate,\n2,lost,1,1,index,Aggregate,\n",
         "composite_tree", {"node": "lost"}),
        ("method", "group-mean", "guess", "composite_value",
         {"table": "gaps.imputation", "value": "guess"}),
        ("method", "side", "town", "composite_column", {"column": "town"}),
        ("method", "group =", "groups =", "composite_key", {"value": "groups"}),
        ("method", "[gaps]", "[gaps", "composite_toml", {"file": "mine.toml"}),
        ("method", "[gaps]", "[scale]\ngoalposts = {trees = [5, 1]}\n[gaps]", "composite_value",
         {"table": "scale.goalposts.trees"}),
        ("method", "[gaps]", "[treatment]\nmost_points = 1.5\n[gaps]", "composite_value", {}),
        ("method", "[gaps]", "[means]\nkinds = []\n[gaps]", "composite_value", {}),
        ("method", "[gaps]", "[scale]\nlow = true\n[gaps]", "composite_value", {}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_written(
    files: Files, which: str, was: str, now: str, code: str, facts: dict[str, object]
) -> None:
    files.change(getattr(files, which), was, now)
    result = files.run()
    error = result.exception
    assert isinstance(error, CourtepointeError), result.output
    assert (error.code, exit_code(error)) == (code, 3)
    assert {name: error.facts.get(name) for name in facts} == facts
    for lang in ("fr", "en"):
        assert "{" not in sentence(error, lang=lang)
    assert not files.out.exists()


def test_weights_that_sum_to_zero_name_their_parent(files: Files) -> None:
    files.change(files.meta, "1,trees,1,1", "1,trees,1,0")
    files.change(files.meta, "1,heat,-1,1", "1,heat,-1,0")
    error = files.run().exception
    assert isinstance(error, CourtepointeError)
    assert (error.code, error.facts["node"]) == ("composite_weights_zero", "land")
    assert "“land”" in sentence(error, lang="en")


def test_an_indicator_that_tells_nobody_apart_is_named(files: Files) -> None:
    files.data.write_text(
        "uCode,trees,heat,halls,phones,pop,side\n"
        + "".join(f"{unit},7,{at},{at},{at},10,north\n" for at, unit in enumerate("abcd")),
        encoding="utf-8",
    )
    error = files.run().exception
    assert isinstance(error, CourtepointeError)
    assert error.code == "composite_all_equal"
    assert "trees" in sentence(error, lang="fr") and "7" in sentence(error, lang="fr")


def test_a_folder_that_holds_something_is_left_alone(files: Files) -> None:
    files.out.mkdir()
    (files.out / "mine.txt").write_text("kept", encoding="utf-8")
    error = files.run().exception
    assert isinstance(error, CourtepointeError) and error.code == "composite_folder"
    assert [file.name for file in files.out.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled_and_a_column_nobody_asked_for_is_told(files: Files) -> None:
    files.out.mkdir()
    files.change(files.data, "uCode,uName", "uCode,nickname")
    result = files.run()
    assert result.exit_code == 0
    assert "nickname" in result.output and (files.out / "scores.csv").is_file()


def test_a_method_nobody_ships_is_told_with_those_that_are(files: Files) -> None:
    told = ["portraits", "index", "--data", str(files.data), "--meta", str(files.meta)]
    result = CliRunner().invoke(courtepointe, [*told, "--method", "mpi", "--out", str(files.out)])
    error = result.exception
    assert isinstance(error, CourtepointeError)
    assert error.code == "composite_method_unknown" and "asem" in str(error.facts["expected"])


def test_the_help_teaches() -> None:
    told = CliRunner().invoke(courtepointe, ["portraits", "index", "--help"]).output
    for word in ("--method asem", "group-mean", "goalposts", "copeland", "exit code"):
        assert word in told


def test_ampi_as_shipped_takes_no_gap(files: Files) -> None:
    told = ["portraits", "index", "--data", str(files.data), "--meta", str(files.meta)]
    words = [*told, "--method", "ampi", "--out", str(files.out)]
    error = CliRunner().invoke(courtepointe, words).exception
    assert isinstance(error, CourtepointeError)
    assert (error.code, error.facts["unit"], error.facts["indicator"]) == (
        "composite_gap", "c", "phones",
    )  # fmt: skip
    files.change(files.data, "3,,100", "3,30,100")
    assert CliRunner().invoke(courtepointe, words).exit_code == 0
    land = [float(row["land"]) for row in files.table("scores")]
    # Trees 70, heat 130 (less is better): mean 100, deviation 30, less 30²/100.
    assert land[0] == pytest.approx(100 - 900 / 100)


def test_what_to_beware_of_is_told_in_two_languages(files: Files) -> None:
    files.change(files.data, "a,Alder,0,30", "a,Alder,100,30")
    files.change(files.data, "d,Dale,100,34", "d,Dale,0,34")
    french = files.run("--lang", "fr")
    assert french.exit_code == 0, french.output
    assert "à surveiller" in french.output and "son sens est-il le bon" in french.output
    cautions = {(row["caution"], row["iCode"]) for row in files.table("warnings")}
    assert {("alpha-negative", "index"), ("against-parent", "land")} <= cautions
    assert "is its direction right" not in french.output
    assert {row["iCode"] for row in files.table("alpha")} == {"land", "people", "index"}
    assert float(files.table("correlations")[0]["trees"]) == 1.0
    assert {row["part"] for row in files.table("components")} >= {"trees", "heat"}


def test_what_stands_out_is_told_strengths_first(files: Files) -> None:
    rows = [f"u{k},{50 + k % 3},{30 + k % 2},{k % 4 + 1},{10 + k % 3},100,north" for k in range(12)]
    rows[3] = "u3,95,55,2,10,100,north"
    files.data.write_text("\n".join([DATA.splitlines()[0].replace("uName,", ""), *rows]), "utf-8")
    result = files.run("--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["stands_out"] == {
        "u3": {"strengths": ["trees"], "attention": ["heat"]}
    }
    own = [row for row in files.table("stands_out") if row["uCode"] == "u3"]
    assert [(row["side"], row["iCode"]) for row in own][:2] == [
        ("strength", "trees"), ("attention", "heat"),
    ]  # fmt: skip
    assert float(own[0]["value"]) == 95 and own[0]["told_apart"] == "true"
    assert {row["told_apart"] for row in own[2:]} <= {"false"}
    files.out = files.out.with_name("french")
    assert "forces : 1, points d’attention : 1, unités : 1" in files.run().output


DOUBT = """
[doubt]
weights = 0.25
most_points = [0, 2]
[treatment]
"""


def test_how_sure_the_index_is_comes_in_three_parts(files: Files, tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    errors.write_text("uCode,trees\nd,20\n", encoding="utf-8")
    files.change(files.method, "[gaps]", f"{DOUBT}\n[gaps]")
    words = ("--draws", "400", "--errors", str(errors), "--seed", "7", "--json")
    result = files.run(*words)
    assert result.exit_code == 0, result.output
    rows = {(row["uCode"], row["cause"]): row for row in files.table("uncertainty")}
    assert {cause for _, cause in rows} == {"data", "missing", "method"}
    # Only Cedar has a gap: only its score is in doubt for what is missing.
    for unit in "abd":
        assert rows[unit, "missing"]["low"] == rows[unit, "missing"]["high"]
    assert float(rows["c", "missing"]["low"]) < float(rows["c", "missing"]["high"])
    # Dale's trees have an error, and the other scales stretch with the most.
    assert float(rows["d", "data"]["low"]) <= float(rows["d", "data"]["high"])
    apart = {row["uCode"]: row for row in files.table("told_apart_missing")}
    assert apart["a"]["d"] == "true" and apart["a"]["a"] == "false"
    # No choice changes a rank of these four: there is nothing to share out.
    assert not (files.out / "sensitivity.csv").exists()
    first = (files.out / "uncertainty.csv").read_bytes()
    files.out = tmp_path / "again"
    assert files.run(*words).exit_code == 0
    assert (files.out / "uncertainty.csv").read_bytes() == first


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("uCode,trees\nz,1\n", "composite_unit_unknown", {"row": 2, "value": "z"}),
        ("uCode,trees\na,-1\n", "composite_cell", {"row": 2, "column": "trees"}),
        ("uCode,trees\na,1\na,2\n", "composite_twice", {"row": 3}),
        ("unit,trees\na,1\n", "composite_column", {"column": "uCode"}),
    ],
)
def test_errors_that_are_none_are_told_with_their_place(
    files: Files, tmp_path: Path, text: str, code: str, facts: dict[str, object]
) -> None:
    errors = tmp_path / "errors.csv"
    errors.write_text(text, encoding="utf-8")
    error = files.run("--draws", "20", "--errors", str(errors)).exception
    assert isinstance(error, CourtepointeError) and error.code == code
    assert {name: error.facts.get(name) for name in facts} == facts
    assert not files.out.exists()
    assert files.run("--errors", str(errors)).exit_code == 2


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ('means = ["geometric", "arithmetic"]', "composite_pair"),
        ("weights = 2", "composite_doubt"),
        ("most_points = [1, 2]", "composite_doubt"),
        ("most_points = [1.5]", "composite_value"),
        ('scales = "rank"', "composite_value"),
        ('scales = [{kind = "ranks"}]', "composite_value"),
        ('scales = [{kind = "goalposts"}, {kind = "rank"}]', "composite_doubt"),
    ],
)
def test_a_doubt_that_cannot_be_drawn_is_refused(files: Files, told: str, code: str) -> None:
    files.change(files.method, "[gaps]", f"[doubt]\n{told}\n[gaps]")
    error = files.run("--draws", "20").exception
    assert isinstance(error, CourtepointeError) and error.code == code
    assert not files.out.exists()
