"""A tabular data package held, cell by cell, to the descriptor that its standard publishes: slow, and plain to read."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

Rows = Sequence[Mapping[str, str]]
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def opened(content: bytes) -> tuple[dict[str, Any], dict[str, Rows]]:
    """Give a zipped package's own descriptor, and its rows by file."""
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        files = {name: folder.read(name).decode("utf-8") for name in folder.namelist()}
    own = json.loads(files.pop("datapackage.json"))
    return own, {name: list(csv.DictReader(io.StringIO(text))) for name, text in files.items()}


def faults_of(package: Mapping[str, Any], files: Mapping[str, Rows]) -> Iterator[str]:
    """Tell each cell that does not hold to a descriptor: types, formats, constraints, keys."""
    paths = {one["name"]: one["path"] for one in package["resources"]}
    for one in package["resources"]:
        rows, schema = files[one["path"]], one["schema"]
        for field in schema["fields"]:
            cells = [row.get(field["name"]) for row in rows]
            for n, fault in _cells(field, cells):
                yield f"{one['path']}:{n + 2} {field['name']}: {fault}"
        for key in schema.get("foreignKeys", ()):
            name, there = key["fields"], key["reference"]
            held = {row[there["fields"]] for row in files[paths[there["resource"]]]}
            for n, row in enumerate(rows):
                if row[name] and row[name] not in held:
                    yield f"{one['path']}:{n + 2} {name}: points to nothing"


def _cells(field: Mapping[str, Any], cells: Sequence[str | None]) -> Iterator[tuple[int, str]]:
    limits = field.get("constraints") or {}
    seen: set[str] = set()
    for n, cell in enumerate(cells):
        if cell is None:
            yield n, "there is no such column"
        elif cell == "":
            if limits.get("required") in (True, "true"):
                yield n, "required"
        else:
            if limits.get("unique") in (True, "true") and cell in seen:
                yield n, "said twice"
            seen.add(cell)
            if "enum" in limits and cell not in limits["enum"]:
                yield n, f"{cell} is none of {limits['enum']}"
            if not _is(field, cell):
                yield n, f"{cell} is no {field.get('format') or field['type']}"


def _is(field: Mapping[str, Any], cell: str) -> bool:
    told = field.get("format") or field["type"]
    if told == "email":
        return MAIL.fullmatch(cell) is not None
    if told == "uri":
        return bool(urlsplit(cell).scheme and urlsplit(cell).netloc)
    read: Any = {
        "uuid": UUID, "number": float, "date": date.fromisoformat, "time": time.fromisoformat,
        "datetime": datetime.fromisoformat,
    }.get(told, str)  # fmt: skip
    try:
        read(cell)
    except ValueError:
        return False
    return True
