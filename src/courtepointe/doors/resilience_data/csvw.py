"""The observations as CSV, and what the file is, as CSV on the Web describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from courtepointe.doors.resilience_data.tables import Told, observation_rows
from courtepointe.people.lists import entries
from courtepointe.press.csv import table_csv

COLUMNS = Path(__file__).with_name("columns.toml")
NAME = "observations"


def columns_of(table: str) -> Mapping[str, Mapping[str, str]]:
    """Give the columns of a table, in their order, with what is written above them."""
    columns: Mapping[str, Mapping[str, str]] = entries(COLUMNS)[table]["columns"]
    return columns


def observations_csv(told: Told, lang: str) -> bytes:
    """Write one row an observation: UTF-8, codes and numbers as they are, labels in a language."""
    rows = ({name: _plain(held) for name, held in row.items()} for row in observation_rows(told, lang))  # fmt: skip
    return table_csv(list(columns_of(NAME)), rows, bom=False).encode()


def _plain(held: Any) -> Any:
    return str(held).lower() if isinstance(held, bool) else held


def observations_metadata(told: Told, lang: str, *, csv_name: str) -> bytes:
    """Describe the CSV beside it."""
    portrait, method = told["portrait"], told["method"]
    what = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": lang}],
        "url": csv_name,
        "dc:title": portrait["name"],
        "dc:language": lang,
        "dc:identifier": f"urn:uuid:{portrait['uid']}",
        "dc:creator": told["workspace"]["name"],
        "dc:date": told["made"],
        "notes": [{"portrait": portrait, "framework": told["framework"]["version"], "method": method}],
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [_column(name, one, lang) for name, one in columns_of(NAME).items()],
            "primaryKey": "observation",
        },
    }  # fmt: skip
    return (json.dumps(what, ensure_ascii=False, indent=2) + "\n").encode()


def _column(name: str, one: Mapping[str, str], lang: str) -> dict[str, Any]:
    return {
        "name": name,
        "titles": name,
        "dc:description": one[f"about_{lang}"],
        "datatype": one.get("datatype", "string"),
    }
