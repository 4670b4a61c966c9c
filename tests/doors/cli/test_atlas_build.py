"""`courtepointe atlas build | report | fetch | indicators`, as a person types them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.support.village import RECIPE, write_village

from courtepointe.atlas.pack.open import open_pack
from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli.main import courtepointe


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(courtepointe, ["atlas", *map(str, words)])


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write_village(tmp_path).parent


def built(village: Path, *more: str) -> Result:
    return type_in(
        "build", village / "village.toml", "--sources", village / "sources",
        "--out", village / "pack", *more,
    )  # fmt: skip


def test_the_verbs_are_listed() -> None:
    told = type_in("--help")
    assert told.exit_code == 0
    for verb in ("build", "report", "fetch", "show", "areas", "search", "demo", "indicators"):
        assert f"\n  {verb} " in told.output


@pytest.mark.parametrize("verb", ["build", "report", "fetch", "indicators"])
def test_each_verb_teaches_its_use(verb: str) -> None:
    told = type_in(verb, "--help")
    assert told.exit_code == 0
    assert "Usage" in told.output


def test_an_unknown_verb_is_refused() -> None:
    assert type_in("bild").exit_code == 2


def test_build_writes_a_pack_and_says_what_it_met(village: Path) -> None:
    told = built(village)
    assert told.exit_code == 0, told.output
    assert "quarter:2020 : 2 territoires" in told.output
    assert "counts_2021 sur area:2021 : 3 lignes rapprochées, 1 hors territoire" in told.output
    assert "sans ligne : 1 (24660004)" in told.output
    assert "étiquette contredite par la position : 1 sur 2" in told.output
    assert told.output.strip().endswith(open_pack(village / "pack").content_hash)
    assert "\x1b" not in told.output


def test_build_speaks_english_too(village: Path) -> None:
    told = built(village, "--lang", "en")
    assert "counts_2021 on area:2021: 3 rows matched, 1 out of area" in told.output


def test_build_prints_json(village: Path) -> None:
    whole = json.loads(built(village, "--json").stdout)
    assert whole["content_hash"] == open_pack(village / "pack").content_hash
    assert whole["report"]["releases"][0]["matched"] == 3


def test_report_says_it_again(village: Path) -> None:
    built(village)
    told = type_in("report", village / "pack", "--json")
    assert json.loads(told.stdout) == open_pack(village / "pack").report
    spoken = type_in("report", village / "pack")
    assert "recoupements : 1 paires, 100\u202f000 m²" in spoken.output


def test_report_names_a_missing_source(village: Path) -> None:
    (village / "sources" / "profile_1.csv").unlink()
    told = built(village, "--lang", "en")
    assert "profile · absent; expected as profile_*.csv" in told.output
    assert "Indicators not loaded: 1 (files expected: profile)" in told.output


def test_a_refusal_reaches_the_door_with_its_code(village: Path) -> None:
    (village / "sources" / "counts.csv").unlink()
    told = built(village)
    assert isinstance(told.exception, CourtepointeError)
    assert told.exception.code == "source_missing"
    assert not (village / "pack").exists()


def test_report_of_no_pack(tmp_path: Path) -> None:
    told = type_in("report", tmp_path)
    assert isinstance(told.exception, CourtepointeError)
    assert told.exception.code == "pack_not_found"


def test_fetch_asks_nobody_when_nothing_has_an_address(village: Path) -> None:
    told = type_in("fetch", village / "village.toml", "--sources", village / "sources")
    assert (told.exit_code, told.output) == (0, "")


def test_build_downloads_only_when_asked(village: Path) -> None:
    (village / "sources" / "counts.csv").unlink()
    recipe = RECIPE.replace(
        'files = ["counts.csv"]', 'files = ["counts.csv"]\nurl = "http://127.0.0.1:9/counts.csv"'
    )
    (village / "village.toml").write_text(recipe, encoding="utf-8")
    silent = built(village)
    assert isinstance(silent.exception, CourtepointeError)
    assert silent.exception.code == "source_missing"
    asked = built(village, "--download")
    assert isinstance(asked.exception, CourtepointeError)
    assert asked.exception.code == "download_failed"


def test_the_page_of_indicators_is_current(root: Path, tmp_path: Path) -> None:
    recipes = [root / "recipes" / f"{name}.toml" for name in ("montreal", "demo")]
    page = tmp_path / "indicators.md"
    told = type_in("indicators", *recipes, "--out", page)
    assert told.exit_code == 0, told.output
    kept = (root / "docs" / "indicators.md").read_text(encoding="utf-8")
    assert kept == page.read_text(encoding="utf-8"), (
        "run: courtepointe atlas indicators recipes/montreal.toml recipes/demo.toml "
        "--out docs/indicators.md"
    )


def test_the_page_lists_stable_words(root: Path) -> None:
    page = (root / "docs" / "indicators.md").read_text(encoding="utf-8")
    for word in ("population", "households_one_person", "low_income_lim_at_share", "renter_share",
                 "median_household_income", "quartier_sociologique", "quartier_reference",
                 "arrondissement", "census_tract", "dissemination_area"):  # fmt: skip
        assert f"| `{word}` |" in page


# ---------------------------------------------------------------- a cluster


def test_a_cluster_that_does_not_answer_is_told_and_nothing_is_left(village: Path) -> None:
    told = built(village, "--cluster", "nonsense://10.0.0.5", "--lang", "en")
    assert isinstance(told.exception, CourtepointeError)
    assert told.exception.code == "cluster_unreachable"
    assert not (village / "pack").exists()


def test_workers_and_a_cluster_exclude_each_other(village: Path) -> None:
    told = built(village, "--workers", "2", "--cluster", "tcp://10.0.0.5:8786")
    assert told.exit_code == 2
    assert "choose one" in told.output


def test_without_dask_what_to_install_is_told(
    village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "courtepointe.atlas.build.cluster", None)
    told = built(village, "--cluster", "tcp://10.0.0.5:8786")
    assert isinstance(told.exception, CourtepointeError)
    assert told.exception.facts["expected"] == "courtepointe[cluster]"
