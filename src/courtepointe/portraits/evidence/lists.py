"""The lists of evidence as data: kinds of sources, ways to consent, directions, strengths, limits of the grid."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from courtepointe.atlas.recipe.values import Words
from courtepointe.people.lists import Lists
from courtepointe.portraits.resilience.framework import groups

_lists = Lists(Path(__file__).with_name("data"), "evidence_unknown_kind")
data, words_of, known = _lists.data, _lists.words_of, _lists.known

STRENGTHS = (1, 2, 3)
USUAL = 2
"""The strength of a code where nobody said another."""
OWN = "code-"
"""What stands before the number of a code of the neighbourhood's own, where a coding names it."""
CONSENT = "portrait_voice"
"""The text of ``consent_texts.toml`` that people agree to."""


def group_names() -> Mapping[str, Words]:
    """Give the names of the groups of the lens, by code."""
    return {code: one.name for code, one in groups().items()}
