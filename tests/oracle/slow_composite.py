"""The obvious twin of the compiled draws: numpy, the steps one after another, one draw at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from courtepointe.core.composite import Method, Raw, Steps, gather
from courtepointe.core.composite.columns import SCALE_CODE
from courtepointe.core.composite.draws import Choices
from courtepointe.core.composite.gaps import impute
from courtepointe.core.composite.nodes import MEAN_CODE
from courtepointe.core.composite.noise import normal_table
from courtepointe.core.composite.normalise import normalise
from courtepointe.core.composite.treat import treat

SCALES = {code: scale for scale, code in SCALE_CODE.items()}
MEANS = {code: mean for mean, code in MEAN_CODE.items()}


def method_at(method: Method, choices: Choices, draw: int) -> Method:
    """Give the method of one draw."""
    low, high = choices.ends[draw]
    treatment = method.treatment
    if treatment is not None:
        treatment = replace(treatment, most_points=int(choices.most_points[draw]))
    return replace(
        method, scale=SCALES[int(choices.scale[draw])], low=float(low), high=float(high),
        means=tuple(MEANS[int(code)] for code in choices.means[draw, 2:]), treatment=treatment,
    )  # fmt: skip


def one_draw(
    raw: Raw, steps: Steps, method: Method, choices: Choices, draw: int, *, seed: int,
    errors: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Compute one draw with the functions of the steps."""
    noise = normal_table(seed, draw, *steps.imputed.shape)
    values = steps.denominated + errors * noise
    own = method_at(method, choices, draw)
    kept = impute(values, rule=method.imputation, groups=raw.groups).values[steps.kept]
    normalised = normalise(treat(kept, own.treatment).values, raw.polarity, own)
    tree = replace(steps.tree, weight=choices.weights[draw])
    return gather(normalised, tree, own)[:, -1]
