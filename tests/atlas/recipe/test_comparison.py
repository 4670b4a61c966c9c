"""What a recipe declares to read areas against: read whole, and refused with its place where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.village import RECIPE

from courtepointe.atlas.recipe.read import read_recipe
from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence

NAME = 'name = { fr = "n", en = "n" }'
SAID = 'reason = { fr = "r", en = "r" }\ndecided_by = { fr = "d", en = "d" }'
GROUP = f"""
[[peer_groups]]
code = "alike"
{NAME}
area_type = "quarter:2020"
variables = ["population", "renters"]
weights = {{ renters = 0.5 }}
reason = {{ fr = "r", en = "r" }}
"""
TARGET = f"""
[[targets]]
indicator = "renters"
value = 12
{SAID}
citation = {{ fr = "c", en = "c" }}
"""
POLARITY = f'\n[[polarities]]\nindicator = "renters"\ndirection = "lower_is_better"\n{SAID}\n'


def recipe(folder: Path, *more: str) -> Path:
    path = folder / "village.toml"
    path.write_text(RECIPE + "".join(more), encoding="utf-8")
    return path


def comparator(*lines: str) -> str:
    return "\n".join(["", "[[comparators]]", NAME, *lines, ""])


def test_everything_is_read(tmp_path: Path) -> None:
    kinds = [comparator('kind = "peers"', 'group = "alike"', "shown = false"),
             comparator('kind = "parent"'), comparator('kind = "past"'),
             comparator('kind = "target"')]  # fmt: skip
    stand_out = '\n[stand_out]\nrate = 0.05\ngroup = "alike"\n'
    told = read_recipe(recipe(tmp_path, *kinds, GROUP, TARGET, POLARITY, stand_out))
    assert [one.kind for one in told.comparators][-4:] == ["peers", "parent", "past", "target"]
    assert told.peer_groups[0].weights == {"renters": 0.5} and told.peer_groups[0].n_peers == 8
    assert told.targets[0].value == 12.0 and told.targets[0].direction == "neutral"
    assert told.polarities[0].direction == "lower_is_better"
    assert (told.stand_out.rate, told.stand_out.group) == (0.05, "alike")


@pytest.mark.parametrize(
    ("more", "key"),
    [
        (comparator('kind = "rival"'), "kind"),
        (comparator('kind = "city"'), "area"),
        (comparator('area = "ward:2020:1"'), "area"),
        (comparator('kind = "past"', 'area = "quarter:2020:1"'), "area"),
        (comparator('kind = "peers"'), "group"),
        (comparator('kind = "peers"', 'group = "zork"'), "group"),
        (comparator('kind = "past"', 'group = "alike"') + GROUP, "group"),
        (GROUP.replace("quarter:2020", "ward:2020"), "area_type"),
        (GROUP.replace('"population", "renters"', ""), "variables"),
        (GROUP.replace('"population", "renters"', '"zork"'), "variables"),
        (GROUP.replace('"population", "renters"', '"renters", "renters"'), "variables"),
        (GROUP.replace("renters = 0.5", "zork = 0.5"), "weights"),
        (GROUP.replace("renters = 0.5", "renters = 0"), "weights"),
        (GROUP + 'standardisation = "rank"\n', "standardisation"),
        (GROUP + "n_peers = 0\n", "n_peers"),
        (GROUP.replace('reason = { fr = "r", en = "r" }\n', ""), "reason"),
        (TARGET.replace('"renters"', '"zork"'), "indicator"),
        (TARGET + TARGET, "indicator"),
        (TARGET + 'direction = "up"\n', "direction"),
        (TARGET.replace(SAID, ""), "decided_by"),
        (POLARITY.replace("lower_is_better", "bad"), "direction"),
        (POLARITY.replace('"renters"', '"zork"'), "indicator"),
        (POLARITY.replace(SAID, ""), "decided_by"),
        ("\n[stand_out]\nrate = 0\n", "rate"),
        ("\n[stand_out]\nrate = 10\n", "rate"),
        ('\n[stand_out]\ngroup = "zork"\n', "group"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(tmp_path: Path, more: str, key: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_recipe(recipe(tmp_path, more))
    facts = caught.value.facts
    assert caught.value.code.startswith("recipe_")
    assert key in (facts.get("key"), *str(facts.get("expected")).split()), facts
    for lang in ("fr", "en"):
        assert str(facts["table"]) in sentence(caught.value, lang=lang)
