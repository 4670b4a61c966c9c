"""What the tests of the rooms with a database share."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.table import QUICK, Table, table_and_around


@pytest.fixture
def table(db: None, settings: Any) -> Table:
    """Give a table, its coordinator, a member, a former member, and a stranger."""
    settings.PASSWORD_HASHERS = QUICK
    return table_and_around()
