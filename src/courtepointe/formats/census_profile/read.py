"""Read bulk Census Profile files as a stream of record batches, in little memory."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray
from courtepointe.formats.census_profile import scan
from courtepointe.formats.census_profile.ahead import ahead
from courtepointe.formats.census_profile.batch import batch_of, geography_of
from courtepointe.formats.census_profile.layout import ProfileLayout, layout_of
from courtepointe.formats.census_profile.repeats import SeenCells, hash_cells
from courtepointe.formats.census_profile.schema import MAX_ID, Geography, ProfileQuery
from courtepointe.formats.census_profile.shape import Found, Line, Shape
from courtepointe.formats.census_profile.source import (
    ProfileFile,
    line_blocks,
    opened,
    profile_files,
)
from courtepointe.formats.census_profile.symbols import SYMBOLS
from courtepointe.formats.census_profile.text import BOM, Decoder

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Scanned:
    """A block of lines, what was found in it, and how the scan ended."""

    block: bytes
    found: Found
    n_rows: int
    n_runs: int
    n_lines: int
    how: int
    column: int
    start: int
    stop: int


def read_profile(
    paths: Sequence[Path],
    query: ProfileQuery,
    *,
    encoding: str | None = None,
    on_progress: Progress | None = None,
) -> Iterator[pa.RecordBatch]:
    """Stream the wanted rows of one release, from one file or several regional ones.

    Parameters
    ----------
    paths : sequence of Path
        ``.csv`` or ``.tab`` files, or zips that hold them.
    query : ProfileQuery
    encoding : str or None
        None: a byte order mark tells, else the first accented words do (UTF-8, else cp1252).
    on_progress : callable or None
        Called with ``(bytes_done, bytes_total)``, unpacked.

    Yields
    ------
    pyarrow.RecordBatch
        Of ``PROFILE_SCHEMA``, in the order of the files. No cell comes twice.

    Raises
    ------
    BadInput
        At the first thing that cannot be read, with file, row, column and value.

    Notes
    -----
    Every row has its fields counted and its quotes checked; numbers and symbols are checked in
    the rows that are wanted. Memory: a few blocks of 16 MiB, and 4 bytes for each cell read.
    """
    files = profile_files(paths)
    seen = SeenCells.of(query.characteristics)
    total, done = sum(file.size for file in files), 0
    for file in files:
        for batch, n_bytes in _read_file(file, query, seen, encoding=encoding):
            done += n_bytes
            if on_progress is not None:
                on_progress(min(done, total), total)
            if batch is not None:
                yield batch


def read_layout(path: Path, *, encoding: str | None = None) -> ProfileLayout:
    """Recognise a file's layout from its header; of a zip, the first file's."""
    file = profile_files([path])[0]
    with opened(file) as stream:
        layout, _, _ = read_header(line_blocks(stream, file), file, encoding=encoding)
    return layout


def read_header(
    blocks: Iterator[bytes], file: ProfileFile, *, encoding: str | None
) -> tuple[ProfileLayout, Decoder, Iterator[bytes]]:
    """Take the header off the blocks: the layout, how to decode words, and the blocks of rows.

    Raises
    ------
    BadInput
        ``census_profile_empty``, ``census_profile_header``, ``census_profile_encoding``.
    """
    first = next(blocks, b"")
    if first.startswith(BOM):
        first, encoding = first[len(BOM) :], encoding or "utf-8"
    header, _, rows = first.partition(b"\n")
    if not header.strip():
        raise BadInput("census_profile_empty", file=file.name)
    decoder = Decoder(file.name, encoding)
    decoder.learn(first)
    line = header.rstrip(b"\r")
    separator = "\t" if line.count(b"\t") > line.count(b",") else ","
    names = next(csv.reader([_heading_words(line, decoder)], delimiter=separator))
    layout = layout_of(tuple(names), file=file.name, separator=separator)
    return layout, decoder, chain([rows], blocks)


def _heading_words(line: bytes, decoder: Decoder) -> str:
    # Doubled quotes are left to the csv module, which needs them to cut the fields.
    return decoder.words(line.replace(b'"', b'""'), row=1, column="—")


def _read_file(
    file: ProfileFile, query: ProfileQuery, seen: SeenCells, *, encoding: str | None
) -> Iterator[tuple[pa.RecordBatch | None, int]]:
    with opened(file) as stream:
        layout, decoder, blocks = read_header(line_blocks(stream, file), file, encoding=encoding)
        shape = _shape(layout, query)
        n_lines = 1
        scans = ahead(partial(_scan, shape=shape), (block for block in blocks if block))
        for scanned in scans:
            decoder.learn(scanned.block)
            reader = _BlockReader(file.name, layout, decoder, n_lines, scanned)
            batch = reader.batch(seen)
            reader.refuse()
            n_lines += scanned.n_lines
            yield batch, len(scanned.block)


def _scan(block: bytes, shape: Shape) -> _Scanned:
    text = np.frombuffer(block, dtype=np.uint8)
    n_lines = int(np.count_nonzero(text == scan.NEWLINE)) + 1
    n_values = shape.value_columns.size
    found = Found(
        np.empty((n_lines, n_values)),
        np.empty((n_lines, n_values), dtype=np.uint8),
        np.empty(n_lines, dtype=np.int32),
        np.empty(n_lines, dtype=np.int32),
        np.empty(n_lines, dtype=np.int32),
        np.empty((n_lines, 8, 2), dtype=np.int64),
    )
    return _Scanned(block, found, *scan.scan_lines(text, shape, found))


def _shape(layout: ProfileLayout, query: ProfileQuery) -> Shape:
    wanted = np.ones(MAX_ID + 1, dtype=np.bool_)
    if query.characteristics is not None:
        wanted[:] = False
        wanted[sorted(query.characteristics)] = True
    prefixes = [prefix.encode() for prefix in query.dguid_prefixes]
    longest = max((len(prefix) for prefix in prefixes), default=0)
    letters = np.zeros((len(prefixes), longest), dtype=np.uint8)
    for which, prefix in enumerate(prefixes):
        letters[which, : len(prefix)] = np.frombuffer(prefix, dtype=np.uint8)
    dguid, characteristic = layout.identification[1], layout.identification[8]
    n_head = max(dguid, characteristic) + 1
    line = Line(ord(layout.separator), len(layout.columns), characteristic, dguid, n_head)
    return Shape(
        line,
        np.array(layout.identification[:8], dtype=np.int64),
        np.array([column for _, column in layout.values], dtype=np.int64),
        wanted,
        letters,
        np.array([len(prefix) for prefix in prefixes], dtype=np.int64),
    )


@dataclass(frozen=True, slots=True)
class _BlockReader:
    """Turns one scanned block into a batch, or into the error that says why not."""

    file: str
    layout: ProfileLayout
    decoder: Decoder
    lines_before: int
    scanned: _Scanned

    def batch(self, seen: SeenCells) -> pa.RecordBatch | None:
        """Give the rows found, less those already seen; None where there are none."""
        n_rows = self.scanned.n_rows
        if n_rows == 0:
            return None
        edges = self._edges()
        geographies = self._geographies(edges)
        batch = batch_of(self.scanned.found, n_rows, geographies, self.layout)
        kept = self._kept(seen, edges, geographies)
        if kept is None:
            return batch
        return batch.filter(pa.array(kept)) if kept.any() else None

    def _edges(self) -> AnyArray:
        """Give where runs of one geography begin, and the end of the last."""
        runs = self.scanned.found.runs[: self.scanned.n_rows]
        return np.searchsorted(runs, np.arange(self.scanned.n_runs + 1))

    def _geographies(self, edges: AnyArray) -> list[Geography]:
        text, found = memoryview(self.scanned.block), self.scanned.found
        return [
            geography_of(
                text,
                found.bounds[run],
                self.decoder,
                layout=self.layout,
                file=self.file,
                row=self.lines_before + int(found.lines[edges[run]]),
            )
            for run in range(self.scanned.n_runs)
        ]

    def _kept(
        self, seen: SeenCells, edges: AnyArray, geographies: list[Geography]
    ) -> AnyArray | None:
        """Tell which rows are new to us; None when all are."""
        found, n_rows = self.scanned.found, self.scanned.n_rows
        hashes = hash_cells(found.values.view(np.uint64), found.symbols, n_rows)
        kept: AnyArray | None = None
        for run, geography in enumerate(geographies):
            part = slice(edges[run], edges[run + 1])
            rows = self.lines_before + found.lines[part]
            fresh = seen.fresh(
                geography.dguid, found.ids[part], hashes[part], rows=rows, file=self.file
            )
            if fresh is not None:
                kept = np.ones(n_rows, dtype=np.bool_) if kept is None else kept
                kept[part] = fresh
        return kept

    def refuse(self) -> None:
        """Raise what stopped the scan, if anything did."""
        how, scanned = self.scanned.how, self.scanned
        if how == scan.FINE:
            return
        facts: dict[str, object] = {"file": self.file, "row": self.lines_before + scanned.n_lines}
        if how == scan.OPEN_QUOTE:
            raise BadInput("census_profile_open_quote", **facts)
        if how == scan.FIELD_COUNT:
            expected = len(self.layout.columns)
            raise BadInput(
                "census_profile_field_count", found=scanned.column, expected=expected, **facts
            )
        facts["column"] = self._column_name()
        if how == scan.STRAY_QUOTE:
            raise BadInput("census_profile_stray_quote", **facts)
        if how == scan.NO_GEOGRAPHY:
            raise BadInput("census_profile_empty_cell", **facts)
        facts["value"] = scanned.block[scanned.start : scanned.stop].decode("cp1252", "replace")
        if how == scan.BAD_SYMBOL:
            expected_symbols = " ".join(symbol for symbol in SYMBOLS if symbol)
            raise BadInput("census_profile_symbol", expected=expected_symbols, **facts)
        raise BadInput("census_profile_number", **facts)

    def _column_name(self) -> str:
        """Name a column; symbols all share one name, so they are told with their value's."""
        columns, at = self.layout.columns, min(self.scanned.column, len(self.layout.columns) - 1)
        values = [column for _, column in self.layout.values]
        return f"{columns[at - 1]} {columns[at]}" if at - 1 in values else columns[at]
