"""Every write of resilience portraits."""

from __future__ import annotations

from courtepointe.portraits.resilience.actions.portraits import (
    add_own_part,
    begin_portrait,
    close_portrait,
    describe_portrait,
    end_own_part,
    follow_portrait,
)

__all__ = [
    "add_own_part",
    "begin_portrait",
    "close_portrait",
    "describe_portrait",
    "end_own_part",
    "follow_portrait",
]
