"""Labels made comparable: a file saved again elsewhere has other spaces, quotes and capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """Keep the words of a label only, in lower case.

    Notes
    -----
    A narrow no-break space that a Windows encoding could not hold, a straight apostrophe for a
    curly one, the stars of bold text: none of them tells two labels apart.
    """
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def parted_labels(text: str, labels: Mapping[str, str]) -> tuple[str, ...] | None:
    """Part a text into labels that stand behind each other with spaces between.

    Parameters
    ----------
    text : str
        « Eau potable Toilettes ».
    labels : mapping of folded label -> name

    Returns
    -------
    tuple of str or None
        Names in the text's order; None where it cannot be parted, or in several ways.
    """
    words = folded(text).split()
    known = [(label.split(), name) for label, name in labels.items() if label]
    # ways[n]: how the first n words may be parted, two ways at most.
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in words)]
    for end in range(1, len(words) + 1):
        for label, name in known:
            start = end - len(label)
            if start >= 0 and words[start:end] == label:
                ways[end] += [(*before, name) for before in ways[start]]
        ways[end] = _different(ways[end])[:2]
    found = ways[-1]
    return found[0] if len(found) == 1 and words else None


def _different(ways: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return list({frozenset(way): way for way in ways}.values())
