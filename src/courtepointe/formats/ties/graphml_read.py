"""GraphML as Gephi, yEd, igraph and networkx write it, read without following any link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from courtepointe.core.errors import BadInput
from courtepointe.formats.archives import MEGABYTE, check_file
from courtepointe.formats.graphml import children, graph_in, name_of
from courtepointe.formats.ties.gathered import (
    ORGANISATION_FIELDS,
    TIE_FIELDS,
    Cells,
    Faults,
    organisations_of,
    roll_of,
    ties_of,
)
from courtepointe.formats.ties.values import Organisation, Read, Survey
from courtepointe.formats.ties.vocabulary import cleaned, vocabulary

LIMIT_BYTES = 200 * MEGABYTE
DRAWN_LABEL = "NodeLabel"
"""Where yEd writes the name of a node that has no data of its own."""
KIND, FREQUENCY, TRUST = TIE_FIELDS[2:]


def read_graphml(path: Path) -> Read:
    """Read organisations and ties from a GraphML file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Read
        The name of a node is its data *name* or *label*, else what yEd writes on it, else its
        id. A tie without direction is one each way. Data that we have no field for, among it the *weight* that
        programs write everywhere, are ignored and named. Or every fault, as of `read_ties`, a row
        being the node or the edge by its id.

    Raises
    ------
    BadInput
        As `check_file`; as `graph_in`.
    """
    check_file(path, limit_bytes=LIMIT_BYTES)
    return graphml_of(path.read_bytes(), file=path.name)


def graphml_of(content: bytes, *, file: str) -> Read:
    """Read GraphML from bytes; see `read_graphml`."""
    root, graph = graph_in(content, file=file)
    keys = _keys(root)
    faults = Faults(file)
    nodes = [_Node.of(one, keys) for one in children(graph, "node")]
    rows = [(node.place, node.cells) for node in nodes]
    organisations = organisations_of(rows, faults, vocabulary())
    if faults.found:
        return Read(None, tuple(faults.found), ignored=_ignored(keys))
    code_of = {node.id: one.code for node, one in zip(nodes, organisations, strict=True)}
    ties, repeated = ties_of(
        _edges(graph, keys, code_of, faults), roll_of(_plain(organisations)), faults, vocabulary()
    )
    if faults.found:
        return Read(None, tuple(faults.found), ignored=_ignored(keys))
    return Read(Survey(organisations, ties), n_repeated=repeated, ignored=_ignored(keys))


def _plain(organisations: tuple[Organisation, ...]) -> Iterator[Organisation]:
    """Let codes alone say who is meant: an edge never goes by a name."""
    return (Organisation(one.code, one.code) for one in organisations)


@dataclass(frozen=True, slots=True)
class _Key:
    """What a key's data are: their field, None where we have none; their value where none is given."""

    name: str
    field: str | None
    default: str


def _keys(root: Element) -> dict[tuple[str, str], _Key]:
    """Give the keys of nodes and of edges, by what they are for and their id."""
    words, found = vocabulary(), {}
    for key in children(root, "key"):
        name = key.get("attr.name") or key.get("id") or ""
        default = next((_text(one) for one in children(key, "default")), "")
        for what, fields in (("node", ORGANISATION_FIELDS), ("edge", (KIND, FREQUENCY, TRUST))):
            if key.get("for", "all") in (what, "all"):
                found[what, key.get("id", "")] = _Key(name, words.field_of(name, fields), default)
    return found


def _ignored(keys: dict[tuple[str, str], _Key]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key.name for key in keys.values() if key.field is None))


@dataclass(frozen=True, slots=True)
class _Node:
    """A node with its id, where it stands for faults, and its cells."""

    id: str
    place: str
    cells: Cells

    @classmethod
    def of(cls, element: Element, keys: dict[tuple[str, str], _Key]) -> _Node:
        identity = element.get("id", "")
        cells = _data(element, "node", keys)
        drawn = (_text(one) for one in element.iter() if name_of(one) == DRAWN_LABEL)
        name = cells.get("name") or next(drawn, "") or cleaned(identity)
        code = cells.get("code") or cleaned(identity)
        return cls(identity, f"node {identity}", {**cells, "name": name, "code": code})


def _edges(
    graph: Element,
    keys: dict[tuple[str, str], _Key],
    code_of: dict[str, str],
    faults: Faults,
) -> Iterator[tuple[int | str, Cells]]:
    """Give each edge by the codes of its ends; one without direction goes both ways."""
    directed = graph.get("edgedefault", "directed") != "undirected"
    for count, edge in enumerate(children(graph, "edge"), start=1):
        ends = [edge.get(side, "") for side in ("source", "target")]
        place = f"edge {edge.get('id') or count} ({ends[0]} - {ends[1]})"
        lost = [one for one in ends if one not in code_of]
        if lost:
            faults.add(BadInput("ties_unknown", file=faults.file, row=place, column="edge",
                                value=lost[0]))  # fmt: skip
            continue
        codes = [code_of[one] for one in ends]
        cells = _data(edge, "edge", keys)
        yield place, {**cells, "from": codes[0], "to": codes[1]}
        one_way = edge.get("directed", "true" if directed else "false") == "true"
        if not one_way and codes[0] != codes[1]:
            yield place, {**cells, "from": codes[1], "to": codes[0]}


def _data(element: Element, what: str, keys: dict[tuple[str, str], _Key]) -> dict[str, str]:
    """Give the cells of a node or an edge, with the defaults of its keys."""
    cells = {
        key.field: key.default
        for (of, _), key in keys.items()
        if of == what and key.field and key.default
    }
    named: dict[str, str] = {}
    for one in children(element, "data"):
        key = keys.get((what, one.get("key", "")))
        told = _text(one)
        if key is not None and key.field and told:
            # Of a name and a label, the name counts.
            if key.field in named and key.name.casefold() == "label":
                continue
            named[key.field] = told
    return cells | named


def _text(element: Element) -> str:
    return cleaned(element.text)
