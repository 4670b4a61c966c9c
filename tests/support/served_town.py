"""Serve the town worked by hand in a test of the doors: no pack on disk, no server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.support.town import town

from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.doors import served
from courtepointe.doors.site import libraries

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@contextmanager
def town_served(
    settings: Any, monkeypatch: pytest.MonkeyPatch, folder: Path, *, pack: Pack | None = None
) -> Iterator[None]:
    """Serve the town, and name static files plainly: nothing was gathered."""
    settings.STATIC_ROOT = folder
    settings.STORAGES = settings.STORAGES | PLAIN
    libraries.import_map.cache_clear()
    libraries.import_map_hash.cache_clear()
    held = pack or town()
    door = served._Door()
    door.now = served.Served(held, Atlas(held), (0, 0), served.Shelf())
    monkeypatch.setattr(served, "_door", door)
    monkeypatch.setattr(served, "_register", served._Register(every_s=0.0))
    yield
    libraries.import_map.cache_clear()
    libraries.import_map_hash.cache_clear()
