"""Run a verb as a person does in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from courtepointe.doors.cli.main import main

Ask = Callable[..., tuple[int, str, str]]


def atlas_verbs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give what runs `courtepointe atlas VERB PACK …`: exit code, what was said, what was complained."""

    def run(verb: str, *words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["courtepointe", "atlas", verb, "PACK", *words])
        code: Any = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        told = capsys.readouterr()
        return int(code or 0), told.out, told.err

    return run
