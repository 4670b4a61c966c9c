"""The goals of siting in the words of the person who chooses one: what each is for, what it leaves aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courtepointe.core.siting import Goal
from courtepointe.hubs.studies.values import BUDGET


@dataclass(frozen=True, slots=True)
class GoalWords:
    """A goal in words.

    Attributes
    ----------
    name : str
        In a few words, as a choice.
    about : str
        What it is for, and what it does not see.
    """

    name: str | Promise
    about: str | Promise


GOAL_WORDS: Mapping[str, GoalWords] = {
    Goal.MAX_COVER: GoalWords(
        _("The most people within reach"),
        _("Counts who has a hub within the limit. Who is farther counts for nothing, however far."),
    ),
    Goal.P_MEDIAN: GoalWords(
        _("The shortest walk on average"),
        _("Adds up everybody’s minutes. A few who live far may stay far."),
    ),
    Goal.P_CENTER: GoalWords(
        _("Nobody too far"),
        _("Shortens the walk of whoever has the farthest to go; how many live where does not count."),
    ),
    Goal.SET_COVER: GoalWords(
        _("Everybody within reach, with the fewest hubs"),
        _("Says how many are needed at least, and where. Whom no place can reach is told apart."),
    ),
    Goal.BACKUP_COVER: GoalWords(
        _("The most people with two hubs within reach"),
        _("So that one may be closed. Who has a single one counts for nothing."),
    ),
    Goal.CAPACITATED_COVER: GoalWords(
        _("The most people within reach who find a seat"),
        _("Counts seats: a hub that is full takes nobody else. Needs the seats of each place."),
    ),
    BUDGET: GoalWords(
        _("The most people within reach, for a budget"),
        _("Chooses how many and which for the money. Needs what each place would cost."),
    ),
    Goal.KOLM_POLLAK: GoalWords(
        _("The fairest walk"),
        _("Long walks weigh more than short ones (Kolm and Pollak’s equivalent, aversion 1): between the average and “nobody too far”."),
    ),
    Goal.MIN_REGRET: GoalWords(
        _("Never far from the best, whoever walks"),
        _("Looks at each kind of walker apart and regrets as little as possible for the one worst served. The search may take minutes."),
    ),
}  # fmt: skip
