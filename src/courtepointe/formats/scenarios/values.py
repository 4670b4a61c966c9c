"""What a file of a scenario holds: the scenario, its words, what it assumes, what was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtepointe.core.stress import Scenario


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a hub is taken to be where its own file does not say.

    Attributes
    ----------
    capacity : float
        People at one time.
    autonomy_h : float, hours
    staff : int
    traits : frozenset of str
    dry : bool
    """

    capacity: float = 50.0
    autonomy_h: float = 0.0
    staff: int = 2
    traits: frozenset[str] = frozenset()
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of the event that was published, to hold the scenario against.

    Attributes
    ----------
    key : str
    value : float
    unit : str
    source : str
    words : mapping of language to str
    """

    key: str
    value: float
    unit: str
    source: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario and what goes with it.

    Attributes
    ----------
    scenario : Scenario
        Areas in metres.
    about : mapping of language to str
    shares : mapping of group to float
        Part of the people that each group is; groups do not overlap, and together are at most 1.
    groups : mapping of group to mapping of language to str
        Their names.
    hubs : Assumed
    assumptions : mapping of language to tuple of str
        What is assumed, not known: as many sentences in each language.
    published : tuple of Published
    """

    scenario: Scenario
    about: Mapping[str, str]
    shares: Mapping[str, float]
    groups: Mapping[str, Mapping[str, str]]
    hubs: Assumed
    assumptions: Mapping[str, tuple[str, ...]]
    published: tuple[Published, ...]

    def figure(self, key: str) -> float:
        """Give a published figure, or raise `KeyError`."""
        return {one.key: one.value for one in self.published}[key]
