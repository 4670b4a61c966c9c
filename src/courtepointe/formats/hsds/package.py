"""HSDS as a tabular package: one CSV a table, described by ``datapackage.json``, in one zip."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from courtepointe.core.errors import BadInput
from courtepointe.formats.archives import member_names, open_zip
from courtepointe.formats.hsds.check import checked
from courtepointe.formats.hsds.spec import Field, TableSpec, tables, version_of, written_tables
from courtepointe.formats.hsds.values import Directory, Read, Record, Value
from courtepointe.formats.tables.csv_text import read_csv
from courtepointe.formats.whole import zipped

LIMIT_BYTES = 512 * 1024 * 1024
KINDS = {"uuid": "string", "email": "string", "uri": "string", "text": "string"}


def read_package(path: Path) -> Read:
    """Read a zip of CSV files, or a folder of them.

    Parameters
    ----------
    path : Path

    Raises
    ------
    BadInput
        As `courtepointe.formats.archives.open_zip` and `courtepointe.formats.tables`;
        ``hsds_no_tables`` where no file has the name of a table.
    """
    if path.is_dir():
        files = {one.name: one for one in sorted(path.glob("*.csv"))}
        found = [
            record
            for spec in _present(files, path.name)
            for record in _rows(spec, files[spec.file].read_bytes())
        ]
        return checked(found, file=path.name)
    with open_zip(path, limit_bytes=LIMIT_BYTES) as archive:
        members = {PurePosixPath(n).name: n for n in member_names(archive, suffixes=(".csv",))}
        found = [
            record
            for spec in _present(members, path.name)
            for record in _rows(spec, archive.read(members[spec.file]))
        ]
    return checked(found, file=path.name)


def _present(files: object, shown: str) -> Iterator[TableSpec]:
    assert isinstance(files, dict)
    held = [spec for spec in tables().values() if spec.file in files]
    if not held:
        raise BadInput("hsds_no_tables", file=shown, expected="organizations.csv, services.csv")
    yield from held


def _rows(spec: TableSpec, content: bytes) -> Iterator[Record]:
    """Read the rows of a table; a file with its header only has none."""
    try:
        table = read_csv(lambda: io.BytesIO(content), file=spec.file)
    except BadInput as error:
        if error.code == "table_without_rows":
            return
        raise
    columns = {name: table.data.column(name).to_pylist() for name in table.columns}
    for place, number in enumerate(table.row_numbers.tolist()):
        filled = {n: told[place] for n, told in columns.items() if told[place]}
        values: dict[str, Value] = {}
        more = {}
        for name, text in filled.items():
            if not text.strip():
                continue
            if name in spec.fields:
                values[name] = _value(spec.fields[name], text)
            else:
                more[name] = text
        yield Record(spec.name, values, more, f"{spec.file}:{number}")


def _value(field: Field, text: str) -> Value:
    """Read a number where one is meant; what is none stays text, and is told as a fault."""
    if field.type == "text":
        return text
    text = text.strip()
    if field.type != "number":
        return text
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def write_package(directory: Directory) -> bytes:
    """Write a directory as a zip; the same directory gives the same bytes."""
    held = written_tables(directory.records)
    files = {spec.file: _csv(spec, directory) for spec in held}
    files["datapackage.json"] = json.dumps(_described(directory), indent=1) + "\n"
    return zipped((name, text.encode()) for name, text in sorted(files.items()))


def _columns(spec: TableSpec, directory: Directory) -> list[str]:
    more = dict.fromkeys(name for one in directory.of(spec.name) for name in one.more)
    return [*spec.fields, *more]


def _csv(spec: TableSpec, directory: Directory) -> str:
    out = io.StringIO()
    columns = _columns(spec, directory)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for record in directory.of(spec.name):
        told = {**record.values, **record.more}
        writer.writerow([told.get(name, "") for name in columns])
    return out.getvalue()


def _described(directory: Directory) -> dict[str, object]:
    return {
        "name": "human_services_data",
        "profile": "tabular-data-package",
        "version": f"{version_of(directory.records)}.0",
        "resources": [
            {
                "name": spec.name,
                "path": spec.file,
                "format": "csv",
                "mediatype": "text/csv",
                "profile": "tabular-data-resource",
                "schema": {
                    "primaryKey": "id",
                    "fields": [_field(spec, name) for name in _columns(spec, directory)],
                    "foreignKeys": [
                        {"fields": name, "reference": {"resource": table, "fields": "id"}}
                        for name, table in spec.links.items()
                        if table != spec.name
                    ],
                },
            }
            for spec in written_tables(directory.records)
        ],
    }


def _field(spec: TableSpec, name: str) -> dict[str, object]:
    field = spec.fields.get(name)
    if field is None:
        return {"name": name, "type": "string"}
    told: dict[str, object] = {"name": name, "type": KINDS.get(field.type, field.type)}
    if field.type in ("uuid", "email", "uri"):
        told["format"] = field.type
    must: dict[str, object] = {"required": True} if field.must else {}
    if field.choices:
        must["enum"] = list(field.choices)
    return told | ({"constraints": must} if must else {})
