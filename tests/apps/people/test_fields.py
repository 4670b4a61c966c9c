"""Every field that people may read is called something, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtepointe.core.errors import BadInput
from courtepointe.people.fields import (
    called,
    code_words,
    field_words,
    read_called,
    without_words,
)
from courtepointe.people.personal import files_named


def test_every_field_and_every_choice_has_words() -> None:
    """Failing here? Say in your room's `data/fields.toml` how people call the field, or its choices."""
    assert without_words() == []


def test_no_word_is_empty() -> None:
    tables = [called().words, *called().codes.values(), *called().inside.values()]
    for table in tables:
        assert table and all(one.fr.strip() and one.en.strip() for one in table.values())


def test_a_kind_of_rows_is_heard_before_its_room_and_its_room_before_the_general() -> None:
    assert field_words("engagement.callanswer", "place").fr == "rang d’appel"
    assert field_words("engagement.meeting", "place").fr == "lieu"
    assert field_words("engagement.seat", "role").fr == "rôle"
    assert field_words("partners.asked", "role").fr == "rôle de qui a répondu"
    assert field_words("programme.run", "name").fr == "nom", "the general word of people"
    assert field_words("nowhere.row", "some_field").en == "some field"


def test_codes_are_read_in_the_lists_that_rooms_have() -> None:
    assert code_words("people.membership", "roles")["coordinator"].fr == "coordination"
    assert (
        code_words("programme.stagecard", "strand")["diagnosis"].en == "Diagnosis of the territory"
    )
    assert code_words("assets.contribution", "category")
    assert code_words("people.workspace", "name") == {}


def room(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "room" / "data"
    folder.mkdir(parents=True)
    file = folder / "fields.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read_called([room(tmp_path, '[lists]\n"row.kind" = "kinds#lost"\n')])
    assert caught.value.code == "declared_word_unknown"
    assert caught.value.facts["value"] == "kinds#lost"


def test_a_word_lacking_a_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        read_called([room(tmp_path, '[words]\nname = { fr = "nom" }\n')])


def test_each_room_ships_its_own_file() -> None:
    rooms = {file.parts[-3] for file in files_named("fields.toml")}
    assert rooms == {file.parts[-3] for file in files_named("personal.toml")}
