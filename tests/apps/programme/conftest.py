"""A run under way in the table's workspace, and an agent beside the coordinator."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.table import NOW, Table, joined, person

from courtepointe.engagement.programme.actions import begin_run
from courtepointe.people.values import Person


@pytest.fixture
def agent(table: Table) -> Person:
    """Give the sector's agent."""
    who = person("Eli")
    joined(table.slug, table.coordinator, who, "agent")
    return who


@pytest.fixture
def run(table: Table, agent: Person) -> int:
    """Begin a run of two years with the usual dates."""
    return begin_run(
        table.slug,
        name="Parcours 2026-2027",
        starts=date(2026, 1, 1),
        ends=date(2027, 12, 31),
        by=agent,
        now=NOW,
    )
