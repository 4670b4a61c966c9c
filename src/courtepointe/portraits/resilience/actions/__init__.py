"""Every write of resilience portraits."""

from __future__ import annotations

from courtepointe.portraits.resilience.actions.indicators import (
    add_indicator,
    choose_indicators,
    leave_indicator,
    leave_suggestion,
    move_goalposts,
    weigh_indicator,
)
from courtepointe.portraits.resilience.actions.observations import (
    observe,
    observe_many,
    take_counts,
    take_figures,
)
from courtepointe.portraits.resilience.actions.portraits import (
    add_own_part,
    begin_portrait,
    close_portrait,
    describe_portrait,
    end_own_part,
    follow_portrait,
)
from courtepointe.portraits.resilience.actions.scores import keep_scores

__all__ = [
    "add_indicator",
    "add_own_part",
    "begin_portrait",
    "choose_indicators",
    "close_portrait",
    "describe_portrait",
    "end_own_part",
    "follow_portrait",
    "keep_scores",
    "leave_indicator",
    "leave_suggestion",
    "move_goalposts",
    "observe",
    "observe_many",
    "take_counts",
    "take_figures",
    "weigh_indicator",
]
