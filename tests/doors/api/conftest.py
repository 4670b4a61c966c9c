"""The API on the town worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.support.served_town import town_served


@pytest.fixture(autouse=True)
def _town_is_served(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, db: None
) -> Iterator[None]:
    with town_served(settings, monkeypatch, tmp_path):
        yield


@pytest.fixture
def program() -> Client:
    """Ask as a program does: no cookie, no token."""
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
