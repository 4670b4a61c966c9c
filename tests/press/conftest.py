"""Faces for attestations and papers of hubs, made once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from courtepointe.press.faces import faces

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the faces, or skip where npm brought none."""
    libraries = Path(os.environ.get("COURTEPOINTE_NODE_MODULES", str(ROOT / "node_modules")))
    if not libraries.is_dir():
        pytest.skip("no browser libraries: `npm ci`")
    return faces(libraries, tmp_path_factory.mktemp("faces"))
