"""Scenarios of stress as files (TOML), in French and English; five are shipped."""

from courtepointe.formats.scenarios.read import SHIPPED, read_scenario, shipped_scenario
from courtepointe.formats.scenarios.values import Assumed, Published, ScenarioFile

__all__ = [
    "SHIPPED",
    "Assumed",
    "Published",
    "ScenarioFile",
    "read_scenario",
    "shipped_scenario",
]
