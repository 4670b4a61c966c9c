"""The draws of `courtepointe portraits index`: how sure the index is, and which choice matters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.composite import Steps
from courtepointe.core.composite.gaps import denominate
from courtepointe.core.composite.uncertainty import method_sensitivity, uncertainty_of
from courtepointe.core.errors import NoAnswer
from courtepointe.core.typing import Floats
from courtepointe.formats.composite import IndexData, IndexMethod
from courtepointe.formats.composite.written import sensitivity_file, uncertainty_files

LEAST_LOG2, MOST_LOG2 = 4, 12


@dataclass(frozen=True, slots=True)
class Draws:
    """How the index is drawn again."""

    n_draws: int
    share: float
    seed: int


def divided_errors(errors: Floats, data: IndexData, steps: Steps) -> Floats:
    """Turn errors of iData into those of denominated values; 0 where nothing was observed."""
    divided = denominate(errors, data.raw.denominators, data.raw.denominator_of)
    # An error of what is missing, or is divided by something missing, is an error of nothing.
    return np.where(steps.was_imputed, 0.0, np.nan_to_num(divided))


def drawn_files(
    data: IndexData, steps: Steps, method: IndexMethod, errors: Floats | None, draws: Draws
) -> dict[str, bytes]:
    """Draw, and write what comes of it; `errors` are those of denominated values."""
    raw = data.raw
    told = uncertainty_of(
        raw, steps, method.method, method.doubt, n_draws=draws.n_draws, seed=draws.seed,
        errors=errors, share=draws.share,
    )  # fmt: skip
    kept = data.units_of(steps.kept)
    return uncertainty_files(kept, told) | _sensitivity(
        data=data, steps=steps, method=method, draws=draws
    )


def _sensitivity(
    *, data: IndexData, steps: Steps, method: IndexMethod, draws: Draws
) -> dict[str, bytes]:
    """Share out what the method's choices do to ranks; no table where they do nothing."""
    inputs = method.doubt.inputs()
    if not inputs:
        return {}
    log2_n = int(np.clip(np.log2(draws.n_draws), LEAST_LOG2, MOST_LOG2))
    try:
        told = method_sensitivity(
            data.raw, steps, method.method, method.doubt, log2_n=log2_n, seed=draws.seed
        )
    except NoAnswer:
        return {}
    return sensitivity_file(inputs, told)
