"""The path is data: it holds together, in two languages."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from courtepointe.engagement.programme.kinds import KINDS
from courtepointe.engagement.programme.path import (
    FOLDER,
    choices,
    stages,
    strands,
    usual_due,
    usual_phases,
    usual_spans,
)

STARTS, ENDS = date(2026, 1, 1), date(2027, 12, 31)


def test_the_six_strands_have_their_stages_in_the_order_of_the_path() -> None:
    assert list(strands()) == ["diagnosis", "promotion", "activities", "pivots", "spaces", "projects"]  # fmt: skip
    order = [stage.strand for stage in stages().values()]
    assert order == sorted(order, key=list(strands()).index) and set(order) == set(strands())
    assert all(order.count(code) >= 4 for code in strands())


def test_every_stage_says_what_it_asks_what_proves_it_and_when_it_is_asked_about() -> None:
    raw = tomllib.loads((FOLDER / "path.toml").read_text(encoding="utf-8"))
    assert len(raw["stages"]) == len(stages()), "a code is used twice"
    for stage in stages().values():
        for words in (stage.title, stage.asks, stage.proof):
            assert words.fr.strip() and words.en.strip() and words.fr != words.en, stage.code
        assert 0 < stage.usual_days <= 365 and 0 < stage.stale_days <= 180, stage.code
        assert stage.holds_days is None or stage.holds_days > stage.stale_days, stage.code
        assert re.fullmatch(rf"{stage.strand}_[a-z_]+", stage.code) and len(stage.code) <= 60


def test_choices_have_words_and_fit_their_columns() -> None:
    for kind in KINDS.values():
        for field, name in kind.chosen.items():
            assert choices(name), (kind.code, field)
            assert all(words.fr and words.en for words in choices(name).values())
    raw = tomllib.loads((FOLDER / "choices.toml").read_text(encoding="utf-8"))
    for name, entries in raw.items():
        longest = 20 if name in ("carriers", "audiences", "channels", "ways", "methods") else 10
        assert all(len(code) <= longest for code in entries if name != "languages"), name


@pytest.mark.parametrize("ends", [ENDS, date(2026, 3, 1)])
def test_usual_days_stay_within_the_programme_and_follow_one_another(ends: date) -> None:
    due = usual_due(starts=STARTS, ends=ends)
    assert set(due) == set(stages())
    for code in strands():
        days = [due[stage.code] for stage in stages().values() if stage.strand == code]
        assert days == sorted(days) and days[0] >= STARTS and days[-1] <= ends
    spans = usual_spans(starts=STARTS, ends=ends)
    assert set(spans) == set(usual_phases())
    assert all(STARTS <= first < last <= ends for first, last in spans.values())


def test_usual_days_by_hand() -> None:
    due = usual_due(starts=STARTS, ends=ENDS)
    assert due["diagnosis_frame"] == date(2026, 1, 22), "21 days after the start"
    assert due["diagnosis_figures"] == date(2026, 2, 21), "30 days more"
    assert usual_spans(starts=STARTS, ends=ENDS)["settle"] == (STARTS, date(2026, 4, 20))
