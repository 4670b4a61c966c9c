"""A table that gathers, and the people around it."""

from __future__ import annotations

import pytest
from tests.support.gathered import Gathered, gather
from tests.support.table import Table


@pytest.fixture
def made(table: Table) -> Gathered:
    """Give one of each thing that a table may gather."""
    return gather(table)
