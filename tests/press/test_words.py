"""The fixed words: both languages, same keys, same slots, typeset."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from courtepointe.atlas.figures import Method, Status, Uncertainty
from courtepointe.atlas.query.asides import FLAG_CAUTIONS
from courtepointe.core.errors import BadInput
from courtepointe.press.words import knows, say, typeset, words

# A French sentence names an area with its article where an English one takes the bare name.
PLACE_SLOTS = {"against", "against_de", "place_de"}


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_words() -> None:
    assert list(words("fr")) == list(words("en"))


def test_the_same_words_take_the_same_slots() -> None:
    for key, french in words("fr").items():
        ours, theirs = slots(french), slots(words("en")[key])
        assert ours - PLACE_SLOTS == theirs - PLACE_SLOTS, key
        assert bool(ours & PLACE_SLOTS) == bool(theirs & PLACE_SLOTS), key


def test_no_loose_french_space_and_no_straight_apostrophe_survive() -> None:
    for key, text in words("fr").items():
        assert not re.search(r" [:;!?%$»]|« |'", text), key
    for key, text in words("en").items():
        assert "'" not in text, key


def test_every_status_method_uncertainty_and_caution_has_words() -> None:
    for lang in ("fr", "en"):
        for status in Status:
            assert all(
                knows(f"status.{f}.{status}", lang=lang) for f in ("full", "short", "symbol")
            )
        assert all(knows(f"method.{m}", lang=lang) for m in Method)
        assert all(knows(f"method_page.{m}", lang=lang) for m in Method)
        assert all(knows(f"uncertainty.short.{u}", lang=lang) for u in Uncertainty)
        cautions = [c for _, c in FLAG_CAUTIONS]
        for caution in (*cautions, "partial_coverage", "interpolated", "few_units", "open_band"):
            assert knows(f"caution.{caution}", lang=lang), caution


def test_every_method_has_its_page(root: Path) -> None:
    for method in Method:
        page = say(f"method_page.{method}", lang="fr")
        assert page == say(f"method_page.{method}", lang="en")
        assert (root / "docs" / "methods" / f"{page}.md").is_file(), method


def test_typesetting() -> None:
    assert typeset("L'an 2021 : 5 % ; « oui » ?", lang="fr") == (
        "L’an 2021\u00a0: 5\u00a0%\u202f; «\u202foui\u202f»\u202f?"
    )
    assert typeset("It's 5 % : yes", lang="en") == "It’s 5 % : yes"
    assert typeset("https://example.org/a", lang="fr") == "https://example.org/a"


def test_an_unknown_language_or_key_is_refused() -> None:
    with pytest.raises(BadInput, match="unknown_language"):
        words("de")
    with pytest.raises(KeyError):
        say("no.such.key", lang="fr")
