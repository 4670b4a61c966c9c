"""`courtepointe portraits`: what an operator says of a release, and what it touches."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import shapely
from click.testing import CliRunner
from tests.support.town import town

from courtepointe.atlas.fits import FitMethod
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.doors.cli import atlas_questions, portraits
from courtepointe.portraits.actions import keep_draft, name_area
from courtepointe.portraits.values import Shaped

pytestmark = pytest.mark.django_db
NOW = datetime.now(tz=UTC)
WHY = ("--reason-fr", "Deux colonnes étaient échangées.", "--reason-en", "Two columns swapped.")


@pytest.fixture(autouse=True)
def _town(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portraits, "open_pack", lambda folder: town())
    monkeypatch.setattr(atlas_questions, "open_pack", lambda folder: town())


def run(*words: str) -> Any:
    told = CliRunner().invoke(portraits.group, list(words), catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return told


def kept() -> str:
    shape = Shaped(shapely.box(-73.56, 45.501, -73.54, 45.508))
    draft = keep_draft(
        shape, kind="drawn", atlas_code=town().recipe.code, pack_hash="town", now=NOW
    )
    name_area(
        draft.token, name="Chez nous", fit_method=FitMethod.BEST_FIT, releases=["comptage"], now=NOW
    )
    return draft.token


def test_a_recall_tells_what_it_touches_and_is_heeded_until_it_is_lifted() -> None:
    token = kept()
    told = json.loads(run("recall", "comptage", *WHY, "--by", "op", "--json").stdout)
    assert [one["key"] for one in told["touched"]] == [token]
    touched = json.loads(run("touched", "comptage", "--json").stdout)
    assert touched == told and touched["touched"][0]["name"] == "Chez nous"
    (notice,) = json.loads(run("notices", "--json").stdout)["notices"]
    assert notice["recalled"] and notice["reason"]["en"] == "Two columns swapped."
    assert "recalled: Two columns" in run("notices").stdout
    run("lift", "comptage", "--by", "op")
    assert json.loads(run("notices", "--json").stdout)["notices"] == []


def test_the_portrait_in_a_terminal_heeds_notices_when_asked() -> None:
    run("recall", "comptage", *WHY)
    asked = ["town", "--area", "quartier:1", "--json"]
    for words, heeded in ((asked, False), ([*asked, "--notices"], True)):
        told = CliRunner().invoke(atlas_questions.show, words, catch_exceptions=False)
        figures = {one["indicator"]: one for one in json.loads(told.stdout)["figures"]}
        assert ("recalled_release" in figures["population"]["cautions"]) is heeded


def test_what_is_not_known_or_not_explained_is_refused() -> None:
    with pytest.raises(NotFound, match="unknown_release"):
        run("recall", "profile", *WHY)
    with pytest.raises(BadInput, match="recall_without_reason"):
        run("recall", "comptage", "--reason-fr", "Fautif.", "--reason-en", " ")
    silent = CliRunner().invoke(portraits.group, ["recall", "comptage"])
    assert silent.exit_code == 2 and "--reason-fr" in silent.output
    run("supersede", "comptage", "comptage_2")
    assert "superseded (use comptage_2)" in run("notices").stdout
