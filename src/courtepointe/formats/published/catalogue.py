"""A catalogue of data sets in DCAT (W3C, version 3; the properties that DCAT-AP asks for)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

VERSION = URIRef("http://www.w3.org/ns/dcat#version")
"""Of DCAT 3, which rdflib does not list yet."""
WKT = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
LANGUAGE = {"fr": URIRef(f"{LANGUAGES}FRA"), "en": URIRef(f"{LANGUAGES}ENG")}
FORMS = {"turtle": "turtle", "json-ld": "json-ld"}
Told = dict[str, str]
"""The same words in each language."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file or a service that gives a data set.

    Attributes
    ----------
    media_type : str
    address : str
    title : dict of language -> text
    """

    media_type: str
    address: str
    title: Told


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set.

    Attributes
    ----------
    identifier : str
        The end of its own address.
    licences : tuple of str
        Addresses of licences.
    bounds : (west, south, east, north) in degrees, or None
    sources : tuple of str
        Citations of what it rests on.
    version : str
        The hash of the pack.
    """

    identifier: str
    title: Told
    description: Told
    publisher: str
    licences: tuple[str, ...]
    keywords: tuple[Told, ...]
    bounds: tuple[float, float, float, float] | None
    sources: tuple[str, ...]
    version: str
    distributions: tuple[Distribution, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A list of data sets, under its own address."""

    address: str
    title: Told
    description: Told
    publisher: str
    datasets: tuple[Dataset, ...]


def catalogue_graph(catalogue: Catalogue) -> Graph:
    """Write a catalogue as triples.

    Parameters
    ----------
    catalogue : Catalogue
    """
    graph = Graph()
    for prefix, space in (("dcat", DCAT), ("dcterms", DCTERMS), ("foaf", FOAF)):
        graph.bind(prefix, space)
    own = URIRef(catalogue.address)
    graph.add((own, RDF.type, DCAT.Catalog))
    _said(graph, own, catalogue.title, catalogue.description)
    graph.add((own, DCTERMS.publisher, _publisher(graph, own, catalogue.publisher)))
    for language in LANGUAGE.values():
        graph.add((own, DCTERMS.language, language))
    for dataset in catalogue.datasets:
        graph.add((own, DCAT.dataset, _dataset(graph, own, dataset)))
    return graph


def write_catalogue(catalogue: Catalogue, *, form: str) -> bytes:
    """Write a catalogue as ``turtle`` or ``json-ld``.

    Parameters
    ----------
    catalogue : Catalogue
    form : str
    """
    return catalogue_graph(catalogue).serialize(format=FORMS[form], encoding="utf-8")


def _said(graph: Graph, node: URIRef, title: Told, description: Told) -> None:
    for lang, text in title.items():
        graph.add((node, DCTERMS.title, Literal(text, lang=lang)))
    for lang, text in description.items():
        graph.add((node, DCTERMS.description, Literal(text, lang=lang)))


def _publisher(graph: Graph, own: URIRef, name: str) -> URIRef:
    agent = URIRef(f"{own}#publisher-{hashlib.sha256(name.encode()).hexdigest()[:12]}")
    graph.add((agent, RDF.type, FOAF.Agent))
    graph.add((agent, FOAF.name, Literal(name)))
    return agent


def _dataset(graph: Graph, own: URIRef, dataset: Dataset) -> URIRef:
    node = URIRef(f"{own}#{dataset.identifier}")
    graph.add((node, RDF.type, DCAT.Dataset))
    _said(graph, node, dataset.title, dataset.description)
    graph.add((node, DCTERMS.identifier, Literal(dataset.identifier)))
    graph.add((node, DCTERMS.publisher, _publisher(graph, own, dataset.publisher)))
    graph.add((node, VERSION, Literal(dataset.version)))
    for keyword in dataset.keywords:
        for lang, text in keyword.items():
            graph.add((node, DCAT.keyword, Literal(text, lang=lang)))
    for place, citation in enumerate(dataset.sources, start=1):
        statement = URIRef(f"{node}-source-{place}")
        graph.add((node, DCTERMS.provenance, statement))
        graph.add((statement, RDF.type, DCTERMS.ProvenanceStatement))
        graph.add((statement, DCTERMS.description, Literal(citation)))
    if dataset.bounds is not None:
        graph.add((node, DCTERMS.spatial, _place(graph, node, dataset.bounds)))
    for distribution in dataset.distributions:
        given = _distribution(graph, distribution, dataset.licences)
        graph.add((node, DCAT.distribution, given))
    return node


def _place(graph: Graph, own: URIRef, bounds: tuple[float, float, float, float]) -> URIRef:
    west, south, east, north = bounds
    node = URIRef(f"{own}-place")
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    ring = ", ".join(f"{x:g} {y:g}" for x, y in corners)
    graph.add((node, RDF.type, DCTERMS.Location))
    graph.add((node, DCAT.bbox, Literal(f"POLYGON(({ring}))", datatype=WKT)))
    return node


def _distribution(graph: Graph, told: Distribution, licences: tuple[str, ...]) -> URIRef:
    node = URIRef(told.address)
    media: Any = URIRef(f"https://www.iana.org/assignments/media-types/{told.media_type}")
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCAT.accessURL, URIRef(told.address)))
    graph.add((node, DCAT.downloadURL, URIRef(told.address)))
    graph.add((node, DCAT.mediaType, media))
    graph.add((node, DCTERMS.type, Literal(told.media_type, datatype=XSD.string)))
    for address in licences:
        graph.add((node, DCTERMS.license, URIRef(address)))
    for lang, text in told.title.items():
        graph.add((node, DCTERMS.title, Literal(text, lang=lang)))
    return node
