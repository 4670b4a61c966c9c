"""From scanned arrays to record batches of the fixed schema."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import AnyArray
from courtepointe.formats.census_profile.layout import SEXES, VALUES, ProfileLayout
from courtepointe.formats.census_profile.scan import read_number
from courtepointe.formats.census_profile.schema import PROFILE_SCHEMA, Geography
from courtepointe.formats.census_profile.shape import Found
from courtepointe.formats.census_profile.symbols import FLAG_TABLE, STATUS_TABLE, STATUSES
from courtepointe.formats.census_profile.text import Decoder

_STATUS_WORDS = pa.array([str(status) for status in STATUSES], pa.string())
_PUBLISHED = 0
_MISSING_RATES = frozenset(("", "x", "F", "..", "...", "."))


def geography_of(
    text: memoryview,
    bounds: AnyArray,
    decoder: Decoder,
    *,
    layout: ProfileLayout,
    file: str,
    row: int,
) -> Geography:
    """Read the eight fields that name a geography.

    Raises
    ------
    BadInput
        ``census_profile_number`` for a year or a non-response rate that is none.
    """
    headings = [layout.columns[layout.identification[i]] for i in range(8)]
    words = [
        decoder.words(bytes(text[start:stop]), row=row, column=heading)
        for (start, stop), heading in zip(bounds.tolist(), headings, strict=True)
    ]
    year = _number(words[0], file=file, row=row, column=headings[0])
    if year is None or year != int(year) or not 0 < year < 32768:
        raise _not_a_number(words[0], file=file, row=row, column=headings[0])
    short, long = (_number(words[i], file=file, row=row, column=headings[i]) for i in (5, 6))
    return Geography(int(year), words[1], words[2], words[3], words[4], short, long, words[7])


def _number(words: str, *, file: str, row: int, column: str) -> float | None:
    words = words.strip()
    if words in _MISSING_RATES:
        return None
    raw = np.frombuffer(words.encode(), dtype=np.uint8)
    is_one, value = read_number(raw, 0, raw.size)
    if not is_one:
        raise _not_a_number(words, file=file, row=row, column=column)
    return float(value)


def _not_a_number(words: str, *, file: str, row: int, column: str) -> BadInput:
    return BadInput("census_profile_number", file=file, row=row, column=column, value=words)


def batch_of(
    found: Found, n_rows: int, geographies: list[Geography], layout: ProfileLayout
) -> pa.RecordBatch:
    """Assemble a batch from the first rows of the arrays."""
    columns = _geography_columns(found.runs[:n_rows], geographies)
    columns["characteristic"] = pa.array(found.ids[:n_rows])
    columns |= _cell_columns(found, n_rows, layout)
    return pa.RecordBatch.from_arrays(
        [columns[name] for name in PROFILE_SCHEMA.names], schema=PROFILE_SCHEMA
    )


def _geography_columns(runs: AnyArray, geographies: list[Geography]) -> dict[str, pa.Array]:
    columns: dict[str, pa.Array] = {}
    which = pa.array(runs)
    for field in PROFILE_SCHEMA:
        if field.name not in Geography.__slots__:
            continue
        each = [getattr(geography, field.name) for geography in geographies]
        if pa.types.is_dictionary(field.type):
            coded = pa.array(each, pa.string()).dictionary_encode()
            columns[field.name] = pa.DictionaryArray.from_arrays(
                coded.indices.take(which), coded.dictionary
            )
        else:
            columns[field.name] = pa.array(each, field.type).take(which)
    return columns


def _cell_columns(found: Found, n_rows: int, layout: ProfileLayout) -> dict[str, pa.Array]:
    slots = {VALUES[place]: slot for slot, (place, _) in enumerate(layout.values)}
    columns: dict[str, pa.Array] = {}
    for sex in SEXES:
        for kind in ("count", "rate"):
            point = slots[f"{sex}_{kind}"]
            values, symbols = found.values[:n_rows, point], found.symbols[:n_rows, point]
            meaning = 2 * symbols.astype(np.int16) + ~np.isnan(values)
            statuses = STATUS_TABLE[meaning]
            stated = statuses == _PUBLISHED
            # The symbol 0s is itself the value: it stands without a number beside it.
            values = np.where(stated & np.isnan(values), 0.0, values)
            columns[f"{sex}_{kind}"] = pa.array(values, mask=~stated)
            columns[f"{sex}_{kind}_status"] = pa.DictionaryArray.from_arrays(
                pa.array(statuses), _STATUS_WORDS
            )
            columns[f"{sex}_{kind}_flags"] = pa.array(FLAG_TABLE[meaning])
            bounds = [slots.get(f"{sex}_{kind}_{side}") for side in ("low", "high")]
            columns |= _interval_columns(found, n_rows, f"{sex}_{kind}", bounds, stated)
    return columns


def _interval_columns(
    found: Found, n_rows: int, name: str, bounds: list[int | None], stated: AnyArray
) -> dict[str, pa.Array]:
    """Give low and high where both are stated and the value is; half an interval is none."""
    low, high = bounds
    if low is None or high is None:
        nothing = pa.nulls(n_rows, pa.float64())
        return {f"{name}_low": nothing, f"{name}_high": nothing}
    held = stated.copy()
    for slot in (low, high):
        values, symbols = found.values[:n_rows, slot], found.symbols[:n_rows, slot]
        meaning = 2 * symbols.astype(np.int16) + ~np.isnan(values)
        held &= (STATUS_TABLE[meaning] == _PUBLISHED) & ~np.isnan(values)
    return {
        f"{name}_low": pa.array(found.values[:n_rows, low], mask=~held),
        f"{name}_high": pa.array(found.values[:n_rows, high], mask=~held),
    }
