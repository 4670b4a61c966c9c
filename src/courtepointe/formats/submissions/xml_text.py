"""One submission as a telephone writes it: an XML instance (OpenRosa)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions.raw import RawNode, Source

SEALED = "base64EncryptedKey"
DEEPEST = 24


def read_xml(content: bytes, *, file: str, repeats: frozenset[str] = frozenset()) -> Source:
    """Read one instance.

    Parameters
    ----------
    content : bytes
    file : str
        For messages.
    repeats : frozenset of str
        Addresses of the form's repeats. What stands several times is one in any case.

    Raises
    ------
    BadInput
        ``submission_xml``, ``submission_sealed``, ``submission_shape``.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BadInput("submission_xml", file=file, detail=str(error)[:200]) from error
    if any(_plain(one.tag) == SEALED for one in root):
        raise BadInput("submission_sealed", file=file, row=1)
    attributes = {f"@{_plain(name)}": told for name, told in root.attrib.items()}
    node = _node(root, file, 1, "", repeats, DEEPEST)
    node.cells = {**attributes, **node.cells}
    return Source((node,))


def _plain(tag: Any) -> str:
    """Leave the namespace out of a name."""
    return str(tag).rpartition("}")[2]


def _node(
    element: Element, file: str, row: int | str, above: str, repeats: frozenset[str], left: int
) -> RawNode:
    """Read the form, or a turn of the repeat whose address is `above`."""
    if left == 0:
        raise BadInput("submission_shape", file=file, row=row)
    cells: dict[str, Any] = {}
    node = RawNode(cells, file, row)
    for path, inner, is_turn in _flat(element, above, repeats, left):
        if is_turn:
            turns = node.repeats.setdefault(path, [])
            place = f"{row}.{path}[{len(turns) + 1}]"
            turns.append(_node(inner, file, place, path, repeats, left - 1))
        else:
            cells[path.removeprefix(f"{above}/") if above else path] = inner.text or ""
    return node


def _flat(
    element: Element, above: str, repeats: frozenset[str], left: int
) -> Iterator[tuple[str, Element, bool]]:
    """Give questions and turns, by their whole addresses, whatever groups they stand in."""
    times = Counter(_plain(one.tag) for one in element)
    for inner in element:
        name = _plain(inner.tag)
        path = f"{above}/{name}" if above else name
        if path in repeats or times[name] > 1:
            yield path, inner, True
        elif len(inner) and left:
            yield from _flat(inner, path, repeats, left - 1)
        else:
            yield path, inner, False
