"""Fixtures that every folder may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_folder() -> Path:
    """Say where the publishers' files are: `COURTEPOINTE_SHARED`, else beside the checkout."""
    return Path(os.environ.get("COURTEPOINTE_SHARED", str(ROOT.parent / "shared")))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of publishers' files, or skip, saying so."""
    folder = shared_folder()
    if not (folder / "data" / "montreal").is_dir():
        pytest.skip(f"no publishers' files in {folder}; set COURTEPOINTE_SHARED")
    return folder


@pytest.fixture(scope="session")
def montreal_files(shared: Path) -> Path:
    """Give the folder with the real public files of Montréal."""
    return shared / "data" / "montreal"


@pytest.fixture
def root() -> Path:
    """Give the checkout's own folder."""
    return ROOT
