"""Words, days and scores as JSON holds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from courtepointe.atlas.recipe.values import Words
from courtepointe.portraits.resilience.values import DimensionNumbers, Score

MONTH = len("2026-06")


def both(words: Words) -> dict[str, str]:
    """Give words in both languages."""
    return {"fr": words.fr, "en": words.en}


def day(told: date | datetime | None) -> str | None:
    """Give a day or a moment as ISO 8601 writes it; nothing for nothing."""
    return None if told is None else told.isoformat()


def month(told: date | None) -> str | None:
    """Give the month of a day on which people spoke, as pages tell it: a day may say who spoke."""
    return None if told is None else told.isoformat()[:MONTH]


def score_told(one: DimensionNumbers, used: Mapping[str, Any]) -> dict[str, Any]:
    """Give the score of a dimension, or why it has none, and what it rests on."""
    return {
        "dimension": one.dimension,
        "score": None if one.score is None else _value(one.score),
        "why_none": one.why or None,
        "n_used": one.n_used,
        "n_missing": one.n_missing,
        "n_assets": one.n_assets,
        "n_lacks": one.n_lacks,
        "n_error_unknown": one.n_no_error,
        "rests_on": dict(used),
    }


def _value(score: Score) -> dict[str, Any]:
    return {
        "value": score.value,
        "low": score.low,
        "high": score.high,
        "half_width_by_cause": {
            "data": score.due_data, "missing": score.due_missing, "method": score.due_method,
        },
        "coverage": score.coverage,
    }  # fmt: skip
