"""Text to numbers, with a status for every cell and no guess where a mark is ambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from courtepointe.core.errors import BadInput
from courtepointe.core.typing import Floats
from courtepointe.formats.tables.values import Table

PUBLISHED = "published"
NOT_AVAILABLE = "not_available"
NO_MEANINGS: Mapping[str, str] = {}

SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
PLAIN_WHOLE = rf"^(?:{PLAIN.pattern})$"
GROUPED_BY_SPACE = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?")
WITH_COMMA = re.compile(r"[+-]?\d+(?:,\d+)+(?:\.\d+)?(?:[eE][+-]?\d+)?")
GROUPED_BY_COMMA = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column as numbers.

    Attributes
    ----------
    values : (n_rows,) float
        NaN exactly where `status` is not ``published``.
    status : (n_rows,) str
        ``published``, or what the cell's symbol stands for.
    """

    values: Floats
    status: NDArray[np.str_]

    def __post_init__(self) -> None:
        if not np.array_equal(np.isfinite(self.values), self.status == PUBLISHED):
            raise ValueError("a number is published exactly where it is finite")


def to_numbers(
    table: Table,
    column: str,
    *,
    symbols: Mapping[str, str] | None = None,
    decimal: str | None = None,
) -> Numbers:
    """Read a column as numbers; every cell that is none must be a declared symbol.

    Parameters
    ----------
    table : Table
    column : str
    symbols : mapping of cell text -> status, optional
        An empty cell is ``not_available`` unless it is declared otherwise.
    decimal : str, optional
        ``","`` or ``"."``; else told by the column's own cells.

    Returns
    -------
    Numbers

    Raises
    ------
    BadInput
        ``unknown_column``, ``not_a_number``, ``ambiguous_number``: naming row and value.

    Notes
    -----
    Thousands may be grouped by spaces (also thin and no-break ones) or, where the decimal mark
    is a dot, by commas. ``1,234`` alone may be either 1.234 or 1234: it is refused unless another
    cell of the column, or `decimal`, tells which.
    """
    meanings = {"": NOT_AVAILABLE, **(symbols or {})}
    cells = table.column(column)
    if not _is_text(cells.type):
        return _typed_numbers(table, column, meanings)
    quick = _plain_numbers(cells)
    if quick is not None and not any(_looks_plain(symbol) for symbol in meanings):
        return Numbers(quick, np.full(len(quick), PUBLISHED))
    coded = cells.combine_chunks().dictionary_encode()
    distinct = [(text or "").strip() for text in coded.dictionary.to_pylist()]
    places = coded.indices.fill_null(len(distinct)).to_numpy(zero_copy_only=False)
    distinct.append("")
    parsed = _parse_all(distinct, meanings, decimal or decimal_mark(distinct, meanings))
    values = np.array([value for value, _ in parsed], dtype=np.float64)[places]
    status = np.array([status or "" for _, status in parsed])[places]
    wrong = np.flatnonzero(status == "")
    if wrong.size:
        _refuse(table, column, distinct[places[wrong[0]]], int(wrong[0]), meanings)
    return Numbers(values, status)


def _looks_plain(text: str) -> bool:
    return PLAIN.fullmatch(text) is not None


def _plain_numbers(cells: Any) -> Floats | None:
    """Read a column without symbols, commas or spaces in one go; None where it has any."""
    if cells.null_count or not pc.all(pc.match_substring_regex(cells, PLAIN_WHOLE)).as_py():
        return None
    values = pc.cast(pc.utf8_ltrim(cells, characters="+"), pa.float64())
    found = values.to_numpy(zero_copy_only=False)
    return found if np.isfinite(found).all() else None


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _typed_numbers(table: Table, column: str, meanings: Mapping[str, str]) -> Numbers:
    """Take a column that is numeric already; null and NaN are empty cells."""
    cells = table.column(column)
    try:
        values = cells.cast(pa.float64()).to_numpy(zero_copy_only=False)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise BadInput(
            "not_a_number", file=table.file, row=1, column=column, value=str(cells.type),
            expected="int64, double",
        ) from error  # fmt: skip
    values = np.where(np.isfinite(values), values, np.nan)
    return Numbers(values, np.where(np.isnan(values), meanings[""], PUBLISHED))


def decimal_mark(texts: Iterable[str], meanings: Mapping[str, str] = NO_MEANINGS) -> str | None:
    """Tell the decimal mark by the cells that can be read in one way only.

    Returns
    -------
    ``","``, ``"."`` or None where no cell tells, or where cells contradict each other.
    """
    comma = dot = False
    for text in texts:
        if text in meanings:
            continue
        number = text.translate(SPACES).translate(MINUS)
        if "," in number:
            only_grouped = number.count(",") > 1 or "." in number
            dot = dot or (only_grouped and bool(GROUPED_BY_COMMA.fullmatch(number)))
            comma = comma or not GROUPED_BY_COMMA.fullmatch(number)
        elif "." in number:
            dot = dot or bool(PLAIN.fullmatch(number))
    return None if comma == dot else ("," if comma else ".")


def _parse_all(
    texts: Iterable[str], meanings: Mapping[str, str], decimal: str | None
) -> list[tuple[float, str | None]]:
    return [_parse(text, meanings, decimal) for text in texts]


def _parse(text: str, meanings: Mapping[str, str], decimal: str | None) -> tuple[float, str | None]:
    """Give a value and its status; no status where the text is neither number nor symbol."""
    if text in meanings:
        return np.nan, meanings[text]
    value = number_in(text, decimal=decimal)
    return (np.nan, None) if value is None else (value, PUBLISHED)


def number_in(text: str, *, decimal: str | None = None) -> float | None:
    """Read one text as a number; None where it is none, or where its comma may be two things.

    Parameters
    ----------
    text : str
        Without blanks around it; thousands may be grouped, as `to_numbers` says.
    decimal : str, optional
        ``","`` or ``"."``: what the commas of its column are, see `decimal_mark`.
    """
    number = text.translate(MINUS)
    if GROUPED_BY_SPACE.fullmatch(number):
        number = number.translate(SPACES)
    if "," in number:
        number = _without_comma(number, decimal)
    if not PLAIN.fullmatch(number):
        return None
    value = float(number)
    return value if np.isfinite(value) else None


def _without_comma(number: str, decimal: str | None) -> str:
    """Write a number with commas plainly; unchanged, so no number, where it cannot be."""
    if decimal == "," and number.count(",") == 1 and "." not in number:
        return number.replace(",", ".")
    if decimal == "." and GROUPED_BY_COMMA.fullmatch(number):
        return number.replace(",", "")
    return number


def _refuse(table: Table, column: str, text: str, place: int, meanings: Mapping[str, str]) -> None:
    symbols = ", ".join(repr(symbol) for symbol in meanings)
    code = "ambiguous_number" if WITH_COMMA.fullmatch(text) else "not_a_number"
    facts = {"file": table.file, "row": int(table.row_numbers[place]), "column": column}
    if code == "ambiguous_number":
        raise BadInput("ambiguous_number", value=text, **facts)
    raise BadInput("not_a_number", value=text, expected=symbols, **facts)
