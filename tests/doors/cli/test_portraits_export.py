"""`courtepointe portraits export`, as an operator types it: all of a portrait in a folder, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.support.portrait_data_made import FEW, whole
from tests.support.served_town import town_served
from tests.support.table import QUICK, Table, table_and_around

from courtepointe.core.errors import CourtepointeError, NotFound, Refused
from courtepointe.doors.cli.main import courtepointe
from courtepointe.doors.words import exit_code, sentence

FILES = {
    "portrait.json", "portrait.schema.json", "portrait.xlsx", "observations.csv",
    "observations.csv-metadata.json", "iData.csv", "iMeta.csv", "method.toml",
}  # fmt: skip


@pytest.fixture(autouse=True)
def site(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    with town_served(settings, monkeypatch, tmp_path):
        yield


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()


def run(*words: object) -> Result:
    return CliRunner().invoke(courtepointe, ["portraits", "export", *map(str, words)])


def refused(*words: object) -> CourtepointeError:
    error = run(*words).exception
    assert isinstance(error, CourtepointeError)
    assert sentence(error, lang="fr") and sentence(error, lang="en")
    return error


def test_a_portrait_leaves_whole_and_a_few_people_stay(table: Table, tmp_path: Path) -> None:
    made, out = whole(table), tmp_path / "portrait"
    told = json.loads(run(table.slug, made.portrait, "--out", out, "--json").stdout)
    assert {one.name for one in out.iterdir()} == set(told["files"]) == FILES
    held = json.loads((out / "portrait.json").read_text(encoding="utf-8"))
    assert held["portrait"]["uid"] == told["uid"]
    lines = [each for one in held["indicators"] for each in one["observations"]]
    assert told["observations"] == len(lines)
    assert [one["value"] for one in lines if one["source"] == FEW] == [None]
    listed = run(table.slug, made.portrait, "--out", tmp_path / "again", "--lang", "fr")
    assert "portrait.json" in listed.stdout
    assert "Numéro de l’observation" in (tmp_path / "again" / "observations.csv-metadata.json").read_text(encoding="utf-8")  # fmt: skip


def test_what_is_not_there_and_what_would_be_mixed_is_refused(table: Table, tmp_path: Path) -> None:
    made, out = whole(table), tmp_path / "portrait"
    nowhere = refused("nulle-part", made.portrait, "--out", out)
    assert (type(nowhere), nowhere.code, exit_code(nowhere)) == (NotFound, "unknown_workspace", 5)
    for slug, number in ((table.slug, 999_999), (table.other, made.portrait)):
        assert refused(slug, number, "--out", out).code == "unknown_resilience_portrait"
    assert not out.exists()
    out.mkdir()
    (out / "mine.txt").write_text("x", encoding="utf-8")
    held = refused(table.slug, made.portrait, "--out", out)
    assert (type(held), exit_code(held)) == (Refused, 6)
    assert [one.name for one in out.iterdir()] == ["mine.txt"]
    assert run(table.slug, "three", "--out", out).exit_code == 2


@pytest.mark.parametrize(
    ("lang", "word"), [("fr", "une ligne par observation"), ("en", "a row an observation")]
)
def test_its_help_teaches(lang: str, word: str) -> None:
    told = run("--help", "--lang", lang)
    assert told.exit_code == 0
    for name in FILES:
        assert name in told.stdout
    assert "portraits index" in told.stdout and word in told.stdout
