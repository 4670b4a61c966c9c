"""The survey's words, as data: versions of its question, roles in which people answer."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("data") / "survey.toml"


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages."""

    fr: str
    en: str

    def in_(self, lang: str) -> str:
        """Give it in ``"fr"`` or ``"en"``."""
        return self.en if lang == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Question:
    """What is shown to who answers, under one version."""

    version: str
    question: Said
    explained: Said
    kept: Said


@cache
def _held() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def questions() -> Mapping[str, Question]:
    """Give the versions, the oldest first."""
    return {
        version: Question(version, *(Said(**told[part]) for part in ("question", "explained", "kept")))
        for version, told in _held()["versions"].items()
    }  # fmt: skip


def in_force() -> Question:
    """Give the version that a new wave asks in."""
    return list(questions().values())[-1]


@cache
def roles() -> Mapping[str, Said]:
    """Give the roles in which people answer for an organisation."""
    return {code: Said(**told) for code, told in _held()["roles"].items()}
