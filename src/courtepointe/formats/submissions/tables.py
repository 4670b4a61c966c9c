"""Tables of submissions, one for the form and one for each repeat, put together again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import python_calamine as calamine

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions.raw import RawNode, Source
from courtepointe.formats.tables.csv_text import DELIMITERS, find_encoding, read_csv
from courtepointe.formats.tables.sheets import read_sheet
from courtepointe.formats.tables.values import Table

TURN = re.compile(r"\[(\d+)\]")
KEY, PARENT = "KEY", "PARENT_KEY"
INDEX, PARENT_INDEX, PARENT_TABLE = "_index", "_parent_index", "_parent_table_name"
OWN = ("_uuid", "_id", "meta/instanceID", "instanceID", "__version__")
SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as an export writes it.

    Attributes
    ----------
    name : str
        Of the file without its ending, or of the sheet.
    rows : tuple of (row, cells)
    """

    name: str
    file: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]

    @property
    def is_repeat(self) -> bool:
        """Whether its rows are turns of a repeat."""
        return PARENT in self.headings or PARENT_INDEX in self.headings


def csv_table(content: bytes, *, name: str, file: str) -> RawTable:
    """Read one CSV; one with its headings only has no row.

    Raises
    ------
    BadInput
        As `courtepointe.formats.tables.csv_text.read_csv`; ``submission_heading_repeated``.
    """
    stem = PurePosixPath(name).stem
    try:
        table = read_csv(lambda: io.BytesIO(content), file=file)
    except BadInput as error:
        if error.code != "table_without_rows":
            raise
        return RawTable(stem, file, _headings_alone(content, file), ())
    return _raw_table(table, stem)


def _headings_alone(content: bytes, file: str) -> tuple[str, ...]:
    text = content.decode(find_encoding(lambda: io.BytesIO(content), file=file))
    line = next(line for line in text.splitlines() if line.strip())
    delimiter = max(DELIMITERS, key=line.count)
    return tuple(next(csv.reader([line], delimiter=delimiter)))


def _raw_table(table: Table, name: str) -> RawTable:
    repeated = [heading for heading, _ in table.renamed if heading]
    if repeated:
        raise BadInput("submission_heading_repeated", file=table.file, row=1, column=repeated[0])
    columns = {heading: table.data.column(heading).to_pylist() for heading in table.columns}
    rows = tuple(
        (row, {heading: told[place] for heading, told in columns.items() if told[place]})
        for place, row in enumerate(table.row_numbers.tolist())
    )
    return RawTable(name, table.file, table.columns, rows)


def sheet_tables(content: bytes, *, file: str) -> tuple[RawTable, ...]:
    """Read the sheets of a workbook.

    Raises
    ------
    BadInput
        As `courtepointe.formats.tables.sheets.read_sheet`; ``submission_heading_repeated``.
    """
    try:
        names = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    except calamine.CalamineError as error:
        raise BadInput("broken_workbook", file=file, detail=str(error)) from error
    found = []
    for name in names:
        try:
            table = read_sheet(content, file=file, sheet=name)
        except BadInput as error:
            if error.code not in ("table_without_rows", "table_without_header"):
                raise
            found.append(RawTable(name, f"{file} [{name}]", (PARENT_INDEX,), ()))
            continue
        found.append(_raw_table(table, name))
    return tuple(found)


def linked(tables: Sequence[RawTable], faults: list[BadInput]) -> Source:
    """Put turns inside what they belong to.

    Parameters
    ----------
    tables : sequence of RawTable
        All of one export.
    faults : list of BadInput
        Takes ``submission_orphan``, ``submission_key_repeated``, ``submission_not_an_export``.

    Notes
    -----
    ODK writes in ``PARENT_KEY`` the key of what a turn belongs to, and its own address in ``KEY``
    (``uuid:…/walk/observation[2]``); Kobo writes the row (``_parent_index``) and the sheet
    (``_parent_table_name``).
    """
    repeats = tuple(table.name for table in tables if table.is_repeat)
    keyed = [table for table in tables if KEY in table.headings]
    others = [table for table in tables if KEY not in table.headings]
    return Source((*_by_key(keyed, faults), *_by_index(others, faults)), repeats)


def _by_key(tables: Sequence[RawTable], faults: list[BadInput]) -> Iterator[RawNode]:
    by_key: dict[str, RawNode] = {}
    turns: list[RawNode] = []
    for table in tables:
        for node in _nodes(table):
            known = by_key.setdefault(str(node.cells.get(KEY, "")), node)
            if known is not node and known.cells == node.cells:
                continue
            if known is not node:
                faults.append(BadInput("submission_key_repeated", file=node.file, row=node.row, column=KEY, value=node.cells.get(KEY, ""), first_row=known.row))  # fmt: skip
            elif table.is_repeat:
                turns.append(node)
            else:
                yield node
    for node in sorted(turns, key=lambda one: _turn_numbers(str(one.cells.get(KEY, "")))):
        parent = by_key.get(str(node.cells.get(PARENT, "")))
        if parent is None:
            faults.append(BadInput("submission_orphan", file=node.file, row=node.row, column=PARENT, value=node.cells.get(PARENT, "")))  # fmt: skip
            continue
        parent.repeats.setdefault(_repeat_path(str(node.cells.get(KEY, ""))), []).append(node)


def _turn_numbers(key: str) -> list[int]:
    return [int(number) for number in TURN.findall(key)]


def _repeat_path(key: str) -> str:
    """Give the address of a repeat from the key of a turn: ``uuid:…/walk/observation[2]``."""
    return TURN.sub("", key).partition("/")[2]


def _by_index(tables: Sequence[RawTable], faults: list[BadInput]) -> Iterator[RawNode]:
    by_index: dict[tuple[str, str], RawNode] = {}
    turns: list[tuple[str, RawNode]] = []
    for table in tables:
        if not table.is_repeat and not set(OWN) & set(table.headings):
            expected = f"{KEY}, {', '.join(OWN)}"
            faults.append(BadInput("submission_not_an_export", file=table.file, row=1, expected=expected))  # fmt: skip
            continue
        for node in _nodes(table):
            by_index[table.name, str(node.cells.get(INDEX, ""))] = node
            if table.is_repeat:
                turns.append((table.name, node))
            else:
                yield node
    for name, node in turns:
        parent = _parent_of(node, by_index)
        if parent is None:
            told = f"{node.cells.get(PARENT_TABLE, '')} {node.cells.get(PARENT_INDEX, '')}"
            faults.append(BadInput("submission_orphan", file=node.file, row=node.row, column=PARENT_INDEX, value=told))  # fmt: skip
        else:
            parent.repeats.setdefault(name, []).append(node)


def _parent_of(node: RawNode, by_index: Mapping[tuple[str, str], RawNode]) -> RawNode | None:
    """Find the row that a turn belongs to; a sheet's name is cut where it was too long."""
    index = str(node.cells.get(PARENT_INDEX, ""))
    table = str(node.cells.get(PARENT_TABLE, ""))
    return by_index.get((table, index)) or by_index.get((table[:SHEET_NAME], index))


def _nodes(table: RawTable) -> Iterable[RawNode]:
    for row, cells in table.rows:
        yield RawNode(cells, table.file, row)
