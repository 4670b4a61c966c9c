"""Figures beside a comparator's: which may be compared, and what may be said."""

from __future__ import annotations

import pytest
from tests.press.sample import CITY, figure, missing, portrait, recipe, share

from courtepointe.atlas.figures import Figure, Measure, Method, Status, Uncertainty
from courtepointe.atlas.recipe.values import Indicator, Words
from courtepointe.press.comparisons import Comparison, Verdict, compare
from courtepointe.press.galley import set_galley

NAME = Words("la ville", "the city")


def indicator(measure: Measure, unit: str = "percent") -> Indicator:
    label = Words("Essai", "Trial")
    return Indicator("x", "s", label, "u", measure, unit, "ratio_of_sums")


def compared(first: Figure, second: Figure, measure: Measure = Measure.SHARE) -> Comparison | None:
    unit = first.unit
    return compare(first, second, indicator=indicator(measure, unit), name=NAME, key=CITY)


@pytest.mark.parametrize(
    ["ours", "theirs", "verdict"],
    [
        (share("x", 20, 1), share("x", 25, 1), Verdict.DISTINCT),
        (share("x", 20, 3), share("x", 22, 3), Verdict.SAME),
        (share("x", 20, 3), share("x", 20, 3), Verdict.EQUAL),
        (share("x", 20, None), share("x", 80, 1), Verdict.UNKNOWN),
        (share("x", 20, 1), share("x", 80, None), Verdict.UNKNOWN),
    ],
)
def test_verdicts(ours: Figure, theirs: Figure, verdict: Verdict) -> None:
    made = compared(ours, theirs)
    assert made is not None and made.verdict is verdict


def test_full_counts_need_no_interval() -> None:
    exact = {"low": None, "high": None, "uncertainty": Uncertainty.NONE}
    made = compared(share("x", 20, **exact), share("x", 20.1, **exact))
    assert made is not None and made.verdict is Verdict.DISTINCT


def test_rounding_without_its_interval_is_unknown() -> None:
    bare = share("x", 20, low=None, high=None, uncertainty=Uncertainty.ROUNDING)
    made = compared(bare, share("x", 30, 1))
    assert made is not None and made.verdict is Verdict.UNKNOWN


def test_counts_missing_values_and_ranges_are_not_compared() -> None:
    assert compared(figure("x", 10.0), figure("x", 1000.0), Measure.COUNT) is None
    assert compared(missing("x", Status.SUPPRESSED), share("x", 2, 1)) is None
    assert compared(share("x", 2, 1), missing("x", Status.UNRELIABLE)) is None
    ranged = Figure("x", None, "cad", Status.AGGREGATED, Method.RANGE_OF_MEDIANS, low=1, high=2)
    assert compared(ranged, figure("x", 10.0, unit="cad"), Measure.MEDIAN) is None


def test_effects_order_highlights_and_have_a_sign() -> None:
    above = compared(share("x", 30, 1), share("x", 20, 1))
    below = compared(share("x", 20, 1), share("x", 30, 1))
    assert above is not None and below is not None
    assert above.effect == -(below.effect or 0) and (above.effect or 0) > 0
    money = compared(figure("x", 2.0, unit="cad"), figure("x", 1.0, unit="cad"), Measure.MEDIAN)
    assert money is not None and money.effect == pytest.approx(0.6931, abs=1e-4)
    density = compared(figure("x", 2.0, unit="persons_per_km2"), figure("x", 1.0, unit="persons_per_km2"),
                       Measure.RATE)  # fmt: skip
    assert density is not None and density.effect is None


def test_an_area_is_not_compared_with_itself() -> None:
    told = portrait()
    area = told.area
    same = type(area)(area.kind, area.name, CITY, None, None, 1.0, area.bounds)
    held = type(told)(same, told.fit, told.figures, told.compared, (), "h")
    galley = set_galley(held, recipe(), lang="fr")
    assert galley.comparators == () and galley.comparisons == {}
    assert galley.comparator() is None and galley.comparison("population") is None
