"""A survey as arrays for the core, and the order in which they number what they hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from courtepointe.core.errors import BadInput
from courtepointe.core.network.trust import Trusted
from courtepointe.core.network.values import UNSAID, Network
from courtepointe.core.typing import Ints
from courtepointe.formats.ties.values import Survey
from courtepointe.formats.ties.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Numbered:
    """A survey as arrays.

    Attributes
    ----------
    trusted : Trusted
        ``trusted.network`` is the network; organisations are numbered in the survey's order, kinds
        in the vocabulary's, after 0 for a kind that was not said.
    sectors : (n_nodes,) int
        From 1 in the order of ``sector_names``.
    sector_names : tuple of str
        In the order of the alphabet.
    """

    trusted: Trusted
    sectors: Ints
    sector_names: tuple[str, ...]


def numbered(survey: Survey, *, answered_where_unsaid: bool | None = None) -> Numbered:
    """Number the organisations, kinds and sectors of a survey.

    Parameters
    ----------
    survey : Survey
    answered_where_unsaid : bool, optional
        What to hold of organisations of whom the file does not say whether they answered.

    Raises
    ------
    BadInput
        ``ties_answered_unsaid`` where that is not given and needed; as `Network`.
    """
    return Numbered(_trusted(survey, answered_where_unsaid, vocabulary()), *_sectors(survey))


def _trusted(survey: Survey, answered_where_unsaid: bool | None, words: Vocabulary) -> Trusted:
    place = {one.code: n for n, one in enumerate(survey.organisations)}
    kinds = {"": 0} | {code: n for n, code in enumerate(words.kinds, start=1)}
    ties = survey.ties
    answered = []
    for one in survey.organisations:
        said = answered_where_unsaid if one.answered is None else one.answered
        if said is None:
            raise BadInput("ties_answered_unsaid", value=one.name)
        answered.append(said)
    network = Network(
        len(place),
        _ints([place[tie.from_code] for tie in ties]),
        _ints([place[tie.to_code] for tie in ties]),
        _ints([kinds[tie.kind] for tie in ties]),
        _ints([tie.frequency or UNSAID for tie in ties]),
        np.array(answered, dtype=np.bool_),
        np.zeros(len(ties), dtype=np.bool_),
    )
    return Trusted(network, _ints([tie.trust or UNSAID for tie in ties]))


def _sectors(survey: Survey) -> tuple[Ints, tuple[str, ...]]:
    names = tuple(sorted({one.sector for one in survey.organisations if one.sector}))
    numbers = {"": UNSAID} | {name: n for n, name in enumerate(names, start=1)}
    return _ints([numbers[one.sector] for one in survey.organisations]), names


def _ints(told: list[int]) -> Ints:
    return np.array(told, dtype=np.int64)
