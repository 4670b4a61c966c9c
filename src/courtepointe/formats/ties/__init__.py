"""Organisations and the ties between them: CSV, XLSX and GraphML, in and out.

A file is read whole or not at all; every fault is named with its row and its column. Trust is
written only where it is asked for.
"""

from courtepointe.formats.ties.arrays import Numbered, numbered
from courtepointe.formats.ties.graphml_read import graphml_of, read_graphml
from courtepointe.formats.ties.graphml_write import write_graphml
from courtepointe.formats.ties.tables import (
    organisations_csv,
    read_organisations,
    read_ties,
    ties_csv,
)
from courtepointe.formats.ties.values import NamedTie, Organisation, Read, Survey
from courtepointe.formats.ties.vocabulary import Vocabulary, read_vocabulary, vocabulary

__all__ = [
    "NamedTie",
    "Numbered",
    "Organisation",
    "Read",
    "Survey",
    "Vocabulary",
    "graphml_of",
    "numbered",
    "organisations_csv",
    "read_graphml",
    "read_organisations",
    "read_ties",
    "read_vocabulary",
    "ties_csv",
    "vocabulary",
    "write_graphml",
]
