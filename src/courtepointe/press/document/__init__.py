"""A portrait as a document value: the site shows it, the press prints it."""

from courtepointe.press.document.build import build_document
from courtepointe.press.document.drawer import explain
from courtepointe.press.document.fit_report import fit_sentences
from courtepointe.press.document.tables import key_figures, rows, section_key_figures
from courtepointe.press.document.values import (
    AgainstText,
    Document,
    GapPart,
    KeyFigure,
    MapPlan,
    PlaceGroup,
    Row,
    SectionPart,
    SourcePart,
    Term,
)

__all__ = [
    "AgainstText",
    "Document",
    "GapPart",
    "KeyFigure",
    "MapPlan",
    "PlaceGroup",
    "Row",
    "SectionPart",
    "SourcePart",
    "Term",
    "build_document",
    "explain",
    "fit_sentences",
    "key_figures",
    "rows",
    "section_key_figures",
]
