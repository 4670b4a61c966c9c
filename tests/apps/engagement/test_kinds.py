"""What is data holds together: both languages, codes that exist, no more than a call can carry."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.engagement.kinds import (
    FOLDER,
    LISTS,
    about_committees,
    catalogue,
    code_named,
    consent_in_force,
    consents,
    folded,
    known,
    needs,
    quorum_of_kind,
    sheet_slots,
    words_of,
)
from courtepointe.people.bringing import shape
from courtepointe.people.bringing.reading.lists import languages

FIELDS = {
    "committees": {"about_fr", "about_en", "quorum_percent"},
    "needs": {"counts", "per_language"},
}


def test_every_file_is_read() -> None:
    assert {file.stem for file in FOLDER.glob("*.toml")} == {
        *LISTS,
        "courses",
        "consents",
        "sheet_slots",
        "personal",
        "fields",
    }


@pytest.mark.parametrize("name", LISTS)
def test_every_code_has_words_in_both_languages(name: str) -> None:
    told = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for code, entry in told.items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", code), code
        assert set(entry) - {"fr", "en"} <= FIELDS.get(name, set()), code
        assert entry["fr"].strip() == entry["fr"] != "", code
        assert entry["en"].strip() == entry["en"] != "", code
        assert "'" not in entry["fr"] + entry["en"], f"{code}: ’"
    for lang in ("fr", "en"):
        said = [words.in_(lang) for words in words_of(name).values()]
        assert len(set(said)) == len(said)


def test_the_catalogue_names_what_exists() -> None:
    for course in catalogue().values():
        assert course.level in words_of("levels")
        assert set(course.skills) <= set(words_of("skills"))
        assert course.hours > 0 and course.months >= 0
        assert len(course.learnt_fr) == len(course.learnt_en) > 0
    assert {c.level for c in catalogue().values()} == set(words_of("levels"))


def test_needs_and_committees() -> None:
    assert {need.counts for need in needs().values()} == {"people", "children"}
    assert needs()["interpretation"].per_language and not needs()["childcare"].per_language
    assert set(about_committees()) == set(words_of("committees"))
    assert all(0 < percent <= 100 for percent in quorum_of_kind().values())
    assert {"steering", "psq", "board", "working"} <= set(words_of("committees"))
    assert words_of("committees")["psq"].fr == "suivi PSQ"


def test_a_text_of_consent_has_a_purpose_and_an_end() -> None:
    for one in consents().values():
        assert one.purpose in ("volunteers", "registrations")
        assert one.months >= 1 and one.since <= date(2100, 1, 1)
        assert str(one.months) in one.text.fr and str(one.months) in one.text.en
    assert consent_in_force("volunteers").version == "volunteer_1"


def test_codes_are_found_by_their_words() -> None:
    assert code_named("skills", " Premiers secours (attestés) ") == "first_aid"
    assert code_named("skills", "FIRST AID") == "first_aid"
    assert code_named("languages", "creole haitien") == "ht"
    assert code_named("languages", "klingon") is None
    assert known("costs", "room") == "room"
    with pytest.raises(BadInput, match="gathering_unknown_kind"):
        known("costs", "yacht")


def test_what_a_brought_sheet_says_is_known_here() -> None:
    fields = {field.code: field for field in shape("volunteers").fields}
    assert {choice.code for choice in fields["skills"].choices} <= set(words_of("skills"))
    assert {choice.code for choice in fields["availability"].choices} == set(sheet_slots())
    assert {slot for slots in sheet_slots().values() for slot in slots} == set(words_of("slots"))
    offered = words_of("languages")
    assert {choice.code for choice in languages()} == set(offered)
    said = [folded(words.fr) for words in offered.values()]
    assert said == sorted(said), "offered by their name in French"
