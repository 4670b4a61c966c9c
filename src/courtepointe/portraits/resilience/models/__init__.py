"""Resilience portraits, as rows."""

from __future__ import annotations

from courtepointe.portraits.resilience.models.numbers import (
    Goalposts,
    Indicator,
    Observation,
    ScoreRow,
)
from courtepointe.portraits.resilience.models.portraits import OwnPart, ResiliencePortrait

__all__ = ["Goalposts", "Indicator", "Observation", "OwnPart", "ResiliencePortrait", "ScoreRow"]
