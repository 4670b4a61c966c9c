"""The same filled forms read the same from every export that people have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.support import field_exports as exports
from tests.support.walk_form import walk_form
from tests.support.walks import FIRST, OBSERVATION, PICTURES, SECOND, a_refusal, a_walk

from courtepointe.formats.submissions import (
    MISSING,
    AnswerStatus,
    GeoPoint,
    SubmissionsRead,
    read_submissions,
)

FORM = walk_form()
Write = Callable[[Sequence[dict[str, Any]]], bytes]
EXPORTS: dict[str, tuple[str, Write]] = {
    "ODK Central, all data and files": ("o.zip", lambda f: exports.odk_zip(FORM, f)),
    "ODK Central, choices split": ("s.zip", lambda f: exports.odk_zip(FORM, f, split=True)),
    "ODK Central, OData expanded": ("o.json", lambda f: exports.odata(FORM, f)),
    "Kobo, JSON": ("k.json", lambda f: exports.kobo_json(FORM, f)),
    "Kobo, XLS with names and groups": ("k.xlsx", lambda f: exports.kobo_xlsx(FORM, f)),
    "Kobo, XLS without groups": ("g.xlsx", lambda f: exports.kobo_xlsx(FORM, f, groups=False)),
    "Kobo, XLS, choices apart": ("d.xlsx", lambda f: exports.kobo_xlsx(FORM, f, select="details")),
    "Kobo, XLS with French labels": ("f.xlsx", lambda f: exports.kobo_xlsx(FORM, f, lang="fr")),
    "Kobo, XLS with English labels": ("e.xlsx", lambda f: exports.kobo_xlsx(FORM, f, lang="en")),
    "Kobo, French labels in one cell": (
        "c.xlsx",
        lambda f: exports.kobo_xlsx(FORM, f, lang="fr", select="summary"),
    ),
    "the folder of a telephone": ("i.zip", lambda f: exports.instances_zip(FORM, f)),
}


def read(tmp_path: Path, name: str, content: bytes) -> SubmissionsRead:
    path = tmp_path / name
    path.write_bytes(content)
    return read_submissions([path], [FORM])


@pytest.mark.parametrize("export", EXPORTS)
def test_every_export_says_the_same(tmp_path: Path, export: str) -> None:
    name, write = EXPORTS[export]
    told = read(tmp_path, name, write([a_walk(), a_refusal()]))
    assert told.faults == () and told.unknown == () and told.told == ()
    refusal, walk = told.batch.submissions
    assert (refusal.instance_id, walk.instance_id) == (SECOND, FIRST)
    assert refusal.content.value("consent") == "no"
    assert refusal.content.repeats == {}
    content = walk.content
    assert content.value("walk/day") == date(2026, 5, 3)
    assert content.value("walk/people") == 7
    assert content.value("walk/length_km") == 1.8
    assert content.value("walk/route") == (
        GeoPoint(-73.6, 45.5, 5.0, 0.0),
        GeoPoint(-73.61, 45.51, 6.0, 0.0),
    )
    assert content.value("consent_text") == "2026-01"
    assert content.answer("walk/none") is MISSING
    # Who holds the telephone is nobody's business here.
    assert content.answer("username") is MISSING
    dark, unclear = content.turns(OBSERVATION)
    assert dark.value("point") == GeoPoint(-73.554, 45.5088, 4.9, 31.2)
    assert dark.value("light") == "dark"
    assert dark.value("things") == ("water", "bench")
    assert dark.value("remark") == "Trottoir « étroit »; à voir, d’après l’œil\nde plusieurs"
    assert unclear.value("point") == GeoPoint(-73.555, 45.51)
    assert unclear.answer("light").status is AnswerStatus.NOT_KNOWN
    assert unclear.answer("things").status is AnswerStatus.NOT_KNOWN
    assert unclear.answer("remark") is MISSING
    photo, caption = dark.turns(PICTURES)
    assert photo.value("photo") == "1714760000000.jpg"
    assert caption.value("caption") == "la ruelle"
    assert unclear.turns(PICTURES) == ()
    assert walk.media == {"1714760000000.jpg"}


def test_all_exports_together_are_two_submissions(tmp_path: Path) -> None:
    files = []
    for name, write in EXPORTS.values():
        (tmp_path / name).write_bytes(write([a_walk(), a_refusal()]))
        files.append(tmp_path / name)
    told = read_submissions(files, [FORM])
    assert told.faults == () and told.told == ()
    assert [one.instance_id for one in told.batch] == [SECOND, FIRST]
    # What only some of them say is known of the whole.
    assert told.batch.submissions[1].submitted == datetime.fromisoformat(
        "2026-05-03T18:31:00.123+00:00"
    )
    assert {one.name for one in told.media} == {"1714760000000.jpg"}


def test_a_folder_reads_as_its_archive(tmp_path: Path) -> None:
    folder = tmp_path / "instances" / "Marche_2026-05-03"
    folder.mkdir(parents=True)
    (folder / "Marche_2026-05-03.xml").write_bytes(exports.instance_xml(FORM, a_walk()))
    (folder / "1714760000000.jpg").write_bytes(b"x")
    told = read_submissions([tmp_path / "instances"], [FORM])
    archived = read(tmp_path, "i.zip", exports.instances_zip(FORM, [a_walk()]))
    assert told.batch == archived.batch
    assert [one.name for one in told.media] == ["1714760000000.jpg"]


def test_single_tables_given_together_are_one_export(tmp_path: Path) -> None:
    import zipfile

    whole = tmp_path / "o.zip"
    whole.write_bytes(exports.odk_zip(FORM, [a_walk()], media=False))
    with zipfile.ZipFile(whole) as archive:
        archive.extractall(tmp_path / "apart")
    tables = sorted((tmp_path / "apart").glob("*.csv"))
    assert len(tables) == 3
    told = read_submissions(tables, [FORM])
    assert told.faults == ()
    assert told.batch == read_submissions([whole], [FORM]).batch


def test_without_a_form_everything_is_a_text_under_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "o.zip"
    path.write_bytes(exports.odk_zip(FORM, [a_walk()]))
    (walk,) = read_submissions([path]).batch
    assert walk.content.value("walk-people") == "7"
    assert walk.content.answer("SubmitterName") is MISSING
    dark, _ = walk.content.turns(OBSERVATION)
    assert dark.value("point-Latitude") == "45.5088"
    assert len(dark.turns(PICTURES)) == 2
