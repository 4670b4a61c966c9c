"""How large a person's workbook may be: a few thousand bytes can claim billions of cells."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.core.errors import BadInput
from courtepointe.formats.archives import MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read.

    Attributes
    ----------
    file_bytes : int, bytes
        Of the file as it comes.
    unpacked_bytes : int, bytes
        Of all that is packed in it.
    cells : int
        Of one sheet, from its first row and column to its last that hold something.
    rows, columns : int
        Of one sheet; no spreadsheet holds more rows than that.
    """

    file_bytes: int = 64 * MEGABYTE
    unpacked_bytes: int = 500 * MEGABYTE
    cells: int = 6_000_000
    rows: int = 1_048_576
    columns: int = 2_000


LIMITS = Limits()


def check_extent(
    n_rows: int, n_columns: int, *, file: str, sheet: str, limits: Limits = LIMITS
) -> None:
    """Refuse a sheet that reaches too far.

    Raises
    ------
    BadInput
        ``workbook_too_wide`` naming the sheet, its size and the limit.
    """
    too_long = n_rows > limits.rows or n_rows * n_columns > limits.cells
    if too_long or n_columns > limits.columns:
        raise BadInput(
            "workbook_too_wide", file=file, sheet=sheet or "—", found=n_rows, columns=n_columns,
            limit=limits.cells,
        )  # fmt: skip
