"""Exports of KoboToolbox, as it writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support import field_exports as exports
from tests.support.walk_form import LANGUAGES, LIGHT, THINGS, YES_NO, both, walk_form
from tests.support.walks import OBSERVATION, a_walk
from tests.support.workbooks import workbook

from courtepointe.formats.submissions import (
    AnswerStatus,
    GeoPoint,
    SubmissionsRead,
    read_submissions,
)
from courtepointe.formats.xlsform import Group, Question, XlsForm

FLAT = XlsForm(
    "flat",
    "1",
    both("À plat", "Flat"),
    LANGUAGES,
    (
        Question("select_one", "consent", both("D’accord ?", "Do you agree?"), choices="yes_no"),
        Group(
            "where",
            (
                Question("geopoint", "point", both("Où est-ce ?", "Where is it?")),
                Question("select_multiple", "things", both("Qu’y a-t-il ?", "What is there?"), choices="things"),
            ),
            both("Le lieu", "The place"),
        ),
        Group(
            "night",
            (Question("select_one", "light", both("Lumière", "Light"), choices="light"), Question("integer", "n", both("Combien", "How many"))),
            both("La nuit", "The night"),
        ),
    ),
    {"yes_no": YES_NO, "things": THINGS, "light": LIGHT},
)  # fmt: skip
CSV = (
    '"consent";"where/point";"where/_point_latitude";"where/_point_longitude";"where/_point_altitude";"where/_point_precision";"where/things";'
    '"where/things/water";"where/things/bench";"where/things/toilet";"where/things/not_known";"night/light";"night/n";"_id";"_uuid";"_submission_time";'
    '"_validation_status";"_notes";"_status";"_submitted_by";"__version__";"_tags";"_index"\n'
    '"yes";"45.5088 -73.554 0 0";"45.5088";"-73.554";"0";"0";"toilet water";"1";"0";"1";"0";"no_answer";"";"41";"85cb9aff-005e-4edd-9739-dc9c1a829c44";'
    '"2026-05-03T18:31:00";"";"";"submitted_via_web";"rim";"vSdC";"";"1"\n'
)


def read(
    tmp_path: Path, content: str | bytes, name: str = "k.csv", form: XlsForm = FLAT
) -> SubmissionsRead:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_submissions([path], [form])


def test_a_csv_with_groups_in_its_headings(tmp_path: Path) -> None:
    told = read(tmp_path, CSV)
    assert told.faults == () and told.unknown == ()
    (one,) = told.batch
    assert one.instance_id == "uuid:85cb9aff-005e-4edd-9739-dc9c1a829c44"
    assert one.content.value("where/point") == GeoPoint(-73.554, 45.5088)
    assert one.content.value("where/things") == ("water", "toilet")
    assert one.content.answer("night/light").status is AnswerStatus.NO_ANSWER
    assert "rim" not in json.dumps(one.content.plain())


def test_a_csv_of_labels_with_groups_saved_again_on_windows(tmp_path: Path) -> None:
    content = (
        "D’accord ?;Le lieu/Où est-ce ?;Le lieu/Qu’y a-t-il ?;La nuit/Lumière;La nuit/Combien;_uuid\r\n"
        "Oui;45.5 -73.5 0 0;Eau potable Toilettes publiques;Je préfère ne pas répondre;3;85cb9aff-005e-4edd-9739-dc9c1a829c44\r\n"
    )
    told = read(tmp_path, content.replace("\u202f", "?").encode("cp1252"))
    assert told.faults == () and told.unknown == ()
    (one,) = told.batch
    assert one.content.value("consent") == "yes"
    assert one.content.value("where/things") == ("water", "toilet")
    assert one.content.answer("night/light").status is AnswerStatus.NO_ANSWER
    assert one.content.value("night/n") == 3


def test_what_older_exports_write_for_nothing(tmp_path: Path) -> None:
    content = "consent,where/point,where/things,night/light,night/n,_uuid\nyes,n/a,n/a,n/a,n/a,a1\n"
    told = read(tmp_path, content)
    assert told.faults == ()
    (one,) = told.batch
    assert one.content.plain() == {"answers": {"consent": {"value": "yes"}}}


def test_the_csv_of_a_form_that_repeats_is_refused_with_the_way_out(tmp_path: Path) -> None:
    told = read(tmp_path, exports.kobo_csv(walk_form(), [a_walk()]), form=walk_form())
    assert {one.code for one in told.faults} == {"submission_repeats_elsewhere"}
    assert len(told.batch) == 0


def test_sheets_of_turns_find_their_row_by_number(tmp_path: Path) -> None:
    other = a_walk(id="uuid:11111111-005e-4edd-9739-dc9c1a829c44")
    other["repeats"] = {OBSERVATION: [{"answers": {f"{OBSERVATION}/remark": "une seule"}}]}
    told = read(tmp_path, exports.kobo_xlsx(walk_form(), [a_walk(), other]), "k.xlsx", walk_form())
    assert told.faults == ()
    turns = {one.instance_id[:7]: len(one.content.turns(OBSERVATION)) for one in told.batch}
    assert turns == {"uuid:85": 2, "uuid:11": 1}


def test_a_turn_whose_row_is_not_there(tmp_path: Path) -> None:
    sheets = exports.kobo_tables(walk_form(), [a_walk()])
    head, first, *rest = sheets["observation"]
    first[head.index("_parent_index")] = "9"
    told = read(
        tmp_path, workbook({**sheets, "observation": [head, first, *rest]}), "k.xlsx", walk_form()
    )
    (fault,) = told.faults
    assert fault.code == "submission_orphan"
    assert (fault.facts["file"], fault.facts["row"]) == ("k.xlsx", 2)
    assert fault.facts["value"] == "Marche exploratoire 9"
    assert len(told.batch) == 0


@pytest.mark.parametrize("shape", ["list", "results", "one"])
def test_json_in_its_three_shapes(tmp_path: Path, shape: str) -> None:
    told = json.loads(exports.kobo_json(walk_form(), [a_walk()]))
    content = {"list": told["results"], "results": told, "one": told["results"][0]}[shape]
    read_back = read(tmp_path, json.dumps(content), "k.json", walk_form())
    assert read_back.faults == ()
    (one,) = read_back.batch
    assert len(one.content.turns(OBSERVATION)) == 2
    assert one.media == {"1714760000000.jpg"}


def test_a_correction_of_kobo_is_one_with_its_first(tmp_path: Path) -> None:
    first = json.loads(exports.kobo_json(walk_form(), [a_walk()]))["results"][0]
    later = {
        **first, "walk/people": "9", "meta/instanceID": "uuid:22222222-005e-4edd-9739-dc9c1a829c44",
        "_uuid": "22222222-005e-4edd-9739-dc9c1a829c44", "meta/deprecatedID": first["meta/instanceID"],
        "meta/rootUuid": first["meta/instanceID"],
    }  # fmt: skip
    told = read(tmp_path, json.dumps([later, first]), "k.json", walk_form())
    (lineage,) = told.batch.changed()
    assert lineage.current is not None
    assert lineage.current.content.value("walk/people") == 9
    assert [one.code for one in told.told] == ["submission_corrected"]
