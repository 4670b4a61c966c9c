"""What is data holds together: both languages, codes that exist, models that can be adopted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.core.readiness import Asked
from courtepointe.hubs.kinds import (
    FOLDER,
    LISTS,
    about,
    asked_of,
    asks_of_forms,
    criteria_of_modes,
    factors,
    half_lives,
    hub_models,
    kit,
    known,
    levels,
    questions,
    ranks_of_answers,
    roles,
    seasons,
    units,
    ways,
    words_of,
)


def texts(told: Any) -> Iterator[tuple[str, str]]:
    """Give every pair of French and English, at any depth."""
    if isinstance(told, list):
        for one in told:
            yield from texts(one)
    elif isinstance(told, dict):
        for key, value in told.items():
            if key == "fr" or key.endswith("_fr"):
                other = told[f"{key.removesuffix('fr')}en"]
                pairs = zip(value, other, strict=True) if isinstance(value, list) else [(value, other)]  # fmt: skip
                yield from pairs
            else:
                yield from texts(value)


def test_every_file_is_read() -> None:
    assert {file.stem for file in FOLDER.glob("*.toml")} - {"personal", "fields"} == set(LISTS)


@pytest.mark.parametrize("file", sorted(FOLDER.rglob("*.toml")), ids=lambda file: file.stem)
def test_every_text_is_said_in_both_languages(file: Any) -> None:
    if file.stem in ("personal", "fields"):
        return
    found = list(texts(tomllib.loads(file.read_text(encoding="utf-8"))))
    assert found
    for fr, en in found:
        for said in (fr, en):
            assert said.strip() == said != "" and "'" not in said, said
            assert not re.search(r"\s\s", said), said
        assert not re.search(r" [;:!?»]|« ", fr), f"no-break space: {fr}"
        assert not re.search(r"[ \u202f][;:!?]", en), en


@pytest.mark.parametrize("name", LISTS)
def test_codes_and_words_of_a_list_are_told_apart(name: str) -> None:
    for lang in ("fr", "en"):
        said = [words.in_(lang) for words in words_of(name).values()]
        assert len(set(said)) == len(said)
    assert all(re.fullmatch(r"[a-z][a-z_]*", code) for code in words_of(name))


def test_each_level_asks_what_exists_and_no_less_than_the_one_below() -> None:
    below = Asked()
    assert list(levels()) == ["base", "optimal", "ideal"]
    for asked in levels().values():
        assert set(asked.roles) <= set(roles()) and set(asked.facts) <= set(words_of("facts"))
        assert set(asked.capacities) <= set(words_of("capacities"))
        assert asked.keys >= below.keys and asked.autonomy_h >= below.autonomy_h
        assert set(below.roles) <= set(asked.roles) and set(below.facts) <= set(asked.facts)
        assert set(below.capacities) <= set(asked.capacities)
        assert asked.exercise_days <= (below.exercise_days or 10_000)
        assert asked.power_test_days <= (below.power_test_days or 10_000)
        below = asked


def test_each_form_is_asked_what_it_can_have() -> None:
    place, network, mobile = (asked_of(form)["ideal"] for form in ("place", "network", "mobile"))
    assert place.facts and place.keys and not place.members
    assert network.members and not (network.facts or network.keys or network.autonomy_h)
    assert mobile.members == 1 and mobile.autonomy_h and not mobile.facts


def test_what_is_counted() -> None:
    assert {"place", "network", "mobile"} == set(words_of("forms")) == set(asks_of_forms())
    assert set(half_lives()) == set(units()) and min(half_lives().values()) >= 30
    assert (
        len(roles()) == 9 and len(ways()) == 5 and len(factors()) == 6 and len(hub_models()) == 10
    )
    assert set(about("modes")) == {"everyday", "disruption", "recovery"} == set(criteria_of_modes())
    assert ranks_of_answers() == {"present": 2, "fragile": 1, "absent": 0, "unknown": None}
    assert len(set(questions())) == len(questions()) == 12
    for item in kit().values():
        assert item.count >= 1 and 30 <= item.check_days <= 730
    year = sum(one.kwh_per_kwp for one in seasons().values()) / 4 * 365
    assert 900 < year < 1_185, "prudent: under what the maps of the country say"


def test_cards_of_roles_say_what_to_do_and_when_to_stop() -> None:
    for role in roles().values():
        assert 3 <= len(role.first) <= 5 and 2 <= len(role.stop) <= 3
    assert any("911" in said.fr for role in roles().values() for said in role.stop)


def test_ways_and_models_name_what_exists() -> None:
    for way in ways().values():
        assert way.form in words_of("forms") and way.starts_from and len(way.steps) >= 3
        assert all(step.needs for step in way.steps)
    for model in hub_models().values():
        assert model.form in words_of("forms") and model.trend in words_of("trends")
        assert model.way in ways() and set(model.roles) <= set(roles())
        assert model.source.startswith("https://") and model.source_title
        assert len({item.code for item in model.items}) == len(model.items) >= 5
        assert model.functions and model.finance and model.indicators
    assert next(iter(hub_models())) == "baltimore"


def test_a_code_is_known_or_refused() -> None:
    assert known("forms", "network") == "network"
    with pytest.raises(BadInput, match="hub_unknown_kind"):
        known("forms", "castle")
