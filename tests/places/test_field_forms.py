"""Our own forms: whole data, both languages, consent first, taken by pyxform."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import courtepointe.places.collecting.read as module
from courtepointe.core.errors import NotFound
from courtepointe.formats.submissions.answers import statuses
from courtepointe.formats.xlsform import (
    Group,
    Placed,
    Question,
    XlsForm,
    read_xlsform,
    write_xlsform,
)
from courtepointe.formats.xlsform.accepted import accepted_by_pyxform
from courtepointe.places.collecting import FieldForm, Visibility, field_form, field_forms
from courtepointe.places.collecting.read import read_field_form

X = "{http://www.w3.org/2002/xforms}"
FOLDER = Path(module.__file__).parent
CODES = ("assets", "place-notes", "walk")
ROLES = {
    "category",
    "point",
    "zone",
    "text",
    "choice",
    "count",
    "day",
    "direction",
    "confidence",
    "visibility",
    "photo",
}
every_form = pytest.mark.parametrize("told", field_forms().values(), ids=field_forms())


def texts_in(told: Any) -> Iterator[tuple[str, str]]:
    """Give every text of a file with its language."""
    if isinstance(told, dict):
        for key, value in told.items():
            if key in ("fr", "en") and isinstance(value, str):
                yield key, value
            else:
                yield from texts_in(value)
    elif isinstance(told, list):
        for value in told:
            yield from texts_in(value)


def test_the_forms_are_these() -> None:
    assert tuple(field_forms()) == CODES
    assert len({one.form.id for one in field_forms().values()}) == 3
    with pytest.raises(NotFound) as unknown:
        field_form("promenade")
    assert unknown.value.facts["expected"] == "assets, place-notes, walk"


@every_form
def test_odk_and_kobo_take_it_without_advice(told: FieldForm) -> None:
    accepted = accepted_by_pyxform(told.form)
    assert accepted.warnings == ()
    languages = [
        one.attrib["lang"] for one in ET.fromstring(accepted.xform).iter(f"{X}translation")
    ]
    assert languages == ["Français (fr)", "English (en)"]


@every_form
def test_it_is_read_back_from_its_workbook(told: FieldForm, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_xlsform(told.form))
    read = read_xlsform(path)
    assert read.faults == () and read.unknown == ()
    assert read.form == told.form


@every_form
def test_consent_is_asked_first_and_nothing_else_without_it(told: FieldForm) -> None:
    form = told.form
    assert form.first_asked == form.consent == "consent"
    for placed in form.questions():
        if placed.question.asks and placed.question.name != "consent":
            assert placed.groups[0].relevant == "${consent} = 'yes'"
    silent = [one.question for one in form.questions() if not one.groups and not one.question.asks]
    assert [one.name for one in silent] == ["consent_version", "filled_on"]
    assert silent[0].calculation == f"'{told.consent.version}'"


@every_form
def test_every_text_is_in_both_languages(told: FieldForm) -> None:
    def texts(form: XlsForm) -> Iterator[dict[str, str]]:
        yield dict(form.title)
        for listed in form.choices.values():
            yield from (dict(choice.label) for choice in listed)
        for placed in form.questions():
            question = placed.question
            yield from (
                dict(one)
                for one in (question.label, question.hint, question.constraint_message)
                if one
            )

    for text in texts(told.form):
        assert text.keys() == {"fr", "en"}
        assert all(one.strip() for one in text.values())


def test_french_is_set_as_french() -> None:
    files = [FOLDER / "lists.toml", *(FOLDER / "forms").glob("*.toml")]
    told = [pair for file in files for pair in texts_in(tomllib.loads(file.read_text("utf-8")))]
    assert len(told) > 200
    for language, text in told:
        assert "'" not in text, text
        if language == "fr":
            assert not re.search(r"(?<!\u202f)[?!;»]|(?<!\u00a0):|«(?!\u202f)", text), text
        else:
            assert not re.search(r"[\u202f\u00a0«»]", text), text


@every_form
def test_nobody_is_asked_who_they_are(told: FieldForm) -> None:
    kinds = {one.question.spec.answer for one in told.form.questions()}
    assert "personal" not in kinds
    names = {one.question.name for one in told.form.questions()}
    assert not names & {"email", "phone", "telephone", "address", "firstname", "lastname"}


@every_form
def test_each_answer_has_a_use(told: FieldForm) -> None:
    asked = [one for one in told.form.questions() if one.question.asks and one.groups]
    assert {one.path for one in asked} == told.roles.keys()
    assert set(told.roles.values()) <= ROLES
    uses = list(told.roles.values())
    for role in ("category", "visibility", "zone", "point"):
        assert uses.count(role) == 1, role
    if told.turns:
        assert told.turns in told.form.repeats()
    assert len(asked) <= 12, "a form filled while standing in the street is short"


@every_form
def test_visibility_is_one_of_ours(told: FieldForm) -> None:
    assert told.form.names_of("visibility") == tuple(map(str, Visibility))


def test_silences_are_those_that_the_reader_of_submissions_knows() -> None:
    lists = tomllib.loads((FOLDER / "lists.toml").read_text("utf-8"))
    assert {name: str(statuses()[name]) for name in lists["without_answer"]} == {
        name: name for name in lists["without_answer"]
    }


def test_a_person_has_no_point_to_give() -> None:
    told = field_form("assets")
    by_name = {one.question.name: one.question for one in told.form.questions()}
    for name in ("where", "photo", "name"):
        assert by_name[name].relevant == "${class} != 'people'"
    assert told.persons == {"people"}
    assert {*told.form.names_of("class")} == {"people", "place", "organisation", "initiative", "public_service", "worship", "shop"}  # fmt: skip


def test_the_walk_repeats_its_observations() -> None:
    told = field_form("walk")
    inside = [one.question.name for one in told.form.questions() if one.repeat == told.turns]
    assert inside == ["where", "direction", "dimension", "seen", "photo"]
    group = told.form.parts[1]
    assert isinstance(group, Group)
    repeats = [one for one in group.parts if isinstance(one, Group)]
    assert [one.repeat for one in repeats] == [True]


@pytest.mark.parametrize(
    ("wrong", "by"),
    [
        ('label = { fr = "Qui pourra', 'labl = { fr = "Qui pourra'),
        ('en = "Note on a place"', ""),
        ('list = "fragility"', 'list = "faiblesse"'),
        ('kind = "date"', 'kind = "jour"'),
        ('name = "often"', 'name = "seen"'),
    ],
)
def test_data_that_is_wrong_is_not_taken(wrong: str, by: str) -> None:
    text = (FOLDER / "forms" / "place_notes.toml").read_text("utf-8")
    assert read_field_form(text).code == "place-notes"
    assert wrong in text
    with pytest.raises((ValueError, KeyError)):
        read_field_form(text.replace(wrong, by, 1))


def test_addresses_are_those_of_the_form() -> None:
    placed = {one.path: one for one in field_form("walk").form.questions()}
    where = placed["walk/observation/where"]
    assert isinstance(where, Placed) and isinstance(where.question, Question)
    assert (where.repeat, where.within) == ("walk/observation", "where")
