"""What is wrong is told by file, row and column, and nothing is half read."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.support import field_exports as exports
from tests.support.walk_form import LANGUAGES, LIGHT, THINGS, both, walk_form
from tests.support.walks import a_refusal, a_walk

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions import SubmissionsRead, read_submissions
from courtepointe.formats.xlsform import Group, Question, XlsForm

FORM = XlsForm(
    "f",
    "1",
    both("F", "F"),
    LANGUAGES,
    (
        Question("integer", "n", both("Combien", "How many")),
        Question("decimal", "km", both("Longueur", "Length")),
        Question("date", "day", both("Jour", "Day")),
        Question("time", "hour", both("Heure", "Hour")),
        Question("geopoint", "at", both("Lieu", "Place")),
        Question("geotrace", "way", both("Trajet", "Way")),
        Question("select_one", "light", both("Lumière", "Light"), choices="light"),
        Question("select_multiple", "things", both("Choses", "Things"), choices="things"),
        Group("a", (Question("text", "note", both("Note", "Note")),), both("A", "A")),
        Group("b", (Question("text", "note", both("Note", "Note")),), both("B", "B")),
    ),
    {"light": LIGHT, "things": THINGS},
)


def read(tmp_path: Path, content: str, name: str = "f.csv") -> SubmissionsRead:
    (tmp_path / name).write_text(content, "utf-8")
    return read_submissions([tmp_path / name], [FORM])


def only(told: SubmissionsRead) -> tuple[str, Mapping[str, object]]:
    assert len(told.batch) == 0
    assert len(told.faults) == 1, told.faults
    return told.faults[0].code, told.faults[0].facts


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("n", "sept", "12"),
        ("n", "7.5", "12"),
        ("km", "1,234", "3.5"),
        ("km", "1.2.3", "3.5"),
        ("km", "nan", "3.5"),
        ("day", "03/05/2026", "2026-03-31"),
        ("day", "2026-13-01", "2026-03-31"),
        ("day", "5 brumaire 2026", "2026-03-31"),
        ("hour", "midi", "14:30:00"),
        ("at", "45.5", "45.5088 -73.5540 0 5"),
        ("at", "95.5 -73.5", "45.5088 -73.5540 0 5"),
        ("at", "rue Ontario", "45.5088 -73.5540 0 5"),
        ("at", "nan nan 0 0", "45.5088 -73.5540 0 5"),
        ("way", "45.5 -73.5 0 0; 45.5", "45.5088 -73.5540 0 5; 45.5090 -73.5551 0 5"),
        ("light", "sombre et triste", "good, dark, not_known, not_applicable, no_answer"),
        ("things", "water fontaine", "water, bench, toilet, not_known"),
    ],
)
def test_a_cell_that_is_not_what_was_asked(
    tmp_path: Path, column: str, value: str, expected: str
) -> None:
    told = read(tmp_path, f'KEY,{column}\nuuid:a,\nuuid:b,"{value}"\n')
    code, facts = only(told)
    assert code == "submission_value"
    found = (facts["file"], facts["row"], facts["column"], facts["value"], facts["expected"])
    assert found == ("f.csv", 3, column, value, expected)


def test_half_a_point_is_no_point(tmp_path: Path) -> None:
    code, facts = only(read(tmp_path, "KEY,at-Latitude,at-Longitude\nuuid:a,45.5,\n"))
    assert (code, facts["column"]) == ("submission_value", "at-Latitude")


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    told = read(tmp_path, "KEY,n,day\nuuid:a,x,y\nuuid:b,z,2026-05-03\n")
    assert [(one.facts["row"], one.facts["column"]) for one in told.faults] == [
        (2, "n"),
        (2, "day"),
        (3, "n"),
    ]


def test_a_heading_that_may_be_two_questions(tmp_path: Path) -> None:
    code, facts = only(read(tmp_path, "KEY,n,note\nuuid:a,1,oui\nuuid:b,1,oui\n"))
    assert (code, facts["column"], facts["expected"]) == (
        "submission_heading_ambiguous",
        "note",
        "a/note, b/note",
    )
    whole = read(tmp_path, "KEY,a-note,b-note\nuuid:a,1,2\n")
    (one,) = whole.batch
    assert (one.content.value("a/note"), one.content.value("b/note")) == ("1", "2")


def test_a_heading_that_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, "KEY,note,note\nuuid:a,1,2\n")
    assert refused.value.code == "submission_heading_repeated"


def test_a_column_that_no_version_asks_is_told_and_left_out(tmp_path: Path) -> None:
    told = read(tmp_path, "KEY,n,traité par\nuuid:a,1,Jo\n")
    assert told.faults == ()
    assert told.unknown == (("f.csv", "traité par"),)
    assert "Jo" not in json.dumps([one.content.plain() for one in told.batch])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("nom,adresse\na,b\n", "submission_not_an_export"),
        ("KEY,nom\nuuid:a,b\n", "submission_of_another_form"),
        ("KEY,n\n,3\n", "submission_without_id"),
        ("KEY,n,Status\nuuid:a,,not decrypted\n", "submission_sealed"),
        ("KEY,n\nuuid:a,3\nuuid:a,4\n", "submission_key_repeated"),
        ("KEY,PARENT_KEY,n\nuuid:a/r[1],uuid:a,3\n", "submission_orphan"),
        ("KEY,n,SubmissionDate\nuuid:a,3,hier\n", "submission_value"),
    ],
)
def test_tables_that_are_not_taken(tmp_path: Path, content: str, code: str) -> None:
    found, facts = only(read(tmp_path, content))
    assert found == code
    assert facts["file"] == "f.csv"


def test_the_same_row_twice_is_one(tmp_path: Path) -> None:
    told = read(tmp_path, "KEY,n\nuuid:a,3\nuuid:a,3\n")
    assert told.faults == () and len(told.batch) == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("f.json", "{", "json_broken"),
        ("f.json", '{"nom": "a"}', "submission_shape"),
        ("f.json", "[1]", "submission_shape"),
        ("f.xml", "<data><n>1</n>", "submission_xml"),
        (
            "f.xml",
            '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><data>&e;</data>',
            "submission_xml",
        ),
        (
            "f.xml",
            '<data id="f" encrypted="yes"><base64EncryptedKey>x</base64EncryptedKey></data>',
            "submission_sealed",
        ),
        ("f.xml", "<!DOCTYPE html><html></html>", "web_page_instead"),
        ("f.csv", "KEY,n\nuuid:a\n", "ragged_row"),
    ],
)
def test_files_that_cannot_be_read_at_all(
    tmp_path: Path, name: str, content: str, code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, content, name)
    assert refused.value.code == code
    assert refused.value.facts["file"] == name


def test_archives_that_hold_nothing_to_read(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jpg", b"x")
    with pytest.raises(BadInput) as nothing:
        read_submissions([path])
    assert nothing.value.code == "submission_nothing"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../a.csv", b"x")
    with pytest.raises(BadInput) as climbing:
        read_submissions([path])
    assert climbing.value.code == "zip_unsafe_name"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("empty.csv", b"")
    with pytest.raises(BadInput) as empty:
        read_submissions([path])
    assert empty.value.code == "file_empty"


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    deep: dict[str, object] = {"n": 1}
    for _ in range(40):
        deep = {"g": [deep]}
    with pytest.raises(BadInput) as refused:
        read(tmp_path, json.dumps([{"_uuid": "a", **deep}]), "f.json")
    assert refused.value.code == "submission_shape"
    content = "<g>" * 200 + "</g>" * 200
    told = read(tmp_path, f'<data id="f">{content}</data>', "f.xml")
    assert [one.code for one in told.faults] == ["submission_without_id"]


def test_ticking_an_answer_and_the_lack_of_one_is_told_and_kept(tmp_path: Path) -> None:
    told = read(tmp_path, "KEY,things\nuuid:a,water not_known\n")
    assert [one.code for one in told.told] == ["submission_contradicts_itself"]
    (one,) = told.batch
    assert one.content.value("things") == ("water", "not_known")


def test_a_point_at_zero_zero_is_told(tmp_path: Path) -> None:
    told = read(tmp_path, "KEY,at-Latitude,at-Longitude\nuuid:a,0,0\n")
    assert [(one.code, one.facts["column"]) for one in told.told] == [("submission_nowhere", "at")]


def test_a_repeat_that_no_version_has_is_told(tmp_path: Path) -> None:
    told = read(
        tmp_path, json.dumps([{"_uuid": "a", "n": 1, "arbres": [{"arbres/sorte": "x"}]}]), "f.json"
    )
    assert told.unknown == (("f.json", "arbres"),)
    assert walk_form().repeats() == ("walk/observation", "walk/observation/pictures")


def test_another_form_is_told_even_where_both_ask_for_consent(tmp_path: Path) -> None:
    path = tmp_path / "i.zip"
    path.write_bytes(exports.instances_zip(walk_form(), [a_walk()]))
    question = Question("text", "asset", both("Atout", "Asset"))
    consent = Question("acknowledge", "consent", both("D’accord", "Agree"))
    other = XlsForm(
        "assets", "1", both("A", "A"), LANGUAGES, (consent, question), consent="consent"
    )
    code, facts = only(read_submissions([path], [other]))
    assert (code, facts["value"]) == ("submission_of_another_form", "assets")
    # Somebody who did not agree answered nothing else: that is no other form.
    path.write_bytes(exports.instances_zip(walk_form(), [a_refusal()]))
    assert read_submissions([path], [walk_form()]).faults == ()
