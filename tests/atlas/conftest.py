"""The village, built once for all who read it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.village import write_village

from courtepointe.atlas.build.run import build_pack


@pytest.fixture(scope="session")
def village_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the village once."""
    folder = tmp_path_factory.mktemp("village")
    recipe = write_village(folder)
    now = datetime(2026, 1, 2, tzinfo=UTC)
    return build_pack(recipe, sources=folder / "sources", out=folder / "pack", now=now).folder
