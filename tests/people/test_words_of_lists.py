"""Words of lists and of errors are set as French asks, though files hold plain spaces."""

from __future__ import annotations

from courtepointe.atlas.recipe.values import Words
from courtepointe.core.errors import BadInput
from courtepointe.doors.words import sentence
from courtepointe.people.lists import each_in_both, in_both


def test_words_of_lists_keep_their_punctuation() -> None:
    entry = {"fr": "ici : là ; « oui »", "en": "here: it's so", "lines_fr": ["a : b"], "lines_en": ["a: b"]}  # fmt: skip
    assert in_both(entry) == Words("ici\u00a0: là\u202f; «\u202foui\u202f»", "here: it’s so")
    assert each_in_both(entry, "lines") == (Words("a\u00a0: b", "a: b"),)


def test_errors_keep_theirs_and_leave_what_a_person_typed() -> None:
    told = sentence(BadInput("unknown_language", value="a : b", expected="fr, en"), lang="fr")
    assert "a : b" in told
    assert " :" not in told.replace("a : b", "") and "« " not in told
