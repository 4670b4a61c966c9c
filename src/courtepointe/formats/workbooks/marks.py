"""What a cell says in place of a value: ``n/d``, ``s.o.``, ``-``, ``#N/A``, each told apart."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from courtepointe.formats.letters import folded
from courtepointe.formats.workbooks.values import CellStatus, Value

LONGEST_MARK = 16
_NEVER_IN_A_MARK = re.compile(r"[\d@]")


@cache
def words() -> Mapping[str, Any]:
    """Read ``words.toml``."""
    text = Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _marks() -> Mapping[str, tuple[CellStatus, bool]]:
    """Give each mark's status, and whether it is sure."""
    return {
        word: (CellStatus(status), sure)
        for status, lists in words()["marks"].items()
        for sure in (False, True)
        for word in lists["sure" if sure else "also"]
    }


def status_of(value: Value, *, free_text: bool = True) -> CellStatus:
    """Tell what a cell says.

    Parameters
    ----------
    value : Value
    free_text : bool
        Whether the column holds names and sentences: then ``Na`` or ``ND`` may be one of them, and
        only marks that nobody is called by count, such as ``n/d``.
    """
    if value is None:
        return CellStatus.EMPTY
    if not isinstance(value, str) or len(value) > LONGEST_MARK:
        return CellStatus.VALUE
    text = value.strip()
    if not text:
        return CellStatus.EMPTY
    if (text.startswith("Err:") and text[4:].isdigit()) or (len(text) > 2 and not text.strip("#")):
        return CellStatus.ERROR
    if _NEVER_IN_A_MARK.search(text):
        return CellStatus.VALUE
    marks = _marks()
    status, sure = marks.get(text) or marks.get(folded(text), (CellStatus.VALUE, True))
    return CellStatus.VALUE if free_text and not sure else status
