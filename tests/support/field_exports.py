"""Exports of one set of filled forms as ODK Central, KoboToolbox and telephones truly write them.

A filled form is a mapping: ``id``, ``submitted``, ``answers`` (whole address -> raw text, as in the
XML), ``repeats`` (whole address -> list of the same). The shapes were taken from the code that
writes them: `lib/data/briefcase.js` and `lib/data/json.js` of getodk/central-backend, and
`formpack` of kobotoolbox.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from tests.support.workbooks import workbook

from courtepointe.formats.xlsform import Group, Part, Question, XlsForm

Filled = Mapping[str, Any]
META = ("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index")  # fmt: skip


def _questions(parts: Sequence[Part], path: str = "") -> Iterator[tuple[str, Question]]:
    """Give the questions of a table, with their whole addresses; repeats are tables of their own."""
    for part in parts:
        here = f"{path}{part.name}"
        if isinstance(part, Question):
            yield here, part
        elif not part.repeat:
            yield from _questions(part.parts, f"{here}/")


def _repeats(parts: Sequence[Part], path: str = "") -> Iterator[tuple[str, Group]]:
    """Give the repeats right inside, with their whole addresses."""
    for part in parts:
        here = f"{path}{part.name}"
        if isinstance(part, Group) and part.repeat:
            yield here, part
        elif isinstance(part, Group):
            yield from _repeats(part.parts, f"{here}/")


# -- ODK Central: a zip of CSV files ---------------------------------------------------------


def odk_zip(
    form: XlsForm, filled: Sequence[Filled], *, split: bool = False, media: bool = True
) -> bytes:
    """Write « all data and files »."""
    tables: dict[str, list[list[str]]] = {}
    _odk_table(
        form,
        tables,
        form.id,
        form.parts,
        "",
        [(one, one["id"], None, one) for one in filled],
        split,
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", _csv(rows, ",", "\n"))
        if media:
            archive.writestr("media/1714760000000.jpg", b"\xff\xd8\xff\xe0 not a real photograph")
    return out.getvalue()


def _odk_table(form: XlsForm, tables: dict[str, list[list[str]]], name: str, parts: Sequence[Part],
               above: str, rows: Sequence[Any], split: bool) -> None:  # fmt: skip
    columns: list[tuple[str, Callable[[Filled], str]]] = []
    is_root = not above
    for path, question in _questions(parts, above):
        if question.spec.answer == "nothing":
            continue
        columns += _odk_columns(
            path, path.removeprefix(above).replace("/", "-"), question, form, split
        )
    head = [column for column, _ in columns]
    if is_root:
        head = ["SubmissionDate", *head, "meta-instanceID", "meta-instanceName", "KEY", "SubmitterID", "SubmitterName",
                "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]  # fmt: skip
    else:
        head = [*head, "PARENT_KEY", "KEY"]
    told = [head]
    for one, key, parent, _ in rows:
        cells = [read(one) for _, read in columns]
        if is_root:
            version_id = one.get("version_id", one["id"])
            cells = [one["submitted"], *cells, version_id, "", key, "12", "Rim, app user", "0", "0", "", "",
                     "collect:abc123", str(one.get("edits", 0)), form.version]  # fmt: skip
        else:
            cells = [*cells, parent, key]
        told.append(cells)
    tables[name] = told
    for path, group in _repeats(parts, above):
        inner = []
        for one, key, _, root in rows:
            for n, turn in enumerate(one.get("repeats", {}).get(path, ()), 1):
                address = path.removeprefix(above)
                inner.append((turn, f"{key}/{address}[{n}]", key, root))
        _odk_table(form, tables, f"{form.id}-{group.name}", group.parts, f"{path}/", inner, split)


def _odk_columns(
    path: str, heading: str, question: Question, form: XlsForm, split: bool
) -> list[Any]:
    if question.spec.answer == "point":
        return [
            (f"{heading}-{name}", lambda one, n=n: [*_text(one, path).split(), "", "", "", ""][n])
            for n, name in enumerate(("Latitude", "Longitude", "Altitude", "Accuracy"))
        ]
    found: list[Any] = [(heading, lambda one: _text(one, path))]
    if split and question.spec.answer == "many":
        for name in form.names_of(question.choices):
            found.append(
                (
                    f"{heading}/{name}",
                    lambda one, name=name: str(int(name in _text(one, path).split())),
                )
            )
    return found


def _text(one: Filled, path: str) -> str:
    return str(one["answers"].get(path, ""))


def _csv(rows: Sequence[Sequence[str]], delimiter: str, ends: str, *, quoted: bool = False) -> str:
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=ends,
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
    )  # fmt: skip
    writer.writerows(rows)
    return out.getvalue()


# -- ODK Central: OData --------------------------------------------------------------------


def odata(form: XlsForm, filled: Sequence[Filled], *, expand: bool = True) -> bytes:
    """Write ``Submissions?$expand=*``, or without it."""
    told = {
        "value": [_odata_root(form, one, expand) for one in filled],
        "@odata.context": f"https://odk.example.org/v1/projects/1/forms/{form.id}.svc/$metadata#Submissions",
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _odata_root(form: XlsForm, one: Filled, expand: bool) -> dict[str, Any]:
    system = {
        "submissionDate": one["submitted"], "updatedAt": None, "submitterId": "12",
        "submitterName": "Rim, app user", "attachmentsPresent": 0, "attachmentsExpected": 0,
        "status": None, "reviewState": None, "deviceId": "collect:abc123",
        "edits": one.get("edits", 0), "formVersion": form.version,
    }  # fmt: skip
    told = {"__id": one["id"], "__system": system}
    told |= _odata_part(form, one, form.parts, "", one["id"], expand)
    told["meta"] = {"instanceID": one.get("version_id", one["id"]), "instanceName": None}
    return told


def _odata_part(
    form: XlsForm, one: Filled, parts: Sequence[Part], path: str, key: str, expand: bool
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for part in parts:
        here = f"{path}{part.name}"
        if isinstance(part, Question):
            if part.spec.answer != "nothing":
                told[part.name] = _odata_value(part, _text(one, here))
        elif not part.repeat:
            told[part.name] = _odata_part(form, one, part.parts, f"{here}/", key, expand)
        else:
            turns = one.get("repeats", {}).get(here, ())
            told[f"{part.name}@odata.navigationLink"] = f"Submissions('{key}')/{part.name}"
            if expand:
                told[part.name] = [
                    {
                        "__id": f"{n:040x}",
                        **_odata_part(form, turn, part.parts, f"{here}/", key, expand),
                    }
                    for n, turn in enumerate(turns)
                ]
    return told


def _odata_value(question: Question, text: str) -> Any:
    if not text:
        return None
    answer = question.spec.answer
    if answer == "integer":
        return int(text)
    if answer == "decimal":
        return float(text)
    if answer == "point":
        point = _geo(text)
        told: dict[str, Any] = {"type": "Point", "coordinates": point[:3]}
        return told | ({"properties": {"accuracy": point[3]}} if len(point) > 3 else {})
    if answer == "line":
        points = [_geo(one) for one in text.split(";")]
        accuracies = [one[3] if len(one) > 3 else None for one in points]
        return {
            "type": "LineString",
            "coordinates": [one[:3] for one in points],
            "properties": {"accuracies": accuracies},
        }
    return text


def _geo(text: str) -> list[float]:
    latitude, longitude, *rest = map(float, text.split())
    return [longitude, latitude, *rest]


# -- KoboToolbox: JSON ------------------------------------------------------------------------


def kobo_json(form: XlsForm, filled: Sequence[Filled]) -> bytes:
    """Write an answer of ``/api/v2/assets/…/data.json``: what was not answered is not there."""
    told = [_kobo_root(form, one, n) for n, one in enumerate(filled, 41)]
    return json.dumps(
        {"count": len(told), "next": None, "previous": None, "results": told}, ensure_ascii=False
    ).encode()


def _kobo_root(form: XlsForm, one: Filled, number: int) -> dict[str, Any]:
    answers = _kobo_part(one)
    names = list(_files(form.parts, one))
    return {
        "_id": number, "formhub/uuid": "ddd2f25ff0f5464a9f91ad65130f1460", **answers,
        "__version__": "vSdCWi7ko3cXb5dCe5d3YE", "meta/instanceID": one["id"],
        "_xform_id_string": "aBcDeFgHiJkLmNoPqRsTuV", "_uuid": one["id"].removeprefix("uuid:"),
        "_attachments": [
            {"download_url": "https://kobo.example.org/media/x", "mimetype": "image/jpeg",
             "filename": f"equipe/attachments/ddd2/{name}", "media_file_basename": name, "instance": number, "id": 7}
            for name in names
        ],
        "_status": "submitted_via_web", "_geolocation": [None, None], "_submission_time": one["submitted"].removesuffix("Z"),
        "_tags": [], "_notes": [], "_validation_status": {}, "_submitted_by": "rim",
    }  # fmt: skip


def _kobo_part(one: Filled) -> dict[str, Any]:
    told = {path: text for path, text in one["answers"].items() if text}
    return told | {
        path: [_kobo_part(turn) for turn in turns]
        for path, turns in one.get("repeats", {}).items()
        if turns
    }


def _files(parts: Sequence[Part], one: Filled, above: str = "") -> Iterator[str]:
    for path, question in _questions(parts, above):
        if question.spec.answer == "file" and _text(one, path):
            yield _text(one, path)
    for path, group in _repeats(parts, above):
        for turn in one.get("repeats", {}).get(path, ()):
            yield from _files(group.parts, turn, f"{path}/")


# -- KoboToolbox: tables -------------------------------------------------------------------


def kobo_tables(form: XlsForm, filled: Sequence[Filled], *, lang: str = "", groups: bool = True,
                select: str = "both") -> dict[str, list[list[str]]]:  # fmt: skip
    """Write the sheets of an export: names, or the labels of a language; select: both, summary, details."""
    tables: dict[str, list[list[str]]] = {}
    indexes: dict[str, int] = {}
    title = form.title[lang or "fr"][:31]
    rows = [(one, None, None, one) for one in filled]
    _kobo_table(form, tables, indexes, title, form.parts, "", rows, lang, groups, select)
    return tables


def _kobo_table(form: XlsForm, tables: dict[str, list[list[str]]], indexes: dict[str, int], name: str, parts: Sequence[Part],
                above: str, rows: Sequence[Any], lang: str, groups: bool, select: str) -> None:  # fmt: skip
    columns: list[Any] = []
    for path, question in _questions(parts, above):
        if question.spec.answer != "nothing":
            columns += _kobo_columns(form, path, question, lang, groups, select)
    head = [column for column, _ in columns]
    tail = (
        list(META)
        if not above
        else [
            "_index",
            "_parent_table_name",
            "_parent_index",
            "_submission__id",
            "_submission__uuid",
        ]
    )
    told: list[list[str]] = [[*head, *tail]]
    inner: dict[str, list[Any]] = {path: [] for path, _ in _repeats(parts, above)}
    for one, parent_name, parent, root in rows:
        index = indexes[name] = indexes.get(name, 0) + 1
        cells = [read(one) for _, read in columns]
        uuid = root["id"].removeprefix("uuid:")
        if above:
            cells += [str(index), parent_name, str(parent), "41", uuid]
        else:
            cells += [
                "41",
                uuid,
                root["submitted"].removesuffix("Z"),
                "",
                "",
                "submitted_via_web",
                "rim",
                "vSdC",
                "",
                str(index),
            ]
        told.append(cells)
        for path in inner:
            inner[path] += [
                (turn, name, index, root) for turn in one.get("repeats", {}).get(path, ())
            ]
    tables[name] = told
    for path, group in _repeats(parts, above):
        _kobo_table(
            form,
            tables,
            indexes,
            group.name,
            group.parts,
            f"{path}/",
            inner[path],
            lang,
            groups,
            select,
        )


def _kobo_columns(
    form: XlsForm, path: str, question: Question, lang: str, groups: bool, select: str
) -> list[Any]:
    label = question.label.get(lang) or question.name
    heading = label if lang else (path if groups else question.name)
    choices = {
        one.name: (one.label.get(lang) or one.name) if lang else one.name
        for one in form.choices.get(question.choices, ())
    }
    answer = question.spec.answer
    if answer == "point":
        before, last = (
            heading[: -len(label)] if lang else heading[: -len(question.name)],
            label if lang else question.name,
        )
        parts = [(f"{before}_{last}_{part}", lambda one, n=n: [*_text(one, path).split(), "", "", "", ""][n])
                 for n, part in enumerate(("latitude", "longitude", "altitude", "precision"))]  # fmt: skip
        return [(heading, lambda one: _text(one, path)), *parts]
    if answer == "many":
        summary = [
            (heading, lambda one: " ".join(choices[name] for name in _text(one, path).split()))
        ]
        details = [
            (f"{heading}/{told}", lambda one, name=name: _ticked(_text(one, path), name))
            for name, told in choices.items()
        ]
        return {"both": summary + details, "summary": summary, "details": details}[select]
    if answer == "one":
        return [(heading, lambda one: choices.get(_text(one, path), ""))]
    if answer == "file":
        return [
            (heading, lambda one: _text(one, path)),
            (f"{heading}_URL", lambda one: "https://kobo.example.org/x" * bool(_text(one, path))),
        ]
    return [(heading, lambda one: _text(one, path))]


def _ticked(text: str, name: str) -> str:
    return str(int(name in text.split())) if text else ""


def kobo_xlsx(form: XlsForm, filled: Sequence[Filled], **how: Any) -> bytes:
    """Write the export XLS."""
    return workbook(kobo_tables(form, filled, **how))


def kobo_csv(form: XlsForm, filled: Sequence[Filled], **how: Any) -> str:
    """Write the export CSV: the form's own table only."""
    return _csv(next(iter(kobo_tables(form, filled, **how).values())), ";", "\r\n", quoted=True)


# -- the telephone: XML ----------------------------------------------------------------------


def instance_xml(form: XlsForm, one: Filled) -> bytes:
    """Write one instance as ODK Collect does: irrelevant questions are not there, empty ones are."""
    replaces = (
        f"<orx:deprecatedID>{one['replaces']}</orx:deprecatedID>" if one.get("replaces") else ""
    )
    body = _xml_part(one, form.parts, "")
    return (
        f'<?xml version=\'1.0\' ?><data id="{form.id}" version="{form.version}" xmlns:ev="http://www.w3.org/2001/xml-events" '
        'xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms" '
        'xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">'
        f"{body}<orx:meta><orx:instanceID>{one['id']}</orx:instanceID>{replaces}</orx:meta></data>"
    ).encode()


def _xml_part(one: Filled, parts: Sequence[Part], path: str) -> str:
    told = ""
    for part in parts:
        here = f"{path}{part.name}"
        if isinstance(part, Question):
            text = _text(one, here)
            told += f"<{part.name}>{escape(text)}</{part.name}>" if text else f"<{part.name} />"
        elif part.repeat:
            for turn in one.get("repeats", {}).get(here, ()):
                told += f"<{part.name}>{_xml_part(turn, part.parts, f'{here}/')}</{part.name}>"
        else:
            told += f"<{part.name}>{_xml_part(one, part.parts, f'{here}/')}</{part.name}>"
    return told


def instances_zip(form: XlsForm, filled: Sequence[Filled]) -> bytes:
    """Write the folder « instances » of a telephone, one folder a form with its photographs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n, one in enumerate(filled):
            name = f"Marche exploratoire_2026-05-03_14-31-{n:02}"
            archive.writestr(f"instances/{name}/{name}.xml", instance_xml(form, one))
            for photo in _files(form.parts, one):
                archive.writestr(f"instances/{name}/{photo}", b"\xff\xd8\xff not a real photograph")
    return out.getvalue()
