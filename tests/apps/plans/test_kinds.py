"""The suggested actions: four a dimension at least, of the framework, of the ten models, each with the institution's part."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.hubs.kinds import hub_models
from courtepointe.plans.gaps import Held, gaps_of
from courtepointe.plans.kinds import (
    known,
    next_states,
    read_words,
    section_hints,
    suggested,
    suggested_for,
    words_of,
)
from courtepointe.portraits.resilience.framework import dimensions, part_names

LISTS = ("bearers", "costs", "directions", "gaps", "horizons", "links", "plan_states", "sections", "states")  # fmt: skip


def test_each_dimension_has_four_suggestions_or_more_and_something_for_each_reading() -> None:
    counted = Counter(one.dimension for one in suggested().values())
    assert set(counted) == set(dimensions())
    assert min(counted.values()) >= 4
    for code in dimensions():
        for read in read_words():
            assert suggested_for(dimension=code, read=read), (code, read)


def test_every_part_of_the_framework_has_a_suggestion_and_every_suggestion_a_part() -> None:
    assert {one.part for one in suggested().values()} == set(part_names())
    assert all(one.part.startswith(f"{one.dimension}.") for one in suggested().values())


def test_suggestions_draw_on_each_of_the_ten_models_and_pair_the_institution() -> None:
    drawn = {one.model for one in suggested().values()} - {""}
    assert drawn == set(hub_models())
    for one in suggested().values():
        assert one.beside.fr and one.beside.en and one.indicator.fr and one.roles, one.code
        for name, code in (("bearers", one.bearer), ("horizons", one.horizon), ("costs", one.cost), ("directions", one.direction)):  # fmt: skip
            assert known(name, code) == code
        assert set(one.read) <= set(read_words())


def test_lists_are_worded_and_states_lead_to_states() -> None:
    for name in LISTS:
        assert all(words.fr and words.en for words in words_of(name).values()), name
    assert set(section_hints()) == set(words_of("sections"))
    assert {code for after in next_states().values() for code in after} <= set(next_states())
    with pytest.raises(BadInput, match="plan_unknown_kind"):
        known("states", "done")


def test_every_gap_is_worded() -> None:
    bare = Held("active", "residents", None, False, False, False, False, False, True, True)
    told = gaps_of(bare, today=date(2026, 6, 1))
    assert set(told) <= set(words_of("gaps"))
    assert "hub_ended" in told
