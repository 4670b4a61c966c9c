"""Words that were written in one language only stand for both."""

from __future__ import annotations

from courtepointe.atlas.recipe.values import Words


def test_words_written_once_stand_for_both() -> None:
    assert Words.either("Ombre", "") == Words.either("", "Ombre") == Words("Ombre", "Ombre")
    assert Words.either("Ombre", "Shade") == Words("Ombre", "Shade")
