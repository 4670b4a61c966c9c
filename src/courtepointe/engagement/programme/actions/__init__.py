"""Every write of the programme."""

from __future__ import annotations

from courtepointe.engagement.programme.actions.news import add_news
from courtepointe.engagement.programme.actions.records import keep_record, remove_record
from courtepointe.engagement.programme.actions.runs import (
    add_missing_stages,
    begin_run,
    change_run,
    close_run,
)
from courtepointe.engagement.programme.actions.stages import (
    StageChange,
    add_own_stage,
    change_stage,
    move_stage,
)

__all__ = [
    "StageChange",
    "add_missing_stages",
    "add_news",
    "add_own_stage",
    "begin_run",
    "change_run",
    "change_stage",
    "close_run",
    "keep_record",
    "move_stage",
    "remove_record",
]
