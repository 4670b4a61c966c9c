"""The village, built."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.village import RECIPE, write_village

from courtepointe.atlas.build.run import Built, build_pack

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
Build = Callable[..., Built]


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """Write the village's files."""
    return write_village(tmp_path).parent


@pytest.fixture
def build(village: Path) -> Build:
    """Build the village, with another recipe where a test wants one."""

    def run(recipe: str = RECIPE, *, out: str = "pack", now: datetime = NOW) -> Built:
        path = village / "village.toml"
        path.write_text(recipe, encoding="utf-8")
        return build_pack(path, sources=village / "sources", out=village / out, now=now)

    return run
