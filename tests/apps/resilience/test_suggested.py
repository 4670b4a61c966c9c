"""The framework as data: each dimension has its questions and its indicators, assets beside lacks, in both languages."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from courtepointe.portraits.resilience.framework import data, dimensions, groups, words_of
from courtepointe.portraits.resilience.suggested import SOURCES, guiding, suggested

RECIPE = Path(__file__).parents[3] / "recipes" / "indicators" / "census_2021.toml"
QUESTIONS = Path(__file__).parents[3] / "src/courtepointe/portraits/surveys/data/questions.toml"
LISTS = ("bases", "intervals", "kinds", "licences", "reasons", "refreshed", "statuses", "units")


def atlas_codes() -> set[str]:
    return {one["code"] for one in tomllib.loads(RECIPE.read_text(encoding="utf-8"))["indicators"]}


@pytest.mark.parametrize("code", list(dimensions()))
def test_a_dimension_opens_with_strengths(code: str) -> None:
    some = guiding()[code]
    assert 3 <= len(some) <= 5
    assert some[0].strength
    assert not some[-1].strength
    parts = {"", *(part.code for part in dimensions()[code].parts)}
    assert {one.part for one in some} <= parts
    assert all(one.text.fr.endswith(("\u202f?", ".")) and one.text.en.endswith(("?", ".")) for one in some)  # fmt: skip


@pytest.mark.parametrize("code", list(dimensions()))
def test_a_dimension_has_at_least_five_indicators_of_what_is_there_and_what_lacks(code: str) -> None:  # fmt: skip
    some = [one for one in suggested().values() if one.dimension == code]
    n_assets = sum(one.asset for one in some)
    assert len(some) >= 5
    assert n_assets >= len(some) - n_assets >= 2
    assert [one.asset for one in some] == sorted((one.asset for one in some), reverse=True)
    assert len({one.kind for one in some}) >= 2


@pytest.mark.parametrize("code", list(suggested()))
def test_an_indicator_is_whole(code: str) -> None:
    one = suggested()[code]
    assert one.part in {part.code for part in dimensions()[one.dimension].parts}
    assert one.kind in words_of("kinds")
    assert one.unit in words_of("units")
    assert one.base in words_of("bases")
    assert one.refreshed in words_of("refreshed")
    assert one.licence in words_of("licences")
    assert one.low < one.high
    assert one.polarity in (1, -1)
    assert one.asset == (one.polarity == 1)
    kind, _, name = one.source.partition(":")
    assert kind in SOURCES
    assert (one.kind == "structural") == (kind == "atlas")
    assert (one.kind == "survey") == (kind == "survey")
    assert kind != "atlas" or name in atlas_codes()
    assert kind != "survey" or name == code
    assert all(text.fr and text.en and text.fr != text.en for text in (one.name, one.question, one.reason))  # fmt: skip


def test_no_figure_of_the_atlas_counts_twice() -> None:
    """The same variable in two dimensions would weigh twice."""
    read = [one.source for one in suggested().values() if one.source.startswith("atlas:")]
    assert len(read) == len(set(read))


def test_lists_are_worded_and_groups_are_counted_by_what_the_recipe_has() -> None:
    for name in LISTS:
        assert all(words.fr and words.en for words in words_of(name).values())
    assert all({"value", "typed"} <= set(entry) for entry in data("statuses").values())
    assert {one.atlas for one in groups().values() if one.atlas} <= atlas_codes()


def test_surveys_ask_what_indicators_read() -> None:
    asked = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    read = [one for one in suggested().values() if one.kind == "survey"]
    assert [one.code for one in read if one.code not in asked] == []
    assert all(asked[one.code]["part"] == one.part for one in read)
    assert all(asked[one.code].get("yes") for one in read)
