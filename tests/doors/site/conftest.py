"""The site on the town worked by hand: no pack on disk, no server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.support.town import town

from courtepointe.atlas.query.atlas import Atlas
from courtepointe.doors import served
from courtepointe.doors.site import libraries

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def _town_is_served(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[None]:
    """Serve the town, and name static files plainly: nothing was gathered."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | PLAIN
    libraries.import_map.cache_clear()
    libraries.import_map_hash.cache_clear()
    pack = town()
    door = served._Door()
    door.now = served.Served(pack, Atlas(pack), (0, 0), served.Shelf())
    monkeypatch.setattr(served, "_door", door)
    yield
    libraries.import_map.cache_clear()
    libraries.import_map_hash.cache_clear()


@pytest.fixture
def visitor() -> Client:
    """Visit as a stranger whose forms carry their token."""
    return Client(HTTP_HOST="localhost")
