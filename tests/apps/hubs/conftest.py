"""A table with a hub, and the people around it."""

from __future__ import annotations

import pytest
from tests.support.hub_made import Made, form
from tests.support.table import Table


@pytest.fixture
def made(table: Table) -> Made:
    """Give a hub with one of each of its lines."""
    return form(table)
