"""Letters that are folded meet however they were typed, and other marks stay."""

from __future__ import annotations

import pytest

from courtepointe.formats.letters import bare, folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Œuvre  Élan", "l'oeuvre élan"), ("E\u0301TÉ", "été"), ("a\u202fb", "A B"), ("AÉ-‑", "ae--"),
        ("sans\u00ad\u200bfin", "sansfin"), ("ÆGIR", "aegir"),
    ],
)  # fmt: skip
def test_two_ways_of_writing_meet(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_what_tells_words_apart_stays() -> None:
    assert folded("N. 4 (a/b)") == "n. 4 (a/b)" and folded("a-b") != folded("ab")
    assert folded("ᐃᓄᒃ") == "ᐃᓄᒃ" and folded(" \t ") == ""
    assert bare("Hôtel ÉÎ") == "Hotel EI"
