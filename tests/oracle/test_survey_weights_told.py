"""Weighted shares beside plain ones do not say what a few people of one weight answered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from tests.oracle import slow_survey as slow
from tests.oracle.test_survey_told import PLAN, Sheets, people_of

from courtepointe.core.rounding import Z95
from courtepointe.core.survey import effective_n
from courtepointe.core.survey.protect import FEW
from courtepointe.portraits.surveys.bank import about_you
from courtepointe.portraits.surveys.counting import Margins, counted
from courtepointe.portraits.surveys.results import QuestionResult, Share

HOME = about_you()["YOU.tenure"]


def survey(seed: int) -> tuple[Sheets, Margins, list[str]]:
    """Make up a survey of two or three sorts of homes, and how many people live in each."""
    rng = np.random.default_rng(seed)
    codes = list(HOME.codes[: int(rng.integers(2, 4))])
    sheets: Sheets = []
    for code in codes:
        part = rng.choice([0.05, 0.2, 0.5, 0.5, 0.8, 0.95])
        for _ in range(int(rng.integers(4, 34))):
            said = "yes" if rng.random() < part else "no"
            sheets.append(("web", {HOME.code: code, "PRE.plan": said}))
    return sheets, {HOME.code: {code: float(rng.integers(100, 600)) for code in codes}}, codes


def weight_of(sheets: Sheets, margins: Margins, codes: list[str]) -> list[float]:
    """Weigh each home by hand: its part of those who live there over its part of those who answered."""
    people = margins[HOME.code]
    n = [sum(given[HOME.code] == code for _, given in sheets) for code in codes]
    return [people[code] / sum(people.values()) * len(sheets) / m for code, m in zip(codes, n, strict=True)]  # fmt: skip


def fits(
    sheets: Sheets, found: QuestionResult, weights: list[float], codes: list[str]
) -> Iterator[tuple[int, ...]]:
    """Try every number of yes in each home; give those that agree with all that is told."""
    assert found.yes is not None
    n = [sum(given[HOME.code] == code for _, given in sheets) for code in codes]
    effective = effective_n(np.repeat(weights, n))
    whole = sum(weight * m for weight, m in zip(weights, n, strict=True))
    tenants = next((one for one in found.groups if one.group == "tenants" and one.share), None)
    for said in product(*(range(m + 1) for m in n)):
        if sum(said) != round(found.yes.plain * found.n):
            continue
        if tenants and tenants.share and said[0] != round(tenants.share.plain * tenants.n):
            continue
        share = sum(weight * k for weight, k in zip(weights, said, strict=True)) / whole
        if round(share, 2) == found.yes.value and alike(share, effective, found.yes):
            yield said


def alike(share: float, n: float, told: Share) -> bool:
    low, high = slow.wilson(min(share, 1.0), n, Z95)
    return (round(low, 2), round(high, 2)) == (told.low, told.high)


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_no_few_of_one_weight_are_the_only_ones_that_fit(start: int) -> None:
    n_weighed = 0
    for seed in range(start, start + 100):
        sheets, margins, codes = survey(seed)
        (found,) = counted([PLAN, HOME], sheets, margins).questions
        weights = weight_of(sheets, margins, codes)
        if not found.is_weighed or found.yes is None or found.yes.plain in (0.0, 1.0):
            continue
        if max(weights) > 2.9 or min(weights) < 0.31:
            continue  # held at a bound: weights by hand are others
        n_weighed += 1
        every = list(fits(sheets, found, weights, codes))
        assert every, seed
        for k, code in enumerate(codes):
            n = sum(given[HOME.code] == code for _, given in sheets)
            said = {one[k] for one in every}
            assert len(said) > 1 or min(*said, n - max(said)) >= FEW, (seed, code, said, n)
    assert n_weighed > 10, "a survey that weighs nothing would be safe too"


def test_what_a_home_answered_comes_out_of_two_exact_shares() -> None:
    """So it was told before: 4 of 18 owners, in a survey that did not tell of the tenants either."""
    sheets: Sheets = [("web", {HOME.code: home, "PRE.plan": said}) for home, said, n in (("rent", "yes", 20), ("rent", "no", 10), ("own", "yes", 4), ("own", "no", 14)) for _ in range(n)]  # fmt: skip
    margins = {HOME.code: {"rent": 500.0, "own": 500.0}}
    (found,) = counted([PLAN, HOME], sheets, margins).questions
    assert not found.is_weighed and len(people_of(sheets, "tenants")[0]) == 30
    weights, exact = weight_of(sheets, margins, ["rent", "own"]), (20 / 30 + 4 / 18) / 2
    low, high = slow.wilson(exact, effective_n(np.repeat(weights, [30, 18])), Z95)
    shown = Share(round(exact, 2), round(low, 2), round(high, 2), 24 / 48)
    told = QuestionResult("PRE.plan", "told", 48, yes=shown)
    assert list(fits(sheets, told, weights, ["rent", "own"])) == [(20, 4)]
