"""What is said of an agreement; how codes are given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Ints

MISSING = -1
"""A unit that a coder did not code."""


class Status(StrEnum):
    """Whether an agreement beyond chance can be told."""

    TOLD = "told"
    ONE_CODE_ONLY = "one_code_only"
    NO_UNIT = "no_unit"


class Metric(StrEnum):
    """How far apart two codes are: different or not, or by how many units stand between them."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement beyond what chance alone would give.

    Attributes
    ----------
    status : Status
        ``one_code_only``: every code is the same, so that chance alone agrees always; ``no_unit``: no unit was
        coded twice. Nothing but the counts is told then.
    value : float or None
        1: always alike; 0: as chance alone; under 0: less than chance alone.
    low, high : float or None
        95 % interval; None where it was not asked for or cannot be told.
    observed : float or None
        Share of pairs of codes that are alike (1 less the disagreement, for an ordinal metric).
    expected : float or None
        The same, if codes were given by chance.
    n_units : int
        Units coded by two or more.
    """

    status: Status
    value: float | None
    low: float | None
    high: float | None
    observed: float | None
    expected: float | None
    n_units: int


def checked(ratings: Ints, n_categories: int) -> Ints:
    """Give codes as whole numbers, or raise `BadInput` ``core_shape``, ``agreement_code``."""
    given = np.asarray(ratings)
    if given.ndim != 2 or n_categories < 1:
        raise BadInput("core_shape", array="ratings", shape=given.shape, expected="(n_coders, n_units)")  # fmt: skip
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise BadInput("agreement_code", value=str(given.dtype), expected=f"-1–{n_categories - 1}")
    held = given.astype(np.int64)
    strange = (held < MISSING) | (held >= n_categories)
    if strange.any():
        raise BadInput("agreement_code", value=int(held[strange][0]), expected=f"-1–{n_categories - 1}")  # fmt: skip
    return held
