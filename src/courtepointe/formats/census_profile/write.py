"""Write bulk Census Profile files as the publisher does: text quoted, numbers bare, cp1252, CRLF."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray
from courtepointe.formats.census_profile import render
from courtepointe.formats.census_profile.ahead import ahead
from courtepointe.formats.census_profile.layout import (
    INTERVAL_NUMBERS,
    PLAIN_NUMBERS,
    VALUES,
    headings,
    value_heading,
)
from courtepointe.formats.census_profile.schema import SPACES_A_LEVEL, Characteristic, Geography
from courtepointe.formats.census_profile.symbols import SYMBOLS, symbol_codes

_ROWS_AT_ONCE = 32_768
_TAILS = render.pieces_of([f',"{symbol}"'.encode() for symbol in SYMBOLS])
_LONGEST_TAIL = 8


@dataclass(frozen=True, slots=True)
class ProfileRows:
    """Rows to write, as arrays.

    Attributes
    ----------
    geographies : sequence of Geography
    geography : (n_rows,) int
        Place in ``geographies``.
    characteristic : (n_rows,) int
        Member id.
    values : (18, n_rows) or (6, n_rows) float
        In the order of C1 ... C18, or of C1 C2 C3 C10 C11 C12; NaN leaves the cell empty.
    symbols : uint8, as ``values``
        Places in ``symbols.SYMBOLS``; 0 is no symbol.
    """

    geographies: Sequence[Geography]
    geography: AnyArray
    characteristic: AnyArray
    values: AnyArray
    symbols: AnyArray


def dense_rows(
    geographies: Sequence[Geography], characteristic: AnyArray, values: AnyArray, symbols: AnyArray
) -> ProfileRows:
    """Make the rows of a full table: every geography with every characteristic, in that order.

    Parameters
    ----------
    geographies : sequence of Geography, n_areas
    characteristic : (n_characteristics,) int
    values, symbols : (18 or 6, n_areas, n_characteristics) float, uint8
    """
    n_areas, n_characteristics = len(geographies), characteristic.size
    return ProfileRows(
        geographies,
        np.repeat(np.arange(n_areas, dtype=np.int32), n_characteristics),
        np.tile(characteristic.astype(np.int32), n_areas),
        values.reshape(values.shape[0], -1),
        symbols.reshape(symbols.shape[0], -1),
    )


def rows_of(batch: pa.RecordBatch) -> ProfileRows:
    """Make rows of what was read, or of any batch of ``PROFILE_SCHEMA``.

    Notes
    -----
    ``.`` comes back as ``..``, and a cell without a value as ``..``: the schema does not tell
    them apart. A low or a high that is absent beside a value is written as not applicable.
    """
    names = Geography.__slots__
    words = pa.StructArray.from_arrays(
        [_plain(batch.column(name)) for name in names], names=list(names)
    )
    keys = [tuple(cell.values()) for cell in words.to_pylist()]
    first: dict[tuple[object, ...], int] = {}
    geography = np.array([first.setdefault(key, len(first)) for key in keys], dtype=np.int32)
    values, symbols = _cells_of(batch)
    return ProfileRows(
        [Geography(*key) for key in first],  # type: ignore[arg-type]
        geography,
        batch.column("characteristic").to_numpy(),
        values,
        symbols,
    )


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _cells_of(batch: pa.RecordBatch) -> tuple[AnyArray, AnyArray]:
    values = np.full((len(VALUES), batch.num_rows), np.nan)
    symbols = np.zeros(values.shape, dtype=np.uint8)
    for place, name in enumerate(VALUES):
        point = name.removesuffix("_low").removesuffix("_high")
        column = batch.column(name).to_numpy(zero_copy_only=False)
        values[place] = column
        statuses = _plain(batch.column(f"{point}_status"))
        flags = batch.column(f"{point}_flags").to_numpy()
        symbols[place] = symbol_codes(statuses.to_numpy(zero_copy_only=False), flags)
        if name != point:
            symbols[place][np.isnan(column) & (symbols[place] == 0)] = SYMBOLS.index("...")
    return values, symbols


def write_profile(
    path: Path,
    rows: Iterable[ProfileRows],
    characteristics: Iterable[Characteristic],
    *,
    with_intervals: bool,
    language: str = "en",
    encoding: str = "cp1252",
) -> int:
    """Write a file, or a zip with the file and its starting rows; give the rows written.

    Parameters
    ----------
    path : Path
        Ending in ``.zip`` for a zip. Nothing is there until all is written.
    rows : iterable of ProfileRows
        In the order of the file; each geography's rows together, as the publisher has them.
    characteristics : iterable of Characteristic
        Names, depths and notes of all the ids in the rows.
    with_intervals : bool
        47 columns, or 23.
    language : str
        ``"en"`` or ``"fr"``: of the headings; the words of the rows are the caller's.

    Raises
    ------
    BadInput
        ``census_profile_unwritable_number`` (more than 8 decimals or 15 digits),
        ``census_profile_unwritable_text`` (not in the encoding, or of several lines),
        ``census_profile_unwritable_characteristic`` (an id that is not named).
    """
    sheet = _Sheet(characteristics, with_intervals=with_intervals, encoding=encoding)
    header = ",".join(headings(with_intervals=with_intervals, language=language))
    starts: list[tuple[str, str, int]] = []
    part = path.with_name(path.name + ".part")
    try:
        with _writing(part, member=f"{path.stem}_data.csv", starts=starts, to_zip=path) as stream:
            stream.write(header.encode(encoding) + b"\r\n")
            n_rows = 0
            for some in rows:
                starts += _starting_rows(some, n_rows + 2)
                for text in sheet.text_of(some):
                    stream.write(text)
                n_rows += some.characteristic.size
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return n_rows


@contextmanager
def _writing(
    part: Path, *, member: str, starts: list[tuple[str, str, int]], to_zip: Path
) -> Iterator[IO[bytes]]:
    """Open the file to write; a zip gets the starting rows beside it at the end."""
    if to_zip.suffix.lower() != ".zip":
        with part.open("wb") as stream:
            yield stream
        return
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(_entry(member), "w", force_zip64=True) as inside:
            yield inside
        lines = ['"Geo Code","Geo Name","Line Number"']
        lines += [f"{_quoted(code)},{_quoted(name)},{line}" for code, name, line in starts]
        index = _entry(f"{to_zip.stem}_Geo_starting_row.CSV")
        archive.writestr(index, ("\r\n".join(lines) + "\r\n").encode("cp1252", "replace"))


def _entry(name: str) -> zipfile.ZipInfo:
    """Name a member of the zip; its date is fixed, so that the same rows make the same bytes."""
    info = zipfile.ZipInfo(name, date_time=(2021, 5, 11, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _starting_rows(rows: ProfileRows, first_line: int) -> list[tuple[str, str, int]]:
    if rows.geography.size == 0:
        return []
    begins = np.flatnonzero(np.diff(rows.geography, prepend=-1))
    named = [
        (rows.geographies[which], int(at))
        for which, at in zip(rows.geography[begins], begins, strict=True)
    ]
    return [(one.geo_code, one.geo_name, first_line + at) for one, at in named]


class _Sheet:
    """What is the same for all rows of a file: the texts of characteristics, the columns written."""

    def __init__(
        self, characteristics: Iterable[Characteristic], *, with_intervals: bool, encoding: str
    ) -> None:
        listed = list(characteristics)
        self._encoding = encoding
        self._numbers = INTERVAL_NUMBERS if with_intervals else PLAIN_NUMBERS
        self._middles = render.pieces_of([self._encoded(_middle(one)) for one in listed])
        self._place = {one.id: place for place, one in enumerate(listed)}

    def text_of(self, rows: ProfileRows) -> Iterator[bytes]:
        """Render rows, some thousands at a time."""
        heads = render.pieces_of([self._encoded(_head(one)) for one in rows.geographies])
        places = self._places(rows.characteristic)
        values, symbols = self._written(rows.values), self._written(rows.symbols)
        longest = int(np.diff(heads.edges).max(initial=0)) + int(
            np.diff(self._middles.edges).max(initial=0)
        )
        width = longest + len(self._numbers) * (render.LONGEST_NUMBER + _LONGEST_TAIL) + 2

        def text_from(start: int) -> bytes:
            part = slice(start, start + _ROWS_AT_ONCE)
            out = np.empty(width * places[part].size, dtype=np.uint8)
            length, row, which = render.render_rows(
                out,
                heads,
                self._middles,
                _TAILS,
                rows.geography[part],
                places[part],
                values[:, part],
                symbols[:, part],
            )
            if length < 0:
                raise self._unwritable(rows, start + row, which, values[which, start + row])
            return out[:length].tobytes()

        yield from ahead(text_from, range(0, places.size, _ROWS_AT_ONCE))

    def _places(self, ids: AnyArray) -> AnyArray:
        known, back = np.unique(ids, return_inverse=True)
        for number in known.tolist():
            if number not in self._place:
                raise BadInput("census_profile_unwritable_characteristic", value=number)
        return np.array([self._place[n] for n in known.tolist()], dtype=np.int32)[back]

    def _written(self, cells: AnyArray) -> AnyArray:
        """Keep the columns of the layout, out of 18 or out of the 6 of the plain one."""
        if cells.shape[0] == len(self._numbers):
            return cells
        return cells[[number - 1 for number in self._numbers]]

    def _unwritable(self, rows: ProfileRows, row: int, which: int, value: float) -> BadInput:
        return BadInput(
            "census_profile_unwritable_number",
            geography=rows.geographies[int(rows.geography[row])].dguid,
            characteristic=int(rows.characteristic[row]),
            column=value_heading(self._numbers[which]),
            value=float(value),
        )

    def _encoded(self, text: str) -> bytes:
        try:
            raw = text.encode(self._encoding)
        except UnicodeEncodeError as error:
            raise BadInput(
                "census_profile_unwritable_text", value=text, expected=self._encoding
            ) from error
        if b"\n" in raw or b"\r" in raw:
            raise BadInput("census_profile_unwritable_text", value=text, expected=self._encoding)
        return raw


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _head(one: Geography) -> str:
    rates = ["" if rate is None else f"{rate:.15g}" for rate in (one.tnr_sf, one.tnr_lf)]
    words = [_quoted(text) for text in (one.dguid, one.geo_code, one.geo_level, one.geo_name)]
    return ",".join([str(one.census_year), *words, *rates, _quoted(one.quality_flag), ""])


def _middle(one: Characteristic) -> str:
    name = " " * (SPACES_A_LEVEL * one.depth) + one.name
    return f"{one.id},{_quoted(name)},{'' if one.note is None else one.note}"
