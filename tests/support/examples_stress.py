"""What the crawler plants of studies of stress: one that is answered, to be read by the hour."""

from __future__ import annotations

from tests.support.examples import Planted
from tests.support.stress_made import HUB, answered
from tests.support.table import Table

TITLE = "Si l’eau montait au Moulin"


def plant(table: Table) -> Planted:
    """Keep an answered study."""
    return Planted({"space_study_hours.number": answered(table, TITLE)}, private=(TITLE, HUB))
