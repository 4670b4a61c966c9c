"""Resilience portraits, as rows."""

from __future__ import annotations

from courtepointe.portraits.resilience.models.portraits import OwnPart, ResiliencePortrait

__all__ = ["OwnPart", "ResiliencePortrait"]
