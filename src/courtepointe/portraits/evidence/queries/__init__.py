"""Every read of evidence."""

from __future__ import annotations

from courtepointe.portraits.evidence.queries.codebook import code_names, codebook
from courtepointe.portraits.evidence.queries.coded import coding_of, codings_by, reading_by, spans
from courtepointe.portraits.evidence.queries.compared import (
    compared,
    new_codes,
    read_twice,
    rounds_of,
)
from courtepointe.portraits.evidence.queries.sources import (
    coders_of,
    consents_counted,
    picture_of,
    source,
    sources,
    text_of,
)
from courtepointe.portraits.evidence.queries.voices import (
    coding_lines,
    heard,
    passages_of,
    voices_of,
    words_quoted,
)

__all__ = [
    "code_names",
    "codebook",
    "coders_of",
    "coding_lines",
    "coding_of",
    "codings_by",
    "compared",
    "consents_counted",
    "heard",
    "new_codes",
    "passages_of",
    "picture_of",
    "read_twice",
    "reading_by",
    "rounds_of",
    "source",
    "sources",
    "spans",
    "text_of",
    "voices_of",
    "words_quoted",
]
