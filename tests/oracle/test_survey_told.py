"""Nobody's answer comes out of what a survey tells, however its counts are added and subtracted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.oracle import slow_told as slow

from courtepointe.core.survey.protect import FEW
from courtepointe.portraits.surveys.asked import Asked
from courtepointe.portraits.surveys.bank import about_you, bank
from courtepointe.portraits.surveys.counting import counted
from courtepointe.portraits.surveys.results import QuestionResult

PLAN = bank()["PRE.plan"]
ABOUT = [
    about_you()[f"YOU.{code}"] for code in ("age", "tenure", "newcomer", "gender", "household")
]
Sheets = list[tuple[str, dict[str, Any]]]


def survey(seed: int) -> Sheets:
    """Make up a survey of a few sorts of people, so that groups nest, part and overlap as in a small street."""
    rng = np.random.default_rng(seed)
    made: Sheets = []
    for _ in range(int(rng.integers(2, 6))):
        sort = {one.code: str(rng.choice(one.codes)) for one in ABOUT if rng.random() < 0.8}
        n, part = int(rng.integers(1, 30)), rng.choice([0.0, 0.2, 0.5, 0.5, 0.5, 0.8, 1.0])
        for _ in range(n):
            made.append(("web", {**sort, "PRE.plan": "yes" if rng.random() < part else "no"}))
    return made


def people_of(sheets: Sheets, group: str) -> tuple[slow.Set, slow.Set]:
    """Give who is of a group, and who said that they are not."""
    asked: Asked = next(one for one in ABOUT if any(group in each.groups for each in one.options))
    of = {each.code for each in asked.options if group in each.groups}
    said = [given.get(asked.code) for _, given in sheets]
    return (
        frozenset(n for n, one in enumerate(said) if one in of),
        frozenset(n for n, one in enumerate(said) if one in asked.codes and one not in of),
    )


def counts_of(sheets: Sheets, found: QuestionResult) -> slow.Counts:
    """Read every count that is told: shares times numbers; of whom a group was set beside, by its gap."""
    assert found.yes is not None
    everybody = frozenset(range(len(sheets)))
    told = {everybody: round(found.yes.plain * found.n)}
    for one in (one for one in found.groups if one.share is not None):
        own, others = people_of(sheets, one.group)
        assert one.share is not None and len(own) == one.n
        told[own] = round(one.share.plain * one.n)
        if one.gap is not None:
            share = one.share.value - one.gap[0]
            others = max((others, everybody - own), key=lambda each: fits(sheets, each, share))
            told[others] = round(share * len(others))
    return told


def yes_of(sheets: Sheets, people: slow.Set) -> int:
    return sum(sheets[n][1]["PRE.plan"] == "yes" for n in people)


def fits(sheets: Sheets, people: slow.Set, share: float) -> bool:
    return bool(people) and yes_of(sheets, people) == pytest.approx(share * len(people))


def given_away(sheets: Sheets, told: slow.Counts) -> list[tuple[int, int]]:
    """List the parts of everybody of whom a few people's answers come out: how many they are, how many said yes."""
    everybody = frozenset(range(len(sheets)))
    out = []
    for found in (slow.sums(told), *slow.worlds(told, everybody)):
        for people, n_yes in found.items():
            assert n_yes == yes_of(sheets, people), "the attacker counts right"
            if people and people != everybody and min(n_yes, len(people) - n_yes) < FEW:
                out.append((len(people), n_yes))
    return out


@pytest.mark.parametrize("start", range(0, 400, 50))
def test_what_is_told_of_small_surveys_gives_no_few_away(start: int) -> None:
    n_told = 0
    for seed in range(start, start + 50):
        sheets = survey(seed)
        (found,) = counted([PLAN, *ABOUT], sheets, {}).questions
        if found.yes is None:
            continue
        n_told += sum(one.share is not None for one in found.groups)
        assert given_away(sheets, counts_of(sheets, found)) == [], seed
    assert n_told > 5, "a survey that tells of nobody would be safe too"


def test_the_attacker_finds_what_was_told_before_the_others_were_looked_at() -> None:
    """Twelve of eighteen tenants and four of twelve owners: everybody's count less the tenants' is four."""
    sheets: Sheets = [("web", {"YOU.tenure": tenure, "PRE.plan": said}) for tenure, said, n in (("rent", "yes", 12), ("rent", "no", 6), ("own", "yes", 4), ("own", "no", 8)) for _ in range(n)]  # fmt: skip
    tenants, _ = people_of(sheets, "tenants")
    told = {frozenset(range(30)): 16, tenants: 12}
    assert (12, 4) in given_away(sheets, told)
    (found,) = counted([PLAN, *ABOUT], sheets, {}).questions
    assert given_away(sheets, counts_of(sheets, found)) == []
