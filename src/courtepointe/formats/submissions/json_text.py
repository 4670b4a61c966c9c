"""JSON of submissions: that of ODK (OData), that of Kobo, or a list of either."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.formats.submissions.raw import RawNode, Source

LISTS = ("value", "results", "data")
MARKS = ("__id", "_uuid", "meta/instanceID", "instanceID")
ELSEWHERE = "@odata.navigationLink"
POINT_LIKE = frozenset({"type", "coordinates"})
DEEPEST = 12


def read_json(content: bytes, *, file: str) -> Source:
    """Read submissions from JSON.

    Parameters
    ----------
    content : bytes
        UTF-8, with or without a byte-order mark: an OData answer, an answer or an export of Kobo,
        a list, or one submission.
    file : str
        For messages.

    Raises
    ------
    BadInput
        ``json_broken``, ``submission_shape``.
    """
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadInput("json_broken", file=file, detail=str(error)[:200]) from error
    nodes = []
    for row, thing in enumerate(_list(told, file), start=1):
        if not isinstance(thing, dict):
            raise BadInput("submission_shape", file=file, row=row)
        nodes.append(_node(thing, file, row, "", DEEPEST))
    return Source(tuple(nodes))


def _list(told: Any, file: str) -> list[Any]:
    """Find the list of submissions."""
    if isinstance(told, list):
        return told
    if isinstance(told, dict):
        for name in LISTS:
            if isinstance(told.get(name), list):
                return list(told[name])
        if any(mark in told for mark in MARKS):
            return [told]
    raise BadInput("submission_shape", file=file, row=1)


def _node(thing: Mapping[str, Any], file: str, row: int | str, above: str, left: int) -> RawNode:
    """Read a submission, or a turn of the repeat whose address is `above`."""
    if left == 0:
        raise BadInput("submission_shape", file=file, row=row)
    cells: dict[str, Any] = {}
    node = RawNode(cells, file, row)
    elsewhere: list[str] = []
    empty: set[str] = set()
    for path, held in _flat(thing, ""):
        # Kobo writes the whole address of a question, also inside a repeat.
        name = path.removeprefix(f"{above}/") if above else path
        if path.endswith(ELSEWHERE):
            elsewhere.append(name.removesuffix(ELSEWHERE))
        elif held == []:
            empty.add(name)
        elif _is_turns(path, held):
            address = f"{above}/{name}" if above else name
            node.repeats[address] = [
                _node(one, file, f"{row}.{name}[{n}]", address, left - 1) for n, one in enumerate(held, 1)
            ]  # fmt: skip
        else:
            cells[name] = held
    # With the turns beside it, even where there are none, the link to them says nothing.
    here = {*empty, *(path.removeprefix(f"{above}/") for path in node.repeats)}
    node.elsewhere = tuple(one for one in elsewhere if one not in here)
    return node


def _is_turns(path: str, held: Any) -> bool:
    turns = isinstance(held, list) and all(isinstance(one, dict) for one in held)
    return turns and not path.startswith("_")


def _flat(thing: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    """Give what stands in groups under whole addresses; a point is one thing."""
    for key, held in thing.items():
        path = f"{before}{key}"
        if (
            isinstance(held, dict)
            and not held.keys() >= POINT_LIKE
            and not key.startswith("_validation")
        ):
            yield from _flat(held, f"{path}/")  # fmt: skip
        else:
            yield path, held
