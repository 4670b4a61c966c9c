"""Lines of a plain text file, and the numbers in them, each fault with its row."""

from __future__ import annotations

import math
from pathlib import Path

from courtepointe.core.errors import BadInput


def text_lines(path: Path) -> list[tuple[int, str]]:
    """Give the lines of a file, numbered from 1.

    Raises
    ------
    BadInput
        ``siting_file_missing``, ``siting_file_value`` where it is no text.
    """
    try:
        text = path.read_text(encoding="ascii")
    except OSError as error:
        raise BadInput("siting_file_missing", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise BadInput(
            "siting_file_value", file=path.name, row=1, value="…", expected="ASCII"
        ) from error
    return list(enumerate(text.splitlines(), start=1))


def whole_number(told: str, *, file: str, row: int, least: int, most: int) -> int:
    """Read a whole number between two.

    Raises
    ------
    BadInput
        ``siting_file_value``.
    """
    if told.isdecimal() and least <= int(told) <= most:
        return int(told)
    raise BadInput("siting_file_value", file=file, row=row, value=told, expected=f"{least}..{most}")


def number(told: str, *, file: str, row: int, least: float = -math.inf) -> float:
    """Read a number that is known and not under ``least``.

    Raises
    ------
    BadInput
        ``siting_file_value``.
    """
    try:
        value = float(told)
    except ValueError:
        value = math.nan
    if math.isfinite(value) and value >= least:
        return value
    expected = "1.5" if least == -math.inf else f">= {least:g}"
    raise BadInput("siting_file_value", file=file, row=row, value=told, expected=expected)
