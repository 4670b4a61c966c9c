"""A plan being written, for every test of the room."""

from __future__ import annotations

import pytest
from tests.support.plan_made import Made, make
from tests.support.table import Table


@pytest.fixture
def made(table: Table) -> Made:
    return make(table)
