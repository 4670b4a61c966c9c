"""`courtepointe portraits index` on the files that people have: how they are written, and what is wrong in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.doors.cli.test_portraits_index import DATA, META, Files

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.words import exit_code, sentence


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def semicolons(text: str) -> str:
    return text.replace(",", ";")


WAYS: dict[str, Callable[[str], bytes]] = {
    "with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "semicolons": lambda text: semicolons(text).encode(),
    "semicolons and decimal commas": lambda text: semicolons(text).replace(";34;", ";34,0;").encode(),
    "cp1252": lambda text: text.replace("Alder", "Érable").encode("cp1252"),
    "cp1252 as a French sheet saves it": lambda text: semicolons(text.replace("Alder", "Érable")).replace(
        "\n", "\r\n").encode("cp1252"),
    "lines of commas at the end": lambda text: (text + ("," * text.splitlines()[0].count(",") + "\n") * 3 + "\n\n").encode(),
    "columns of nothing": lambda text: text.replace("\n", ",,\n").encode(),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_the_same_table_written_otherwise_gives_the_same_scores(files: Files, way: str) -> None:
    plain = files.out
    assert files.run("--json").exit_code == 0
    for file, text in ((files.data, DATA), (files.meta, META)):
        file.write_bytes(WAYS[way](text))
    files.out = plain.with_name("otherwise")
    result = files.run("--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["unused_columns"] == []
    assert (files.out / "scores.csv").read_bytes() == (plain / "scores.csv").read_bytes()


UP = "1,trees,1,1,land,Indicator,\n"
HEAD = DATA.splitlines()[0] + "\n"


@pytest.mark.parametrize(
    ("which", "was", "now", "code"),
    [
        ("data", DATA, HEAD + "a,Alder,0,30,1,10,100,north\n", "composite_few_units"),
        ("data", DATA, "".join(line + "\n" for line in DATA.splitlines()[:3]), "composite_few_units"),
        ("data", DATA, HEAD, "table_without_rows"),
        ("data", "a,Alder,0,", "a,Alder,inf,", "not_a_number"),
        ("data", "a,Alder,0,", "a,Alder,1e200,", "composite_infinite"),
        ("data", "b,Birch", " a ,Birch", "composite_twice"),
        ("data", "a,Alder,0,", "a,Alder,10 %,", "not_a_number"),
        ("meta", UP, "1,trees,1,1,,Indicator,\n", "composite_two_tops"),
        ("meta", UP, UP + UP, "composite_twice"),
        ("meta", UP, "1,trees,1,NaN,land,Indicator,\n", "composite_cell"),
        ("meta", UP, "1,trees,1,inf,land,Indicator,\n", "not_a_number"),
        ("meta", UP, "1,trees,1,1e308,land,Indicator,\n", "composite_weight"),
        ("meta", UP, "1,trees,,1,land,Indicator,\n", "composite_direction"),
        ("meta", UP, "1,trees,1,1,heat,Indicator,\n", "composite_parent"),
        # Round in a ring: no aggregate is left without a parent; or a level is not the next one up.
        ("meta", "3,index,1,1,,", "3,index,1,1,land,", "composite_no_index"),
        ("meta", "2,land,1,1,index", "2,land,1,1,land", "composite_parent"),
        ("meta", "2,land,1,1,index", "2,land,1,1,people", "composite_parent"),
        ("method", "[gaps]", '[means]\nkinds = ["geometric"]\n[gaps]', "composite_not_positive"),
        ("method", "[gaps]", '[scale]\nkind = "z"\nlow = 0\nhigh = 1\n[means]\nkinds = ["harmonic"]\n[gaps]',
         "composite_not_positive"),
        ("method", "[gaps]", "[scale]\nlow = 100\nhigh = 0\n[gaps]", "composite_scale"),
        ("method", "[gaps]", "[treatment]\nskew = 0\n[gaps]", "composite_value"),
        ("method", "[gaps]", '[means]\nkinds = ["count"]\nclasses = 9\n[gaps]', "composite_classes"),
    ],
)  # fmt: skip
def test_what_gives_no_index_is_told_and_nothing_is_written(
    files: Files, which: str, was: str, now: str, code: str
) -> None:
    files.change(getattr(files, which), was, now)
    error = files.run().exception
    assert isinstance(error, CourtepointeError)
    assert (error.code, exit_code(error)) == (code, 3)
    for lang in ("fr", "en"):
        said = sentence(error, lang=lang)
        assert "{" not in said and len(said) < 400
    assert not files.out.exists()


def test_weights_that_would_turn_an_indicator_are_refused_with_its_name(files: Files) -> None:
    files.change(files.method, "[gaps]", '[weights]\nkind = "pca"\n[gaps]')
    error = files.run().exception
    assert isinstance(error, CourtepointeError)
    assert (error.code, exit_code(error)) == ("composite_pca_turns", 6)
    assert "“heat”" in sentence(error, lang="en")


def test_a_unit_with_too_little_is_left_out_by_name_and_counts_in_no_mean(files: Files) -> None:
    files.change(files.data, "c,Cedar,50,32,3,", "c,Cedar,,,3,")
    files.change(files.data, "d,Dale", "e,Elm,10,33,2,15,100,south\nd,Dale")
    files.change(files.method, "[gaps]", "[gaps]\nleast_known = 0.5")
    result = files.run("--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["left_out"] == ["c"]
    assert [row["uCode"] for row in files.table("scores")] == ["a", "b", "e", "d"]
    assert {row["uCode"]: row["known_share"] for row in files.table("kept")}["c"] == "0.25"


@pytest.mark.parametrize(
    ("text", "code", "fact"),
    [
        ("uCode,tree\na,5\n", "composite_error_column", "tree"),
        ("uCode,pop\na,5\n", "composite_error_column", "pop"),
        ("uCode\na\n", "composite_error_column", "—"),
        ("uCode,trees,trees\na,5,6\n", "composite_column_twice", None),
        ("uCode,trees\na,1e300\n", "composite_cell", "1e300"),
    ],
)
def test_errors_that_would_be_read_nowhere_are_refused(
    files: Files, tmp_path: Path, text: str, code: str, fact: str | None
) -> None:
    errors = tmp_path / "errors.csv"
    errors.write_text(text, encoding="utf-8")
    error = files.run("--draws", "20", "--errors", str(errors)).exception
    assert isinstance(error, CourtepointeError)
    assert (error.code, error.facts.get("value")) == (code, fact)
    errors.write_text("uCode,uName,trees,pop,side\na,Alder,5,NA,north\n", encoding="utf-8")
    assert files.run("--draws", "20", "--errors", str(errors)).exit_code == 0


def test_of_many_units_no_table_of_all_pairs_is_written(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.change(files.method, "[gaps]", "[doubt]\nweights = 0.25\n[gaps]")
    assert files.run("--draws", "20").exit_code == 0
    assert (files.out / "told_apart_method.csv").exists()
    monkeypatch.setattr("courtepointe.formats.composite.written.MOST_PAIRED", 3)
    files.out = files.out.with_name("many")
    assert files.run("--draws", "20").exit_code == 0
    assert (files.out / "uncertainty.csv").exists()
    assert not (files.out / "told_apart_method.csv").exists()


def test_a_mean_of_what_was_imputed_is_warned_of(files: Files) -> None:
    files.change(files.data, "c,Cedar,50,32,3,", "c,Cedar,50,32,,")
    result = files.run("--json")
    assert result.exit_code == 0, result.output
    told = {
        one["node"]: one["value"]
        for one in json.loads(result.stdout)["warnings"]
        if one["caution"] == "little-known"
    }
    # Both parts of “people” are means of others; of the index a quarter was observed.
    assert told == {"people": 0.0, "index": 0.25}
    files.out = files.out.with_name("words")
    assert "seulement a été observé" in files.run("--lang", "fr").output
