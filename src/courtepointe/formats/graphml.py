"""GraphML as XML: one graph, read without following any link. What its data mean, readers know."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

import defusedxml
from defusedxml.ElementTree import fromstring

from courtepointe.core.errors import BadInput


def graph_in(content: bytes, *, file: str) -> tuple[Element, Element]:
    """Parse GraphML.

    Parameters
    ----------
    content : bytes
    file : str
        The name to use in messages.

    Returns
    -------
    root, graph : Element

    Raises
    ------
    BadInput
        ``graphml_unsafe`` (entities, a document type), ``graphml_broken``, ``graphml_other`` (another
        XML), ``graphml_graphs`` (none, several or nested), ``graphml_hyperedge``.
    """
    root = _root(content, file=file)
    graphs = [one for one in root.iter() if name_of(one) == "graph"]
    if len(graphs) != 1:
        raise BadInput("graphml_graphs", file=file, value=len(graphs))
    if any(True for _ in children(graphs[0], "hyperedge")):
        raise BadInput("graphml_hyperedge", file=file)
    return root, graphs[0]


def _root(content: bytes, *, file: str) -> Element:
    try:
        root = fromstring(content, forbid_dtd=True)
    except defusedxml.DefusedXmlException as error:
        raise BadInput("graphml_unsafe", file=file) from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadInput("graphml_broken", file=file, detail=str(error)) from error
    if name_of(root) != "graphml":
        raise BadInput("graphml_other", file=file, value=name_of(root))
    made: Element = root
    return made


def children(element: Element, name: str) -> Iterator[Element]:
    """Give the children that bear a name."""
    return (one for one in element if name_of(one) == name)


def name_of(element: Element) -> str:
    """Give a tag without its namespace."""
    return str(element.tag).rpartition("}")[2]
