"""GraphML: what four programs write is read, what is written they read, and nothing follows a link."""

from __future__ import annotations

import io
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtepointe.core.errors import BadInput
from courtepointe.formats.ties import (
    NamedTie,
    Organisation,
    Survey,
    graphml_of,
    read_graphml,
    write_graphml,
)

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
)
GEPHI = (
    HEAD + '<key attr.name="label" attr.type="string" for="node" id="label"/>'
    '<key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>'
    '<key attr.name="weight" attr.type="double" for="edge" id="weight"/>'
    '<key attr.name="Secteur" attr.type="string" for="node" id="secteur"/>'
    '<key attr.name="r" attr.type="int" for="node" id="r"/>'
    '<graph edgedefault="directed"><node id="17"><data key="label">Maison</data>'
    '<data key="secteur">Communautaire</data><data key="r">120</data></node>'
    '<node id="18"><data key="label">Jardin</data></node>'
    '<edge id="3" source="17" target="18"><data key="weight">1.0</data></edge>'
    '<edge id="4" source="18" target="17" directed="false"><data key="weight">1.0</data></edge>'
    "</graph></graphml>"
)
YED = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">'
    '<!--Created by yEd 3.23--><key for="port" id="d1" yfiles.type="portgraphics"/>'
    '<key attr.name="description" attr.type="string" for="node" id="d5"/>'
    '<key for="node" id="d6" yfiles.type="nodegraphics"/>'
    '<key for="edge" id="d10" yfiles.type="edgegraphics"/>'
    '<graph edgedefault="directed" id="G">'
    '<node id="n0"><data key="d5"/><data key="d6"><y:ShapeNode><y:Geometry height="30.0" width="30.0"/>'
    '<y:NodeLabel alignment="center">Maison\n<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node>'
    '<node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>Jardin</y:NodeLabel></y:ShapeNode></data>'
    '</node><edge id="e0" source="n0" target="n1"><data key="d10"><y:PolyLineEdge/></data></edge>'
    "</graph></graphml>"
)


def graphml(body: str, *, opening: str = "<graph edgedefault='directed'>") -> bytes:
    return f"{HEAD}{opening}{body}</graph></graphml>".encode()


def test_gephi_is_read() -> None:
    told = graphml_of(GEPHI.encode(), file="gephi.graphml")
    survey = told.whole()
    assert survey.organisations == (
        Organisation("17", "Maison", "Communautaire"), Organisation("18", "Jardin"))  # fmt: skip
    # The edge without direction says both ways; one of them repeats the first.
    assert survey.ties == (NamedTie("17", "18"), NamedTie("18", "17"))
    assert told.n_repeated == 1
    assert told.ignored == ("Edge Label", "weight", "r")


def test_yed_is_read_by_what_is_written_on_its_nodes() -> None:
    survey = graphml_of(YED.encode(), file="yed.graphml").whole()
    assert [one.name for one in survey.organisations] == ["Maison", "Jardin"]
    assert survey.ties == (NamedTie("n0", "n1"),)


def test_networkx_is_read_and_reads(tmp_path: Path) -> None:
    made = nx.DiGraph()
    made.add_node("m", name="Maison", secteur="Communautaire", answered=True)
    made.add_node("j", name="Jardin", answered=False)
    made.add_edge("m", "j", frequency=2, kind="project")
    file = tmp_path / "nx.graphml"
    nx.write_graphml(made, file)
    survey = read_graphml(file).whole()
    assert survey.organisations == (
        Organisation("m", "Maison", "Communautaire", True), Organisation("j", "Jardin", "", False))  # fmt: skip
    assert survey.ties == (NamedTie("m", "j", "project", 2),)
    for for_yed in (False, True):
        back = nx.read_graphml(io.BytesIO(write_graphml(survey, for_yed=for_yed)))
        assert back.is_directed() and list(back.edges) == [("n0", "n1")]
        assert back.nodes["n0"]["name"] == "Maison" and back.nodes["n1"]["answered"] is False
        assert back.edges["n0", "n1"]["frequency"] == 2


def test_igraph_is_read_and_reads(tmp_path: Path) -> None:
    made = igraph.Graph(n=3, edges=[(0, 1), (1, 2)], directed=False)
    made.vs["name"] = ["Maison", "Jardin", "Club"]
    made.write_graphml(str(tmp_path / "ig.graphml"))
    survey = read_graphml(tmp_path / "ig.graphml").whole()
    assert [one.name for one in survey.organisations] == ["Maison", "Jardin", "Club"]
    assert len(survey.ties) == 4, "an edge without direction names both ways"
    file = tmp_path / "ours.graphml"
    file.write_bytes(write_graphml(survey))
    back = igraph.Graph.Read_GraphML(str(file))
    assert back.is_directed() and back.vs["name"] == ["Maison", "Jardin", "Club"]
    assert back.ecount() == 4


names = st.text(min_size=1, max_size=12).map(lambda text: f"O {text}".strip())


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    n = draw(st.integers(1, 6))
    said = st.sampled_from([None, True, False])
    some = st.text(max_size=6)
    held = tuple(
        Organisation(f"c{k}", f"{k} {draw(some)}".strip(), draw(some).strip(), draw(said))
        for k in range(n)
    )
    pairs = [(a, b) for a in range(n) for b in range(n) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8)) if pairs else []
    level = st.sampled_from([None, 1, 2, 3, 4])
    kinds = st.sampled_from(["", "project", "information"])
    ties = tuple(
        NamedTie(f"c{a}", f"c{b}", draw(kinds), draw(level), draw(level)) for a, b in chosen
    )
    return Survey(held, ties)


@settings(max_examples=150, deadline=None)
@given(surveys())
def test_what_is_written_is_read_back(survey: Survey) -> None:
    told = graphml_of(write_graphml(survey, with_trust=True), file="x").whole()
    again = graphml_of(write_graphml(told, with_trust=True), file="x").whole()
    assert told == again, "what was cleaned once stays as it is"
    assert told.ties == survey.ties
    assert [(o.code, o.answered) for o in told.organisations] == [
        (o.code, o.answered) for o in survey.organisations]  # fmt: skip
    for before, after in zip(survey.organisations, told.organisations, strict=True):
        if before.name.isprintable() and before.sector.isprintable():
            assert (before.name, before.sector) == (after.name, after.sector)


def test_trust_is_written_only_when_it_is_asked_for() -> None:
    survey = Survey(
        (Organisation("a", "A"), Organisation("b", "B")), (NamedTie("a", "b", "", 1, 4),)
    )
    assert b"trust" not in write_graphml(survey)
    assert b"trust" in write_graphml(survey, with_trust=True)


def test_faults_are_named_by_node_and_edge() -> None:
    body = (
        '<node id="a"/><node id="b"/>'
        '<edge source="a" target="a"/><edge id="e9" source="a" target="z"/>'
    )
    told = graphml_of(graphml(body), file="x.graphml")
    assert told.survey is None
    assert [(one.code, one.facts["row"]) for one in told.faults] == [
        ("ties_self", "edge 1 (a - a)"), ("ties_unknown", "edge e9 (a - z)")]  # fmt: skip
    twice = graphml_of(graphml('<node id="a"/><node id="a"/>'), file="x.graphml")
    assert {one.code for one in twice.faults} == {"ties_organisation_twice"}


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    "<graphml><graph><node id='&b;'/></graph></graphml>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<graphml><graph><node id='a'>&x;</node></graph></graphml>"
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB.encode(), "graphml_unsafe"),
        (OUTSIDE.encode(), "graphml_unsafe"),
        (b"<graphml><graph>", "graphml_broken"),
        (b"\x00\x01", "graphml_broken"),
        (b"<gexf/>", "graphml_other"),
        (f"{HEAD}</graphml>".encode(), "graphml_graphs"),
        (graphml('<node id="a"><graph edgedefault="directed"/></node>'), "graphml_graphs"),
        (graphml('<node id="a"/><hyperedge/>'), "graphml_hyperedge"),
    ],
)
def test_what_is_no_plain_network_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        graphml_of(content, file="x.graphml")
