"""A sector's programme, as rows."""

from __future__ import annotations

from courtepointe.engagement.programme.models.outside import Communication, Transfer
from courtepointe.engagement.programme.models.path import News, Phase, Run, StageCard
from courtepointe.engagement.programme.models.weighed import Achievement, Finding, Question, Risk

__all__ = [
    "Achievement",
    "Communication",
    "Finding",
    "News",
    "Phase",
    "Question",
    "Risk",
    "Run",
    "StageCard",
    "Transfer",
]
