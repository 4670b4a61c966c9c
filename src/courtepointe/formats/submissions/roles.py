"""Headings that are no question, read from ``roles.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LEFT = "left"


@cache
def _told() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))


@cache
def _by_heading() -> Mapping[str, str]:
    return {heading: role for role, told in _told().items() for heading in told["headings"]}


def role_of(heading: str) -> str:
    """Say what a heading tells of a submission; empty where it may be a question.

    Returns
    -------
    str
        ``key``, ``instance``, ``uuid``, ``root``, ``replaces``, ``version``, ``form``,
        ``submitted``, ``edits``, ``sealed``, ``media``; ``left`` where it is not kept.
    """
    role = _by_heading().get(heading)
    if role is not None:
        return role
    left = _told()[LEFT]
    begins = heading.startswith(tuple(left["prefixes"]))
    return LEFT if begins or heading.endswith(tuple(left["suffixes"])) else ""
