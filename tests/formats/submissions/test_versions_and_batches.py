"""Several versions of a form, several files, several telephones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.support import field_exports as exports
from tests.support.walk_form import both, walk_form
from tests.support.walks import FIRST, OBSERVATION, a_walk

from courtepointe.formats.submissions import (
    Answer,
    AnswerStatus,
    Batch,
    Filled,
    GeoPoint,
    Submission,
    batch_of,
    merged,
    read_submissions,
)
from courtepointe.formats.submissions.folded import parted_labels
from courtepointe.formats.xlsform import Choice, Question, XlsForm

NEWER = replace(
    walk_form("2026-09"),
    parts=(*walk_form().parts, Question("text", "weather", both("Quel temps ?", "What weather?"))),
    choices={
        **walk_form().choices,
        "light": (
            *walk_form().choices["light"],
            Choice("blinding", both("Éblouissant", "Blinding")),
        ),
    },
)


def told(instance_id: str, said: str, **more: object) -> Submission:
    content = Filled({"q": Answer(AnswerStatus.GIVEN, said)})
    return Submission(instance_id, content, **more)  # type: ignore[arg-type]


def test_a_question_that_one_version_has_is_no_fault_in_the_other(tmp_path: Path) -> None:
    later = a_walk(id="uuid:22222222-005e-4edd-9739-dc9c1a829c44")
    later["answers"]["weather"] = "pluie"
    later["repeats"][OBSERVATION][0]["answers"][f"{OBSERVATION}/light"] = "blinding"
    (tmp_path / "old.zip").write_bytes(exports.odk_zip(walk_form(), [a_walk()]))
    (tmp_path / "new.zip").write_bytes(exports.odk_zip(NEWER, [later]))
    files = [tmp_path / "old.zip", tmp_path / "new.zip"]
    read = read_submissions(files, [walk_form(), NEWER])
    assert read.faults == () and read.unknown == ()
    new, old = read.batch.submissions
    assert (old.form_version, new.form_version) == ("2026-01", "2026-09")
    assert new.content.value("weather") == "pluie"
    assert new.content.turns(OBSERVATION)[0].value("light") == "blinding"
    alone = read_submissions(files, [walk_form()])
    assert ("new.zip/marche_test.csv", "weather") in alone.unknown
    assert [one.code for one in alone.faults] == ["submission_value"]


def test_the_version_that_was_filled_decides_what_an_answer_is(tmp_path: Path) -> None:
    def form(version: str, kind: str) -> XlsForm:
        question = Question(kind, "n", {"fr": "Combien"})
        return XlsForm("f", version, {"fr": "F"}, walk_form().languages[:1], (question,))

    path = tmp_path / "f.csv"
    path.write_text("KEY,n,FormVersion\nuuid:a,7,1\nuuid:b,7,2\nuuid:c,plusieurs,2\n")
    read = read_submissions([path], [form("1", "integer"), form("2", "text")])
    assert [one.content.value("n") for one in read.batch] == [7, "7", "plusieurs"]


def test_the_same_submission_twice_is_one_and_what_either_knows_is_known() -> None:
    plain = told("uuid:a", "x", where="phone.xml:1")
    fuller = told(
        "uuid:a", "x", form_version="2", edits=0, media=frozenset({"p.jpg"}), where="central.csv:2"
    )
    for batch in (batch_of([plain, fuller]), batch_of([fuller, plain])):
        (one,) = batch
        assert (one.form_version, one.media) == ("2", {"p.jpg"})


def test_the_same_identifier_with_other_content_is_contested_and_all_is_kept() -> None:
    batch = batch_of([told("uuid:a", "x"), told("uuid:a", "y"), told("uuid:b", "z")])
    assert len(batch) == 3
    (lineage,) = batch.changed()
    assert lineage.current is None and len(lineage.latest) == 2
    assert [one.instance_id for one in batch.current()] == ["uuid:b"]


def test_the_copy_that_was_corrected_most_often_holds() -> None:
    batch = batch_of(
        [
            told("uuid:a", "x"),
            told("uuid:a", "y", version_id="uuid:c", edits=2),
            told("uuid:a", "z", version_id="uuid:b", edits=1),
        ]
    )
    (current,) = batch.current()
    assert current.content.value("q") == "y"


def test_a_chain_of_corrections_is_one_submission_however_it_comes() -> None:
    first = told("uuid:a", "x")
    second = told("uuid:b", "y", replaces=frozenset({"uuid:a"}))
    third = told("uuid:c", "z", replaces=frozenset({"uuid:b"}), also=frozenset({"uuid:a"}))
    for order in ([first, second, third], [third, first], [second, third, first]):
        (current,) = batch_of(order).current()
        assert current.content.value("q") == "z"
    # What is kept under its first identifier, and was corrected elsewhere since.
    kept = told("uuid:a", "y", version_id="uuid:b", edits=1)
    (current,) = batch_of([kept, third]).current()
    assert current.content.value("q") == "z"


def test_nothing_merged_is_nothing() -> None:
    assert merged() == Batch() == merged(Batch(), Batch())


def test_a_telephones_copy_and_the_places_own_are_compared_by_what_they_say(tmp_path: Path) -> None:
    corrected = a_walk(version_id="uuid:33333333-005e-4edd-9739-dc9c1a829c44", edits=1)
    corrected["answers"]["walk/people"] = "12"
    (tmp_path / "central.zip").write_bytes(exports.odk_zip(walk_form(), [corrected]))
    (tmp_path / "phone.zip").write_bytes(exports.instances_zip(walk_form(), [a_walk()]))
    read = read_submissions([tmp_path / "phone.zip", tmp_path / "central.zip"], [walk_form()])
    assert len(read.batch) == 2
    (current,) = read.batch.current()
    assert (current.instance_id, current.content.value("walk/people")) == (FIRST, 12)
    assert [one.code for one in read.told] == ["submission_corrected"]


def test_two_files_that_contradict_each_other(tmp_path: Path) -> None:
    other = a_walk()
    other["answers"]["walk/people"] = "12"
    (tmp_path / "a.json").write_bytes(exports.kobo_json(walk_form(), [a_walk()]))
    (tmp_path / "b.json").write_bytes(exports.kobo_json(walk_form(), [other]))
    read = read_submissions([tmp_path / "a.json", tmp_path / "b.json"], [walk_form()])
    (note,) = read.told
    assert note.code == "submission_contested"
    assert (note.facts["value"], note.facts["count"]) == (FIRST, 2)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Eau potable Banc", ("a", "b")),
        ("banc", ("b",)),
        ("Banc Eau potable", ("b", "a")),
        ("Eau", None),
        ("Eau potable Lampe", None),
        # « Banc public » alone or « Banc » and « public »: nobody can tell.
        ("Banc public", None),
        ("", None),
    ],
)
def test_labels_behind_each_other(text: str, names: tuple[str, ...] | None) -> None:
    labels = {"eau potable": "a", "banc": "b", "public": "c", "banc public": "d"}
    assert parted_labels(text, labels) == names


def test_values_that_cannot_be_are_not_made() -> None:
    with pytest.raises(ValueError):
        GeoPoint(200.0, 45.0)
    with pytest.raises(ValueError):
        Answer(AnswerStatus.GIVEN)
    with pytest.raises(ValueError):
        Answer(AnswerStatus.NOT_KNOWN, "x")
