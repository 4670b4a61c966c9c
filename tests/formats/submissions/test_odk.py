"""Exports of ODK Central and of older servers, line by line."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.support import field_exports as exports
from tests.support.walk_form import walk_form
from tests.support.walks import FIRST, OBSERVATION, PICTURES, a_walk

from courtepointe.formats.submissions import GeoPoint, SubmissionsRead, read_submissions
from courtepointe.formats.xlsform import Choice, Language, Question, XlsForm

FORM = XlsForm(
    "lieux",
    "2",
    {"fr": "Lieux"},
    (Language("fr", "Français"),),
    (
        Question("text", "nom", {"fr": "Nom"}),
        Question("geopoint", "ou", {"fr": "Où ?"}),
        Question("date", "vu", {"fr": "Vu le"}),
        Question("select_one", "sorte", {"fr": "Sorte"}, choices="sortes", or_other=True),
    ),
    {"sortes": (Choice("parc", {"fr": "Parc"}), Choice("ecole", {"fr": "École"}))},
)
ROOT = """SubmissionDate,nom,ou-Latitude,ou-Longitude,ou-Altitude,ou-Accuracy,vu,sorte,sorte_other,meta-instanceID,meta-instanceName,KEY,SubmitterID,SubmitterName,AttachmentsPresent,AttachmentsExpected,Status,ReviewState,DeviceID,Edits,FormVersion
2026-05-03T18:31:00.123Z,Parc Émile-Œuvrard,45.5088000000,-73.5540000000,31.2000000000,4.9000000000,2026-05-02,parc,,uuid:a1,,uuid:a1,12,Rim,0,0,,,collect:x,0,2
2026-05-03T18:35:10.000Z,"Ruelle, « verte »",,,,,,other,ruelle,uuid:a3,,uuid:a2,12,Rim,0,0,,approved,collect:x,1,2
"""
BRIEFCASE = """SubmissionDate,nom,ou-Latitude,ou-Longitude,ou-Altitude,ou-Accuracy,vu,sorte,meta-instanceID,KEY,SET-OF-photos
"May 3, 2026 2:31:00 PM",Parc,45.5,-73.5,0.0,5.0,"Mar 5, 2026",ecole,uuid:a1,uuid:a1,uuid:a1/photos
3 mai 2026 14:31:00,École,45.5,-73.5,0.0,5.0,5 mars 2026,ecole,uuid:a2,uuid:a2,uuid:a2/photos
"""


def read(
    tmp_path: Path, content: bytes | str, name: str = "lieux.csv", form: XlsForm = FORM
) -> SubmissionsRead:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_submissions([path], [form])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    told = read(tmp_path, ROOT.encode(encoding))
    assert told.faults == ()
    first, second = told.batch.submissions
    assert first.content.value("nom") == "Parc Émile-Œuvrard"
    assert first.content.value("ou") == GeoPoint(-73.554, 45.5088, 4.9, 31.2)
    assert first.content.value("vu") == date(2026, 5, 2)
    assert (first.form_version, first.edits) == ("2", 0)
    assert second.content.value("nom") == "Ruelle, « verte »"
    assert second.content.value("sorte") == "other"
    assert second.content.value("sorte_other") == "ruelle"
    # Corrected where it is kept: under its first identifier, in a later version.
    assert (second.instance_id, second.version, second.edits) == ("uuid:a2", "uuid:a3", 1)


def test_saved_again_by_a_french_spreadsheet(tmp_path: Path) -> None:
    content = (
        "nom;ou-Latitude;ou-Longitude;vu;KEY\r\nPré;45,5088;-73,554;2026-05-02 00:00:00;uuid:a1\r\n"
    )
    told = read(tmp_path, content.encode("cp1252"))
    (one,) = told.batch
    assert one.content.value("nom") == "Pré"
    assert one.content.value("vu") == date(2026, 5, 2)
    assert one.content.value("ou") == GeoPoint(-73.554, 45.5088)


def test_months_by_their_names(tmp_path: Path) -> None:
    told = read(tmp_path, BRIEFCASE)
    assert told.faults == () and told.unknown == ()
    english, french = told.batch.submissions
    assert english.content.value("vu") == french.content.value("vu") == date(2026, 3, 5)
    assert english.submitted == french.submitted
    assert english.submitted is not None and english.submitted.isoformat() == "2026-05-03T14:31:00"


def test_an_export_without_any_submission(tmp_path: Path) -> None:
    told = read(tmp_path, exports.odk_zip(walk_form(), []), "o.zip", walk_form())
    assert told.faults == () and len(told.batch) == 0


def test_turns_come_in_their_order_whatever_the_order_of_rows(tmp_path: Path) -> None:
    walk = a_walk()
    walk["repeats"][OBSERVATION] = [
        {"answers": {f"{OBSERVATION}/remark": f"n° {n}"}} for n in range(1, 13)
    ]
    path = tmp_path / "o.zip"
    path.write_bytes(exports.odk_zip(walk_form(), [walk], media=False))
    with zipfile.ZipFile(path) as archive:
        tables = {name: archive.read(name).decode() for name in archive.namelist()}
    name = "marche_test-observation.csv"
    head, *rows = tables[name].splitlines()
    tables[name] = "\n".join([head, *reversed(rows)])
    with zipfile.ZipFile(path, "w") as archive:
        for one, text in tables.items():
            archive.writestr(one, text)
    (told,) = read_submissions([path], [walk_form()]).batch
    remarks = [turn.value("remark") for turn in told.content.turns(OBSERVATION)]
    assert remarks == [f"n° {n}" for n in range(1, 13)]


def test_two_repeats_of_the_same_name_are_told_apart_by_their_keys(tmp_path: Path) -> None:
    text = {
        "f.csv": "KEY,meta-instanceID\nuuid:a,uuid:a\n",
        "f-photos~1.csv": "photo,PARENT_KEY,KEY\nx.jpg,uuid:a,uuid:a/dedans/photos[1]\n",
        "f-photos~2.csv": "photo,PARENT_KEY,KEY\ny.jpg,uuid:a,uuid:a/dehors/photos[1]\n",
    }
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in text.items():
            archive.writestr(name, content)
    (one,) = read_submissions([path]).batch
    assert [turn.value("photo") for turn in one.content.turns("dedans/photos")] == ["x.jpg"]
    assert [turn.value("photo") for turn in one.content.turns("dehors/photos")] == ["y.jpg"]


def test_odata_keeps_turns_inside_groups_and_their_accuracy(tmp_path: Path) -> None:
    told = read(tmp_path, exports.odata(walk_form(), [a_walk()]), "o.json", walk_form())
    (walk,) = told.batch
    assert walk.content.turns(OBSERVATION)[0].value("point") == GeoPoint(
        -73.554, 45.5088, 4.9, 31.2
    )
    assert len(walk.content.turns(OBSERVATION)[0].turns(PICTURES)) == 2


def test_odata_that_was_not_expanded_is_refused_with_the_way_out(tmp_path: Path) -> None:
    told = read(
        tmp_path, exports.odata(walk_form(), [a_walk()], expand=False), "o.json", walk_form()
    )
    assert len(told.batch) == 0
    (fault,) = told.faults
    assert fault.code == "submission_repeats_elsewhere"
    assert (fault.facts["row"], fault.facts["column"]) == (1, "walk/observation")


def test_the_forms_own_table_alone_is_refused_where_the_form_repeats(tmp_path: Path) -> None:
    path = tmp_path / "o.zip"
    path.write_bytes(exports.odk_zip(walk_form(), [a_walk()], media=False))
    with zipfile.ZipFile(path) as archive:
        alone = archive.read("marche_test.csv")
    told = read(tmp_path, alone, "marche_test.csv", walk_form())
    assert {one.code for one in told.faults} == {"submission_repeats_elsewhere"}
    assert [one.facts["column"] for one in told.faults] == [OBSERVATION, PICTURES]


def test_points_as_wkt(tmp_path: Path) -> None:
    told = {"value": [{"__id": "uuid:a", "ou": "POINT (-73.5 45.5 12)", "nom": None}]}
    (one,) = read(tmp_path, json.dumps(told), "w.json").batch
    assert one.content.value("ou") == GeoPoint(-73.5, 45.5, None, 12.0)


def test_an_instance_on_its_own_with_its_correction(tmp_path: Path) -> None:
    later = "uuid:99999999-005e-4edd-9739-dc9c1a829c44"
    corrected = a_walk(id=later, replaces=FIRST)
    corrected["answers"]["walk/people"] = "8"
    files = []
    for n, one in enumerate((corrected, a_walk())):
        files.append(tmp_path / f"{n}.xml")
        files[-1].write_bytes(exports.instance_xml(walk_form(), one))
    told = read_submissions(files, [walk_form()])
    (current,) = told.batch.current()
    assert (current.instance_id, current.content.value("walk/people")) == (later, 8)
    assert len(told.batch) == 2
    (note,) = told.told
    assert note.code == "submission_corrected"
    assert note.facts["found"] == "0.xml:1"


def test_one_turn_alone_is_a_turn_where_the_form_says_so(tmp_path: Path) -> None:
    walk = a_walk()
    walk["repeats"][OBSERVATION] = walk["repeats"][OBSERVATION][:1]
    path = tmp_path / "i.xml"
    path.write_bytes(exports.instance_xml(walk_form(), walk))
    (one,) = read_submissions([path], [walk_form()]).batch
    assert len(one.content.turns(OBSERVATION)) == 1


def test_a_count_asked_for_is_no_unknown_column(tmp_path: Path) -> None:
    content = exports.instance_xml(walk_form(), a_walk())
    content = content.replace(
        b"<observation>", b"<observation_count>2</observation_count><observation>", 1
    )
    told = read(tmp_path, content, "i.xml", walk_form())
    assert told.faults == () and told.unknown == ()
