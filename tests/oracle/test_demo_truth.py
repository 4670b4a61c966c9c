"""Do the intervals cover what they claim? The demo city knows its truth; its publisher and our atlas do not.

Areas are random sets of published dissemination areas: sums and shares over 12 or more units, and
every unit alone. A class is a measure type and how many of them a unit holds on average. Below five
a unit, many cells are a true zero, which rounding cannot move and which the sum's variance counts
all the same: intervals are then wider than they need be, which is allowed and said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from courtepointe.atlas.demo.chance import generator
from courtepointe.atlas.demo.characteristics import published
from courtepointe.atlas.demo.disclosure import interval, rounded
from courtepointe.atlas.demo.long_form import long_form_of
from courtepointe.atlas.demo.plan import plan_of
from courtepointe.atlas.demo.region import Made, make
from courtepointe.atlas.demo.tally import PLACE
from courtepointe.atlas.figures import Figure
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import STATUS_CODE, Status
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.core.intervals import combined_half_width, sampling_variance
from courtepointe.core.rounding import rounding_half_width

UNITS = "dissemination_area:2021"
LEAST, MOST = 0.93, 0.97
SIZES = (12, 20, 35)
SETS_OF_EACH = 16
FEW = 5.0


class Truth:
    """What every dissemination area would have answered, by variable of the recipe."""

    def __init__(self, atlas: Atlas, sources: Path) -> None:
        self.codes = [area.key.code for area in atlas.areas(UNITS)]
        place = {code: k for k, code in enumerate(self.codes)}
        blocks = pq.read_table(sources / "truth" / "blocks_2021.parquet")
        self._of_block = np.array([place[code] for code in blocks["da_2021"].to_pylist()])
        self._blocks = blocks
        release = next(r for r in atlas.pack.recipe.releases if r.code == "census_profile_2021")
        self._variables = {variable.code: variable for variable in release.variables}

    def of(self, code: str) -> np.ndarray | None:
        """Give the true number in every unit; None for what is no count."""
        variable = self._variables.get(code)
        if variable is None or variable.column != "count":
            return None
        sex = "" if variable.sex == "total" else f"_{variable.sex}"
        name = f"c{variable.characteristic}{sex}"
        if name not in self._blocks.column_names:
            return None
        return np.bincount(self._of_block, self._blocks[name].to_numpy(), len(self.codes))

    def people(self) -> np.ndarray:
        """Give the true population of every unit."""
        people = self._blocks["population"].to_numpy()
        return np.bincount(self._of_block, people, len(self.codes))

    def total(self, codes: tuple[str, ...], units: np.ndarray) -> float | None:
        """Add variables over units."""
        columns = [self.of(code) for code in codes]
        if not columns or any(column is None for column in columns):
            return None
        return float(sum(column[units].sum() for column in columns if column is not None))


@pytest.fixture(scope="module")
def atlas(demo_pack: Path) -> Atlas:
    """Open the demo city."""
    return Atlas(open_pack(demo_pack))


@pytest.fixture(scope="module")
def truth(atlas: Atlas, demo_sources: Path) -> Truth:
    """Read the truth that lies beside the files."""
    return Truth(atlas, demo_sources)


def told_units(atlas: Atlas) -> np.ndarray:
    """Find the units that publish both their incomes and their long form."""
    table = atlas.pack.release_tables["census_profile_2021", UNITS]
    rows = [table.variables.index(code) for code in ("tenure_total", "median_household_income")]
    return np.flatnonzero((table.status[rows] == STATUS_CODE[Status.PUBLISHED]).all(axis=0))


def truth_of(
    atlas: Atlas, truth: Truth, figure: Figure, units: np.ndarray
) -> tuple[float, float] | None:
    """Give the true value of a figure, and how many a unit holds of what it counts."""
    asked = atlas.indicator(figure.indicator)
    above = truth.total(asked.numerator, units)
    if above is None or asked.aggregation not in ("sum", "ratio_of_sums"):
        return None
    each = above / len(units)
    if asked.aggregation == "sum":
        return above * asked.scale, each
    below = truth.total(asked.denominator, units)
    return None if not below else (asked.scale * above / below, each)


def covered(figure: Figure, value: float) -> bool:
    """Tell whether an interval holds the truth."""
    assert figure.low is not None and figure.high is not None
    return figure.low - 1e-9 <= value <= figure.high + 1e-9


@pytest.fixture(scope="module")
def cases(atlas: Atlas, truth: Truth) -> dict[tuple[str, str], list[bool]]:
    """Ask for many areas: (rule, uncertainty) -> was the truth inside? Rare things apart."""
    rng = np.random.default_rng(20210511)
    told = told_units(atlas)
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for size in SIZES:
        for _ in range(SETS_OF_EACH):
            units = rng.choice(told, size, replace=False)
            portrait = atlas.portrait_of_units(UNITS, [truth.codes[k] for k in units])
            for figure in portrait.figures:
                known = truth_of(atlas, truth, figure, units)
                if known is None or known[1] < FEW or figure.low is None:
                    continue
                assert figure.n_units_missing == 0, figure.indicator
                rule = atlas.indicator(figure.indicator).aggregation
                found[rule, str(figure.uncertainty)].append(covered(figure, known[0]))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("uncertainty", ["rounding", "sampling_and_rounding"])
@pytest.mark.parametrize("rule", ["sum", "ratio_of_sums"])
def test_intervals_of_areas_cover_the_truth_as_often_as_they_say(
    cases: dict[tuple[str, str], list[bool]], rule: str, uncertainty: str
) -> None:
    hits = cases[rule, uncertainty]
    assert len(hits) > 500
    assert LEAST <= np.mean(hits) <= MOST


@pytest.mark.slow
def test_unrounded_counts_are_the_truth_and_draw_no_interval(atlas: Atlas, truth: Truth) -> None:
    units = told_units(atlas)[:30]
    portrait = atlas.portrait_of_units(UNITS, [truth.codes[k] for k in units])
    people = portrait.figure("population")
    assert people.value == truth.people()[units].sum()
    assert (people.low, people.high) == (None, None)


# ---------------------------------------------------------------- the survey, drawn again and again


@pytest.fixture(scope="module")
def city() -> Made:
    """Generate the demo city in memory."""
    return make(plan_of("city", seed=2021, lang="en").regions[0], seed=2021)


def surveys(city: Made, times: int) -> Iterator[tuple[np.ndarray, ...]]:
    """Draw the long form again: published counts, their limits and the truth, by unit and count."""
    divisions = city.divisions
    counts = [one for one in published() if one.sampled and one.form == "count"]
    true = city.tally.over(divisions.da, divisions.n_das)
    told = true.population >= 250
    exact = true.counts[:, [PLACE[one.id] for one in counts], 0].astype(np.float64)[told]
    for again in range(times):
        rng = generator(5000 + again, region=0, topic="survey")
        form = long_form_of(city.people, divisions.da, divisions.n_das, published(), rng=rng)
        mine = [form.column[one.id] for one in counts]
        below = [form.column[one.terms()[1]] for one in counts]
        totals = form.estimates.totals[:, :, 0][told]
        whole = np.array([one.terms()[1] == one.id for one in counts])
        values = rounded(totals[:, mine], rng=rng)
        error = np.sqrt(form.estimates.variance[:, :, 0][told][:, mine])
        most = np.where(whole, np.inf, np.maximum(totals[:, below], values))
        low, high = (np.round(ends) for ends in interval(values, error, most))
        yield values, low, high, exact


def covers(size: int, rng: np.random.Generator) -> Callable[..., np.ndarray]:
    """Give how often the sum over some units covers the truth, for each count."""

    def measure(
        values: np.ndarray, low: np.ndarray, high: np.ndarray, exact: np.ndarray
    ) -> np.ndarray:
        n_units = len(values)
        sets = np.zeros((40, n_units))
        for row in sets:
            row[rng.choice(n_units, size, replace=False)] = 1.0
        known = np.ones(values.shape, dtype=np.bool_)
        variance = sets @ sampling_variance(low, high, known)
        rounding = np.full(variance.shape, rounding_half_width(size))
        half = combined_half_width(variance, rounding)
        return (np.abs(sets @ (values - exact)) <= half + 1e-9).mean(axis=0)

    return measure


@pytest.fixture(scope="module")
def drawn_again(city: Made) -> list[tuple[np.ndarray, ...]]:
    """Draw the long form six times over."""
    return list(surveys(city, 6))


CLASSES = ((0.0, FEW), (FEW, 20.0), (20.0, 80.0), (80.0, np.inf))


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, 12, 35])
def test_a_survey_drawn_again_covers_every_size_class(
    drawn_again: list[tuple[np.ndarray, ...]], size: int
) -> None:
    measure = covers(size, np.random.default_rng(size))
    share = np.mean([measure(*survey) for survey in drawn_again], axis=0)
    each = drawn_again[0][3].mean(axis=0)
    for least, most in CLASSES:
        some = share[(each >= least) & (each < most)]
        assert len(some) > 0
        assert LEAST <= some.mean() <= MOST, (least, some.mean())


@pytest.mark.parametrize("size", [12, 35])
def test_counts_rounded_again_cover_every_size_class(city: Made, size: int) -> None:
    divisions = city.divisions
    everyone = [one for one in published() if one.id in PLACE and not one.sampled]
    tally = city.tally.over(divisions.da, divisions.n_das)
    exact = tally.counts[:, [PLACE[one.id] for one in everyone], 0].astype(np.float64)
    exact = exact[tally.population >= 250]
    measure, rng = covers(size, np.random.default_rng(size)), np.random.default_rng(7)
    shares = []
    for _ in range(20):
        values = rounded(exact, rng=rng)
        shares.append(measure(values, values, values, exact))
    share, each = np.mean(shares, axis=0), exact.mean(axis=0)
    for least, most in CLASSES[1:]:
        some = share[(each >= least) & (each < most)]
        assert LEAST <= some.mean() <= MOST, (least, some.mean())
    assert share[each < FEW].mean() >= LEAST
