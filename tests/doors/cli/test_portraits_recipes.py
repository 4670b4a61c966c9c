"""Recipes of cities, run by name: hashes that hold, editions that compare, a published index recomputed."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from courtepointe.doors.cli.main import courtepointe
from courtepointe.formats.composite import SHIPPED, method_hash, read_method, shipped_method

HASHES = {
    "ampi": "a3bb67879a8505c52341addc8a0398b5e21e0dcd3eded930fe8c1d7a1b86bcce",
    "asem": "65ac07e1dd67b48a9d0cbaf8067e18230b794d1c6bd94752080c9b0e17948738",
    "bric": "86feeac8855cb2b8301fa24bc761989700ed11c978ea3319f96bbb7c37e923b8",
    "iemv": "eedfd1de37e8935ca7e6643aa73fc6cad059c9f7d701d143768d906238ec6d0b",
}
"""Of all that makes a score. Another hash is another recipe: it takes another name."""

BURDENS = ("sociale", "econo", "environn", "securité")
ACCESSES = ("proximité", "CultSportLoisir")
COUNTED = {
    "sociale": "ACP_sociale_2quintiles", "econo": "ACP_econo_2quintiles",
    "environn": "ACP_enviro_2quintiles", "securité": "ACP_securite_2quintiles",
    "proximité": "ACP_proximite_2quintiles", "CultSportLoisir": "ACP_CultSportLoisir_2quintiles",
}  # fmt: skip
"""Columns of the city's file: a sub-index `ACP_…` and whether it was counted, by dimension."""


def run(*words: object) -> Result:
    return CliRunner().invoke(courtepointe, ["portraits", *map(str, words)])


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(file: Path, rows: list[list[object]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return file


def equity_meta(folder: Path) -> Path:
    """Write iMeta of six sub-indices, each alone in its dimension."""
    dimensions = [*BURDENS, *ACCESSES]
    rows: list[list[object]] = [["Level", "iCode", "Direction", "Weight", "Parent", "Type"]]
    rows += [[1, f"ACP_{name}", 1, 1, name, "Indicator"] for name in dimensions]
    rows += [[2, name, 1 if name in BURDENS else -1, 1, "iemv", "Aggregate"] for name in dimensions]
    return write(folder / "iMeta.csv", [*rows, [3, "iemv", 1, 1, "", "Aggregate"]])


def agreement(published: Path, folder: Path) -> tuple[float, float, int]:
    """Recompute a published index from its sub-indices: the parts of flags and of scores that agree."""
    told = [row for row in rows_of(published) if row["Indice_emv"] not in ("", "NA")]
    names = [*BURDENS, *ACCESSES]
    rows: list[list[object]] = [["uCode", *(f"ACP_{name}" for name in names)]]
    rows += [[row["adidu"], *(row[f"ACP_{name}"] for name in names)] for row in told]
    data, meta, out = write(folder / "iData.csv", rows), equity_meta(folder), folder / "out"
    result = run("index", "--data", data, "--meta", meta, "--method", "iemv", "--out", out)
    assert result.exit_code == 0, result.output
    flags = [
        [(row[name] == "true") == (float(their[COUNTED[name]]) == 1.0) for name in names]
        for row, their in zip(rows_of(out / "counted.csv"), told, strict=True)
    ]
    scores = [
        float(row["iemv"]) == float(their["Indice_emv"])
        for row, their in zip(rows_of(out / "scores.csv"), told, strict=True)
    ]
    return float(np.mean(flags)), float(np.mean(scores)), len(told)


def city_file(file: Path, n_areas: int = 100) -> Path:
    """Write a file with the columns of the city's, whose index follows the published rule."""
    rng = np.random.default_rng(4)
    names = [*BURDENS, *ACCESSES]
    head = ["adidu", *(f"ACP_{n}" for n in names), *(COUNTED[n] for n in names), "Indice_emv"]
    scores = rng.normal(size=(n_areas, 6))
    place = scores.argsort(axis=0).argsort(axis=0)
    counted = np.where(np.arange(6) < 4, place >= n_areas * 3 // 5, place < n_areas * 2 // 5)
    rows: list[list[object]] = [
        [24660000 + k, *scores[k].tolist(), *counted[k].astype(int).tolist(), int(counted[k].sum())]
        for k in range(n_areas)
    ]
    return write(file, [head, *rows, [24669999, *["NA"] * 13]])


def test_a_file_like_the_citys_is_recomputed_whole(tmp_path: Path) -> None:
    assert agreement(city_file(tmp_path / "city.csv"), tmp_path) == (1.0, 1.0, 100)


@pytest.mark.shared
def test_the_published_equity_index_is_recomputed(shared: Path, tmp_path: Path) -> None:
    published = shared / "data" / "montreal" / "places" / "indice-equite-milieux-vie.csv"
    if not published.is_file():
        pytest.skip(f"the city's file is not in {published.parent}")
    flags, scores, n_areas = agreement(published, tmp_path)
    print(f"{n_areas} areas: {flags:.2%} of flags, {scores:.2%} of scores agree")
    assert flags > 0.99 and scores > 0.95


def test_equity_from_indicators_with_gaps_and_draws(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    names = [f"i{k}" for k in range(6)]
    meta = write(tmp_path / "iMeta.csv", [
        ["Level", "iCode", "Direction", "Weight", "Parent", "Type"],
        *([1, name, 1, 1, "burden" if k < 3 else "access", "Indicator"] for k, name in enumerate(names)),
        [2, "burden", 1, 1, "index", "Aggregate"], [2, "access", -1, 1, "index", "Aggregate"],
        [3, "index", 1, 1, "", "Aggregate"],
    ])  # fmt: skip
    common = rng.normal(size=(50, 2))
    values = np.repeat(common, 3, axis=1) + 0.4 * rng.normal(size=(50, 6))
    rows: list[list[object]] = [[f"a{k}", *values[k].round(3).tolist()] for k in range(50)]
    rows[7][2] = "NA"
    data = write(tmp_path / "iData.csv", [["uCode", *names], *rows])
    out = tmp_path / "out"
    result = run(
        "index", "--data", data, "--meta", meta, "--method", "iemv", "--out", out, "--json",
        "--draws", 50,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["n_imputed"] == 1 and told["method_sha256"] == HASHES["iemv"]
    counted = rows_of(out / "counted.csv")
    assert [sum(row[d] == "true" for row in counted) for d in ("burden", "access")] == [20, 20]
    assert {float(row["index"]) for row in rows_of(out / "scores.csv")} <= {0.0, 1.0, 2.0}
    assert {row["cause"] for row in rows_of(out / "uncertainty.csv")} == {"missing"}
    assert "next_edition.toml" not in told["files"]


CAPITALS = [
    ["Level", "iCode", "Direction", "Weight", "Parent", "Type"],
    [1, "trust", 1, 1, "social", "Indicator"], [1, "alone", -1, 1, "social", "Indicator"],
    [1, "income", 1, 1, "economic", "Indicator"], [2, "social", 1, 1, "index", "Aggregate"],
    [2, "economic", 1, 1, "index", "Aggregate"], [3, "index", 1, 1, "", "Aggregate"],
]  # fmt: skip
FIRST = [["uCode", "trust", "alone", "income"], ["a", 0, 30, 10], ["b", 5, 20, 20], ["c", 10, 10, 30], ["d", 10, 30, 20]]  # fmt: skip
SECOND = [["uCode", "trust", "alone", "income"], ["a", 5, 30, 10], ["b", 5, 20, 20], ["c", 10, 10, 40], ["d", 20, 30, 20]]  # fmt: skip


def index_of(folder: Path, data: list[list[object]], method: object, out: str) -> list[float]:
    meta, file = write(folder / "iMeta.csv", CAPITALS), write(folder / "iData.csv", data)
    result = run(
        "index", "--data", file, "--meta", meta, "--method", method, "--out", folder / out
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return [float(row["index"]) for row in rows_of(folder / out / "scores.csv")]


def test_bric_worked_by_hand(tmp_path: Path) -> None:
    # Social is the mean of trust 0-10 and alone 30-10, economic is income 10-30; their sum.
    assert index_of(tmp_path, FIRST, "bric", "out") == [0.0, 0.5 + 0.5, 2.0, 0.5 + 0.5]


def test_ampi_by_name_worked_by_hand(tmp_path: Path) -> None:
    told = index_of(tmp_path, FIRST, "ampi", "out")
    # b is at 100 everywhere; d has social (130, 70): 100 - 30²/100 = 91, then with income 100:
    # mean 95.5, variance 4.5², so 95.5 - 20.25/95.5.
    assert told[1] == pytest.approx(100)
    assert told[3] == pytest.approx(95.5 - 20.25 / 95.5)


@pytest.mark.parametrize("recipe", ["ampi", "bric"])
def test_editions_compare_by_the_goalposts_of_the_first(tmp_path: Path, recipe: str) -> None:
    first = index_of(tmp_path, FIRST, recipe, "first")
    kept = tmp_path / "first" / "next_edition.toml"
    again = index_of(tmp_path, FIRST, kept, "again")
    np.testing.assert_allclose(again, first, atol=1e-9)
    second = index_of(tmp_path, SECOND, kept, "second")
    # b did not change, and its score does not either, though others did.
    assert second[1] == pytest.approx(first[1])
    assert second[0] > first[0]
    assert index_of(tmp_path, SECOND, recipe, "alone")[1] != pytest.approx(first[1])
    # AMPI is not cut at its goalposts; the goalposts that min-max becomes are.
    assert (second[2] > first[2]) == (recipe == "ampi")
    assert "next_edition.toml" not in [file.name for file in (tmp_path / "second").iterdir()]


def test_a_reference_is_a_hundred_in_its_edition_and_stays(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    words = '[scale]\nkind = "ampi"\nreference = "{}"\n[means]\nkinds = ["ampi"]\n'
    mine.write_text(words.format("c"), encoding="utf-8")
    first = index_of(tmp_path, FIRST, mine, "first")
    assert first[2] == pytest.approx(100)
    normalised = rows_of(tmp_path / "first" / "normalised.csv")
    # Trust is 10 in c and 0 to 10 over all: goalposts 5 and 15, so that 0 is 70 - 60 / 2.
    assert float(normalised[0]["trust"]) == pytest.approx(40)
    kept = tmp_path / "first" / "next_edition.toml"
    assert "reference" not in kept.read_text("utf-8") and "trust = [5.0, 15.0]" in kept.read_text()
    assert 'reference = "c"' in (tmp_path / "first" / "method.toml").read_text("utf-8")
    np.testing.assert_allclose(index_of(tmp_path, FIRST, kept, "again"), first)
    second = index_of(tmp_path, SECOND, kept, "second")
    assert second[1] == pytest.approx(first[1]) and second[2] > 100
    mine.write_text(words.format("z"), encoding="utf-8")
    meta, data = tmp_path / "iMeta.csv", tmp_path / "iData.csv"
    asked = ["index", "--data", data, "--meta", meta, "--out", tmp_path / "no", "--method", mine]
    assert "composite_reference" in str(run(*asked).exception)
    mine.write_text(words.format("c").replace("ampi", "z"), encoding="utf-8")
    assert "composite_value" in str(run(*asked).exception)


@pytest.mark.parametrize("recipe", SHIPPED)
def test_what_is_written_is_the_method(tmp_path: Path, recipe: str) -> None:
    told = shipped_method(recipe)
    assert method_hash(told, ()) == HASHES[recipe]
    fifth: list[object] = ["e", 7, 20, 25]  # Quintiles need five.
    meta = write(tmp_path / "iMeta.csv", CAPITALS)
    data = write(tmp_path / "iData.csv", [*FIRST, fifth])
    out = tmp_path / "out"
    words = ["index", "--data", data, "--meta", meta, "--out", out, "--method"]
    if recipe == "asem":
        assert "EurAsia_group" in str(run(*words, recipe).exception)
        return
    assert run(*words, recipe).exit_code == 0
    again = read_method(out / "method.toml")
    assert again == told
    assert method_hash(again, ()) == HASHES[recipe]
    tomllib.loads((out / "method.toml").read_text("utf-8"))


def test_a_choice_changes_the_hash_and_a_word_does_not(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('code = "mine"\n[scale]\nlow = 1\n', encoding="utf-8")
    one = method_hash(read_method(file), ())
    file.write_text('code = "other"\n[about]\nen = "x"\n[scale]\nlow = 1\n[doubt]\nweights = 0.1\n')
    assert method_hash(read_method(file), ()) == one
    file.write_text('code = "mine"\n[scale]\nlow = 2\n', encoding="utf-8")
    assert method_hash(read_method(file), ()) != one


def test_recipes_are_listed_in_both_languages() -> None:
    told = json.loads(run("recipes", "--json").stdout)["recipes"]
    assert [one["code"] for one in told] == list(SHIPPED)
    assert {one["code"]: one["method_sha256"] for one in told} == HASHES
    for one in told:
        assert one["sources"] and one["about"]["fr"] and one["about"]["en"]
        assert len(one["assumes"]["fr"]) == len(one["assumes"]["en"]) > 1
    for lang, words in (("fr", ("suppose :", "publié dans :")), ("en", ("assumes:",))):
        said = run("recipes", "--lang", lang).stdout
        assert all(word in said for word in (*words, *SHIPPED))
