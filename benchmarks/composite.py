"""How soon is it known how sure an index is, beside a numpy loop of one draw at a time?

1,000 units, 100 indicators in 10 pillars, 3 cells in 100 missing in five groups, lognormal values, so that nearly every indicator is drawn in or put on a
logarithm, which is the slowest case. *Data* draws every observed value from its error, fills gaps anew, treats, normalises and gathers; *method* draws scale
(min-max or ranks), mean, points drawn in and weights. Ours is compiled, on two threads; the loop is the steps of the library, vectorised over units by numpy.
Seconds are of the processor, all threads together, scaled to 10,000 draws from a sample (ours 400, the loop 8): on two free cores ours takes half of them.
Answers are the scores of the first draws. COINr, which runs such loops in R, could not be set beside
it: Debian packages R and not COINr, and where this was measured no archive of R packages could be reached.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

import measure
from courtepointe.core.composite import (
    Imputation,
    Mean,
    Method,
    Raw,
    Scale,
    Steps,
    Treatment,
    Tree,
    gather,
    index_of,
)
from courtepointe.core.composite.columns import SCALE_CODE
from courtepointe.core.composite.draws import Choices, same_choices, scores_of
from courtepointe.core.composite.gaps import impute
from courtepointe.core.composite.nodes import MEAN_CODE
from courtepointe.core.composite.noise import normal_table
from courtepointe.core.composite.normalise import normalise
from courtepointe.core.composite.treat import treat
from courtepointe.core.composite.uncertainty import Doubt, choices_at

N_UNITS, N_INDICATORS, N_PILLARS, N_DRAWS = 1_000, 100, 10, 10_000
SAMPLE, LOOPED, LOOKED_AT, SEED = 400, 8, 5, 1
METHOD = Method(imputation=Imputation.GROUP_MEAN, low=1.0)
DOUBT = Doubt(
    scales=((Scale.MIN_MAX, 1.0, 100.0), (Scale.RANK, 0.0, 1.0)),
    means=(Mean.ARITHMETIC, Mean.GEOMETRIC),
    most_points=(1, 2, 3, 4, 5),
)
SCALES = {code: scale for scale, code in SCALE_CODE.items()}
MEANS = {code: mean for mean, code in MEAN_CODE.items()}


def made(kind: str) -> tuple[Raw, Steps, Choices, np.ndarray]:
    """Make an index, the choices of its draws and its errors."""
    rng = np.random.default_rng(SEED)
    values = rng.lognormal(size=(N_UNITS, N_INDICATORS))
    values[rng.random(values.shape) < 0.03] = np.nan
    pillar = N_INDICATORS + np.arange(N_INDICATORS) // (N_INDICATORS // N_PILLARS)
    top = N_INDICATORS + N_PILLARS
    parent = np.array([*pillar, *[top] * N_PILLARS, -1])
    raw = Raw(
        values, rng.choice([-1, 1], N_INDICATORS), np.ones((N_UNITS, 0)),
        np.full(N_INDICATORS, -1), rng.integers(0, 5, N_UNITS),
    )  # fmt: skip
    steps = index_of(raw, Tree(N_INDICATORS, parent, np.ones(len(parent))), METHOD)
    if kind == "data":
        return raw, steps, same_choices(steps, METHOD, SAMPLE), np.where(np.isnan(values), 0.0, 0.1)
    points = rng.random((SAMPLE, len(DOUBT.inputs())))
    chosen = choices_at(points, steps, METHOD, DOUBT, seed=SEED)
    return raw, steps, chosen, np.zeros(values.shape)


def timed(ask: Callable[[], np.ndarray], n_draws: int) -> measure.Timed:
    """Count the processor's seconds, scaled to all draws; answer with the first ones."""
    start = time.process_time()
    told = ask()
    seconds = (time.process_time() - start) * N_DRAWS / n_draws
    return measure.Timed(seconds, told[:LOOKED_AT].tolist())


def ours(argument: Mapping[str, Any]) -> measure.Timed:
    """Draw compiled, on two threads, once what is compiled is loaded."""
    raw, steps, choices, errors = made(argument["kind"])
    scores_of(raw, steps, METHOD, same_choices(steps, METHOD, 2), seed=SEED, errors=errors)
    return timed(lambda: scores_of(raw, steps, METHOD, choices, seed=SEED, errors=errors), SAMPLE)


def one_at_a_time(argument: Mapping[str, Any]) -> measure.Timed:
    """Run the steps for each draw, as one writes it first."""
    raw, steps, choices, errors = made(argument["kind"])
    # Random numbers are made beforehand: the same for both, and not what is compared.
    noise = [normal_table(SEED, draw, N_UNITS, N_INDICATORS) for draw in range(LOOPED)]

    def ask() -> np.ndarray:
        return np.array([
            one(raw, steps, choices, draw, steps.denominated + errors * noise[draw])
            for draw in range(LOOPED)
        ])  # fmt: skip

    return timed(ask, LOOPED)


def one(raw: Raw, steps: Steps, choices: Choices, draw: int, values: np.ndarray) -> np.ndarray:
    """Make one draw with the steps of the library."""
    low, high = choices.ends[draw]
    own = Method(
        METHOD.imputation, 0.0, Treatment(int(choices.most_points[draw])),
        SCALES[int(choices.scale[draw])], float(low), float(high),
        means=tuple(MEANS[int(code)] for code in choices.means[draw, 2:]),
    )  # fmt: skip
    filled = impute(values, rule=METHOD.imputation, groups=raw.groups).values
    normalised = normalise(treat(filled, own.treatment).values, raw.polarity, own)
    tree = Tree(N_INDICATORS, steps.tree.parent, choices.weights[draw])
    told: np.ndarray = gather(normalised, tree, own)[:, -1]
    return told


def questions(folder: Path) -> Iterator[measure.Question]:
    """Ask about the two kinds of doubt that cost most."""
    size = f"{N_UNITS:,} units, {N_INDICATORS} indicators, {N_DRAWS:,} draws"
    for kind in ("data", "method"):
        peers = (("a numpy loop of one draw at a time", "one_at_a_time"),)
        yield measure.Question(f"draws of an index: {kind}", size, {"kind": kind}, peers)


if __name__ == "__main__":
    measure.answer({"ours": ours, "one_at_a_time": one_at_a_time}, questions)
