"""GraphML that Gephi, yEd, igraph and networkx read: ties with their direction, nodes with their names."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from courtepointe.formats.ties.values import NamedTie, Organisation, Survey
from courtepointe.formats.ties.vocabulary import cleaned

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:y="http://www.yworks.com/xml/graphml" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
NODE_KEYS = (("code", "string"), ("name", "string"), ("label", "string"), ("sector", "string"),
             ("answered", "boolean"))  # fmt: skip
EDGE_KEYS = (("kind", "string"), ("frequency", "int"), ("trust", "int"))
DRAWN = "drawn"
"""The key under which yEd finds the name to write on a node."""


def write_graphml(survey: Survey, *, with_trust: bool = False, for_yed: bool = False) -> bytes:
    """Write organisations and ties as GraphML; the same survey gives the same bytes.

    Parameters
    ----------
    survey : Survey
    with_trust : bool
        Trust is for the evaluator only.
    for_yed : bool
        With names as yEd draws them; other programs have the data *name* and *label*.
    """
    lines = [HEAD]
    lines += [_key("node", name, of) for name, of in NODE_KEYS]
    lines += [_key("edge", name, of) for name, of in EDGE_KEYS if with_trust or name != "trust"]
    if for_yed:
        lines.append(f'  <key id="{DRAWN}" for="node" yfiles.type="nodegraphics"/>\n')
    lines.append('  <graph id="G" edgedefault="directed">\n')
    places = {one.code: f"n{place}" for place, one in enumerate(survey.organisations)}
    lines += [_node(places[one.code], one, for_yed=for_yed) for one in survey.organisations]
    for place, tie in enumerate(survey.ties):
        ends = places[tie.from_code], places[tie.to_code]
        lines.append(_edge(f"e{place}", ends, tie, with_trust=with_trust))
    lines.append("  </graph>\n</graphml>\n")
    return "".join(lines).encode("utf-8")


def _key(what: str, name: str, of: str) -> str:
    return f'  <key id="{name}" for="{what}" attr.name="{name}" attr.type="{of}"/>\n'


def _node(place: str, one: Organisation, *, for_yed: bool) -> str:
    answered = "" if one.answered is None else str(one.answered).lower()
    told = {"code": one.code, "name": one.name, "label": one.name, "sector": one.sector,
            "answered": answered}  # fmt: skip
    drawn = ""
    if for_yed:
        name = escape(cleaned(one.name))
        drawn = f'<data key="{DRAWN}"><y:ShapeNode><y:NodeLabel>{name}</y:NodeLabel></y:ShapeNode></data>'
    return f"    <node id={quoteattr(place)}>{_data(told)}{drawn}</node>\n"


def _edge(place: str, ends: tuple[str, str], tie: NamedTie, *, with_trust: bool) -> str:
    told = {"kind": tie.kind, "frequency": str(tie.frequency or "")}
    if with_trust:
        told["trust"] = str(tie.trust or "")
    source, target = ends
    return f'    <edge id="{place}" source="{source}" target="{target}">{_data(told)}</edge>\n'


def _data(told: dict[str, str]) -> str:
    """Write what is said; what is not leaves no trace."""
    return "".join(
        f'<data key="{name}">{escape(cleaned(text))}</data>' for name, text in told.items() if text
    )
