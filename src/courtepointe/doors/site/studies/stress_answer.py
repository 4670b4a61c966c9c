"""The answer of a study of stress, by the process beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from courtepointe.doors.served import served
from courtepointe.formats.scenarios import shipped_scenario
from courtepointe.hubs.studies.ground import Ground
from courtepointe.hubs.studies.stress import Stress
from courtepointe.hubs.studies.stress_values import stress_asked


class Row(Protocol):
    """A study as it was asked."""

    @property
    def asked(self) -> Any:
        """What was asked."""

    @property
    def seed(self) -> int:
        """What chance is drawn from."""


class Teller(Protocol):
    """Hears how far a study is; raises where somebody stopped it."""

    def tell_part(self, part: float) -> None:
        """Hear which part is done, 0 to 1."""


def answer_stress(row: Row, ground: Ground, breath: Teller) -> Mapping[str, Any]:
    """Answer what holds when things fail: each option in the same drawings, a breath every few of them."""
    asked = stress_asked(row.asked)
    crs = served().pack.recipe.metric_crs
    files = {code: shipped_scenario(code, to_crs=crs) for code in asked.scenarios}
    return Stress(asked, ground, files).solve(row.seed, breath.tell_part)
