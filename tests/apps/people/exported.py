"""A list of contacts that exists in tests alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HELD: list[Mapping[str, str]] = []
DECLARED = """
[exports.friends]
fr = "les ami·es"
en = "friends"
rows = "tests.apps.people.exported.rows"
"""


def rows(workspace_id: int) -> Sequence[Mapping[str, str]]:
    """Give the contacts."""
    return list(HELD)
