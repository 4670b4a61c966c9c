"""Statistics Canada's symbols, and what each makes of the value it stands beside."""

from __future__ import annotations

from enum import IntFlag, StrEnum

import numpy as np

from courtepointe.core.typing import AnyArray


class CellStatus(StrEnum):
    """Why a cell has a value or has none; the atlas uses the same words."""

    PUBLISHED = "published"
    SUPPRESSED = "suppressed"
    UNRELIABLE = "unreliable"
    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"


class CellFlag(IntFlag):
    """What to know about a value that stands."""

    USE_WITH_CAUTION = 1
    REVISED = 2
    PRELIMINARY = 4
    ROUNDED_TO_ZERO = 8


STATUSES = tuple(CellStatus)
SYMBOLS = ("", "x", "F", "E", "..", "...", ".", "r", "rE", "p", "0s")
"""The place of a symbol here is its code in arrays; ``Er`` reads as ``rE``, ``…`` as ``...``."""
UNKNOWN_SYMBOL = 255

_MEANING = {
    "": (CellStatus.PUBLISHED, CellFlag(0)),
    "x": (CellStatus.SUPPRESSED, CellFlag(0)),
    "F": (CellStatus.UNRELIABLE, CellFlag(0)),
    "E": (CellStatus.PUBLISHED, CellFlag.USE_WITH_CAUTION),
    "..": (CellStatus.NOT_AVAILABLE, CellFlag(0)),
    "...": (CellStatus.NOT_APPLICABLE, CellFlag(0)),
    ".": (CellStatus.NOT_AVAILABLE, CellFlag(0)),
    "r": (CellStatus.PUBLISHED, CellFlag.REVISED),
    "rE": (CellStatus.PUBLISHED, CellFlag.REVISED | CellFlag.USE_WITH_CAUTION),
    "p": (CellStatus.PUBLISHED, CellFlag.PRELIMINARY),
    "0s": (CellStatus.PUBLISHED, CellFlag.ROUNDED_TO_ZERO),
}


def meaning_of(symbol: str, *, has_value: bool) -> tuple[CellStatus, CellFlag]:
    """Tell the status and the flags of a cell; a value that is not there is not available.

    ``0s`` says the value itself: zero, after rounding.
    """
    status, flags = _MEANING[symbol]
    if status is CellStatus.PUBLISHED and not has_value and symbol != "0s":
        return CellStatus.NOT_AVAILABLE, CellFlag(0)
    return status, flags


def _tables() -> tuple[AnyArray, AnyArray]:
    cells = [meaning_of(s, has_value=has) for s in SYMBOLS for has in (False, True)]
    statuses = np.array([STATUSES.index(status) for status, _ in cells], dtype=np.int8)
    return statuses, np.array([int(flags) for _, flags in cells], dtype=np.uint8)


STATUS_TABLE, FLAG_TABLE = _tables()
"""(2 x n_symbols,): entry ``2 * code + has_value``, a place in ``STATUSES`` and the flags."""


def symbol_of(status: CellStatus, flags: CellFlag) -> str:
    """Give the symbol that a publisher would write for a status and its flags."""
    for symbol, meaning in _MEANING.items():
        if meaning == (status, flags):
            return symbol
    raise KeyError((status, flags))


def symbol_codes(statuses: AnyArray, flags: AnyArray) -> AnyArray:
    """Give the codes of symbols for arrays of statuses and flags.

    Parameters
    ----------
    statuses : (n,) str
    flags : (n,) uint8
    """
    codes = np.zeros(len(statuses), dtype=np.uint8)
    for status in STATUSES:
        of_status = statuses == str(status)
        for flag in np.unique(flags[of_status]).tolist():
            symbol = symbol_of(status, CellFlag(flag))
            codes[of_status & (flags == flag)] = SYMBOLS.index(symbol)
    return codes
