"""The inner loop of the reader: bytes in, arrays out, compiled, without the interpreter's lock.

One pass over whole lines. Every line has its fields counted and its quotes checked; the lines of
wanted characteristics and geographies also have their numbers and symbols read. A slow and
obvious twin, on Python's ``csv`` module, stands in the tests.

All compiled functions of the pass are in this one file, because the compiler's cache on disk only
watches the file of the function that is called: a change elsewhere would go unnoticed.
"""

from __future__ import annotations

import numba
import numpy as np

from courtepointe.core.typing import AnyArray
from courtepointe.formats.census_profile.shape import Found, Line, Shape

compiled = numba.njit(cache=True, nogil=True)

FINE, FIELD_COUNT, OPEN_QUOTE, STRAY_QUOTE = 0, 1, 2, 3
NOT_A_NUMBER, BAD_SYMBOL, BAD_ID, NO_GEOGRAPHY = 4, 5, 6, 7
"""How a scan ended: well, or at the first line that cannot be read."""
MORE, BLANK = -1, -2
"""How a line was left: with fields still to cut, or because there is nothing on it."""

QUOTE, RETURN, NEWLINE, SPACE = 34, 13, 10, 32
UNKNOWN = 255
_TENS = np.array([10.0**n for n in range(23)])


@compiled
def _trimmed(text: AnyArray, start: int, end: int) -> tuple[int, int]:
    """Give the bounds of a field without the spaces around it."""
    while start < end and text[start] == SPACE:
        start += 1
    while start < end and text[end - 1] == SPACE:
        end -= 1
    return start, end


@compiled
def read_number(text: AnyArray, start: int, end: int) -> tuple[bool, float]:
    """Read a decimal number: ``(is_one, value)``; exactly rounded up to 15 digits."""
    at, negative = start, False
    if at < end and (text[at] == 45 or text[at] == 43):
        negative = text[at] == 45
        at += 1
    digits, scale, seen = np.int64(0), 0, 0
    point = False
    while at < end:
        byte = text[at]
        if 48 <= byte <= 57 and seen < 18:
            digits = digits * 10 + (byte - 48)
            seen += 1
            scale -= point
        elif byte == 46 and not point:
            point = True
        else:
            break
        at += 1
    sane, power = _exponent(text, at, end)
    scale += power
    if seen == 0 or not sane or scale < -22 or scale > 22:
        return False, 0.0
    value = digits / _TENS[-scale] if scale < 0 else digits * _TENS[scale]
    return True, -value if negative else value


@compiled
def _exponent(text: AnyArray, at: int, end: int) -> tuple[bool, int]:
    """Read ``E+05`` to the end of the field: ``(is_one_or_nothing, power)``."""
    if at == end:
        return True, 0
    if text[at] != 69 and text[at] != 101:
        return False, 0
    at += 1
    sign = 1
    if at < end and (text[at] == 45 or text[at] == 43):
        sign = -1 if text[at] == 45 else 1
        at += 1
    if at == end or end - at > 3:
        return False, 0
    power = 0
    while at < end:
        if text[at] < 48 or text[at] > 57:
            return False, 0
        power = power * 10 + (text[at] - 48)
        at += 1
    return True, sign * power


@compiled
def symbol_code(text: AnyArray, start: int, end: int) -> int:
    """Give the place of a symbol in ``symbols.SYMBOLS``, or ``UNKNOWN``."""
    length = end - start
    if length == 0:
        return 0
    first = text[start]
    if length == 1:
        for place, byte in ((1, 120), (2, 70), (3, 69), (6, 46), (7, 114), (9, 112), (5, 133)):
            if first == byte:
                return place
        return UNKNOWN
    second = text[start + 1]
    if length == 2:
        if first == 46 and second == 46:
            return 4
        if (first == 114 and second == 69) or (first == 69 and second == 114):
            return 8
        return 10 if first == 48 and second == 115 else UNKNOWN
    third = text[start + 2]
    dots = first == 46 and second == 46 and third == 46
    ellipsis = first == 226 and second == 128 and third == 166
    return 5 if length == 3 and (dots or ellipsis) else UNKNOWN


@compiled
def _skip_quoted(text: AnyArray, at: int) -> int:
    """Go from after an opening quote to its closing one; -1 where the line ends before it."""
    while at < text.size:
        byte = text[at]
        if byte == QUOTE:
            if at + 1 < text.size and text[at + 1] == QUOTE:
                at += 1
            else:
                return at
        elif byte == NEWLINE:
            return -1
        at += 1
    return -1


@compiled
def _cut_fields(
    text: AnyArray, at: int, separator: int, starts: AnyArray, ends: AnyArray, first: int, last: int
) -> tuple[int, int, int]:
    """Cut fields ``first`` to ``last`` of a line from ``at``: ``(fields so far, next, how)``.

    ``next`` stands after the line's newline, or after the separator when fields remain.
    """
    n_fields = first
    while True:
        if at < text.size and text[at] == QUOTE:
            starts[n_fields] = at + 1
            at = _skip_quoted(text, at + 1)
            if at < 0:
                return n_fields, at, OPEN_QUOTE
            ends[n_fields] = at
            at += 1
            if at < text.size and text[at] == RETURN:
                at += 1
            if at < text.size and text[at] != separator and text[at] != NEWLINE:
                return n_fields, at, STRAY_QUOTE
        else:
            starts[n_fields] = at
            while at < text.size and text[at] != separator and text[at] != NEWLINE:
                at += 1
            stop = at
            if (at == text.size or text[at] == NEWLINE) and stop > starts[n_fields]:
                stop -= text[stop - 1] == RETURN
            ends[n_fields] = stop
        n_fields += 1
        if at >= text.size or text[at] == NEWLINE:
            return n_fields, at + 1, FINE
        at += 1
        if n_fields == last:
            return n_fields, at, MORE


@compiled
def _count_fields(text: AnyArray, at: int, separator: int) -> tuple[int, int, int]:
    """Count the fields left on a line, from after a separator: ``(fields, next, how)``."""
    n_fields, quoted = 1, False
    while at < text.size:
        byte = text[at]
        at += 1
        if byte == QUOTE:
            quoted = not quoted
        elif byte == separator:
            n_fields += not quoted
        elif byte == NEWLINE:
            return n_fields, at, OPEN_QUOTE if quoted else FINE
    return n_fields, at, OPEN_QUOTE if quoted else FINE


@compiled
def _after_blank(text: AnyArray, at: int, separator: int) -> int:
    """Pass a line of nothing but separators, quotes and spaces; -1 where there is something."""
    while at < text.size and text[at] != NEWLINE:
        byte = text[at]
        if byte != separator and byte != QUOTE and byte != SPACE and byte != RETURN:
            return -1
        at += 1
    return at + 1


@compiled
def _read_id(text: AnyArray, start: int, end: int) -> int:
    """Read a characteristic's id; -1 where it is none."""
    start, end = _trimmed(text, start, end)
    if start == end or end - start > 5:
        return -1
    number = 0
    while start < end:
        if text[start] < 48 or text[start] > 57:
            return -1
        number = number * 10 + (text[start] - 48)
        start += 1
    return number


@compiled
def _starts_with_one(
    text: AnyArray, start: int, end: int, prefixes: AnyArray, lengths: AnyArray
) -> bool:
    """Tell whether a field starts with one of the prefixes; with none given, any field does."""
    if lengths.size == 0:
        return True
    for which in range(lengths.size):
        length = lengths[which]
        if length <= end - start:
            at = 0
            while at < length and text[start + at] == prefixes[which, at]:
                at += 1
            if at == length:
                return True
    return False


@compiled
def _same_geography(
    text: AnyArray, starts: AnyArray, ends: AnyArray, columns: AnyArray, bounds: AnyArray
) -> bool:
    """Compare a line's geography with that of the line before, byte by byte."""
    for which in range(columns.size):
        start, length = starts[columns[which]], ends[columns[which]] - starts[columns[which]]
        former = bounds[which, 0]
        if bounds[which, 1] - former != length:
            return False
        for at in range(length):
            if text[start + at] != text[former + at]:
                return False
    return True


@compiled
def _read_cells(
    text: AnyArray,
    starts: AnyArray,
    ends: AnyArray,
    columns: AnyArray,
    values: AnyArray,
    symbols: AnyArray,
) -> tuple[int, int]:
    """Read a line's values and symbols: ``(how, column)`` of the first that cannot be."""
    for which in range(columns.size):
        column = columns[which]
        start, end = _trimmed(text, starts[column], ends[column])
        values[which] = np.nan
        if start < end:
            is_one, value = read_number(text, start, end)
            if not is_one:
                return NOT_A_NUMBER, column
            values[which] = value
        code = 0
        if starts[column + 1] < ends[column + 1]:
            start, end = _trimmed(text, starts[column + 1], ends[column + 1])
            code = symbol_code(text, start, end)
        if code == UNKNOWN:
            return BAD_SYMBOL, column + 1
        symbols[which] = code
    return FINE, -1


@compiled
def _note_geography(
    text: AnyArray,
    starts: AnyArray,
    ends: AnyArray,
    columns: AnyArray,
    bounds: AnyArray,
    n_runs: int,
) -> int:
    """Continue the run of the line before, or begin another; give the number of runs."""
    if n_runs and _same_geography(text, starts, ends, columns, bounds[n_runs - 1]):
        return n_runs
    for which in range(columns.size):
        bounds[n_runs, which, 0] = starts[columns[which]]
        bounds[n_runs, which, 1] = ends[columns[which]]
    return n_runs + 1


@compiled
def _read_head(
    text: AnyArray, begin: int, line: Line, starts: AnyArray, ends: AnyArray
) -> tuple[int, int, int, int]:
    """Cut a line up to the fields that tell whether it is wanted: ``(next, id, how, column)``."""
    n_fields, at, how = _cut_fields(text, begin, line.separator, starts, ends, 0, line.n_head)
    number, column = -1, n_fields
    if how == MORE:
        column = line.id_column
        number = _read_id(text, starts[column], ends[column])
        how = FINE if number >= 0 else BAD_ID
    elif how == FINE:
        how = FIELD_COUNT
    if how != FINE:
        after = _after_blank(text, begin, line.separator)
        if after >= 0:
            return after, -1, BLANK, -1
    return at, number, how, column


@compiled
def _pass_rest(text: AnyArray, at: int, line: Line) -> tuple[int, int, int]:
    """Count the fields left on a line that is not wanted: ``(next, how, fields found)``."""
    more, at, how = _count_fields(text, at, line.separator)
    n_fields = line.n_head + more
    if how == FINE and n_fields != line.n_columns:
        how = FIELD_COUNT
    return at, how, n_fields


@compiled
def _cut_rest(
    text: AnyArray, at: int, line: Line, starts: AnyArray, ends: AnyArray
) -> tuple[int, int, int]:
    """Cut the fields left on a line: ``(next, how, column)``, or the fields found as column."""
    n_fields, how = line.n_head, FINE
    if n_fields < line.n_columns:
        n_fields, at, how = _cut_fields(
            text, at, line.separator, starts, ends, n_fields, line.n_columns
        )
    if how == MORE:
        more, at, how = _count_fields(text, at, line.separator)
        n_fields += more
    if how == FINE and n_fields != line.n_columns:
        how = FIELD_COUNT
    dguid = line.dguid_column
    if how == FINE and starts[dguid] == ends[dguid]:
        return at, NO_GEOGRAPHY, dguid
    return at, how, n_fields


@compiled
def scan_lines(
    text: AnyArray, shape: Shape, found: Found
) -> tuple[int, int, int, int, int, int, int]:
    """Read whole lines into arrays.

    Parameters
    ----------
    text : (n,) uint8
        Whole lines; the last may lack its newline.
    shape : Shape
    found : Found
        Written, as far as the numbers returned tell.

    Returns
    -------
    tuple of int
        ``(rows, runs, lines, how, column, start, stop)``. Where ``how`` is not ``FINE``, line
        ``lines`` cannot be read, and ``text[start:stop]`` is the field in question; for
        ``FIELD_COUNT``, ``column`` is the number of fields found.
    """
    # Arrays are taken out of their tuples here: passed inside them, each line would pay for
    # counting their references.
    wanted, prefixes, lengths = shape.wanted, shape.prefixes, shape.lengths
    geo_columns, value_columns = shape.geo_columns, shape.value_columns
    values, symbols, bounds = found.values, found.symbols, found.bounds
    ids, lines, runs = found.ids, found.lines, found.runs
    line, dguid = shape.line, shape.line.dguid_column
    starts = np.zeros(line.n_columns, np.int64)
    ends = np.zeros(line.n_columns, np.int64)
    n_rows, n_runs, n_lines, at, how, column = 0, 0, 0, 0, FINE, -1
    while at < text.size and how == FINE:
        begin = at
        n_lines += 1
        at, number, how, column = _read_head(text, begin, line, starts, ends)
        if how == BLANK:
            how = FINE
        elif how == FINE and not (
            wanted[number] and _starts_with_one(text, starts[dguid], ends[dguid], prefixes, lengths)
        ):
            at, how, column = _pass_rest(text, at, line)
        elif how == FINE:
            at, how, column = _cut_rest(text, at, line, starts, ends)
            if how == FINE:
                how, column = _read_cells(
                    text, starts, ends, value_columns, values[n_rows], symbols[n_rows]
                )
            if how == FINE:
                n_runs = _note_geography(text, starts, ends, geo_columns, bounds, n_runs)
                ids[n_rows], lines[n_rows], runs[n_rows] = number, n_lines, n_runs - 1
                n_rows += 1
    if how in (FINE, FIELD_COUNT, OPEN_QUOTE) or column >= line.n_columns:
        return n_rows, n_runs, n_lines, how, column, 0, 0
    return n_rows, n_runs, n_lines, how, column, starts[column], ends[column]
