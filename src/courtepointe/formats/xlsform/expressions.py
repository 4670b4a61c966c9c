"""What can be said of an expression without running it: its parentheses, quotes and names."""

from __future__ import annotations

import re
from collections.abc import Iterator

REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")


def references(expression: str) -> Iterator[str]:
    """Give the names between ``${`` and ``}``."""
    for found in REFERENCE.finditer(expression):
        yield found[1]


def is_balanced(expression: str) -> bool:
    """Tell whether quotes are closed and parentheses, brackets and braces match.

    Parameters
    ----------
    expression : str
        XPath; what stands between quotes does not count.
    """
    bare = TEXT.sub("", expression)
    if "'" in bare or '"' in bare:
        return False
    awaited: list[str] = []
    for letter in bare:
        if letter in "([{":
            awaited.append(")]}"["([{".index(letter)])
        elif letter in ")]}" and (not awaited or awaited.pop() != letter):
            return False
    return not awaited
